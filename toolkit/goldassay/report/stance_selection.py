"""What a picture of a stance matrix shows: the strongest holders, targets and cells; the rest is counted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from goldassay.model.printable import printable
from goldassay.stance_matrix.cells import Cell, CellKey, Matrix
from goldassay.stance_matrix.difference import STATUSES, Change, Difference
from goldassay.stance_matrix.nodes import Node

SIGNS = {1: "+", 0: "0", -1: "−"}
MIXED = "±"
"""Stands behind the sign of a cell whose stances have different signs."""
TOP = 25
EDGES_PER_NODE = 2
"""A graph shows at most this many edges for each of the top holders."""
WORDS = {"same": "same", "weaker": "weaker", "stronger": "stronger", "missing": "missed", "extra": "extra"}
"""What is written on an edge of the difference; a flipped one shows both signs instead."""
FULL = 400
"""Characters of a name in a title."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A cell as it is drawn.

    cell      the gold's cell; of an extra one, or in a system's own picture, the system's
    status    null in a picture of one matrix
    other     the system's cell in a difference, null where it has none
    """

    holder: str
    target: str
    cell: Cell
    status: str | None = None
    other: Cell | None = None

    @property
    def n(self) -> int:
        """Number of stances, which decides what is shown and how thick it is."""
        return self.cell.n

    @property
    def label(self) -> str:
        """What is written on it: the sign always, so that nothing depends on colour.

        >>> from fractions import Fraction
        >>> plus, minus = (Cell(2, Fraction(g), Fraction(g), Fraction(g), g, False, ("d1",)) for g in (1, -1))
        >>> Edge("a", "b", plus).label, Edge("a", "b", minus, "flipped", plus).label
        ('+ ×2', '−→+')
        """
        if self.status == "flipped" and self.other is not None:
            return f"{SIGNS[self.cell.sign]}→{SIGNS[self.other.sign]}"
        if self.status is not None:
            return f"{sign_mark(self.cell)} {WORDS[self.status]}"
        return sign_mark(self.cell) + (f" ×{self.n}" if self.n > 1 else "")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is drawn.

    name      whose matrix, or the difference of which
    holders   keys of rows, the strongest first
    targets   keys of columns, entities before propositions, the strongest first
    caption   what is shown of how much, and what was left out
    """

    name: str
    kind: str
    nodes: Mapping[str, Node]
    holders: tuple[str, ...]
    targets: tuple[str, ...]
    edges: tuple[Edge, ...]
    caption: tuple[str, ...]

    @property
    def is_difference(self) -> bool:
        """Whether the edges have a status."""
        return any(edge.status is not None for edge in self.edges)


def sign_mark(cell: Cell) -> str:
    """The sign of a cell as it is printed.

    >>> from fractions import Fraction
    >>> sign_mark(Cell(2, Fraction(0), Fraction(0), Fraction(0), 0, True, ("d1",)))
    '0±'
    """
    return SIGNS[cell.sign] + (MIXED if cell.mixed else "")


def node_label(node: Node, limit: int = FULL) -> str:
    """The printable name of a node; that of an unresolved one begins with a question mark."""
    return ("? " if node.kind == "unresolved" else "") + printable(node.label, limit)


def rank_cells(shown: Matrix | Difference) -> list[CellKey]:
    """All cells, those with most stances first; equal ones by key."""
    if isinstance(shown, Matrix):
        return sorted(shown.cells, key=lambda key: (-shown.cells[key].n, key))
    return sorted(shown.changes, key=lambda key: (-_larger(shown.changes[key]), key))


def _larger(change: Change) -> int:
    return max(cell.n for cell in (change.gold, change.system) if cell is not None)


def list_edges(shown: Matrix | Difference) -> Iterator[Edge]:
    """The cells that are drawn: those that count, the strongest first."""
    for key in rank_cells(shown):
        if isinstance(shown, Matrix):
            if shown.cells[key].core:
                yield Edge(*key, shown.cells[key])
        else:
            change = shown.changes[key]
            cell = change.gold or change.system
            if change.status != "optional" and cell is not None:
                yield Edge(*key, cell, change.status, change.system if change.gold is not None else None)


