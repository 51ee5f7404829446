"""What the number grammar returns: a value, a reason why there is none, and the numbers of a text."""

from typing import Literal

import msgspec

from goldassay.model.finding import Finding, finding
from goldassay.model.labels import Approx, Bound, FactTier, NumericKind
from goldassay.model.numeric_facts import Decimal, Value
from goldassay.model.printable import quoted
from goldassay.model.record import Span

Reason = Literal[
    "missing",
    "boolean is not a number",
    "not finite",
    "out of range",
    "unparsable",
    "more than one number",
    "list is not an interval",
    "lo above hi",
    "object is not a value",
]
TimeHint = Literal["month", "year", "clock"]


class ParsedValue(msgspec.Struct, frozen=True, kw_only=True):
    """A number as the model holds it, with everything its surface said.

    Equal numbers have equal strings ("2.50" gives lo = hi = "2.5"); `sig_figs` keeps what was written, null for zero,
    fractions and intervals. A vague number ("dozens") has no value but a `magnitude`, its power of ten. `unit` is a
    code, or the surface where it has several readings ("kt", "pounds"); `unit_surface` is as written, also where it is
    no unit that we know ("12,000 troops").
    """

    lo: Decimal | None
    hi: Decimal | None
    lo_inc: bool = True
    hi_inc: bool = True
    approx: Approx = "none"
    bound: Bound = "none"
    unit: str | None = None
    unit_surface: str | None = None
    kind: NumericKind = "cardinal"
    magnitude: int | None = None
    sig_figs: int | None = None


class NotAValue(msgspec.Struct, frozen=True, kw_only=True):
    """Why something is no value, in the words of a finding."""

    reason: Reason
    found: str
    expected: str
    fix: str
    code: str = "E401"


class NumberSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A number in running text, offsets in code points, end-exclusive.

    `number` holds the digits or number words, `span` also approximator, bound, scale word, currency and unit.
    `time_hint` says why it may be part of a date or a time of day instead: a month beside it, the form of a year, or
    "p.m." after it. `tier` is implicit for "both", "pair" and "couple".
    """

    number: Span
    span: Span
    value: ParsedValue
    kind: NumericKind
    time_hint: TimeHint | None = None
    tier: FactTier = "core"


def model_value(parsed: ParsedValue) -> Value | None:
    """The value as a record; None for a vague number.

    >>> model_value(ParsedValue(lo="300", hi=None, bound="min"))
    Value(lo='300', hi=None, lo_inc=True, hi_inc=True)
    """
    if parsed.lo is None and parsed.hi is None:
        return None
    return Value(lo=parsed.lo, hi=parsed.hi, lo_inc=parsed.lo_inc, hi_inc=parsed.hi_inc)


def value_finding(
    failed: NotAValue,
    *,
    file: str | None = None,
    line: int | None = None,
    doc_id: str | None = None,
    field: str | None = None,
) -> Finding:
    """The finding for something that is no value.

    >>> failed = NotAValue(reason="missing", found="nothing", expected="a number", fix="give the number")
    >>> value_finding(failed, field="value").code
    'E401'
    """
    return finding(
        failed.code,
        found=failed.found,
        expected=failed.expected,
        fix=failed.fix,
        file=file,
        line=line,
        doc_id=doc_id,
        field=field,
    )


def not_a_value(reason: Reason, raw: object, fix: str, *, code: str = "E401") -> NotAValue:
    """A reason with the input it is about, made safe to show.

    >>> not_a_value("unparsable", "F-16", "write the number alone").found
    'unparsable: "F-16"'
    """
    shown = f"{raw:g}" if isinstance(raw, float) else quoted(raw) if isinstance(raw, str) else quoted(_json(raw))
    return NotAValue(
        reason=reason,
        found=reason if raw is None or raw == "" else f"{reason}: {shown}",
        expected='a number ("12,000", "around 1.2 million", 12000), [lo, hi], {min, max} or {value, unit}',
        fix=fix,
        code=code,
    )


def _json(raw: object) -> str:
    try:
        return msgspec.json.encode(raw).decode("utf-8")
    except (TypeError, ValueError, OverflowError, RecursionError):
        return type(raw).__name__
