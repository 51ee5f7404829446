"""Whole documents in brat: entities as marks, stances and facts as events, each text with one file of annotations.

Marks and events look as in annotation kits (`goldassay.kit`). What tells whole documents apart is that records keep
their ids: notes of the types `EntityId`, `MentionId` and `EntityType` stand at marks that do not say so by themselves.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from goldassay.exchange.assembly import majority_types, type_of
from goldassay.exchange.brat_configuration import configure_brat
from goldassay.exchange.documents import escape_id, file_name
from goldassay.exchange.gold_lines import rows_of
from goldassay.exchange.losses import Carried, count_rest
from goldassay.exchange.reading import Counts, Line, WriteOptions, Written
from goldassay.formats.brat import (
    Attribute,
    Item,
    Normalization,
    Note,
    Relation,
    TextBound,
    format_brat,
    parse_brat,
)
from goldassay.formats.gold import GoldLine
from goldassay.kit.brat_entities import COREF, DATABASE, LEVEL, MEMBER, METONYM, NOTE, ROLLUP
from goldassay.kit.tools import show_in_brat
from goldassay.model.entities import Entity

CARRIES: tuple[Carried, ...] = (
    "mentions",
    "clusters",
    "levels",
    "metonyms",
    "names",
    "kb_ids",
    "rollups",
    "stances",
    "numeric_facts",
)
ENTITY_ID, MENTION_ID, ENTITY_TYPE = "EntityId", "MentionId", "EntityType"

_Numbers = Counter[str]
"""How many annotations have an id of each letter."""


def write_brat(lines: Sequence[Line], options: WriteOptions) -> Written:
    """A text and an `.ann` file for each document, named by its id, and what brat must be told of their types."""
    files: dict[str, bytes] = {}
    lost: Counts = Counter()
    types: set[str] = set()
    for line in lines:
        if not isinstance(line, GoldLine):
            continue
        name = file_name(line.doc_id)
        lost += count_rest(line, CARRIES)
        files[f"{name}.txt"] = line.text.encode()
        files[f"{name}.ann"] = _annotations(line, lost).encode()
        entities = {one.id: one for one in line.entities or ()}
        types |= {escape_id(type_of(one, entities)) for one in line.mentions or ()}
    files |= {name: content.encode() for name, content in configure_brat(types).items()}
    return Written(files, lost)


def _annotations(line: GoldLine, lost: Counts) -> str:
    numbers: _Numbers = Counter()
    items = list(_entity_items(line, numbers, lost))
    _, entities, *rows = rows_of(line)
    lost["documents without entities annotated, which come back without any"] += entities is None
    for layer, row in zip(("stances", "numeric_facts"), rows, strict=True):
        if row is None:
            continue
        try:
            content, more = show_in_brat(layer, row, line.text)
        except ValueError:
            lost[f"layers of {layer} with words that end with a carriage return"] += 1
            continue
        lost += more
        own, _ = parse_brat(content, line.text, file="")
        lost[f"layers of {layer} with nothing in them"] += not own
        items += _renumber(own, numbers)
    return format_brat(items, line.text)


def _new(numbers: _Numbers, letter: str) -> str:
    numbers[letter] += 1
    return f"{letter}{numbers[letter]}"


def _entity_items(line: GoldLine, numbers: _Numbers, lost: Counts) -> Iterator[Item]:
    entities = {one.id: one for one in line.entities or ()}
    marks: dict[str, list[str]] = {id_: [] for id_ in entities}
    majority = majority_types(line.mentions or (), entities)
    for one in line.mentions or ():
        if line.text[: one.spans[-1][1]].endswith("\r"):
            lost["mentions that end with a carriage return"] += 1
            continue
        mark, entity = _new(numbers, "T"), entities.get(one.entity or "")
        yield TextBound(id=mark, type=escape_id(type_of(one, entities)), spans=tuple(one.spans))
        yield Attribute(id=_new(numbers, "A"), type=LEVEL, target=mark, value=one.level)
        if one.metonym:
            yield Attribute(id=_new(numbers, "A"), type=METONYM, target=mark)
        if one.id != f"m{mark[1:]}":
            yield Note(id=_new(numbers, "#"), type=MENTION_ID, target=mark, text=escape_id(one.id))
        if entity is None:
            yield from _link(one.kb_id, mark, numbers, lost)
            continue
        lost["links of single mentions (their entity's are written)"] += one.kb_id not in (None, entity.kb_id)
        if not marks[entity.id]:
            yield from _said_of_entity(entity, mark, majority, numbers, lost)
        else:
            ends = ("Arg1", marks[entity.id][-1]), ("Arg2", mark)
            yield Relation(id=_new(numbers, "R"), type=COREF, arguments=ends)
        marks[entity.id].append(mark)
    yield from _relations(line, marks, numbers, lost)


def _said_of_entity(
    entity: Entity, mark: str, majority: Mapping[str, str], numbers: _Numbers, lost: Counts
) -> Iterator[Item]:
    yield Note(id=_new(numbers, "#"), type=ENTITY_ID, target=mark, text=escape_id(entity.id))
    if majority[entity.id] != entity.type:
        yield Note(id=_new(numbers, "#"), type=ENTITY_TYPE, target=mark, text=escape_id(entity.type))
    if "\n" in entity.name or entity.name.endswith("\r"):
        lost["names of entities longer than a line"] += 1
    else:
        yield Note(id=_new(numbers, "#"), type=NOTE, target=mark, text=entity.name)
    yield from _link(entity.kb_id, mark, numbers, lost)


def _link(kb_id: str | None, mark: str, numbers: _Numbers, lost: Counts) -> Iterator[Item]:
    lost["links to a knowledge base that are empty"] += kb_id == ""
    if kb_id:
        yield Normalization(id=_new(numbers, "N"), target=mark, database=DATABASE, entry=escape_id(kb_id))


def _relations(line: GoldLine, marks: Mapping[str, list[str]], numbers: _Numbers, lost: Counts) -> Iterator[Item]:
    """What entities say of each other, between their first marks."""
    for entity in line.entities or ():
        said = [(ROLLUP, entity.rollup)] if entity.rollup is not None else []
        for name, other in [*said, *((MEMBER, member) for member in entity.members)]:
            if marks[entity.id] and marks.get(str(other)):
                ends = ("Arg1", marks[entity.id][0]), ("Arg2", marks[str(other)][0])
                yield Relation(id=_new(numbers, "R"), type=name, arguments=ends)
            else:
                lost["links to or from entities without a mention"] += 1


def _renumber(items: Sequence[Item], numbers: _Numbers) -> Iterator[Item]:
    """Annotations of one layer with ids that no other layer has."""
    ids = {item.id: _new(numbers, item.id[0]) for item in items if hasattr(item, "id")}
    for item in items:
        if isinstance(item, Relation):
            ends = tuple((role, ids[end]) for role, end in item.arguments)
            trigger = ids[item.trigger] if item.trigger is not None else None
            yield msgspec.structs.replace(item, id=ids[item.id], arguments=ends, trigger=trigger)
        elif isinstance(item, TextBound):
            yield msgspec.structs.replace(item, id=ids[item.id])
        elif isinstance(item, (Attribute, Note, Normalization)):
            yield msgspec.structs.replace(item, id=ids[item.id], target=ids[item.target])
