"""What went wrong: every stance that met nothing under one class of error; views `opinion-errors`, `belief-errors`.

The classes and the order in which they claim stances are those of `match/stance_chains.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from goldassay.layers.base import Options, Pair, plain
from goldassay.layers.stance_alignment import NOTE
from goldassay.layers.stance_records import VIEWS, Stances, identify, of_view, read_stances
from goldassay.match.alignment import Alignment, Side
from goldassay.match.columns import BoolArray, IntArray
from goldassay.match.stance_chains import ERROR_CLASSES, RULES, classify_errors
from goldassay.measures.measure import Match
from goldassay.model.labels import DIMENSIONS
from goldassay.tally.confusion import unmet
from goldassay.tally.count import count_alignment
from goldassay.tally.tally import Tally

Row = tuple[int | None, int | None, str]
"""Gold row, predicted row, class of error."""

TITLES = {
    "swapped": "holder and target exchanged",
    "promoted to fact": "a reported stance given to the author",
    "collapsed to reporter": "a reporter of the stance made its holder",
    "over-nested": "the holder made a reporter of the stance",
    "wrong holder": "right target, another holder",
    "wrong target": "right holder, another target",
    "missed": "nothing like it predicted",
    "spurious": "nothing like it in the gold; of the predictions",
}


def count_errors(alignments: Sequence[Alignment], stances: Stances) -> tuple[Tally, ...]:
    """The tallies of errors, from the alignments of `VIEWS` and all stances of the batch."""
    return tuple(
        count_alignment(align_errors(one, of_view(stances, one.view)), DIMENSIONS)
        for one in alignments
        if one.view in VIEWS
    )


def align_errors(alignment: Alignment, stances: Stances) -> Alignment:
    """What met nothing in a view, paired by class of error; `stances` are those of the view.

    Verdicts are the classes that have both sides; `missed` and `spurious` are sizes of the gold and predicted side.
    """
    rows = list(classify_rows(alignment, stances))
    pairs = [(i, j, kind) for i, j, kind in rows if i is not None and j is not None]
    gold, predicted = alignment.gold_side, alignment.predicted_side
    missed = _mask((i for i, _, kind in rows if kind == "missed"), len(gold.unit))
    spurious = _mask((j for _, j, kind in rows if kind == "spurious"), len(predicted.unit))
    return replace(
        alignment,
        view=f"{alignment.view}-errors",
        gold_side=replace(gold, sizes={"gold": gold.sizes["gold"], "missed": missed}),
        predicted_side=replace(predicted, sizes={"predicted": predicted.sizes["predicted"], "spurious": spurious}),
        gold=np.array([i for i, _, _ in pairs], dtype=np.int64),
        predicted=np.array([j for _, j, _ in pairs], dtype=np.int64),
        verdicts={row_name(name): np.array([kind == name for *_, kind in pairs], dtype=np.int64) for name, _ in RULES},
    )


def _mask(rows: Iterable[int | None], size: int) -> BoolArray:
    mask = np.zeros(size, dtype=np.bool_)
    mask[[row for row in rows if row is not None]] = True
    return mask


def classify_rows(alignment: Alignment, stances: Stances) -> Iterator[Row]:
    """The errors of one view as rows of its alignment, document by document; `stances` are those of the view."""
    gold = _unmet_by_unit(alignment.gold_side, alignment.gold, "gold")
    predicted = _unmet_by_unit(alignment.predicted_side, alignment.predicted, "predicted")
    for unit in sorted({*gold, *predicted}):
        own, said = gold.get(unit, []), predicted.get(unit, [])
        for error in classify_errors([stances.gold[i] for i in own], [stances.predicted[j] for j in said]):
            i = None if error.gold is None else own[error.gold]
            j = None if error.predicted is None else said[error.predicted]
            yield i, j, error.kind


def find_stance_errors(alignment: Alignment, pairs: Sequence[Pair], options: Options) -> list[Row]:
    """`classify_rows` from the documents of an alignment of `VIEWS`, for reports of errors."""
    stances = of_view(read_stances(pairs, identify(pairs, options)), alignment.view)
    return list(classify_rows(alignment, stances))


def _unmet_by_unit(side: Side, met: IntArray, size: str) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = defaultdict(list)
    for row in np.flatnonzero(unmet(side.sizes[size], met)).tolist():
        rows[int(side.unit[row])].append(row)
    return rows


def row_name(kind: str) -> str:
    """The name of a class of error in measures.

    >>> row_name("promoted to fact")
    'promoted-to-fact'
    """
    return kind.replace(" ", "-")


def _row(view: str, kind: str) -> Match:
    alone = {kind: 1.0}
    credit_gold, credit_predicted = (alone, alone) if kind in ("missed", "spurious") else plain(row_name(kind))
    return Match(
        row_name(kind),
        f"{view}-errors",
        TITLES[kind],
        credit_gold,
        credit_predicted,
        gold="predicted" if kind == "spurious" else "gold",
        statistics=("rate",),
        symmetric=False,
        best=0.0,
        detail=view != "opinion",
        note=NOTE,
    )


ERROR_ROWS: tuple[Match, ...] = tuple(_row(view, kind) for view in VIEWS for kind in ERROR_CLASSES)
"""Rates over the gold of a view; `spurious` is one over its predictions."""
