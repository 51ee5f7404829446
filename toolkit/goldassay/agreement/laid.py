"""Both annotations of a document side by side, and how labels are read off them."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from goldassay.agreement.sides import Pair
from goldassay.layers.entities import mention_type
from goldassay.passes.adjudication import lay_out_passes
from goldassay.slots.disagreements import SIDES
from goldassay.slots.layout import Slot


class Laid(NamedTuple):
    """A document's slots with the types of the entities of each side."""

    pair: Pair
    slots: list[Slot]
    types: dict[str, dict[str, str]]


def lay_out_pair(pair: Pair) -> Laid:
    """Put both annotations of a document side by side."""
    types = {
        side: {entity.id: str(entity.type) for entity in one.entities.entities}
        for side, one in zip(SIDES, (pair.a, pair.b), strict=True)
    }
    return Laid(pair, lay_out_passes(pair.a, pair.b), types)


Read = Callable[[Laid, Slot, str], Hashable]
"""A label of the record that a slot holds for one side."""


def read_field(name: str) -> Read:
    """The compared field of that name."""
    return lambda laid, slot, side: slot.fields[side][name]


def read_type(laid: Laid, slot: Slot, side: str) -> Hashable:
    """The type of a mention, its own or its entity's."""
    record: Any = slot.records[side]
    return mention_type(record, laid.types[side])


def both(laid: Sequence[Laid], kind: str) -> Iterator[tuple[Laid, Slot]]:
    """The slots of a kind that both sides fill."""
    for one in laid:
        for slot in one.slots:
            if slot.kind == kind and all(side in slot.records for side in SIDES):
                yield one, slot


def count(laid: Sequence[Laid], kind: str, side: str) -> int:
    """How many records of a kind a side has."""
    return sum(slot.kind == kind and side in slot.records for one in laid for slot in one.slots)
