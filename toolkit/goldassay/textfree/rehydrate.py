"""A text-free file and somebody's copies of the texts put together: the corpus as it was, or a reason why not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from goldassay.checking import check_document_rows
from goldassay.corpus.layout import DOCUMENTS, LAYERS, RECORDS, AnyRow, row_file
from goldassay.corpus.locate import MARKER
from goldassay.corpus.manifest import Manifest, fingerprint_rows, format_manifest
from goldassay.corpus.release_manifest import Release
from goldassay.corpus.version import plain_number
from goldassay.errors import InvalidDataError
from goldassay.formats.jsonl import encode_row, iterate_rows
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import printable, quoted
from goldassay.textfree.elision import restore_words
from goldassay.textfree.outline import MOST_MISSING, Restored, is_well_formed, restore_text
from goldassay.textfree.records import TextFreeDocument, TextFreeHead
from goldassay.textfree.texts import Texts

Tables = dict[tuple[str, str], dict[str, AnyRow]]
"""The rows of `documents` and of each layer, by split and document."""

UNVERIFIED = "+unverified"
"""What stands after the version of a text-free file that is no release known here."""

_GET = "add a copy of the text, best as a file named after the document"
_MEND = "take the text as it was published; compare it at this place"


@dataclass(frozen=True, slots=True)
class TextFree:
    """A text-free file as read."""

    manifest: Manifest
    documents: tuple[TextFreeDocument, ...]


@dataclass(frozen=True, slots=True)
class Rehydrated:
    """The rows of all documents whose text was restored and verified, and why the others were refused."""

    manifest: Manifest
    tables: Tables
    findings: tuple[Finding, ...]

    @property
    def files(self) -> dict[Path, bytes]:
        """The files of the corpus, relative to its root, with their bytes."""
        written = {
            row_file(name, split): b"".join(encode_row(rows[doc_id]) + b"\n" for doc_id in sorted(rows))
            for (name, split), rows in sorted(self.tables.items())
        }
        return written | {MARKER: format_manifest(self.manifest)}


def read_text_free(path: Path) -> TextFree:
    """Read a text-free file.

    Raises:
        InvalidDataError: A line cannot be read, an id stands twice, or a split has a name that is no file's.
    """
    with path.open("rb") as file:
        head, *lines = file.readlines() or [b""]
    heads = list(iterate_rows([head], TextFreeHead, file=str(path)))
    rows = list(iterate_rows([b"", *lines], TextFreeDocument, file=str(path)))
    findings = [item for row in heads for item in row.findings] + [item for row in rows for item in row.findings]
    if not heads:
        findings.append(finding("E104", found="no head", expected="a text-free file", file=str(path), line=1))
    seen: set[str] = set()
    for row in rows:
        if row.value is not None:
            findings += _check_line(row.value, str(path), row.line, row.value.doc_id in seen)
            seen.add(row.value.doc_id)
    documents = tuple(row.value for row in rows if row.value is not None)
    if findings or heads[0].value is None:
        raise InvalidDataError(findings)
    return TextFree(heads[0].value.manifest, documents)


def _check_line(line: TextFreeDocument, file: str, number: int, twice: bool) -> Iterator[Finding]:
    report = partial(finding, file=file, line=number, doc_id=line.doc_id)
    if twice:
        yield report("E306", found="a second line", expected="one line a document")
    if not (line.split.isidentifier() and line.split.isascii()):
        yield report("E606", found=quoted(line.split), expected="a plain word", field="split")
    if not is_well_formed(line.outline):
        yield report("E105", found="pieces or edits out of place", expected="those of one text", field="outline")


def rehydrate(source: TextFree, texts: Texts, releases: Sequence[Release] = ()) -> Rehydrated:
    """Put texts and annotations together.

    A text is taken if its SHA-256 is that of the document, or if the text can be restored from it exactly. The rows
    then pass the checks of `goldassay check`, and the layers of a corpus that is complete have the manifest's
    fingerprints. Of the given releases the file must be the one that it names; where it is none of them nothing vouches
    for its version, which becomes `…+unverified`.
    """
    tables: Tables = {}
    manifest, forged = verify_version(source.manifest, releases)
    findings = [*texts.findings, *forged]
    refused = False
    for line in source.documents:
        text, problems = _find_text(line, texts)
        rows: dict[str, AnyRow] = {}
        if text is not None:
            rows, problems = _restore(line, text)
        findings += problems
        refused |= not rows
        for name, row in rows.items():
            tables.setdefault((name, line.split), {})[line.doc_id] = row
    if not refused:
        findings += _check_fingerprints(source.manifest, tables)
    return Rehydrated(manifest, tables, tuple(findings))


def verify_version(manifest: Manifest, releases: Sequence[Release]) -> tuple[Manifest, list[Finding]]:
    """The manifest under a version that can be vouched for, and E601 for each layer that is not the release's."""
    number = plain_number(manifest.version)
    named = next((one for one in releases if (one.name, one.version) == (manifest.name, number)), None)
    if manifest.version != number:
        return manifest, []
    unverified = msgspec.structs.replace(manifest, version=number + UNVERIFIED)
    if named is None:
        return unverified, []
    findings = []
    told = {(one.layer, one.split): one.fingerprint for one in manifest.layers}
    released = {(one.layer, one.split): one.fingerprint for one in named.layers}
    for layer, split in sorted({*told, *released}):
        found, expected = told.get((layer, split)), released.get((layer, split))
        if found != expected:
            words = f"fingerprint {found[:16]}…" if found else "no such layer"
            wanted = f"fingerprint {expected[:16]}…" if expected else "no such layer"
            place, fix = row_file(layer, split).as_posix(), "get the text-free file anew"
            said = f"{wanted} in release {quoted(number)}"
            findings.append(finding("E601", found=words, expected=said, fix=fix, file=place))
    return unverified if findings else manifest, findings


