"""Laws of the number grammar, of the comparison of values and of the conversion of units."""

import math
import re
import string
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st

from goldassay.formats.numbers import NotAValue, ParsedValue, find_numbers, model_value, parse_value
from goldassay.match.unit import Conversion, compare_units, convert_interval, unit_of
from goldassay.match.value import SLIP_POWERS, Interval, compare_intervals, find_slip, parse_interval
from goldassay.model.currencies import CURRENCIES, FAMILIES
from goldassay.model.decimals import format_decimal, parse_decimal
from goldassay.model.numeric_facts import Value
from goldassay.model.units import UNITS

_PIECES = """
one two twenty thirty-first hundred thousand million dozen third thirds half quarter a an and of in to the between from
about nearly over at least or more so 12 12,000 1,00 3.5 .5 ½ 9/11 F-16 G7 1990s $ US$ € % pp bp km kt m t k bn th
percent points - – − + ~ ≥ ( [ ] , . : ; ' July May both pair dozens tens several few not minus 2024 p.m. ٣ 10⁻³ × e3
1_000 İ ſ K nan inf null second first second's
"""
PIECES = [*_PIECES.split(), "\n", "\u00a0"]
number_like = st.lists(st.sampled_from([*PIECES, " ", "  "]), max_size=14).map("".join) | st.lists(
    st.sampled_from(PIECES), max_size=14
).map(" ".join)
texts = number_like | st.text(max_size=60) | st.text(string.digits + ",. -–$%kmbnst", max_size=20)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
keys = st.sampled_from(["value", "unit", "min", "max", "lo", "hi", "amount", "lowerBound", "approx", "bound", "lo_inc"])
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys | st.text(max_size=3), inner, max_size=4)
)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3).map(
    Fraction
)
positive = st.fractions(min_value=Fraction(1, 10**6), max_value=10**9, max_denominator=10**6)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Points, bounded intervals and intervals with an open side; numbers small enough to meet each other."""
    near = st.integers(-60, 60).map(lambda number: Fraction(number, 2))
    low, high = sorted(draw(st.tuples(near | decimals, near | decimals)))
    match draw(st.sampled_from(["point", "bounded", "min", "max", "vague"])):
        case "point":
            return parse_interval(Value(lo=format_decimal(low), hi=format_decimal(low)))
        case "bounded":
            return Interval(low, high, lo_inc=draw(st.booleans()), hi_inc=draw(st.booleans()))
        case "min":
            return Interval(low, None, lo_inc=draw(st.booleans()))
        case "max":
            return Interval(None, high, hi_inc=draw(st.booleans()))
        case _:
            return Interval(None, None)


def check_parsed(found: ParsedValue) -> None:
    for end in (found.lo, found.hi):
        assert end is None or re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", end)
    if found.lo is not None and found.hi is not None:
        assert parse_decimal(found.lo) <= parse_decimal(found.hi)
    value = model_value(found)
    assert (value is None) == (found.lo is None and found.hi is None)
    if found.bound != "none":
        assert (found.lo is None) != (found.hi is None)


@given(json_values)
@example("1 " + "000 " * 200)
@example(10**5000)
@example("9" * 5000)
@example("1e999")
@example("\ud800 5")
def test_any_json_value_is_read_or_refused_with_reasons(raw: Any) -> None:
    found = parse_value(raw)
    if isinstance(found, NotAValue):
        assert found.found
        assert found.expected
        assert found.fix
        assert found.code in {"E401", "E402"}
    else:
        check_parsed(found)


@given(texts)
def test_numbers_of_a_text_are_in_order_and_inside_it(text: str) -> None:
    found = find_numbers(text)
    for number in found:
        assert 0 <= number.span[0] <= number.number[0] < number.number[1] <= number.span[1] <= len(text)
        check_parsed(number.value)
    for before, after in pairwise(found):
        assert before.span[1] <= after.span[0]


@given(decimals)
def test_what_is_written_is_read_back(number: Fraction) -> None:
    written = format_decimal(number)
    for surface in (written, f"{float(number):,.3f}", written.replace("-", "−"), f"{written} "):
        found = parse_value(surface)
        assert isinstance(found, ParsedValue)
        assert found.lo == found.hi == written


@given(st.integers(-(10**15), 10**15))
def test_groups_of_three_are_read_back(number: int) -> None:
    for surface in (number, f"{number:,}", f"{number:,}".replace(",", "\u00a0"), f"{number:,}".replace(",", " ")):
        found = parse_value(surface)
        assert isinstance(found, ParsedValue)
        assert found.lo == found.hi == str(number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_read_by_their_digits(number: float) -> None:
    found = parse_value(number)
    assert isinstance(found, ParsedValue)
    assert found.lo is not None
    assert parse_decimal(found.lo) == Fraction(repr(number))


_SMALL = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL, TENS = _SMALL.split(), _TENS.split()


def spell(number: int, joiner: str) -> str:
    """English number words; `joiner` stands between hundreds and tens."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    for size, word in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            link = joiner if size == 100 or rest < 100 else " "
            return f"{spell(number // size, joiner)} {word}" + (f"{link}{spell(rest, joiner)}" if rest else "")
    raise AssertionError(number)


