"""Lists and objects read as values: intervals, {value, unit}, {min, max}, schema.org and Wikidata quantities."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, get_args

from msgspec.structs import replace

from goldassay.formats.numbers.records import NotAValue, ParsedValue, not_a_value
from goldassay.formats.numbers.scalars import parse_scalar
from goldassay.formats.numbers.units import unit_code, unit_kind
from goldassay.formats.numbers.words import SCALES
from goldassay.model.currencies import currency_candidates
from goldassay.model.decimals import format_decimal
from goldassay.model.labels import Approx, Bound
from goldassay.model.unit_names import unit_readings

_KEYS = {
    "value": "value",
    "amount": "amount",
    "lo": "lo",
    "min": "lo",
    "minValue": "lo",
    "lowerBound": "lo",
    "hi": "hi",
    "max": "hi",
    "maxValue": "hi",
    "upperBound": "hi",
    "lo_inc": "lo_inc",
    "hi_inc": "hi_inc",
    "unit": "unit",
    "unitCode": "unit",
    "unitText": "unit",
    "approx": "approx",
    "bound": "bound",
}
_WIKIDATA_UNITS = {
    "Q11573": "m",
    "Q828224": "km",
    "Q11570": "kg",
    "Q191118": "t",
    "Q577": "a",
    "Q573": "d",
    "Q25235": "h",
    "Q7727": "min",
    "Q11574": "s",
    "Q25343": "m2",
    "Q712226": "km2",
    "Q35852": "har",
    "Q25267": "Cel",
    "Q4917": "USD",
    "Q4916": "EUR",
    "Q11229": "%",
    "Q5151": "mo",
    "Q23387": "wk",
}
_BRACKETS = re.compile(
    r"\s*(?P<open>[\[(])\s*(?P<low>[^\s;]+)\s*(?:;\s*|,\s+|(?<=\d),)(?P<high>[^\s;]+?)\s*(?P<close>[\])])\s*"
)
_WIKIDATA_ENTITY = "wikidata.org/entity/"
_SCALE_NAMES = (
    SCALES | {f"{name}s": factor for name, factor in SCALES.items()} | {"bn": 10**9, "mn": 10**6, "tn": 10**12}
)


def parse_list(raw: Sequence[Any]) -> ParsedValue | NotAValue:
    """The interval that a list of two stands for, null for an open side.

    >>> parse_list([300, None]).bound, parse_list([1, 2, 3]).reason
    ('min', 'list is not an interval')
    """
    if len(raw) != 2:
        return not_a_value("list is not an interval", list(raw), "give [lo, hi], or each number a fact of its own")
    return _interval(raw, raw[0], raw[1])


def parse_brackets(raw: str) -> ParsedValue | NotAValue | None:
    """An interval in the notation of mathematics, "[10, 20)"; None if the text is nothing of the kind.

    >>> value = parse_brackets("[10, 20)")
    >>> value.lo, value.hi, value.hi_inc, parse_brackets("10") is None
    ('10', '20', False, True)
    """
    found = _BRACKETS.fullmatch(raw[:200])
    if found is None:
        return None
    value = _interval(raw, found["low"], found["high"])
    if isinstance(value, NotAValue):
        return value
    return replace(value, lo_inc=found["open"] == "[", hi_inc=found["close"] == "]")


def _interval(raw: object, low: object, high: object) -> ParsedValue | NotAValue:
    """An interval of two ends, null for an open side; each end a point. Modifiers and unit may stand at either."""
    ends: list[ParsedValue | None] = []
    for end in (low, high):
        parsed = None if end is None else parse_scalar(end)
        if isinstance(parsed, NotAValue):
            return parsed
        if parsed is not None and (parsed.lo is None or parsed.lo != parsed.hi):
            return not_a_value("list is not an interval", raw, "give one number at each end")
        ends.append(parsed)
    first, second = ends
    some = first or second
    if some is None:
        return not_a_value("missing", None, "give at least one end")
    lo, hi = (end.lo if end is not None else None for end in ends)
    if lo is not None and hi is not None and Fraction(lo) > Fraction(hi):
        return not_a_value("lo above hi", raw, "swap the ends", code="E402")
    other = second if second is not None else some
    if None not in {some.unit, other.unit} and some.unit != other.unit:
        return not_a_value("list is not an interval", raw, "give both ends in one unit")
    bound: Bound = "none" if None not in ends else "min" if second is None else "max"
    united = some if some.unit is not None else other
    return replace(
        united,
        lo=lo,
        hi=hi,
        approx=some.approx if some.approx != "none" else other.approx,
        bound=bound,
        sig_figs=some.sig_figs if bound != "none" or lo == hi else None,
    )


def parse_object(raw: Mapping[Any, Any]) -> ParsedValue | NotAValue:
    """The value that an object stands for; unknown keys are refused.

    >>> value = parse_object({"value": 1.5, "unit": "million USD"})
    >>> value.lo, value.unit, parse_object({"valeu": 5}).reason
    ('1500000', 'USD', 'object is not a value')
    """
    fields: dict[str, Any] = {}
    for key, value in raw.items():
        name = _KEYS.get(key) if isinstance(key, str) else None
        if name is None or (name in fields and value is not None):
            return not_a_value("object is not a value", dict(raw), "give {value, unit}, {min, max} or {lo, hi}")
        fields[name] = value
    value = _object_number(raw, fields)
    if isinstance(value, NotAValue):
        return value
    value = _with_labels(raw, value, fields)
    return value if isinstance(value, NotAValue) else _with_unit(raw, value, fields.get("unit"))


def _object_number(raw: Mapping[Any, Any], fields: Mapping[str, Any]) -> ParsedValue | NotAValue:
    ends = [name for name in ("lo", "hi") if fields.get(name) is not None]
    if fields.get("amount") is not None and fields.get("value") is None:
        amount = parse_scalar(fields["amount"])
        uncertain = any(parse_scalar(fields[name]) != amount for name in ends)
        loose = uncertain and isinstance(amount, ParsedValue) and amount.approx == "none"
        return replace(amount, approx="approx") if loose else amount
    if fields.get("value") is not None:
        if ends or isinstance(fields["value"], Mapping):
            return not_a_value("object is not a value", dict(raw), "give either one value or its two ends")
        inner = fields["value"]
        return parse_list(inner) if isinstance(inner, (list, tuple)) else parse_scalar(inner)
    return _interval(dict(raw), fields.get("lo"), fields.get("hi"))


def _with_labels(raw: Mapping[Any, Any], value: ParsedValue, fields: Mapping[str, Any]) -> ParsedValue | NotAValue:
    """The value with approximator, bound and inclusiveness as the object states them."""
    approx, bound = fields.get("approx"), fields.get("bound")
    flags = [fields[name] for name in ("lo_inc", "hi_inc") if fields.get(name) is not None]
    known = approx in (None, *get_args(Approx)) and bound in (None, *get_args(Bound))
    if not (known and all(isinstance(flag, bool) for flag in flags)):
        return not_a_value(
            "object is not a value", dict(raw), "use the labels of approx and bound; lo_inc is a boolean"
        )
    if approx is not None:
        value = replace(value, approx=approx)
    if bound in {"min", "max"} and value.lo == value.hi:
        open_side = {"hi": None} if bound == "min" else {"lo": None}
        value = replace(value, bound=bound, **open_side)
    elif bound is not None and bound != value.bound:
        return not_a_value("object is not a value", dict(raw), "make bound agree with the ends")
    given = {name: fields[name] for name in ("lo_inc", "hi_inc") if fields.get(name) is not None}
    return replace(value, **given)


def _with_unit(raw: Mapping[Any, Any], value: ParsedValue, unit: object) -> ParsedValue | NotAValue:
    """The value in the unit of the object, which may carry a scale word ("million USD")."""
    if unit is None or unit in ("", "1"):
        return value
    if not isinstance(unit, str):
        return not_a_value("object is not a value", dict(raw), "give the unit as a string")
    surface = unit.strip()
    if _WIKIDATA_ENTITY in surface:
        item = surface.rsplit("/", 1)[-1]
        surface = _WIKIDATA_UNITS.get(item, item)
    words = surface.split()
    factors = [_SCALE_NAMES[word.lower()] for word in words if word.lower() in _SCALE_NAMES]
    for factor in factors:
        value = _scaled(value, factor)
    surface = " ".join(word for word in words if word.lower() not in _SCALE_NAMES)
    if not surface:
        return value
    readings = unit_readings(surface)
    code = unit_code(readings, surface) if readings else None
    if value.unit is not None and code is not None and value.unit != code:
        narrower = code in currency_candidates(value.unit)
        wider = value.unit in currency_candidates(code)
        if not (narrower or wider):
            return not_a_value("object is not a value", dict(raw), "give one unit")
        code = code if narrower else value.unit
    return replace(
        value, unit=code or value.unit, unit_surface=surface, kind=unit_kind(readings) if readings else value.kind
    )


def _scaled(value: ParsedValue, factor: int) -> ParsedValue:
    lo, hi = (None if end is None else format_decimal(Fraction(end) * factor) for end in (value.lo, value.hi))
    return replace(value, lo=lo, hi=hi)
