"""The entities layer: who and what is named, with coreference and links."""

from goldassay.model.labels import EntityType, Level
from goldassay.model.record import Id, Record, Span


class Entity(Record, frozen=True, kw_only=True):
    """One entity of a document.

    `kb_id` is a Wikidata id, `"NIL"` where it is known that there is none, null where it was not annotated.
    `rollup` names the entity a spokesman or a nationality is lifted to; `members` are the entities of a group.
    """

    id: Id
    type: EntityType
    name: str
    kb_id: str | None = None
    rollup: str | None = None
    members: list[str] = []


class Mention(Record, frozen=True, kw_only=True):
    """One mention: one or more fragments of text in text order; `metonym` marks a place standing for an institution.

    In data without entities `entity` is null and the mention carries `type` (and `kb_id`).
    """

    id: Id
    entity: str | None
    spans: list[Span]
    text: str
    level: Level
    metonym: bool = False
    type: EntityType | None = None
    kb_id: str | None = None


class EntitiesRow(Record, frozen=True, kw_only=True):
    """All entities and mentions of one document."""

    doc_id: Id
    entities: list[Entity]
    mentions: list[Mention]
