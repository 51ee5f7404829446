"""Gold lines for tests of conversions: invented, with every trap of the texts that tools stumble over."""

from collections import Counter
from pathlib import Path

import msgspec
from hypothesis import strategies as st

from goldassay.exchange.assembly import type_of
from goldassay.exchange.convert import read_file
from goldassay.exchange.reading import Counts, Read, WriteOptions
from goldassay.exchange.table import FORMATS
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Entity, Mention
from goldassay.model.labels import ENTITY_TYPES, LEVELS
from goldassay.model.record import Span, spans_text

TEXT = (
    "🚀 Zenda’s cafe\u0301 in “Strelsau”\nsends\u00a0# O troops\u2028from Łódź; 北京 won’t.\n\n\t-DOCSTART- # text = 1 "
)
"""White space of every kind, characters beyond the basic plane, and what formats take for their own marks."""

Seen = Counter[tuple[tuple[Span, ...], str]]


@st.composite
def gold_lines(draw: st.DrawFn, doc_id: str = "d 1/%\n") -> GoldLine:
    """A document with entities and up to seven mentions, of up to two stretches each, cut anywhere."""
    entities = tuple(
        Entity(id=f"e{number}", type=draw(st.sampled_from(ENTITY_TYPES)), name=f"Name {number}") for number in (1, 2, 3)
    )
    mentions = []
    for number in range(1, draw(st.integers(0, 7)) + 1):
        count = draw(st.sampled_from([2, 2, 2, 4]))
        cuts = sorted(draw(st.lists(st.integers(0, len(TEXT)), min_size=count, max_size=count, unique=True)))
        spans = list(zip(cuts[::2], cuts[1::2], strict=True))
        owner = draw(st.sampled_from(["e1", "e2", None]))
        own = draw(st.sampled_from(ENTITY_TYPES)) if owner is None else None
        level = draw(st.sampled_from(LEVELS))
        mentions.append(
            Mention(id=f"m{number}", entity=owner, spans=spans, text=spans_text(TEXT, spans), level=level, type=own)  # type: ignore[arg-type]
        )
    used = {one.entity for one in mentions}
    kept = tuple(one for one in entities if one.id in used)
    return GoldLine(doc_id=doc_id, text=TEXT, entities=kept, mentions=tuple(mentions))


@st.composite
def linked_lines(draw: st.DrawFn) -> GoldLine:
    """A document whose entities and mentions have types and links of their own, which may differ or be absent.

    Some mentions stand at one place.
    """
    line = draw(gold_lines())
    links = st.sampled_from([None, None, "Q1", "Q2"])
    mentions = []
    for one in line.mentions or ():
        type_ = draw(st.sampled_from(ENTITY_TYPES[:3])) if one.entity is None or draw(st.booleans()) else None
        place = draw(st.sampled_from([one, (line.mentions or ())[0]]))
        mentions.append(msgspec.structs.replace(one, type=type_, kb_id=draw(links), spans=place.spans, text=place.text))  # type: ignore[arg-type]
    entities = tuple(msgspec.structs.replace(one, kb_id=draw(links)) for one in line.entities or ())
    return msgspec.structs.replace(line, entities=entities, mentions=tuple(mentions))


def said(line: GoldLine) -> Counter[tuple[tuple[Span, ...], str, str | None]]:
    """What a line says of each mention: its spans, its type and its link, be they its own or its entity's."""
    entities = {one.id: one for one in line.entities or ()}

    def link(one: Mention) -> str | None:
        return one.kb_id or (entities[one.entity].kb_id if one.entity is not None else None)

    return Counter((tuple(one.spans), type_of(one, entities), link(one)) for one in line.mentions or ())


def typed(line: GoldLine) -> Seen:
    """The mentions of a line as spans and types, with how often each stands there."""
    entities = {one.id: one for one in line.entities or ()}
    return Counter((tuple(one.spans), type_of(one, entities)) for one in line.mentions or ())


def clusters(line: GoldLine) -> Counter[frozenset[tuple[Span, ...]]]:
    """The mentions of each entity; those that have none are left out."""
    by_entity: dict[str, set[tuple[Span, ...]]] = {}
    for one in line.mentions or ():
        if one.entity is not None:
            by_entity.setdefault(one.entity, set()).add(tuple(one.spans))
    return Counter(frozenset(one) for one in by_entity.values())


def there_and_back(lines: list[GoldLine], name: str, folder: Path) -> tuple[Read, Counts]:
    """Lines written in a format into an empty folder and read again, and what was lost in writing."""
    written = FORMATS[name].write(lines, WriteOptions())
    out = folder / "out"
    for file, content in written.files.items():
        path = out / file if file else out
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return read_file(out, name), +Counter(written.lost)
