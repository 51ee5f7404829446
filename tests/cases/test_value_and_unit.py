"""The comparison of values and units by hand, with the arithmetic beside it."""

import math
from fractions import Fraction

import pytest

from goldassay.match.unit import compare_units, convert_interval
from goldassay.match.value import Interval, compare_intervals, compare_values, parse_interval
from goldassay.model.numeric_facts import Value


def point(number: str) -> Value:
    return Value(lo=number, hi=number)


def test_only_an_approximate_gold_is_satisfied_by_rounding() -> None:
    # 12000 has 2 significant figures: half a unit of the last is 500, so 11500 to 12500 round to it.
    plain = compare_values(point("12000"), point("11600"))
    loose = compare_values(point("12000"), point("11600"), gold_approx="approx")
    assert (plain.within_rounding, loose.within_rounding) == (True, True)
    # exact 0, iou 0: soft = 0.25 * (1 - |log10(11600 / 12000)|)
    assert plain.soft == pytest.approx(0.25 * (1 - abs(math.log10(11600 / 12000))))
    assert loose.soft == 0.9
    assert compare_values(point("12000"), point("12500"), gold_approx="approx").soft == 0.9  # the edge belongs to it
    assert not compare_values(point("12000"), point("12501")).within_rounding


def test_significant_figures_may_be_given() -> None:
    # "1.20 million" has 3: half a unit of the last is 5000.
    assert compare_values(point("1200000"), point("1240000")).within_rounding
    assert not compare_values(point("1200000"), point("1240000"), gold_sig_figs=3).within_rounding
    assert compare_values(point("1200000"), point("1205000"), gold_sig_figs=3).within_rounding


@pytest.mark.parametrize(
    ("number", "low", "high"), [("0.03", "0.025", "0.035"), ("2.50", "2.495", "2.505"), ("-5", "-5.5", "-4.5")]
)
def test_rounding_interval(number: str, low: str, high: str) -> None:
    for edge in (low, high):
        assert compare_values(point(number), point(edge)).within_rounding
        beyond = parse_interval(point(edge)).lo
        assert beyond is not None
        step = (beyond - Fraction(number)) / 1000
        outside = Interval(beyond + step, beyond + step)
        assert not compare_intervals(parse_interval(point(number)), outside).within_rounding


