"""The number grammar by hand: what people and models write, and what is no number."""

import math
from typing import Any

import pytest

from goldassay.formats.numbers import NotAValue, ParsedValue, parse_value, value_finding


def read(raw: Any) -> ParsedValue:
    found = parse_value(raw)
    assert isinstance(found, ParsedValue), found
    return found


@pytest.mark.parametrize(
    ("surface", "number"),
    [
        ("1,234,567.89", "1234567.89"),
        ("12 000", "12000"),
        ("12\u202f000", "12000"),
        ("١٢", "12"),
        ("٣٫٥", "3.5"),
        ("３００", "300"),
        ("−0.5", "-0.5"),
        ("– 5".replace(" ", ""), "-5"),
        ("minus 5", "-5"),
        ("minus five", "-5"),
        ("minus two and a half", "-2.5"),
        ("two point five million", "2500000"),
        ("zero point zero five", "0.05"),
        ("+12000", "12000"),
        (".5", "0.5"),
        ("1e3", "1000"),
        ("2 × 10⁻³", "0.002"),
        ("5x10^3", "5000"),
        ("3½", "3.5"),
        ("3 1/2", "3.5"),
        ("1⁄4", "0.25"),
        ("12k", "12000"),
        ("1.5M", "1500000"),
        ("2bn", "2000000000"),
        ("3 lakh", "300000"),
        ("2 crore", "20000000"),
        ("twenty-five hundred", "2500"),  # 25 x 100
        ("two hundred and five thousand", "205000"),  # (200 + 5) x 1000
        ("one million, two hundred thousand", "1200000"),
        ("two and a half million", "2500000"),
        ("a million and a half", "1500000"),
        ("half a million", "500000"),
        ("half a dozen", "6"),
        ("three-quarters of a million", "750000"),
        ("two-thirds", "0.666666666667"),  # 12 significant digits
        ("seventy-fifth", "75"),
        ("the 2nd", "2"),
        ("nine out of ten", "0.9"),
        ('"12,000."', "12000"),
        ("**300**", "300"),
        ("exactly 300", "300"),
        ("a total of 300", "300"),
    ],
)
def test_points(surface: str, number: str) -> None:
    found = read(surface)
    assert (found.lo, found.hi, found.approx, found.bound, found.unit) == (number, number, "none", "none", None)


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("about 300", ("300", "300", "approx", "none")),
        ("~300", ("300", "300", "approx", "none")),
        ("300-odd", ("300", "300", "approx", "none")),
        ("an estimated 300", ("300", "300", "approx", "none")),
        ("just under 300", ("300", "300", "below", "none")),
        ("well over 300", ("300", "300", "above", "none")),
        ("at least around 300", ("300", None, "approx", "min")),
        ("around 300 or more", ("300", None, "approx", "min")),
        ("300+", ("300", None, "none", "min")),
        ("no more than 300", (None, "300", "none", "max")),
        ("up to $300", (None, "300", "none", "max")),
        ("as many as 300", (None, "300", "none", "max")),
        ("about 10 to 20", ("10", "20", "approx", "none")),
        ("between about 10 and 20", ("10", "20", "approx", "none")),
        ("10-20 or so", ("10", "20", "approx", "none")),
        ("two to three million", ("2000000", "3000000", "none", "none")),
        ("500 to 2 million", ("500", "2000000", "none", "none")),
        ("five to six hundred", ("500", "600", "none", "none")),
        ("$5m-$7m", ("5000000", "7000000", "none", "none")),
        ("-5 to 5", ("-5", "5", "none", "none")),
    ],
)
def test_modifiers_and_ranges(surface: str, expected: tuple[str | None, str | None, str, str]) -> None:
    found = read(surface)
    assert (found.lo, found.hi, found.approx, found.bound) == expected


@pytest.mark.parametrize(
    ("surface", "inclusive"),
    [("more than 5", False), ("over 5", False), (">5", False), ("≥ 5", True), ("5 or more", True)],
)
def test_bounds_say_whether_the_number_itself_counts(surface: str, inclusive: bool) -> None:
    assert (read(surface).lo_inc, read(surface).hi_inc) == (inclusive, True)