@given(st.integers(0, 10**12 - 1), st.sampled_from([" and ", " "]))
def test_spelled_numbers_are_read_back(number: int, joiner: str) -> None:
    found = parse_value(spell(number, joiner))
    assert isinstance(found, ParsedValue)
    assert found.lo == found.hi == str(number)
    assert found.kind == "cardinal"


@given(intervals(), intervals())
def test_comparison_is_symmetric_where_it_should_be_and_in_range(gold: Interval, predicted: Interval) -> None:
    found, mirrored = compare_intervals(gold, predicted), compare_intervals(predicted, gold)
    for measure in ("exact", "inclusive", "tol_1e5", "tol_1pct", "tol_5pct", "rel_error", "iou", "oom_hit"):
        assert getattr(found, measure) == getattr(mirrored, measure)
    assert (found.oom is None) == (mirrored.oom is None)
    assert found.oom is None or math.isclose(found.oom, mirrored.oom or 0.0, abs_tol=1e-12)
    assert found.tol_1e5 <= found.tol_1pct <= found.tol_5pct
    assert found.rel_error is None or 0 <= found.rel_error <= 2
    assert 0 <= found.iou <= 1
    assert found.oom is None or 0 <= found.oom <= 1
    assert 0 <= found.soft <= 1


@given(intervals(), intervals())
def test_only_equality_is_exact_and_it_satisfies_everything(gold: Interval, predicted: Interval) -> None:
    found = compare_intervals(gold, predicted)
    assert found.exact == ((gold.lo, gold.hi) == (predicted.lo, predicted.hi))
    same = compare_intervals(gold, gold, gold_approx="approx")
    assert (same.exact, same.inclusive, same.tol_1e5, same.tol_1pct, same.tol_5pct) == (True,) * 5
    assert (same.iou, same.soft, same.slip) == (1.0, 1.0, None)
    assert same.rel_error in (None, 0.0)
    assert same.oom in (None, 1.0)
    assert same.within_rounding in (None, True)


@given(positive, st.sampled_from(SLIP_POWERS), st.integers(-20, 20), st.booleans())
def test_slips_are_named_and_do_not_depend_on_the_scale(
    number: Fraction, power: int, shift: int, negative: bool
) -> None:
    point = -number if negative else number
    gold, slipped = Interval(point, point), Interval(point * 10**power, point * 10**power)
    assert find_slip(gold, slipped) == f"x{10**power}"
    assert find_slip(slipped, gold) == f"/{10**power}"
    assert find_slip(gold, Interval(-point, -point)) == "sign"
    scale = Fraction(10) ** shift
    assert find_slip(Interval(point * scale, point * scale), Interval(-point * scale, -point * scale)) == "sign"
    shifted = [Interval(end * scale, end * scale) for end in (point, point * 10**power)]
    assert find_slip(*shifted) == f"x{10**power}"


@given(intervals(), intervals(), st.integers(1, 1000))
def test_relative_measures_do_not_depend_on_the_unit(gold: Interval, predicted: Interval, factor: int) -> None:
    def scaled(side: Interval) -> Interval:
        lo, hi = (None if end is None else end * factor for end in (side.lo, side.hi))
        return Interval(lo, hi)

    found, other = compare_intervals(gold, predicted), compare_intervals(scaled(gold), scaled(predicted))
    for measure in ("exact", "tol_1e5", "tol_1pct", "tol_5pct", "rel_error", "iou", "slip"):
        assert getattr(found, measure) == getattr(other, measure)


@given(st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)), decimals)
def test_conversions_are_exact_and_go_back(one: str, other: str, amount: Fraction) -> None:
    there, back = compare_units(one, f"{other}"), compare_units(other, one)
    assume(there.reading == other and back.reading == one)  # an ambiguous surface may be read otherwise
    assert there.exact == (one == other)
    assert there.dimension == back.dimension
    assert (there.conversion is None) == (back.conversion is None) == (unit_of(one).base != unit_of(other).base)  # type: ignore[union-attr]
    if there.conversion is not None and back.conversion is not None:
        point = Interval(amount, amount)
        assert convert_interval(convert_interval(point, there.conversion), back.conversion) == point


@given(st.sampled_from([*UNITS, *CURRENCIES, *FAMILIES, "{person}", "km/h"]))
def test_every_code_equals_itself(code: str) -> None:
    found = compare_units(code, code)
    assert (found.exact, found.dimension, found.ambiguous, found.fraction) == (True, True, False, False)
    assert found.conversion is not None
    assert found.conversion == Conversion()


@given(st.sampled_from(sorted(CURRENCIES)), st.sampled_from(sorted(CURRENCIES)))
def test_money_is_never_converted(one: str, other: str) -> None:
    found = compare_units(one, other)
    assert found.dimension
    assert (found.conversion is not None) == found.exact == (one == other)


@given(st.none() | texts, st.none() | texts, st.booleans())
def test_any_two_units_can_be_compared(gold: str | None, predicted: str | None, lenient: bool) -> None:
    found = compare_units(gold, predicted, lenient=lenient)
    assert found.dimension or not found.exact
