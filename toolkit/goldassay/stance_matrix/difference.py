"""The difference of two stance matrices, cell by cell."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from goldassay.stance_matrix.cells import Cell, CellKey, Matrix
from goldassay.stance_matrix.nodes import Node

STATUSES: dict[str, str] = {
    "same": "the system's mean grade is acceptable; without grades, its sign",
    "weaker": "not opposite, and nearer to 0 than any acceptable mean",
    "stronger": "not opposite, and farther from 0 than any acceptable mean",
    "flipped": "the opposite sign, which no acceptable mean has",
    "missing": "the system has no such cell",
    "extra": "the gold has no such cell",
    "optional": "the gold has optional or repeated stances only; in no measure",
}
"""What a cell of the difference can be, in the order in which they are counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """A cell of the difference; `gold` is null where it is extra, `system` where it is missing."""

    status: str
    gold: Cell | None
    system: Cell | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of a system's matrix from the gold's; `changes` are sorted by key."""

    gold: Matrix
    system: Matrix
    changes: Mapping[CellKey, Change]

    @property
    def nodes(self) -> Mapping[str, Node]:
        """Rows and columns of both."""
        return self.gold.nodes

    def counts(self) -> dict[str, int]:
        """How many cells there are of each of `STATUSES`."""
        found = Counter(change.status for change in self.changes.values())
        return {status: found[status] for status in STATUSES}


def compare_matrices(gold: Matrix, system: Matrix) -> Difference:
    """Compare two matrices of `build_matrices`."""
    changes = {}
    for key in sorted({*gold.cells, *system.cells}):
        own, said = gold.cells.get(key), system.cells.get(key)
        if said is not None and not said.core and (own is None or own.core):
            # What aligned with optional gold elsewhere is no answer here.
            said = None
        if own is not None or said is not None:
            changes[key] = Change(_status(own, said), own, said)
    return Difference(gold, system, changes)


def _status(own: Cell | None, said: Cell | None) -> str:
    if own is None:
        return "extra"
    if not own.core:
        return "optional"
    if said is None:
        return "missing"
    return compare_cells(own, said)


def compare_cells(own: Cell, said: Cell) -> str:
    """`same`, `weaker`, `stronger` or `flipped`.

    >>> from fractions import Fraction
    >>> def cell(grade: int, low: int) -> Cell:
    ...     return Cell(1, Fraction(grade), Fraction(low), Fraction(grade), (grade > 0) - (grade < 0), False, ("d1",))
    >>> [compare_cells(cell(2, 1), cell(grade, grade)) for grade in (2, 1, 0, -1)]  # 2 or 1 is right
    ['same', 'same', 'weaker', 'flipped']
    """
    if own.sign * said.sign == -1 and said.sign not in own.signs:
        return "flipped"
    if own.grade is None or own.low is None or own.high is None or said.grade is None:
        if said.sign in own.signs:
            return "same"
        return "weaker" if said.sign == 0 else "stronger"
    if own.low <= said.grade <= own.high:
        return "same"
    nearest = own.low if said.grade < own.low else own.high
    return "weaker" if abs(said.grade) < abs(nearest) else "stronger"
