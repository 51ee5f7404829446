"""Time expressions of a prediction line."""

from collections.abc import Sequence

from goldassay.formats.line_reading import LineReading
from goldassay.formats.places import Place, locate
from goldassay.formats.predicted_entities import note_duplicates
from goldassay.formats.prediction_line import TimeItem
from goldassay.model.predictions import PredictedTime


def read_times(reading: LineReading, items: Sequence[TimeItem]) -> tuple[PredictedTime, ...]:
    """The times of the line; an invalid one keeps its turn, has no type and stands nowhere."""
    places = [_place(reading, item, i) for i, item in enumerate(items)]
    times = []
    for item, spans in zip(items, locate(reading, places), strict=True):
        if spans is None:
            reading.dropped += 1
            times.append(PredictedTime(spans=(), type=None, id=item.id, text=item.text, score=item.score))
            continue
        times.append(
            PredictedTime(
                spans=spans,
                type=item.type,
                value_text_only=item.value_text_only,
                value_resolved=item.value_resolved,
                grain=item.grain,
                mod=item.mod,
                begin=item.begin,
                end=item.end,
                id=item.id,
                text=item.text,
                score=item.score,
            )
        )
    note_duplicates(reading, "times", [(time.spans, time.type) if time.spans else None for time in times])
    return tuple(times)


def _place(reading: LineReading, item: TimeItem, index: int) -> Place | None:
    if ("times", index) in reading.invalid:
        return None
    at = f"times[{index}]"
    if not item.spans and not (item.text or "").strip():
        fix = "say where the time expression stands"
        reading.reject("E407", at=at, found="no spans or text", expected="a place in the text", fix=fix)
        return None
    return Place(at, item.spans, item.text, item.nth)
