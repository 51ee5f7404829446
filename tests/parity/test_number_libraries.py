"""Well-kept libraries beside our own number grammar: checks where they are right, and what they answer where not.

pint knows most units that we convert, with exact definitions; num2words writes numbers out, so that our reader must
read them back. The last tables record what pint, text2num and dateparser answer today to strings that a value may be:
when an answer changes, the reason for a grammar of our own (docs/design/numeric.md) is due for another look.
"""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import dateparser
import pint
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from num2words import num2words
from text_to_num import alpha2digit

from goldassay.formats.numbers import NotAValue, ParsedValue, parse_value
from goldassay.match.unit import compare_units, unit_of
from goldassay.model.units import UNITS

EXACT: Any = pint.UnitRegistry(non_int_type=Fraction)

BASES = {
    "m": "meter",
    "g": "gram",
    "s": "second",
    "mo": "month",
    "m2": "meter ** 2",
    "m3": "meter ** 3",
    "m/s": "meter / second",
    "K": "kelvin",
    "J": "joule",
    "W": "watt",
    "Pa": "pascal",
    "Hz": "hertz",
    "bit": "bit",
    "V": "volt",
    "A": "ampere",
    "Sv": "sievert",
    "deg": "degree",
    "1": "dimensionless",
}
"""Our base units by pint's names."""

NAMES = BASES | {
    "[in_i]": "inch",
    "[ft_i]": "foot",
    "[yd_i]": "yard",
    "[mi_i]": "mile",
    "[nmi_i]": "nautical_mile",
    "[ly]": "light_year",
    "t": "metric_ton",
    "[lb_av]": "pound",
    "[oz_av]": "ounce",
    "[oz_tr]": "troy_ounce",
    "[stone_av]": "stone",
    "[ston_av]": "short_ton",
    "[lton_av]": "long_ton",
    "[car_m]": "carat",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "wk": "week",
    "a": "year",
    "10.a": "10 * year",
    "100.a": "century",
    "mm2": "millimeter ** 2",
    "cm2": "centimeter ** 2",
    "km2": "kilometer ** 2",
    "ar": "are",
    "har": "hectare",
    "[sft_i]": "square_foot",
    "[syd_i]": "square_yard",
    "[mi_i]2": "mile ** 2",
    "[acr_us]": "acre",
    "cm3": "centimeter ** 3",
    "km3": "kilometer ** 3",
    "L": "liter",
    "[gal_us]": "gallon",
    "[gal_br]": "imperial_gallon",
    "[pt_us]": "pint",
    "[pt_br]": "imperial_pint",
    "[bbl_us]": "oil_barrel",
    "[cft_i]": "cubic_foot",
    "[kn_i]": "knot",
    "W.h": "watt_hour",
    "cal": "calorie",
    "[Btu_IT]": "international_british_thermal_unit",
    "t{TNT}": "ton_TNT",
    "[HP]": "horsepower",
    "bar": "bar",
    "[psi]": "pound_force_per_square_inch",
    "By": "byte",
    "KiBy": "kibibyte",
    "MiBy": "mebibyte",
    "GiBy": "gibibyte",
    "TiBy": "tebibyte",
    "%": "percent",
    "[ppth]": "permille",
    "[ppm]": "ppm",
}
PREFIXES = {"n": "nano", "u": "micro", "m": "milli", "c": "centi", "d": "deci", "h": "hecto", "k": "kilo"}
PREFIXES |= {"M": "mega", "G": "giga", "T": "tera", "P": "peta"}

UNKNOWN_TO_PINT = {"[ppb]", "pp", "bp"}
"""Parts per billion (pint stops at ppm), and differences between percentages, which it has no idea of."""
SHIFTED = {"Cel": "degree_Celsius", "[degF]": "degree_Fahrenheit"}


def pint_name(code: str) -> str:
    """The unit in pint's words, an SI prefix spelt out."""
    return NAMES[code] if code in NAMES else f"{PREFIXES[code[0]]}{NAMES[code[1:]]}"


@pytest.mark.parametrize("code", sorted(UNITS.keys() - UNKNOWN_TO_PINT - SHIFTED.keys()))
def test_our_factor_is_pints(code: str) -> None:
    unit = UNITS[code]
    one = EXACT.Quantity(Fraction(1), EXACT.parse_expression(pint_name(code)).units)
    factor = one.to(BASES[unit.base]).magnitude * Fraction(10 if code == "10.a" else 1)
    assert isinstance(factor, Fraction)
    assert (factor, unit.offset) == (unit.factor, Fraction(0))


