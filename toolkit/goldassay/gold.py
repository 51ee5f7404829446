"""L4: gold of any origin, ready to score against: the corpus, or somebody's own file of gold lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from goldassay.checking import check_document_rows
from goldassay.corpus.corpus import Corpus, by_doc_id, load_corpus
from goldassay.corpus.layout import AnyRow
from goldassay.corpus.locate import find_root
from goldassay.corpus.manifest import fingerprint_rows, read_manifest
from goldassay.errors import InvalidDataError, UsageError
from goldassay.formats.gold import read_gold
from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.stances import StancesRow

ANNOTATORS = "language models that followed the annotation guidelines (corpus/DATASHEET.md)"
UNKNOWN_ANNOTATORS = "not stated"


@dataclass(frozen=True, slots=True)
class Gold:
    """Annotated documents and what a report has to say of them."""

    name: str
    version: str
    split: str
    fingerprint: str
    annotators: str
    documents: tuple[GoldDocument, ...]


def load_gold(source: Path | None = None, *, split: str | None = None) -> Gold:
    """Load the corpus (a checkout or the installed one), or a JSONL file of gold lines.

    Gold with errors is refused: a score against it would say nothing. A corpus whose annotations are not those of its
    manifest signs as `<version>+dirty.<fingerprint>`.

    Raises:
        InvalidDataError: The gold has errors; all of them are listed.
        UsageError: There is no gold at this place, or no such split.
    """
    if source is None or source.is_dir():
        return _from_corpus(load_corpus(find_root(source), split=split))
    if not source.is_file():
        raise UsageError(f"no gold at {source}; name a checkout or a JSONL file of gold lines")
    if split is not None:
        raise UsageError("a file of gold lines has no splits; leave --split out")
    return _from_file(source)


def _from_corpus(corpus: Corpus) -> Gold:
    layers: Sequence[Sequence[AnyRow]] = (corpus.documents, corpus.entities, corpus.stances, corpus.numeric_facts)
    fingerprint = _fingerprint(layers)
    signed = {entry.fingerprint for entry in read_manifest(corpus.root).layers if entry.split == corpus.split}
    clean = all(not rows or fingerprint_rows(rows) in signed for rows in layers)
    return Gold(
        name=corpus.name,
        version=corpus.version if clean else f"{corpus.version}+dirty.{fingerprint[:8]}",
        split=corpus.split,
        fingerprint=fingerprint,
        annotators=ANNOTATORS,
        documents=_checked(
            corpus.documents,
            by_doc_id(corpus.entities),
            by_doc_id(corpus.stances),
            by_doc_id(corpus.numeric_facts),
        ),
    )


def _from_file(path: Path) -> Gold:
    file = read_gold(path)
    if file.findings:
        raise InvalidDataError(file.findings)
    if not file.documents:
        raise UsageError(f"{path} holds no documents")
    rows: tuple[Mapping[str, AnyRow], ...] = (file.entities, file.stances, file.numeric_facts)
    return Gold(
        name=path.stem,
        version="unversioned",
        split="all",
        fingerprint=_fingerprint([file.documents, *(list(layer.values()) for layer in rows)]),
        annotators=UNKNOWN_ANNOTATORS,
        documents=_checked(file.documents, file.entities, file.stances, file.numeric_facts),
    )


def _checked(
    documents: Sequence[Document],
    entities: Mapping[str, EntitiesRow],
    stances: Mapping[str, StancesRow],
    numeric_facts: Mapping[str, NumericFactsRow],
) -> tuple[GoldDocument, ...]:
    """Documents with their rows, refused as a whole if any of them has an error."""
    items = tuple(
        GoldDocument(document, entities.get(doc_id), stances.get(doc_id), numeric_facts.get(doc_id))
        for document in documents
        for doc_id in (document.doc_id,)
    )
    findings: list[Finding] = []
    for item in items:
        findings += check_document_rows(item.document, item.entities, item.stances, item.numeric_facts)
    if any(found.severity == "error" for found in findings):
        raise InvalidDataError(findings)
    return items


def _fingerprint(layers: Iterable[Sequence[AnyRow]]) -> str:
    """One fingerprint of text and all layers; the order of documents does not matter."""
    return sha256("".join(fingerprint_rows(rows) for rows in layers).encode()).hexdigest()
