"""Two golds side by side: documents by their ids, items by what they say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from goldassay.gold_diff.contents import Call, Item, Items, encode, items_of, number_contents
from goldassay.gold_diff.pairs import Pairs, pair_by_content, pair_by_id
from goldassay.gold_diff.records import By, DocumentChange, GoldDifference, ItemChange, KindCount, LayerChange
from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.labels import LAYERS
from goldassay.slots.fields import KIND_LAYER

_FIELDS = [name for name in Document.__struct_fields__ if name not in ("doc_id", "sha256")]
"""The fields of documents that are compared; the hash follows from the text."""


def diff_golds(
    old: Iterable[GoldDocument], new: Iterable[GoldDocument], *, names: tuple[str, str] = ("A", "B"), by: By = "content"
) -> GoldDifference:
    """What differs between two golds.

    Documents are paired by their ids. By content, items that say the same are the same whatever they are called, with
    references followed; items left over are one changed item where they stand at the same place or have the same id,
    and are added or removed otherwise. The order of items is none of the gold.

    Args:
        old: The documents of the first gold.
        new: Those of the second.
        names: What the golds are called.
        by: `id` pairs items by their ids alone, so that a renamed one is removed and added.
    """
    sides = [{one.document.doc_id: one for one in side} for side in (old, new)]
    both = sides[0].keys() & sides[1].keys()
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KIND_LAYER}
    documents: list[DocumentChange] = []
    layers: list[LayerChange] = []
    changes: list[ItemChange] = []
    for doc_id in sorted({*sides[0], *sides[1]}):
        before, after = (side.get(doc_id) for side in sides)
        documents += _diff_document(before, after)
        layers += _diff_layers(before, after) if doc_id in both else ()
        changes += _Comparison(doc_id, items_of(before), items_of(after), by).changes(counts)
    return GoldDifference(
        a=names[0],
        b=names[1],
        by=by,
        shared=len(both),
        counts=tuple(
            KindCount(layer=layer, kind=kind, **counts[kind])
            for kind, layer in _ordered_kinds()
            if any(counts[kind].values())
        ),
        documents=tuple(documents),
        layers=tuple(layers),
        changes=tuple(changes),
    )


def _ordered_kinds() -> Sequence[tuple[str, str]]:
    return sorted(KIND_LAYER.items(), key=lambda one: LAYERS.index(one[1]))


def _diff_document(old: GoldDocument | None, new: GoldDocument | None) -> Iterator[DocumentChange]:
    if old is None or new is None:
        there = old or new
        if there is not None:
            yield DocumentChange(doc_id=there.document.doc_id, change="added" if old is None else "removed")
        return
    before, after = (msgspec.to_builtins(one.document) for one in (old, new))
    names = [name for name in _FIELDS if encode(before[name]) != encode(after[name])]
    if names:
        sides: dict[str, Any] = {"before": _only(before, names), "after": _only(after, names)}
        yield DocumentChange(doc_id=old.document.doc_id, change="changed", **sides)


def _calling(numbers: Mapping[str, int]) -> Call:
    return lambda id_: f"#{numbers[id_]}" if id_ in numbers else id_


def _only(row: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _diff_layers(old: GoldDocument | None, new: GoldDocument | None) -> Iterator[LayerChange]:
    for layer in LAYERS:
        before, after = (getattr(one, layer) for one in (old, new))
        if (before is None) != (after is None) and old is not None:
            change = "added" if before is None else "removed"
            yield LayerChange(layer=layer, doc_id=old.document.doc_id, change=change)  # type: ignore[arg-type]


@dataclass(slots=True)
class _Comparison:
    """The items of one document on both sides."""

    doc_id: str
    old: Items
    new: Items
    by: By

    def changes(self, counts: dict[str, Counter[str]]) -> list[ItemChange]:
        """All changes, by kind and in the order of the items; counts are added up."""
        by_id = self.by == "id" or self.old == self.new
        pairs = pair_by_id(self.old, self.new) if by_id else pair_by_content(self.old, self.new)
        back = {other: one for one, other in pairs.items()}
        found = [self._gone(one) for one in self.old.values() if one.id not in pairs]
        found += [self._come(one, back) for one in self.new.values() if one.id not in back]
        found += self._edited(pairs, back)
        for kind, counted in counts.items():
            counted.update(
                before=sum(one.kind == kind for one in self.old.values()),
                after=sum(one.kind == kind for one in self.new.values()),
                renamed=sum(one != other and self.old[one].kind == kind for one, other in pairs.items()),
            )
        for change in found:
            counts[change.kind][change.change] += 1
        kinds = [kind for kind, _ in _ordered_kinds()]
        places = {id_: place for place, id_ in enumerate(dict.fromkeys((*self.old, *self.new)))}
        return sorted(found, key=lambda one: (kinds.index(one.kind), places[one.id]))

    def _change(self, item: Item, id_: str, **sides: Any) -> ItemChange:
        return ItemChange(layer=KIND_LAYER[item.kind], kind=item.kind, doc_id=self.doc_id, id=id_, **sides)

    def _gone(self, item: Item) -> ItemChange:
        return self._change(item, item.id, change="removed", before=item.fields(str))

    def _come(self, item: Item, back: Pairs) -> ItemChange:
        return self._change(item, item.id, change="added", after=item.fields(self._caller(back)))

    def _caller(self, back: Pairs) -> Call:
        """Ids of the second gold as those of the first."""
        return lambda id_: back.get(id_) or (f"{id_} (new)" if id_ in self.new else id_)

    def _edited(self, pairs: Pairs, back: Pairs) -> Iterator[ItemChange]:
        def call(id_: str) -> str:
            return f"#{id_}" if id_ in pairs else f"-{id_}"

        def call_new(id_: str) -> str:
            return f"#{back[id_]}" if id_ in back else f"+{id_}" if id_ in self.new else f"-{id_}"

        numbers = number_contents([self.old, self.new]) if self.by == "content" else [{}, {}]
        for one, other in ((self.old[one], self.new[other]) for one, other in pairs.items()):
            before, after = one.fields(call), other.fields(call_new)
            # Of several items that say the same it is all one which of them is referred to.
            same, alike = (item.fields(_calling(known)) for item, known in zip((one, other), numbers, strict=True))
            names = [name for name in before if before[name] != after[name] and same[name] != alike[name]]
            if names:
                sides = {"before": _only(one.fields(str), names)}
                sides["after"] = _only(other.fields(self._caller(back)), names)
                yield self._change(one, one.id, change="changed", **sides)
