"""Numbers of a difference of stance matrices. Every one is null, not 0, where it is undefined, and says its n.

Our own definitions; nothing official exists for stance matrices. Optional cells are in none of them.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from goldassay.stance_matrix.cells import Matrix
from goldassay.stance_matrix.difference import Difference

ALL_SIGNS = frozenset({-1, 0, 1})
FEWEST = 3
"""Shared cells from which a rank correlation is given."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it is of.

    value  null where it is undefined
    n      cells (of a polarisation: holders) that it is over
    """

    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a difference.

    precision      share of the system's cells that the gold has; 0 to 1, best 1
    recall         share of the gold's cells that the system has; 0 to 1, best 1
    f1             2 · shared / (gold + system); 0 to 1, best 1; its n is gold + system
    sign_accuracy  share of the gold's cells whose sign the system has right, a missing cell being wrong; 0 to 1,
                   best 1; without cells that accept every sign
    spearman       rank correlation of the mean grades of shared cells (Spearman, 1904); -1 to 1, best 1; null for less
                   than three, and where one side is constant. Cells for which the system gives no grades are left out
    """

    precision: Figure
    recall: Figure
    f1: Figure
    sign_accuracy: Figure
    spearman: Figure


def measure_difference(difference: Difference) -> Figures:
    """All numbers of a difference."""
    changes = [change for change in difference.changes.values() if change.status != "optional"]
    gold = [change for change in changes if change.gold is not None]
    shared = [(one.gold, one.system) for one in changes if one.gold is not None and one.system is not None]
    n_system = sum(one.system is not None for one in changes)
    closed = [(one.gold, one.system) for one in gold if one.gold is not None and one.gold.signs != ALL_SIGNS]
    right = sum(said is not None and said.sign in own.signs for own, said in closed)
    grades = [(own.grade, said.grade) for own, said in shared if own.grade is not None and said.grade is not None]
    return Figures(
        precision=_share(len(shared), n_system),
        recall=_share(len(shared), len(gold)),
        f1=_share(2 * len(shared), len(gold) + n_system),
        sign_accuracy=_share(right, len(closed)),
        spearman=rank_correlation([(own, said) for own, said in grades]),
    )


def rank_correlation(grades: list[tuple[Fraction, Fraction]]) -> Figure:
    """Spearman's rho with mean ranks for ties; null below three pairs or where one side is constant.

    >>> rank_correlation([(Fraction(1), Fraction(2)), (Fraction(0), Fraction(1)), (Fraction(-1), Fraction(-2))])
    Figure(value=1.0, n=3)
    >>> rank_correlation([(Fraction(1), Fraction(1))])
    Figure(value=None, n=1)
    """
    if len(grades) < FEWEST or any(len(set(side)) == 1 for side in zip(*grades, strict=True)):
        return Figure(None, len(grades))
    from scipy.stats import spearmanr

    first, second = ([float(grade) for grade in side] for side in zip(*grades, strict=True))
    # Ten digits hide the last bits, in which machines differ.
    return Figure(round(float(spearmanr(first, second).statistic), 10), len(grades))


def polarisation(matrix: Matrix) -> Mapping[str, Figure]:
    """How far apart the holders of a proposition stand: largest minus smallest mean grade, 0 to 4; null below two.

    Returns:
        {key of the proposition: figure}, sorted; n is the number of holders that give grades. Unresolved targets may be
        entities and are left out, as are cells that do not count.
    """
    grades: dict[str, list[Fraction]] = defaultdict(list)
    for (_, target), cell in matrix.cells.items():
        if matrix.nodes[target].kind == "proposition" and cell.core:
            grades[target] += [cell.grade] if cell.grade is not None else []
    return {
        key: Figure(float(max(own) - min(own)) if len(own) > 1 else None, len(own))
        for key, own in sorted(grades.items())
    }


def _share(part: int, whole: int) -> Figure:
    return Figure(part / whole if whole else None, whole)
