"""Authoring files compiled into the rows of the corpus, and rows written as an authoring file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from goldassay.checking import check_document_rows
from goldassay.corpus.corpus import AnnotatedDocument, by_doc_id, read_layer
from goldassay.corpus.layout import DOCUMENTS, RECORDS, AnyRow, find_splits, row_file
from goldassay.errors import InvalidDataError
from goldassay.formats.authoring import AuthoredDocument, find_doc_id, parse_authoring, read_authoring
from goldassay.formats.authoring_write import format_authoring
from goldassay.formats.jsonl import encode_row
from goldassay.formats.yaml_nodes import compose_yaml
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import LAYERS
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.printable import quoted
from goldassay.model.stances import StancesRow

Tables = dict[tuple[str, str], dict[str, AnyRow]]
"""The rows of each layer and split by document."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """Authoring files compiled against a corpus: the tables that would be written, and everything that was found."""

    authored: tuple[AuthoredDocument, ...]
    tables: Tables
    findings: tuple[Finding, ...]


def compile_files(root: Path, files: Sequence[Path]) -> Compiled:
    """Read authoring files, put their rows in the place of the corpus's, and check the outcome. Nothing is written.

    A layer that a file does not speak of keeps the rows it has.
    """
    findings: list[Finding] = []
    splits: dict[str, str] = {}
    documents: dict[str, Document] = {}
    tables: Tables = {}
    for split in find_splits(root):
        found = by_doc_id(read_layer(root, DOCUMENTS, split, Document, findings))
        documents |= found
        splits |= dict.fromkeys(found, split)
        for layer in LAYERS:
            tables[layer, split] = dict(by_doc_id(read_layer(root, layer, split, RECORDS[layer], findings)))
    authored: dict[str, AuthoredDocument] = {}
    for file in files:
        one, problems = _read(file, documents)
        if one is not None and one.doc_id in authored:
            found_twice = f"a second file of {quoted(one.doc_id)}"
            problems = [finding("E306", found=found_twice, expected="one file a document", file=str(file))]
        elif one is not None:
            authored[one.doc_id] = one
            for layer in one.layers:
                tables[layer, splits[one.doc_id]][one.doc_id] = getattr(one, layer)
            rows = [tables[layer, splits[one.doc_id]].get(one.doc_id) for layer in LAYERS]
            problems = [_in_file(item, file) for item in _check(documents[one.doc_id], rows)]
        findings += problems
    return Compiled(tuple(authored.values()), tables, tuple(findings))


def encode_compiled(compiled: Compiled) -> dict[Path, bytes]:
    """The files of all layers that the authoring files speak of, by path from the root.

    Raises:
        InvalidDataError: There are errors.
    """
    if any(item.severity == "error" for item in compiled.findings):
        raise InvalidDataError(compiled.findings)
    spoken = {(layer, one.doc_id) for one in compiled.authored for layer in one.layers}
    return {
        row_file(layer, split): _encode(rows)
        for (layer, split), rows in sorted(compiled.tables.items())
        if any((layer, doc_id) in spoken for doc_id in rows)
    }


def check_compiled(root: Path, compiled: Compiled) -> list[Finding]:
    """The findings of the files, and E608 for each file of rows that writing them would change."""
    findings = list(compiled.findings)
    for (layer, split), rows in sorted(compiled.tables.items()):
        path = row_file(layer, split)
        fresh = _encode(rows)
        if (root / path).read_bytes() != fresh if (root / path).is_file() else rows:
            found, expected = "other rows", "those of the authoring files"
            fix = "run `goldassay build` on them"
            findings.append(finding("E608", found=found, expected=expected, fix=fix, file=path.as_posix()))
    return findings


def format_document(annotated: AnnotatedDocument) -> str:
    """The authoring file of a document, without a head; building it gives the same rows.

    A layer without a row is written as empty lists.

    Raises:
        InvalidDataError: The rows have errors, or hold something that the form cannot carry.
    """
    document, doc_id = annotated.document, annotated.document.doc_id
    entities = annotated.entities or EntitiesRow(doc_id=doc_id, entities=[], mentions=[])
    stances = annotated.stances or StancesRow(doc_id=doc_id, propositions=[], attributions=[], stances=[])
    numeric = annotated.numeric_facts or NumericFactsRow(doc_id=doc_id, numeric_facts=[], times=[])
    errors = [item for item in _check(document, [entities, stances, numeric]) if item.severity == "error"]
    if errors:
        raise InvalidDataError(errors)
    form = format_authoring(document, entities, stances, numeric)
    back, findings = parse_authoring(form, document, file=doc_id)
    if back is None or (back.entities, back.stances, back.numeric_facts) != (entities, stances, numeric):
        found = "rows that differ after a passage through the authoring form (mentions out of order?)"
        raise InvalidDataError(findings or [finding("E105", found=found, expected="canonical rows", doc_id=doc_id)])
    return form


def _encode(rows: dict[str, AnyRow]) -> bytes:
    return b"".join(encode_row(rows[doc_id]) + b"\n" for doc_id in sorted(rows))


def _read(file: Path, documents: dict[str, Document]) -> tuple[AuthoredDocument | None, list[Finding]]:
    name = str(file)
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{error.object[error.start]:02x}"
        return None, [finding("E101", found=found, expected="UTF-8", file=name, line=line)]
    node, findings = compose_yaml(text, name)
    if node is None or findings:
        return None, findings
    doc_id = find_doc_id(node)
    if doc_id not in documents:
        found = "no `doc`" if doc_id is None else quoted(doc_id)
        expected = f"one of {', '.join(sorted(documents)[:10]) or 'none'}"
        return None, [finding("E304", found=found, expected=expected, fix="correct `doc`", file=name, field="doc")]
    return read_authoring(node, documents[doc_id], file=name)


def _check(document: Document, rows: Sequence[AnyRow | None]) -> list[Finding]:
    entities, stances, numeric = rows
    return check_document_rows(document, entities, stances, numeric)  # type: ignore[arg-type]


def _in_file(item: Finding, file: Path) -> Finding:
    return msgspec.structs.replace(item, where=msgspec.structs.replace(item.where, file=str(file)))