def _find_text(line: TextFreeDocument, texts: Texts) -> tuple[str | None, list[Finding]]:
    exact = texts.of_hash(line.outline.sha256)
    if exact is not None:
        return exact, []
    nearest, most = None, Restored(None, [], 0)
    for name in texts.in_order(line.doc_id):
        restored = restore_text(line.outline, texts.folded(name), line.doc_id)
        if restored.text is not None:
            return restored.text, []
        if restored.found > most.found:
            nearest, most = name, restored
    return None, list(_explain(line, nearest, most))


def _explain(line: TextFreeDocument, name: str | None, nearest: Restored) -> Iterator[Finding]:
    """Why a document has no text: no copy at all, or the places where the nearest copy is another."""
    expected = f"the text of sha256 {line.outline.sha256[:16]}…"
    report = partial(finding, "E601", expected=expected, doc_id=line.doc_id, file=name and printable(name))
    if name is None:
        yield report(found="no copy of it among the texts", fix=_GET)
    elif not nearest.missing:
        yield report(found="all of its pieces, which do not make up the text", fix=_GET)
    for piece in nearest.missing[:MOST_MISSING]:
        # Places are those of the folded text; typography moves them by a few characters.
        found = f"other words than those about characters {piece.start} to {piece.end} of the text"
        yield report(found=found, fix=_MEND)
    if len(nearest.missing) > MOST_MISSING:
        yield report(found=f"{len(nearest.missing) - MOST_MISSING} more such places", fix=_MEND)


def _restore(line: TextFreeDocument, text: str) -> tuple[dict[str, AnyRow], list[Finding]]:
    """The rows of a document in their types, or none of them and what is wrong."""
    plain: dict[str, Any] = {DOCUMENTS: line.document | {"text": text}}
    plain |= {layer: getattr(line, layer) for layer in LAYERS if getattr(line, layer) is not None}
    rows: dict[str, AnyRow] = {}
    try:
        for name, value in plain.items():
            rows[name] = msgspec.convert(restore_words(value, text), RECORDS[name])
    except (ValueError, TypeError, msgspec.MsgspecError, RecursionError) as error:
        found, expected = printable(str(error), 200), "records of the corpus"
        return {}, [finding("E105", found=found, expected=expected, doc_id=line.doc_id)]
    if {row.doc_id for row in rows.values()} != {line.doc_id}:
        return {}, [finding("E304", found="rows of another document", expected=line.doc_id, doc_id=line.doc_id)]
    document = rows[DOCUMENTS]
    assert isinstance(document, Document)
    findings = check_document_rows(document, *(rows.get(layer) for layer in LAYERS))  # type: ignore[arg-type]
    errors = [item for item in findings if item.severity == "error"]
    return ({}, errors) if errors else (rows, [])


def _check_fingerprints(manifest: Manifest, tables: Tables) -> list[Finding]:
    findings = []
    for entry in manifest.layers:
        found = fingerprint_rows(tables.get((entry.layer, entry.split), {}).values())
        if found != entry.fingerprint:
            place = row_file(entry.layer, entry.split).as_posix()
            expected = f"fingerprint {entry.fingerprint[:16]}…, that of the manifest"
            fix = "get the text-free file anew"
            findings.append(finding("E601", found=f"fingerprint {found[:16]}…", expected=expected, file=place, fix=fix))
    return findings
