"""What of a gold line a format has no place for, in counts."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Literal, get_args

import msgspec

from goldassay.exchange.reading import Counts
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Mention
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

_LAYERS = ("entities", "mentions", "propositions", "attributions", "stances", "numeric_facts", "times")
_DOCUMENT_FIELDS = [name for name in GoldLine.__struct_fields__ if name not in ("doc_id", "text", "sha256", *_LAYERS)]
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
    if "document" not in carries:
        for name in _DOCUMENT_FIELDS:
            if name not in carries and getattr(line, name) != getattr(_EMPTY, name):
                lost[f"documents whose {name} is left out"] += 1
    if "stances" not in carries:
        for what in ("propositions", "attributions", "stances"):
            lost[what] += len(getattr(line, what) or ())
    if "numeric_facts" not in carries:
        lost["numeric facts"] += len(line.numeric_facts or ())
        lost["times"] += len(line.times or ())
    if "mentions" not in carries:
        lost["mentions"] += len(line.mentions or ())
    return +(lost + _count_entities(line, carries))


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


def first_names(mentions: Iterable[Mention], text: str) -> dict[str, str]:
    """What each entity would be called after its mentions: its first name, else its first mention."""
    called: dict[str, str] = {}
    ordered = sorted(mentions, key=lambda one: (one.level != "NAM", one.spans[0][0], one.spans[-1][1]))
    for one in ordered:
        if one.entity is not None:
            called.setdefault(one.entity, spans_text(text, one.spans).replace("\n", " "))
    return called
