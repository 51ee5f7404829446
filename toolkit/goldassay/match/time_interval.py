"""The interval [begin, end) that a time value stands for, in whole microseconds since the year 1.

Years, months, ISO weeks (from Monday) and days have one, and so has a range of two of them from the begin of the first
to the end of the second. What leaves a digit open has none, nor has a quarter, a season, a time of day or a duration.
"""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

Stretch = tuple[int, int]
"""Begin and end, the end excluded; microseconds."""

DAY = 86_400_000_000

_VALUE = re.compile(r"([0-9]{4})(?:-W([0-9]{2})(?:-([1-7]))?|-([0-9]{2})(?:-([0-9]{2}))?)?")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T(?!24).+)?")
"""Whether 24:00 is read depends on the version of Python; here it never is."""


def find_stretch(value: str) -> Stretch | None:
    """The interval of a value; null if it stands for none or for no real date.

    >>> [(end - begin) // DAY for begin, end in map(find_stretch, ["2028", "2028-02", "2028-W09", "2028-02-29"])]
    [366, 29, 7, 1]
    >>> find_stretch("XXXX-02-29"), find_stretch("2027-02-29"), find_stretch("2028-Q1")
    (None, None, None)
    """
    first, mark, last = value.strip().partition("/")
    if mark:
        begin, end = find_stretch(first), find_stretch(last)
        return (begin[0], end[1]) if begin is not None and end is not None and begin[0] < end[1] else None
    found = _VALUE.fullmatch(first)
    if found is None:
        return None
    year, week, weekday, month, day = (None if part is None else int(part) for part in found.groups())
    try:
        if year is not None and week is not None:
            start = date.fromisocalendar(year, week, weekday or 1)
            n_days = 7 if weekday is None else 1
        else:
            start = date(year or 0, month or 1, day or 1)
            n_days = 1 if day else monthrange(start.year, start.month)[1] if month else _days_of_year(start.year)
    except ValueError:
        return None
    return start.toordinal() * DAY, (start.toordinal() + n_days) * DAY


def parse_stretch(begin: str | None, end: str | None) -> Stretch | None:
    """The interval between two instants; null if one is missing or malformed, or the end is not after the begin.

    A time zone is taken off; a date without a time begins at midnight.

    >>> begin, end = parse_stretch("2031-07-08", "2031-07-08T12:00")
    >>> (end - begin) / DAY
    0.5
    >>> parse_stretch("2031-07-08", None) is None
    True
    """
    first, last = (None if one is None else _instant(one) for one in (begin, end))
    return (first, last) if first is not None and last is not None and first < last else None


def shared_time(one: Stretch, other: Stretch) -> int:
    """Microseconds that both intervals have.

    >>> shared_time((0, 10), (4, 30)), shared_time((0, 10), (10, 30))
    (6, 0)
    """
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _days_of_year(year: int) -> int:
    return date(year, 12, 31).toordinal() - date(year, 1, 1).toordinal() + 1


def _instant(value: str) -> int | None:
    if not _INSTANT.fullmatch(value.strip()):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    clock = timedelta(hours=found.hour, minutes=found.minute, seconds=found.second, microseconds=found.microsecond)
    return found.toordinal() * DAY + (clock - (found.utcoffset() or timedelta(0))) // timedelta(microseconds=1)
