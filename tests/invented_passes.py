"""An invented document with an annotation pass, ways in which a second annotator could differ, and a corpus of them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from goldassay.formats.authoring import AuthoredDocument, parse_authoring
from goldassay.formats.jsonl import write_rows
from goldassay.model.document import Document

TEXT = (
    "Ruritania’s interior ministry said on Tuesday that Borduria plans to move some 40 tanks to the border. "
    "Borduria denied it. Anna Holt, a lawyer, praised the denial."
)
FIRST = """\
doc: "demo-1"
annotator: {name: "first", kind: "model", family: "example", version: "1"}
guidelines: "0.1.0"
date: "2026-01-31"
seen: ["text", "guidelines", "authoring form"]

entities:
  - id: "e1"
    type: "GPE"
    name: "Ruritania"
    kb_id: null
    mentions:
      - {spans: "Ruritania", level: "NAM"}
  - id: "e2"
    type: "ORG"
    name: "interior ministry of Ruritania"
    rollup: "e1"
    mentions:
      - {spans: "Ruritania’s interior ministry", level: "NOM"}
  - id: "e3"
    type: "GPE"
    name: "Borduria"
    mentions:
      - {spans: {quote: "Borduria", in: "Borduria plans"}, level: "NAM"}
      - {spans: {quote: "Borduria", in: "Borduria denied"}, level: "NAM"}
  - id: "e4"
    type: "PERSON"
    name: "Anna Holt"
    mentions:
      - {spans: "Anna Holt", level: "NAM"}
      - {spans: "a lawyer", level: "NOM"}

propositions:
  - {id: "p1", gloss: "Borduria moves tanks to the border", about: ["e3"]}
  - {id: "p2", gloss: "Borduria denies the report", about: ["e3"]}

attributions:
  - id: "a1"
    in: "Ruritania’s interior ministry said on Tuesday that Borduria plans to move some 40 tanks to the border"
    source: "e2"
    source_spans: "Ruritania’s interior ministry"
    cue_spans: "said"
    content_spans: "Borduria plans to move some 40 tanks to the border"
    quote: "indirect"
    time: "t1"
  - id: "a2"
    in: "Borduria denied it"
    source: "e3"
    source_spans: "Borduria"
    cue_spans: "denied"
    content_spans: "it"
    antecedent: "a1"
    quote: "indirect"

stances:
  - id: "s1"
    in: "Borduria plans to move some 40 tanks to the border"
    holder: "e3"
    holder_spans: "Borduria"
    target: {kind: "proposition", id: "p1"}
    target_spans: "move some 40 tanks to the border"
    dimension: "intent"
    grade: 1
    act: "plan"
    expression_spans: "plans"
    sources: ["AUTHOR", "e2"]
    attribution: "a1"
  - id: "s2"
    in: "Borduria denied it"
    holder: "e3"
    holder_spans: "Borduria"
    target: {kind: "proposition", id: "p1"}
    target_spans: "it"
    toward: "e2"
    toward_sign: -1
    dimension: "belief"
    grade: -2
    act: "deny"
    expression_spans: "denied"
    sources: ["AUTHOR"]
    attribution: "a2"
  - id: "s3"
    holder: "e4"
    holder_spans: "Anna Holt"
    target: {kind: "proposition", id: "p2"}
    target_spans: "the denial"
    dimension: "evaluation"
    grade: 1
    act: "support"
    expression_spans: "praised"
    sources: ["AUTHOR"]

numeric_facts:
  - id: "n1"
    kind: "cardinal"
    in: "move some 40 tanks"
    mentions:
      - {number: "40", span: "some 40", full: "some 40 tanks"}
    value: {lo: "40", hi: "40"}
    approx: "approx"
    counted: {lemma: "tank", spans: "tanks"}
    subject: "e3"
    property: "number_of"
    status: "planned"
    sources: ["AUTHOR", "e2"]
    commitment: ["certain", "certain"]

times:
  - {id: "t1", spans: "Tuesday", type: "DATE", grain: "day", value_text_only: "XXXX-WXX-2"}
"""
DOCUMENT = Document(
    doc_id="demo-1",
    title=None,
    text=TEXT,
    language="en",
    dct=None,
    dct_evidence=None,
    source="invented",
    rights="CC0",
    origin="composed",
    sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    sentences=[],
)
GUIDELINES = "- **E2. Every name is a mention.**\n- **S1. Rate the words.**\n- **N3. Numbers.**\n"


def at(quote: str, nth: int = 1) -> str:
    """`start-end` of an occurrence in the text."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(quote, start + 1)
    return f"{start}-{start + len(quote)}"


_S3 = FIRST[FIRST.index('  - id: "s3"') : FIRST.index("\nnumeric_facts:")]
_A2 = FIRST[FIRST.index('  - id: "a2"') : FIRST.index("\nstances:")]
_N1 = FIRST[FIRST.index('  - id: "n1"') : FIRST.index("\ntimes:")]
_LAWYER = '      - {spans: "a lawyer", level: "NOM"}\n'
_MINISTRY = '{spans: "Ruritania’s interior ministry", level: "NOM"}'
_DENIED = '{spans: {quote: "Borduria", in: "Borduria denied"}, level: "NAM"}'


@dataclass(frozen=True)
class Planted:
    """Changes of the first pass, and the disagreements they must give: id without the document, fields."""

    old: str
    new: str
    expected: Mapping[str, tuple[str, ...]]
    more: tuple[tuple[str, str], ...] = ()


