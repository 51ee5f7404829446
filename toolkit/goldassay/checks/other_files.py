"""Files that are not gold rows: predictions, authoring forms, and texts to be taken in."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from goldassay.checks.document import check_rows
from goldassay.checks.names import check_names
from goldassay.checks.texts import Splits
from goldassay.checks.walk import Rows
from goldassay.corpus.intake import check_intake
from goldassay.formats.authoring import find_doc_id, read_authoring
from goldassay.formats.jsonl import ONE_LINE, Row, read_rows, tell_no_lines
from goldassay.formats.misplaced import diagnose_moved
from goldassay.formats.prediction_line import PredictionLine
from goldassay.formats.predictions import read_predictions
from goldassay.formats.truncation import diagnose_truncation
from goldassay.formats.yaml_nodes import compose_yaml
from goldassay.model.document import Document
from goldassay.model.finding import Finding, Where, finding
from goldassay.model.printable import quoted


def check_predictions(path: Path, splits: Splits) -> list[Finding]:
    """Findings about a prediction file; without documents only those about its form.

    Raises:
        OSError: It cannot be read.
    """
    rows = list(read_rows(path, PredictionLine))
    answered = {row.value.doc_id for row in rows if row.value is not None}
    touched = [split for split in splits if answered & set(split)] or list(splits)
    documents = {doc_id: document for split in touched for doc_id, document in split.items()}
    if documents:
        return _check_against(documents, path, answered=bool(answered) or not rows)
    told = [item for row in rows for item in row.findings]
    return [*tell_no_lines(told, len(rows), file=os.fspath(path)), *told, *_answered_twice(rows, os.fspath(path))]


def _check_against(documents: Mapping[str, Document], path: Path, *, answered: bool) -> list[Finding]:
    read = read_predictions(path, documents)
    # Where no line could be read, that is what is wrong with the file, not the documents it leaves out.
    findings = [item for item in read.findings if answered or item.code != "E305"]
    for prediction in read.predictions:
        findings += check_names(prediction, documents[prediction.doc_id], file=os.fspath(path))
    notes = [diagnose(documents.values(), read.predictions) for diagnose in (diagnose_truncation, diagnose_moved)]
    return findings + [_in_file(note, os.fspath(path)) for note in notes if note is not None]


def _answered_twice(rows: Iterable[Row[PredictionLine]], file: str) -> list[Finding]:
    seen: set[tuple[str, str]] = set()
    findings = []
    for row in rows:
        key = None if row.value is None else (row.value.doc_id, str(row.value.run))
        if key in seen:
            found, expected = "a second line for the document", "one line a document and run"
            place = Where(file=file, line=row.line, doc_id=key[0])
            item = finding("E306", found=found, expected=expected, fix=ONE_LINE)
            findings.append(msgspec.structs.replace(item, where=place))
        elif key is not None:
            seen.add(key)
    return findings


def check_authoring(path: Path, documents: Mapping[str, Document]) -> list[Finding]:
    """Findings about an authoring file: its form, its quotes, and then all that is checked of gold.

    Raises:
        OSError: It cannot be read.
    """
    name = os.fspath(path)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        found, line = f"byte 0x{raw[error.start]:02x}", raw.count(b"\n", 0, error.start) + 1
        return [finding("E101", found=found, expected="UTF-8", file=name, line=line)]
    node, findings = compose_yaml(text, name)
    if node is None or findings:
        return findings
    doc_id = find_doc_id(node)
    document = documents.get(doc_id or "")
    if doc_id is not None and document is None:
        expected = "a document of the corpus, or of a file of documents checked along with this one"
        return [finding("E304", found=quoted(doc_id), expected=expected, fix="correct `doc`", file=name, field="doc")]
    # Without a `doc` the reader itself says so; which text it then looks into does not matter.
    authored, findings = read_authoring(node, document or _NO_DOCUMENT, file=name)
    if authored is None:
        return findings
    at_hand = {name: getattr(authored, name) for name in authored.layers}
    return findings + [_in_file(item, name) for item in check_rows(Rows(document=document, **at_hand))]


def check_text(path: Path, known: Mapping[str, str]) -> list[Finding]:
    """What speaks against taking a plain text in; `known` are the other texts, by id.

    Raises:
        OSError: It cannot be read.
    """
    findings = check_intake(path.read_bytes(), doc_id=path.stem, known=known)
    return [_in_file(item, os.fspath(path)) for item in findings]


def _in_file(item: Finding, file: str) -> Finding:
    where = Where(file=file, doc_id=item.where.doc_id, field=item.where.field)
    return msgspec.structs.replace(item, where=where)


_NO_DOCUMENT = Document(
    doc_id="?",
    title=None,
    text="",
    language="und",
    dct=None,
    dct_evidence=None,
    source="",
    rights="",
    origin="composed",
    sha256="",
    sentences=[],
)
