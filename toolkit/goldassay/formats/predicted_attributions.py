"""Attributions of a prediction line."""

from collections.abc import Sequence

from goldassay.formats.line_reading import LineReading
from goldassay.formats.places import Place, Spans, locate
from goldassay.formats.prediction_line import AttributionItem
from goldassay.formats.references import in_gold_form, read_reference
from goldassay.model.predictions import PredictedAttribution, Reference


def read_attributions(reading: LineReading, items: Sequence[AttributionItem]) -> tuple[PredictedAttribution, ...]:
    """The attributions of the line; an invalid one keeps its turn, has no source and stands nowhere."""
    valid = [("attributions", i) not in reading.invalid for i in range(len(items))]
    cues = [_part(f"attributions[{i}].cue", item.cue_spans, item.cue) for i, item in enumerate(items)]
    contents = [_part(f"attributions[{i}].content", item.content_spans, item.content) for i, item in enumerate(items)]
    located_cues, located_contents = (
        locate(reading, [place if valid[i] else None for i, place in enumerate(places)], reuse=True)
        for places in (cues, contents)
    )
    attributions = []
    for i, item in enumerate(items):
        before = reading.rejected
        misplaced = any(
            places[i] is not None and located[i] is None
            for places, located in ((cues, located_cues), (contents, located_contents))
        )
        source = _read_source(reading, item, f"attributions[{i}].source") if valid[i] else Reference()
        if not valid[i] or misplaced or reading.rejected > before:
            reading.dropped += 1
            attributions.append(PredictedAttribution(source=Reference(), id=item.id, score=item.score))
            continue
        attributions.append(
            PredictedAttribution(
                source=source,
                cue=located_cues[i] or (),
                content=located_contents[i] or (),
                quote=item.quote,
                parent=item.parent,
                id=item.id,
                score=item.score,
            )
        )
    return tuple(attributions)


def _read_source(reading: LineReading, item: AttributionItem, at: str) -> Reference:
    gold_form = in_gold_form(item)
    return read_reference(reading, item.source, at, spans=item.source_spans, gold_form=gold_form)


def _part(at: str, spans: Spans, text: str | None) -> Place | None:
    return Place(at, spans, text) if spans or text is not None else None
