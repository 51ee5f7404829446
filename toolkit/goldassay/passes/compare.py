"""Two passes of a corpus compared document by document, and their disagreements written down to be decided."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldassay.errors import InvalidDataError, UsageError
from goldassay.formats.authoring import AuthoredDocument
from goldassay.model.adjudication import Adjudicated, Manifest
from goldassay.model.finding import Finding
from goldassay.passes.adjudication import (
    MANIFEST,
    decisions_file,
    lay_out_passes,
    merge_decisions,
    read_decisions,
    read_manifest,
    write_decisions,
    write_manifest,
)
from goldassay.passes.load import read_gold_documents, read_passes
from goldassay.slots.disagreements import Disagreement, find_disagreements
from goldassay.slots.layout import Slot


@dataclass(frozen=True, slots=True)
class Compared:
    """Two passes over one document: all slots, the disagreements, and what was decided of them before.

    guidelines   the versions of the guidelines by which the passes were made
    unshared     layers of which only one of the passes speaks, so that they are not compared
    """

    doc_id: str
    text: str
    slots: Sequence[Slot]
    disagreements: Sequence[Disagreement]
    lines: Sequence[Adjudicated]
    guidelines: tuple[str, ...]
    unshared: tuple[str, ...]

    @property
    def decided(self) -> frozenset[str]:
        """Ids of what is decided."""
        return frozenset(line.id for line in self.lines if line.decision is not None)


def compare_passes(root: Path, a: str, b: str, doc_ids: Collection[str] = ()) -> list[Compared]:
    """Compare two passes on the documents that both have, by id; fields speak in the gold's ids where there is gold.

    Args:
        root: The root of the corpus.
        a: The name of a pass, whose ids the disagreements carry.
        b: The name of another.
        doc_ids: Only these; empty for all.

    Raises:
        UsageError: There is no such pass, they are the same, or a document is not in both.
        InvalidDataError: A pass, a document, the gold or a decision cannot be read.
    """
    if a == b:
        raise UsageError(f"both passes are {a!r}; name two")
    passes = read_passes(root, (a, b))
    findings = list(passes.findings)
    gold = read_gold_documents(root, passes.documents, findings)
    both = passes.passes[a].keys() & passes.passes[b].keys()
    absent = sorted(set(doc_ids) - both)
    if absent and not findings:
        raise UsageError(f"document {absent[0]!r} is not in both passes; there is {', '.join(sorted(both)) or 'none'}")
    compared = []
    for doc_id in sorted(set(doc_ids) & both if doc_ids else both):
        one, other = passes.passes[a][doc_id], passes.passes[b][doc_id]
        rows, found = read_decisions(root, doc_id)
        findings += found
        slots = lay_out_passes(one, other, gold[doc_id])
        compared.append(
            Compared(
                doc_id=doc_id,
                text=passes.documents[doc_id].text,
                slots=slots,
                disagreements=find_disagreements(doc_id, slots),
                lines=[row.value for row in rows if row.value is not None],
                guidelines=tuple(dict.fromkeys(_guidelines(one) + _guidelines(other))),
                unshared=tuple(sorted(set(one.layers) ^ set(other.layers))),
            )
        )
    _refuse(findings)
    return compared


def write_open(root: Path, a: str, b: str, compared: Iterable[Compared]) -> list[str]:
    """Write the decisions of each document, open ones among them, and the manifest if there is none yet.

    Returns the files written, relative to the root.

    Raises:
        UsageError: The manifest names other passes.
        InvalidDataError: The manifest cannot be read.
    """
    findings: list[Finding] = []
    manifest = read_manifest(root, findings)
    _refuse(findings)
    if manifest is not None and (manifest.a, manifest.b) != (a, b):
        raise UsageError(
            f"{MANIFEST.as_posix()} names {manifest.a!r} and {manifest.b!r}; write only those, in that order"
        )
    written, documents = [], list(compared)
    if manifest is None:
        versions = dict.fromkeys(version for one in documents for version in one.guidelines)
        write_manifest(root, Manifest(a=a, b=b, guidelines=", ".join(versions)))
        written.append(MANIFEST.as_posix())
    for one in documents:
        write_decisions(root, one.doc_id, merge_decisions(one.disagreements, one.lines, one.text))
        written.append(decisions_file(one.doc_id).as_posix())
    return written


def _guidelines(authored: AuthoredDocument) -> tuple[str, ...]:
    return (authored.provenance.guidelines,) if authored.provenance is not None else ()


def _refuse(findings: Sequence[Finding]) -> None:
    if any(item.severity == "error" for item in findings):
        raise InvalidDataError(findings)
