"""One-to-one matching of largest total weight, per connected component, with ties broken by order.

Rows and columns come sorted. Among the matchings of largest weight the one is taken in which the first row gets its
first possible column, then the second row, and so on (no column comes last). In components of more than
`LARGE` rows or columns the solver's own, likewise deterministic, choice among equally good matchings stands.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from goldassay.match.columns import BoolArray, IntArray

LARGE = 64
_ENUMERABLE = 4096

Edge = tuple[int, int, int]
"""Row, column, weight > 0."""


def match_heaviest(row: IntArray, column: IntArray, weight: IntArray) -> BoolArray:
    """Choose edges so that no row or column is used twice and the total weight is largest.

    Args:
        row: Row of each edge. Shape (E,).
        column: Column of each edge. Shape (E,). No pair (row, column) may occur twice.
        weight: Positive integers below 2^53 in sum. Shape (E,).

    Returns:
        Which edges are chosen. Shape (E,).

    >>> match_heaviest(np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([5, 4, 3])).tolist()  # 4 + 3 > 5
    [False, True, True]
    >>> match_heaviest(np.array([0, 0]), np.array([0, 1]), np.array([7, 7])).tolist()  # a tie: the first column
    [True, False]
    """
    chosen = np.zeros(len(row), dtype=np.bool_)
    for edges in _components(row, column):
        if len(edges) == 1:
            chosen[edges[0]] = True
            continue
        component = [(int(row[e]), int(column[e]), int(weight[e])) for e in edges]
        picked = set(_solve(component))
        for e, (r, c, _) in zip(edges, component, strict=True):
            chosen[e] = (r, c) in picked
    return chosen


def _components(row: IntArray, column: IntArray) -> list[list[int]]:
    """Edge numbers of each connected component, edges sorted by (row, column)."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    for r, c in zip(row.tolist(), column.tolist(), strict=True):
        parent[root(~c)] = root(r)
    members: dict[int, list[int]] = defaultdict(list)
    for edge in np.lexsort((column, row)).tolist():
        members[root(int(row[edge]))].append(edge)
    return list(members.values())


def _solve(edges: Sequence[Edge]) -> list[tuple[int, int]]:
    options: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for r, c, w in edges:
        options[r].append((c, w))
    ways = 1
    for choices in options.values():
        ways = min(ways * (len(choices) + 1), _ENUMERABLE + 1)
    return _enumerate(options) if ways <= _ENUMERABLE else _assign(edges)


def _enumerate(options: dict[int, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Try all matchings in order; the first of the best ones wins, which is the tie rule."""
    rows = list(options)
    rest = [0] * (len(rows) + 1)
    for index in reversed(range(len(rows))):
        rest[index] = rest[index + 1] + max(w for _, w in options[rows[index]])
    best_total, best = -1, [(-1, -1)]
    stack: list[tuple[int, int, tuple[tuple[int, int], ...]]] = [(0, 0, ())]
    while stack:
        index, total, picked = stack.pop()
        if total + rest[index] <= best_total:
            continue
        if index == len(rows):
            best_total, best = total, list(picked)
            continue
        used = {c for _, c in picked}
        stack.append((index + 1, total, picked))
        for c, w in reversed(options[rows[index]]):
            if c not in used:
                stack.append((index + 1, total + w, (*picked, (rows[index], c))))
    return best


def _assign(edges: Sequence[Edge]) -> list[tuple[int, int]]:
    """Hungarian method on the component; then rows take, in order, the first column that keeps the total."""
    rows, columns = sorted({r for r, _, _ in edges}), sorted({c for _, c, _ in edges})
    row_index, column_index = {r: i for i, r in enumerate(rows)}, {c: j for j, c in enumerate(columns)}
    weights = np.zeros((len(rows), len(columns)))
    for r, c, w in edges:
        weights[row_index[r], column_index[c]] = w
    total, pairs = _best(weights)
    if max(weights.shape) <= LARGE:
        pairs = _first_of_best(weights, total)
    return [(rows[i], columns[j]) for i, j in pairs]


def _best(weights: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> tuple[float, list[tuple[int, int]]]:
    from scipy.optimize import linear_sum_assignment

    i, j = linear_sum_assignment(weights, maximize=True)
    pairs = [(int(a), int(b)) for a, b in zip(i, j, strict=True) if weights[a, b] > 0]
    return float(weights[i, j].sum()), pairs


def _first_of_best(weights: np.ndarray[tuple[int, int], np.dtype[np.float64]], total: float) -> list[tuple[int, int]]:
    rest, pairs = weights.copy(), []
    for i in range(len(weights)):
        row = rest[i].copy()
        rest[i] = 0.0
        for j in np.flatnonzero(row):
            column = rest[:, j].copy()
            rest[:, j] = 0.0
            if row[j] + _best(rest)[0] == total:
                pairs.append((i, int(j)))
                total -= row[j]
                break
            rest[:, j] = column
    return pairs
