"""How a predicted time value compares with the gold's, digit by digit.

Values are those of TIMEX3 and EDTF, with X for what is left open. Each value is taken apart into fields (year, month,
week, hour …) of digits or of one code (weekend, season, morning); fields are compared place by place, and a place that
a value does not have is as open as an X:

    same          the same fields, and in each the same digits, codes and Xs
    over          the prediction has a digit (or code) where the gold leaves the place open
    under         the gold has one where the prediction leaves the place open
    contradicts   both have one and they differ, or the two say different kinds of thing

A full day is compared in the notation of the other side, so that 2031-07-11, a Friday, agrees with XXXX-WXX-5. Other
notations (a month, a quarter, a season) contradict each other where both have digits or codes. Against PAST_REF and its
like any digit is one too many. Durations are quantities: P2D is PT48H, but P1M is not P30D.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from goldassay.match.time_duration import Amounts, duration_length, parse_duration

OPEN = "X"

Fields = Mapping[str, tuple[str, ...]]
"""Name of a field to its places: digits, one code, or X."""

_DATE = re.compile(
    r"(?P<era>BC)?(?P<year>[0-9X]{4})(?:-(?:(?P<season>SP|SU|FA|AU|WI)|Q(?P<quarter>[1-4X])|H(?P<half>[12X])"
    r"|W(?P<week>[0-9X]{2})(?:-(?P<weekday>[1-7X]|WE))?|(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?))?"
)
_YEARS = re.compile(r"[0-9]{2,3}")
_CLOCK = re.compile(
    r"(?:(?P<hour>[0-9X]{2})(?::(?P<minute>[0-9X]{2})(?::(?P<second>[0-9X]{2}(?:\.[0-9]+)?))?)?"
    r"(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?|(?P<part_of_day>MO|MI|AF|EV|NI|DT|X))"
)
_REFERENCE = re.compile(r"(PAST|PRESENT|FUTURE)_REF")
_CODES = ("season", "zone", "part_of_day")
_NOTATIONS = (("month", "day"), ("week", "weekday"), ("season",), ("quarter",), ("half",))
_ANY_DAY: Fields = {"year": ("X",) * 4, "month": ("X",) * 2, "day": ("X",) * 2}


@dataclass(frozen=True, slots=True)
class TimeComparison:
    """The comparison of two values by the words above; `same` excludes the other three, which may hold together."""

    same: bool
    over: bool = False
    under: bool = False
    contradicts: bool = False

    @property
    def compatible(self) -> bool:
        """Whether nothing that the prediction says contradicts the gold."""
        return not self.contradicts


SAME = TimeComparison(same=True)
DIFFERENT = TimeComparison(same=False, contradicts=True)


def compare_time_values(gold: str, predicted: str) -> TimeComparison:
    """Compare two values; what has no known form is compared as a string.

    >>> compare_time_values("XXXX-07-08", "2031-07-08")
    TimeComparison(same=False, over=True, under=False, contradicts=False)
    >>> compare_time_values("XXXX-WXX-5", "2031-07-11").compatible  # a Friday
    True
    >>> compare_time_values("P2D", "PT48H").same, compare_time_values("P1M", "P30D").same
    (True, False)
    """
    gold, predicted = gold.strip(), predicted.strip()
    if gold == predicted:
        return SAME
    if "/" in gold or "/" in predicted:
        return _compare_ends(gold.split("/"), predicted.split("/"))
    own, said = parse_duration(gold), parse_duration(predicted)
    if own is not None and said is not None:
        return _compare_durations(own, said)
    fields, other = parse_fields(gold), parse_fields(predicted)
    return DIFFERENT if fields is None or other is None else _compare_dates(fields, other)


def parse_fields(value: str) -> Fields | None:
    """The fields of a date or time of day; null if the value is neither. A time of day alone is one of any day.

    >>> parse_fields("XXXX-WXX-5")
    {'year': ('X', 'X', 'X', 'X'), 'week': ('X', 'X'), 'weekday': ('5',)}
    >>> parse_fields("198") == parse_fields("198X")
    True
    """
    if reference := _REFERENCE.fullmatch(value):
        return {"reference": (reference[1],)}
    day, mark, clock = value.partition("T")
    fields = dict(_ANY_DAY)
    if day or not mark:
        found = _DATE.fullmatch(day.ljust(4, OPEN) if _YEARS.fullmatch(day) else day)
        if found is None:
            return None
        fields = _places(found)
        if fields.pop("era", None):
            fields["year"] = tuple(place if place == OPEN else f"-{place}" for place in fields["year"])
    if mark:
        time = _CLOCK.fullmatch(clock)
        if time is None or not clock:
            return None
        fields |= _places(time)
    return fields


def _places(found: re.Match[str]) -> dict[str, tuple[str, ...]]:
    named = {name: text for name, text in found.groupdict().items() if text}
    return {name: (text,) if name in _CODES or text == "WE" else tuple(text) for name, text in named.items()}


def _compare_ends(gold: list[str], predicted: list[str]) -> TimeComparison:
    if len(gold) != len(predicted):
        return DIFFERENT
    ends = [compare_time_values(*pair) for pair in zip(gold, predicted, strict=True)]
    return TimeComparison(
        same=all(end.same for end in ends),
        over=any(end.over for end in ends),
        under=any(end.under for end in ends),
        contradicts=any(end.contradicts for end in ends),
    )


def _compare_durations(gold: Amounts, predicted: Amounts) -> TimeComparison:
    own, said = duration_length(gold), duration_length(predicted)
    if own is not None and said is not None:
        return SAME if own == said else DIFFERENT
    if set(gold) != set(predicted):
        return DIFFERENT
    pairs = [(gold[unit], predicted[unit]) for unit in gold]
    return TimeComparison(
        same=all(a == b for a, b in pairs),
        over=any(a is None and b is not None for a, b in pairs),
        under=any(a is not None and b is None for a, b in pairs),
        contradicts=any(a is not None and b is not None and a != b for a, b in pairs),
    )


def _compare_dates(gold: Fields, predicted: Fields) -> TimeComparison:
    if "reference" in gold or "reference" in predicted:
        if "reference" in gold and "reference" in predicted:
            return SAME if gold == predicted else DIFFERENT
        return TimeComparison(
            same=False,
            over="reference" in gold and _says(predicted, predicted),
            under="reference" in predicted and _says(gold, gold),
        )
    gold, predicted = _same_notation(gold, predicted)
    places = [
        pair
        for name in sorted({*gold, *predicted})
        for pair in zip_longest(gold.get(name, ()), predicted.get(name, ()), fillvalue=OPEN)
    ]
    return TimeComparison(
        same=gold == predicted,
        over=any(own == OPEN and said != OPEN for own, said in places),
        under=any(own != OPEN and said == OPEN for own, said in places),
        contradicts=_two_notations(gold, predicted) or any(OPEN not in pair and pair[0] != pair[1] for pair in places),
    )


def _says(fields: Fields, names: Iterable[str]) -> bool:
    """Whether one of these fields has a digit or code."""
    return any(place != OPEN for name in names for place in fields.get(name, ()))


def _two_notations(gold: Fields, predicted: Fields) -> bool:
    own, said = ([names for names in _NOTATIONS if _says(side, names)] for side in (gold, predicted))
    return bool(own and said) and own != said


def _same_notation(gold: Fields, predicted: Fields) -> tuple[Fields, Fields]:
    """Both sides, with a full day written in the notation of the other side."""
    if "week" in gold and "month" in predicted:
        week = _as_week(predicted)
        return (gold, week) if week is not predicted else (_as_day(gold), predicted)
    if "month" in gold and "week" in predicted:
        day = _as_day(predicted)
        return (gold, day) if day is not predicted else (_as_week(gold), predicted)
    return gold, predicted


def _as_week(fields: Fields) -> Fields:
    """A full day of a month as the day of an ISO week; anything else as it stands."""
    found = _numbers(fields, "year", "month", "day")
    if found is None:
        return fields
    try:
        year, week, weekday = date(*found).isocalendar()
    except ValueError:
        return fields
    written = {"year": tuple(f"{year:04}"), "week": tuple(f"{week:02}"), "weekday": (str(weekday),)}
    return written | {name: places for name, places in fields.items() if name not in ("year", "month", "day")}


def _as_day(fields: Fields) -> Fields:
    """A full day of an ISO week as the day of a month; anything else as it stands."""
    found = _numbers(fields, "year", "week", "weekday")
    if found is None:
        return fields
    try:
        day = date.fromisocalendar(*found)
    except ValueError:
        return fields
    written = {"year": tuple(f"{day.year:04}"), "month": tuple(f"{day.month:02}"), "day": tuple(f"{day.day:02}")}
    return written | {name: places for name, places in fields.items() if name not in ("year", "week", "weekday")}


def _numbers(fields: Fields, *names: str) -> tuple[int, int, int] | None:
    texts = ["".join(fields.get(name, ())) for name in names]
    if not all(text.isdecimal() for text in texts):
        return None
    first, second, third = map(int, texts)
    return first, second, third
