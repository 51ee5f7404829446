"""Spans against the text: inside it, in order, and over the words that they claim (E201 to E205)."""

from collections.abc import Iterator, Sequence

from goldassay.checks.walk import LayerRow, SpanField, iterate_span_fields
from goldassay.formats.folding import fold
from goldassay.formats.offsets import convert_offsets, diagnose_offsets
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.hard_negatives import HardNegativesRow
from goldassay.model.printable import quoted
from goldassay.model.record import Span, spans_text

CREDIBLE = 0.9
"""The share of a row's surfaces that must agree under another unit before that unit is blamed."""


def check_spans(row: LayerRow | HardNegativesRow, text: str | None) -> Iterator[Finding]:
    """All findings about the spans of a row. Without a text only what spans say by themselves is checked.

    Where another way of counting explains the surfaces that differ, one E204 names it and takes the place of theirs.
    """
    fields = list(iterate_span_fields(row))
    unit = None if text is None else _diagnose(text, fields)
    if text is not None and unit is not None:
        yield _wrong_unit(row.doc_id, text, fields, unit)
    for field in fields:
        explained = text is not None and unit is not None and _agrees_in(unit, text, field)
        if not explained:
            yield from _check_field(row.doc_id, text, field)


def check_document_spans(document: Document) -> Iterator[Finding]:
    """Title and sentences: inside the text, the sentences in order and apart or touching."""
    if document.title is not None:
        yield from _check_field(document.doc_id, document.text, SpanField("title", (document.title,), None))
    sentences = SpanField("sentences", tuple(document.sentences), None)
    yield from _check_field(document.doc_id, document.text, sentences, touching=True)


def _check_field(doc_id: str, text: str | None, field: SpanField, *, touching: bool = False) -> Iterator[Finding]:
    bad = False
    for index, (start, end) in enumerate(field.spans):
        found, place = f"[{start}, {end}]", field.path if field.path == "title" else f"{field.path}[{index}]"
        if end <= start:
            yield finding("E201", found=found, expected="start < end", doc_id=doc_id, field=place)
        elif text is not None and end > len(text):
            yield finding("E202", found=found, expected=f"an end of at most {len(text)}", doc_id=doc_id, field=place)
        else:
            continue
        bad = True
    if not bad:
        yield from _check_order(doc_id, field, touching)
        yield from _check_surface(doc_id, text, field)


def _check_order(doc_id: str, field: SpanField, touching: bool) -> Iterator[Finding]:
    for index in range(1, len(field.spans)):
        before, after = field.spans[index - 1], field.spans[index]
        if after[0] < before[1] or (after[0] == before[1] and not touching):
            found = f"{list(after)} after {list(before)}"
            fix = "make one fragment of the two" if after[0] == before[1] else None
            expected = "a start beyond the end of the fragment before"
            place = f"{field.path}[{index}]"
            yield finding("E205", found=found, expected=expected, fix=fix, doc_id=doc_id, field=place)


def _check_surface(doc_id: str, text: str | None, field: SpanField) -> Iterator[Finding]:
    if text is None or field.surface is None or not field.spans:
        return
    stands = spans_text(text, field.spans)
    if stands != field.surface:
        found = f"{quoted(stands)} at {_brackets(field.spans)}"
        expected, fix = quoted(field.surface), _surface_remedy(text, field.spans, field.surface, stands)
        yield finding("E203", found=found, expected=expected, fix=fix, doc_id=doc_id, field=field.path)


def _surface_remedy(text: str, spans: Sequence[Span], surface: str, stands: str) -> str | None:
    if fold(stands) == fold(surface):
        return "the two differ only in quotation marks, spaces or letter forms: copy the text as the document has it"
    moved = _nearest(text, spans, surface)
    return f"the text stands at {_brackets(moved)}" if moved else None


def _nearest(text: str, spans: Sequence[Span], surface: str) -> list[Span] | None:
    """The spans moved to the nearest place where the surface stands; of two equally near ones the first."""
    start = spans[0][0]
    first = surface if len(spans) == 1 else surface[: spans[0][1] - start]
    places, place = [], text.find(first) if first else -1
    while place >= 0:
        places.append(place)
        place = text.find(first, place + 1)
    for place in sorted(places, key=lambda place: abs(place - start)):
        if len(spans) == 1:
            return [(place, place + len(surface))]
        moved = [(begin + place - start, end + place - start) for begin, end in spans]
        if spans_text(text, moved) == surface:
            return moved
    return None


def _brackets(spans: Sequence[Span]) -> str:
    return " + ".join(f"[{start}, {end}]" for start, end in spans)


def _surfaces(fields: Sequence[SpanField]) -> list[tuple[tuple[Span, ...], str]]:
    return [(field.spans, field.surface) for field in fields if field.surface is not None and field.spans]


def _diagnose(text: str, fields: Sequence[SpanField]) -> str | None:
    unit = diagnose_offsets(text, _surfaces(fields))
    if unit is None:
        return None
    # A unit that spoils what was right before is no explanation: then a few surfaces are simply wrong.
    given = [field for field in fields if field.surface is not None and field.spans]
    return unit if sum(_agrees_in(unit, text, field) for field in given) >= CREDIBLE * len(given) else None


def _agrees_in(unit: str, text: str, field: SpanField) -> bool:
    moved = convert_offsets(text, field.spans, unit)
    return bool(moved) and (field.surface is None or spans_text(text, moved or ()) == field.surface)


def _wrong_unit(doc_id: str, text: str, fields: Sequence[SpanField], unit: str) -> Finding:
    given = _surfaces(fields)
    wrong = sum(spans_text(text, spans) != surface for spans, surface in given)
    found = f"offsets in {unit}: {wrong} of {len(given)} surfaces differ in code points and agree in this unit"
    collection = fields[0].path.split("[")[0]
    expected = "code points from 0, end exclusive"
    return finding("E204", found=found, expected=expected, doc_id=doc_id, field=collection)
