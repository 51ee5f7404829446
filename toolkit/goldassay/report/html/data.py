"""What the page's script reads: one small index of all errors as columns of integers, and one block a document.

A block is parsed only when its document is chosen, so that the first paint does not wait for the texts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldassay.layers.item_text import Item
from goldassay.model.document import Document
from goldassay.model.record import Span, spans_text
from goldassay.report.error_rules import describe_error
from goldassay.report.html.entries import LEFT_OUT, RIGHT, Entry

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
    systems: Sequence[tuple[str, Entries]],
    rules: Mapping[str, str],
    about: Mapping[str, str],
) -> dict[str, Any]:
    """The index: documents, layers, classes of errors, and the errors of each system.

    Args:
        documents: All documents of the gold, in the order in which they are listed.
        systems: Names and entries.
        rules: The text of each guideline rule by id; rules without a text are named by their id alone.
        about: What an erratum says of the gold: corpus, version, fingerprint.

    An error is one row over the columns `doc`, `class`, `group`, `word`; it stands in its document's block in the same
    order. Of what is no error the index has counts by document and layer.
    """
    shown = {entry.layer for _, entries in systems for found in entries.values() for entry in found}
    layers = [name for name in LAYER_TITLES if name in shown]
    classes, groups, words = _Names(), _Names(), _Names()
    groups.place("")
    columns = [_error_columns(documents, entries, layers, classes, groups, words) for _, entries in systems]
    told = [_tell_class(layers.index(layer), layer, verdict) for layer, verdict in classes.names]
    used = {rule for one in told for rule in one["rules"]} | set(_group_rules(classes.names, groups.names))
    return {
        "about": dict(about),
        "docs": [[item.doc_id, _title(item), len(item.text)] for item in documents],
        "layers": [[name, LAYER_TITLES[name]] for name in layers],
        "systems": [{"name": name, **column} for (name, _), column in zip(systems, columns, strict=True)],
        "classes": told,
        "groups": groups.names,
        "groupRules": _rules_by_group(classes.names, groups.names),
        "words": words.names,
        "rules": {rule: rules[rule] for rule in sorted(used) if rule in rules},
    }


def _error_columns(
    documents: Sequence[Document],
    entries: Entries,
    layers: Sequence[str],
    classes: _Names,
    groups: _Names,
    words: _Names,
) -> dict[str, Any]:
    columns: dict[str, list[int]] = {"doc": [], "class": [], "group": [], "word": []}
    right = []
    for number, document in enumerate(documents):
        of_layers = [0] * len(layers)
        for entry in entries.get(document.doc_id, ()):
            if entry.verdict == RIGHT:
                of_layers[layers.index(entry.layer)] += 1
            elif entry.verdict != LEFT_OUT:
                columns["doc"].append(number)
                columns["class"].append(classes.place((entry.layer, entry.verdict)))
                columns["group"].append(groups.place(entry.group))
                columns["word"].append(words.place(_words(entry)))
        right.append(of_layers)
    return {"errors": columns, "right": right}


def _tell_class(layer: int, name: str, verdict: str) -> dict[str, Any]:
    found = describe_error(name, verdict)
    return {
        "layer": layer,
        "name": verdict,
        "badge": found.badge,
        "meaning": found.meaning,
        "rules": list(found.rules),
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


def _rules_by_group(classes: Sequence[tuple[str, str]], groups: Sequence[str]) -> dict[str, list[str]]:
    """Rules of a class in a group, by "class,group", where the group has rules of its own."""
    found = {}
    for number, (layer, verdict) in enumerate(classes):
        plain = describe_error(layer, verdict).rules
        for other, group in enumerate(groups):
            rules = describe_error(layer, verdict, group).rules
            if rules != plain:
                found[f"{number},{other}"] = list(rules)
    return found


def _group_rules(classes: Sequence[tuple[str, str]], groups: Sequence[str]) -> Iterable[str]:
    return (rule for rules in _rules_by_group(classes, groups).values() for rule in rules)


def _title(document: Document) -> str:
    return spans_text(document.text, [document.title]) if document.title is not None else ""


def _words(entry: Entry) -> str:
    """What a search finds an error by, cut to a length that fits a list."""
    texts = [side.text for side in (entry.gold, entry.predicted) if side is not None and side.text]
    return " / ".join(dict.fromkeys(text[:80] for text in texts))


def build_document(document: Document, systems: Sequence[Entries], layers: Sequence[str]) -> dict[str, Any]:
    """The block of one document: its text, every item once, and the entries of each system that point at them.

    An item is `[id, label, text, spans]`, its text null where it is what stands at its place. An entry is `[layer,
    class, group, gold, predicted]`: class `right`, `not counted` or the verdict itself; -1 for a side that it lacks.
    Spans count code points.
    """
    items = _Names()
    told = []
    for entries in systems:
        rows = []
        for entry in entries.get(document.doc_id, ()):
            if entry.layer in layers:
                sides = [
                    -1 if side is None else items.place(_item(side, document.text))
                    for side in (entry.gold, entry.predicted)
                ]
                rows.append([layers.index(entry.layer), entry.verdict, entry.group, *sides])
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
