"""Prediction lines with entity types of another scheme: read under stand-ins, then given their own labels back.

The reader knows the labels of one scheme and names every other one as an error. Where a label map knows more labels,
lines are rewritten before reading: each label of the map that the scheme does not have gives way to one it has, and
`restore_labels` puts it back at the same item. Labels that the map does not know are left for the reader to report.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

import msgspec

from goldassay.formats.strict_json import RepeatedKeys, parse_json
from goldassay.model.labels import ENTITY_TYPES, EntityType
from goldassay.model.predictions import Prediction


class ForeignLabels(msgspec.Struct, frozen=True):
    """The labels that gave way in one line: of mentions by position, of entities by id."""

    mentions: Mapping[int, str]
    entities: Mapping[str, str]


def replace_labels(lines: Iterable[bytes], known: Collection[str]) -> tuple[bytes, dict[int, ForeignLabels]]:
    r"""The lines with stand-ins for labels that are `known` but not of the scheme, and these labels by line number.

    Lines without such labels, and lines that cannot be rewritten without loss, come back as they are.

    >>> lines = [b'{"doc_id": "d", "mentions": [{"start": 0, "end": 3, "type": "PER"}]}\n']
    >>> replace_labels(lines, {"PER", "PERSON"})[1]
    {1: ForeignLabels(mentions={0: 'PER'}, entities={})}
    """
    stand_ins = {
        label: ENTITY_TYPES[index % len(ENTITY_TYPES)]
        for index, label in enumerate(sorted(set(known) - set(ENTITY_TYPES)))
    }
    out: list[bytes] = []
    foreign: dict[int, ForeignLabels] = {}
    for number, line in enumerate(lines, start=1):
        found = _find(parse_json(line)[0], stand_ins) if line.strip() else None
        if found is not None and (found.mentions or found.entities):
            foreign[number] = found
            line = _rewritten(line, stand_ins)
        out.append(line)
    return b"".join(out), foreign


def _find(row: object, stand_ins: Mapping[str, str]) -> ForeignLabels | None:
    """The labels of one line that have a stand-in; null where the line cannot be rewritten."""
    if not isinstance(row, dict):
        return None
    items = {key: row.get(key) for key in ("entities", "mentions")}
    rows = [item for value in items.values() if isinstance(value, list) for item in value if isinstance(item, dict)]
    if any(isinstance(part, RepeatedKeys) for part in (row, *rows)):
        return None
    entities = {
        str(item["id"]): item["type"]
        for item in rows
        if _is_in(items["entities"], item) and "id" in item and _label(item) in stand_ins
    }
    mentions = {}
    for index, item in enumerate(items["mentions"] if isinstance(items["mentions"], list) else ()):
        if isinstance(item, dict):
            label = _label(item) if item.get("type") is not None else entities.get(str(item.get("entity")))
            if label in stand_ins:
                mentions[index] = str(label)
    return ForeignLabels(mentions, entities)


def _is_in(items: object, item: object) -> bool:
    return isinstance(items, list) and any(own is item for own in items)


def _label(item: Mapping[str, Any]) -> str | None:
    label = item.get("type")
    return label if isinstance(label, str) else None


def _rewritten(line: bytes, stand_ins: Mapping[str, str]) -> bytes:
    """The line with stand-ins; everything else keeps its very bytes."""
    row = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    for key in ("entities", "mentions"):
        if key in row:
            row[key] = _replaced(row[key], stand_ins)
    return msgspec.json.encode(row) + b"\n"


def _replaced(items: msgspec.Raw, stand_ins: Mapping[str, str]) -> msgspec.Raw:
    try:
        values = msgspec.json.decode(items, type=list[msgspec.Raw])
    except msgspec.ValidationError:
        return items
    for index, value in enumerate(values):
        if bytes(value).lstrip()[:1] == b"{":
            item = msgspec.json.decode(value, type=dict[str, msgspec.Raw])
            label = msgspec.json.decode(item["type"]) if "type" in item else None
            if isinstance(label, str) and label in stand_ins:
                item["type"] = msgspec.Raw(msgspec.json.encode(stand_ins[label]))
                values[index] = msgspec.Raw(msgspec.json.encode(item))
    return msgspec.Raw(msgspec.json.encode(values))


def restore_labels(prediction: Prediction, foreign: Mapping[int, ForeignLabels]) -> Prediction:
    """The prediction with the labels that its line had; a label map has to be applied before they are compared."""
    own = foreign.get(prediction.line or 0)
    if own is None:
        return prediction
    mentions = prediction.mentions
    if mentions is not None:
        mentions = tuple(
            msgspec.structs.replace(mention, type=cast(EntityType, own.mentions.get(index, mention.type)))
            for index, mention in enumerate(mentions)
        )
    entities = tuple(
        msgspec.structs.replace(entity, type=cast(EntityType, own.entities.get(entity.id, entity.type)))
        for entity in prediction.entities
    )
    return msgspec.structs.replace(prediction, mentions=mentions, entities=entities)
