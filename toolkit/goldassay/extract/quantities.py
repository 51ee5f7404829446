"""Baseline `quantulum3`: the quantity extractor of that name, as it is, behind checks of the text.

Its mistakes stay ("$2.7bn" is 2.7 dollar bit newton): a baseline is scored, not mended. Only its names of units are
mapped to UCUM and ISO 4217, and its uncertainty to an interval. Its unit classifier is left off: the model file in the
package can be read by one version of scikit-learn only.
"""

import re
from decimal import Decimal
from typing import Any

from goldassay.extract.base import Extract, UnansweredError
from goldassay.formats.numbers import ParsedValue, parse_value
from goldassay.model.document import Document
from goldassay.model.labels import NumericKind
from goldassay.model.record import spans_text

_LONGEST_TEXT = 200_000
_LONGEST_WORD = 2_000
_HEX_WORD = re.compile(r"(?:[0-9A-Fa-f]{2}){1,8}:?")
_HEX_WORDS, _HEX_SHARE = 50, 0.5
_KINDS: dict[str, NumericKind] = {"currency": "money", "time": "duration", "dimensionless": "cardinal"}
_PERCENT = "percentage"


def load() -> Extract:
    """The extract function, with the package imported and its unit tables read."""
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False
    parser.parse("1 km")

    def extract(document: Document) -> dict[str, object]:
        refuse_unreadable(document.text)
        return {"numeric_facts": [format_quantity(document.text, quantity) for quantity in parser.parse(document.text)]}

    return extract


def refuse_unreadable(text: str) -> None:
    """Refuse what is no article: numbers without end keep the extractor busy for minutes.

    Raises:
        UnansweredError: The text is a hex dump, far too long, or holds a word of absurd length.

    >>> refuse_unreadable("48 65 6c 6c 6f 20 " * 20)
    Traceback (most recent call last):
    goldassay.extract.base.UnansweredError: the text is a hex dump (120 of 120 words); take in the plain text
    """
    words = text.split()
    dumped = sum(_HEX_WORD.fullmatch(word) is not None for word in words)
    longest = max((len(word) for word in words), default=0)
    if dumped >= _HEX_WORDS and dumped >= _HEX_SHARE * len(words):
        raise UnansweredError(
            "error", f"the text is a hex dump ({dumped} of {len(words)} words); take in the plain text"
        )
    if len(text) > _LONGEST_TEXT:
        raise UnansweredError("error", f"the text has {len(text)} characters; at most {_LONGEST_TEXT} are read")
    if longest > _LONGEST_WORD:
        raise UnansweredError("error", f"the text has a word of {longest} characters; at most {_LONGEST_WORD} are read")


def format_quantity(text: str, quantity: Any) -> dict[str, object]:
    """A quantity of the package as a prediction item."""
    start, end = quantity.span
    surface = text[start:end]
    span = (start + len(surface) - len(surface.lstrip()), end - len(surface) + len(surface.rstrip()))
    unit = quantity.unit
    item: dict[str, object] = {
        "mentions": [{"spans": [list(span)], "text": spans_text(text, [span])}],
        "kind": "percent" if unit.name == _PERCENT else _KINDS.get(unit.entity.name, "measure"),
    }
    value, margin = Decimal(repr(quantity.value)), Decimal(repr(quantity.uncertainty or 0.0))
    if value.is_finite() and margin.is_finite():
        item["value"] = {"lo": _plain(value - margin), "hi": _plain(value + margin)}
    code = unit_code(unit)
    return item | ({"unit": code} if code else {})


def _plain(number: Decimal) -> str:
    """A decimal string without exponent and without needless zeros."""
    digits = f"{number:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits in ("-0", "") else digits


def unit_code(unit: Any) -> str | None:
    """The code of a unit of the package; a unit that it put together itself keeps its name, a pure number has none."""
    if unit.name == _PERCENT:
        return "%"
    if unit.entity.name == "dimensionless":
        return None
    if getattr(unit, "currency_code", None):
        return str(unit.currency_code)
    if unit.entity.name == "unknown":
        return str(unit.name)
    parsed = parse_value(f"1 {unit.name}")
    return (parsed.unit if isinstance(parsed, ParsedValue) else None) or str(unit.name)
