"""Which item of one gold is which of the other."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from functools import partial

from goldassay.gold_diff.contents import Item, Items, encode, mentions_of, number_contents
from goldassay.slots.fields import RECORD_TYPES, Fields

Pairs = dict[str, str]
"""The ids of the second gold by those of the first."""

Key = Callable[[Item], str | None]

_PLACES: dict[str, tuple[tuple[str, ...], ...]] = {
    "entities": (("type", "name"),),
    "mentions": (("spans", "entity"), ("spans",)),
    "propositions": (("gloss",),),
    "times": (("spans",),),
    "attributions": (("cue_spans", "content_spans"), ("content_spans",), ("cue_spans",)),
    "stances": (
        ("holder", "target", "dimension", "expression_spans"),
        ("holder", "target", "expression_spans"),
        ("dimension", "expression_spans"),
        ("holder", "target", "dimension"),
    ),
    "numeric_facts": (("numbers",),),
}
"""By which fields items that do not say the same are taken for one, from the closest to the loosest."""


def pair_by_id(old: Items, new: Items) -> Pairs:
    """Items of one kind and id."""
    return {id_: id_ for id_, item in old.items() if id_ in new and new[id_].kind == item.kind}


def pair_by_content(old: Items, new: Items) -> Pairs:
    """Items that say the same; of the rest those at the same place; of the rest those with the same id.

    Kinds are paired in the order of `RECORD_TYPES`, so that the places of stances can name the entities of both sides.
    Entities that share mentions are at the same place, those that share most of them first. Where several would do,
    one with the same id is taken, else the first.

    >>> from goldassay.model.entities import Entity
    >>> zenda, dol = (Entity(id=id_, type="GPE", name=name) for id_, name in (("e1", "Zenda"), ("e2", "Dol")))
    >>> other = Entity(id="e1", type="GPE", name="Dol")
    >>> pair_by_content({one.id: Item("entities", one) for one in (zenda, dol)}, {"e1": Item("entities", other)})
    {'e2': 'e1'}
    """
    numbers, others = number_contents([old, new])
    joining = _Joining(old, new)
    for kind in RECORD_TYPES:
        joining.begin(kind)
        joining.join(lambda one: str(numbers[one.id]), lambda one: str(others[one.id]))
        if kind == "entities":
            joining.join_overlapping()
        joining.join(*joining.keys(encode))
        for names in _PLACES[kind]:
            joining.join(*joining.keys(partial(_place, names)))
        joining.join(lambda one: one.id, lambda one: one.id)
    return joining.pairs


def _place(names: Sequence[str], fields: Fields) -> str | None:
    """The fields of a place, null if one of them is empty."""
    values = [_numbers(fields) if name == "numbers" else fields[name] for name in names]
    return encode(values) if all(values) else None


def _numbers(fact: Fields) -> list[object]:
    """Where the numerals of a fact stand."""
    return [one["number"]["spans"] for one in fact["mentions"]]


class _Joining:
    """Pairs in the making: what is left of one kind on both sides."""

    def __init__(self, old: Items, new: Items) -> None:
        self.old, self.new = old, new
        self.pairs: Pairs = {}
        self.left: list[Item] = []
        self.right: list[Item] = []

    def begin(self, kind: str) -> None:
        """Turn to the items of the next kind."""
        self.left = [one for one in self.old.values() if one.kind == kind]
        self.right = [one for one in self.new.values() if one.kind == kind]

    def keys(self, key: Callable[[Fields], str | None]) -> tuple[Key, Key]:
        """A key of fields for each side: items already paired are called the same, all others `?`."""
        back = {other: one for one, other in self.pairs.items()}

        def call(id_: str) -> str:
            return f"#{id_}" if id_ in self.pairs else "?" if id_ in self.old else f"={id_}"

        def call_new(id_: str) -> str:
            return f"#{back[id_]}" if id_ in back else "?" if id_ in self.new else f"={id_}"

        return lambda one: key(one.fields(call)), lambda one: key(one.fields(call_new))

    def join(self, key: Key, key_new: Key) -> None:
        """Pair what is left and has the same key."""
        if not self.left or not self.right:
            return
        waiting: dict[str, list[Item]] = defaultdict(list)
        for one in self.right:
            name = key_new(one)
            if name is not None:
                waiting[name].append(one)
        # Those with the same id come first, so that no other takes their partner.
        keyed = [(one, waiting.get(key(one) or "", [])) for one in self.left]
        found: Pairs = {one.id: one.id for one, others in keyed if any(other.id == one.id for other in others)}
        taken = set(found.values())
        for one, others in keyed:
            free = next((other.id for other in others if other.id not in taken), None)
            if one.id not in found and free is not None:
                found[one.id] = free
                taken.add(free)
        self._take(found)

    def join_overlapping(self) -> None:
        """Pair entities that share mentions: those that share most first, of these those that share least else."""
        places, others = (_mention_places(items) for items in (self.old, self.new))
        shared = [
            (
                -len(places[one.id] & others[other.id]),
                len(places[one.id] | others[other.id]),
                _place(("type", "name"), one.fields(str)) != _place(("type", "name"), other.fields(str)),
                one.id != other.id,
                one.id,
                other.id,
            )
            for one in self.left
            for other in self.right
            if places[one.id] & others[other.id]
        ]
        found: Pairs = {}
        for *_, one_id, other_id in sorted(shared):
            if one_id not in found and other_id not in found.values():
                found[one_id] = other_id
        self._take(found)

    def _take(self, found: Pairs) -> None:
        self.pairs |= found
        self.left = _without(self.left, found)
        self.right = _without(self.right, set(found.values()))


def _without(items: Iterable[Item], ids: Container[str]) -> list[Item]:
    return [one for one in items if one.id not in ids]


def _mention_places(items: Items) -> defaultdict[str, set[str]]:
    owned = mentions_of(items)
    return defaultdict(set, {id_: {encode(one.record.spans) for one in group} for id_, group in owned.items()})  # type: ignore[union-attr]
