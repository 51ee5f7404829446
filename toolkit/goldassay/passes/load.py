"""Annotation passes read from a corpus: `annotations/passes/<name>/<doc_id>.yaml`, and the gold beside them.

Whatever cannot be read is a finding and the rest is loaded all the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from goldassay.corpus.corpus import by_doc_id, read_layer
from goldassay.corpus.layout import DOCUMENTS, find_splits
from goldassay.errors import UsageError
from goldassay.formats.authoring import AuthoredDocument, parse_authoring
from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding, finding
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.printable import quoted
from goldassay.model.stances import StancesRow
from goldassay.slots.version import Version

PASSES = Path("annotations") / "passes"
GOLD = "gold"
"""The name under which the gold is compared with passes; no pass may have it."""


@dataclass(frozen=True, slots=True)
class Passes:
    """Passes of one corpus by name and document, with the documents and all that could not be read."""

    documents: Mapping[str, Document]
    passes: Mapping[str, Mapping[str, AuthoredDocument]]
    findings: tuple[Finding, ...]


def read_passes(root: Path, names: Iterable[str]) -> Passes:
    """The documents of a corpus and some of its passes.

    Raises:
        UsageError: There is no pass of a name.
    """
    findings: list[Finding] = []
    documents = read_documents(root, findings)
    loaded = {}
    for name in dict.fromkeys(names):
        loaded[name], found = load_pass(root, name, documents)
        findings += found
    return Passes(documents, loaded, tuple(findings))


def load_pass(
    root: Path, name: str, documents: Mapping[str, Document] | None = None
) -> tuple[dict[str, AuthoredDocument], list[Finding]]:
    """One pass: its documents by id, and everything that is wrong with its files.

    Args:
        root: The root of the corpus.
        name: The folder in `annotations/passes`.
        documents: The documents of the corpus by id; null reads them.

    Raises:
        UsageError: There is no such pass.
    """
    folder = root / PASSES / name
    if name in ("", ".", "..") or Path(name).name != name or not folder.is_dir():
        known = ", ".join(list_passes(root)) or "none"
        raise UsageError(f"no pass {name!r} in {PASSES.as_posix()}; there is {known}")
    findings: list[Finding] = []
    if documents is None:
        documents = read_documents(root, findings)
    authored: dict[str, AuthoredDocument] = {}
    for path in sorted(folder.glob("*.yaml")):
        one, found = _read_file(path, (PASSES / name / path.name).as_posix(), documents.get(path.stem))
        findings += found
        if one is not None:
            authored[one.doc_id] = one
    return authored, findings


def list_passes(root: Path) -> list[str]:
    """The names of the passes, sorted."""
    folder = root / PASSES
    return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def read_documents(root: Path, findings: list[Finding]) -> dict[str, Document]:
    """The documents of all splits; what cannot be read is added to the findings."""
    splits = find_splits(root)
    return by_doc_id(one for split in splits for one in read_layer(root, DOCUMENTS, split, Document, findings))


def read_gold_documents(
    root: Path, documents: Mapping[str, Document], findings: list[Finding]
) -> dict[str, GoldDocument]:
    """The gold of all splits; a layer without a row is null, and what cannot be read is added to the findings."""
    splits = find_splits(root)
    entities = by_doc_id(row for s in splits for row in read_layer(root, "entities", s, EntitiesRow, findings))
    stances = by_doc_id(row for s in splits for row in read_layer(root, "stances", s, StancesRow, findings))
    facts = by_doc_id(row for s in splits for row in read_layer(root, "numeric_facts", s, NumericFactsRow, findings))
    return {
        doc_id: GoldDocument(document, entities.get(doc_id), stances.get(doc_id), facts.get(doc_id))
        for doc_id, document in documents.items()
    }


def as_gold(document: Document, authored: AuthoredDocument) -> GoldDocument:
    """A pass as if it were the gold; a layer that it does not speak of is null."""
    return GoldDocument(document, *_rows(authored))


def as_version(name: str, authored: AuthoredDocument) -> Version:
    """A pass as one of the versions to put side by side."""
    return Version(name, *_rows(authored))


def gold_version(gold: GoldDocument) -> Version:
    """The gold as one of the versions to put side by side."""
    return Version(GOLD, gold.entities, gold.stances, gold.numeric_facts)


def _rows(authored: AuthoredDocument) -> tuple[EntitiesRow | None, StancesRow | None, NumericFactsRow | None]:
    return (
        authored.entities if "entities" in authored.layers else None,
        authored.stances if "stances" in authored.layers else None,
        authored.numeric_facts if "numeric_facts" in authored.layers else None,
    )


def _read_file(path: Path, file: str, document: Document | None) -> tuple[AuthoredDocument | None, list[Finding]]:
    if document is None:
        expected = "a file named after a document of the corpus"
        return None, [finding("E304", found=quoted(path.stem), expected=expected, fix="rename the file", file=file)]
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        found, line = f"byte 0x{raw[error.start]:02x}", raw.count(b"\n", 0, error.start) + 1
        return None, [finding("E101", found=found, expected="UTF-8", file=file, line=line)]
    authored, findings = parse_authoring(text, document, file=file)
    if authored is not None and authored.provenance is None:
        found, expected = "a file without a head", "annotator, guidelines, date and seen"
        return None, [finding("E407", found=found, expected=expected, file=file, doc_id=document.doc_id)]
    return authored, findings