@pytest.mark.parametrize("power", [0, 3, 18, 23, 60])
def test_rounding_at_powers_of_ten(power: int) -> None:
    below, above = "9" * (power + 1), "1" + "0" * power
    assert not compare_values(point(below), point(str(10 ** (power + 1)))).within_rounding  # all 9s are significant
    assert compare_values(point(above), point(str(15 * 10**power // 10))).within_rounding  # 1 significant figure
    assert not compare_values(point(above), point(str(16 * 10**power // 10 + 1))).within_rounding


def test_rounding_does_not_depend_on_the_rounding_of_logarithms() -> None:
    # Just above ten: half a unit of two significant figures is 1/2, where a logarithm below 1 would give 1/20.
    for power in range(1, 900):
        above_ten = 10 + Fraction(1, 2**power)
        gold = Interval(above_ten, above_ten, sig_figs=2)
        assert compare_intervals(gold, Interval(Fraction(10.25), Fraction(10.25))).within_rounding


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ("100", "95", (False, False, True)),  # 5 <= 0.05 * 100: the edge belongs to it
        ("100", "94.9", (False, False, False)),
        ("95", "100", (False, False, True)),
        ("100", "105.2", (False, False, True)),  # 5.2 <= 0.05 * 105.2 = 5.26
        ("100", "105.3", (False, False, False)),
        ("100", "99", (False, True, True)),
        ("100", "98.9", (False, False, True)),
        ("100000", "99999", (True, True, True)),
        ("100000", "99998.9", (False, True, True)),
        ("0", "0.000001", (False, False, False)),
    ],
)
def test_tolerances_at_their_edges(gold: str, predicted: str, expected: tuple[bool, bool, bool]) -> None:
    found = compare_values(point(gold), point(predicted))
    assert (found.tol_1e5, found.tol_1pct, found.tol_5pct) == expected


def test_order_of_magnitude() -> None:
    # log10(3) = 0.477, log10(3.2) = 0.505
    assert compare_values(point("100"), point("300")).oom == pytest.approx(1 - math.log10(3))
    assert compare_values(point("100"), point("300")).oom_hit
    assert not compare_values(point("100"), point("320")).oom_hit


def test_overlap_of_intervals() -> None:
    # [10, 20] and [15, 30] share 5 of 20.
    found = compare_values(Value(lo="10", hi="20"), Value(lo="15", hi="30"))
    assert (found.iou, found.soft) == (0.25, 0.125)
    assert compare_values(Value(lo="10", hi="20"), Value(lo="20", hi="30")).iou == 0


def test_inclusiveness_is_a_field_of_its_own() -> None:
    found = compare_values(Value(lo="300", hi=None), Value(lo="300", hi=None, lo_inc=False))
    assert (found.exact, found.inclusive) == (True, False)
    assert compare_values(Value(lo="300", hi=None), Value(lo="300", hi=None, hi_inc=False)).inclusive


@pytest.mark.parametrize(
    ("gold", "predicted", "slip"),
    [
        ("12000", "12", "/1000"),
        ("12", "12000000", "x1000000"),
        ("2700000", "2700000000", "x1000"),
        ("3.5", "0.035", "/100"),
        ("5", "-5", "sign"),
        ("5", "50000", None),  # 10^4 is nobody's slip
        ("5", "-50", None),
        ("0", "0", None),
    ],
)
def test_slips(gold: str, predicted: str, slip: str | None) -> None:
    assert compare_values(point(gold), point(predicted)).slip == slip


def test_slips_of_intervals() -> None:
    assert compare_values(Value(lo="5", hi="7"), Value(lo="5000000", hi="7000000")).slip == "x1000000"
    assert compare_values(Value(lo="12000", hi=None), Value(lo="12", hi=None)).slip == "/1000"
    assert compare_values(Value(lo="10", hi="20"), Value(lo="-20", hi="-10")).slip == "sign"
    assert compare_values(Value(lo="5", hi="7"), Value(lo="5000", hi="7000000")).slip is None
    assert compare_values(point("5"), Value(lo="5000", hi=None)).slip is None


def test_vague_numbers_are_equal_by_magnitude() -> None:
    same = compare_values(None, None, gold_magnitude=1, predicted_magnitude=1)
    other = compare_values(None, None, gold_magnitude=1, predicted_magnitude=3)
    assert (same.exact, same.soft, other.exact, other.tol_5pct, other.soft) == (True, 1.0, False, False, 0.0)
    assert not compare_values(None, point("24"), gold_magnitude=1).exact


def test_numbers_beyond_floats() -> None:
    huge, tiny = "1" + "0" * 5000, "0." + "0" * 400 + "1"
    assert compare_values(point(huge), point(huge)).exact
    found = compare_values(point(huge), point(tiny))
    assert (found.rel_error, found.oom, found.oom_hit, found.slip) == (1.0, 0.0, False, None)
    assert compare_values(point(huge), point(f"{huge}000")).slip == "x1000"


def test_binary_noise_is_no_difference() -> None:
    assert compare_values(point("0.3"), point("0.30")).exact
    assert not compare_values(point("0.3"), point("0.30000000000000004")).exact


@pytest.mark.parametrize(
    ("gold", "predicted", "verdict", "multiplier"),
    [
        ("t", "kg", (False, True, False), Fraction(1, 1000)),
        ("kg", "t", (False, True, True), Fraction(1000)),  # read as tonnes, not short tons
        ("km", "[mi_i]", (False, True, False), Fraction("1.609344")),
        ("km", "kilometres", (True, True, False), Fraction(1)),
        ("km/h", "m/s", (False, True, False), Fraction(18, 5)),
        ("km/h", "mph", (False, True, False), Fraction("1.609344")),
        ("kg/s", "kg/h", (False, True, False), Fraction(1, 3600)),
        ("t/d", "tons per day", (True, True, True), Fraction(1)),
        ("[bbl_us]/d", "barrels a day", (True, True, False), Fraction(1)),
        ("USD/[bbl_us]", "EUR/[bbl_us]", (False, True, False), None),
        ("km/h", "kt", (False, True, True), Fraction("1.852")),  # read as knots
        ("t", "kt", (False, True, True), Fraction(1000)),  # read as kilotonnes
        ("J", "kt", (False, True, True), Fraction("4.184e12")),  # read as kilotons of TNT
        ("[kn_i]", "kt", (True, True, True), Fraction(1)),
        ("m", "m", (True, True, False), Fraction(1)),
        (None, "m", (True, True, True), Fraction(10**6)),  # read as million
        ("[lb_av]", "pounds", (True, True, True), Fraction(1)),
        ("GBP", "pounds", (True, True, True), Fraction(1)),
        ("t", "tons", (True, True, True), Fraction(1)),
        ("[acr_us]", "har", (False, True, False), Fraction(10000) / (43560 * Fraction(1200, 3937) ** 2)),
        ("a", "mo", (False, True, False), Fraction(1, 12)),
        ("a", "d", (False, True, False), None),  # a year is no fixed number of days
        ("USD", "USD?", (True, True, True), Fraction(1)),
        ("USD?", "CAD", (True, True, False), Fraction(1)),
        ("USD?", "EUR", (False, True, False), None),
        ("USD", "cents", (False, True, True), Fraction(1, 100)),
        ("pp", "bp", (False, True, False), Fraction(1, 100)),
        ("USD", "t", (False, False, False), None),  # no reading of it is money
        ("pp", "%", (False, False, False), None),
        ("km", "kg", (False, False, False), None),
        (None, "1", (True, True, False), Fraction(1)),
        (None, "troops", (True, True, False), Fraction(1)),
        ("{person}", None, (True, True, False), Fraction(1)),
        ("{person}", "{tank}", (False, True, False), Fraction(1)),
        ("{person}", "km", (False, False, False), None),
        ("furlong", "furlong", (True, True, False), Fraction(1)),
        ("furlong", "km", (False, False, False), None),
    ],
)
def test_units(
    gold: str | None, predicted: str | None, verdict: tuple[bool, bool, bool], multiplier: Fraction | None
) -> None:
    found = compare_units(gold, predicted)
    assert (found.exact, found.dimension, found.ambiguous) == verdict
    assert (found.conversion.multiplier if found.conversion else None) == multiplier


@pytest.mark.parametrize(("gold", "predicted", "multiplier"), [("%", None, 100), (None, "%", Fraction(1, 100))])
def test_a_fraction_for_a_percentage_is_noticed_always_and_converted_if_lenient(
    gold: str | None, predicted: str | None, multiplier: Fraction
) -> None:
    strict, lenient = compare_units(gold, predicted), compare_units(gold, predicted, lenient=True)
    assert (strict.exact, strict.dimension, strict.conversion, strict.fraction) == (False, False, None, True)
    assert (lenient.exact, lenient.dimension, lenient.fraction) == (False, True, True)
    assert lenient.conversion is not None
    assert lenient.conversion.multiplier == multiplier


def test_the_same_mass_three_times() -> None:
    # 12 thousand tonnes = 12000 * 1000 kg = 1.2e7 kg = 12 kt
    gold = parse_interval(point("12000"))
    for number, unit in (("12000", "t"), ("12000000", "kg"), ("12", "kt")):
        conversion = compare_units("t", unit).conversion
        assert conversion is not None
        assert compare_intervals(gold, convert_interval(parse_interval(point(number)), conversion)).exact


def test_temperatures_have_a_zero_point_and_differences_have_none() -> None:
    conversion = compare_units("Cel", "°F").conversion
    assert conversion is not None
    assert convert_interval(parse_interval(point("-40")), conversion).point == -40
    assert convert_interval(parse_interval(point("18")), conversion, difference=True).point == 10
