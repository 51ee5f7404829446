"""What the page's script reads: one small index of all errors as columns of integers, and one block a document.

A block is parsed only when its document is chosen, so that the first paint does not wait for the texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from goldassay.layers.item_text import Item
from goldassay.model.document import Document
from goldassay.model.record import Span, spans_text
from goldassay.report.error_rules import describe_error
from goldassay.report.html.entries import LEFT_OUT, RIGHT, Entry
from goldassay.report.html.item_ids import name_entries

LAYER_TITLES = {
    "entities": "Entities",
    "coreference": "Coreference",
    "stances": "Stances",
    "attributions": "Attributions",
    "numeric_facts": "Numeric facts",
    "times": "Times",
}
"""Layers that a document view can show, in the order of their keys."""

Entries = Mapping[str, Sequence[Entry]]
"""The entries of one system by document id."""


class System(NamedTuple):
    """What the page's script has to know of one system.

    layers      the layers that it was scored on
    unanswered  {layer: ids of the documents that it did not answer there}
    """

    name: str
    entries: Entries
    layers: Sequence[str] = ()
    unanswered: Mapping[str, Sequence[str]] = {}


@dataclass(slots=True)
class _Names:
    """Strings that stand once in a list and elsewhere as their place in it."""

    places: dict[Any, int] = field(default_factory=dict)

    def place(self, name: Any) -> int:
        return self.places.setdefault(name, len(self.places))

    @property
    def names(self) -> list[Any]:
        return list(self.places)


def build_index(
    documents: Sequence[Document],
    systems: Sequence[System],
    rules: Mapping[str, str] | None,
    about: Mapping[str, str],
) -> dict[str, Any]:
    """The index: documents, layers, classes of errors, and the errors of each system.

    Args:
        documents: All documents of the gold, in the order in which they are listed.
        systems: What is known of each.
        rules: The text of each guideline rule by id; rules without a text are named by their id alone. Null where the
            gold was not made by these guidelines: then no rule is named.
        about: What an erratum says of the gold: corpus, version, fingerprint.

    An error is one row over the columns `doc`, `class`, `group`, `word`, `quoted`; it stands in its document's block in
    the same order.
    """
    shown = {entry.layer for system in systems for found in system.entries.values() for entry in found}
    layers = [name for name in LAYER_TITLES if name in shown]
    classes, groups, words = _Names(), _Names(), _Names()
    groups.place("")
    columns = [_error_columns(documents, system.entries, classes, groups, words) for system in systems]
    told = [_tell_class(layers.index(layer), layer, verdict) for layer, verdict in classes.names]
    return {
        "about": dict(about),
        "docs": [[item.doc_id, _title(item), len(item.text)] for item in documents],
        "layers": [[name, LAYER_TITLES[name]] for name in layers],
        "systems": [
            {"name": system.name, **_answers(system, documents, layers), **column}
            for system, column in zip(systems, columns, strict=True)
        ],
        "classes": told,
        "groups": groups.names,
        "words": words.names,
        **_rules(classes.names, groups.names, rules),
    }


def _answers(system: System, documents: Sequence[Document], layers: Sequence[str]) -> dict[str, Any]:
    """Numbers of the layers that a system covers, and {document: numbers of the layers that it did not answer}."""
    silent: dict[int, list[int]] = {}
    left = {layer: set(system.unanswered.get(layer, ())) for layer in layers}
    for number, document in enumerate(documents):
        missing = [place for place, layer in enumerate(layers) if document.doc_id in left[layer]]
        if missing:
            silent[number] = missing
    return {"covers": [place for place, layer in enumerate(layers) if layer in system.layers], "silent": silent}


def _error_columns(
    documents: Sequence[Document],
    entries: Entries,
    classes: _Names,
    groups: _Names,
    words: _Names,
) -> dict[str, Any]:
    columns: dict[str, list[int]] = {"doc": [], "class": [], "group": [], "word": [], "quoted": []}
    for number, document in enumerate(documents):
        for entry in entries.get(document.doc_id, ()):
            if entry.verdict not in (RIGHT, LEFT_OUT):
                columns["doc"].append(number)
                columns["class"].append(classes.place((entry.layer, entry.verdict)))
                columns["group"].append(groups.place(entry.group))
                columns["word"].append(words.place(_words(entry)))
                columns["quoted"].append(int(entry.quoted))
    return {"errors": columns}


def _tell_class(layer: int, name: str, verdict: str) -> dict[str, Any]:
    found = describe_error(name, verdict)
    return {
        "layer": layer,
        "name": verdict,
        "badge": found.badge,
        "meaning": found.meaning,
        "kind": kind_of(verdict),
    }


def kind_of(verdict: str) -> str:
    """How a mark of this verdict is drawn: `missed`, `spurious` or `wrong`.

    >>> kind_of("missing entity"), kind_of("spurious"), kind_of("boundary+type")
    ('missed', 'spurious', 'wrong')
    """
    if verdict in ("missed", "missing entity"):
        return "missed"
    return "spurious" if verdict in ("spurious", "spurious entity") else "wrong"


def _rules(
    classes: Sequence[tuple[str, str]], groups: Sequence[str], texts: Mapping[str, str] | None
) -> dict[str, Any]:
    """Rules of each class, by "class,group" those of groups with rules of their own, and the texts of all."""
    if texts is None:
        return {"classRules": [[] for _ in classes], "groupRules": {}, "rules": {}}
    plain = [list(describe_error(layer, verdict).rules) for layer, verdict in classes]
    own = {
        f"{number},{other}": list(rules)
        for number, (layer, verdict) in enumerate(classes)
        for other, group in enumerate(groups)
        if list(rules := describe_error(layer, verdict, group).rules) != plain[number]
    }
    used = {rule for rules in (*plain, *own.values()) for rule in rules}
    return {"classRules": plain, "groupRules": own, "rules": {rule: texts[rule] for rule in sorted(used & set(texts))}}


def _title(document: Document) -> str:
    return spans_text(document.text, [document.title]) if document.title is not None else ""


def _words(entry: Entry) -> str:
    """What a search finds an error by, cut to a length that fits a list."""
    texts = [side.text for side in (entry.gold, entry.predicted) if side is not None and side.text]
    return " / ".join(dict.fromkeys(text[:80] for text in texts))


def build_document(document: Document, systems: Sequence[Entries], layers: Sequence[str]) -> dict[str, Any]:
    """The block of one document: its text, every item once, and the entries of each system that point at them.

    An item is `[id, label, text, spans]`, its text null where it is what stands at its place. An entry is `[layer,
    class, group, gold, predicted, quoted, id]`: class `right`, `not counted` or the verdict itself; -1 for a side that
    it lacks; an id of its own (`name_entries`) only where its gold item has none. Spans count code points.
    """
    items = _Names()
    told = []
    for entries in systems:
        rows = []
        own = entries.get(document.doc_id, ())
        for entry, name in zip(own, name_entries(document.doc_id, own), strict=True):
            if entry.layer in layers:
                sides = [
                    -1 if side is None else items.place(_item(side, document.text))
                    for side in (entry.gold, entry.predicted)
                ]
                own_id = "" if entry.gold is not None and entry.gold.id == name else name
                rows.append([layers.index(entry.layer), entry.verdict, entry.group, *sides, int(entry.quoted), own_id])
        told.append(rows)
    return {
        "text": document.text,
        "title": document.title,
        "dct": document.dct,
        "items": [[id_, label, text, list(spans)] for id_, label, text, spans in items.names],
        "entries": told,
    }


def _item(item: Item, text: str) -> tuple[str | int, str | None, str | None, tuple[Span, ...]]:
    spans = tuple((start, end) for start, end in item.spans)
    here = spans_text(text, spans) if spans else None
    return item.id, item.label, None if item.text == here else item.text, spans
