"""What a foreign extractor found, put in its place: surfaces checked, overlaps merged, numbers as plain decimals."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from goldassay.model.record import Span, spans_text


class Found(NamedTuple):
    """One result with its place.

    span    where it stands in the document
    rank    which of two results of the same place is kept: the one with the lower rank
    fact    what it says as a numeric fact, null where it is none
    time    what it says as a time, null where it is none
    """

    span: Span
    rank: int
    fact: dict[str, object] | None = None
    time: dict[str, object] | None = None


def merge_longest(found: Iterable[Found]) -> list[Found]:
    """Of results that overlap the longest, then the one with the lower rank, then the first; in text order.

    >>> dates = [Found((5, 11), 0), Found((5, 9), 1), Found((10, 20), 2), Found((30, 31), 3)]
    >>> [result.span for result in merge_longest(dates)]
    [(5, 9), (10, 20), (30, 31)]
    """
    kept: list[Found] = []
    for result in sorted(found, key=lambda one: (one.span[0] - one.span[1], one.rank, one.span)):
        if all(result.span[1] <= other.span[0] or other.span[1] <= result.span[0] for other in kept):
            kept.append(result)
    return sorted(kept, key=lambda one: one.span)


def stands_at(text: str, span: Span, surface: str) -> bool:
    """Whether a surface stands in its place, whatever the case: lower-casing moves the places of some alphabets.

    >>> stands_at("On May 5", (3, 8), "may 5"), stands_at("İzmir, May 5", (8, 13), "may 5")
    (True, False)
    """
    return text[slice(*span)].lower() == surface.lower()


def answer_placed(text: str, found: Iterable[Found], left_out: int, keys: Iterable[str]) -> dict[str, object]:
    """The answer with its items in text order; what was left out is counted in the message that run.json keeps.

    Args:
        text: The document's text.
        found: The results to write.
        left_out: How many results did not stand where they said.
        keys: What is answered: "numeric_facts", "times" or both.
    """
    results = list(found)
    facts = [place_fact(text, one.span) | one.fact for one in results if one.fact is not None]
    times = [{"spans": [list(one.span)], "text": text[slice(*one.span)]} | one.time for one in results if one.time]
    answer: dict[str, object] = {"numeric_facts": facts, "times": times}
    said = (
        {} if left_out == 0 else {"message": f"results left out, because their text is not where they say: {left_out}"}
    )
    return {key: answer[key] for key in keys} | said


def place_fact(text: str, span: Span) -> dict[str, object]:
    """A numeric fact with a mention that does not say which extent it is.

    >>> place_fact("40 boats", (0, 2))
    {'mentions': [{'spans': [[0, 2]], 'text': '40'}]}
    """
    return {"mentions": [{"spans": [list(span)], "text": spans_text(text, [span])}]}


def plain_decimal(number: Decimal) -> str:
    """A decimal string without exponent and without needless zeros.

    >>> plain_decimal(Decimal("1.50E+3")), plain_decimal(Decimal("-0.0"))
    ('1500', '0')
    """
    digits = f"{number:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits in ("-0", "") else digits


def point_value(digits: str) -> dict[str, object]:
    """The key `value` of a fact for a number in digits; nothing where it is no number.

    >>> point_value("2.70"), point_value("many")
    ({'value': {'lo': '2.7', 'hi': '2.7'}}, {})
    """
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return {}
    return {"value": {"lo": plain_decimal(number), "hi": plain_decimal(number)}} if number.is_finite() else {}
