"""Entity types renamed on the way from one format to another."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

import msgspec

from goldassay.exchange.reading import Counts, Line
from goldassay.formats.gold import GoldLine
from goldassay.formats.jsonl import repeats_a_key
from goldassay.formats.strict_json import parse_json
from goldassay.model.entities import Entity, Mention
from goldassay.model.labels import EntityType
from goldassay.model.printable import quoted

T = TypeVar("T", Entity, Mention)

_GONE: tuple[str, ...] = ("",)
"""What a type is renamed to that leaves its mentions out."""

WITHOUT_NAME = "mentions of types without a new name"


def rename_types(line: Line, types: Mapping[str, str], lost: Counts) -> Line:
    """A gold line with entity types renamed, without the mentions whose type has no name left.

    Prediction lines stay: theirs are renamed where they are read (`rename_in_json`).
    """
    if not types or not isinstance(line, GoldLine):
        return line
    entities = [_retyped(one, types) for one in line.entities or ()]
    gone = {one.id for one in entities if one.type in _GONE}
    mentions = [one if one.type is None else _retyped(one, types) for one in line.mentions or ()]
    kept = tuple(one for one in mentions if (one.entity not in gone or one.type) and one.type not in _GONE)
    lost[WITHOUT_NAME] += len(mentions) - len(kept)
    homeless = tuple(msgspec.structs.replace(one, entity=None) if one.entity in gone else one for one in kept)
    return msgspec.structs.replace(
        line,
        entities=tuple(one for one in entities if one.id not in gone) if line.entities is not None else None,
        mentions=homeless if line.mentions is not None else None,
    )


def _retyped(one: T, types: Mapping[str, str]) -> T:
    return msgspec.structs.replace(one, type=cast(EntityType, types.get(str(one.type), str(one.type))))


def rename_in_json(row: bytes, types: Mapping[str, str], lost: Counts, used: set[str]) -> bytes:
    """A prediction line as bytes with its types renamed, because none but those of the scheme can be read.

    A line that is no JSON object, or has a key twice, stays as it is: whoever reads it says why.

    Args:
        row: The line.
        types: The types to rename.
        lost: Where mentions left out are counted.
        used: Where the types that occurred are put down.
    """
    line, problem = parse_json(row)
    if problem is not None or not isinstance(line, dict) or repeats_a_key(row):
        return row
    entities, mentions = (_objects(line.get(name)) for name in ("entities", "mentions"))
    used.update(one["type"] for one in (*entities, *mentions) if isinstance(one.get("type"), str))
    for one in (*entities, *mentions):
        if one.get("type") in list(types):
            one["type"] = types[one["type"]]
    gone = [one["id"] for one in entities if one.get("type") in _GONE and isinstance(one.get("id"), str)]
    left = [one for one in mentions if one.get("type") in _GONE or (one.get("entity") in gone and not one.get("type"))]
    lost[WITHOUT_NAME] += len(left)
    for one in mentions:
        if one.get("entity") in gone:
            one["entity"] = None
    _leave_out(line, "mentions", left)
    _leave_out(line, "entities", [one for one in entities if one.get("type") in _GONE])
    return json.dumps(line, ensure_ascii=False).encode(errors="surrogatepass")


def _objects(listed: object) -> list[dict[str, Any]]:
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _leave_out(line: dict[str, Any], name: str, left: list[dict[str, Any]]) -> None:
    if left:
        line[name] = [one for one in line[name] if not any(one is other for other in left)]


def tell_unused(lines: Iterable[Line], used: Iterable[str], types: Iterable[str]) -> list[str]:
    """What is said of types to rename that no entity and no mention has.

    Args:
        lines: What was read, its types not yet renamed.
        used: The types that were renamed where they were read.
        types: The types to rename.
    """
    gold = (line for line in lines if isinstance(line, GoldLine))
    found = [[*(one.type for one in line.entities or ()), *(one.type for one in line.mentions or ())] for line in gold]
    there = {*used, *(str(one) for listed in found for one in listed if one is not None)}
    listed = ", ".join(sorted(there)) or "there are none"
    return [
        f"--types: no entity or mention is of the type {quoted(old)}; types: {listed}"
        for old in types
        if old not in there
    ]
