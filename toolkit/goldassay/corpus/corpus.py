"""The corpus loaded: the documents of one split with their annotations, in canonical order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from goldassay.corpus.layout import DOCUMENTS, SPLIT, AnyRow, find_splits, row_file
from goldassay.corpus.locate import find_root, split_source
from goldassay.corpus.manifest import read_manifest
from goldassay.corpus.releases import load_release
from goldassay.corpus.tables import Tables
from goldassay.errors import InvalidDataError, UsageError
from goldassay.formats.jsonl import Row, iterate_rows, read_rows
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding, finding
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.stances import StancesRow

R = TypeVar("R", bound=AnyRow)


@dataclass(frozen=True, slots=True)
class Corpus(Tables):
    """One split of a corpus; all tuples are sorted by `doc_id`, and a layer may lack documents."""

    name: str
    version: str
    split: str
    root: Path
    documents: tuple[Document, ...]
    entities: tuple[EntitiesRow, ...]
    stances: tuple[StancesRow, ...]
    numeric_facts: tuple[NumericFactsRow, ...]


def load_corpus(root: Path | str | None = None, *, split: str | None = None, version: str | None = None) -> Corpus:
    """Load one split from a checkout or the installed release.

    Rows are read typed, and ids are unique; spans and references are the work of `goldassay check`.

    Args:
        root: The root of a corpus, or null to look for one (`find_root`). A release may be named with it:
            `load_corpus("1.0.0")`, `load_corpus("../other@1.0.0")`.
        split: The split, by default `validation`.
        version: A release, rebuilt from the checkout and verified; null for the files as they are.

    Raises:
        UsageError: There is no corpus, no such release, or no such split.
        InvalidDataError: The manifest or a row cannot be read, or an id stands twice or has no document; or what is
            kept of a release was changed since.
    """
    folder, named = split_source(root)
    found, wanted = find_root(folder), split or SPLIT
    if version is not None or named is not None:
        return _load_released(found, version or named or "", wanted)
    manifest = read_manifest(found)
    splits = find_splits(found)
    if wanted not in splits:
        raise UsageError(f"no split {wanted!r} in {manifest.name}; there is {', '.join(splits) or 'none'}")
    findings: list[Finding] = []
    documents = read_layer(found, DOCUMENTS, wanted, Document, findings)
    known = {document.doc_id for document in documents}
    corpus = Corpus(
        name=manifest.name,
        version=manifest.version,
        split=wanted,
        root=found,
        documents=documents,
        entities=read_layer(found, "entities", wanted, EntitiesRow, findings, known),
        stances=read_layer(found, "stances", wanted, StancesRow, findings, known),
        numeric_facts=read_layer(found, "numeric_facts", wanted, NumericFactsRow, findings, known),
    )
    if findings:
        raise InvalidDataError(findings)
    return corpus


def read_layer(
    root: Path, name: str, split: str, record: type[R], findings: list[Finding], known: set[str] | None = None
) -> tuple[R, ...]:
    """The rows of one file sorted by id, none if there is no file; what is wrong is added to the findings.

    Args:
        root: The root of the corpus.
        name: `documents` or a layer.
        split: The split.
        record: The type of a row.
        findings: Grows by what is wrong: unreadable rows, ids that stand twice or are not known.
        known: The ids that rows may have; null for any.
    """
    path = root / row_file(name, split)
    return _collect(read_rows(path, record) if path.is_file() else (), name, split, findings, known)


def _load_released(root: Path, version: str, split: str) -> Corpus:
    released = load_release(root, version)
    if split not in released.splits:
        raise UsageError(f"no split {split!r} in release {version}; there is {', '.join(released.splits) or 'none'}")
    findings: list[Finding] = []

    def rows(name: str, record: type[R], known: set[str] | None = None) -> tuple[R, ...]:
        path = row_file(name, split).as_posix()
        lines = released.files.get(path, b"").splitlines(keepends=True)
        return _collect(iterate_rows(lines, record, file=f"{path}@{version}"), name, split, findings, known)

    documents = rows(DOCUMENTS, Document)
    known = {document.doc_id for document in documents}
    corpus = Corpus(
        name=released.release.name,
        version=version,
        split=split,
        root=root,
        documents=documents,
        entities=rows("entities", EntitiesRow, known),
        stances=rows("stances", StancesRow, known),
        numeric_facts=rows("numeric_facts", NumericFactsRow, known),
    )
    if findings:
        raise InvalidDataError(findings)
    return corpus


def _collect(
    read: Iterable[Row[R]], name: str, split: str, findings: list[Finding], known: set[str] | None
) -> tuple[R, ...]:
    rows: dict[str, R] = {}
    for row in read:
        findings += row.findings
        if row.value is None:
            continue
        doc_id, place = row.value.doc_id, row_file(name, split).as_posix()
        if doc_id in rows:
            item = finding("E306", found="a second line", expected="one line", file=place, line=row.line, doc_id=doc_id)
            findings.append(item)
        elif known is not None and doc_id not in known:
            expected = f"a document of {split}"
            findings.append(finding("E304", found=doc_id, expected=expected, file=place, line=row.line, doc_id=doc_id))
        rows.setdefault(doc_id, row.value)
    return tuple(rows[doc_id] for doc_id in sorted(rows))


def by_doc_id(rows: Iterable[R]) -> dict[str, R]:
    """Rows by document.

    >>> rows = by_doc_id([EntitiesRow(doc_id="d1", entities=[], mentions=[])])
    >>> rows["d1"].mentions, rows.get("d2")
    ([], None)
    """
    return {row.doc_id: row for row in rows}


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with the split it stands in and its rows, null where a layer has none for it."""

    split: str
    document: Document
    entities: EntitiesRow | None
    stances: StancesRow | None
    numeric_facts: NumericFactsRow | None


def load_document(doc_id: str, root: Path | None = None, *, version: str | None = None) -> AnnotatedDocument:
    """Load one document of any split.

    Args:
        doc_id: The document.
        root: The root of a corpus, or null to look for one.
        version: A release; null for the files as they are.

    Raises:
        UsageError: There is no corpus, no such release, or no document of that id; the message lists the first ten
            there are.
        InvalidDataError: The manifest or a row of its split cannot be read.
    """
    found = find_root(root, option="--gold")
    known: list[str] = []
    for split in find_splits(found) if version is None else load_release(found, version).splits:
        corpus = load_corpus(found, split=split, version=version)
        documents = by_doc_id(corpus.documents)
        known += documents
        if doc_id in documents:
            return AnnotatedDocument(
                split=split,
                document=documents[doc_id],
                entities=by_doc_id(corpus.entities).get(doc_id),
                stances=by_doc_id(corpus.stances).get(doc_id),
                numeric_facts=by_doc_id(corpus.numeric_facts).get(doc_id),
            )
    raise unknown_document(doc_id, known)


def unknown_document(doc_id: str, known: Sequence[str]) -> UsageError:
    """The error for a document that is not there; it lists the first ten there are."""
    listed = ", ".join(known[:10]) + (", …" if len(known) > 10 else "")
    return UsageError(f"no document {doc_id!r}; there is {listed or 'none'}")
