"""One annotation of a document, and the table of slots that fills up as versions are put beside each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from goldassay.match.assignment import match_heaviest
from goldassay.model.entities import EntitiesRow
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.stances import StancesRow
from goldassay.slots.fields import KIND_LAYER, RECORD_TYPES, AnyRecord


@dataclass(frozen=True, slots=True)
class Version:
    """One annotation of a document: a pass or the gold; a layer that it does not speak of is null."""

    name: str
    entities: EntitiesRow | None
    stances: StancesRow | None
    numeric_facts: NumericFactsRow | None

    def records(self, kind: str) -> Sequence[AnyRecord]:
        """The records of one kind; none where the layer is null."""
        row = getattr(self, KIND_LAYER[kind])
        found: Sequence[AnyRecord] = getattr(row, kind) if row is not None else ()
        return found


class Placed(NamedTuple):
    """A record with the name of its version; of the kind that the matching at hand is about."""

    version: str
    record: Any


Cell = dict[str, AnyRecord]
"""What stands in one slot: a record by the name of its version."""

Like = Callable[[Placed, Placed], int]
"""How like two records of two versions are: 0 keeps them apart."""


@dataclass(frozen=True, slots=True)
class Table:
    """Slots by kind, and the slot of each record by version, kind and id."""

    cells: dict[str, list[Cell]] = field(default_factory=lambda: {kind: [] for kind in RECORD_TYPES})
    places: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def put(self, version: str, kind: str, place: int | None, record: AnyRecord) -> None:
        """Put a record into a slot, or into a new one."""
        if place is None:
            place = len(self.cells[kind])
            self.cells[kind].append({})
        self.cells[kind][place][version] = record
        self.places[(version, kind, record.id)] = place

    def refer(self, version: str, kind: str, id_: str | None) -> int | str | None:
        """What a reference means: the number of a slot, so that versions can be compared; else the name as it is."""
        return None if id_ is None else self.places.get((version, kind, id_), id_)


def match_records(table: Table, version: str, kind: str, records: Sequence[AnyRecord], like: Like) -> list[AnyRecord]:
    """Put records into the slots that still lack this version, one to a slot, so that they are most like together.

    A slot is as like a record as the likest record in it. Returns the records that found no slot.
    """
    edges = [
        (place, index, weight)
        for place, cell in enumerate(table.cells[kind])
        if version not in cell
        for index, record in enumerate(records)
        if (weight := max(like(Placed(name, other), Placed(version, record)) for name, other in cell.items())) > 0
    ]
    columns = np.array(edges, dtype=np.int64).reshape(-1, 3)
    chosen = columns[match_heaviest(columns[:, 0], columns[:, 1], columns[:, 2])].tolist()
    for place, index, _ in chosen:
        table.put(version, kind, place, records[index])
    met = {index for _, index, _ in chosen}
    return [record for index, record in enumerate(records) if index not in met]


def add_slots(table: Table, version: str, kind: str, records: Sequence[AnyRecord]) -> None:
    """A slot of its own for each record."""
    for record in records:
        table.put(version, kind, None, record)