PLANTED: dict[str, Planted] = {
    "a mention is missing": Planted(_LAWYER, "", {f"mentions/e4@{at('a lawyer')}": ()}),
    "a mention is cut differently": Planted(
        _MINISTRY,
        '{spans: {quote: "interior ministry"}, level: "NOM"}',
        {f"mentions/e2@{at('Ruritania’s interior ministry')}": ("spans",)},
    ),
    "a mention has another level and flag": Planted(
        _DENIED,
        '{spans: {quote: "Borduria", in: "Borduria denied"}, level: "NOM", metonym: true}',
        {f"mentions/e3@{at('Borduria', 2)}": ("level", "metonym")},
    ),
    "a mention is of another entity": Planted(
        _LAWYER,
        '  - id: "e9"\n    type: "PERSON"\n    name: "a lawyer"\n    mentions:\n' + _LAWYER,
        {f"mentions/e4@{at('a lawyer')}": ("entity",), "entities/b:e9": ()},
    ),
    "an entity has another type and link": Planted(
        'type: "ORG"\n    name: "interior ministry of Ruritania"\n',
        'type: "GPE"\n    name: "the interior ministry"\n    kb_id: "Q1"\n',
        {"entities/e2": ("type", "kb_id")},
    ),
    "a proposition is about more": Planted(
        'the report", about: ["e3"]', 'the report", about: ["e3", "e2"]', {"propositions/p2": ("about",)}
    ),
    "an attribution has another source and quote type": Planted(
        'source: "e3"\n    source_spans: "Borduria"\n    cue_spans: "denied"\n    content_spans: "it"\n'
        '    antecedent: "a1"\n    quote: "indirect"',
        'source: "IMPLICIT"\n    source_spans: "Borduria"\n    cue_spans: "denied"\n    content_spans: "it"\n'
        '    antecedent: "a1"\n    quote: "narrated"',
        {"attributions/a2": ("source", "quote")},
    ),
    "an attribution is missing": Planted(
        _A2 + "\nstances:",
        "stances:",
        {"attributions/a2": (), "stances/s2": ("attribution",)},
        more=(('    attribution: "a2"\n', ""),),
    ),
    "a stance has another grade and act": Planted(
        'grade: 1\n    act: "support"', 'grade: 2\n    act: "private"', {"stances/s3": ("grade", "act")}
    ),
    "a stance has another holder": Planted(
        'holder: "e4"\n    holder_spans: "Anna Holt"', 'holder: "AUTHOR"', {"stances/s3": ("holder", "holder_spans")}
    ),
    "a stance is missing": Planted(_S3, "", {"stances/s3": ()}),
    "a stance more": Planted(
        _S3,
        _S3 + _S3.replace('"s3"', '"s4"').replace('"praised"', '"the denial"').replace('"p2"', '"p1"'),
        {"stances/b:s4": ()},
    ),
    "a fact has another value and status": Planted(
        'value: {lo: "40", hi: "40"}\n    approx: "approx"',
        'value: {lo: "40", hi: null}\n    approx: "above"',
        {"numeric_facts/n1": ("value", "approx")},
    ),
    "a fact is missing": Planted("numeric_facts:\n" + _N1, "numeric_facts: []\n", {"numeric_facts/n1": ()}),
    "a time has another value": Planted('"XXXX-WXX-2"', '"XXXX-WXX-3"', {"times/t1": ("value_text_only",)}),
    "wordings and notes differ": Planted(
        'gloss: "Borduria moves tanks to the border"', 'gloss: "tanks are moved to the border"', {}
    ),
}
TOGETHER = (
    "a mention is missing",
    "a mention is cut differently",
    "an entity has another type and link",
    "a proposition is about more",
    "an attribution is missing",
    "a stance has another grade and act",
    "a fact has another value and status",
    "a time has another value",
)
"""Changes that do not touch each other's words."""


def plant(*names: str, text: str = FIRST) -> str:
    """The first pass with some of the changes."""
    for name in names:
        change = PLANTED[name]
        for old, new in ((change.old, change.new), *change.more):
            assert text.count(old) == 1, name
            text = text.replace(old, new)
    return text


def expect(*names: str) -> dict[str, tuple[str, ...]]:
    """The disagreements that some of the changes must give."""
    return {f"demo-1/{id_}": fields for name in names for id_, fields in PLANTED[name].expected.items()}


def author(text: str) -> AuthoredDocument:
    """A pass read; it must have no findings."""
    authored, findings = parse_authoring(text, DOCUMENT, file="pass.yaml")
    assert findings == []
    assert authored is not None
    return authored


def write_corpus(root: Path, passes: Mapping[str, str], gold: str | None = None) -> Path:
    """A corpus of the one document with passes in `annotations/passes` and, from a pass, the gold."""
    (root / "corpus" / "documents").mkdir(parents=True)
    (root / "corpus" / "manifest.json").write_text("{}\n", encoding="utf-8")
    write_rows(root / "corpus" / "documents" / "validation.jsonl", [DOCUMENT])
    (root / "annotations" / "guidelines").mkdir(parents=True)
    (root / "annotations" / "guidelines" / "entities.md").write_text(GUIDELINES, encoding="utf-8")
    for name, text in passes.items():
        folder = root / "annotations" / "passes" / name
        folder.mkdir(parents=True)
        (folder / "demo-1.yaml").write_text(text, encoding="utf-8")
    if gold is not None:
        write_gold(root, gold)
    return root


def write_gold(root: Path, text: str) -> None:
    """The rows of a pass as the gold."""
    authored = author(text)
    for layer in ("entities", "stances", "numeric_facts"):
        (root / "annotations" / layer).mkdir(parents=True, exist_ok=True)
        write_rows(root / "annotations" / layer / "validation.jsonl", [getattr(authored, layer)])
