"""Gold and predicted time expressions on one alignment by place (matcher `tiered.v1`), looked at in five views.

`expressions` counts all of both sides. The tracks count values by what a system must know to give them:

    text-only   `value_text_only`, which every gold time has: what the text alone licenses
    with-dct    `value_resolved` that needs the creation time of the document and nothing else (resolved by metadata)
    outside     `value_resolved` that needs more: another time of the text (inferred) or the world (external)

A track counts the gold times with a value on it, and the predictions that give one, except those aligned to gold that
has none. `intervals` does the same with the stretch of time that an item stands for. Outside `text-only`, a document
without any such gold is not measured: its predictions do not count either.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from goldassay.layers.base import Options, Pair
from goldassay.layers.numeric_columns import POINTS
from goldassay.match.alignment import Alignment, Side
from goldassay.match.columns import BoolArray, IntArray, SpanColumns, SpanItem, span_columns
from goldassay.match.tiered import match_tiered
from goldassay.match.time_interval import Stretch, find_stretch, parse_stretch, shared_time
from goldassay.match.time_value import DIFFERENT, TimeComparison, compare_time_values
from goldassay.model.labels import TIME_TYPES
from goldassay.model.numeric_facts import Time
from goldassay.model.predictions import PredictedTime

EXPRESSIONS, TEXT_ONLY, WITH_DCT, OUTSIDE, INTERVALS = "expressions", "text-only", "with-dct", "outside", "intervals"
TRACKS = (TEXT_ONLY, WITH_DCT, OUTSIDE)


class Met(NamedTuple):
    """Both sides of a batch in canonical order, their items, and the rows that were aligned (with the same span)."""

    pairs: Sequence[Pair]
    gold_columns: SpanColumns
    predicted_columns: SpanColumns
    gold: Sequence[Time]
    predicted: Sequence[PredictedTime]
    row: IntArray
    column: IntArray
    exact: BoolArray


def align_times(pairs: Sequence[Pair], _: Options) -> tuple[Alignment, ...]:
    """Align the times of a batch; one alignment a view, all with the same pairs."""
    met = _meet(pairs)
    return (_expressions(met), *(_track(met, track) for track in TRACKS), _intervals(met))


def gold_times(pair: Pair) -> Sequence[Time]:
    """The annotated times of a document."""
    return pair.gold.numeric_facts.times if pair.gold.numeric_facts is not None else ()


def gold_value(time: Time, track: str) -> str | None:
    """The value of a gold time on a track; null where it has none."""
    if track == TEXT_ONLY:
        return time.value_text_only or None
    own = WITH_DCT if time.resolved_by == "metadata" else OUTSIDE
    return time.value_resolved or None if track == own else None


def said_value(said: PredictedTime, track: str) -> str | None:
    """The value that a prediction gives on a track; a resolved one stands for both tracks that resolve."""
    return (said.value_text_only if track == TEXT_ONLY else said.value_resolved) or None


def find_time_stretch(time: Time | PredictedTime) -> Stretch | None:
    """The stretch from begin to end where both are given, else that of its value; a SET has none."""
    if time.type == "SET":
        return None
    if time.begin is not None and time.end is not None:
        return parse_stretch(time.begin, time.end)
    return find_stretch(time.value_resolved or time.value_text_only or "")


def _meet(pairs: Sequence[Pair]) -> Met:
    own = [gold_times(pair) for pair in pairs]
    said = [pair.predicted.times or () for pair in pairs]
    gold, predicted = span_columns(
        [[_span_item(time) for time in items] for items in own],
        [[_span_item(time) for time in items] for items in said],
        TIME_TYPES,
    )
    found = match_tiered(gold, predicted)
    return Met(
        pairs,
        gold,
        predicted,
        [own[unit][position] for unit, position in zip(gold.document, gold.position, strict=True)],
        [said[unit][position] for unit, position in zip(predicted.document, predicted.position, strict=True)],
        found.gold,
        found.predicted,
        np.asarray(found.tier <= 2, dtype=np.bool_),
    )


def _span_item(time: Time | PredictedTime) -> SpanItem:
    # Of equal spans and types the order of the values decides, which no order of a file can move.
    said = (time.value_text_only, time.value_resolved, time.begin, time.end)
    return tuple(time.spans), time.type, "\n".join(one or "" for one in said)


def _compare(met: Met, track: str) -> list[TimeComparison | None]:
    """For each pair the comparison of its values on a track; null where a side has none."""
    values = [(gold_value(met.gold[i], track), said_value(met.predicted[j], track)) for i, j in _rows(met)]
    return [None if own is None or said is None else compare_time_values(own, said) for own, said in values]


def _rows(met: Met) -> list[tuple[int, int]]:
    return list(zip(met.row.tolist(), met.column.tolist(), strict=True))


def _expressions(met: Met) -> Alignment:
    compared = [one or DIFFERENT for one in _compare(met, TEXT_ONLY)]
    typed = np.array([met.gold[i].type == met.predicted[j].type for i, j in _rows(met)], dtype=np.bool_)
    columns = _value_columns(compared)
    right = columns["same"] == 1
    verdicts = {
        "overlap": np.ones(len(met.row), dtype=np.bool_),
        "exact": met.exact,
        "type": typed,
        "strict": met.exact & typed,
        "whole": met.exact & typed & right,
    }
    whole = {name: verdict.astype(np.int64) for name, verdict in verdicts.items()}
    everything = (np.ones(len(met.gold), dtype=np.bool_), np.ones(len(met.predicted), dtype=np.bool_))
    return _alignment(met, EXPRESSIONS, {"gold": everything[0]}, {"predicted": everything[1]}, whole | columns)


def _track(met: Met, track: str) -> Alignment:
    has = np.array([gold_value(time, track) is not None for time in met.gold], dtype=np.bool_)
    says = np.array([said_value(said, track) is not None for said in met.predicted], dtype=np.bool_)
    compared = _compare(met, track)
    verdicts = _value_columns(compared)
    sizes = {"gold": has}
    if track == OUTSIDE:
        for name in ("inferred", "external"):
            sizes[f"gold_{name}"] = has & np.array([time.resolved_by == name for time in met.gold], dtype=np.bool_)
            verdicts[name] = verdicts["same"] * sizes[f"gold_{name}"][met.row]
    counted = _counted(met, has, says, everywhere=track == TEXT_ONLY)
    return _alignment(met, track, sizes, {"predicted": counted}, verdicts)


def _value_columns(compared: Sequence[TimeComparison | None]) -> dict[str, IntArray]:
    columns = {
        "given": [one is not None for one in compared],
        "same": [one is not None and one.same for one in compared],
        "compatible": [one is not None and one.compatible for one in compared],
        "over": [one is not None and one.over for one in compared],
        "under": [one is not None and one.under for one in compared],
    }
    return {name: np.array(points, dtype=np.int64) for name, points in columns.items()}


def _intervals(met: Met) -> Alignment:
    own, said = ([find_time_stretch(time) for time in side] for side in (met.gold, met.predicted))
    shares = [_shares(own[i], said[j]) for i, j in _rows(met)]
    has, says = (np.array([one is not None for one in side], dtype=np.bool_) for side in (own, said))
    verdicts = {
        name: np.array([share[n] for share in shares], dtype=np.int64)
        for n, name in enumerate(("interval_precision", "interval_recall"))
    }
    counted = _counted(met, has, says, everywhere=False)
    return _alignment(met, INTERVALS, {"gold": has}, {"predicted": counted}, verdicts)


def _shares(own: Stretch | None, said: Stretch | None) -> tuple[int, int]:
    """What two stretches share, of the predicted and of the gold one, in `POINTS`."""
    if own is None or said is None:
        return 0, 0
    shared = shared_time(own, said)
    precise, whole = (shared * POINTS // (end - begin) for begin, end in (said, own))
    return precise, whole


def _counted(met: Met, has: BoolArray, says: BoolArray, *, everywhere: bool) -> BoolArray:
    """The predictions that count where these gold times do: theirs, and in a measured document those of nothing."""
    measured = np.full(len(met.pairs), everywhere, dtype=np.bool_)
    measured[met.gold_columns.document[has]] = True
    counts = measured[met.predicted_columns.document]
    counts[met.column] = has[met.row]
    return counts & says


def _alignment(
    met: Met,
    view: str,
    gold_sizes: Mapping[str, BoolArray],
    predicted_sizes: Mapping[str, BoolArray],
    verdicts: Mapping[str, IntArray],
) -> Alignment:
    return Alignment(
        layer="times",
        view=view,
        units=[pair.gold.document.doc_id for pair in met.pairs],
        gold_side=_side(met.gold_columns, gold_sizes),
        predicted_side=_side(met.predicted_columns, predicted_sizes),
        gold=met.row,
        predicted=met.column,
        verdicts=verdicts,
    )


def _side(columns: SpanColumns, sizes: Mapping[str, BoolArray]) -> Side:
    return Side(columns.document, columns.position, columns.type, sizes)
