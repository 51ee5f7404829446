"""CITATION.cff read and checked by the rules of the Citation File Format 1.2.0 (Druskat et al., 2021).

The file is kept by hand but for `version` and `date-released`, which `goldassay build` sets: to those of the release
that the gold is, and else to the version of the manifest and no day.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from goldassay.corpus.release_manifest import read_releases
from goldassay.formats.files import write_atomically
from goldassay.formats.yaml_nodes import compose_yaml
from goldassay.formats.yaml_records import read_record
from goldassay.formats.yaml_scalars import Reading
from goldassay.hub.citation_format import Citation, check_rules, check_scalars, list_licences
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted

CITATION = Path("CITATION.cff")
_VERSION = re.compile(r"^version:.*$", re.MULTILINE)
_DATE = re.compile(r"^date-released:.*(\n|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Edition:
    """What the file must say of the corpus: its version and, where `dated`, the day of its release or none.

    A corpus without releases has no day to compare with; then the file keeps what it says.
    """

    version: str
    date: str | None = None
    dated: bool = False

    def day(self, citation: Citation | None) -> str | None:
        """The day to state: that of the release, and without releases what the citation says."""
        return self.date if self.dated or citation is None else citation.date_released


def find_edition(root: Path, version: str) -> Edition:
    """The edition of a corpus under a version: with the day of the release that it is, none if it is no release.

    Raises:
        InvalidDataError: A release cannot be read.
    """
    releases = read_releases(root)
    day = next((one.date for one in releases if one.version == version), None)
    return Edition(version, day, dated=bool(releases))


def read_citation(root: Path) -> tuple[Citation | None, list[Finding]]:
    """The citation of a corpus and every way in which it breaks the format; never both, but neither without a file."""
    path, name = root / CITATION, CITATION.as_posix()
    if not path.is_file():
        return None, []
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return None, [finding("E101", found=f"byte 0x{error.object[error.start]:02x}", expected="UTF-8", file=name)]
    node, findings = compose_yaml(text, name)
    if node is None or findings:
        return None, findings
    list_licences(node)
    reading = Reading(text="", file=name)
    citation = read_record(node, Citation, reading)
    problems = reading.findings or [*check_scalars(node, name)]
    if citation is None or problems:
        return None, problems
    problems = check_rules(citation, name)
    return (None, problems) if problems else (citation, [])


def check_citation(root: Path, edition: Edition) -> list[Finding]:
    """What is wrong with CITATION.cff, and E608 if version or day are not the corpus's; none without such a file."""
    citation, findings = read_citation(root)
    if citation is None:
        return findings
    pairs: list[tuple[str, str | None, str | None]] = [("version", citation.version, edition.version)]
    pairs += [("date-released", citation.date_released, edition.date)] if edition.dated else []
    for name, found, expected in pairs:
        if found != expected:
            there = f"no {name}" if found is None else f"{name} {quoted(found)}"
            wanted = f"no {name}, as for gold that is no release" if expected is None else f"{name} {quoted(expected)}"
            findings.append(finding("E608", found=there, expected=wanted, field=name, file=CITATION.as_posix()))
    return findings


def set_edition(text: str, edition: Edition) -> str:
    r"""The file with the lines `version` and, where the day is known, `date-released`; all else stays as it is.

    >>> set_edition('title: T\nversion: "1.0.0"\n', Edition("2.0.0", "2030-01-31", dated=True))
    'title: T\nversion: "2.0.0"\ndate-released: 2030-01-31\n'
    >>> set_edition('version: "2.0.0"\ndate-released: 2030-01-31\n', Edition("2.0.0+dirty", dated=True))
    'version: "2.0.0+dirty"\n'
    """
    line = f'version: "{edition.version}"'
    text = _VERSION.sub(line, text, count=1) if _VERSION.search(text) else f"{text.rstrip()}\n{line}\n"
    if not edition.dated:
        return text
    day = "" if edition.date is None else f"date-released: {edition.date}\n"
    if _DATE.search(text):
        return _DATE.sub(day, text, count=1)
    return text.replace(f"{line}\n", f"{line}\n{day}", 1)


def write_edition(root: Path, edition: Edition) -> None:
    """Set version and day, if there is a file."""
    path = root / CITATION
    if not path.is_file():
        return
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    fresh = set_edition(text, edition)
    if fresh != text:
        write_atomically(path, [fresh.encode("utf-8", "surrogateescape")])
