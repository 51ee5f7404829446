"""Several annotations of one document side by side: one slot a record, whatever ids the versions gave it.

Versions are put beside each other in their order, at most one record of a version to a slot, and each record in one
slot. What the first versions make of each other does not depend on the later ones.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from goldassay.model.entities import Mention
from goldassay.model.labels import AUTHOR, IMPLICIT
from goldassay.slots.fields import ANY, RECORD_TYPES, AnyRecord, Fields, Rename, compared_fields
from goldassay.slots.likeness import (
    CLOSE,
    like_contents,
    like_cues,
    like_entities,
    like_facts,
    like_mentions,
    like_propositions,
    like_stances,
    like_times,
    overlap,
    target_places,
)
from goldassay.slots.version import Cell, Like, Table, Version, add_slots, match_records

NO_IDS = frozenset({AUTHOR, IMPLICIT, "DCT"})
"""What stands in the place of an id: the writer, somebody unsaid, the document's time."""

Names = dict[str, list[str]]
"""A name for each slot of each kind."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One record in all versions that have it.

    id        made of the first version that has the record, so that later versions never change it
    name      what other records' fields call it: its id in the reference, where the reference has it
    records   by version
    fields    by version, with names of slots for ids
    """

    kind: str
    id: str
    name: str
    records: Cell
    fields: dict[str, Fields]


def lay_out(versions: Sequence[Version], *, reference: str | None = None) -> list[Slot]:
    """Put versions of one document side by side.

    Args:
        versions: at least one, in order of precedence; their names differ.
        reference: the version whose ids the fields speak in; the first one if null.

    Returns:
        Slots by kind; in a kind those of the first version in its order, then what the next ones add.
    """
    table = Table()
    _place_entities(table, versions)
    places = {version.name: target_places(version) for version in versions}
    _place(table, versions, "propositions", partial(like_propositions, places))
    _place(table, versions, "times", like_times)
    _place(table, versions, "attributions", partial(like_cues, table), partial(like_contents, table))
    _place(table, versions, "stances", partial(like_stances, table))
    _place(table, versions, "numeric_facts", like_facts)
    ids = _slot_ids(table, versions)
    names = _slot_names(table, versions, reference or versions[0].name)
    renames: dict[str, Rename] = {version.name: partial(_rename, table, names, version.name) for version in versions}
    return [
        _slot(kind, id_, name, cell, renames)
        for kind in RECORD_TYPES
        for cell, id_, name in zip(table.cells[kind], ids[kind], names[kind], strict=True)
    ]


def _slot(kind: str, id_: str, name: str, cell: Cell, renames: dict[str, Rename]) -> Slot:
    fields = {version: compared_fields(record, kind, renames[version]) for version, record in cell.items()}
    return Slot(kind, id_, name, cell, fields)


def _place(table: Table, versions: Sequence[Version], kind: str, *tiers: Like) -> None:
    """Put the records of one kind, version by version; a tier matches what the tiers before it left."""
    for version in versions:
        left = list(version.records(kind))
        for like in tiers:
            left = match_records(table, version.name, kind, left, like)
        add_slots(table, version.name, kind, left)


def _place_entities(table: Table, versions: Sequence[Version]) -> None:
    """Mentions of equal spans meet; then entities, by the mentions they share; then overlapping mentions of one."""
    for version in versions:
        mentions: list[AnyRecord] = _place_equal_spans(table, version)
        like = partial(like_entities, _count_votes(table, version, mentions))
        add_slots(
            table,
            version.name,
            "entities",
            match_records(table, version.name, "entities", version.records("entities"), like),
        )
        mentions = match_records(table, version.name, "mentions", mentions, partial(like_mentions, table))
        add_slots(table, version.name, "mentions", mentions)


def _place_equal_spans(table: Table, version: Version) -> list[AnyRecord]:
    """Put the mentions whose spans stand in a slot; return the others."""
    waiting: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for place, cell in enumerate(table.cells["mentions"]):
        for spans in {tuple(mention.spans) for mention in cell.values() if isinstance(mention, Mention)}:
            waiting.setdefault(spans, []).append(place)
    left: list[AnyRecord] = []
    for mention in version.entities.mentions if version.entities is not None else ():
        free = [place for place in waiting.get(tuple(mention.spans), ()) if version.name not in _at(table, place)]
        if free:
            table.put(version.name, "mentions", free[0], mention)
        else:
            left.append(mention)
    return left


def _at(table: Table, place: int) -> Cell:
    return table.cells["mentions"][place]


def _count_votes(table: Table, version: Version, free: Sequence[AnyRecord]) -> Counter[tuple[str, str, str]]:
    """How strongly mentions tie each entity of an earlier version to each of this one: equal spans 100, close ones 1.

    Keys are the earlier version and the ids of both entities.
    """
    votes: Counter[tuple[str, str, str]] = Counter()
    for cell in table.cells["mentions"]:
        own = cell.get(version.name)
        for name, other in cell.items():
            if name == version.name or not isinstance(other, Mention) or other.entity is None:
                continue
            if isinstance(own, Mention):
                votes[name, other.entity, own.entity or ""] += 100
            else:
                for mention in free:
                    if isinstance(mention, Mention) and overlap(other.spans, mention.spans) >= CLOSE:
                        votes[name, other.entity, mention.entity or ""] += 1
    return votes


def _slot_ids(table: Table, versions: Sequence[Version]) -> Names:
    """The first version's own ids; `version:id` for what it does not have. A mention is its entity and its place."""
    ids: Names = {}
    for kind in RECORD_TYPES:
        seen: Counter[str] = Counter()
        ids[kind] = []
        for cell in table.cells[kind]:
            first = next(version.name for version in versions if version.name in cell)
            record = cell[first]
            own = record.id if first == versions[0].name else f"{first}:{record.id}"
            if isinstance(record, Mention):
                place = table.refer(first, "entities", record.entity)
                entity = ids["entities"][place] if isinstance(place, int) else (place or "")
                own = f"{entity}@{'+'.join(f'{start}-{end}' for start, end in record.spans)}"
            seen[own] += 1
            ids[kind].append(own if seen[own] == 1 else f"{own}#{seen[own]}")
    return ids


def _slot_names(table: Table, versions: Sequence[Version], reference: str) -> Names:
    """The reference's own ids; for what it does not have, the version and the id."""
    return {kind: [_slot_name(cell, versions, reference) for cell in cells] for kind, cells in table.cells.items()}


def _slot_name(cell: Cell, versions: Sequence[Version], reference: str) -> str:
    if reference in cell:
        return cell[reference].id
    first = next(version.name for version in versions if version.name in cell)
    return f"{first}:{cell[first].id}"


def _rename(table: Table, names: Names, version: str, kind: str, id_: str) -> str:
    """The name of the slot in which a record stands; names that are no ids come back as they are.

    An id of nothing is named after its version, so that it is never taken for the id of another version's record.
    """
    for candidate in RECORD_TYPES if kind == ANY else (kind,):
        place = table.places.get((version, candidate, id_))
        if place is not None:
            return names[candidate][place]
    return id_ if id_ in NO_IDS else f"{version}:{id_}"
