"""Releases of a corpus: each can be rebuilt from the checkout and verified, and no other gold goes under its number."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from goldassay.corpus.locate import MARKER
from goldassay.corpus.manifest import LayerEntry, Manifest, read_manifest
from goldassay.corpus.release_diff import Tables, undo_changes
from goldassay.corpus.release_files import check_files, diff_file, encode_tables, read_diff, read_kept, read_newest
from goldassay.corpus.release_layers import check_layers
from goldassay.corpus.release_manifest import RESTORE, Release, read_releases, release_file, split_path
from goldassay.corpus.version import plain_number
from goldassay.errors import InvalidDataError, UsageError
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted

DIRTY = "+dirty"
"""What stands after the number of the newest release while the gold is not that release's."""


@dataclass(frozen=True, slots=True)
class ReleasedRows:
    """A release rebuilt and verified: its rows, and its files as they were, by path from the root."""

    release: Release
    tables: Tables
    files: dict[str, bytes]

    @property
    def splits(self) -> list[str]:
        """The names of its splits, sorted."""
        return sorted({split for _, split in self.tables})


def load_release(root: Path, version: str) -> ReleasedRows:
    """Rebuild a release from the newest one and the diffs, verified file by file on the way.

    Raises:
        UsageError: There is no such release.
        InvalidDataError: What is kept of the releases was changed since.
    """
    releases = read_releases(root)
    known = [release.version for release in releases]
    if version not in known:
        raise UsageError(f"no release {quoted(version)} at {root}; there is {', '.join(known) or 'none'}")
    return _rebuild(root, releases, known.index(version))


def check_releases(root: Path) -> list[Finding]:
    """Everything wrong with the releases: files changed since (E601), gold under a number not its own (E611)."""
    try:
        releases = read_releases(root)
        check_newest(root, releases)
        if releases:
            _rebuild(root, releases, 0)
        return [*_check_oldest(releases), *check_claim(read_manifest(root), releases)]
    except InvalidDataError as error:
        return list(error.findings)


def check_newest(root: Path, releases: list[Release]) -> None:
    """Make sure that the newest release's rows are there and that its manifest says of them what is true.

    The others are held by the hashes that each release has of the one before it.

    Raises:
        InvalidDataError: E601, they are not.
    """
    if releases and (findings := check_layers(read_kept(root, releases[-1]), releases[-1])):
        raise InvalidDataError(findings)


def _check_oldest(releases: list[Release]) -> list[Finding]:
    """A warning where the first releases are gone: a text that had to be withdrawn may be the reason."""
    previous = releases[0].previous if releases else None
    if previous is None:
        return []
    found, fix = f"no release {quoted(previous.version)}", "restore its files, unless it was withdrawn"
    shown = release_file(releases[0].version).as_posix()
    return [finding("E601", found=found, expected="the release before", fix=fix, file=shown, severity="warning")]


def check_claim(manifest: Manifest, releases: list[Release]) -> list[Finding]:
    """E611 if the corpus manifest gives its gold a number that the releases do not."""
    honest = sign_version(manifest, releases)
    if manifest.version == honest:
        return []
    found = f"version {quoted(manifest.version)}"
    expected = f"{quoted(honest)}: {_reason(manifest, releases)}"
    return [finding("E611", found=found, expected=expected, file=MARKER.as_posix(), field="version")]


def sign_version(manifest: Manifest, releases: list[Release], older: Manifest | None = None) -> str:
    """The version that the gold of a manifest may go under.

    That of a release whose gold it is, else the newest release's number with `+dirty`. Without releases nothing vouches
    for a number: the manifest keeps its own until the gold is another than that of the `older` manifest in its place,
    and is dirty from then on.
    """
    number = plain_number(manifest.version)
    if not releases:
        edited = older is not None and _fingerprints(older.layers) != _fingerprints(manifest.layers)
        return number + DIRTY if edited else manifest.version
    claimed = next((release for release in releases if release.version == number), releases[-1])
    own = _fingerprints(claimed.layers) == _fingerprints(manifest.layers)
    return claimed.version if own else releases[-1].version + DIRTY


def _fingerprints(layers: list[LayerEntry]) -> dict[tuple[str, str], str]:
    return {(one.layer, one.split): one.fingerprint for one in layers}


def _reason(manifest: Manifest, releases: list[Release]) -> str:
    number = plain_number(manifest.version)
    claimed = next((release for release in releases if release.version == number), None)
    if claimed is None:
        return f"{quoted(number)} is not released"
    old, new = _fingerprints(claimed.layers), _fingerprints(manifest.layers)
    names = [
        f"{layer} of {split}"
        for layer, split in sorted({*old, *new})
        if old.get((layer, split)) != new.get((layer, split))
    ]
    return f"{', '.join(names)} differ from the release" if names else "the gold is that of the release"


def _rebuild(root: Path, releases: list[Release], wanted: int) -> ReleasedRows:
    """Walk back from the newest release to the one wanted; every link and every state on the way is verified."""
    tables = read_newest(root, releases[-1])
    if findings := check_layers(tables, releases[-1]):
        raise InvalidDataError(findings)
    for place in range(len(releases) - 1, wanted - 1, -1):
        release = releases[place]
        tables = {split_path(entry.path): {} for entry in release.files} | tables
        files = encode_tables(tables)
        if findings := check_files(files, release):
            raise InvalidDataError(findings)
        older = releases[place - 1] if place else None
        _verify_link(root, release, older)
        if place > wanted and older is not None:
            tables = undo_changes(tables, read_diff(root, older.version, release.version))
    # A file that only later releases have is left behind empty.
    there = {split_path(entry.path) for entry in releases[wanted].files}
    tables = {key: rows for key, rows in tables.items() if key in there}
    return ReleasedRows(releases[wanted], tables, encode_tables(tables))


def _verify_link(root: Path, release: Release, older: Release | None) -> None:
    """The release before is the one it was when this one was cut, and so is the diff between them.

    Raises:
        InvalidDataError: E601 for each of them that is not.
    """
    previous = release.previous
    shown = release_file(release.version).as_posix()
    if older is None:
        return
    if previous is None or previous.version != older.version:
        expected = "none" if previous is None else f"release {quoted(previous.version)}"
        found = f"release {older.version} before it"
        raise InvalidDataError([finding("E601", found=found, expected=expected, fix=RESTORE, file=shown)])
    links = {
        release_file(older.version): previous.manifest_sha256,
        diff_file(older.version, release.version): previous.diff_sha256,
    }
    findings = []
    for path, expected in links.items():
        found = sha256((root / path).read_bytes()).hexdigest() if (root / path).is_file() else "of no file"
        if found != expected:
            hashed = f"sha256 {expected[:16]}… in {shown}"
            item = finding("E601", found=f"sha256 {found[:16]}…", expected=hashed, fix=RESTORE, file=path.as_posix())
            findings.append(item)
    if findings:
        raise InvalidDataError(findings)
