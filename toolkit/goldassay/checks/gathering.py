"""Rows gathered from many files and put together by document, with the place each of them came from."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec

from goldassay.checks.document import check_rows
from goldassay.checks.hard_negatives import check_hard_negatives
from goldassay.checks.kinds import Kind
from goldassay.checks.required import check_document
from goldassay.checks.walk import COLLECTIONS, LayerRow, Rows
from goldassay.formats.gold import GoldLine, read_gold
from goldassay.formats.jsonl import read_rows, tell_no_lines
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding, Where, finding
from goldassay.model.hard_negatives import HardNegativesRow
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.printable import quoted
from goldassay.model.stances import StancesRow

AnyRow: TypeAlias = Document | LayerRow | HardNegativesRow

RECORDS: dict[Kind, type[AnyRow]] = {
    "documents": Document,
    "entities": EntitiesRow,
    "stances": StancesRow,
    "numeric_facts": NumericFactsRow,
    "hard_negatives": HardNegativesRow,
}

_LAYER_OF: dict[str, Kind] = {
    name: kind
    for kind, record in RECORDS.items()
    for name in COLLECTIONS
    if kind != "documents" and name in record.__struct_fields__
}
_LAYER_OF["items"] = "hard_negatives"


class Placed(NamedTuple):
    """A row, the name of its file and its line."""

    row: AnyRow
    file: str
    line: int | None


@dataclass(slots=True)
class Gathered:
    """Rows by kind and document; the findings of reading them; the documents whose gold is on their own line."""

    rows: dict[Kind, dict[str, Placed]] = field(default_factory=lambda: {kind: {} for kind in RECORDS})
    findings: list[Finding] = field(default_factory=list)
    merged: set[str] = field(default_factory=set)

    def add(self, kind: Kind, placed: Placed) -> None:
        """Add a row, or E306 if its document has one of this kind already."""
        doc_id = placed.row.doc_id
        earlier = self.rows[kind].setdefault(doc_id, placed)
        if earlier is not placed:
            found = f"a second line; the first is {earlier.file}:{earlier.line}"
            expected = "one line a document"
            self.findings.append(
                finding("E306", found=found, expected=expected, file=placed.file, line=placed.line, doc_id=doc_id)
            )

    def rows_of(self, doc_id: str) -> dict[Kind, Placed]:
        """Everything gathered about a document."""
        return {kind: rows[doc_id] for kind, rows in self.rows.items() if doc_id in rows}


def gather_file(gathered: Gathered, path: Path, kind: Kind, *, name: str | None = None) -> None:
    """Read a file of documents, of one layer, or of gold lines, and add its rows and findings.

    Raises:
        OSError: It cannot be read.
    """
    shown = name or os.fspath(path)
    if kind == "gold":
        _gather_gold(gathered, path, shown)
        return
    rows = list(read_rows(path, RECORDS[kind]))
    told = [_renamed(item, shown) for row in rows for item in row.findings]
    gathered.findings += [*tell_no_lines(told, len(rows), file=shown), *told]
    for row in rows:
        if row.value is not None:
            gathered.add(kind, Placed(row.value, shown, row.line))


def _gather_gold(gathered: Gathered, path: Path, shown: str) -> None:
    gold = read_gold(path)
    gathered.findings += [_renamed(item, shown) for item in gold.findings]
    lines: dict[str, int] = {}
    for row in read_rows(path, GoldLine):
        if row.value is not None:
            lines.setdefault(row.value.doc_id, row.line)
    for document in gold.documents:
        doc_id = document.doc_id
        gathered.merged.add(doc_id)
        gathered.add("documents", Placed(document, shown, lines[doc_id]))
        layers: dict[Kind, Mapping[str, LayerRow]] = {
            "entities": gold.entities,
            "stances": gold.stances,
            "numeric_facts": gold.numeric_facts,
        }
        for kind, rows in layers.items():
            if doc_id in rows:
                gathered.add(kind, Placed(rows[doc_id], shown, lines[doc_id]))


def _renamed(item: Finding, file: str) -> Finding:
    return msgspec.structs.replace(item, where=msgspec.structs.replace(item.where, file=file))


def check_gathered(gathered: Gathered, documents: Mapping[str, Document]) -> list[Finding]:
    """All findings about rows against their documents and each other; `documents` are those not gathered themselves."""
    findings = list(gathered.findings)
    for doc_id in sorted({doc_id for rows in gathered.rows.values() for doc_id in rows}):
        placed = gathered.rows_of(doc_id)
        rows = put_together(placed, documents.get(doc_id))
        found = check_rows(rows)
        listed = placed.get("hard_negatives")
        if listed is not None and isinstance(listed.row, HardNegativesRow):
            found += check_hard_negatives(listed.row, rows)
        if "documents" in placed and doc_id not in gathered.merged and rows.document is not None:
            found += check_document(rows.document)
        findings += [locate(item, placed) for item in found]
    known = documents.keys() | gathered.rows["documents"].keys()
    if known:
        findings += _iterate_unknown(gathered, known)
    findings += _iterate_missing(gathered)
    return findings


def put_together(placed: Mapping[Kind, Placed], document: Document | None = None) -> Rows:
    """The rows of one document, the document itself from elsewhere if it was not gathered."""
    rows = {kind: item.row for kind, item in placed.items()}
    own = rows.get("documents", document)
    entities, stances, numeric_facts = rows.get("entities"), rows.get("stances"), rows.get("numeric_facts")
    return Rows(
        document=own if isinstance(own, Document) else None,
        entities=entities if isinstance(entities, EntitiesRow) else None,
        stances=stances if isinstance(stances, StancesRow) else None,
        numeric_facts=numeric_facts if isinstance(numeric_facts, NumericFactsRow) else None,
    )


def locate(item: Finding, placed: Mapping[Kind, Placed]) -> Finding:
    """The finding with file and line of the row that its field belongs to."""
    root = (item.where.field or "").split("[")[0].split(".")[0]
    place = placed.get(_LAYER_OF.get(root, "documents"))
    if place is None:
        return item
    where = Where(file=place.file, line=place.line, doc_id=item.where.doc_id, field=item.where.field)
    return msgspec.structs.replace(item, where=where)


def _iterate_unknown(gathered: Gathered, known: Collection[str]) -> Iterator[Finding]:
    for kind, rows in gathered.rows.items():
        for doc_id, placed in rows.items() if kind != "documents" else ():
            if doc_id not in known:
                expected = "a document of the corpus, or of the files checked along with this one"
                yield finding(
                    "E304",
                    found=quoted(doc_id),
                    expected=expected,
                    file=placed.file,
                    line=placed.line,
                    doc_id=doc_id,
                )


def _iterate_missing(gathered: Gathered) -> Iterator[Finding]:
    """E305 for each document of a file that a layer leaves out while it has others of that file."""
    splits: dict[str, list[str]] = defaultdict(list)
    for doc_id, placed in gathered.rows["documents"].items():
        if doc_id not in gathered.merged:
            splits[placed.file].append(doc_id)
    for kind, rows in gathered.rows.items():
        for doc_ids in splits.values() if kind != "documents" else ():
            files = sorted({rows[doc_id].file for doc_id in doc_ids if doc_id in rows})
            yield from _missing(files, [doc_id for doc_id in doc_ids if doc_id not in rows], kind)


def _missing(files: Sequence[str], doc_ids: Sequence[str], kind: Kind) -> Iterator[Finding]:
    for doc_id in doc_ids if files else ():
        found, expected = f"no {kind} line for the document", "a line for each document of the split"
        yield finding("E305", found=found, expected=expected, file=files[0], doc_id=doc_id)
