"""The value of a predicted numeric fact: what its own fields say, and what can be read out of its value string."""

from decimal import Decimal

import msgspec

from goldassay.formats.line_reading import LineReading
from goldassay.formats.numbers import NotAValue, parse_value
from goldassay.formats.prediction_line import FactItem
from goldassay.model.labels import Approx, Bound
from goldassay.model.numeric_facts import Value

_GOLD_KEYS = frozenset(Value.__struct_fields__)


class FactValue(msgspec.Struct, frozen=True, kw_only=True):
    """Value, approximator, bound and unit; `parsed` is false where there is no value or none that can be read."""

    parsed: bool = False
    lo: str | None = None
    hi: str | None = None
    lo_inc: bool = True
    hi_inc: bool = True
    approx: Approx | None = None
    bound: Bound | None = None
    unit: str | None = None
    magnitude: int | None = None
    counted: str | None = None


def read_value(reading: LineReading, item: FactItem, at: str, *, gold_form: bool) -> FactValue:
    """What a fact says of its value, rejected where it gives one that cannot be read.

    Fields of the fact win over what its value string says: `{"value": "$2.7m", "unit": "USD"}` is in USD. A point with
    a `bound` is the open interval that it means. What follows a number and is no unit ("12,000 troops") is `counted`.
    In the gold's own form fields that are left out have the gold's defaults.
    """
    read = _read_raw(reading, item.value, at)
    explicit = {"approx": item.approx, "bound": item.bound, "unit": item.unit, "magnitude": item.magnitude}
    value = msgspec.structs.replace(read, **{name: said for name, said in explicit.items() if said is not None})
    if gold_form:
        return msgspec.structs.replace(value, approx=value.approx or "none", bound=value.bound or "none")
    if value.lo is not None and value.lo == value.hi:
        if item.bound == "min":
            return msgspec.structs.replace(value, hi=None)
        if item.bound == "max":
            return msgspec.structs.replace(value, lo=None)
    return value


def _read_raw(reading: LineReading, raw: object, at: str) -> FactValue:
    if raw is None:
        return FactValue()
    if isinstance(raw, dict) and raw.keys() <= _GOLD_KEYS and (interval := _interval(raw)) is not None:
        if interval.lo is not None and interval.hi is not None and Decimal(interval.lo) > Decimal(interval.hi):
            reading.reject("E402", at=at, found=f"{interval.lo} to {interval.hi}", expected="lo at most hi")
        parsed = interval.lo is not None or interval.hi is not None
        return FactValue(parsed=parsed, lo=interval.lo, hi=interval.hi, lo_inc=interval.lo_inc, hi_inc=interval.hi_inc)
    result = parse_value(raw)
    if isinstance(result, NotAValue):
        reading.reject(result.code, at=at, found=result.found, expected=result.expected, fix=result.fix)
        return FactValue()
    return FactValue(
        parsed=result.lo is not None or result.hi is not None,
        lo=result.lo,
        hi=result.hi,
        lo_inc=result.lo_inc,
        hi_inc=result.hi_inc,
        approx=result.approx,
        bound=result.bound,
        unit=result.unit,
        magnitude=result.magnitude,
        counted=result.unit_surface if result.unit is None else None,
    )


def _interval(raw: object) -> Value | None:
    try:
        return msgspec.convert(raw, Value)
    except msgspec.ValidationError:
        return None
