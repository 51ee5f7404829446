"""What is compared of a record: its fields, with the names of slots for ids and lists without an order sorted."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from goldassay.model.entities import Entity, Mention
from goldassay.model.numeric_facts import NumericFact, Time
from goldassay.model.stances import Attribution, Proposition, Stance

Fields = dict[str, Any]
"""Field to value, made of what JSON knows; spans are lists of [start, end]."""

Rename = Callable[[str, str], str]
"""Kind (or `ANY`) and id of a record in, name of its slot out; names that are no ids come back as they are."""

ANY = "any"

AnyRecord = Entity | Mention | Proposition | Attribution | Stance | NumericFact | Time

RECORD_TYPES: dict[str, type[msgspec.Struct]] = {
    "entities": Entity,
    "mentions": Mention,
    "propositions": Proposition,
    "times": Time,
    "attributions": Attribution,
    "stances": Stance,
    "numeric_facts": NumericFact,
}
"""The kinds of record, each after those by which its records are told apart."""

KIND_LAYER: dict[str, str] = {
    "entities": "entities",
    "mentions": "entities",
    "propositions": "stances",
    "attributions": "stances",
    "stances": "stances",
    "numeric_facts": "numeric_facts",
    "times": "numeric_facts",
}
"""The layer in whose row a kind of record stands."""

REFERENCES: dict[str, dict[str, str]] = {
    "entities": {"rollup": "entities", "members": "entities"},
    "mentions": {"entity": "entities"},
    "propositions": {"about": "entities"},
    "attributions": {
        "parent": "attributions",
        "source": "entities",
        "antecedent": "attributions",
        "addressee": "entities",
        "time": "times",
    },
    "stances": {
        "holder": "entities",
        "toward": "entities",
        "sources": "entities",
        "attribution": "attributions",
        "grounds_of": "stances",
        "same_as": "stances",
    },
    "numeric_facts": {
        "counted.entity": "entities",
        "subject": "entities",
        "members": "entities",
        "event.roles.entity": "entities",
        "base.entity": "entities",
        "time": "times",
        "sources": "entities",
        "links.to": "numeric_facts",
    },
    "times": {},
}
"""Dotted field to the kind of record that it names; a stance's `target` and a time's `anchor` say theirs themselves."""

NOT_COMPARED: dict[str, frozenset[str]] = {
    kind: frozenset({"id", "note"} | extra)
    for kind, extra in {
        "entities": {"name"},
        "mentions": {"text"},
        "propositions": {"gloss"},
        "attributions": set[str](),
        "stances": set[str](),
        "numeric_facts": set[str](),
        "times": {"text"},
    }.items()
}
"""Ids, notes, wordings, and what follows from the spans."""

UNORDERED = frozenset({"members", "about", "grade_alt", "mentions", "roles", "links", "alternatives", "premises"})


def compared_fields(record: AnyRecord, kind: str, rename: Rename) -> Fields:
    """The compared fields of a record.

    >>> group = Entity(id="e3", type="GPE", name="both", members=["e2", "e1"])
    >>> compared_fields(group, "entities", lambda kind, id_: f"x{id_}")
    {'type': 'GPE', 'kb_id': None, 'rollup': None, 'members': ['xe1', 'xe2']}
    """
    data = all_fields(record, kind, rename)
    return {name: value for name, value in data.items() if name not in NOT_COMPARED[kind]}


def all_fields(record: AnyRecord, kind: str, rename: Rename) -> Fields:
    """All fields of a record, those that are not compared here too; surfaces of extents follow from their spans.

    >>> all_fields(Entity(id="e1", type="GPE", name="Zenda"), "entities", lambda kind, id_: id_)["name"]
    'Zenda'
    """
    data: Fields = json.loads(msgspec.json.encode(record))
    for path, referred in REFERENCES[kind].items():
        _rename_at(data, path.split("."), referred, rename)
    if kind == "stances":
        target = data["target"]
        target["id"] = rename("entities" if target["kind"] == "entity" else "propositions", target["id"])
    if kind == "times":
        data["anchor"] = _rename_anchor(data["anchor"], rename)
        data["premises"] = [rename(ANY, name) for name in data["premises"]]
    return {name: _settled(name, value) for name, value in data.items()}


def field_defaults(kind: str) -> Fields:
    """The compared fields that may be left out, with what they are then.

    >>> field_defaults("mentions")
    {'metonym': False, 'type': None, 'kb_id': None}
    """
    defaults: Fields = {}
    for item in msgspec.structs.fields(RECORD_TYPES[kind]):
        if item.name in NOT_COMPARED[kind] or item.required:
            continue
        factory = item.default_factory
        defaults[item.name] = item.default if factory is msgspec.NODEFAULT else factory()
    return defaults


def field_names(kind: str) -> tuple[str, ...]:
    """All compared fields of a kind of record, in their order."""
    return tuple(name for name in RECORD_TYPES[kind].__struct_fields__ if name not in NOT_COMPARED[kind])


def is_span_field(name: str) -> bool:
    """Whether a field holds stretches of the text.

    >>> is_span_field("cue_spans"), is_span_field("spans"), is_span_field("sources")
    (True, True, False)
    """
    return name == "spans" or name.endswith("_spans")


def _rename_at(data: Fields, path: Sequence[str], kind: str, rename: Rename) -> None:
    name, rest = path[0], path[1:]
    value = data[name]
    if rest:
        for item in value if isinstance(value, list) else [value] if value is not None else []:
            _rename_at(item, rest, kind, rename)
    elif isinstance(value, list):
        data[name] = [rename(kind, item) for item in value]
    elif value is not None:
        data[name] = rename(kind, value)


def _rename_anchor(anchor: str | None, rename: Rename) -> str | None:
    head, mark, tail = (anchor or "").partition(":")
    if head == "speech" and mark:
        return f"speech:{rename('attributions', tail)}"
    return rename("times", anchor) if anchor is not None else None


def _settled(name: str, value: Any) -> Any:
    """Without the surfaces of extents, and sorted where the order says nothing."""
    if isinstance(value, dict):
        return {key: _settled(key, item) for key, item in value.items() if not (key == "text" and "spans" in value)}
    if isinstance(value, list):
        items = [_settled(name, item) if isinstance(item, dict) else item for item in value]
        return sorted(items, key=sort_key) if name in UNORDERED else items
    return value


def sort_key(item: object) -> str:
    """Canonical JSON, by which items of lists without an order are sorted."""
    return json.dumps(item, sort_keys=True)
