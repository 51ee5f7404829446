"""Mentions as a format gives them, put together to the entities and mentions of a gold line."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from goldassay.exchange.reading import UNTYPED, Reading
from goldassay.formats.authoring import mention_order
from goldassay.model.entities import Entity, Mention
from goldassay.model.labels import LEVELS, EntityType, Level
from goldassay.model.printable import quoted
from goldassay.model.record import Span, spans_text


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention in a file; `cluster` is what the file calls its entity, null where it says nothing of entities."""

    spans: tuple[Span, ...]
    type: str | None
    cluster: str | None = None
    level: str | None = None
    metonym: bool = False
    kb_id: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """What a file says of an entity beside its mentions; the other entities are named as the file calls them."""

    name: str | None = None
    kb_id: str | None = None
    type: str | None = None
    rollup: str | None = None
    members: tuple[str, ...] = ()


def assemble(
    text: str,
    found: Iterable[FoundMention],
    reading: Reading,
    *,
    entities: Mapping[str, FoundEntity] | None = None,
    keep_ids: bool = False,
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Entities and mentions in canonical order.

    Mentions of one cluster are one entity, whose type is the one most of them have; those with another keep it as
    their own. So with links (`link_of`). An entity without a name is called by its first name, else its first mention.
    Mentions without a level get that of the options, and are counted.

    Args:
        text: The text.
        found: The mentions.
        reading: Where assumptions are counted.
        entities: What else is known of each cluster.
        keep_ids: Whether clusters are called by the ids of their entities; else entities are numbered.
    """
    known = entities or {}
    ordered = sorted(found, key=lambda one: (one.spans[0][0], one.spans[-1][1], one.spans))
    groups: dict[str, list[FoundMention]] = {name: [] for name in known} if keep_ids else {}
    for one in ordered:
        if one.cluster is not None:
            groups.setdefault(one.cluster, []).append(one)
    ids = {name: name if keep_ids else f"e{number}" for number, name in enumerate(groups, start=1)}
    built = {name: _entity(ids[name], group, known.get(name), ids, text) for name, group in groups.items()}
    if any(one.type is None and (one.cluster is None or built[one.cluster].type == UNTYPED) for one in ordered):
        reading.assumed[f"mentions without a type, called {quoted(UNTYPED)}"] += sum(
            one.type is None and (one.cluster is None or built[one.cluster].type == UNTYPED) for one in ordered
        )
    mentions = [
        _mention(one, name, built.get(one.cluster or ""), text, reading)
        for one, name in zip(ordered, _mention_ids(ordered), strict=True)
    ]
    return tuple(built.values()), tuple(sorted(mentions, key=mention_order))


def _mention_ids(ordered: Sequence[FoundMention]) -> list[str]:
    """The ids of mentions as the file gives them; the others are `m1`, `m2`, … in text order."""
    counts = Counter(one.id for one in ordered)
    taken = {name for name in counts if name is not None}
    names, number = [], 0
    for one in ordered:
        if one.id is not None and counts[one.id] == 1:
            names.append(one.id)
            continue
        number += 1
        while f"m{number}" in taken:
            number += 1
        names.append(f"m{number}")
    return names


def _entity(
    id_: str, group: Sequence[FoundMention], said: FoundEntity | None, ids: Mapping[str, str], text: str
) -> Entity:
    said = said or FoundEntity()
    types = Counter(one.type for one in group if one.type is not None)
    link = link_of(one.kb_id for one in group if one.type is not None or one.kb_id is not None)
    named = [one for one in group if one.level == "NAM"] or list(group)
    called = spans_text(text, named[0].spans).replace("\n", " ") if named else ""
    return Entity(
        id=id_,
        # Types of other schemes are kept until it is known where they are to be written.
        type=cast(EntityType, said.type or (types.most_common(1)[0][0] if types else UNTYPED)),
        name=called if said.name is None else said.name,
        kb_id=said.kb_id or link,
        rollup=ids.get(said.rollup) if said.rollup is not None else None,
        members=[ids[member] for member in said.members if member in ids],
    )


def link_of(links: Iterable[str | None]) -> str | None:
    """The link of an entity, by those of its mentions of which anything is said: the one most of them have.

    Where one of them has none the entity has none either, or that mention would gain a link.

    >>> link_of(["Q1", "Q2", "Q1"]), link_of(["Q1", None]), link_of([])
    ('Q1', None, None)
    """
    votes = Counter(links)
    return votes.most_common(1)[0][0] if votes and None not in votes else None


def _mention(one: FoundMention, id_: str, entity: Entity | None, text: str, reading: Reading) -> Mention:
    level = one.level
    if level not in LEVELS:
        if level is not None:
            reading.lost[f"levels called {quoted(level)}"] += 1
        level = reading.options.level
        reading.assumed[f"mentions without a level, taken for {level}"] += 1
    own = one.type or UNTYPED
    return Mention(
        id=id_,
        entity=entity.id if entity is not None else None,
        spans=list(one.spans),
        text=spans_text(text, one.spans),
        level=cast(Level, level),
        metonym=one.metonym,
        type=cast(EntityType, own) if entity is None or (one.type is not None and one.type != entity.type) else None,
        kb_id=one.kb_id if entity is None or one.kb_id != entity.kb_id else None,
    )


def type_of(mention: Mention, entities: Mapping[str, Entity]) -> str:
    """A mention's type, by its own or by its entity's.

    >>> mention = Mention(id="m1", entity="e1", spans=[(0, 4)], text="Zeda", level="NAM")
    >>> type_of(mention, {"e1": Entity(id="e1", type="GPE", name="Zenda")})
    'GPE'
    """
    if mention.type is not None:
        return mention.type
    entity = entities.get(mention.entity or "")
    return entity.type if entity is not None else UNTYPED


def majority_types(mentions: Iterable[Mention], entities: Mapping[str, Entity]) -> dict[str, str]:
    """The type that most mentions of each entity have, the first of them if there are several."""
    types: dict[str, Counter[str]] = {id_: Counter() for id_ in entities}
    for one in sorted(mentions, key=lambda one: (one.spans[0][0], one.spans[-1][1], one.spans)):
        if one.entity in types:
            types[one.entity][type_of(one, entities)] += 1
    return {id_: counts.most_common(1)[0][0] for id_, counts in types.items() if counts}
