"""How the clusters of two sides share mentions, and the matching of clusters that CEAF asks for."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum

Clusters = Sequence[Sequence[Hashable]]
Cell = tuple[int, int, int]
"""Key cluster, response cluster, number of mentions they share (at least 1)."""


@dataclass(frozen=True, slots=True)
class Contingency:
    """How the clusters of the two sides share mentions: sizes of all clusters, and the cells that are not 0."""

    key: tuple[int, ...]
    response: tuple[int, ...]
    cells: tuple[Cell, ...]

    def transposed(self) -> "Contingency":
        """The same table seen from the response: what turns recall into precision."""
        return Contingency(self.response, self.key, tuple((column, row, shared) for row, column, shared in self.cells))


def cross_clusters(key: Clusters, response: Clusters) -> Contingency:
    """Count the shared mentions of every pair of clusters.

    A mention that stands in several response clusters is counted for the last of them.

    >>> cross_clusters([["a", "b"], ["c"]], [["a", "b", "c"]]).cells
    ((0, 0, 2), (1, 0, 1))
    """
    where = {mention: column for column, cluster in enumerate(response) for mention in cluster}
    cells: list[Cell] = []
    for row, cluster in enumerate(key):
        shared = Counter(where[mention] for mention in cluster if mention in where)
        cells += ((row, column, count) for column, count in sorted(shared.items()))
    return Contingency(tuple(map(len, key)), tuple(map(len, response)), tuple(cells))


def match_clusters(table: Contingency, weigh: Callable[[int, int, int], float]) -> float:
    """Total weight of the heaviest one-to-one matching of key and response clusters that share mentions."""
    total: list[float] = []
    for cells in _components(table.cells):
        if len(cells) == 1:
            total.append(weigh(*cells[0]))
        else:
            total += _assign([(row, column, weigh(row, column, shared)) for row, column, shared in cells])
    return fsum(total) if any(isinstance(weight, float) for weight in total) else sum(total)


def _components(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Cells whose rows or columns hang together; rows stand as they are, columns as negative numbers."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    for row, column, _ in cells:
        parent[root(~column)] = root(row)
    members: dict[int, list[Cell]] = {}
    for cell in cells:
        members.setdefault(root(cell[0]), []).append(cell)
    return list(members.values())


def _assign(edges: Sequence[tuple[int, int, float]]) -> list[float]:
    """Weights of a heaviest matching; a row or column alone with its rivals simply takes the heaviest."""
    rows, columns = sorted({row for row, _, _ in edges}), sorted({column for _, column, _ in edges})
    if len(rows) == 1 or len(columns) == 1:
        return [max(weight for _, _, weight in edges)]
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    row_of, column_of = {row: i for i, row in enumerate(rows)}, {column: j for j, column in enumerate(columns)}
    exact = {(row_of[row], column_of[column]): weight for row, column, weight in edges}
    weights = np.zeros((len(rows), len(columns)))
    for place, weight in exact.items():
        weights[place] = weight
    chosen = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    return [exact[int(row), int(column)] for row, column in chosen if (int(row), int(column)) in exact]
