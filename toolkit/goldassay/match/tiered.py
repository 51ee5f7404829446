"""The default alignment of mentions: order-free, tiered, one-to-one, deterministic (DESIGN: matcher `tiered.v1`).

Tiers are solved in order on what the earlier ones left: (1) same span and type, (2) same span, (3) same type with the
largest overlap, (4) any overlap. Inside tiers 3 and 4 the total Jaccard overlap of the character sets is maximised,
per connected component; Jaccard is taken in units of 2^-32, rounded down, so that sums are exact.
"""

from dataclasses import dataclass

import numpy as np

from goldassay.match.assignment import match_heaviest
from goldassay.match.columns import BoolArray, IntArray, SpanColumns
from goldassay.match.overlap import match_overlaps


@dataclass(frozen=True, slots=True)
class Pairs:
    """P aligned pairs: rows of the gold and predicted columns, the tier (1 to 4) and the characters shared."""

    gold: IntArray
    predicted: IntArray
    tier: IntArray
    shared: IntArray

    def __len__(self) -> int:
        return len(self.gold)


def match_tiered(gold: SpanColumns, predicted: SpanColumns) -> Pairs:
    """Align gold and predicted spans of a batch of documents.

    Every row occurs in at most one pair. Rows with equal span and type beyond the other side's number stay unaligned:
    a duplicated prediction is spurious.

    >>> from goldassay.match.columns import span_columns
    >>> outer, inner = ([(0, 20)], "ORG", "g1"), ([(0, 5)], "GPE", "g2")
    >>> g, p = span_columns([[outer, inner]], [[([(0, 5)], "ORG", "p1"), ([(6, 20)], "ORG", "p2")]], ["GPE", "ORG"])
    >>> pairs = match_tiered(g, p)
    >>> [(int(g.position[i]), int(p.position[j]), int(t)) for i, j, t in zip(pairs.gold, pairs.predicted, pairs.tier)]
    [(1, 0, 2), (0, 1, 3)]
    """
    free_gold, free_predicted = np.ones(len(gold), np.bool_), np.ones(len(predicted), np.bool_)
    types = int(max(gold.type.max(initial=0), predicted.type.max(initial=0))) + 2
    found = []
    for tier, (gold_key, predicted_key) in enumerate(
        ((gold.span * types + gold.type + 1, predicted.span * types + predicted.type + 1), (gold.span, predicted.span)),
        start=1,
    ):
        pairs = match_equal(gold_key, predicted_key, free_gold, free_predicted)
        found.append((*pairs, np.full(len(pairs[0]), tier), gold.size[pairs[0]]))
        free_gold[pairs[0]] = free_predicted[pairs[1]] = False
    row, column, shared = match_overlaps(gold, predicted)
    weight = (shared << 32) // (gold.size[row] + predicted.size[column] - shared)
    same_type = (gold.type[row] == predicted.type[column]) & (gold.type[row] >= 0)
    for tier, allowed in ((3, same_type), (4, np.ones_like(same_type))):
        edge = np.flatnonzero(allowed & free_gold[row] & free_predicted[column])
        edge = edge[match_heaviest(row[edge], column[edge], weight[edge])]
        found.append((row[edge], column[edge], np.full(len(edge), tier), shared[edge]))
        free_gold[row[edge]] = free_predicted[column[edge]] = False
    return Pairs(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def match_equal(
    gold_key: IntArray, predicted_key: IntArray, free_gold: BoolArray, free_predicted: BoolArray
) -> tuple[IntArray, IntArray]:
    """Pair free rows with equal keys, the n-th with the n-th.

    >>> free = np.ones(3, np.bool_)
    >>> [a.tolist() for a in match_equal(np.array([7, 7, 9]), np.array([9, 7, 8]), free, free)]
    [[0, 2], [1, 0]]
    """
    gold_row, predicted_row = np.flatnonzero(free_gold), np.flatnonzero(free_predicted)
    _, code = np.unique(np.concatenate([gold_key[gold_row], predicted_key[predicted_row]]), return_inverse=True)
    width = len(code) + 1
    gold_rank = _rank(code[: len(gold_row)]) + width * code[: len(gold_row)]
    predicted_rank = _rank(code[len(gold_row) :]) + width * code[len(gold_row) :]
    _, i, j = np.intersect1d(gold_rank, predicted_rank, assume_unique=True, return_indices=True)
    return gold_row[i], predicted_row[j]


def _rank(key: IntArray) -> IntArray:
    """How many equal keys stand before each key."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    rank = np.empty(len(key), dtype=np.int64)
    rank[order] = np.arange(len(key)) - np.searchsorted(ordered, ordered, side="left")
    return rank
