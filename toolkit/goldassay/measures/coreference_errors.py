"""Classes of coreference errors, read off the table of shared mentions of key and response clusters.

- `split`: a key cluster whose mentions lie in two response clusters or more.
- `merged`: a response cluster with mentions of two key clusters or more.
- `missing entity`: a key cluster none of whose mentions lies in a response cluster.
- `spurious entity`: a response cluster none of whose mentions lies in a key cluster.
- `conflated mention`: a shared mention of a merged response cluster that belongs to another key cluster than the one
  that has most mentions there (of equals, the first in the key).

The first four count clusters, the last one mentions. Mentions of one side only make no cluster split or merged: they
are errors of the mentions. Two partitions without any of the five are equal but for such mentions. After Kummerfeld
and Klein (2013), who count repairs (divided, conflated, missing, extra) instead.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import Literal, NamedTuple

from goldassay.measures.contingency import Cell, Clusters, Contingency, cross_clusters

Kind = Literal["split", "merged", "missing entity", "spurious entity", "conflated mention"]
KINDS: tuple[Kind, ...] = ("split", "merged", "missing entity", "spurious entity", "conflated mention")


class ClusterError(NamedTuple):
    """One error: indices of the key and response clusters concerned; the mention, if it is a mention's.

    The key clusters of a conflated mention are its own and the one that has most of the response cluster, in this
    order; all others are in the order of the sides.
    """

    kind: Kind
    key: tuple[int, ...]
    response: tuple[int, ...]
    mention: Hashable | None = None


def count_coreference_errors(table: Contingency) -> dict[Kind, int]:
    """How many errors of each class, from the table alone.

    >>> table = cross_clusters([["a", "b", "c"], ["d"], ["e"]], [["a", "b", "d"], ["c"], ["x"]])
    >>> count_coreference_errors(table)  # abc falls in two, abd holds two; e and x have no partner; d is conflated
    {'split': 1, 'merged': 1, 'missing entity': 1, 'spurious entity': 1, 'conflated mention': 1}
    """
    rows, columns = _by_row(table), _by_column(table)
    return {
        "split": sum(len(cells) > 1 for cells in rows.values()),
        "merged": sum(len(cells) > 1 for cells in columns.values()),
        "missing entity": len(table.key) - len(rows),
        "spurious entity": len(table.response) - len(columns),
        "conflated mention": sum(
            sum(count for *_, count in cells) - max(count for *_, count in cells) for cells in columns.values()
        ),
    }


def find_coreference_errors(key: Clusters, response: Clusters) -> list[ClusterError]:
    """Every error, in the order of the classes and, inside a class, of the clusters.

    No mention may stand twice on one side. The counts by class are those of `count_coreference_errors`.

    >>> for error in find_coreference_errors([["a", "b"], ["c"]], [["a", "b", "c"]]):
    ...     print(error.kind, error.key, error.response, error.mention)
    merged (0, 1) (0,) None
    conflated mention (1, 0) (0,) c
    """
    table = cross_clusters(key, response)
    rows, columns = _by_row(table), _by_column(table)
    found = [
        ClusterError("split", (row,), tuple(column for _, column, _ in cells))
        for row, cells in rows.items()
        if len(cells) > 1
    ]
    merged = {column: cells for column, cells in sorted(columns.items()) if len(cells) > 1}
    found += [ClusterError("merged", tuple(row for row, *_ in cells), (column,)) for column, cells in merged.items()]
    found += [ClusterError("missing entity", (row,), ()) for row in range(len(key)) if row not in rows]
    found += [
        ClusterError("spurious entity", (), (column,)) for column in range(len(response)) if column not in columns
    ]
    for column, cells in merged.items():
        found += _conflated(key, response, column, cells)
    return found


def _conflated(key: Clusters, response: Clusters, column: int, cells: Sequence[Cell]) -> list[ClusterError]:
    # max keeps the first of equals, and cells stand in the order of the key.
    owner = max(cells, key=lambda cell: cell[2])[0]
    here = set(response[column])
    return [
        ClusterError("conflated mention", (row, owner), (column,), mention)
        for row, *_ in cells
        if row != owner
        for mention in key[row]
        if mention in here
    ]


def _by_row(table: Contingency) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell[0]].append(cell)
    return rows


def _by_column(table: Contingency) -> dict[int, list[Cell]]:
    columns: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        columns[cell[1]].append(cell)
    return columns
