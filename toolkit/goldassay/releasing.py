"""L5: `goldassay release` and `goldassay diff`: what a release would consist of, whether it may be, and its files."""

import datetime
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from goldassay.checking import check_corpus
from goldassay.corpus.locate import MARKER
from goldassay.corpus.manifest import build_manifest, format_manifest, read_manifest
from goldassay.corpus.present_rows import check_canonical, read_present
from goldassay.corpus.release_diff import RecordChange, Tables, diff_rows, needed_change
from goldassay.corpus.release_files import diff_file, format_diff, format_kept, kept_file
from goldassay.corpus.release_manifest import (
    Previous,
    Release,
    build_release,
    format_release,
    read_releases,
    release_file,
)
from goldassay.corpus.releases import ReleasedRows, load_release
from goldassay.corpus.version import check_version, parse_version, plain_number
from goldassay.errors import InvalidDataError, UsageError
from goldassay.generate.files import check_generated, write_generated
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted
from goldassay.report.changelog import add_section, render_section
from goldassay.report.release_diff import GoldDiff

TREE = "the working tree"
CHANGELOG = Path("CHANGELOG.md")


@dataclass(frozen=True, slots=True)
class PreparedRelease:
    """A release that may be cut.

    previous   the release before; null for the first
    changes    what changed since; empty for the first
    """

    release: Release
    previous: str | None
    tables: Tables
    changes: list[RecordChange]

    @property
    def diff(self) -> GoldDiff:
        """The changes since the release before; null states are named as such."""
        return GoldDiff(self.previous or "no release", self.release.version, self.changes)


def prepare_release(root: Path, version: str, *, date: str | None = None, notes: str | None = None) -> PreparedRelease:
    """Check everything that a release asks for; nothing is written.

    Args:
        root: The checkout.
        version: The number of the release.
        date: The day to state in it, YYYY-MM-DD; null for none.
        notes: What users should know; null for nothing.

    Raises:
        UsageError: The version or the date is none, or `datasets` is not there to check the README.
        InvalidDataError: Generated files are stale, the gold has errors, a release was changed, or the version is too
            small for the changes (E605).
    """
    if parse_version(version) is None:
        raise UsageError(f"{quoted(version)} is no version; versions look like 1.2.3")
    if date is not None and not _is_date(date):
        raise UsageError(f"{quoted(date)} is no date; dates look like 2024-07-15")
    findings = [item for item in _check_tree(root) if item.severity == "error"]
    if findings:
        raise InvalidDataError(findings)
    tables = read_present(root)
    releases = read_releases(root)
    findings = check_canonical(root, tables)
    older = load_release(root, releases[-1].version) if releases else None
    changes = [] if older is None else diff_rows(older.tables, tables)
    findings += _check_number(root, version, releases, changes)
    if findings:
        raise InvalidDataError(findings)
    previous = None if older is None else _link(root, older, version, changes)
    release = build_release(build_manifest(root), version, previous, root=root, date=date, notes=notes)
    return PreparedRelease(release, None if older is None else older.release.version, tables, changes)


def write_release(root: Path, prepared: PreparedRelease) -> list[str]:
    """Write a release and what follows from it; returns the paths written, relative to the root.

    The manifest of the release is written after its rows and diff, and the rows of the release before go last: a
    release that was broken off can be cut again.
    """
    version, previous = prepared.release.version, prepared.previous
    files: dict[Path, bytes] = {kept_file(version): format_kept(prepared.tables)}
    if previous is not None:
        files[diff_file(previous, version)] = format_diff(prepared.changes)
    files[release_file(version)] = format_release(prepared.release)
    files[MARKER] = format_manifest(msgspec.structs.replace(build_manifest(root), version=version))
    log = root / CHANGELOG
    section = render_section(prepared.release, prepared.diff)
    files[CHANGELOG] = add_section(log.read_text(encoding="utf-8") if log.is_file() else "", section).encode()
    write_generated(root, files)
    if previous is not None:
        (root / kept_file(previous)).unlink(missing_ok=True)
    return [path.as_posix() for path in files]


def diff_versions(root: Path, older: str, newer: str | None = None) -> GoldDiff:
    """What changed in the gold from one release to another, or to the working tree.

    Raises:
        UsageError: There is no such release.
        InvalidDataError: A release was changed since, or the working tree cannot be read.
    """
    before = load_release(root, older).tables
    after = read_present(root) if newer is None else load_release(root, newer).tables
    return GoldDiff(older, newer or TREE, diff_rows(before, after))


def _check_tree(root: Path) -> list[Finding]:
    """Stale files first: what they would say of the gold is not worth reading."""
    return check_generated(root) or check_corpus(root)


def _check_number(root: Path, version: str, releases: list[Release], changes: list[RecordChange]) -> list[Finding]:
    place = MARKER.as_posix()
    if any(release.version == version for release in releases):
        found = f"{quoted(version)}, which is released"
        return [finding("E605", found=found, expected="a number of its own", file=place)]
    if releases:
        change, example = needed_change(changes)
        return check_version(
            releases[-1].version, version, change, example=None if example is None else example.place, file=place
        )
    current = plain_number(read_manifest(root).version)
    if (parse_version(version) or (0, 0, 0)) < (parse_version(current) or (0, 0, 0)):
        found, expected = f"{quoted(version)} after {quoted(current)}", f"{quoted(current)} or higher"
        return [finding("E605", found=found, expected=expected, file=place)]
    return []


def _link(root: Path, older: ReleasedRows, version: str, changes: list[RecordChange]) -> Previous:
    number = older.release.version
    return Previous(
        version=number,
        manifest_sha256=sha256((root / release_file(number)).read_bytes()).hexdigest(),
        diff_sha256=sha256(format_diff(changes)).hexdigest(),
    )


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
