"""Who says so: the chains of sources of aligned stances; views `opinion-chains` and `belief-chains`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import fsum

import numpy as np

from goldassay.layers.base import plain
from goldassay.layers.stance_alignment import NOTE
from goldassay.layers.stance_records import VIEWS, Stances, of_view
from goldassay.match.alignment import Alignment
from goldassay.match.stance_chains import (
    Chain,
    chain_edges,
    chain_likeness,
    depth_difference,
    same_chain,
    same_outermost,
)
from goldassay.measures.measure import Match
from goldassay.model.labels import DIMENSIONS
from goldassay.tally.count import OTHER, count_alignment
from goldassay.tally.tally import Tally, unit_order

COLUMNS = ("pair", "exact", "outermost", "told", "depth", "edges", "gold_edges", "predicted_edges")


def count_chains(alignments: Sequence[Alignment], stances: Stances) -> tuple[Tally, ...]:
    """The tallies of chains, from the alignments of `VIEWS` and all stances of the batch."""
    return tuple(_count_view(one, of_view(stances, one.view)) for one in alignments if one.view in VIEWS)


def _count_view(alignment: Alignment, stances: Stances) -> Tally:
    core = np.flatnonzero(alignment.gold_side.sizes["gold"][alignment.gold])
    row, column = alignment.gold[core], alignment.predicted[core]
    met = [
        (stances.gold[i].chain, stances.predicted[j].chain) for i, j in zip(row.tolist(), column.tolist(), strict=True)
    ]
    judged = [_compare(gold, said) for gold, said in met]
    verdicts = {name: np.array([one[name] for one in judged], dtype=np.int64) for name in COLUMNS}
    of_chains = replace(alignment, view=f"{alignment.view}-chains", gold=row, predicted=column, verdicts=verdicts)
    tally = count_alignment(of_chains, DIMENSIONS)
    likeness = _sum_likeness(of_chains, [chain_likeness(gold, said) for gold, said in met])
    return replace(tally, counts=dict(tally.counts) | {"likeness": likeness})


def _compare(gold: Chain, said: Chain | None) -> dict[str, int]:
    """The whole numbers of one pair; the depth is compared where the system gives a chain (`told`)."""
    own, other = chain_edges(gold), chain_edges(said)
    return {
        "pair": 1,
        "exact": same_chain(gold, said),
        "outermost": same_outermost(gold, said),
        "told": said is not None,
        "depth": depth_difference(gold, said) if said is not None else 0,
        "edges": len(own & other),
        "gold_edges": len(own),
        "predicted_edges": len(other),
    }


def _sum_likeness(alignment: Alignment, values: Sequence[float]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Sums by document and dimension of the gold, in the order of a tally; shape (U, G)."""
    parts: dict[tuple[int, int], list[float]] = defaultdict(list)
    side = alignment.gold_side
    for row, value in zip(alignment.gold.tolist(), values, strict=True):
        parts[int(side.unit[row]), int(side.group[row])].append(value)
    groups = range(len((*DIMENSIONS, OTHER)))
    sums = [[fsum(parts[unit, group]) for group in groups] for unit in unit_order(alignment.units)]
    return np.array(sums, dtype=np.float64).reshape(-1, len(groups))


def _row(view: str, name: str, title: str, column: str) -> Match:
    """A rate over the aligned pairs of a view."""
    return Match(
        name,
        f"{view}-chains",
        title,
        *plain(column),
        gold="pair.gold",
        predicted="pair.predicted",
        statistics=("rate",),
        symmetric=False,
        detail=view != "opinion" or name in ("chain-lcs", "chain-depth"),
        note=NOTE,
    )


def chain_rows(view: str) -> tuple[Match, ...]:
    """The rows of the table for the chains of one view, `opinion` or `belief`."""
    edges = _row(view, "chain-edges", "links from source to source, of the aligned pairs", "edges")
    likeness = _row(view, "chain-lcs", "2 · longest common subsequence / both lengths, mean of the pairs", "pair")
    depth = _row(view, "chain-depth", "difference of the lengths, mean of the pairs with a predicted chain", "depth")
    return (
        _row(view, "chain-exact", "same chain of sources, of the aligned pairs", "exact"),
        replace(
            edges,
            gold="gold_edges.gold",
            predicted="predicted_edges.predicted",
            statistics=("precision", "recall", "f1"),
        ),
        replace(likeness, credit_gold={"likeness": 1.0}, credit_predicted={"likeness": 1.0}),
        _row(view, "chain-outermost", "same source next to the author, of the aligned pairs", "outermost"),
        replace(depth, gold="told.gold", predicted="told.predicted", statistics=("mean",), best=0.0),
    )


CHAIN_ROWS: tuple[Match, ...] = tuple(row for view in VIEWS for row in chain_rows(view))
