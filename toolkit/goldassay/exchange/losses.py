"""What of a gold line a format has no place for, in counts."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Literal, get_args

import msgspec

from goldassay.exchange.assembly import link_of
from goldassay.exchange.reading import Counts
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Mention
from goldassay.model.printable import quoted
from goldassay.model.record import spans_text

Carried = Literal[
    "mentions",
    "clusters",
    "levels",
    "metonyms",
    "names",
    "kb_ids",
    "rollups",
    "unmentioned",
    "stances",
    "numeric_facts",
    "sentences",
    "title",
    "language",
    "document",
]
"""What a format may have a place for.

`document` stands for every field of a document, `unmentioned` for entities without a mention.
"""

EVERYTHING: tuple[Carried, ...] = get_args(Carried)

DOCUMENT_FIELDS: dict[str, str] = {
    "title": "titles of documents",
    "language": "languages of documents",
    "dct": "dates of documents (dct)",
    "dct_evidence": "evidence of the dates of documents (dct_evidence)",
    "source": "sources of documents",
    "rights": "rights of documents",
    "origin": "origins of documents",
    "sentences": "sentences",
    "derived_from": "documents that others are derived from (derived_from)",
    "edit": "edits that made documents (edit)",
    "canary": "canaries of documents",
}
"""The fields of a document in words, without its id and text and without the hash, which is made anew from the text."""

_ASSUMED = ("title", "language", "dct", "dct_evidence", "source", "rights", "origin", "sentences")
"""The fields that are said to be filled in: a document without the others is an ordinary one."""

_EMPTY = GoldLine(doc_id="d", text="")


def count_rest(line: GoldLine, carries: Collection[Carried]) -> Counts:
    """How much of a line falls outside what a format carries.

    Single mentions that it cannot write are for its writer to count. A level that reading takes for granted (NAM) and
    a name that reading finds by itself are no losses.

    >>> from goldassay.model.entities import Entity, Mention
    >>> one = Mention(id="m1", entity="e1", spans=[(0, 5)], text="Zenda", level="PRO")
    >>> zenda = Entity(id="e1", type="GPE", name="Zenda")
    >>> line = GoldLine(doc_id="d", text="Zenda", entities=(zenda,), mentions=(one,))
    >>> sorted(count_rest(line, {"mentions"}).items())
    [('levels of mentions other than NAM', 1), ('names of entities', 1)]
    """
    lost: Counts = Counter()
    for name, words in DOCUMENT_FIELDS.items():
        if not _is_carried(name, carries) and getattr(line, name) != getattr(_EMPTY, name):
            lost[words] += len(line.sentences) if name == "sentences" else 1
    if "stances" not in carries:
        for what in ("propositions", "attributions", "stances"):
            lost[what] += len(getattr(line, what) or ())
    if "numeric_facts" not in carries:
        lost["numeric facts"] += len(line.numeric_facts or ())
        lost["times"] += len(line.times or ())
    if "mentions" not in carries:
        lost["mentions"] += len(line.mentions or ())
    return +(lost + _count_entities(line, carries))


def with_entities(lines: Iterable[object], lost: Counts) -> list[GoldLine]:
    """The gold lines whose entities are annotated; the others are counted.

    A format that knows nothing else would say of them that there is no entity in them, which nobody has found.
    """
    gold = [one for one in lines if isinstance(one, GoldLine)]
    kept = [one for one in gold if one.entities is not None or one.mentions is not None]
    lost["documents whose entities are not annotated, left out"] += len(gold) - len(kept)
    return kept


def count_filled(line: GoldLine, carries: Collection[Carried]) -> Counts:
    """The fields of a document that its file did not say, with what stands there if a format has a place for them.

    >>> sorted(count_filled(GoldLine(doc_id="d", text="", rights="free"), {"language", "title"}).items())
    [('languages of documents, taken for "und"', 1), ('titles of documents, left empty', 1)]
    """
    filled: Counts = Counter()
    for name in _ASSUMED:
        default = getattr(_EMPTY, name)
        if _is_carried(name, carries) and getattr(line, name) == default:
            what = "sentences of documents" if name == "sentences" else DOCUMENT_FIELDS[name]
            filled[f"{what}, {f'taken for {quoted(default)}' if default else 'left empty'}"] += 1
    return filled


def _is_carried(name: str, carries: Collection[Carried]) -> bool:
    return "document" in carries or name in carries


def _count_entities(line: GoldLine, carries: Collection[Carried]) -> Counts:
    lost: Counts = Counter()
    entities, mentions = line.entities or (), line.mentions or ()
    sizes = Counter(one.entity for one in mentions)
    if "clusters" not in carries:
        lost["entities of several mentions (coreference)"] += sum(count > 1 for id_, count in sizes.items() if id_)
    if "names" not in carries:
        told = [one if "levels" in carries else msgspec.structs.replace(one, level="NAM") for one in mentions]
        called = {} if "clusters" not in carries else first_names(told, line.text)
        lost["names of entities"] += sum(bool(one.name) and called.get(one.id) != one.name for one in entities)
    if "unmentioned" not in carries:
        lost["entities without a mention"] += sum(one.id not in sizes for one in entities)
    if "kb_ids" not in carries:
        linked = [*(one.kb_id for one in entities), *(one.kb_id for one in mentions)]
        lost["links to a knowledge base"] += sum(kb_id is not None for kb_id in linked)
    if "rollups" not in carries:
        lost["rollups of entities"] += sum(one.rollup is not None for one in entities)
        lost["members of groups"] += sum(len(one.members) for one in entities)
    if "metonyms" not in carries:
        lost["metonyms"] += sum(one.metonym for one in mentions)
    if "levels" not in carries:
        lost["levels of mentions other than NAM"] += sum(one.level != "NAM" for one in mentions)
    return lost


def count_outvoted(line: GoldLine, types: Mapping[str, str | None], *, links: bool) -> Counts:
    """The entities that come back with another type or link because a format knows those of mentions alone.

    A reader gives an entity what most of its mentions have (`assembly.assemble`).

    Args:
        line: The document.
        types: The type that the format shows of each mention it has kept, by the mention's id.
        links: Whether it shows links too.
    """
    lost: Counts = Counter()
    kept = sorted((one for one in line.mentions or () if one.id in types), key=_text_order)
    for entity in line.entities or ():
        own = [one for one in kept if one.entity == entity.id]
        shown = Counter(types[one.id] for one in own if types[one.id] is not None).most_common(1)
        lost["types of entities that most of their mentions do not have"] += any(
            type_ != entity.type for type_, _ in shown
        )
        if links and own:
            link = link_of(one.kb_id or entity.kb_id for one in own)
            lost["links of entities that come back as most of their mentions have them"] += link != entity.kb_id
    return lost


def _text_order(one: Mention) -> tuple[object, ...]:
    return one.spans[0][0], one.spans[-1][1], one.spans


def first_names(mentions: Iterable[Mention], text: str) -> dict[str, str]:
    """What each entity would be called after its mentions: its first name, else its first mention."""
    called: dict[str, str] = {}
    ordered = sorted(mentions, key=lambda one: (one.level != "NAM", one.spans[0][0], one.spans[-1][1]))
    for one in ordered:
        if one.entity is not None:
            called.setdefault(one.entity, spans_text(text, one.spans).replace("\n", " "))
    return called
