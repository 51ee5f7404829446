"""Time values by type: what TIMEX3 and EDTF write, with X for every digit the text leaves open (E404)."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta

from goldassay.model.finding import Finding, finding
from goldassay.model.numeric_facts import Time
from goldassay.model.printable import quoted

_MONTH = r"(?:0[1-9]|1[0-2]|XX)"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01]|[0-3X]X)"
_WEEK = r"W(?:0[1-9]|[1-4][0-9]|5[0-3]|XX)"
_YEAR = r"(?:BC)?[0-9X]{4}"
_SEASON = r"(?:SP|SU|FA|AU|WI|Q[1-4X]|H[12X])"
_DATE = re.compile(rf"{_YEAR}(?:-(?:{_SEASON}|{_WEEK}(?:-(?:[1-7X]|WE))?|{_MONTH}(?:-{_DAY})?))?|[0-9]{{2,3}}")
_REFERENCE = re.compile(r"(?:PAST|PRESENT|FUTURE)_REF")
_CLOCK = r"(?:[01][0-9]|2[0-4]|XX)(?::(?:[0-5][0-9]|XX)(?::(?:[0-5][0-9]|60|XX)(?:\.[0-9]+)?)?)?"
_ZONE = r"(?:Z|[+-][0-2][0-9](?::?[0-5][0-9])?)?"
_TIME_OF_DAY = re.compile(rf"T(?:{_CLOCK}{_ZONE}|MO|MI|AF|EV|NI|DT|X)")
_AMOUNT = r"(?:[0-9]+(?:\.[0-9]+)?|X+)"
_LONG_UNITS = ("ML", "CE", "DE", "Y", "Q", "M", "W", "WE", "D")
_DURATION = re.compile(
    r"P(?=[0-9XT])"
    + "".join(f"(?:{_AMOUNT}{unit})?" for unit in _LONG_UNITS)
    + "(?:T(?=[0-9X])"
    + "".join(f"(?:{_AMOUNT}{unit})?" for unit in "HMS")
    + ")?"
)
_ISO_DAY = re.compile(r"([0-9X]{4})-(0[1-9]|1[0-2])-([0-9]{2})")

EXPECTED = {
    "DATE": "a date such as 2024-07-08, XXXX-07-08, XXXX-WXX-5, 2024-Q3, 198X or PAST_REF",
    "TIME": "a date with a time of day, such as XXXX-XX-XXT14:30 or 2024-07-08TNI",
    "DURATION": "a duration such as P3D, PT36H or PXM",
    "SET": "a recurring date such as XXXX-WXX-1, or its period such as P1D",
}


def is_time_value(kind: str, value: str) -> bool:
    """Whether a value has the form of its type; X may stand for any digit.

    >>> is_time_value("DATE", "XXXX-07-08"), is_time_value("DATE", "2023-02-29"), is_time_value("DATE", "July 8")
    (True, False, False)
    >>> is_time_value("TIME", "2024-07-08TNI"), is_time_value("DURATION", "P1Y6M"), is_time_value("SET", "P1D")
    (True, True, True)
    """
    if kind == "DURATION":
        return _DURATION.fullmatch(value) is not None
    if kind == "TIME":
        date, mark, rest = value.partition("T")
        return _TIME_OF_DAY.fullmatch(mark + rest) is not None and (not date or _is_date(date))
    if kind == "SET":
        return _is_date(value) or _DURATION.fullmatch(value) is not None or is_time_value("TIME", value)
    return _is_date(value) or all(part == ".." or _is_date(part) for part in _interval(value))


def is_instant(value: str) -> bool:
    """Whether a value is a full ISO 8601 date, with or without a time.

    >>> is_instant("2024-07-08"), is_instant("2024-07-08T14:30"), is_instant("2024-07")
    (True, True, False)
    """
    return _instant(value) is not None


def check_time(doc_id: str, path: str, time: Time) -> Iterator[Finding]:
    """E404 for the values of a time expression that have not the form of its type, and for an interval reversed."""
    for name in ("value_text_only", "value_resolved"):
        value = getattr(time, name)
        if value is not None and not is_time_value(time.type, value):
            expected = EXPECTED[time.type]
            yield finding("E404", found=quoted(value), expected=expected, doc_id=doc_id, field=f"{path}.{name}")
    ends = {name: getattr(time, name) for name in ("begin", "end")}
    for name, value in ends.items():
        if value is not None and not is_instant(value):
            expected = "a date such as 2024-07-08, or a date with a time"
            yield finding("E404", found=quoted(value), expected=expected, doc_id=doc_id, field=f"{path}.{name}")
    begin, end = (None if value is None else _instant(value) for value in ends.values())
    if begin is not None and end is not None and begin >= end:
        found = f"[{time.begin}, {time.end})"
        yield finding("E404", found=found, expected="a begin before the end", doc_id=doc_id, field=f"{path}.end")


def _interval(value: str) -> list[str]:
    parts = value.split("/")
    return parts if len(parts) == 2 and set(parts) != {".."} else [""]


def _is_date(value: str) -> bool:
    if _REFERENCE.fullmatch(value):
        return True
    if not _DATE.fullmatch(value):
        return False
    day = _ISO_DAY.fullmatch(value)
    if day is None:
        return True
    # 29 February is possible in an open year.
    year = int(day[1]) if day[1].isdigit() and int(day[1]) > 0 else 2000
    return int(day[3]) <= monthrange(year, int(day[2]))[1]


def _instant(value: str) -> datetime | None:
    if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T|$)", value):
        return None
    try:
        instant = datetime.fromisoformat(value)
        return instant.replace(tzinfo=None) - (instant.utcoffset() or timedelta(0))
    except (ValueError, OverflowError):
        return None
