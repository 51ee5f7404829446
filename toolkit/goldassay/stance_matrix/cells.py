"""The cells of a stance matrix: all stances of one holder on one target, over all documents.

`opinion` (evaluation, position, intent) and `belief` are two matrices and never mixed: who accuses does not oppose.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from goldassay.layers.base import GoldDocument, Options, Pair
from goldassay.layers.item_text import said_name
from goldassay.layers.stance_lifting import lift_stances
from goldassay.layers.stance_records import Stances, identify, of_view, read_stances
from goldassay.match.stance import align_stances
from goldassay.model.predictions import Prediction, Reference
from goldassay.model.stances import sign
from goldassay.stance_matrix.nodes import Node, NodeTable, find_node, join_nodes, tell_apart, unresolved_node

CellKey = tuple[str, str]
"""Keys of holder and target."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one holder says of one target.

    n          number of stances
    grade      their mean grade, -2 to 2; null where one of them has none
    low, high  the mean if each had its lowest, its highest acceptable grade; null as `grade`
    sign       the sign of `grade`, without grades that of the sum of signs: -1, 0 or 1
    mixed      whether the stances have different signs
    documents  ids of the documents, sorted
    core       whether the cell counts; one that has optional or repeated stances only does not, and holds those
    """

    n: int
    grade: Fraction | None
    low: Fraction | None
    high: Fraction | None
    sign: int
    mixed: bool
    documents: tuple[str, ...]
    core: bool = True

    @property
    def signs(self) -> frozenset[int]:
        """The signs that are right: that of the mean, and those of the lowest and highest acceptable mean."""
        return frozenset({self.sign, *(sign_of(mean) for mean in (self.low, self.high) if mean is not None)})


@dataclass(frozen=True, slots=True)
class Matrix:
    """A stance matrix.

    name         whose it is
    nodes        rows and columns by key, sorted
    cells        {(holder, target): cell}, sorted; what is absent is no stance, not a neutral one
    n_documents  documents with annotated stances
    """

    name: str
    kind: str
    nodes: Mapping[str, Node]
    cells: Mapping[CellKey, Cell]
    n_documents: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One stance on its way into a cell; `grades` are the acceptable ones, the one that was given first."""

    doc_id: str
    holder: Node
    target: Node
    sign: int
    grades: tuple[int, ...]
    core: bool


def build_matrices(
    documents: Sequence[GoldDocument],
    predictions: Mapping[str, Prediction] | None = None,
    *,
    kind: str = "opinion",
    rollup: bool = False,
    options: Options | None = None,
    names: tuple[str, str] = ("gold", "system"),
) -> tuple[Matrix, Matrix]:
    """The matrices of the gold and of a system, over the documents whose stances are annotated.

    Args:
        documents: The gold.
        predictions: What the system said, by document id; nothing for the gold alone, and its matrix is then empty.
        kind: `opinion` or `belief`.
        rollup: Lift people and nationalities to their state on both sides, by the gold's roll-up.
        options: How names are resolved.
        names: What the matrices are called.

    Predictions that align with optional or repeated gold do not count, as everywhere in the stances layer.
    """
    said = predictions or {}
    annotated = sorted((item for item in documents if item.stances is not None), key=lambda item: item.document.doc_id)
    pairs = [Pair(item, said.get(_id(item), Prediction(doc_id=_id(item)))) for item in annotated]
    chosen = options or Options()
    stances = of_view(read_stances(pairs, identify(pairs, chosen)), kind)
    if rollup:
        stances = lift_stances(stances, pairs)
    table = join_nodes(annotated)
    gold = list(_gold_statements(stances, table))
    predicted = list(_predicted_statements(stances, pairs, table))
    nodes = tell_apart([node for item in (*gold, *predicted) for node in (item.holder, item.target)])
    return (
        Matrix(names[0], kind, nodes, collect_cells(gold), len(pairs)),
        Matrix(names[1], kind, nodes, collect_cells(predicted), len(pairs)),
    )


def collect_cells(statements: Iterable[Statement]) -> dict[CellKey, Cell]:
    """The cells of these statements, sorted by key.

    >>> from goldassay.stance_matrix.nodes import Node
    >>> one, two = Node("a", "entity", "Ruritania"), Node("b", "entity", "Zenda")
    >>> cells = collect_cells([Statement(d, one, two, 1, (grade,), True) for d, grade in (("d1", 2), ("d2", 1))])
    >>> cells["a", "b"].grade, cells["a", "b"].documents  # (2 + 1) / 2
    (Fraction(3, 2), ('d1', 'd2'))
    """
    at: dict[CellKey, list[Statement]] = defaultdict(list)
    for item in statements:
        at[item.holder.key, item.target.key].append(item)
    return {key: _cell(items) for key, items in sorted(at.items())}


def sign_of(value: Fraction) -> int:
    """-1, 0 or 1."""
    return (value > 0) - (value < 0)


def _cell(items: Sequence[Statement]) -> Cell:
    counted = [item for item in items if item.core] or list(items)
    n, core = len(counted), any(item.core for item in items)
    graded = all(item.grades for item in counted)
    grade, low, high = (
        Fraction(sum(pick(item.grades) for item in counted), n) if graded else None
        for pick in (lambda grades: grades[0], min, max)
    )
    return Cell(
        n=n,
        grade=grade,
        low=low,
        high=high,
        sign=sign(sum(item.sign for item in counted)) if grade is None else sign_of(grade),
        mixed=len({item.sign for item in counted}) > 1,
        documents=tuple(sorted({item.doc_id for item in counted})),
        core=core,
    )


def _gold_statements(stances: Stances, table: NodeTable) -> Iterator[Statement]:
    for own in stances.gold:
        doc_id = stances.units[own.unit]
        holder, target = find_node(table, doc_id, own.holder), find_node(table, doc_id, own.target)
        yield Statement(doc_id, holder, target, sign(own.grades[0]), own.grades, own.core)


def _predicted_statements(stances: Stances, pairs: Sequence[Pair], table: NodeTable) -> Iterator[Statement]:
    rows, columns = align_stances(stances.gold, stances.predicted)
    met = zip(rows.tolist(), columns.tolist(), strict=True)
    left_out = {column for row, column in met if not stances.gold[row].core}
    for column, (said, position) in enumerate(zip(stances.predicted, stances.predicted_position, strict=True)):
        pair = pairs[said.unit]
        written = (pair.predicted.stances or ())[position]
        holder = _said_node(table, pair, said.holder, written.holder)
        target = _said_node(table, pair, said.target, written.target)
        grades = () if said.grade is None else (said.grade,)
        yield Statement(stances.units[said.unit], holder, target, written.sign, grades, column not in left_out)


def _said_node(table: NodeTable, pair: Pair, resolved: str | None, written: Reference) -> Node:
    doc_id = _id(pair.gold)
    if resolved is not None:
        return find_node(table, doc_id, resolved)
    name = said_name(written, pair.predicted)
    return unresolved_node(doc_id, name, is_id=written.text is None and name in (written.entity, written.proposition))


def _id(item: GoldDocument) -> str:
    return item.document.doc_id
