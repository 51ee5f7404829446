"""Gold of another corpus: one JSONL file, a line a document, with the text and any layers in the gold's own records."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from goldassay.formats.jsonl import ONE_LINE, read_rows, tell_no_lines
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import Origin
from goldassay.model.numeric_facts import NumericFact, NumericFactsRow, Time
from goldassay.model.record import Id, Record, Span
from goldassay.model.stances import Attribution, Proposition, Stance, StancesRow

T = TypeVar("T")


class GoldLine(Record, frozen=True, kw_only=True):
    """A document with its gold. Only `doc_id` and `text` are required; a layer none of whose keys is there is null."""

    doc_id: Id
    text: str
    title: Span | None = None
    language: str = "und"
    dct: str | None = None
    dct_evidence: str | None = None
    source: str = ""
    rights: str = ""
    origin: Origin = "news"
    sha256: str | None = None
    sentences: tuple[Span, ...] = ()
    derived_from: str | None = None
    edit: str | None = None
    entities: tuple[Entity, ...] | None = None
    mentions: tuple[Mention, ...] | None = None
    propositions: tuple[Proposition, ...] | None = None
    attributions: tuple[Attribution, ...] | None = None
    stances: tuple[Stance, ...] | None = None
    numeric_facts: tuple[NumericFact, ...] | None = None
    times: tuple[Time, ...] | None = None
    canary: str | None = None


class GoldFile(msgspec.Struct, frozen=True, kw_only=True):
    """A gold file as read: documents in the order of the file, and for each layer the rows of the documents annotated.

    `canaries` holds those of the documents that have one. Lines with findings of severity error are left out. Spans,
    texts and references are not yet checked against the documents: that is the work of `check`.
    """

    documents: tuple[Document, ...]
    entities: dict[str, EntitiesRow]
    stances: dict[str, StancesRow]
    numeric_facts: dict[str, NumericFactsRow]
    findings: tuple[Finding, ...]
    canaries: dict[str, str] = {}


def read_gold(path: str | os.PathLike[str]) -> GoldFile:
    """Read merged gold lines.

    A line is `{"doc_id": …, "text": …}` with any keys of a document and any lists of the layers: `entities` and
    `mentions`; `propositions`, `attributions` and `stances`; `numeric_facts` and `times`. One list of a layer makes it
    annotated in that document, and its other lists empty. Mentions without an entity carry their own type.

    Raises:
        OSError: There is no such file, or it cannot be read.
    """
    name = os.fspath(path)
    lines: dict[str, GoldLine] = {}
    findings: list[Finding] = []
    rows = list(read_rows(Path(path), GoldLine))
    for row in rows:
        problems = list(row.findings)
        if row.value is not None:
            problems += _check_line(row.value, name, row.line, row.value.doc_id in lines)
            if not problems:
                lines[row.value.doc_id] = row.value
        findings += problems
    return GoldFile(
        documents=tuple(_document(line) for line in lines.values()),
        entities=_rows(lines, _entities),
        stances=_rows(lines, _stances),
        numeric_facts=_rows(lines, _numeric_facts),
        findings=(*tell_no_lines(findings, len(rows), file=name), *findings),
        canaries={doc_id: line.canary for doc_id, line in lines.items() if line.canary is not None},
    )


def _rows(lines: Mapping[str, GoldLine], read: Callable[[GoldLine], T | None]) -> dict[str, T]:
    rows = ((doc_id, read(line)) for doc_id, line in lines.items())
    return {doc_id: row for doc_id, row in rows if row is not None}


def _check_line(line: GoldLine, file: str, number: int, twice: bool) -> Iterator[Finding]:
    report = partial(finding, file=file, line=number, doc_id=line.doc_id)
    if twice:
        yield report("E306", found="a second line for the document", expected="one line a document", fix=ONE_LINE)
    if line.sha256 is not None and line.sha256 != hash_text(line.text):
        found = f"a text with sha256 {hash_text(line.text)}"
        fix = "correct the text or its hash, or leave the hash out"
        yield report("E601", found=found, expected=line.sha256, fix=fix, field="sha256")
    for index, mention in enumerate(line.mentions or ()):
        if mention.entity is None and mention.type is None:
            field, fix = f"mentions[{index}].type", "give the mention a type or an entity"
            yield report("E407", found="null", expected="a type", fix=fix, field=field)


def hash_text(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as documents have it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _document(line: GoldLine) -> Document:
    return Document(
        doc_id=line.doc_id,
        title=line.title,
        text=line.text,
        language=line.language,
        dct=line.dct,
        dct_evidence=line.dct_evidence,
        source=line.source,
        rights=line.rights,
        origin=line.origin,
        sha256=hash_text(line.text),
        sentences=list(line.sentences),
        derived_from=line.derived_from,
        edit=line.edit,
    )


def _entities(line: GoldLine) -> EntitiesRow | None:
    if line.entities is None and line.mentions is None:
        return None
    return EntitiesRow(doc_id=line.doc_id, entities=list(line.entities or ()), mentions=list(line.mentions or ()))


def _stances(line: GoldLine) -> StancesRow | None:
    if line.propositions is None and line.attributions is None and line.stances is None:
        return None
    return StancesRow(
        doc_id=line.doc_id,
        propositions=list(line.propositions or ()),
        attributions=list(line.attributions or ()),
        stances=list(line.stances or ()),
    )


def _numeric_facts(line: GoldLine) -> NumericFactsRow | None:
    if line.numeric_facts is None and line.times is None:
        return None
    return NumericFactsRow(
        doc_id=line.doc_id, numeric_facts=list(line.numeric_facts or ()), times=list(line.times or ())
    )
