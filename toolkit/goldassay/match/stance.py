"""Stances as the matcher sees them: everything that names somebody is resolved to an id, nothing refers to text.

Two stances can meet only if document, holder and target are the same. Among those the weight decides, in which each
agreement outweighs all later ones together: core gold before optional gold, then sign, dimension, grade, act and chain.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldassay.match.assignment import match_heaviest
from goldassay.match.columns import IntArray

RUNGS = ("pair", "sign", "dimension", "grade", "act", "chain")
"""What is asked of two aligned stances, each rung with all before it."""

QUARTERS = 4
"""Credit of an equal grade in `ordinal_quarters`; one grade off costs one."""


@dataclass(frozen=True, slots=True)
class GoldStance:
    """One stance of the gold.

    unit     index of its document in the batch
    holder   entity id, AUTHOR or IMPLICIT
    target   entity id, or `P:` and the id of a proposition
    grades   acceptable grades, -2 to 2, the annotated one first
    chain    who says so: AUTHOR first, the holder last
    core     whether it counts: not optional, and not the repetition of another stance
    """

    unit: int
    holder: str
    target: str
    dimension: str
    grades: tuple[int, ...]
    act: str
    chain: tuple[str, ...]
    core: bool = True

    @property
    def signs(self) -> frozenset[int]:
        """Signs of the acceptable grades."""
        return frozenset((grade > 0) - (grade < 0) for grade in self.grades)


@dataclass(frozen=True, slots=True)
class PredictedStance:
    """One predicted stance; null is what the system did not say, or what no id was found for.

    chain    AUTHOR first, the holder last; null if the system gives no sources
    """

    unit: int
    holder: str | None
    target: str | None
    sign: int | None
    dimension: str | None = None
    grade: int | None = None
    act: str | None = None
    chain: tuple[str | None, ...] | None = None


def match_weight(gold: GoldStance, predicted: PredictedStance) -> int:
    """How well two stances of the same holder on the same target agree: 64 to 254.

    64 + 128 core + 32 sign + 16 dimension + 8 grade + 4 act + 2 chain, each by itself, not cumulative.

    >>> gold = GoldStance(0, "e1", "P:p1", "intent", (1,), "plan", ("AUTHOR", "e1"))
    >>> match_weight(gold, PredictedStance(0, "e1", "P:p1", 1, "position", 1))  # 64 + 128 + 32 + 8
    232
    """
    return (
        64
        + 128 * gold.core
        + 32 * (predicted.sign in gold.signs)
        + 16 * (predicted.dimension == gold.dimension)
        + 8 * (predicted.grade in gold.grades)
        + 4 * (predicted.act == gold.act)
        + 2 * (predicted.chain == gold.chain)
    )


def align_stances(gold: Sequence[GoldStance], predicted: Sequence[PredictedStance]) -> tuple[IntArray, IntArray]:
    """Align one to one so that the total weight is largest; what has no holder or no target aligns with nothing.

    Args:
        gold: The gold stances of a batch of documents.
        predicted: The predicted ones.

    Returns:
        Positions (row, column) of the aligned stances in `gold` and `predicted`, by row. Shape (P,) each. Among equally
        good alignments the first row has its first column, then the second row, and so on.

    >>> gold = [GoldStance(0, "e1", "e2", "evaluation", (grade,), "state", ("AUTHOR", "e1")) for grade in (1, -1)]
    >>> row, column = align_stances(gold, [PredictedStance(0, "e1", "e2", -1), PredictedStance(0, "e2", "e1", 1)])
    >>> row.tolist(), column.tolist()
    ([1], [0])
    """
    at: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for row, own in enumerate(gold):
        at[own.unit, own.holder, own.target].append(row)
    edges = [
        (row, column, match_weight(gold[row], said))
        for column, said in enumerate(predicted)
        if said.holder is not None and said.target is not None
        for row in at.get((said.unit, said.holder, said.target), ())
    ]
    table = np.array(sorted(edges), dtype=np.int64).reshape(-1, 3)
    chosen = table[match_heaviest(table[:, 0], table[:, 1], table[:, 2])]
    return chosen[:, 0], chosen[:, 1]


def rungs(gold: GoldStance, predicted: PredictedStance) -> dict[str, bool]:
    """Which of `RUNGS` two stances of one document reach; one that is not reached closes all after it.

    >>> gold = GoldStance(0, "e1", "e2", "evaluation", (-2,), "criticize", ("AUTHOR", "e1"))
    >>> said = PredictedStance(0, "e1", "e2", -1, "evaluation", -1, "criticize")
    >>> [rung for rung, reached in rungs(gold, said).items() if reached]
    ['pair', 'sign', 'dimension']
    """
    right = (
        (predicted.holder, predicted.target) == (gold.holder, gold.target),
        predicted.sign in gold.signs,
        predicted.dimension == gold.dimension,
        predicted.grade in gold.grades,
        predicted.act == gold.act,
        predicted.chain == gold.chain,
    )
    return {name: all(right[: number + 1]) for number, name in enumerate(RUNGS)}


def ordinal_quarters(gold: GoldStance, predicted: PredictedStance) -> int:
    """Quarters of the ordinal credit 1 - |difference| / 4 to the nearest acceptable grade, 0 to 4; 0 without a grade.

    >>> gold = GoldStance(0, "e1", "e2", "evaluation", (-2, -1), "criticize", ("AUTHOR", "e1"))
    >>> [ordinal_quarters(gold, PredictedStance(0, "e1", "e2", -1, grade=grade)) for grade in (-2, 0, 2, None)]
    [4, 3, 1, 0]
    """
    if predicted.grade is None:
        return 0
    return QUARTERS - min(abs(predicted.grade - grade) for grade in gold.grades)


def is_flip_comparable(gold: GoldStance, predicted: PredictedStance) -> bool:
    """Whether both sides take one side, so that the prediction could be the opposite: no alternatives, no sign of 0."""
    return len(gold.grades) == 1 and gold.grades[0] != 0 and predicted.sign not in (0, None)
