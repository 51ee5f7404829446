"""A tally: named count columns, one row a document, one entry a group. Everything here adds; nothing divides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import fsum

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
CountArray = npt.NDArray[np.int64] | npt.NDArray[np.float64]


POOLED = "*"
"""The unit of a row that counts all documents at once; such a row adds up with no other."""


class AxisMismatchError(ValueError):
    """Two tallies disagree on layer, view, columns or groups, so they cannot be added."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one view of one layer.

    units     U document ids, in canonical order (by a 64-bit hash of the id, so that file order never matters)
    groups    G group names from the schema, never from the data
    counts    {column: shape (U, G)}; whole numbers, or float64 for metrics that give fractions of a document
    """

    layer: str
    view: str
    units: tuple[str, ...]
    groups: tuple[str, ...]
    counts: Mapping[str, CountArray]

    def __post_init__(self) -> None:
        shape = (len(self.units), len(self.groups))
        for name, column in self.counts.items():
            if column.shape != shape:
                raise ValueError(f"column {name!r} has shape {column.shape}, expected {shape}")

    def __add__(self, other: "Tally") -> "Tally":
        """Put the rows of two sets of documents together: associative and commutative.

        Raises:
            AxisMismatchError: The tallies do not have the same layer, view, groups and columns.
            ValueError: A document is in both.
        """
        mine, theirs = (self.layer, self.view, self.groups), (other.layer, other.view, other.groups)
        if mine != theirs or set(self.counts) != set(other.counts):
            raise AxisMismatchError(f"cannot add tallies of {mine} and {theirs}")
        if both := set(self.units) & set(other.units):
            raise ValueError(f"document {min(both)!r} is in both tallies")
        units = (*self.units, *other.units)
        order = np.array(unit_order(units), dtype=np.int64)
        counts = {name: np.concatenate([column, other.counts[name]])[order] for name, column in self.counts.items()}
        return Tally(self.layer, self.view, tuple(units[i] for i in order), self.groups, counts)

    def total(self) -> dict[str, CountArray]:
        """Sums over the documents: {column: shape (G,)}. Float columns are summed exactly and rounded once."""
        return {name: _sum(column) for name, column in self.counts.items()}


def _sum(column: CountArray) -> CountArray:
    if column.dtype == np.float64:
        return np.array([fsum(entries) for entries in column.T], dtype=np.float64)
    whole: IntArray = column.sum(axis=0)
    return whole


def unit_hash(doc_id: str) -> int:
    """64-bit hash of a document id, the same on every machine.

    >>> unit_hash("seed-000") == unit_hash("seed-000") != unit_hash("seed-002")
    True
    """
    return int.from_bytes(blake2b(doc_id.encode(), digest_size=8).digest(), "big")


def unit_order(units: Sequence[str]) -> list[int]:
    """Indices that put document ids in canonical order.

    >>> ids = ["a", "b", "c"]
    >>> [ids[i] for i in unit_order(ids)] == [ids[::-1][i] for i in unit_order(ids[::-1])]
    True
    """
    return sorted(range(len(units)), key=lambda index: (unit_hash(units[index]), units[index]))


def count_by(unit: IntArray, group: IntArray, shape: tuple[int, int], weight: IntArray | None = None) -> IntArray:
    """Count items by document and group; shape (U, G).

    >>> count_by(np.array([0, 0, 1]), np.array([1, 1, 0]), (2, 2)).tolist()
    [[0, 2], [1, 0]]
    """
    flat = np.bincount(unit * shape[1] + group, weights=weight, minlength=shape[0] * shape[1])
    return flat.astype(np.int64).reshape(shape)
