"""A conversion from file to file: read, renamed, checked, written, with everything that was lost in counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from goldassay.corpus.locate import find_root
from goldassay.errors import InvalidDataError, UsageError
from goldassay.exchange.folder import check_folder, write_folder
from goldassay.exchange.gold_checks import check_lines
from goldassay.exchange.gold_lines import line_of
from goldassay.exchange.losses import count_filled
from goldassay.exchange.reading import OFFSET_UNITS, Counts, Line, Read, Reading, ReadOptions, WriteOptions, Written
from goldassay.exchange.renaming import rename_types, tell_unused
from goldassay.exchange.sniff import sniff_format
from goldassay.exchange.table import FORMATS, Format, UseOfOffsets, find_format, guess_from_name
from goldassay.formats.files import write_atomically
from goldassay.formats.gold import GoldLine
from goldassay.gold import load_gold
from goldassay.model.finding import Finding

CORPUS = "corpus"
"""What is read instead of a file: the gold of the corpus."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a file.

    source, target  the names of the formats
    documents       how many were written
    findings        warnings; errors raise
    not_read        what the file says and a gold line has no place for
    assumed         what a gold line must say and the file does not
    not_written     what the target has no place for
    notes           what else is to be known of the conversion, in sentences
    """

    source: str
    target: str
    documents: int
    findings: tuple[Finding, ...]
    not_read: Mapping[str, int]
    assumed: Mapping[str, int]
    not_written: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


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
        force: Replace `out` if it is a file, or its files if it is a folder that a conversion wrote.

    Raises:
        UsageError: No such format, a file that is not there or in the way, or a conversion that makes no sense.
        InvalidDataError: The file has errors, or what is to be gold, or is said to be, is not. Nothing is written.
    """
    target = find_format(target_format) if target_format else find_format(_guess_target(out))
    _refuse_existing(out, target.folder, force)
    from_corpus = str(source) == CORPUS and source_format is None
    name = "gold" if from_corpus else source_format or sniff_format(Path(source))
    told, options = replace(reading or ReadOptions(), types=types or {}), writing or WriteOptions()
    _refuse_options(find_format(name), told, target, options)
    read = _read_corpus(root, split) if from_corpus else read_file(Path(source), name, told)
    lost = Counter(read.lost)
    lines = [rename_types(line, types or {}, lost) for line in read.lines]
    # Gold must be right whatever it becomes; its types may be renamed to those of any scheme.
    checked = lines if target.name == "gold" else read.lines if name == "gold" else ()
    findings = [*read.findings, *check_lines(checked, str(source))]
    if any(one.severity == "error" for one in findings):
        raise InvalidDataError(findings)
    if not lines:
        raise UsageError(f"{source} holds no document")
    if target.name not in ("predictions", "semeval2022") and not all(isinstance(one, GoldLine) for one in lines):
        raise UsageError(f"{name} files make prediction lines, which {target.name} cannot hold; write --to predictions")
    written = target.write(lines, replace(options, levels="levels" in FORMATS[name].carries))
    if written.documents == 0:
        why = "".join(f"; {number} {what}" for what, number in sorted(written.lost.items()) if number)
        raise UsageError(f"{source} holds no document that can be written as {target.name}{why}")
    _write(out, written)
    assumed = Counter(read.assumed)
    for line in lines if name != "gold" else ():
        assumed += count_filled(line, target.carries) if isinstance(line, GoldLine) else Counter()
    documents = len(lines) if written.documents is None else written.documents
    notes = (*tell_unused(read.lines, read.types, types or ()), *_tell_unit(out, options))
    return Conversion(name, target.name, documents, tuple(findings), +lost, +assumed, +Counter(written.lost), notes)


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


def _refuse_options(source: Format, told: ReadOptions, target: Format, options: WriteOptions) -> None:
    """Refuse what a format would not heed: a unit of offsets where it has its own, comments where it has none."""
    if told.unit != "codepoints" and "read" not in source.offsets:
        raise UsageError(f"--offsets {told.unit}: {source.name} {_fixed(source, 'read')}")
    if options.offsets != "codepoints" and "written" not in target.offsets:
        raise UsageError(f"--out-offsets {options.offsets}: {target.name} {_fixed(target, 'written')}")
    if not options.comments and not target.comments:
        having = ", ".join(one.name for one in FORMATS.values() if one.comments)
        raise UsageError(f"--no-comments: {target.name} is not written with comments; {having} are")


def _tell_unit(out: Path, options: WriteOptions) -> list[str]:
    """What is said of offsets in a unit of which the file written says nothing."""
    if options.offsets == "codepoints":
        return []
    unit = OFFSET_UNITS[options.offsets]
    return [f"offsets in {out} count {unit}, which the file does not say: read it with --offsets {options.offsets}"]


def _fixed(format_: Format, done: UseOfOffsets) -> str:
    free = " and ".join(one.name for one in FORMATS.values() if done in one.offsets)
    return f"has offsets of one unit alone, or none; leave the option out (it is for {free})"


def _refuse_existing(out: Path, folder: bool, force: bool) -> None:
    if folder:
        check_folder(out, force)
    elif out.is_dir():
        raise UsageError(f"{out} is a folder; choose another name")
    if out.is_file() and (folder or not force):
        raise UsageError(f"{out} exists; choose another name{'' if folder else ', or replace it with --force'}")


def _read_corpus(root: Path | None, split: str | None) -> Read:
    gold = load_gold(root if root is not None else find_root(option="--root"), split=split)
    return Read(tuple(line_of(one) for one in gold.documents))


def _write(out: Path, written: Written) -> None:
    if "" in written.files:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(out, [written.files[""]])
    else:
        write_folder(out, written.files)
