"""Disagreements of two passes for people and programs: what each says, in its sentence."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from goldassay.model.entities import Entity, Mention
from goldassay.model.numeric_facts import NumericFact, Time
from goldassay.model.printable import printable, quoted
from goldassay.model.stances import Attribution, Proposition, Stance
from goldassay.passes.compare import Compared
from goldassay.slots.disagreements import SIDES, Disagreement, told_fields
from goldassay.slots.fields import AnyRecord
from goldassay.slots.layout import Slot
from goldassay.slots.wording import shorten, show

AROUND = 50
"""Characters of context on each side of an excerpt."""


def render_disagreements(documents: Iterable[Compared]) -> str:
    """As text: a block for each disagreement, then how many there are and how many of them are decided."""
    found = list(documents)
    blocks = ["\n".join(_block(one, document)) for document in found for one in document.disagreements]
    total = sum(len(document.disagreements) for document in found)
    done = sum(one.id in document.decided for document in found for one in document.disagreements)
    noun = "disagreement" if total == 1 else "disagreements"
    return "\n\n".join([*blocks, f"{total} {noun}, {done} decided"]) + "\n"


def disagreements_to_data(documents: Iterable[Compared]) -> list[dict[str, Any]]:
    """As data: id, kind, decided or not, ids of the record in each version, excerpt, and what each version says."""
    return [
        {
            "id": one.id,
            "doc_id": document.doc_id,
            "kind": one.slot.kind,
            "decided": one.id in document.decided,
            "records": {version: record.id for version, record in one.slot.records.items()},
            "excerpt": excerpt(one.slot, document.text),
            "fields": list(one.fields),
            **{side: _told(one, side, document.text) for side in _versions(one)},
        }
        for document in documents
        for one in document.disagreements
    ]


def encode_disagreements(documents: Iterable[Compared]) -> str:
    """`disagreements_to_data` as indented JSON."""
    return json.dumps(disagreements_to_data(documents), ensure_ascii=False, indent=1) + "\n"


def excerpt(slot: Slot, text: str) -> str:
    """The words a record stands for between brackets in their context; of entities and propositions, their names."""
    record = next(slot.records[version] for version in slot.records)
    if isinstance(record, Entity | Proposition):
        return " / ".join(dict.fromkeys(_wording(one) for one in slot.records.values()))
    spans = _anchor(record)
    if not spans:
        return ""
    start, end = spans[0][0], spans[-1][1]
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return " ".join(f"…{before}[{text[start:end]}]{after}…".split())


def _anchor(record: AnyRecord) -> Sequence[tuple[int, int]]:
    match record:
        case Mention() | Time():
            return record.spans
        case Attribution():
            return record.cue_spans or record.content_spans
        case Stance():
            return record.expression_spans or record.target_spans
        case NumericFact():
            return record.mentions[0].span.spans if record.mentions else ()
        case _:
            return ()


def _wording(record: AnyRecord) -> str:
    return record.name if isinstance(record, Entity) else getattr(record, "gloss", "")


def _versions(disagreement: Disagreement) -> list[str]:
    """Both passes, and the gold if it is one of the versions."""
    return [*SIDES, *(["gold"] if "gold" in disagreement.slot.records else [])]


def _told(disagreement: Disagreement, version: str, text: str) -> dict[str, Any] | None:
    fields = told_fields(disagreement, version)
    return None if fields is None else {name: show(name, value, text) for name, value in fields.items()}


def _block(one: Disagreement, document: Compared) -> list[str]:
    names = {slot.name: _wording(next(iter(slot.records.values()))) for slot in document.slots}
    own = ", ".join(f"{version} {record.id}" for version, record in one.slot.records.items())
    mark = "  (decided)" if one.id in document.decided else ""
    lines = [f"{one.id}  [{own}]{mark}", f"  {printable(excerpt(one.slot, document.text), 240)}"]
    told = {version: _told(one, version, document.text) for version in _versions(one)}
    if not one.fields:
        return lines + [f"  {version:<4} {_summary(fields, names)}" for version, fields in told.items()]
    width = max(map(len, one.fields))
    for name in one.fields:
        for version, fields in told.items():
            value = "no record" if fields is None else _named(fields[name], names)
            lines.append(f"  {name:<{width}}  {version:<4} {value}")
    return lines


def _summary(fields: Mapping[str, Any] | None, names: Mapping[str, str]) -> str:
    if fields is None:
        return "no record"
    return "; ".join(f"{name} {_named(value, names)}" for name, value in fields.items())


def _named(value: Any, names: Mapping[str, str]) -> str:
    """A value on one line; ids of entities and propositions with what they stand for."""
    if isinstance(value, str) and names.get(value):
        return f"{value} {quoted(names[value], 40)}"
    if isinstance(value, dict) and names.get(value.get("id", "")):
        return f"{value.get('kind')} {value['id']} {quoted(names[value['id']], 60)}"
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return ", ".join(_named(item, names) for item in value)
    return shorten(value, 200)
