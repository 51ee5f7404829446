"""Baseline `dateparser`: the dates that the search of that package finds in English text, as it is.

Its mistakes stay ("the 75th" is 1975, "$2" a day of the month). Only the form of its answers is changed: it resolves
every date, so `time_values` tells what the text alone gives. It gives no offsets: what it found is looked for in the
text, and left out and counted where it is not there word by word.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from goldassay.extract.base import Extract
from goldassay.extract.placed import Found, answer_placed
from goldassay.extract.readable import refuse_unreadable
from goldassay.extract.time_values import BASES, creation_bases, value_fields
from goldassay.model.document import Document
from goldassay.model.record import Span

_FORMS = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "day": "%Y-%m-%d"}
_TIME_OF_DAY = "%Y-%m-%dT%H:%M"


class _Answer(NamedTuple):
    """A stretch of text as the package returns it, the date it stands for, and how exact that is."""

    surface: str
    date: datetime
    period: str | None


def load() -> Extract:
    """The extract function, with the package imported."""
    from dateparser.search import search_dates

    def search(text: str, base: datetime) -> list[_Answer]:
        settings = {"RELATIVE_BASE": base, "RETURN_TIME_AS_PERIOD": True, "TIMEZONE": "UTC"}
        found = search_dates(text, languages=["en"], settings=settings, add_period=True)
        return [_Answer(*answer) for answer in found or ()]

    def extract(document: Document) -> dict[str, object]:
        refuse_unreadable(document.text)
        asked = BASES, creation_bases(document)
        readings, created = ([_place(document.text, search(document.text, base)) for base in bases] for bases in asked)
        first, left_out = readings[0]
        found = [
            Found(
                span, 0, time=_time(answer, *([here.get(span) for here, _ in asked] for asked in (readings, created)))
            )
            for span, answer in first.items()
        ]
        return answer_placed(document.text, found, left_out, ["times"])

    return extract


def _place(text: str, answers: Iterable[_Answer]) -> tuple[dict[Span, _Answer], int]:
    """Each answer at its place, looked for after the one before it, and how many are not in the text."""
    placed, place, left_out = {}, 0, 0
    for answer in answers:
        surface = re.escape(answer.surface)
        found = re.compile(rf"(?<!\w){surface}(?!\w)").search(text, place) or re.compile(surface).search(text, place)
        if found is None or not answer.surface:
            left_out += 1
            continue
        placed[found.span()] = answer
        place = found.end()
    return placed, left_out


def _time(first: _Answer, *asked: Sequence[_Answer | None]) -> dict[str, object]:
    """The time that the answers for each base date, and those for the creation time, stand for."""
    values = [[[] if answer is None else [_value(answer)] for answer in answers] for answers in asked]
    return {"type": "DATE" if first.period in _FORMS else "TIME", **value_fields(*values)}


def _value(answer: _Answer) -> str:
    """The date as exactly as the package says that it is.

    >>> _value(_Answer("last week", datetime.fromisoformat("2031-07-08"), "week"))
    '2031-W28'
    """
    return answer.date.strftime(_FORMS.get(answer.period or "", _TIME_OF_DAY))
