"""What reading and writing a format come to: lines, findings, and counts of all that could not be carried."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from goldassay.formats.gold import GoldLine
from goldassay.formats.prediction_line import PredictionLine
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import Level

Line = GoldLine | PredictionLine
"""A document with what is annotated in it; a prediction line where the format has too little for gold records."""

Counts = Counter[str]
"""How many things of a kind, by the kind in words and in the plural."""

OffsetUnit = Literal["codepoints", "utf16", "bytes"]
OFFSET_UNITS: dict[OffsetUnit, str] = {"codepoints": "code points", "utf16": "utf-16", "bytes": "bytes"}
"""The units that may be declared, with the names by which `formats.offsets` knows them."""

WITHOUT_WORDS = "offsets of mentions without words, as code points"
"""What is taken for granted where neither the words of a mention nor anybody says in what its offsets count."""

UNTYPED = "_"
"""The type of a mention to which its format gives none."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the reader of a format is told.

    offsets  the unit in which offsets count whose format fixes none; null where nobody said, then code points
    level    the level of mentions whose format knows no levels
    types    entity types of prediction lines to rename before they are checked
    """

    offsets: OffsetUnit | None = None
    level: Level = "NAM"
    types: Mapping[str, str] = field(default_factory=dict)

    @property
    def unit(self) -> OffsetUnit:
        """The unit in which offsets are read."""
        return self.offsets or "codepoints"


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What the writer of a format is told.

    offsets   the unit in which JSONL spans are to count
    comments  whether columns begin a document with comments that hold its id and its text
    levels    whether the levels of mentions were in the file read, and not taken for granted
    """

    offsets: OffsetUnit = "codepoints"
    comments: bool = True
    levels: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a conversion by their names inside OUT (`""` where OUT is the one file), and what they lack.

    `documents` says how many are in them, null where all are.
    """

    files: Mapping[str, bytes]
    lost: Mapping[str, int]
    documents: int | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says.

    lines     the documents in the order of the file
    findings  all that is wrong with it
    lost      what the file says and a line has no place for
    assumed   what a line must say and the file does not
    types     the entity types that were there, where they are renamed in reading
    """

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = ()
    lost: Mapping[str, int] = field(default_factory=dict)
    assumed: Mapping[str, int] = field(default_factory=dict)
    types: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reading:
    """One file while it is read: where it is, and what was found so far."""

    path: Path
    options: ReadOptions = field(default_factory=ReadOptions)
    file: str = ""
    findings: list[Finding] = field(default_factory=list)
    lost: Counts = field(default_factory=Counter)
    assumed: Counts = field(default_factory=Counter)
    types: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.file = self.file or str(self.path)

    def report(
        self,
        code: str,
        found: str,
        expected: str,
        *,
        line: int | None = None,
        doc_id: str | None = None,
        field: str | None = None,
        fix: str | None = None,
    ) -> None:
        """Add a finding about this file."""
        self.findings.append(
            finding(
                code, found=found, expected=expected, fix=fix, file=self.file, line=line, doc_id=doc_id, field=field
            )
        )

    def done(self, lines: Sequence[Line]) -> Read:
        """All of it, once the file is read."""
        return Read(tuple(lines), tuple(self.findings), +self.lost, +self.assumed, frozenset(self.types))

    def text_of(self, path: Path, file: str | None = None, *, mark: str = "\ufeff") -> str | None:
        """A file as text, without a byte order mark; null with a finding where it is no UTF-8.

        Where offsets count from the first character, `mark` is empty: what looks like a mark is a character then.
        """
        try:
            return path.read_bytes().decode("utf-8").removeprefix(mark)
        except UnicodeDecodeError as error:
            name = file or self.file
            found = f"byte 0x{error.object[error.start]:02x} at position {error.start}"
            self.findings.append(finding("E101", found=found, expected="UTF-8", file=name))
            return None
