"""Number expressions: quantities with their modifiers, ranges, ratios and vague numbers."""

import re
from functools import cache
from typing import NamedTuple

from goldassay.formats.numbers.bounds import Modified, join_modifiers
from goldassay.formats.numbers.context import in_context, is_change
from goldassay.formats.numbers.numerals import Scan
from goldassay.formats.numbers.quantity import Quantity, read_quantity
from goldassay.formats.numbers.records import ParsedValue
from goldassay.formats.numbers.units import UnitWords, read_unit
from goldassay.formats.numbers.words import SCALES
from goldassay.lexicons import load_lexicon
from goldassay.model.decimals import format_decimal
from goldassay.model.labels import Approx, NumericKind


class Expression(NamedTuple):
    """A number expression: extents of the number and of the whole, its value, whether it is digits without more."""

    number: tuple[int, int]
    span: tuple[int, int]
    value: ParsedValue
    bare: bool = False


_TIGHT_DASH = re.compile(r"-(?:to-)?(?=[\d$£€¥.a-z])|\s?–\s?")
_LOOSE_DASH = re.compile(r"\s*[-–]\s*")
_TO = re.compile(r"\s(?:to|through)\s")
_AND = re.compile(r"\sand\s")
_OPENING = re.compile(r"(?<!\w)(?:between|from)\s+$")
_IN = re.compile(r"\s(?:in|out of)\s|-in-|-out-of-")
_ROUND = frozenset({12, 15, 20, 25, 50, 100, 1000, 10**4, 10**5, 10**6})
_FEW = re.compile(rf"(?:a\s)?(?:few|several|many|couple(?:\sof)?)[\s-]({'|'.join(SCALES)})s?(?![\w'])")
_UNIT_AFTER_OF = re.compile(r"\sof(?=\s)")


def read_expression(scan: Scan, start: int, *, running: bool) -> Expression | None:
    """The number expression whose number, sign or currency begins at `start`, with the modifiers before it.

    >>> from goldassay.formats.numbers.numerals import scan_text
    >>> found = read_expression(scan_text("more than 2.5 million euros"), 10, running=True)
    >>> found.value.lo, found.value.bound, found.value.unit, found.number, found.span
    ('2500000', 'min', 'EUR', (10, 13), (0, 27))
    """
    vague = _read_vague(scan, start, running=running)
    if vague is not None:
        return vague
    first = read_quantity(scan, start, running=running)
    if first is not None and running:
        first = in_context(scan, first)
    if first is None:
        return None
    return (
        _read_ratio(scan, first, running=running)
        or _read_range(scan, first, running=running)
        or _read_point(scan, first)
    )


def _read_point(scan: Scan, quantity: Quantity) -> Expression:
    modifier, start, end = join_modifiers(scan.low, quantity.start, quantity.end)
    number = format_decimal(quantity.value)
    value = ParsedValue(
        lo=None if modifier.bound == "max" else number,
        hi=None if modifier.bound == "min" else number,
        lo_inc=modifier.inclusive or modifier.bound != "min",
        hi_inc=modifier.inclusive or modifier.bound != "max",
        approx=modifier.approx,
        bound=modifier.bound,
        unit=quantity.unit.code if quantity.unit else None,
        unit_surface=quantity.unit.surface if quantity.unit else None,
        kind=_kind(scan, quantity),
        sig_figs=quantity.sig_figs,
    )
    return Expression(quantity.number, (start, end), value, quantity.bare)


def _kind(scan: Scan, quantity: Quantity) -> NumericKind:
    if quantity.ordinal:
        return "ordinal"
    if quantity.unit is None:
        return "ratio" if quantity.fraction else "age" if _is_aged(scan, quantity.start) else "cardinal"
    return _unit_kind(scan, quantity.unit, quantity.start)


def _unit_kind(scan: Scan, unit: UnitWords, start: int) -> NumericKind:
    """The kind that a unit gives to its number; years of somebody's life are an age."""
    if unit.kind != "duration":
        return unit.kind
    old = re.match(r"[\s-](?:old|of\sage)", scan.low[unit.end : unit.end + 8])
    return "age" if old or _is_aged(scan, start) else "duration"


def _is_aged(scan: Scan, start: int) -> bool:
    return re.search(r"(?<!\w)aged\s$", scan.low[max(0, start - 6) : start]) is not None