@pytest.mark.parametrize("code", sorted(SHIFTED))
@pytest.mark.parametrize("degrees", [Fraction(-40), Fraction(0), Fraction(451, 2)])
def test_our_zero_points_are_pints(code: str, degrees: Fraction) -> None:
    assert (
        EXACT.Quantity(degrees, SHIFTED[code]).to("kelvin").magnitude
        == degrees * UNITS[code].factor + UNITS[code].offset
    )


@pytest.mark.parametrize("code", ["ppb", "percentage_point", "basis_point"])
def test_what_pint_does_not_know(code: str) -> None:
    with pytest.raises(pint.UndefinedUnitError):
        EXACT.Quantity(Fraction(1), code)


def test_pint_says_how_long_a_month_is_and_we_do_not() -> None:
    assert EXACT.Quantity(Fraction(1), "month").to("day").magnitude == Fraction(487, 16)  # 365.25 / 12
    found = compare_units("d", "mo")
    assert (found.dimension, found.conversion) == (True, None)


def test_names_that_mean_something_else_to_pint() -> None:
    # News counts oil in barrels of 42 gallons, and a bare "pint" may be either country's.
    assert EXACT.Quantity(Fraction(1), "barrel").to("gallon").magnitude == Fraction(63, 2)
    barrel = unit_of("[bbl_us]")
    assert barrel is not None
    assert barrel.factor == 42 * UNITS["[gal_us]"].factor
    assert EXACT.Quantity(Fraction(1), "pint").to("gallon").magnitude == Fraction(1, 8)
    assert compare_units("[pt_br]", "pints").reading == "[pt_br]"
    assert str(EXACT.Unit("kt")) == "knot"
    assert [compare_units(gold, "kt").reading for gold in ("[kn_i]", "kt", "kt{TNT}")] == ["[kn_i]", "kt", "kt{TNT}"]


def read(words: str) -> str:
    found = parse_value(words)
    assert isinstance(found, ParsedValue), found
    assert (found.lo, found.approx, found.bound, found.unit) == (found.hi, "none", "none", None)
    assert found.lo is not None
    return found.lo


FRACTIONS = [f"one {power}th" for power in ("hundred", "thousand", "million", "billion", "trillion")]
TRILLION = 10**12
WHOLE = st.one_of(
    st.integers(-TRILLION, TRILLION),
    st.integers(-2000, 2000),
    st.builds(lambda power, more: 10**power + more, st.integers(2, 11), st.integers(0, 2000)),
)


@given(WHOLE)
def test_cardinals_are_read_back(number: int) -> None:
    assert read(num2words(number)) == str(number)


@given(WHOLE.map(abs))
def test_ordinals_are_read_back(number: int) -> None:
    assume(num2words(number, to="ordinal") not in FRACTIONS)
    found = parse_value(num2words(number, to="ordinal"))
    assert isinstance(found, ParsedValue)
    assert (found.lo, found.hi, found.kind) == (str(number), str(number), "ordinal")


@pytest.mark.parametrize(("words", "parts"), [("one hundredth", 10**2), ("one millionth", 10**6)])
def test_an_ordinal_that_is_a_fraction_as_well_is_read_as_the_fraction(words: str, parts: int) -> None:
    assert words in FRACTIONS
    assert num2words(parts, to="ordinal") == words
    assert Fraction(read(words)) == Fraction(1, parts)


@given(st.integers(0, 10**6), st.integers(1, 999))
def test_decimals_in_words_are_read_back(whole: int, thousandths: int) -> None:
    decimal = f"{whole}.{thousandths:03}".rstrip("0")
    assert read(num2words(decimal)) == decimal


DECIMAL: Any = pint.UnitRegistry(non_int_type=Decimal)
UNREAD = "no value"


def pint_reads(text: str) -> str:
    try:
        found = DECIMAL.Quantity(text)
    except (pint.PintError, AttributeError):
        return UNREAD
    return f"{found.magnitude} {found.units}".strip()


