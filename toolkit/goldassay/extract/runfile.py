"""The run file: what `goldassay run` writes beside the predictions. Nothing in it depends on the clock."""

import importlib.metadata
import os
from collections import Counter
from pathlib import Path

import msgspec

from goldassay.extract.base import Extractor, Status


class SystemRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The system that was run; `command` is null for one that ran in Python, `code` a digest of its source."""

    name: str
    version: str
    layers: list[str]
    seen_seeds: bool | None = None
    family: str | None = None
    note: str | None = None
    command: list[str] | None = None
    code: str | None = None
    packages: dict[str, str | None] = {}


class CorpusRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The corpus whose documents were read."""

    name: str
    version: str
    split: str | None = None
    fingerprint: str | None = None


class DocumentRecord(msgspec.Struct, frozen=True, kw_only=True):
    """How one document ended.

    `message` says why there is no answer, or what is to be said of one: that it came only at the second try, or what
    the system itself remarks.
    """

    doc_id: str
    sha256: str
    status: Status
    message: str | None = None
    stderr: str | None = None


class RunRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One run; documents whose status is not `ok` have no line in predictions.jsonl."""

    schema: int
    tool: str
    python: str
    system: SystemRecord
    corpus: CorpusRecord | None
    timeout: float | None
    documents: list[DocumentRecord]


def describe(extractor: Extractor) -> SystemRecord:
    """What the run file says of an extractor; the versions are those of the installed packages."""
    command = None if getattr(extractor, "own", False) else getattr(extractor, "argv", None)
    return SystemRecord(
        name=extractor.name,
        version=extractor.version,
        layers=sorted(extractor.layers),
        seen_seeds=extractor.seen_seeds,
        family=extractor.family,
        note=getattr(extractor, "note", None),
        command=list(command) if command else None,
        code=getattr(extractor, "code", None),
        packages={name: installed_version(name) for name in sorted(getattr(extractor, "packages", ()))},
    )


def installed_version(package: str) -> str | None:
    """The version of an installed distribution, null where it is not installed.

    >>> installed_version("no-such-distribution") is None
    True
    """
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def unanswered(record: RunRecord) -> list[DocumentRecord]:
    """The documents without an answer, in corpus order."""
    return [document for document in record.documents if document.status != "ok"]


def count_statuses(record: RunRecord) -> dict[str, int]:
    """How many documents ended how, sorted by status."""
    return dict(sorted(Counter(document.status for document in record.documents).items()))


def read_run(path: str | os.PathLike[str]) -> RunRecord | None:
    """The run file of a directory, or null where there is none that can be read."""
    try:
        return msgspec.json.decode(Path(path, "run.json").read_bytes(), type=RunRecord)
    except (OSError, msgspec.DecodeError):
        return None


def format_run(record: RunRecord) -> bytes:
    """The run file as it is written: indented JSON, fields in the order of their declaration."""
    return msgspec.json.format(msgspec.json.encode(record, order="deterministic"), indent=2) + b"\n"
