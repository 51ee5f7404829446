"""Entities, mentions and propositions of a prediction line."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from goldassay.formats.line_reading import LEFT_OUT, LineReading
from goldassay.formats.places import Place, locate, place_of
from goldassay.formats.prediction_line import EntityItem, MentionItem, PredictionLine, PropositionItem
from goldassay.model.predictions import PredictedEntity, PredictedMention, PredictedProposition
from goldassay.model.printable import quoted


def read_entities(reading: LineReading, items: Sequence[EntityItem]) -> tuple[PredictedEntity, ...]:
    """The entities of the line; one with the id of an earlier one is left out with a finding."""
    _check_ids(reading, (item.id for item in items), "entities")
    first = {item.id: item for item in reversed(items)}
    return tuple(
        PredictedEntity(id=item.id, type=item.type, name=item.name) for item in items if first[item.id] is item
    )


def read_propositions(reading: LineReading, items: Sequence[PropositionItem]) -> tuple[PredictedProposition, ...]:
    """The propositions of the line; one with the id of an earlier one is left out with a finding."""
    _check_ids(reading, (item.id for item in items), "propositions")
    first = {item.id: item for item in reversed(items)}
    return tuple(
        PredictedProposition(id=item.id, gloss=item.gloss, about=item.about) for item in items if first[item.id] is item
    )


def own_entity_ids(line: PredictionLine) -> frozenset[str]:
    """Ids that references of the line may name: its entities, or the groups of its mentions."""
    groups = (group_of(mention) for mention in line.mentions or ())
    return frozenset(entity.id for entity in line.entities or ()) | {group for group in groups if group is not None}


def group_of(mention: MentionItem) -> str | None:
    """What a mention's entity is called in the line."""
    if mention.entity is not None:
        return mention.entity
    return str(mention.cluster) if mention.cluster is not None else None


def read_mentions(reading: LineReading, line: PredictionLine) -> tuple[PredictedMention, ...]:
    """The mentions of the line, each with its place; one that is invalid keeps its turn and stands nowhere."""
    items = line.mentions or ()
    entities = {entity.id: entity for entity in reversed(line.entities or ())}
    places: list[Place | None] = []
    for i, item in enumerate(items):
        places.append(_place(reading, item, i, set(entities) if line.entities is not None else None))
    mentions = []
    for item, spans in zip(items, locate(reading, places), strict=True):
        entity = entities.get(item.entity or "")
        if spans is None:
            reading.dropped += 1
            mentions.append(
                PredictedMention(
                    spans=(),
                    type=None,
                    level=item.level,
                    kb_id=item.kb_id,
                    id=item.id,
                    text=item.text,
                    score=item.score,
                )
            )
            continue
        mentions.append(
            PredictedMention(
                spans=spans,
                type=item.type or (entity.type if entity is not None else None),
                level=item.level,
                group=group_of(item),
                kb_id=item.kb_id if item.kb_id is not None else (entity.kb_id if entity is not None else None),
                metonym=item.metonym,
                id=item.id,
                text=item.text,
                score=item.score,
            )
        )
    _note_untyped(reading, mentions)
    note_duplicates(reading, "mentions", [(m.spans, m.type) if m.spans else None for m in mentions])
    return tuple(mentions)


def _place(reading: LineReading, item: MentionItem, index: int, entities: set[str] | None) -> Place | None:
    at = f"mentions[{index}]"
    if ("mentions", index) in reading.invalid:
        return None
    before = reading.rejected
    place = place_of(reading, item, at)
    if not place.spans and not (place.text or "").strip():
        found = "no spans, start and end, or text"
        reading.reject("E407", at=at, found=found, expected="a place in the text", fix="say where the mention stands")
    if item.entity is not None and entities is not None and item.entity not in entities and reading.ids == "own":
        found = f"entity {quoted(item.entity)}"
        reading.reject("E302", at=f"{at}.entity", found=found, expected="an id of the line's own entities")
    return place if reading.rejected == before else None


def _note_untyped(reading: LineReading, mentions: Sequence[PredictedMention]) -> None:
    untyped = sum(mention.type is None and bool(mention.spans) for mention in mentions)
    if untyped:
        found = f"{untyped} of {len(mentions)} mentions without a type"
        reading.note("E407", "info", at="mentions", found=found, expected="a type, or no score that looks at types")


def note_duplicates(reading: LineReading, field: str, keys: Sequence[Hashable | None]) -> None:
    """A warning for each item that says again what an earlier one said; all of them stay in the predicted count."""
    seen: dict[Hashable, int] = {}
    for i, key in enumerate(keys):
        if key is not None and (first := seen.setdefault(key, i)) != i:
            found, expected = f"the same as {field}[{first}]", "each item once; a repeated one counts as wrong"
            reading.note("E206", "warning", at=f"{field}[{i}]", found=found, expected=expected)


def _check_ids(reading: LineReading, ids: Iterable[str], field: str) -> None:
    for id_, count in Counter(ids).items():
        if count > 1:
            reading.reject(
                "E301",
                at=field,
                found=f"{quoted(id_)} {count} times",
                expected="each id once in its list",
                meanwhile=LEFT_OUT,
            )
