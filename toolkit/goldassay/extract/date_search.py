"""Baseline `dateparser`: the dates that the search of that package finds in English text, as it is.

Its mistakes stay ("the 75th" is 1975, "$2" a day of the month). Only the form of its answers is changed: it resolves
every date, so `time_values` tells what the text alone gives. It gives no offsets: what it found is looked for in the
text, and left out and counted where it is not there word by word.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from goldassay.extract.base import Extract
from goldassay.extract.placed import Found, answer_placed
from goldassay.extract.readable import refuse_unreadable
from goldassay.extract.time_values import BASES, creation_bases, value_fields
from goldassay.model.document import Document
from goldassay.model.record import Span

_DIGITS = {"year": len("2031"), "month": len("2031-07"), "week": 0, "day": len("2031-07-08")}
"""How much of an ISO date a period keeps; what is exact to a part of a day or more is a time of day."""


class _Answer(NamedTuple):
    """A stretch of text as the package returns it, the date it stands for, and how exact that is."""

    surface: str
    date: datetime
    period: str | None


_Placed = tuple[dict[Span, _Answer], int]


def load() -> Extract:
    """The extract function, with the package imported."""
    from dateparser.search import search_dates

    def search(text: str, base: datetime) -> list[_Answer]:
        settings = {"RELATIVE_BASE": base, "RETURN_TIME_AS_PERIOD": True, "TIMEZONE": "UTC"}
        found = search_dates(text, languages=["en"], settings=settings, add_period=True)
        return [_Answer(*answer) for answer in found or ()]

    def extract(document: Document) -> dict[str, object]:
        refuse_unreadable(document.text)
        text = document.text
        readings, created = (
            [_place(text, search(text, base)) for base in bases] for bases in (BASES, creation_bases(document))
        )
        first, left_out = readings[0]
        found = []
        for span, answer in first.items():
            fields = value_fields(_values(readings, span), _values(created, span))
            found.append(Found(span, 0, time={"type": "DATE" if answer.period in _DIGITS else "TIME", **fields}))
        return answer_placed(text, found, left_out, ["times"])

    return extract


def _place(text: str, answers: Iterable[_Answer]) -> _Placed:
    """Each answer at its place, looked for after the one before it, and how many are not in the text."""
    placed: dict[Span, _Answer] = {}
    place, left_out = 0, 0
    for answer in answers:
        surface = re.escape(answer.surface)
        found = re.compile(rf"(?<!\w){surface}(?!\w)").search(text, place) or re.compile(surface).search(text, place)
        if found is None or not answer.surface:
            left_out += 1
            continue
        placed[found.span()] = answer
        place = found.end()
    return placed, left_out


def _values(readings: Iterable[_Placed], span: Span) -> list[list[str]]:
    """For each base date the value of what was found in this place; none where nothing was."""
    return [[_value(placed[span])] if span in placed else [] for placed, _ in readings]


def _value(answer: _Answer) -> str:
    """The date as exactly as the package says that it is.

    >>> date = datetime.fromisoformat("2031-07-08T17:30")
    >>> _value(_Answer("last month", date, "month")), _value(_Answer("last week", date, "week"))
    ('2031-07', '2031-W28')
    """
    if answer.period == "week":
        year, week, _ = answer.date.isocalendar()
        return f"{year:04}-W{week:02}"
    return answer.date.isoformat()[: _DIGITS.get(answer.period or "", len("2031-07-08T17:30"))]
