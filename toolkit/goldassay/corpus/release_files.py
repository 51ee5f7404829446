"""The rows of releases as files: those of the newest, the diffs that lead back, and the files that both give.

The newest release is kept as rows of its own (`<version>.rows.jsonl`), since the files of the checkout stop being it
with the first edit; from there the diffs (`<older>..<newer>.jsonl`) lead back to every older release.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from goldassay.corpus.layout import row_file
from goldassay.corpus.release_diff import JsonRow, RecordChange, Tables
from goldassay.corpus.release_manifest import RELEASES, RESTORE, Release, split_path
from goldassay.errors import InvalidDataError
from goldassay.formats.jsonl import iterate_rows
from goldassay.model.finding import Finding, finding
from goldassay.model.record import Record
from goldassay.model.views import CANARY

T = TypeVar("T")

HEAD = msgspec.json.encode({"canary": CANARY}) + b"\n"
"""The first line of files of rows and diffs; releases up to 1.0.0 have none."""


class KeptRow(Record, frozen=True, kw_only=True):
    """One row of the newest release."""

    layer: str
    split: str
    row: JsonRow


def diff_file(older: str, newer: str) -> Path:
    """The diff between two neighbouring releases, relative to the root.

    >>> diff_file("1.0.0", "2.0.0").as_posix()
    'annotations/releases/1.0.0..2.0.0.jsonl'
    """
    return RELEASES / f"{older}..{newer}.jsonl"


def kept_file(version: str) -> Path:
    """The rows of the newest release, relative to the root."""
    return RELEASES / f"{version}.rows.jsonl"


def read_newest(root: Path, release: Release) -> Tables:
    """The rows of the newest release: of the checkout if its files are the released ones, else as they were kept.

    Raises:
        InvalidDataError: Neither is there.
    """
    present = {entry.path: (root / entry.path).read_bytes() for entry in release.files if (root / entry.path).is_file()}
    if not check_files(present, release):
        try:
            return parse_tables(present)
        except (msgspec.DecodeError, KeyError):
            pass
    return read_kept(root, release)


def read_kept(root: Path, release: Release) -> Tables:
    """The rows of the newest release as they were kept.

    Raises:
        InvalidDataError: They are not there, or not those of the release.
    """
    path = kept_file(release.version)
    tables: Tables = {split_path(entry.path): {} for entry in release.files}
    for _, kept in _read_lines(root, path, KeptRow):
        tables.setdefault((kept.layer, kept.split), {})[str(kept.row.get("doc_id"))] = kept.row
    findings = [
        finding(
            "E601",
            found=f"{item.where.file} of {item.found}",
            expected=item.expected,
            fix=RESTORE,
            file=path.as_posix(),
        )
        for item in check_files(encode_tables(tables), release)
    ]
    if findings:
        raise InvalidDataError(findings)
    return tables


def format_kept(tables: Tables) -> bytes:
    """The rows of a release, one a line below the head."""
    lines = [
        msgspec.json.encode(KeptRow(layer=layer, split=split, row=rows[doc_id])) + b"\n"
        for (layer, split), rows in sorted(tables.items())
        for doc_id in sorted(rows)
    ]
    return HEAD + b"".join(lines)


def read_diff(root: Path, older: str, newer: str) -> list[RecordChange]:
    """The changes from one release to the next.

    Raises:
        InvalidDataError: They cannot be read.
    """
    path = diff_file(older, newer)
    lines = _read_lines(root, path, RecordChange)
    findings = [
        finding("E105", found="other sides", expected="those of its kind", fix=RESTORE, file=path.as_posix(), line=line)
        for line, change in lines
        if not change.is_sound
    ]
    if findings:
        raise InvalidDataError(findings)
    return [change for _, change in lines]


def format_diff(changes: Iterable[RecordChange]) -> bytes:
    """The lines of a diff below the head, one change each, with the keys of records in their own order."""
    return HEAD + b"".join(msgspec.json.encode(change) + b"\n" for change in changes)


def parse_tables(files: Mapping[str, bytes]) -> Tables:
    """The rows of files; the inverse of `encode_tables`."""
    tables: Tables = {}
    for path, raw in files.items():
        rows = [msgspec.json.decode(line, type=JsonRow) for line in raw.split(b"\n") if line]
        tables[split_path(path)] = {row["doc_id"]: row for row in rows}
    return tables


def encode_tables(tables: Tables) -> dict[str, bytes]:
    r"""The files of a state: {path from the root: bytes}, rows sorted by document.

    >>> encode_tables({("documents", "dev"): {"d1": {"doc_id": "d1"}}})
    {'corpus/documents/dev.jsonl': b'{"doc_id":"d1"}\n'}
    """
    return {
        row_file(layer, split).as_posix(): b"".join(msgspec.json.encode(rows[one]) + b"\n" for one in sorted(rows))
        for (layer, split), rows in tables.items()
    }


def check_files(files: Mapping[str, bytes], release: Release) -> list[Finding]:
    """E601 for each file that is not the one released; an empty file may stand for none."""
    released = {entry.path: entry.sha256 for entry in release.files}
    findings = []
    for path in sorted({*released, *(path for path, raw in files.items() if raw)}):
        found = sha256(files[path]).hexdigest() if path in files else None
        if found != released.get(path):
            words = "no rows" if found is None else f"rows with sha256 {found[:16]}…"
            hashed = f"sha256 {released[path][:16]}…" if path in released else "no such file"
            expected = f"{hashed} in release {release.version}"
            findings.append(finding("E601", found=words, expected=expected, fix=RESTORE, file=path))
    return findings


def _read_lines(root: Path, path: Path, record: type[T]) -> list[tuple[int, T]]:
    """The records of a file with the numbers of their lines."""
    if not (root / path).is_file():
        item = finding("E601", found="no file", expected="rows of a release", fix=RESTORE, file=path.as_posix())
        raise InvalidDataError([item])
    with (root / path).open("rb") as lines:
        # An empty line keeps the numbers of those below it.
        rest = (b"\n" if line == HEAD else line for line in lines)
        rows = list(iterate_rows(rest, record, file=path.as_posix(), duplicates=False))
    findings = [item for row in rows for item in row.findings]
    if findings:
        raise InvalidDataError(findings)
    return [(row.line, row.value) for row in rows if row.value is not None]
