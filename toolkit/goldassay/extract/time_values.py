"""What an extractor that resolves every date against a base date says of the text alone, and with a creation time.

Such an extractor gives "July 8" a year and "last week" a date, counted from a base date: today's, unless told another.
Today's date is no part of a text. So it is asked with three base dates that share no year, month, day, weekday, hour,
minute or second, and what its three answers have in common is what it read in the text: "XXXX-07-08", "XXXX-WXX". Where
the document has a creation time, it is asked with that for the resolved value; of a day without an hour, with two.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from goldassay.model.document import Document

BASES = tuple(map(datetime.fromisoformat, ("1987-03-14T07:11:13", "2034-10-27T18:42:56", "2061-06-08T13:25:37")))
"""A Saturday, a Friday and a Wednesday."""

OPEN = "X"
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(.*)")
_RUN = re.compile(rf"([0-9{OPEN}]+)")


def creation_bases(document: Document) -> tuple[datetime, ...]:
    """The document's creation time as a base date, two hours of it for a day; none where it is not known to the day.

    Two, so that "in three hours" is not counted from a midnight that nobody has named.
    """
    try:
        created = datetime.fromisoformat(document.dct or "").replace(tzinfo=None)
    except ValueError:
        return ()
    if "T" in (document.dct or ""):
        return (created,)
    return tuple(datetime.combine(created, base.time()) for base in BASES[:2])


def common_value(values: Sequence[str]) -> str | None:
    """What values have in common, X for digits that differ; null where they differ in more than digits.

    Days that share no month or day of the month but are all the same weekday are that day of some week.

    >>> common_value(["1987-07-08", "2034-07-08"]), common_value(["1987-W10", "2034-W42"])
    ('XXXX-07-08', 'XXXX-WXX')
    >>> common_value(["1987-03-13T17", "2034-10-20T17"]), common_value(["P2D", "2034-10-20"])
    ('XXXX-WXX-5T17', None)
    """
    if len(set(values)) == 1:
        return values[0]
    if (weekday := _common_weekday(values)) is not None:
        return weekday
    split = [_RUN.split(value) for value in values]
    if len({tuple((part if n % 2 == 0 else len(part)) for n, part in enumerate(parts)) for parts in split}) != 1:
        return None
    return "".join(one[0] if len(set(one)) == 1 else OPEN * len(one[0]) for one in zip(*split, strict=True))


def _common_weekday(values: Sequence[str]) -> str | None:
    days = [found for value in values if (found := _DAY.fullmatch(value))]
    if len(days) != len(values) or len({found[1][5:] for found in days}) == 1:
        return None
    weekdays = {date.fromisoformat(found[1]).isoweekday() for found in days}
    rest = common_value([found[2] for found in days])
    return f"XXXX-WXX-{weekdays.pop()}{rest}" if len(weekdays) == 1 and rest is not None else None


def value_fields(readings: Sequence[Sequence[str]], created: Sequence[Sequence[str]] = ()) -> dict[str, str]:
    """The value fields of a time.

    Args:
        readings: for each base date the values that it may have; a base date without any leaves the value open.
        created: the same for the creation time. A value that is still open in a digit resolves nothing.

    >>> value_fields([["1987-07-08"], ["2034-07-08"]], [["2031-07-08"]])
    {'value_text_only': 'XXXX-07-08', 'value_resolved': '2031-07-08'}
    >>> value_fields([["2019"], ["2019"]], [["2019"]]), value_fields([["1987-W10"], []])
    ({'value_text_only': '2019'}, {})
    """
    fields = {}
    read, known = (
        common_value([value for values in asked for value in values]) if asked and all(asked) else None
        for asked in (readings, created)
    )
    if read is not None:
        fields["value_text_only"] = read
    if known is not None and OPEN not in known and known != read:
        fields["value_resolved"] = known
    return fields
