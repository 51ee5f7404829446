"""Entities as annotation tools know them: marked stretches of text, and links between them.

A tool has no place for an entity apart from its mentions. So the name and the link to a database stand on a mark of the
chain, and what an entity says of another one (`rollup`, `members`) is a link from one of its marks to one of the other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import msgspec

from goldassay.formats.authoring import mention_order
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import ENTITY_TYPES, EntityType, Level
from goldassay.model.printable import quoted
from goldassay.model.record import Span, spans_text

Links = tuple[tuple[str, str], ...]
"""Ordered pairs of ids of marks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mention as marked in a tool; `chain` is a word that all marks of one entity share, if the tool has such."""

    id: str
    spans: tuple[Span, ...]
    type: str
    level: str | None
    metonym: bool = False
    chain: str | None = None
    name: str | None = None
    kb_id: str | None = None


@dataclass(frozen=True, slots=True)
class Markup:
    """The marks of one document, and which stand for the same, roll up to another, or have another as a member."""

    marks: tuple[Mark, ...]
    same: Links = ()
    rollups: Links = ()
    members: Links = ()


def mark_entities(row: EntitiesRow) -> tuple[Markup, Counter[str]]:
    """The row as marks `T1`, `T2`, … in its order, and how much of what it says no mark can carry.

    The first mark of an entity carries its name and `kb_id`; `same` links each mark to the one before in its chain.
    """
    entities = {entity.id: entity for entity in row.entities}
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    marks, same = [], []
    for number, mention in enumerate(row.mentions, start=1):
        id_, entity = f"T{number}", entities.get(mention.entity or "")
        lead = entity is not None and entity.id not in first
        mark = Mark(
            id=id_,
            spans=tuple(mention.spans),
            type=(entity.type if entity else mention.type) or "",
            level=mention.level,
            metonym=mention.metonym,
            chain=entity.id if entity else None,
            name=(entity.name or None) if entity and lead else None,
            kb_id=entity.kb_id if entity and lead else mention.kb_id if entity is None else None,
        )
        marks.append(mark)
        if entity is not None:
            same += [(last[entity.id], id_)] if not lead else []
            first.setdefault(entity.id, id_)
            last[entity.id] = id_
    linked = [entity for entity in row.entities if entity.id in first]
    rollups = [(first[one.id], first[one.rollup]) for one in linked if one.rollup in first]
    members = [(first[one.id], first[member]) for one in linked for member in one.members if member in first]
    return Markup(tuple(marks), tuple(same), tuple(rollups), tuple(members)), _lost(row, first)


def _lost(row: EntitiesRow, first: Mapping[str, str]) -> Counter[str]:
    known = {entity.id for entity in row.entities}
    lost: Counter[str] = Counter()
    for entity in row.entities:
        lost["entities without a mention"] += entity.id not in first
        lost["empty names"] += entity.id in first and not entity.name
        if entity.id in first:
            references = [*([] if entity.rollup is None else [entity.rollup]), *entity.members]
            lost["links to entities without a mention"] += sum(other not in first for other in references)
    for mention in row.mentions:
        lost["mentions without an entity (they come back as entities of their own)"] += mention.entity not in known
        own = mention.entity in known and (mention.type is not None or mention.kb_id is not None)
        lost["types and links of single mentions (their entity's are written)"] += own
    return +lost


class _Chains:
    """Sets of marks that stand for the same thing, joined as links come in."""

    def __init__(self, marks: Iterable[str]) -> None:
        self._above = {mark: mark for mark in marks}

    def join(self, one: str, other: str) -> None:
        self._above[self.find(one)] = self.find(other)

    def find(self, mark: str) -> str:
        while self._above[mark] != mark:
            mark = self._above[mark]
        return mark


def assemble_entities(markup: Markup, document: Document, file: str) -> tuple[EntitiesRow, list[Finding]]:
    """The row that marks and links say, with new ids: entities `e1`, … by their first mention, mentions in text order.

    A chain without a name is called by its first name, else its first mention. Marks of one chain with two types,
    names or database entries are E107, a chain with two rollups too; unknown labels are E106, a missing level E407.
    Links with an end that is no mark are left out: whoever read the marks has reported them.
    """
    findings = [found for mark in markup.marks for found in _label_findings(mark, document, file)]
    ordered = sorted(markup.marks, key=lambda mark: (mark.spans[0][0], mark.spans[-1][1], mark.spans, mark.id))
    chains = _Chains(mark.id for mark in ordered)
    by_word: dict[str, str] = {}
    for mark in ordered:
        if mark.chain is not None:
            chains.join(mark.id, by_word.setdefault(mark.chain, mark.id))
    known = {mark.id for mark in ordered}
    for one, other in markup.same:
        if {one, other} <= known:
            chains.join(one, other)
    groups: dict[str, list[Mark]] = defaultdict(list)
    for mark in ordered:
        groups[chains.find(mark.id)].append(mark)
    ids = {mark.id: f"e{number}" for number, group in enumerate(groups.values(), start=1) for mark in group}
    if not findings:
        rollups, members = (_by_entity(links, ids) for links in (markup.rollups, markup.members))
        entities = [
            _entity(ids[group[0].id], group, rollups, members, document, file, findings) for group in groups.values()
        ]
        return _row(document, entities, ordered, ids), findings
    return EntitiesRow(doc_id=document.doc_id, entities=[], mentions=[]), findings


def _label_findings(mark: Mark, document: Document, file: str) -> list[Finding]:
    words = quoted(spans_text(document.text, mark.spans))
    place = f"{mark.id} {words}"
    found = []
    if mark.type not in ENTITY_TYPES:
        labels = ", ".join(ENTITY_TYPES)
        found.append(
            finding("E106", found=quoted(mark.type), expected=labels, file=file, doc_id=document.doc_id, field=place)
        )
    if mark.level is None:
        found.append(
            finding(
                "E407", found="no level", expected="NAM, NOM or PRO", file=file, doc_id=document.doc_id, field=place
            )
        )
    elif mark.level not in get_args(Level):
        level = quoted(mark.level)
        found.append(
            finding("E106", found=level, expected="NAM, NOM or PRO", file=file, doc_id=document.doc_id, field=place)
        )
    return found


def _by_entity(links: Links, ids: Mapping[str, str]) -> dict[str, list[str]]:
    """Entities by the entity that links to them, each once, in the order of the links."""
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in links:
        if one in ids and other in ids and ids[other] not in found[ids[one]]:
            found[ids[one]].append(ids[other])
    return found


def _entity(
    id_: str,
    group: Sequence[Mark],
    rollups: Mapping[str, list[str]],
    members: Mapping[str, list[str]],
    document: Document,
    file: str,
    findings: list[Finding],
) -> Entity:
    named = [mark for mark in group if mark.level == "NAM"] or group
    called = spans_text(document.text, named[0].spans).replace("\n", " ")
    said: dict[str, list[str]] = {
        "type": [mark.type for mark in group],
        "name": [mark.name for mark in group if mark.name is not None],
        "database entry": [mark.kb_id for mark in group if mark.kb_id is not None],
        "rollup": rollups.get(id_, []),
    }
    for what, values in said.items():
        several = list(dict.fromkeys(values))
        if len(several) > 1:
            found = f"{' and '.join(quoted(value) for value in several)} as {what} of {quoted(called)}"
            fix, field = f"give all mentions of it one {what}, or part them", group[0].id
            report = finding(
                "E107", found=found, expected=f"one {what}", fix=fix, file=file, doc_id=document.doc_id, field=field
            )
            findings.append(report)
    return Entity(
        id=id_,
        type=msgspec.convert(said["type"][0], EntityType),
        name=(said["name"] or [called])[0],
        kb_id=next(iter(said["database entry"]), None),
        rollup=next(iter(said["rollup"]), None),
        members=members.get(id_, []),
    )


def _row(document: Document, entities: list[Entity], ordered: Sequence[Mark], ids: Mapping[str, str]) -> EntitiesRow:
    mentions = [
        Mention(
            id=f"m{number}",
            entity=ids[mark.id],
            spans=list(mark.spans),
            text=spans_text(document.text, mark.spans),
            level=msgspec.convert(mark.level, Level),
            metonym=mark.metonym,
        )
        for number, mark in enumerate(ordered, start=1)
    ]
    return EntitiesRow(doc_id=document.doc_id, entities=entities, mentions=sorted(mentions, key=mention_order))