@pytest.mark.parametrize(
    ("surface", "number", "unit", "kind"),
    [
        ("$2.7bn", "2700000000", "USD?", "money"),
        ("$2.7m", "2700000", "USD?", "money"),
        ("C$5", "5", "CAD", "money"),
        ("USD 12mn", "12000000", "USD", "money"),
        ("$5 million USD", "5000000", "USD", "money"),
        ("12 million US dollars", "12000000", "USD", "money"),
        ("5 pounds", "5", "pounds", "money"),  # sterling or a weight: the surface keeps both readings
        ("5 cents", "5", "cents", "money"),
        ("Rs 500 crore", "5000000000", "INR?", "money"),
        ("3½ %", "3.5", "%", "percent"),
        ("fifty per cent", "50", "%", "percent"),
        ("2 percentage points", "2", "pp", "percent"),
        ("25 bps", "25", "bp", "percent"),
        ("12 thousand tonnes", "12000", "t", "measure"),
        ("12 kt", "12", "kt", "measure"),
        ("12 kt of TNT", "12", "kt{TNT}", "measure"),
        ("-5°C", "-5", "Cel", "measure"),
        ("minus 5 degrees", "-5", "degrees", "measure"),
        ("minus twelve degrees", "-12", "degrees", "measure"),
        ("one point two million tonnes", "1200000", "t", "measure"),
        ("60 miles per hour", "60", "[mi_i]/h", "measure"),
        ("1.2m barrels a day", "1200000", "[bbl_us]/d", "measure"),
        ("300 square miles", "300", "[mi_i]2", "measure"),
        ("half an hour", "0.5", "h", "duration"),
        ("3 weeks", "3", "wk", "duration"),
        ("12-year-old", "12", "a", "age"),
        ("5m", "5", "m", "measure"),  # metres or millions: the surface keeps both readings
        ("5m people", "5000000", None, "cardinal"),
        ("12,000 troops", "12000", None, "cardinal"),
    ],
)
def test_units(surface: str, number: str, unit: str | None, kind: str) -> None:
    found = read(surface)
    assert (found.lo, found.hi, found.unit, found.kind) == (number, number, unit, kind)


def test_words_that_are_no_unit_are_kept() -> None:
    assert read("12,000 troops").unit_surface == "troops"
    assert read("around $5 in aid").unit_surface == "$ in aid"


@pytest.mark.parametrize(
    ("surface", "magnitude"),
    [("dozens", 1), ("hundreds of thousands", 5), ("several hundred", 2), ("a few million", 6), ("scores of", 1)],
)
def test_vague_numbers_have_a_magnitude_and_no_value(surface: str, magnitude: int) -> None:
    found = read(surface)
    assert (found.lo, found.hi, found.approx, found.magnitude) == (None, None, "vague", magnitude)


@pytest.mark.parametrize(
    ("raw", "sig_figs"),
    [
        ("12,000", 2),
        ("12,500", 3),
        ("1.20 million", 3),
        ("2.50", 3),
        ("0.030", 2),
        (12000.0, 2),
        (0, None),
        ("½", None),
    ],
)
def test_significant_figures_are_those_written(raw: Any, sig_figs: int | None) -> None:
    assert read(raw).sig_figs == sig_figs


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (0.1, ("0.1", "0.1", "none", None)),
        (1e22, ("10000000000000000000000",) * 2 + ("none", None)),
        (1e-7, ("0.0000001",) * 2 + ("none", None)),
        ([10, 20], ("10", "20", "none", None)),
        (["$5m", "$7m"], ("5000000", "7000000", "none", "USD?")),
        ([300, None], ("300", None, "min", None)),
        ("[10, 20)", ("10", "20", "none", None)),
        ({"max": "1.5k"}, (None, "1500", "max", None)),
        ({"lo": "10", "hi": "20", "hi_inc": False}, ("10", "20", "none", None)),
        ({"value": 12, "unit": "kilometres"}, ("12", "12", "none", "km")),
        ({"value": 1.5, "unit": "million USD"}, ("1500000", "1500000", "none", "USD")),
        ({"value": "$5", "unit": "USD"}, ("5", "5", "none", "USD")),
        ({"value": 300, "bound": "min"}, ("300", None, "min", None)),
        ({"value": [1, 2], "unit": "km"}, ("1", "2", "none", "km")),
        ({"minValue": 1, "maxValue": 5, "unitText": "days"}, ("1", "5", "none", "d")),
        ({"amount": "+12", "unit": "http://www.wikidata.org/entity/Q828224"}, ("12", "12", "none", "km")),
        ({"amount": "+12", "unit": "1"}, ("12", "12", "none", None)),
    ],
)
def test_json_forms(raw: Any, expected: tuple[str | None, str | None, str, str | None]) -> None:
    found = read(raw)
    assert (found.lo, found.hi, found.bound, found.unit) == expected


