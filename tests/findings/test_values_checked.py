"""E401 to E404: numbers, units, times."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sound_rows import check, put, sound, told

from goldassay.checks.time_values import is_instant, is_time_value
from goldassay.checks.values import is_unit
from goldassay.model.currencies import CURRENCIES
from goldassay.model.units import UNITS

FACT = "numeric_facts.numeric_facts.0"
TIME = "numeric_facts.times.0"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"lo": "40", "hi": "40"}, None),
        ({"lo": "-1.50", "hi": "-1.5"}, None),
        ({"lo": "9", "hi": "10"}, None),
        ({"lo": "9007199254740992.5", "hi": "9007199254740993"}, None),
        ({"lo": None, "hi": "40"}, None),
        ({"lo": "10", "hi": "9"}, "E402"),
        ({"lo": "-1", "hi": "-2"}, "E402"),
        ({"lo": "9007199254740993", "hi": "9007199254740992.5"}, "E402"),
        ({"lo": "5", "hi": "5", "hi_inc": False}, "E402"),
        ({"lo": "5", "hi": "6", "lo_inc": False, "hi_inc": False}, None),
    ],
)
def test_bounds(value: dict[str, object], code: str | None) -> None:
    assert told(put(sound(), f"{FACT}.value", value)) == ([(code, "numeric_facts[0].value")] if code else [])


def test_a_line_feed_at_the_end_is_no_decimal() -> None:
    assert told(put(sound(), f"{FACT}.value.hi", "40\n")) == [("E401", "numeric_facts[0].value.hi")]


@pytest.mark.parametrize("unit", ["t", "km/h", "Cel", "USD", "USD?", "XAF", "%", "pp", "bp", "{person}", "a", "t{TNT}"])
def test_units_of_the_scheme(unit: str) -> None:
    assert told(put(sound(), f"{FACT}.unit", unit)) == []


@pytest.mark.parametrize(
    ("unit", "fix"),
    [
        ("kilometres", 'write "km"'),
        ("$", 'write "USD?"'),
        ("percent", 'write "%"'),
        ("tanks", "use a UCUM code, an ISO 4217 code, % or pp"),
        ("usd", "use a UCUM code, an ISO 4217 code, % or pp"),
        ("", "use a UCUM code, an ISO 4217 code, % or pp"),
        ("{}", "use a UCUM code, an ISO 4217 code, % or pp"),
        ("km/", "use a UCUM code, an ISO 4217 code, % or pp"),
    ],
)
def test_other_words_are_no_units(unit: str, fix: str) -> None:
    (item,) = check(put(sound(), f"{FACT}.unit", unit))
    assert (item.code, item.where.field) == ("E403", "numeric_facts[0].unit")
    assert item.fix == fix


def test_every_code_of_the_tables_is_a_unit() -> None:
    assert all(map(is_unit, UNITS))
    assert all(is_unit(code) and is_unit(f"{code}?") for code in CURRENCIES)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("DATE", "2019 199X 20XX XXXX 198 2024-07 XXXX-07 XXXX-XX 2024-07-08 XXXX-07-08 XXXX-XX-XX XXXX-07-XX"),
        ("DATE", "2024-W28 XXXX-WXX XXXX-WXX-5 2024-W28-1 XXXX-WXX-WE 2024-Q3 XXXX-SP 2024-H1 2024-02-29 XXXX-02-29"),
        ("DATE", "PAST_REF PRESENT_REF FUTURE_REF 2024-07-08/2024-07-10 2024/.. BC0044"),
        ("TIME", "XXXX-XX-XXT15 2024-07-08T14:30 2024-07-08T14:30:59Z T09 XXXX-WXX-5TMO 2024-07-08TNI TXX:30"),
        ("DURATION", "P3W PXW P1Y PT48H P1Y6M P2DE P0.5Y PT1H30M P1Q PTXM"),
        ("SET", "XXXX-WXX-1 P1Y XXXX-07 PXD T09"),
    ],
)
def test_time_values_of_each_type(kind: str, values: str) -> None:
    assert [value for value in values.split() if not is_time_value(kind, value)] == []


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("DATE", "Monday 08-07 2024-13 2024-7-8 2024-07-32 2023-02-29 XXXX-02-30 2024-04-31 2024-W54 2024-W28-8 P3W"),
        ("DATE", "2024-07-08T10 xxxx-07 2024- 24-07 ../.. / NOW_REF 2024-Q5 2024-07-08\n 20244"),
        ("TIME", "2024-07-08 T25 T10:60 TMORNING 14:30 2024-13-01T10 T"),
        ("DURATION", "P PT 3W P3 P-3D PW 2024 P1D2Y PT3D"),
        ("SET", "weekly 2024-13 P"),
    ],
)
def test_malformed_time_values_of_each_type(kind: str, values: str) -> None:
    assert [value for value in values.split(" ") if is_time_value(kind, value)] == []


def test_times_are_checked_in_every_field() -> None:
    assert told(put(sound(), f"{TIME}.value_text_only", "Tuesday")) == [("E404", "times[0].value_text_only")]
    rows = put(put(sound(), f"{TIME}.value_resolved", "July 9"), f"{TIME}.resolved_by", "external")
    assert told(rows) == [("E404", "times[0].value_resolved")]
    assert told(put(sound(), f"{TIME}.begin", "2024-07")) == [("E404", "times[0].begin")]
    rows = put(put(sound(), f"{TIME}.begin", "2024-07-09"), f"{TIME}.end", "2024-07-09")
    assert told(rows) == [("E404", "times[0].end")]
    assert told(put(rows, f"{TIME}.end", "2024-07-10T00:00+02:00")) == []
    assert told(put(sound(), "document.dct", "15 July 2024")) == [("E404", "dct")]
    assert told(put(sound(), "document.dct", "2024-07-15")) == []


@given(st.text(alphabet="0123456789XPTWQHYMD-:/.", max_size=14))
def test_any_string_is_judged(value: str) -> None:
    for kind in ("DATE", "TIME", "DURATION", "SET"):
        assert is_time_value(kind, value) in (True, False)
    assert is_instant(value) in (True, False)


@given(st.dates())
def test_every_date_is_a_date_with_or_without_its_year(day: object) -> None:
    assert is_time_value("DATE", str(day))
    assert is_time_value("DATE", "XXXX" + str(day)[4:])
    assert is_instant(str(day))
