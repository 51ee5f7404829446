"""Baseline `quantulum3`: the quantity extractor of that name, as it is, behind checks of the text.

Its mistakes stay ("$2.7bn" is 2.7 dollar bit newton): a baseline is scored, not mended. Only its names of units are
mapped to UCUM and ISO 4217, and its uncertainty to an interval. Its unit classifier is left off: the model file in the
package can be read by one version of scikit-learn only.
"""

from decimal import Decimal
from typing import Any

from goldassay.extract.base import Extract
from goldassay.extract.placed import place_fact, plain_decimal
from goldassay.extract.readable import refuse_unreadable
from goldassay.formats.numbers import ParsedValue, parse_value
from goldassay.model.document import Document
from goldassay.model.labels import NumericKind

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


def format_quantity(text: str, quantity: Any) -> dict[str, object]:
    """A quantity of the package as a prediction item."""
    start, end = quantity.span
    surface = text[start:end]
    span = (start + len(surface) - len(surface.lstrip()), end - len(surface) + len(surface.rstrip()))
    unit = quantity.unit
    item = place_fact(text, span) | {
        "kind": "percent" if unit.name == _PERCENT else _KINDS.get(unit.entity.name, "measure"),
    }
    value, margin = Decimal(repr(quantity.value)), Decimal(repr(quantity.uncertainty or 0.0))
    if value.is_finite() and margin.is_finite():
        item["value"] = {"lo": plain_decimal(value - margin), "hi": plain_decimal(value + margin)}
    code = unit_code(unit)
    return item | ({"unit": code} if code else {})


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