def test_wikidata_bounds_make_an_amount_approximate() -> None:
    amount = {"amount": "+12000", "lowerBound": "+11500", "upperBound": "+12500"}
    assert (read(amount).lo, read(amount).approx) == ("12000", "approx")
    assert read(amount | {"lowerBound": "+12000", "upperBound": "+12000"}).approx == "none"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (None, "missing"),
        ("", "missing"),
        ("N/A", "missing"),
        ([None, None], "missing"),
        ({}, "missing"),
        (True, "boolean is not a number"),
        (math.nan, "not finite"),
        (-math.inf, "not finite"),
        ("Infinity", "not finite"),
        (10**400, "out of range"),
        ("1_000", "unparsable"),
        ("1,00", "unparsable"),
        ("12,00,000", "unparsable"),
        ("1.000.000", "unparsable"),
        ("true", "unparsable"),
        ("F-16", "unparsable"),
        ("9/11", "unparsable"),
        ("24/7", "unparsable"),
        ("Covid-19", "unparsable"),
        ("1990s", "unparsable"),
        ("2024-07-08", "unparsable"),
        ("5 p.m.", "unparsable"),
        ("10 July", "unparsable"),
        ("July 10", "unparsable"),
        ("troops", "unparsable"),
        ("killed 300", "unparsable"),
        ("20-10", "unparsable"),
        ("5-5", "unparsable"),
        ("0x10", "unparsable"),
        ("1e999", "unparsable"),
        ("10 and 11", "more than one number"),
        ("300 killed and 200 wounded", "more than one number"),
        ([1, 2, 3], "list is not an interval"),
        ([], "list is not an interval"),
        (["at least 5", 7], "list is not an interval"),
        (["$5", "€7"], "list is not an interval"),
        ({"valeu": 5}, "object is not a value"),
        ({"value": 5, "min": 1}, "object is not a value"),
        ({"value": {"value": 5}}, "object is not a value"),
        ({"value": "$5", "unit": "EUR"}, "object is not a value"),
        ({"value": 5, "approx": "around"}, "object is not a value"),
        ({"value": 5, "unit": 7}, "object is not a value"),
    ],
)
def test_what_is_no_value_says_why(raw: Any, reason: str) -> None:
    found = parse_value(raw)
    assert isinstance(found, NotAValue)
    assert (found.reason, found.code) == (reason, "E401")
    assert found.fix


@pytest.mark.parametrize("raw", [[20, 10], {"min": 20, "max": 10}, "[20, 10]"])
def test_reversed_ends_are_a_finding_of_their_own(raw: Any) -> None:
    found = parse_value(raw)
    assert isinstance(found, NotAValue)
    assert (found.reason, found.code) == ("lo above hi", "E402")


def test_a_refused_value_becomes_a_finding() -> None:
    failed = parse_value("1_000")
    assert isinstance(failed, NotAValue)
    found = value_finding(failed, file="p.jsonl", line=3, field="numeric_facts[0].value")
    assert (found.code, found.severity, found.where.line) == ("E401", "error", 3)
    assert found.found == 'unparsable: "1_000"'
    assert found.fix == "write the digits without underscores"