def _read_range(scan: Scan, first: Quantity, *, running: bool) -> Expression | None:
    """A range: "10-20", "10 to 20", "between 10 and 20"; scale word and unit may stand once for both."""
    before = join_modifiers(scan.low, first.start, first.start)
    opening = _OPENING.search(scan.low, max(0, before.start - 12), before.start)
    between = opening is not None and opening.group().startswith("between")
    dash = (_TIGHT_DASH if running else _LOOSE_DASH).match(scan.low, first.end)
    to = _TO.match(scan.low, first.end)
    separator = dash or to or (_AND.match(scan.low, first.end) if between else None)
    second = read_quantity(scan, separator.end(), running=running) if separator is not None else None
    if second is None or (running and to is not None and is_change(scan.low, before.start)):
        return None
    shared = _share(first, second)
    if shared is None or shared[0].value >= shared[1].value or before.modifier.bound != "none":
        return None
    low, high = shared
    approx, span = _loosened(scan.low, before, opening.start() if opening else None, second.end)
    value = ParsedValue(
        lo=format_decimal(low.value),
        hi=format_decimal(high.value),
        approx=approx,
        unit=high.unit.code if high.unit else None,
        unit_surface=high.unit.surface if high.unit else None,
        kind=_kind(scan, high),
    )
    return Expression((first.number[0], second.number[1]), span, value, low.bare and high.bare)


def _loosened(low: str, before: Modified, opening: int | None, end: int) -> tuple[Approx, tuple[int, int]]:
    """The approximator of a range, before "between", after it or behind the range, and the range's extent."""
    start = before.start if opening is None else opening
    outer = join_modifiers(low, start, start)
    after = join_modifiers(low, end, end)
    if outer.modifier.approx != "none" and outer.modifier.bound == "none":
        start = outer.start
    if after.modifier.approx != "none" and after.modifier.bound == "none":
        end = after.end
    found = (m.modifier.approx for m in (before, outer, after) if m.modifier.approx != "none")
    return next(found, "none"), (start, end)


def _share(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity] | None:
    """Both ends of a range with the scale and the unit that only one of them carries; None if they clash."""
    if first.ordinal != second.ordinal:
        return None
    if first.scale == 1 and second.scale != 1 and abs(first.mantissa) < abs(second.mantissa):
        first = first._replace(value=first.mantissa * second.scale, scale=second.scale)
    if first.unit is None or second.unit is None:
        unit = first.unit or second.unit
        return first._replace(unit=unit), second._replace(unit=unit)
    return (first, second) if first.unit.code == second.unit.code else None


def _read_ratio(scan: Scan, first: Quantity, *, running: bool) -> Expression | None:
    """A ratio: "one in five", "three out of four"."""
    separator = _IN.match(scan.low, first.end) if first.whole and first.unit is None and not first.ordinal else None
    second = read_quantity(scan, separator.end(), running=running) if separator is not None else None
    if separator is None or second is None or not second.whole or second.unit is not None or second.ordinal:
        return None
    if not 0 < first.value < second.value:
        return None
    if running and "out" not in separator.group() and not (second.value <= 10 or second.value in _ROUND):
        return None
    modifier, start, end = join_modifiers(scan.low, first.start, second.end)
    ratio = format_decimal(first.value / second.value)
    value = ParsedValue(
        lo=None if modifier.bound == "max" else ratio,
        hi=None if modifier.bound == "min" else ratio,
        lo_inc=modifier.inclusive or modifier.bound != "min",
        hi_inc=modifier.inclusive or modifier.bound != "max",
        approx=modifier.approx,
        bound=modifier.bound,
        kind="ratio",
    )
    return Expression((first.number[0], second.number[1]), (start, end), value)


@cache
def _vague_words() -> tuple[dict[str, int], re.Pattern[str]]:
    rows = load_lexicon("approximators")
    magnitudes = {row.surface: row.magnitude or 0 for row in rows if row.approx == "vague" and " " not in row.surface}
    words = "|".join(sorted(magnitudes, key=lambda word: (-len(word), word)))
    return magnitudes, re.compile(rf"({words})(?:\sof\s({words}))?(?P<of>(?=\sof\s))?(?![\w'-])")


def _read_vague(scan: Scan, start: int, *, running: bool) -> Expression | None:
    """A vague number: "dozens", "tens of thousands", "several hundred" have a magnitude and no value."""
    magnitudes, pattern = _vague_words()
    few = _FEW.match(scan.low, start)
    found = few or pattern.match(scan.low, start)
    if found is None:
        return None
    if few is not None:
        magnitude = len(str(SCALES[few[1]])) - 1
    else:
        if running and found[1] in {"tens", "scores"} and found[2] is None and found["of"] is None:
            return None
        magnitude = magnitudes[found[1]] + (magnitudes[found[2]] if found[2] else 0)
    of = _UNIT_AFTER_OF.match(scan.low, found.end())
    unit = read_unit(scan, of.end() if of else found.end(), one=False, scaled=True, running=True)
    value = ParsedValue(
        lo=None,
        hi=None,
        approx="vague",
        magnitude=magnitude,
        unit=unit.code if unit else None,
        unit_surface=unit.surface if unit else None,
        kind=_unit_kind(scan, unit, start) if unit else "cardinal",
    )
    return Expression((start, found.end()), (start, unit.end if unit else found.end()), value)
