"""Durations as ISO 8601 and TIMEX3 write them, in exact numbers.

Years, quarters, months and what is longer are counted in months; weeks, days, hours, minutes and seconds in seconds (a
week has 7 days, a day 24 hours). There is no number of days in a month, so the two never meet.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

Amounts = Mapping[str, Fraction | None]
"""Unit to amount, null for an amount that is left open ("PXW")."""

_UNITS: Mapping[str, tuple[str, int]] = {
    "ML": ("months", 12_000),
    "CE": ("months", 1_200),
    "DE": ("months", 120),
    "Y": ("months", 12),
    "Q": ("months", 3),
    "M": ("months", 1),
    "W": ("seconds", 604_800),
    "WE": ("weekends", 1),
    "D": ("seconds", 86_400),
    "TH": ("seconds", 3_600),
    "TM": ("seconds", 60),
    "TS": ("seconds", 1),
}
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?|X+)(ML|CE|DE|WE|[YQMWDHS])")


def parse_duration(value: str) -> Amounts | None:
    """The amounts of a duration by unit (hours, minutes and seconds as `TH`, `TM`, `TS`); null if it is none.

    A unit may not occur twice.

    >>> parse_duration("P1DT36H"), parse_duration("PXW"), parse_duration("2 days")
    ({'D': Fraction(1, 1), 'TH': Fraction(36, 1)}, {'W': None}, None)
    """
    if not value.startswith("P"):
        return None
    day_part, mark, time_part = value[1:].partition("T")
    amounts: dict[str, Fraction | None] = {}
    for prefix, text in (("", day_part), ("T", time_part)):
        place = 0
        while place < len(text):
            part = _PART.match(text, place)
            unit = prefix + part[2] if part is not None else ""
            if part is None or unit not in _UNITS or unit in amounts:
                return None
            amounts[unit] = None if part[1].startswith("X") else Fraction(part[1])
            place = part.end()
    return amounts if amounts and (time_part or not mark) else None


def duration_length(amounts: Amounts) -> Mapping[str, Fraction] | None:
    """A duration in months, seconds and weekends, without those it has none of; null if an amount is open.

    >>> duration_length({"D": Fraction(2)}) == duration_length({"TH": Fraction(48)})
    True
    >>> duration_length({"M": Fraction(1)}) == duration_length({"D": Fraction(30)})
    False
    """
    length: dict[str, Fraction] = {}
    for unit, amount in amounts.items():
        if amount is None:
            return None
        dimension, factor = _UNITS[unit]
        length[dimension] = length.get(dimension, Fraction(0)) + amount * factor
    return {dimension: total for dimension, total in length.items() if total}
