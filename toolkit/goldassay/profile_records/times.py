"""Time expressions of the numeric facts layer with one value each, as TIMEX3 has them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from goldassay.layers.base import GoldDocument, Options
from goldassay.model.document import Document
from goldassay.model.numeric_facts import Time
from goldassay.model.predictions import PredictedTime, Prediction
from goldassay.model.record import Span
from goldassay.profile_records.base import ALL, WRITTEN, Conversion, Note, Record, Sizes
from goldassay.profile_records.mentions import UNTYPED, keep_flat
from goldassay.profiles.base import CaseDocument

NO_VALUE = "_"
"""The value of a prediction without one: no gold value equals it, so it can only be wrong."""


class PlacedTime(NamedTuple):
    """What a record is made of."""

    spans: Sequence[Span]
    type: str | None
    value: str | None


def choose_value(time: Time | PredictedTime) -> str | None:
    """The resolved value where there is one, else what the text alone licenses; null if a prediction has neither."""
    return time.value_resolved or time.value_text_only or None


def write_times(gold: GoldDocument, said: Prediction | None, options: Options, sizes: Sizes) -> tuple[CaseDocument]:
    """The document with the times of both sides, none of which overlaps another one of its side."""
    mine = gold.numeric_facts.times if gold.numeric_facts is not None else ()
    theirs = None if said is None else said.times
    return (
        {
            "doc_id": gold.document.doc_id,
            "text": gold.document.text,
            "gold": _write_side("gold", _place(mine), gold.document, sizes),
            "predicted": None if theirs is None else _write_side("predicted", _place(theirs), gold.document, sizes),
        },
    )


def _place(times: Iterable[Time | PredictedTime]) -> list[PlacedTime]:
    return [PlacedTime(time.spans, time.type, choose_value(time)) for time in times]


def _write_side(side: str, times: Sequence[PlacedTime], document: Document, sizes: Sizes) -> list[Record]:
    """Times of one piece in text order; of those that overlap the longest."""
    records: list[Record] = []
    for time in times:
        sizes[side, ALL] += 1
        if len(time.spans) != 1:
            sizes[side, "discontinuous" if time.spans else "no place"] += 1
            continue
        start, end = time.spans[0]
        rest = {"type": time.type or UNTYPED, "value": time.value or NO_VALUE}
        records.append({"start": start, "end": end, "text": document.text[start:end]} | rest)
    flat = keep_flat(records)
    sizes[side, "overlapping"] += len(records) - len(flat)
    sizes[side, "untyped"] += sum(record["type"] == UNTYPED for record in flat)
    sizes[side, "no value"] += sum(record["value"] == NO_VALUE for record in flat)
    sizes[side, WRITTEN] += len(flat)
    return flat


_FIX = "score such times with the default measures, which hold them"
TIMES = Conversion(
    layer="numeric_facts",
    items="times",
    needs="times",
    carries=lambda predictions: any(item.times is not None for item in predictions),
    annotated=lambda gold: gold.numeric_facts is not None,
    write=write_times,
    notes={
        "discontinuous": Note("discontinuous", "times of one piece", _FIX),
        "overlapping": Note(
            "that overlap a longer one, or repeat it", "times that do not overlap, as inline markup holds them", _FIX
        ),
        "no place": Note("without a place in the text", "times with offsets", "give the place of every time"),
        "untyped": Note(
            f"without a type, written with the type {UNTYPED!r}", "a type", "give every time a type", kept=True
        ),
        "no value": Note(
            f"without a value, written with the value {NO_VALUE!r}", "a value", "give every time a value", kept=True
        ),
    },
)
