"""Files of decisions (`annotations/adjudication/<doc_id>.jsonl`) checked by name, in their corpus or on their own."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from goldassay.corpus.locate import is_root
from goldassay.formats.jsonl import read_rows
from goldassay.model.adjudication import Adjudicated
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted

_FOLDER = ("annotations", "adjudication")


def check_decisions(files: Iterable[Path]) -> list[Finding]:
    """Findings about files of decisions; in a corpus also whether the gold follows from the passes and from them.

    Raises:
        OSError: A file cannot be read.
    """
    findings: list[Finding] = []
    corpora: dict[Path, dict[str, Path]] = {}
    for file in files:
        place = file.resolve()
        root = place.parents[2] if place.parts[-3:-1] == _FOLDER else None
        if root is not None and is_root(root):
            corpora.setdefault(root, {})[place.relative_to(root).as_posix()] = file
        else:
            findings += _check_alone(file)
    for root, named in sorted(corpora.items()):
        findings += _check_in_corpus(root, named)
    return findings


def _check_alone(file: Path) -> Iterator[Finding]:
    """What can be said without the passes: the form of each line, and that each record is decided once."""
    seen: set[str] = set()
    for row in read_rows(file, Adjudicated):
        yield from row.findings
        if row.value is None:
            continue
        if row.value.id in seen:
            found, expected = f"{quoted(row.value.id)} again", "one decision on a record"
            yield finding("E301", found=found, expected=expected, file=os.fspath(file), line=row.line)
        seen.add(row.value.id)


def _check_in_corpus(root: Path, named: dict[str, Path]) -> Iterator[Finding]:
    # Comparing passes needs numpy, which checking other files does not.
    from goldassay.checks.adjudication import check_adjudication
    from goldassay.passes.adjudication import MANIFEST, decisions_file

    shown = {name: os.fspath(path) for name, path in named.items()}
    manifest = MANIFEST.as_posix()
    for item in check_adjudication(root):
        about = item.where.file or decisions_file(item.where.doc_id or "").as_posix()
        file = os.fspath(root / MANIFEST) if about == manifest else shown.get(about)
        # What is wrong with the passes themselves is told where they are checked.
        if file is not None:
            yield msgspec.structs.replace(item, where=msgspec.structs.replace(item.where, file=file))
