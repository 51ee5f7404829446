"""Where two passes disagree: each slot in which one lacks the record, or in which some field differs."""

from collections.abc import Iterable
from dataclasses import dataclass

from goldassay.slots.fields import Fields, field_defaults, field_names
from goldassay.slots.layout import Slot

SIDES = ("a", "b")
"""The names of the two passes as versions, and in decisions."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One slot on which the passes differ.

    id       `doc_id/kind/record`, made of the first pass's ids, or of `b:` and the second's where the first has no
             such record; a mention is its entity and its place: `seed-002/mentions/e3@120-131`
    fields   those in dispute; none where one pass has no such record, so that the record itself is
    """

    id: str
    slot: Slot
    fields: tuple[str, ...]


def slot_id(doc_id: str, slot: Slot) -> str:
    """The id of a slot in its corpus, which is also that of a disagreement about it."""
    return f"{doc_id}/{slot.kind}/{slot.id}"


def find_disagreements(doc_id: str, slots: Iterable[Slot]) -> list[Disagreement]:
    """All disagreements of the versions `a` and `b`, in the order of the slots."""
    return [
        Disagreement(slot_id(doc_id, slot), slot, fields)
        for slot in slots
        if (fields := disputed_fields(slot)) is not None
    ]


def disputed_fields(slot: Slot) -> tuple[str, ...] | None:
    """The fields on which both passes differ; none if only one has the record; null if there is no dispute."""
    a, b = (slot.fields.get(side) for side in SIDES)
    if a is None and b is None:
        return None
    if a is None or b is None:
        return ()
    return tuple(name for name in field_names(slot.kind) if a[name] != b[name]) or None


def told_fields(disagreement: Disagreement, version: str) -> Fields | None:
    """What a version says on the matter: the fields in dispute, or all that it fills in; null if it has no record."""
    slot = disagreement.slot
    fields = slot.fields.get(version)
    if fields is None:
        return None
    if disagreement.fields:
        return {name: fields[name] for name in disagreement.fields}
    defaults = field_defaults(slot.kind)
    return {name: value for name, value in fields.items() if name not in defaults or value != defaults[name]}
