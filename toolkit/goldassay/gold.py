"""L4: gold of any origin, ready to score against: the corpus, or somebody's own file of gold lines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from goldassay.checking import check_document_rows
from goldassay.corpus.corpus import (
    AnnotatedDocument,
    Corpus,
    by_doc_id,
    load_corpus,
    load_document,
    unknown_document,
)
from goldassay.corpus.layout import AnyRow
from goldassay.corpus.locate import find_root, split_source
from goldassay.corpus.manifest import fingerprint_rows, read_manifest
from goldassay.corpus.release_manifest import read_releases
from goldassay.corpus.releases import DIRTY, sign_version
from goldassay.corpus.version import plain_number
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

Gather: TypeAlias = Callable[
    [Sequence[Document], Mapping[str, EntitiesRow], Mapping[str, StancesRow], Mapping[str, NumericFactsRow]],
    tuple[GoldDocument, ...],
]


@dataclass(frozen=True, slots=True)
class Gold:
    """Annotated documents and what a report has to say of them."""

    name: str
    version: str
    split: str
    fingerprint: str
    annotators: str
    documents: tuple[GoldDocument, ...]


def load_gold(source: Path | str | None = None, *, split: str | None = None, version: str | None = None) -> Gold:
    """Load the corpus (a checkout or the installed one), a release of it, or a JSONL file of gold lines.

    Gold with errors is refused: a score against it would say nothing. A corpus whose annotations are not those of its
    manifest, or not those released under its version, signs as `<version>+dirty.<fingerprint>`. A release is taken as
    it was checked when it was cut.

    Args:
        source: A checkout, a file, or a release by name (`corpus@1.0.0`); null for the nearest corpus.
        split: The split of the corpus, by default `validation`.
        version: A release, instead of naming it in `source`.

    Raises:
        InvalidDataError: The gold has errors, all of them listed; or a release is not what it was.
        UsageError: There is no gold at this place, no such release, or no such split.
    """
    source, named = split_source(source)
    version = version or named
    if version is not None and (source is None or not source.is_file()):
        corpus = load_corpus(find_root(source, option="--gold"), split=split, version=version)
        return _from_corpus(corpus, version, _items)
    if version is not None:
        raise UsageError("a file of gold lines has no releases; name a checkout, or leave the version out")
    if source is None or source.is_dir():
        corpus = load_corpus(find_root(source, option="--gold"), split=split)
        return _from_corpus(corpus, _sign(corpus), _checked)
    if not source.is_file():
        raise UsageError(f"no gold at {source}; name a checkout or a JSONL file of gold lines")
    if split is not None:
        raise UsageError("a file of gold lines has no splits; leave --split out")
    return _from_file(source)


def load_rows(source: Path | str | None = None, *, split: str | None = None) -> Corpus:
    """The rows of gold of any origin, to be looked at: as `load_corpus`, and of a file of gold lines as well.

    Unlike gold to score against, the files of a checkout may have errors that a look at them is meant to find.

    Raises:
        InvalidDataError: A row cannot be read, or the file of gold lines has errors.
        UsageError: There is no gold at this place, no such release, or no such split.
    """
    place, version = split_source(source)
    if version is None and place is not None and not place.is_dir():
        return _to_corpus(load_gold(place, split=split), place)
    return load_corpus(find_root(place, option="--gold"), split=split, version=version)


def load_any_document(doc_id: str, source: Path | str | None = None) -> AnnotatedDocument:
    """One document of gold of any origin, of any split, with its rows.

    Raises:
        InvalidDataError: A row of its split cannot be read, or the file of gold lines has errors.
        UsageError: There is no gold at this place, no such release, or no document of that id.
    """
    place, version = split_source(source)
    if version is not None or place is None or place.is_dir():
        return load_document(doc_id, place, version=version)
    gold = load_gold(place)
    for item in gold.documents:
        if item.document.doc_id == doc_id:
            return AnnotatedDocument(gold.split, item.document, item.entities, item.stances, item.numeric_facts)
    raise unknown_document(doc_id, [item.document.doc_id for item in gold.documents])


def _to_corpus(gold: Gold, file: Path) -> Corpus:
    items = sorted(gold.documents, key=lambda item: item.document.doc_id)
    return Corpus(
        name=gold.name,
        version=gold.version,
        split=gold.split,
        root=file.parent,
        documents=tuple(item.document for item in items),
        entities=tuple(item.entities for item in items if item.entities is not None),
        stances=tuple(item.stances for item in items if item.stances is not None),
        numeric_facts=tuple(item.numeric_facts for item in items if item.numeric_facts is not None),
    )


def _from_corpus(corpus: Corpus, version: str, gather: Gather) -> Gold:
    return Gold(
        name=corpus.name,
        version=version,
        split=corpus.split,
        fingerprint=_fingerprint(_layers(corpus)),
        annotators=ANNOTATORS,
        documents=gather(
            corpus.documents,
            by_doc_id(corpus.entities),
            by_doc_id(corpus.stances),
            by_doc_id(corpus.numeric_facts),
        ),
    )


def _layers(corpus: Corpus) -> Sequence[Sequence[AnyRow]]:
    return corpus.documents, corpus.entities, corpus.stances, corpus.numeric_facts


def _sign(corpus: Corpus) -> str:
    """The version of the files as they are: with `+dirty` and a fingerprint unless manifest and releases know them."""
    manifest = read_manifest(corpus.root)
    version = sign_version(manifest, read_releases(corpus.root))
    layers = _layers(corpus)
    signed = {entry.fingerprint for entry in manifest.layers if entry.split == corpus.split}
    if not version.endswith(DIRTY) and all(not rows or fingerprint_rows(rows) in signed for rows in layers):
        return version
    return f"{plain_number(version)}{DIRTY}.{_fingerprint(layers)[:8]}"


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
    items = _items(documents, entities, stances, numeric_facts)
    findings: list[Finding] = []
    for item in items:
        findings += check_document_rows(item.document, item.entities, item.stances, item.numeric_facts)
    if any(found.severity == "error" for found in findings):
        raise InvalidDataError(findings)
    return items


def _items(
    documents: Sequence[Document],
    entities: Mapping[str, EntitiesRow],
    stances: Mapping[str, StancesRow],
    numeric_facts: Mapping[str, NumericFactsRow],
) -> tuple[GoldDocument, ...]:
    return tuple(
        GoldDocument(document, entities.get(doc_id), stances.get(doc_id), numeric_facts.get(doc_id))
        for document in documents
        for doc_id in (document.doc_id,)
    )


def _fingerprint(layers: Iterable[Sequence[AnyRow]]) -> str:
    """One fingerprint of text and all layers; the order of documents does not matter."""
    return sha256("".join(fingerprint_rows(rows) for rows in layers).encode()).hexdigest()
