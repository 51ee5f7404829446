"""Numbers with nothing behind them: predicted values that no number of the text supports, names taken for quantities.

The numbers of a text are those that the package's own grammar finds in it, in any surface form, and the values of the
gold, which are in the text by definition. A predicted value is supported if each of its ends is one of them within
1e-5, as it stands or converted to that number's unit; the sign is set aside ("fell 3 %" supports -3), and a fraction
may stand for a percentage. Digits inside names and dates in digits are no numbers of the text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from goldassay.formats.numbers import find_numbers
from goldassay.layers.base import GoldDocument
from goldassay.layers.numeric_fields import gold_extents, jaccard
from goldassay.match.unit import compare_units, convert_interval
from goldassay.match.value import TOLERANCES, Interval
from goldassay.model.decimals import parse_decimal
from goldassay.model.numeric_facts import NumericFact
from goldassay.model.predictions import PredictedFact

_DIGITS = re.compile(r"\d+")


class Number(NamedTuple):
    """One end of a number of the text, with its unit."""

    value: Fraction
    unit: str | None


def find_unsupported(gold: GoldDocument, said: Sequence[PredictedFact]) -> list[bool]:
    """Whether each prediction has a value that no number of the document supports; one without a value has none.

    The text is only searched for what the gold does not support.
    """
    annotated = _gold_numbers(gold)
    unsupported = [item.parsed and not is_supported(item, annotated) for item in said]
    if any(unsupported):
        numbers = _text_numbers(gold.document.text)
        unsupported = [one and not is_supported(item, numbers) for one, item in zip(unsupported, said, strict=True)]
    return unsupported


def is_supported(said: PredictedFact, numbers: Iterable[Number]) -> bool:
    """Whether every bounded end of the predicted value is one of the numbers.

    >>> said = PredictedFact(parsed=True, lo="12", hi="12", unit="t")
    >>> is_supported(said, [Number(Fraction(12000), "kg")]), is_supported(said, [Number(Fraction(12000), None)])
    (True, False)
    """
    known = list(numbers)
    ends = [parse_decimal(end) for end in (said.lo, said.hi) if end is not None]
    return all(any(_supports(number, end, said.unit) for number in known) for end in ends)


def _supports(number: Number, end: Fraction, unit: str | None) -> bool:
    if _is_near(number.value, end):
        return True
    conversion = compare_units(number.unit, unit, lenient=True).conversion
    converted = convert_interval(Interval(end, end), conversion).point if conversion is not None else None
    return converted is not None and _is_near(number.value, converted)


def _is_near(one: Fraction, other: Fraction) -> bool:
    largest = max(abs(one), abs(other))
    return abs(abs(one) - abs(other)) <= TOLERANCES[0] * largest


def _gold_numbers(gold: GoldDocument) -> list[Number]:
    facts = gold.numeric_facts.numeric_facts if gold.numeric_facts is not None else ()
    return [
        Number(parse_decimal(end), fact.unit)
        for fact in facts
        if fact.value is not None
        for end in (fact.value.lo, fact.value.hi)
        if end is not None
    ]


def _text_numbers(text: str) -> list[Number]:
    found = (number.value for number in find_numbers(text))
    return [
        Number(parse_decimal(end), value.unit) for value in found for end in (value.lo, value.hi) if end is not None
    ]


def find_taken(identifiers: Sequence[NumericFact], said: Iterable[PredictedFact]) -> list[bool]:
    """Whether each gold identifier is taken for a quantity by one of these predictions, which met no gold fact.

    A prediction takes an identifier that it overlaps; one that gives no place, an identifier whose digits it has for
    its value ("16" of F-16).
    """
    predictions = list(said)
    return [any(_takes(item, identifier) for item in predictions) for identifier in identifiers]


def _takes(said: PredictedFact, identifier: NumericFact) -> bool:
    if said.extents:
        return jaccard(gold_extents(identifier), said.extents) > 0
    return said.lo is not None and said.lo == said.hi and parse_decimal(said.lo) in _digits(identifier)


def _digits(identifier: NumericFact) -> Iterator[Fraction]:
    return (Fraction(int(run)) for m in identifier.mentions for run in _DIGITS.findall(m.number.text))
