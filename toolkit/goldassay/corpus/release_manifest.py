"""annotations/releases/<version>.json: what a release consists of, and which release came before it."""

import re
from pathlib import Path

import msgspec

from goldassay._version import __version__
from goldassay.corpus.layout import RECORDS, row_file
from goldassay.corpus.manifest import FileEntry, LayerEntry, Manifest
from goldassay.corpus.version import parse_version
from goldassay.errors import InvalidDataError
from goldassay.formats.explain import explain
from goldassay.formats.strict_json import parse_json
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted
from goldassay.model.record import Record

RELEASES = Path("annotations") / "releases"
GUIDELINES = Path("annotations") / "guidelines"
RESTORE = "restore the file as it was released"

_GUIDELINE_VERSION = re.compile(r"^Version (\S+)\s*$", re.MULTILINE)


class Previous(Record, frozen=True, kw_only=True):
    """The release before, with the hashes of its manifest and of the diff that leads back to it."""

    version: str
    manifest_sha256: str
    diff_sha256: str


class Release(Record, frozen=True, kw_only=True):
    """The manifest of a release; lists are sorted as in corpus/manifest.json.

    date        as the maintainer gave it, YYYY-MM-DD; null if not given
    tool        the version of the toolkit that cut it
    guidelines  {layer: version of its guidelines}
    """

    name: str
    version: str
    date: str | None
    notes: str | None
    tool: str
    guidelines: dict[str, str]
    splitter: str
    previous: Previous | None
    files: list[FileEntry]
    layers: list[LayerEntry]


def release_file(version: str) -> Path:
    """The manifest of a release, relative to the root.

    >>> release_file("1.0.0").as_posix()
    'annotations/releases/1.0.0.json'
    """
    return RELEASES / f"{version}.json"


def build_release(
    manifest: Manifest, version: str, previous: Previous | None, *, root: Path, date: str | None, notes: str | None
) -> Release:
    """The manifest of a release of the files that the corpus manifest names."""
    return Release(
        name=manifest.name,
        version=version,
        date=date,
        notes=notes,
        tool=__version__,
        guidelines=read_guideline_versions(root),
        splitter=manifest.splitter,
        previous=previous,
        files=manifest.files,
        layers=manifest.layers,
    )


def format_release(release: Release) -> bytes:
    """The bytes of a manifest: indented by two, ended by LF."""
    return msgspec.json.format(msgspec.json.encode(release, order="sorted"), indent=2) + b"\n"


def read_releases(root: Path) -> list[Release]:
    """All releases, oldest first; none where there is no folder of them.

    Raises:
        InvalidDataError: A manifest cannot be read, or names another version than its file.
    """
    releases: list[Release] = []
    findings: list[Finding] = []
    for path in sorted((root / RELEASES).glob("*.json")):
        release, problems = _read_release(path)
        findings += problems
        releases += [release] if release is not None else []
    if findings:
        raise InvalidDataError(findings)
    return sorted(releases, key=lambda release: parse_version(release.version) or (0, 0, 0))


def read_guideline_versions(root: Path) -> dict[str, str]:
    """{layer: the version that its guidelines state}; guidelines without one are left out."""
    versions: dict[str, str] = {}
    for path in sorted((root / GUIDELINES).glob("*.md")):
        stated = _GUIDELINE_VERSION.search(path.read_text(encoding="utf-8", errors="replace"))
        versions |= {path.stem: stated[1]} if stated is not None else {}
    return versions


def split_path(path: str) -> tuple[str, str]:
    """Layer and split of a file of rows.

    >>> split_path("annotations/stances/validation.jsonl")
    ('stances', 'validation')
    """
    return Path(path).parent.name, Path(path).stem


def _read_release(path: Path) -> tuple[Release | None, list[Finding]]:
    shown = (RELEASES / path.name).as_posix()
    value, syntax = parse_json(path.read_bytes())
    problems = [syntax] if syntax else explain(value, Release)
    if problems:
        return None, [
            finding(one.code, found=one.found, expected=one.expected, fix=RESTORE, file=shown, field=one.path)
            for one in problems
        ]
    release = msgspec.convert(value, Release)
    if release.version != path.stem or parse_version(release.version) is None:
        found, expected = f"version {quoted(release.version)}", f"version {quoted(path.stem)}"
        return None, [finding("E601", found=found, expected=expected, fix=RESTORE, file=shown)]
    for entry in release.files:
        layer, split = split_path(entry.path)
        if layer not in RECORDS or row_file(layer, split).as_posix() != entry.path:
            expected = "the documents or a layer of a split"
            return None, [finding("E601", found=quoted(entry.path), expected=expected, fix=RESTORE, file=shown)]
    return release, []
