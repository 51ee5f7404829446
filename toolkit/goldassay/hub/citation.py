"""CITATION.cff read and checked by the rules of the Citation File Format 1.2.0 (Druskat et al., 2021).

The file is kept by hand but for the line `version`, which `goldassay build` sets to that of the corpus. Of the format's
keys those are known that say something of one work; a file of other works by this one belongs in the paper.
"""

import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from goldassay.formats.files import write_atomically
from goldassay.formats.yaml_nodes import compose_yaml
from goldassay.formats.yaml_records import read_record
from goldassay.formats.yaml_scalars import Reading
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted
from goldassay.model.record import Record

CITATION = Path("CITATION.cff")
_VERSION = re.compile(r"^version:.*$", re.MULTILINE)

Text = Annotated[str, msgspec.Meta(min_length=1)]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Doi = Annotated[str, msgspec.Meta(pattern=r"^10\.\d{4,9}(\.\d+)?/\S+$")]
Address = Annotated[str, msgspec.Meta(pattern=r"^(https?|s?ftp)://\S+$")]


class Author(Record, frozen=True, kw_only=True, rename="kebab"):
    """A person (family and given names) or an entity (`name`)."""

    name: Text | None = None
    family_names: Text | None = None
    given_names: Text | None = None
    name_particle: Text | None = None
    name_suffix: Text | None = None
    alias: Text | None = None
    affiliation: Text | None = None
    email: Text | None = None
    orcid: Address | None = None
    website: Address | None = None

    @property
    def shown(self) -> str:
        """The name as one reads it; empty if there is none."""
        parts = (self.given_names, self.name_particle, self.family_names, self.name_suffix)
        return self.name or " ".join(part for part in parts if part) or self.alias or ""


class Citation(Record, frozen=True, kw_only=True, rename="kebab"):
    """The file; what the format requires has no default."""

    cff_version: Literal["1.2.0"]
    message: Text
    title: Text
    authors: list[Author]
    type: Literal["software", "dataset"] = "software"
    abstract: Text | None = None
    version: Text | None = None
    license: Text | None = None
    keywords: list[Text] = []  # noqa: RUF012 (msgspec copies it for each record)
    commit: Text | None = None
    date_released: Day | None = None
    doi: Doi | None = None
    url: Address | None = None
    repository: Address | None = None
    repository_code: Address | None = None
    repository_artifact: Address | None = None
    license_url: Address | None = None

    @property
    def names(self) -> list[str]:
        """The authors as one reads them."""
        return [author.shown for author in self.authors]

    @property
    def address(self) -> str | None:
        """Where the work is found: `url`, else the repository of its code."""
        return self.url or self.repository_code


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
    reading = Reading(text="", file=name)
    citation = read_record(node, Citation, reading)
    if citation is None or reading.findings:
        return None, reading.findings
    if not citation.authors:
        return None, [finding("E407", found="no author", expected="at least one", field="authors", file=name)]
    nameless = [place for place, author in enumerate(citation.authors) if not author.shown]
    expected = "`name`, or `family-names` and `given-names`"
    problems = [finding("E407", found="no name", expected=expected, field=f"authors[{i}]", file=name) for i in nameless]
    return (None, problems) if problems else (citation, [])


def check_citation(root: Path, version: str) -> list[Finding]:
    """What is wrong with CITATION.cff, and E608 if its version is not that of the corpus; none without such a file."""
    citation, findings = read_citation(root)
    if citation is None or citation.version == version:
        return findings
    found = "no version" if citation.version is None else f"version {quoted(citation.version)}"
    expected = f"version {quoted(version)}, that of the corpus"
    return [finding("E608", found=found, expected=expected, field="version", file=CITATION.as_posix())]


def write_version(root: Path, version: str) -> None:
    """Set the line `version`, if there is a file; the rest of it stays as it is."""
    path = root / CITATION
    if not path.is_file():
        return
    text, line = path.read_bytes().decode("utf-8", "surrogateescape"), f'version: "{version}"'
    fresh = _VERSION.sub(line, text, count=1) if _VERSION.search(text) else f"{text.rstrip()}\n{line}\n"
    if fresh != text:
        write_atomically(path, [fresh.encode("utf-8", "surrogateescape")])