def select_cells(shown: Matrix | Difference, *, top: int = TOP, edges_per_node: int | None = None) -> Shown:
    """The `top` strongest holders and targets, targets being half entities and half propositions where both abound.

    Args:
        shown: A matrix or a difference.
        top: How many rows, and how many columns at most.
        edges_per_node: With a number, at most so many edges times `top` are kept, of a difference the same share of
            each status, and no row or column without one.
    """
    every = list(list_edges(shown))
    nodes = shown.nodes
    of_holder, of_target = Counter[str](), Counter[str]()
    for edge in every:
        of_holder[edge.holder] += edge.n
        of_target[edge.target] += edge.n
    holders = set(_strongest(of_holder)[:top])
    targets = set(_strongest_targets(of_target, nodes, top))
    kept = [edge for edge in every if edge.holder in holders and edge.target in targets]
    if edges_per_node is not None:
        kept = _strongest_of_each(kept)[: edges_per_node * top]
    # A row whose cells all stand in columns that are not shown would be empty.
    rows, columns = {edge.holder for edge in kept}, {edge.target for edge in kept}
    ordered = sorted(_strongest(of_target), key=lambda key: nodes[key].kind == "proposition")
    difference = isinstance(shown, Difference)
    return Shown(
        name=f"{shown.system.name} against {shown.gold.name}" if isinstance(shown, Difference) else shown.name,
        kind=shown.gold.kind if isinstance(shown, Difference) else shown.kind,
        nodes=nodes,
        holders=tuple(key for key in _strongest(of_holder) if key in rows),
        targets=tuple(key for key in ordered if key in columns),
        edges=tuple(kept),
        caption=tuple(_caption(shown, every, kept, len(of_holder), len(of_target), difference=difference)),
    )


def _strongest(weights: Counter[str]) -> list[str]:
    return sorted(weights, key=lambda key: (-weights[key], key))


def _strongest_of_each(edges: Sequence[Edge]) -> list[Edge]:
    """Edges in an order of which every start has its share of each status, the strongest of it.

    What both sides have is stronger than what one lacks; by strength alone a picture would show no missed stance.
    """
    counts = Counter(edge.status for edge in edges)
    seen = Counter[str | None]()
    ranked = []
    for n, edge in enumerate(edges):
        seen[edge.status] += 1
        ranked.append((Fraction(seen[edge.status], counts[edge.status]), n))
    return [edges[n] for _, n in sorted(ranked)]


def _strongest_targets(weights: Counter[str], nodes: Mapping[str, Node], top: int) -> list[str]:
    """Propositions seldom recur over documents; by strength alone the entities would crowd them out."""
    propositions = [key for key in _strongest(weights) if nodes[key].kind == "proposition"]
    others = [key for key in _strongest(weights) if nodes[key].kind != "proposition"]
    n = max(top // 2, top - len(propositions))
    return [*others[:n], *propositions[: top - min(n, len(others))]]


def _caption(
    shown: Matrix | Difference,
    every: Sequence[Edge],
    kept: Sequence[Edge],
    n_holders: int,
    n_targets: int,
    *,
    difference: bool,
) -> Iterator[str]:
    matrix = shown.gold if isinstance(shown, Difference) else shown
    rows, columns = len({edge.holder for edge in kept}), len({edge.target for edge in kept})
    yield (
        f"{matrix.kind}, {matrix.n_documents} documents; drawn: {rows} of {n_holders} holders, {columns} of "
        f"{n_targets} targets, {len(kept)} of {len(every)} cells, those with most stances"
        f"{' of each kind' if difference else ''}"
    )
    folded = sum(edge.n for edge in every) - sum(edge.n for edge in kept)
    left = len(shown.changes if isinstance(shown, Difference) else shown.cells) - len(every)
    notes = [f"not drawn: {folded} stances in {len(every) - len(kept)} cells"] if folded else []
    notes += [f"{left} cells that hold optional stances only"] if left else []
    if difference:
        counts = Counter(edge.status for edge in every)
        drawn = Counter(edge.status for edge in kept)
        found = [(WORDS.get(status, status), drawn[status], counts[status]) for status in STATUSES if counts[status]]
        yield "; ".join(f"{word}: {part} of {whole}" for word, part, whole in found)
    if notes:
        yield "; ".join(notes) if folded else f"not drawn: {notes[0]}"


def describe_edge(edge: Edge, nodes: Mapping[str, Node]) -> str:
    """The full text of an edge, for titles."""
    words = [f"{node_label(nodes[edge.holder])} → {node_label(nodes[edge.target])}: {_describe(edge.cell)}"]
    if edge.status is not None:
        words.append(f"{edge.status}" + (f" (system: {_describe(edge.other)})" if edge.other is not None else ""))
    return "; ".join(words)


def _describe(cell: Cell) -> str:
    grade = "no grade" if cell.grade is None else f"mean grade {float(cell.grade):+.2f}"
    of = f"{cell.n} stance{'' if cell.n == 1 else 's'} in {len(cell.documents)} document"
    return f"{sign_mark(cell)}, {grade}, {of}{'' if len(cell.documents) == 1 else 's'}"
