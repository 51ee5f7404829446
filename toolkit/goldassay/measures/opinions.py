"""Strict Sentiment F1: opinion tuples with spans, without the loopholes of the shared task's score.

Characters instead of tokens, each opinion used once, polarity a condition of the pair that is weighed, and an empty
expression equal to an empty one. Gold against itself is 1 in any text.
"""

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

import numpy as np

from goldassay.match.assignment import match_heaviest
from goldassay.measures.coreference import Counts

_GRAIN = 2**32
"""Weights are compared as integers of this grain."""

Spans = Sequence[Sequence[int]]


class SpannedOpinion(NamedTuple):
    """Spans (start, end) of holder, target and expression in code points, each of them perhaps none, and a polarity."""

    holder: Spans
    target: Spans
    expression: Spans
    polarity: str


def share(own: frozenset[int], other: frozenset[int]) -> float:
    """How much of a part the other side's covers; two empty parts cover each other. Range 0 to 1, best 1.

    >>> share(frozenset({1, 2}), frozenset({2, 3, 4})), share(frozenset(), frozenset())
    (0.5, 1.0)
    """
    if not own or not other:
        return float(own == other)
    return len(own & other) / len(own)


def count_strict_sf1(gold: Sequence[SpannedOpinion], predicted: Sequence[SpannedOpinion]) -> Counts:
    """What strict Sentiment F1 divides, in one sentence or document; add over all, then `coreference.divide`.

    Two opinions can be a pair if their polarity is the same and each of the three parts overlaps its like (or both are
    empty). A pair is worth the mean share of the prediction's parts to precision and that of the gold's parts to
    recall; among the one-to-one matchings the one of the largest sum of both is taken.

    Own definition, after Barnes et al. 2021 (Structured sentiment analysis as dependency graph parsing).

    >>> opinion = SpannedOpinion([(0, 3)], [(12, 20)], [(4, 11)], "Negative")
    >>> half = opinion._replace(target=[(16, 20)])
    >>> count_strict_sf1([opinion], [half, half])  # one of the two is left over; target: 4 of 4 and 4 of 8
    Counts(p_num=1.0, p_den=2, r_num=0.8333333333333334, r_den=1)
    """
    sides = [_characters(opinion) for opinion in gold], [_characters(opinion) for opinion in predicted]
    edges = []
    for i, mine in enumerate(sides[0]):
        for j, said in enumerate(sides[1]):
            if gold[i].polarity == predicted[j].polarity:
                to_precision, to_recall = _mean_share(said, mine), _mean_share(mine, said)
                if to_precision:
                    edges.append((i, j, to_precision, to_recall))
    row, column = (np.array([edge[at] for edge in edges], dtype=np.int64) for at in (0, 1))
    weight = np.array([round((edge[2] + edge[3]) * _GRAIN) for edge in edges], dtype=np.int64)
    chosen = [edge for edge, taken in zip(edges, match_heaviest(row, column, weight).tolist(), strict=True) if taken]
    return Counts(fsum(edge[2] for edge in chosen), len(predicted), fsum(edge[3] for edge in chosen), len(gold))


def _characters(opinion: SpannedOpinion) -> list[frozenset[int]]:
    return [
        frozenset(at for start, end in spans for at in range(start, end))
        for spans in (opinion.holder, opinion.target, opinion.expression)
    ]


def _mean_share(own: Sequence[frozenset[int]], other: Sequence[frozenset[int]]) -> float:
    """Mean over the parts; 0 if any part has nothing in common with its like."""
    shares = [share(a, b) for a, b in zip(own, other, strict=True)]
    return sum(shares) / len(shares) if all(shares) else 0.0
