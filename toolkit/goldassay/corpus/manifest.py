"""corpus/manifest.json: what the corpus consists of, so that a change that nobody meant is seen.

Files have hashes; each layer of each split has counts and a fingerprint that does not depend on the order of lines, on
key order or on packaging: SHA-256 over the sorted pairs of document id and SHA-256 of the row's canonical JSON.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from goldassay.corpus.layout import RECORDS, SPLIT, AnyRow, find_splits, row_file
from goldassay.corpus.locate import MARKER
from goldassay.corpus.seeds import Seed, read_seeds
from goldassay.corpus.sentences import SPLITTER
from goldassay.errors import InvalidDataError
from goldassay.formats.explain import explain
from goldassay.formats.jsonl import encode_row, read_rows
from goldassay.formats.strict_json import parse_json
from goldassay.model.finding import Finding, finding
from goldassay.model.record import Record

NAME = "goldassay-news"
VERSION = "0.1.0"
"""Name and version of a corpus without a manifest; an existing manifest keeps its own."""

_MEND = "restore the file, or run `goldassay build` if the change is meant"
_BUILD = "run `goldassay build`"


class FileEntry(Record, frozen=True, kw_only=True):
    """A file of rows, by its path from the root."""

    path: str
    sha256: str
    bytes: int


class SeedEntry(Record, frozen=True, kw_only=True):
    """A text as it was taken in."""

    doc_id: str
    path: str
    sha256: str
    bytes: int


class LayerEntry(Record, frozen=True, kw_only=True):
    """The documents or one layer in one split: rows, records of each kind, fingerprint."""

    layer: str
    split: str
    rows: int
    counts: dict[str, int]
    fingerprint: str


class Manifest(Record, frozen=True, kw_only=True):
    """The whole manifest; all lists are sorted."""

    name: str
    version: str
    splitter: str
    seeds: list[SeedEntry]
    files: list[FileEntry]
    layers: list[LayerEntry]


def build_manifest(root: Path) -> Manifest:
    """The manifest of what lies on disk; name and version are those of the manifest that is there.

    Raises:
        InvalidDataError: A row or the metadata cannot be read.
    """
    old = _read(root)[0]
    seeds, findings = read_seeds(root)
    if findings:
        raise InvalidDataError(findings)
    splits = find_splits(root) or [SPLIT]
    present = [(name, split) for split in splits for name in RECORDS if (root / row_file(name, split)).is_file()]
    return Manifest(
        name=old.name if old else NAME,
        version=old.version if old else VERSION,
        splitter=SPLITTER,
        seeds=[_seed_entry(root, seed) for seed in sorted(seeds, key=lambda seed: seed.doc_id)],
        files=[_file_entry(root, path) for path in sorted(row_file(*pair).as_posix() for pair in present)],
        layers=[_layer_entry(root, *pair) for pair in present],
    )


def format_manifest(manifest: Manifest) -> bytes:
    """The bytes of the file: indented by two, ended by LF."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=2) + b"\n"


def read_manifest(root: Path) -> Manifest:
    """The manifest of a corpus.

    Raises:
        InvalidDataError: There is none, or it is none.
    """
    manifest, findings = _read(root)
    if manifest is None:
        raise InvalidDataError(findings)
    return manifest


def fingerprint_rows(rows: Iterable[AnyRow]) -> str:
    """The fingerprint of the rows of a layer, 64 hexadecimal digits; their order does not matter.

    >>> from goldassay.model.entities import EntitiesRow
    >>> rows = [EntitiesRow(doc_id=id_, entities=[], mentions=[]) for id_ in ("d1", "d2")]
    >>> fingerprint_rows(rows) == fingerprint_rows(rows[::-1]) != fingerprint_rows(rows[:1])
    True
    """
    return fingerprint_hashes((row.doc_id, sha256(encode_row(row)).hexdigest()) for row in rows)


def fingerprint_hashes(hashes: Iterable[tuple[str, str]]) -> str:
    """The fingerprint of rows known by the ids of their documents and their SHA-256; their order does not matter."""
    return sha256(msgspec.json.encode(sorted(hashes))).hexdigest()


def count_records(rows: Sequence[AnyRow]) -> dict[str, int]:
    """How many records of each kind the rows hold: the lengths of their lists, summed."""
    names = (
        [one.name for one in msgspec.structs.fields(rows[0]) if isinstance(getattr(rows[0], one.name), list)]
        if rows
        else []
    )
    return {name: sum(len(getattr(row, name)) for row in rows) for name in names}


def check_manifest(root: Path) -> list[Finding]:
    """E601 for texts and files that are not those the manifest names, E608 where it does not name what is there."""
    manifest, findings = _read(root)
    if manifest is None:
        return findings
    entries: list[SeedEntry | FileEntry] = [*manifest.seeds, *manifest.files]
    findings = [item for entry in entries for item in _check_hash(root, entry)]
    if findings:
        return findings
    try:
        fresh = build_manifest(root)
    except InvalidDataError as error:
        return list(error.findings)
    for name in Manifest.__struct_fields__:
        if getattr(manifest, name) != getattr(fresh, name):
            found = f"{name} of another state of the corpus"
            expected = f"{name} of the files on disk"
            item = finding("E608", found=found, expected=expected, fix=_BUILD, file=MARKER.as_posix(), field=name)
            findings.append(item)
    return findings


def _read(root: Path) -> tuple[Manifest | None, list[Finding]]:
    path = root / MARKER
    shown = MARKER.as_posix()
    if not path.is_file():
        return None, [finding("E601", found="no file", expected="the manifest", fix=_BUILD, file=shown)]
    value, syntax = parse_json(path.read_bytes())
    problems = [syntax] if syntax else explain(value, Manifest)
    if problems:
        return None, [
            finding(one.code, found=one.found, expected=one.expected, fix=one.fix or _BUILD, file=shown, field=one.path)
            for one in problems
        ]
    return msgspec.convert(value, Manifest), []


def _check_hash(root: Path, entry: SeedEntry | FileEntry) -> list[Finding]:
    path = root / entry.path
    found = sha256(path.read_bytes()).hexdigest() if path.is_file() else None
    if found == entry.sha256:
        return []
    words = "no file" if found is None else f"sha256 {found[:16]}…"
    return [finding("E601", found=words, expected=f"sha256 {entry.sha256[:16]}…", fix=_MEND, file=entry.path)]


def _seed_entry(root: Path, seed: Seed) -> SeedEntry:
    raw = (root / seed.path).read_bytes()
    return SeedEntry(doc_id=seed.doc_id, path=seed.path, sha256=sha256(raw).hexdigest(), bytes=len(raw))


def _file_entry(root: Path, path: str) -> FileEntry:
    raw = (root / path).read_bytes()
    return FileEntry(path=path, sha256=sha256(raw).hexdigest(), bytes=len(raw))


def _layer_entry(root: Path, name: str, split: str) -> LayerEntry:
    rows: list[AnyRow] = []
    findings: list[Finding] = []
    for row in read_rows(root / row_file(name, split), RECORDS[name]):
        rows += [] if row.value is None else [row.value]
        findings += row.findings
    if findings:
        raise InvalidDataError(findings)
    return LayerEntry(
        layer=name, split=split, rows=len(rows), counts=count_records(rows), fingerprint=fingerprint_rows(rows)
    )
