"""The journal of a run: each outcome as one line, as it comes, so that a run which is broken off loses nothing.

The first line says which system it is of. The answers stay on disk; in memory is only where they stand.
"""

import hashlib
import io
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import jsonlines
import msgspec

from goldassay.extract.answer import Outcome
from goldassay.extract.runfile import DocumentRecord, SystemRecord
from goldassay.formats.files import write_atomically
from goldassay.model.document import Document


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a journal: how a document ended, and its answer."""

    document: DocumentRecord
    answer: dict[str, Any] | None = None


class Place(msgspec.Struct, frozen=True):
    """Where the entry of a document stands in the journal, with what it says."""

    offset: int
    record: DocumentRecord


Journal = dict[str, Place]
"""The last entry of each document, by doc_id."""


def text_digest(document: Document) -> str:
    """SHA-256 of the text that an answer is about."""
    return hashlib.sha256(document.text.encode("utf-8", errors="surrogatepass")).hexdigest()


def start_journal(path: Path, system: SystemRecord, entries: Iterable[Entry]) -> None:
    """Write a new journal that holds these entries."""
    lines = itertools.chain([msgspec.to_builtins(system)], (msgspec.to_builtins(entry) for entry in entries))
    write_atomically(path, encode_lines(lines))


def read_owner(path: Path) -> SystemRecord | None:
    """The system that a journal is of, or null where there is none."""
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.readline(), type=SystemRecord)
    except (OSError, msgspec.DecodeError):
        return None


def read_journal(path: Path, system: SystemRecord) -> Journal | None:
    """Where each document's last entry stands; null where there is no journal of this system.

    A line that was broken off is cut from the file, so that the next one begins on a line of its own.
    """
    if read_owner(path) != system:
        return None
    with path.open("r+b") as file:
        file.readline()
        return dict(_places(file))


def _places(file: BinaryIO) -> Iterator[tuple[str, Place]]:
    offset = file.tell()
    for line in iter(file.readline, b""):
        try:
            record = msgspec.json.decode(line, type=Entry).document
        except msgspec.DecodeError:
            file.truncate(offset)
            return
        if not line.endswith(b"\n"):
            file.truncate(offset)
            return
        yield record.doc_id, Place(offset, record)
        offset += len(line)


def add_entry(file: BinaryIO, document: Document, outcome: Outcome) -> Place:
    """Write down an outcome at the end of an open journal, at once."""
    record = DocumentRecord(
        doc_id=document.doc_id,
        sha256=text_digest(document),
        status=outcome.status,
        message=outcome.message,
        stderr=outcome.stderr,
    )
    place = Place(file.seek(0, io.SEEK_END), record)
    file.writelines(encode_lines([msgspec.to_builtins(Entry(document=record, answer=outcome.line))]))
    file.flush()
    return place


def iterate_answers(file: BinaryIO, places: Iterable[Place]) -> Iterator[dict[str, Any]]:
    """The answers at these places of an open journal, in their order; documents without one are passed over."""
    for place in places:
        file.seek(place.offset)
        answer = msgspec.json.decode(file.readline(), type=Entry).answer
        if answer is not None:
            yield answer


def encode_lines(values: Iterable[object]) -> Iterator[bytes]:
    r"""Plain values as JSON lines.

    >>> list(encode_lines([{"text": "Café"}, {}]))
    [b'{"text":"Caf\xc3\xa9"}\n', b'{}\n']
    """
    buffer = io.BytesIO()
    with jsonlines.Writer(buffer, compact=True) as writer:
        for value in values:
            writer.write(value)
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
