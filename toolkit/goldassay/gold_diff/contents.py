"""Items of a document by kind, and what each says once its references are followed."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from goldassay.layers.base import GoldDocument
from goldassay.model.entities import Mention
from goldassay.slots.fields import KIND_LAYER, RECORD_TYPES, AnyRecord, Fields, all_fields

Call = Callable[[str], str]
"""An id in, what it is called out; names that are no ids of the document come in too."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record with its kind."""

    kind: str
    record: AnyRecord

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.record.id

    def fields(self, call: Call) -> Fields:
        """All fields but the id, with ids called otherwise; lists whose order says nothing are sorted."""
        fields = all_fields(self.record, self.kind, lambda _, id_: call(id_))
        del fields["id"]
        return fields


Items = dict[str, Item]
"""The items of a document by their ids, which are unique in it."""


def items_of(document: GoldDocument | None) -> Items:
    """The items of a document, kind by kind; nothing where there is no document.

    A type or a link of a mention that its entity has as well says nothing, and is left out.
    """
    items: Items = {}
    for kind in RECORD_TYPES:
        row = getattr(document, KIND_LAYER[kind], None)
        items |= {record.id: Item(kind, record) for record in getattr(row, kind, ())}
    for id_, item in items.items():
        if isinstance(item.record, Mention) and item.record.entity in items:
            items[id_] = Item(item.kind, _plain(item.record, items[item.record.entity].record))
    return items


def _plain(mention: Mention, entity: AnyRecord) -> Mention:
    same = [name for name in ("type", "kb_id") if getattr(mention, name) == getattr(entity, name, None)]
    return msgspec.structs.replace(mention, **dict.fromkeys(same)) if same else mention


def mentions_of(items: Items) -> dict[str, list[Item]]:
    """The mentions of each entity, in order."""
    owned: dict[str, list[Item]] = defaultdict(list)
    for item in items.values():
        if isinstance(item.record, Mention):
            owned[item.record.entity or ""].append(item)
    return owned


def number_contents(sides: Sequence[Items]) -> list[dict[str, int]]:
    """A number for each item of each side; two have the same if they say the same.

    What an item says are its fields without the id, what the items say that it refers to, and of an entity also its
    mentions. References are followed until no more items are told apart (colour refinement, Weisfeiler and Leman,
    1968), so cycles do no harm.

    >>> from goldassay.model.entities import Entity
    >>> sides = [{id_: Item("entities", Entity(id=id_, type=type_, name="Zenda"))} for id_, type_ in
    ...     (("e1", "GPE"), ("e7", "GPE"), ("e1", "LOC"))]
    >>> number_contents(sides)
    [{'e1': 0}, {'e7': 0}, {'e1': 1}]
    """
    owned = [mentions_of(items) for items in sides]
    numbers: list[dict[str, int]] = [dict.fromkeys(items, 0) for items in sides]
    told_apart = 0
    while True:
        known: dict[str, int] = {}
        numbers = [
            {id_: known.setdefault(_said(item, own, called), len(known)) for id_, item in items.items()}
            for items, own, called in zip(sides, owned, numbers, strict=True)
        ]
        if len(known) <= told_apart:
            return numbers
        told_apart = len(known)


def _said(item: Item, owned: Mapping[str, Sequence[Item]], numbers: Mapping[str, int]) -> str:
    def call(id_: str) -> str:
        return f"#{numbers[id_]}" if id_ in numbers else f"={id_}"

    mentions = sorted(encode(one.fields(lambda _: "")) for one in owned.get(item.id, ()) if item.kind == "entities")
    return encode([item.kind, item.fields(call), mentions])


def encode(value: object) -> str:
    """Values as they are compared: canonical JSON."""
    return json.dumps(value, sort_keys=True)