def ours(text: str) -> str:
    """The interval with the approximator, bound and unit, as one short string; the reason if it is no value."""
    found = parse_value(text)
    if isinstance(found, NotAValue):
        return UNREAD
    ends = found.lo if found.lo == found.hi else f"{found.lo}..{found.hi}"
    marks = [mark for mark in (found.approx, found.bound) if mark != "none"]
    return " ".join([str(ends), *marks, *([found.unit] if found.unit else [])])


# text, pint, ours: first what both read alike, then what pint refuses, then what it reads as something else.
@pytest.mark.parametrize(
    ("text", "theirs", "own"),
    [
        ("12,000 km", "12000 kilometer", "12000 km"),
        ("60 miles per hour", "60 mile / hour", "60 [mi_i]/h"),
        ("3.5 percent", "3.5 percent", "3.5 %"),
        ("12 thousand tonnes", UNREAD, "12000 t"),
        ("$2.7bn", UNREAD, "2700000000 USD?"),
        ("5 million USD", UNREAD, "5000000 USD"),
        ("half a million", UNREAD, "500000"),
        ("10-20 km", UNREAD, "10..20 km"),
        ("10 to 20 km", UNREAD, "10..20 km"),
        ("about 5 km", UNREAD, "5 approx km"),
        ("at least 300", UNREAD, "300..None min"),
        ("3 percentage points", UNREAD, "3 pp"),
        ("300 people", UNREAD, "300"),
        ("5 °C", UNREAD, "5 Cel"),
        ("dozens", UNREAD, "None vague"),
        ("−5 km", "5 kilometer", "-5 km"),  # the minus sign of typesetters is dropped without a word
        ("3½ km", "3 kilometer", "3.5 km"),  # so is the half
        ("1,00 km", "100 kilometer", UNREAD),  # commas are taken out wherever they stand
        ("12 kt", "12 knot", "12 kt"),  # ours keeps all readings until the gold decides
        ("5 pounds", "5 pound", "5 pounds"),
        ("5 kb", "5 kilobarn", "5"),
    ],
)
def test_what_pint_makes_of_a_value(text: str, theirs: str, own: str) -> None:
    assert (pint_reads(text), ours(text)) == (theirs, own)


# text, the text with its numbers in digits by text2num, ours.
@pytest.mark.parametrize(
    ("text", "theirs", "own"),
    [
        ("twelve thousand", "12000", "12000"),
        ("seventy-fifth", "75th", "75"),
        ("two point five", "2.5", "2.5"),
        ("minus five", "minus 5", "-5"),
        ("12 thousand", "12 1000", "12000"),
        ("half a million", "half a 1000000", "500000"),
        ("two and a half million", "two and a half 1000000", "2500000"),
        ("two point five million", "2.5 1000000", "2500000"),
        ("one million, two hundred thousand", "1000000, 200000", "1200000"),
        ("two-thirds", "two-thirds", "0.666666666667"),
        ("a dozen", "a dozen", "12"),
        ("3 lakh", "3 lakh", "300000"),
        ("one in five", "one in 5", "0.2"),
        ("two to three million", "two to 3000000", "2000000..3000000"),
        ("at least three hundred", "at least 300", "300..None min"),
        ("about three hundred", "about 300", "300 approx"),
        ("one hundred and two hundred", "102 100", UNREAD),  # two numbers, neither of them 102
        ("$2.7bn", "$2.7bn", "2700000000 USD?"),
        ("−5", "−5", "-5"),
        ("1,00", "1,00", UNREAD),
    ],
)
def test_what_text2num_makes_of_a_value(text: str, theirs: str, own: str) -> None:
    assert (alpha2digit(text, "en"), ours(text)) == (theirs, own)


# A value of a time leaves open what the text leaves open (XXXX-05-04); dateparser fills it in from the day it is run.
@pytest.mark.parametrize(
    ("text", "theirs"),
    [
        ("4 May", "2031-05-04T00:00:00"),
        ("May", "2031-05-01T00:00:00"),
        ("12", "2031-12-01T00:00:00"),
        ("the 1990s", "2030-12-31T23:26:50"),  # 1990 seconds before the day it is run
        ("soon", None),
    ],
)
def test_what_dateparser_makes_of_a_time(text: str, theirs: str | None) -> None:
    base: Any = {"RELATIVE_BASE": datetime.fromisoformat("2031-01-01")}
    found = dateparser.parse(text, languages=["en"], settings=base)
    assert (found and found.isoformat()) == theirs
