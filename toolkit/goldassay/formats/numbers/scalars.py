"""One JSON number or one string read as a value; the reasons why it is none."""

import math
import re
from fractions import Fraction

from goldassay.formats.numbers.bounds import join_modifiers
from goldassay.formats.numbers.context import beside_clock, beside_month
from goldassay.formats.numbers.expression import Expression, read_expression
from goldassay.formats.numbers.numerals import MAX_DIGITS, Scan, scan_text
from goldassay.formats.numbers.records import NotAValue, ParsedValue, not_a_value
from goldassay.formats.numbers.spans import number_starts
from goldassay.model.decimals import format_decimal, significant_figures

_MISSING = frozenset({"", "-", "–", "n/a", "na", "none", "null", "unknown", "not stated", "unspecified", "?"})
_NOT_FINITE = re.compile(r"[-+]?(?:nan|inf|infinity|∞)")
_FILLER = re.compile(r"(?:(?:the|a total of|total of|in total|exactly|precisely|only|just|equals?|is|value|[=:])\s*)*")
_WRAPPED = re.compile(r"[\s\"'“”«»*`]*(?P<inside>.*?)[\s\"'“”«»*`;.!]*", re.DOTALL)
_WORDS_AFTER = re.compile(r"[\s,-]*(?P<words>\D{1,60})")
_REVERSED = re.compile(r"\s*(?:[-–]|to)\s*[\d$£€]")
_MAX_TEXT = 400
_ADVICE: tuple[tuple[str, str], ...] = (
    (r"\d_\d", "write the digits without underscores"),
    (r"\d,\d", "set off thousands in groups of three, decimals with a point"),
    (r"\d/\d", "write a fraction of two small numbers, or a decimal; dates and names are no values"),
    (r"\d:\d", "times and odds are no values; write a ratio as a decimal"),
    (r"\d(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", "dates are no values"),
    (r"\d\s*(?:[ap]\.?m\b|o'clock)", "times of day are no values"),
    (r"\d\s*(?:[-–]|to)\s*\d", "write a range with the smaller number first"),
    (r"[^\W\d_]-?\d|\d[^\W\d_]", "names, codes and versions are no values"),
    (r"\d", "write the number alone, in digits"),
)


def parse_scalar(raw: object) -> ParsedValue | NotAValue:
    """The value of a JSON number or a string.

    >>> parse_scalar(0.1).lo, parse_scalar("nearly 2,000").approx, parse_scalar(True).reason
    ('0.1', 'below', 'boolean is not a number')
    """
    if raw is None:
        return not_a_value("missing", raw, "give the number, or leave the fact out")
    if isinstance(raw, bool):
        return not_a_value("boolean is not a number", raw, "give the number itself")
    if isinstance(raw, int):
        if abs(raw).bit_length() > 3 * MAX_DIGITS:
            return not_a_value("out of range", "an integer of hundreds of digits", "check the number")
        return _point(Fraction(raw), str(raw))
    if isinstance(raw, float):
        if not math.isfinite(raw):
            return not_a_value("not finite", raw, "give a finite number")
        value = Fraction(repr(raw))  # the digits that were written, not the binary number nearest to them
        return _point(value, format_decimal(value))
    if isinstance(raw, str):
        return _parse_text(raw)
    return not_a_value("unparsable", type(raw).__name__, "give a number or a string")


def _point(value: Fraction, digits: str) -> ParsedValue:
    number = format_decimal(value)
    return ParsedValue(lo=number, hi=number, sig_figs=significant_figures(digits))


def _parse_text(raw: str) -> ParsedValue | NotAValue:
    wrapped = _WRAPPED.fullmatch(raw[: _MAX_TEXT + 1])
    text = wrapped["inside"] if wrapped is not None else raw
    scan = scan_text(text)
    if scan.low in _MISSING:
        return not_a_value("missing", raw, "give the number, or leave the fact out")
    if _NOT_FINITE.fullmatch(scan.low):
        return not_a_value("not finite", raw, "give a finite number")
    if len(raw) > _MAX_TEXT:
        return not_a_value("unparsable", raw, "write the number alone")
    if scan.low.startswith("–"):
        scan = Scan("-" + scan.cased[1:], "-" + scan.low[1:])
    expression = _first_expression(scan)
    if expression is None:
        return not_a_value("unparsable", raw, _advice(scan.low))
    return _whole_value(raw, scan, expression)


def _first_expression(scan: Scan) -> Expression | None:
    for start, _, identifier in number_starts(scan, 0):
        return None if identifier else read_expression(scan, start, running=False)
    return None


def _whole_value(raw: str, scan: Scan, expression: Expression) -> ParsedValue | NotAValue:
    """The value, if the expression takes up the whole text but for words that do not change it."""
    start, end = expression.span
    if _FILLER.fullmatch(scan.low, 0, start) is None:
        return not_a_value("unparsable", raw, "write the number without the words before it")
    rest = scan.low[end:].strip()
    in_time = beside_clock(scan, end) or beside_month(scan, *expression.number)
    if in_time or _REVERSED.match(scan.low, end):
        return not_a_value("unparsable", raw, _advice(scan.low))
    if not rest:
        return expression.value
    for place, _, identifier in number_starts(scan, end):
        if not identifier and read_expression(scan, place, running=True) is not None:
            return not_a_value("more than one number", raw, "give each number a fact of its own")
    words = _WORDS_AFTER.fullmatch(scan.cased, end)
    bounded = join_modifiers(scan.low, end, end).end > end
    if words is None or bounded or not words["words"][:1].isalpha() or len(rest.split()) > 6:
        return not_a_value("unparsable", raw, _advice(scan.low))
    return _with_words(expression.value, words["words"].strip())


def _with_words(value: ParsedValue, words: str) -> ParsedValue:
    surface = words if value.unit_surface is None else f"{value.unit_surface} {words}"
    return ParsedValue(
        lo=value.lo,
        hi=value.hi,
        lo_inc=value.lo_inc,
        hi_inc=value.hi_inc,
        approx=value.approx,
        bound=value.bound,
        unit=value.unit,
        unit_surface=surface,
        kind=value.kind,
        magnitude=value.magnitude,
        sig_figs=value.sig_figs,
    )


def _advice(low: str) -> str:
    return next((advice for pattern, advice in _ADVICE if re.search(pattern, low)), "write the number in digits")
