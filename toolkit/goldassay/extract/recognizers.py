"""Baseline `recognizers-text`: Microsoft's recognizers for English numbers, units, dates and times, as they are.

Their mistakes stay ("F-16" is -16, "in two decades" the second of December). Of results that overlap the longest is
kept. Only the form is changed: units become UCUM and ISO 4217, TIMEX values are told apart by `time_values`, and a
length of time is both a fact and a time. The Python edition looks for no ranges of numbers: their ends are numbers by
themselves. It reads a lower-case copy of the text; what does not stand where it says, because a letter grew in that
copy, is left out and counted.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from goldassay.extract.base import Extract
from goldassay.extract.placed import Found, answer_placed, merge_longest, point_value, stands_at
from goldassay.extract.readable import refuse_unreadable
from goldassay.extract.time_values import BASES, creation_bases, value_fields
from goldassay.formats.numbers import ParsedValue, parse_value
from goldassay.match.time_duration import parse_duration
from goldassay.model.decimals import format_decimal
from goldassay.model.document import Document
from goldassay.model.labels import NumericKind, TimeType
from goldassay.model.record import Span

_CULTURE = "en-us"
_KINDS: dict[str, NumericKind] = {
    "currency": "money",
    "dimension": "measure",
    "temperature": "measure",
    "age": "age",
    "percentage": "percent",
    "ordinal": "ordinal",
    "number": "cardinal",
}
"""What a result is by its type; of two in the same place the one that comes first here is kept, and any time before."""
_RANKS = {name: rank for rank, name in enumerate(_KINDS, start=1)}
_TYPES: dict[str, TimeType] = {"duration": "DURATION", "set": "SET", "date": "DATE", "daterange": "DATE"}
_LENGTHS = {"Y": "a", "M": "mo", "W": "wk", "D": "d", "TH": "h", "TM": "min", "TS": "s"}
"""TIMEX units of time and their UCUM codes."""

Recognize = Callable[[str], Sequence[Any]]
RecognizeTimes = Callable[[str, datetime], Sequence[Any]]


def load() -> Extract:
    """The extract function, with the packages imported."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the compiler, about code of 2019
        import recognizers_date_time as dates
        import recognizers_number as numbers
        import recognizers_number_with_unit as units

    number_functions = [
        *(numbers.recognize_number, numbers.recognize_ordinal, numbers.recognize_percentage),
        *(units.recognize_age, units.recognize_currency, units.recognize_dimension, units.recognize_temperature),
    ]

    def recognize(text: str) -> Sequence[Any]:
        return [result for function in number_functions for result in function(text, _CULTURE)]

    def recognize_times(text: str, base: datetime) -> Sequence[Any]:
        return list(dates.recognize_datetime(text, _CULTURE, reference=base))

    def extract(document: Document) -> dict[str, object]:
        refuse_unreadable(document.text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found, left_out = find_numbers_and_times(document, recognize, recognize_times)
        return answer_placed(document.text, merge_longest(found), left_out, ["numeric_facts", "times"])

    return extract


def find_numbers_and_times(
    document: Document, recognize: Recognize, recognize_times: RecognizeTimes
) -> tuple[list[Found], int]:
    """All results in their places, those that overlap among them, and how many do not stand where they say."""
    text = document.text
    numbers = recognize(text)
    readings = [recognize_times(text, base) for base in BASES]
    timexes = [_timexes(reading) for reading in readings]
    created = [_timexes(recognize_times(text, base)) for base in creation_bases(document)]
    found = []
    in_place = [result for result in (*numbers, *readings[0]) if stands_at(text, _span(result), result.text)]
    for result in in_place:
        key = (_span(result), result.type_name)
        if key in timexes[0]:
            fields = value_fields(*([reading.get(key, []) for reading in asked] for asked in (timexes, created)))
            found.append(_found_time(result, fields))
        elif (fact := _fact(result)) is not None:
            found.append(Found(_span(result), _RANKS[result.type_name], fact=fact))
    return found, len(numbers) + len(readings[0]) - len(in_place)


def _span(result: Any) -> Span:
    """Places end with their last character in the package."""
    return result.start, result.end + 1


def _fact(result: Any) -> dict[str, object] | None:
    """A number as a fact; null for a unit or currency without a number."""
    said: Mapping[str, str | None] = result.resolution or {}
    digits = said.get("value")
    if digits is None:
        return None
    percent = result.type_name == "percentage"
    unit = "%" if percent else unit_code(said.get("isoCurrency") or said.get("unit"))
    fact = {"kind": _KINDS[result.type_name], **point_value(digits.rstrip("%") if percent else digits)}
    return fact | ({"unit": unit} if unit else {})


def unit_code(name: str | None) -> str | None:
    """The code of a unit of the package; one that has none here keeps its name.

    >>> unit_code("Kilometer per hour"), unit_code("Dollar"), unit_code("EUR"), unit_code("Volume unit")
    ('km/h', 'USD?', 'EUR', 'Volume unit')
    """
    parsed = parse_value(f"1 {name}") if name is not None else None
    return (parsed.unit if isinstance(parsed, ParsedValue) else None) or name


def _timexes(results: Iterable[Any]) -> dict[tuple[Span, str], list[str]]:
    """The values that each time of the text may have, by place and type."""
    return {(_span(result), result.type_name): list(_values(result)) for result in results}


def _values(result: Any) -> Iterator[str]:
    """Its TIMEX values; a stretch "(begin,end,length)" as "begin/end"."""
    for value in (result.resolution or {}).get("values") or ():
        timex = str(value.get("timex") or "")
        ends = timex.strip("()").split(",")
        if timex:
            yield "/".join(ends[:2]) if len(ends) == 3 else timex


def _found_time(result: Any, fields: Mapping[str, str]) -> Found:
    name = result.type_name.removeprefix("datetimeV2.")
    value = fields.get("value_text_only", "")
    type_ = "DATE" if value.endswith("_REF") else _TYPES.get(name, "TIME")
    time: dict[str, object] = {"type": type_, **fields}
    return Found(_span(result), 0, _length(value) if type_ == "DURATION" else None, time)


def _length(timex: str) -> dict[str, object] | None:
    """A length of time as a fact; null where it has several units or no number.

    >>> _length("P12D"), _length("PXW")
    ({'kind': 'duration', 'value': {'lo': '12', 'hi': '12'}, 'unit': 'd'}, None)
    """
    amounts = list((parse_duration(timex) or {}).items())
    unit, amount = amounts[0] if len(amounts) == 1 else ("", None)
    if unit not in _LENGTHS or amount is None:
        return None
    return {"kind": "duration", **point_value(format_decimal(amount)), "unit": _LENGTHS[unit]}
