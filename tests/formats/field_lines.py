"""A gold line with a record of every kind, and that line with each field of a document or an item changed alone."""

import copy
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from exchange_lines import there_and_back

from goldassay.corpus.sentences import split_sentences
from goldassay.exchange.gold_lines import rows_of
from goldassay.exchange.losses import DOCUMENT_FIELDS
from goldassay.exchange.reading import Counts, Read
from goldassay.formats.gold import GoldLine, hash_text
from goldassay.formats.prediction_line import PredictionLine
from goldassay.gold_diff.diff import diff_golds
from goldassay.layers.base import GoldDocument
from goldassay.model.entities import Entity, Mention
from goldassay.model.numeric_facts import (
    Alternative,
    Counted,
    Event,
    EventRole,
    Extent,
    Link,
    NumericFact,
    NumericMention,
    Time,
    Value,
)
from goldassay.model.stances import Attribution, Proposition, Stance, Target

TEXT = "Zenda blamed Strelsau. On Monday about 40 ships, Dol said, left Zenda; 9 came back."


def at(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def after_left() -> list[int]:
    """The second time that the text says Zenda."""
    start, end = at("Zenda;")
    return [start, end - 1]


def extent(words: str) -> dict[str, Any]:
    return {"spans": [at(words)], "text": words}


def stated(number: str, span: str, full: str) -> dict[str, Any]:
    return {"number": extent(number), "span": extent(span), "full": extent(full)}


LINE: dict[str, Any] = {
    "doc_id": "d1",
    "text": TEXT,
    "entities": [
        {"id": "e1", "type": "GPE", "name": "Zenda"},
        {"id": "e2", "type": "GPE", "name": "Strelsau"},
        {"id": "e3", "type": "PERSON", "name": "Dol"},
    ],
    "mentions": [
        {"id": "m1", "entity": "e1", "spans": [at("Zenda")], "text": "Zenda", "level": "NAM"},
        {"id": "m2", "entity": "e2", "spans": [at("Strelsau")], "text": "Strelsau", "level": "NAM"},
        {"id": "m3", "entity": "e3", "spans": [at("Dol")], "text": "Dol", "level": "NAM"},
        {"id": "m4", "entity": "e1", "spans": [after_left()], "text": "Zenda", "level": "NAM"},
    ],
    "propositions": [{"id": "p1", "gloss": "ships left Zenda"}],
    "attributions": [
        {
            "id": "a1",
            "source": "e3",
            "cue_spans": [at("said")],
            "content_spans": [at("left Zenda")],
            "quote": "indirect",
        },
        {
            "id": "a2",
            "source": "AUTHOR",
            "cue_spans": [at("blamed")],
            "content_spans": [at("Strelsau")],
            "quote": "indirect",
        },
    ],
    "stances": [
        {
            "id": id_,
            "holder": holder,
            "target": {"kind": "entity", "id": "e2"},
            "dimension": dimension,
            "grade": -1,
            "act": "accuse",
            "expression_spans": [at(words)],
            "holder_spans": [at(words)],
            "target_spans": [at("Strelsau")],
        }
        for id_, holder, words, dimension in (("s1", "e1", "blamed", "evaluation"), ("s2", "e3", "said", "position"))
    ],
    "numeric_facts": [
        {
            "id": "n1",
            "mentions": [stated("40", "40 ships", "about 40 ships")],
            "kind": "cardinal",
            "property": "number_of",
            "status": "actual",
            "value": {"lo": "40", "hi": "40"},
            "counted": {"lemma": "ship"},
            "base": {"lemma": "fleet"},
            "event": {"trigger_spans": [at("left")], "roles": [{"role": "agent", "entity": "e1"}]},
            "links": [{"type": "part_of", "to": "n2"}],
            "alternatives": [{"field": "kind", "value": "measure"}],
        },
        {
            "id": "n2",
            "mentions": [stated("9", "9", "9")],
            "kind": "cardinal",
            "property": "number_of",
            "status": "actual",
        },
    ],
    "times": [
        {"id": "t1", "spans": [at("Monday")], "text": "Monday", "type": "DATE", "value_text_only": "XXXX-WXX-1"},
        {"id": "t2", "spans": [at("On Monday")], "text": "On Monday", "type": "DATE", "value_text_only": "XXXX-WXX-1"},
    ],
}
"""A line in which every field has its default, or the one value it needs."""

DOCUMENT: dict[str, Any] = {
    "title": at("Zenda blamed Strelsau."),
    "language": "en",
    "dct": "2024-07-15",
    "dct_evidence": "no dateline",
    "source": "composed",
    "rights": "free",
    "origin": "composed",
    "sentences": [at("Zenda blamed Strelsau."), [23, len(TEXT)]],
    "derived_from": "d0",
    "edit": "a name",
    "canary": "a canary",
}

N1 = ("numeric_facts", 0)
ITEMS: dict[type[msgspec.Struct], tuple[tuple[str | int, ...], dict[str, Any]]] = {
    Entity: (
        ("entities", 0),
        {"type": "LOC", "name": "The Town", "kb_id": "Q1", "rollup": "e2", "members": ["e2", "e3"]},
    ),
    Mention: (
        ("mentions", 3),
        {
            "entity": "e3",
            "spans": [at("40 ships")],
            "text": None,  # follows from the spans
            "level": "NOM",
            "metonym": True,
            "type": "ORG",
            "kb_id": "Q2",
        },
    ),
    Proposition: (("propositions", 0), {"gloss": "nine came back", "about": ["e1"]}),
    Attribution: (
        ("attributions", 0),
        {
            "parent": "a2",
            "source": "e1",
            "source_spans": [at("Dol")],
            "cue_spans": [at("Dol said")],
            "content_spans": [at("about 40 ships")],
            "antecedent": "a2",
            "quote": "direct",
            "verbatim_spans": [at("ships")],
            "unbalanced_quote": True,
            "addressee": "e2",
            "time": "t1",
            "hedge_spans": [at("about")],
            "self_report": True,
        },
    ),
    Stance: (
        ("stances", 1),
        {
            "holder": "e1",
            "holder_spans": [at("Dol")],
            "target": {"kind": "proposition", "id": "p1"},
            "target_spans": [at("40 ships")],
            "toward": "e1",
            "toward_sign": -1,
            "dimension": "intent",
            "grade": 2,
            "grade_alt": [1],
            "mixed": True,
            "act": "plan",
            "expression_spans": [at("came back")],
            "sources": ["AUTHOR"],
            "attribution": "a1",
            "status": "future",
            "negated_report": True,
            "hedge_spans": [at("about")],
            "condition_spans": [at("On Monday")],
            "inferred": True,
            "headline": True,
            "grounds_of": "s1",
            "same_as": "s1",
            "tier": "optional",
            "note": "hard to tell",
        },
    ),
    Target: (("stances", 1, "target"), {"kind": None, "id": "e1"}),  # kind changes with the id, as in Stance.target
    NumericFact: (
        N1,
        {
            "mentions": [stated("9", "9", "9 came")],
            "kind": "measure",
            "value": {"lo": "39", "hi": "41"},
            "magnitude": 1,
            "approx": "approx",
            "bound": "min",
            "unit": "km",
            "counted": None,  # whole in the line; its fields follow
            "subject": "e1",
            "property": "other",
            "members": ["e2"],
            "event": None,
            "base": None,
            "role": "change",
            "direction": "up",
            "time": "t1",
            "status": "planned",
            "negated": True,
            "sources": ["AUTHOR", "e3"],
            "commitment": ["certain"],
            "links": [{"type": "updates", "to": "n2"}],
            "alternatives": [],
            "tier": "implicit",
            "note": "hard to count",
        },
    ),
    Value: ((*N1, "value"), {"lo": "39", "hi": None, "lo_inc": False, "hi_inc": False}),
    NumericMention: (
        (*N1, "mentions", 0),
        {"number": extent("9"), "span": extent("about 40 ships"), "full": extent("40 ships")},
    ),
    Extent: ((*N1, "mentions", 0, "full"), {"spans": [at("40 ships,")], "text": None}),
    Counted: ((*N1, "counted"), {"lemma": "boat", "entity": "e2", "spans": [at("ships")]}),
    Event: ((*N1, "event"), {"trigger_spans": [at("came")], "roles": []}),
    EventRole: ((*N1, "event", "roles", 0), {"role": "place", "entity": "e2"}),
    Link: ((*N1, "links", 0), {"type": "same_as", "to": "n1", "inferred": True}),
    Alternative: ((*N1, "alternatives", 0), {"field": "unit", "value": "fleet"}),
    Time: (
        ("times", 0),
        {
            "spans": [at("Monday about")],
            "text": None,
            "type": "SET",
            "grain": "day",
            "mod": "APPROX",
            "expr": "this day",
            "anchor": "t2",
            "value_text_only": "XXXX",
            "value_resolved": "2024-07-15",
            "resolved_by": "metadata",
            "premises": ["DCT", "t2"],
            "begin": "2024-07-15",
            "end": "2024-07-16",
            "note": "hard to date",
        },
    ),
}
"""Where a record of each type stands, and another value for each of its fields; null for those said elsewhere."""

COUNTED_WHOLE = {
    "entities": ("mentions",),
    "mentions": ("mentions",),
    "propositions": ("propositions",),
    "attributions": ("attributions",),
    "stances": ("stances", "acts, dimensions, sources and all else of stances"),
    "numeric_facts": ("numeric facts",),
    "times": ("times",),
}
"""What a format says that has no place for a kind of item at all, or for all of its fields."""

COUNTED_ALWAYS = {"Entity.name": "names of entities", "Mention.entity": "entities of several mentions (coreference)"}
"""Fields that are counted in the unchanged line as well."""


def variants() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The list that a field stands in, its name, and the line with another value in it."""
    for record, (path, values) in ITEMS.items():
        for name, value in values.items():
            line = copy.deepcopy(LINE)
            at_record: Any = line
            for step in path:
                at_record = at_record[step]
            if value is None and record is not Value:
                continue
            at_record[name] = value
            if name == "spans" and "text" in values:
                at_record["text"] = " ".join(TEXT[start:end] for start, end in value)
            yield str(path[0]), f"{record.__name__}.{name}", line


def build(value: dict[str, Any]) -> GoldLine:
    """As a line that was read from a file, with the hash of its text."""
    return msgspec.structs.replace(msgspec.convert(value, GoldLine), sha256=hash_text(value["text"]))


CASES = list(variants())
CASE_IDS = [field for _, field, _ in CASES]


def send(line: GoldLine, name: str) -> tuple[Read, Counts]:
    """The line written in a format and read again, and what was lost in writing."""
    with tempfile.TemporaryDirectory() as folder:
        return there_and_back([line], name, Path(folder))


def check_document_field(name: str, field: str) -> None:
    """A field of a document comes back, or is counted, never both."""
    line = build({**LINE, **({field: DOCUMENT[field]} if field in DOCUMENT else {})})
    read, lost = send(line, name)
    words = DOCUMENT_FIELDS.get(field, "hashes of texts (sha256)")
    (back,) = read.lines
    if isinstance(back, GoldLine) and getattr(back, field) == getattr(line, field):
        assert words not in lost
    elif field in ("sentences", "sha256") and lost["documents whose white space is not kept"]:
        assert isinstance(back, GoldLine)
        assert back.text != line.text
        assert len(back.sentences) == len(line.sentences or split_sentences(TEXT))
    else:
        assert lost[words] == (2 if field == "sentences" else 1)


def check_item_field(name: str, kind: str, field: str, value: dict[str, Any]) -> None:
    """Another value of an item's field comes back, or something more is counted than without it."""
    line = build(value)
    read, lost = send(line, name)
    assert [one for one in read.findings if one.severity == "error"] == []
    size = len(value["mentions" if kind == "entities" else kind])
    if any(lost[words] == size for words in COUNTED_WHOLE[kind]) or lost[COUNTED_ALWAYS.get(field, "")]:
        return
    unchanged, before = send(build(LINE), name)
    if (lost - before).total():
        return
    (back,), (other,) = read.lines, unchanged.lines
    # A kind that comes back as it was does so with the change, too; of the others the change must be seen.
    if _is_carried(build(LINE), other, kind):
        assert _is_carried(line, back, kind)
    else:
        assert back != other


def _is_carried(line: GoldLine, back: GoldLine | PredictionLine, kind: str) -> bool:
    if isinstance(back, GoldLine):
        sides = [GoldDocument(*rows_of(one)) for one in (line, back)]
        return kind not in {one.kind for one in diff_golds([sides[0]], [sides[1]]).changes}
    said, found = (msgspec.to_builtins(getattr(one, kind) or ()) for one in (line, back))
    return [_said(one) for one in said] == [_said(one) for one in found]


def _said(value: Any) -> Any:
    """A value without what is null, false or empty, which prediction lines may leave out."""
    if isinstance(value, dict):
        return {key: _said(one) for key, one in value.items() if one not in (None, False, [], ())}
    return [_said(one) for one in value] if isinstance(value, (list, tuple)) else value
