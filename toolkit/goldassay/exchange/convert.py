"""A conversion from file to file: read, renamed, checked, written, with everything that was lost in counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import msgspec

from goldassay.checking import check_document_rows
from goldassay.errors import InvalidDataError, UsageError
from goldassay.exchange.gold_lines import line_of, rows_of
from goldassay.exchange.reading import UNTYPED, Counts, Line, Read, Reading, ReadOptions, WriteOptions, Written
from goldassay.exchange.sniff import sniff_format
from goldassay.exchange.table import FORMATS, find_format, guess_from_name
from goldassay.formats.files import write_atomically
from goldassay.formats.gold import GoldLine
from goldassay.gold import load_gold
from goldassay.model.entities import Entity
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import ENTITY_TYPES, EntityType
from goldassay.model.printable import quoted

CORPUS = "corpus"
"""What is read instead of a file: the gold of the corpus."""


_GONE: tuple[str, ...] = ("",)
"""What a type is renamed to that leaves its mentions out."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a file.

    source, target  the names of the formats
    documents       how many were written
    findings        warnings; errors raise
    not_read        what the file says and a gold line has no place for
    assumed         what a gold line must say and the file does not
    not_written     what the target has no place for
    """

    source: str
    target: str
    documents: int
    findings: tuple[Finding, ...]
    not_read: Mapping[str, int]
    assumed: Mapping[str, int]
    not_written: Mapping[str, int] = field(default_factory=dict)


def convert(
    source: str | Path,
    out: Path,
    *,
    source_format: str | None = None,
    target_format: str | None = None,
    types: Mapping[str, str] | None = None,
    root: Path | None = None,
    split: str | None = None,
    reading: ReadOptions | None = None,
    writing: WriteOptions | None = None,
    force: bool = False,
) -> Conversion:
    """Convert a file or folder into another.

    Args:
        source: The file or folder to read, or `corpus`.
        out: The file or folder to write.
        source_format: Its format; by default told from what it looks like.
        target_format: The format to write; by default told from the name of `out`.
        types: Entity types to rename; an empty name leaves their mentions out, which is counted.
        root: With `corpus`: its root; by default the nearest checkout.
        split: With `corpus`: the split.
        reading: What the reader is told.
        writing: What the writer is told.
        force: Replace `out` if it is a file.

    Raises:
        UsageError: No such format, a file that is not there or in the way, or a conversion that makes no sense.
        InvalidDataError: The file has errors, or does not make gold where gold is asked for. Nothing is written.
    """
    target = find_format(target_format) if target_format else find_format(_guess_target(out))
    _refuse_existing(out, target.folder, force)
    from_corpus = str(source) == CORPUS and source_format is None
    name = "gold" if from_corpus else source_format or sniff_format(Path(source))
    read = _read_corpus(root, split) if from_corpus else read_file(Path(source), name, reading)
    lost = Counter(read.lost)
    lines = [_rename(line, types or {}, lost) for line in read.lines]
    findings = [*read.findings]
    if target.name == "gold":
        findings += _check_gold(lines, str(source))
    if any(one.severity == "error" for one in findings):
        raise InvalidDataError(findings)
    if not lines:
        raise UsageError(f"{source} holds no document")
    if target.name not in ("predictions", "semeval2022") and not all(isinstance(one, GoldLine) for one in lines):
        raise UsageError(f"{name} files make prediction lines, which {target.name} cannot hold; write --to predictions")
    options = replace(writing or WriteOptions(), levels="levels" in FORMATS[name].carries)
    written = target.write(lines, options)
    _write(out, written)
    return Conversion(name, target.name, len(lines), tuple(findings), +lost, read.assumed, +Counter(written.lost))


def read_file(path: Path, name: str | None = None, options: ReadOptions | None = None) -> Read:
    """What a file or folder of another tool says, as lines with all findings.

    Args:
        path: The file or folder.
        name: Its format; by default told from what it looks like.
        options: What the reader is told.

    Raises:
        UsageError: No such format, or no such file.
    """
    if not path.exists():
        raise UsageError(f"no file or folder {path}")
    found = find_format(name or sniff_format(path))
    return found.read(Reading(path, options or ReadOptions()))


def write_file(lines: Sequence[Line], path: Path, name: str, options: WriteOptions | None = None) -> Counts:
    """Write lines in a format; what it cannot carry comes back in counts.

    Raises:
        UsageError: No such format, or a document that it cannot name.
    """
    written = find_format(name).write(lines, options or WriteOptions())
    _write(path, written)
    return +Counter(written.lost)


def _guess_target(out: Path) -> str:
    names = guess_from_name(out)
    if not names:
        raise UsageError(f"what format {out} is to be in cannot be told from its name; say --to")
    if len(names) > 1 and names[0] != "gold":
        raise UsageError(f"{out} may be {' or '.join(names)}; say --to")
    return names[0]


def _refuse_existing(out: Path, folder: bool, force: bool) -> None:
    if out.is_dir() and (not folder or any(out.iterdir())):
        raise UsageError(f"{out} is a folder{' with files in it' if folder else ''}; choose another name")
    if out.is_file() and (folder or not force):
        raise UsageError(f"{out} exists; choose another name{'' if folder else ', or replace it with --force'}")


def _read_corpus(root: Path | None, split: str | None) -> Read:
    return Read(tuple(line_of(one) for one in load_gold(root, split=split).documents))


def _rename(line: Line, types: Mapping[str, str], lost: Counts) -> Line:
    """The line with entity types renamed, without the mentions whose type has no name left."""
    if not types or not isinstance(line, GoldLine):
        return line
    entities = [_retyped(one, types) for one in line.entities or ()]
    gone = {one.id for one in entities if not one.type}
    mentions = [
        one if one.type is None else msgspec.structs.replace(one, type=cast(EntityType, types.get(one.type, one.type)))
        for one in line.mentions or ()
    ]
    kept = tuple(one for one in mentions if (one.entity not in gone or one.type) and one.type not in _GONE)
    lost["mentions of types without a new name"] += len(mentions) - len(kept)
    homeless = [msgspec.structs.replace(one, entity=None) if one.entity in gone else one for one in kept]
    remaining = tuple(one for one in entities if one.id not in gone)
    return msgspec.structs.replace(
        line,
        entities=remaining if line.entities is not None else None,
        mentions=tuple(homeless) if line.mentions is not None else None,
    )


def _retyped(entity: Entity, types: Mapping[str, str]) -> Entity:
    return msgspec.structs.replace(entity, type=cast(EntityType, types.get(entity.type, entity.type)))


def _check_gold(lines: Sequence[Line], file: str) -> list[Finding]:
    """Why lines are no gold: labels that the scheme does not have, and whatever else the checks find."""
    findings: list[Finding] = []
    for line in lines:
        if not isinstance(line, GoldLine):
            continue
        types = [*(one.type for one in line.entities or ()), *(one.type for one in line.mentions or ())]
        foreign = Counter(one for one in types if one is not None)
        unknown = sorted((label, number) for label, number in foreign.items() if label not in ENTITY_TYPES)
        for label, number in unknown:
            found = "no type" if label == UNTYPED else quoted(label)
            fix = f"say --types {label}=ORG or the like, or write --to predictions and score with --labels"
            findings.append(
                finding(
                    "E106",
                    found=f"{found} ({number} times)",
                    expected=", ".join(ENTITY_TYPES),
                    fix=fix,
                    file=file,
                    doc_id=line.doc_id,
                )
            )
        if not unknown:
            findings += [_in_file(one, file) for one in check_document_rows(*rows_of(line))]
    return findings


def _in_file(found: Finding, file: str) -> Finding:
    return msgspec.structs.replace(found, where=msgspec.structs.replace(found.where, file=file))


def _write(out: Path, written: Written) -> None:
    for name, content in sorted(written.files.items()):
        path = out / name if name else out
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, [content])
