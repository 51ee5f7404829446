"""Where a predicted item stands: its offsets checked against the text, or its string grounded."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from goldassay.formats.folding import fold
from goldassay.formats.grounding import Quote, ground_strings
from goldassay.formats.line_reading import LineReading
from goldassay.formats.offsets import convert_offsets
from goldassay.formats.prediction_line import ExtentItem, FactItem, FactMentionItem, MentionItem, ReferenceItem
from goldassay.model.printable import quoted
from goldassay.model.record import Span, spans_text

Spans = tuple[Span, ...]


class Place(NamedTuple):
    """A place as the line gives it: offsets with or without a surface, or a surface alone. `at` is its field."""

    at: str
    spans: Spans | None = None
    text: str | None = None
    nth: int | None = None


Placed = MentionItem | ReferenceItem | ExtentItem | FactMentionItem | FactItem
"""Items that say where they stand by `spans`, by `start` and `end`, or by `text`."""


def offsets_of(item: Placed) -> Spans | None:
    """The spans of an item, with `start` and `end` as one span; null where it gives none, or half a one."""
    if item.spans:
        return item.spans
    return ((item.start, item.end),) if item.start is not None and item.end is not None else None


def place_of(reading: LineReading, item: Placed, at: str) -> Place:
    """The place of an item; rejected where `start`, `end` and `spans` do not go together."""
    if (item.start is None) != (item.end is None):
        half = "end" if item.end is None else "start"
        reading.reject("E104", at=at, found=f'no key "{half}"', expected="both start and end", fix=f"add {half}")
    elif item.spans and item.start is not None and item.spans != ((item.start, item.end),):
        found = f"spans {_show(item.spans)} and start, end {item.start}, {item.end}"
        reading.reject("E203", at=at, found=found, expected="one place", fix="give spans, or start and end")
    return Place(at, offsets_of(item), item.text, getattr(item, "nth", None))


def locate(reading: LineReading, places: Sequence[Place | None], *, reuse: bool = False) -> list[Spans | None]:
    """Spans of each place: empty where a string was not found, null where the place is missing or was rejected."""
    found = [check_spans(reading, place) if place is not None and place.spans else None for place in places]
    strings = [i for i, place in enumerate(places) if place is not None and not place.spans and place.text is not None]
    wanted = [place for i in strings if (place := places[i]) is not None]
    quotes = [Quote(place.text or "", place.nth) for place in wanted]
    groundings = reading.ground(quotes, [place.at for place in wanted], reuse=reuse)
    for i, grounding in zip(strings, groundings, strict=True):
        found[i] = (grounding.span,) if grounding.span is not None else ()
    return found


def check_spans(reading: LineReading, place: Place) -> Spans | None:
    """The spans of a place as half-open code points, or null with a finding; repaired where the policy says so."""
    text, spans = reading.document.text, place.spans or ()
    surface_fits = place.text is not None and surface_at(text, spans) == place.text
    if reading.unit is not None and not surface_fits and (place.text is not None or reading.unit_everywhere):
        if reading.on_invalid == "repair":
            return _converted(reading, place, reading.unit)
        if place.text is not None:
            reading.rejected += 1  # said once for the line, in `line_unit`
            return None
    if any(start >= end for start, end in spans):
        reading.reject("E201", at=place.at, found=_show(spans), expected="start below end")
        return None
    if any(after[0] < before[1] for before, after in pairwise(spans)):
        merged = _in_order(spans)
        if reading.on_invalid != "repair":
            reading.reject("E205", at=place.at, found=_show(spans), expected=_show(merged))
            return None
        reading.repair("E205", at=place.at, found=_show(spans), expected="text order", done=_show(merged))
        spans = merged
    return _check_surface(reading, place._replace(spans=spans))


def _check_surface(reading: LineReading, place: Place) -> Spans | None:
    text, spans = reading.document.text, place.spans or ()
    surface = surface_at(text, spans)
    if surface is None:
        return _relocated(reading, place, "E202", f"end {spans[-1][1]}", f"at most {len(text)}")
    if place.text is None or surface == place.text:
        return spans
    found, expected = f"{quoted(place.text)} at {_show(spans)}", quoted(surface)
    trimmed = _trim(text, spans)
    if fold(surface) == fold(place.text) and trimmed == spans:
        kept = "nothing, or copy the text as it is; the spans are kept"
        reading.note("E203", "warning", at=place.at, found=found, expected=expected, fix=kept)
        return spans
    if reading.on_invalid == "repair" and spans_text(text, trimmed) == place.text.strip():
        done = f"white space trimmed, {_show(trimmed)}"
        reading.repair("E203", at=place.at, found=found, expected=expected, done=done)
        return trimmed
    return _relocated(reading, place, "E203", found, expected)


def _relocated(reading: LineReading, place: Place, code: str, found: str, expected: str) -> Spans | None:
    """The only place in the document where the surface stands, if repairs are asked for; otherwise rejected."""
    if reading.on_invalid == "repair" and place.text is not None and len(place.spans or ()) == 1:
        grounding = ground_strings(reading.document.text, [Quote(place.text)])[0]
        if grounding.span is not None and grounding.occurrences == 1:
            done = f"moved to {_show((grounding.span,))}, the only place of {quoted(place.text)}"
            reading.repair(code, at=place.at, found=found, expected=expected, done=done)
            return (grounding.span,)
    reading.reject(code, at=place.at, found=found, expected=expected)
    return None


def _converted(reading: LineReading, place: Place, unit: str) -> Spans | None:
    spans = convert_offsets(reading.document.text, place.spans or (), unit)
    if spans is None:
        found = f"{_show(place.spans or ())} read as {unit}"
        reading.reject("E204", at=place.at, found=found, expected="offsets that lie between characters of the text")
        return None
    reading.converted += 1
    return spans


def surface_at(text: str, spans: Spans) -> str | None:
    """The surface of half-open spans of code points; null where one is empty, reversed or outside the text."""
    return spans_text(text, spans) if all(0 <= start < end <= len(text) for start, end in spans) else None


def _trim(text: str, spans: Spans) -> Spans:
    trimmed = []
    for start, end in spans:
        stretch = text[start:end]
        left, right = len(stretch) - len(stretch.lstrip()), len(stretch) - len(stretch.rstrip())
        trimmed.append((start + left, end - right) if stretch.strip() else (start, end))
    return tuple(trimmed)


def _in_order(spans: Spans) -> Spans:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _show(spans: Spans) -> str:
    return ", ".join(f"[{start}, {end}]" for start, end in spans)
