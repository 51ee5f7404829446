"""JSON Lines, the form of everything we keep: one record a line, read typed with all its findings, written canonically.

Lines end at LF alone (a CR before it is white space, U+2028 inside a string is a character like others); blank lines
are passed over.
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from goldassay.formats.explain import explain_shape
from goldassay.formats.files import write_atomically
from goldassay.formats.strict_json import Problem, parse_json
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import printable

T = TypeVar("T")

LFS_POINTER = b"version https://git-lfs.github.com/spec/"

ONE_LINE = "put all layers of a document into one line"
"""The remedy where a document has several lines."""

_NO_OBJECT = ("E101", "E102", "E105")
_A_FILE, _HARDLY_ANY = 3, 0.9
"""From so many lines on, and from this share of broken ones, the file is told and not only its lines."""


class Row(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One line: its number from 1 and its record, or null and all reasons why it is none. Never both, never neither."""

    line: int
    value: T | None
    findings: tuple[Finding, ...] = ()


def iterate_rows(lines: Iterable[bytes], record: type[T], *, file: str, duplicates: bool = True) -> Iterator[Row[T]]:
    r"""Decode line by line; every line that is not blank gives one row, and no line stops the reading.

    Args:
        lines: lines with their ends, such as a file opened in binary mode.
        record: the type of a line.
        file: the name that findings carry.
        duplicates: also look for repeated keys, which JSON decoders pass over in silence. Lines as `write_rows` writes
            them are cleared by encoding the record again, which takes half as long as decoding it; other lines are
            parsed a second time with the standard library, which takes four times as long.

    >>> from goldassay.model.stances import Target
    >>> lines = [b'{"kind": "entity", "id": "e1"}\n', b'{"kind": "entty"}\n']
    >>> rows = list(iterate_rows(lines, Target, file="targets.jsonl"))
    >>> rows[0].value
    Target(kind='entity', id='e1')
    >>> [(item.code, item.where.line, item.where.field) for item in rows[1].findings]
    [('E106', 2, 'kind'), ('E104', 2, 'id')]
    """
    decoder = msgspec.json.Decoder(record)
    shape = msgspec.inspect.type_info(record)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = decoder.decode(line)
        except (ValueError, msgspec.MsgspecError, RecursionError) as error:
            yield Row(line=number, value=None, findings=_findings(line, shape, str(error), file, number))
            if line.startswith(LFS_POINTER):
                return
            continue
        if duplicates and not _is_canonical(value, line) and repeats_a_key(line):
            yield Row(
                line=number,
                value=None,
                findings=_findings(line, shape, "a line that not all JSON readers read alike", file, number),
            )
        else:
            yield Row(line=number, value=value)


def read_rows(path: str | os.PathLike[str], record: type[T], *, duplicates: bool = True) -> Iterator[Row[T]]:
    """`iterate_rows` over a file, which stays open while it is read.

    Raises:
        OSError: There is no such file, or it cannot be read.
    """
    with Path(path).open("rb") as lines:
        yield from iterate_rows(lines, record, file=os.fspath(path), duplicates=duplicates)


def tell_no_lines(findings: Iterable[Finding], n_lines: int, *, file: str) -> list[Finding]:
    """One finding more where hardly a line of a file is a JSON object: it is no JSON Lines file, whatever else it is.

    Args:
        findings: Those of its lines.
        n_lines: How many lines it has that are not blank.
        file: Its name.

    >>> bad = [finding("E102", found="column 1", expected="JSON", file="a.md", line=line) for line in (1, 2, 4)]
    >>> [(item.code, item.found) for item in tell_no_lines(bad, 3, file="a.md")]
    [('E102', '3 of 3 lines that are no JSON object')]
    """
    broken = {item.where.line for item in findings if item.where.field is None and item.code in _NO_OBJECT}
    if n_lines < _A_FILE or len(broken) < _HARDLY_ANY * n_lines:
        return []
    found = f"{len(broken)} of {n_lines} lines that are no JSON object"
    fix = "this is no JSON Lines file: one JSON object a line, not a list of them and not broken over lines"
    return [finding("E102", found=found, expected="JSON Lines", fix=fix, file=file)]


def encode_row(row: msgspec.Struct) -> bytes:
    """A record as one canonical line without its end: all fields in the order of their declaration, UTF-8, no spaces.

    >>> from goldassay.model.stances import Target
    >>> encode_row(Target(kind="entity", id="e1"))
    b'{"kind":"entity","id":"e1"}'
    """
    return msgspec.json.encode(row, order="deterministic")


def write_rows(path: str | os.PathLike[str], rows: Iterable[msgspec.Struct]) -> None:
    """Write records as canonical lines, each ended by LF; the file is replaced as a whole or stays as it was."""
    write_atomically(path, (encode_row(row) + b"\n" for row in rows))


def _is_canonical(value: object, line: bytes) -> bool:
    """Whether a line is its record's canonical form, in which no key can stand twice."""
    try:
        return isinstance(value, msgspec.Struct) and encode_row(value) == line.rstrip(b"\r\n")
    except RecursionError:
        return False


class _KeyRepeatedError(Exception):
    pass


def _refuse_repeated(pairs: list[tuple[str, object]]) -> None:
    if len(pairs) > 1 and len(dict(pairs)) != len(pairs):
        raise _KeyRepeatedError


def repeats_a_key(line: bytes) -> bool:
    """Whether an object anywhere in the line has a key twice, so that readers disagree on what it says, or is no JSON.

    >>> repeats_a_key(b'{"a": 1, "a": 2}')
    True
    """
    try:
        json.loads(line, object_pairs_hook=_refuse_repeated)
    except (_KeyRepeatedError, ValueError, RecursionError):
        return True
    return False


def _findings(line: bytes, shape: msgspec.inspect.Type, reason: str, file: str, number: int) -> tuple[Finding, ...]:
    if line.startswith(LFS_POINTER):
        problems = [Problem("", "E102", "a Git LFS pointer, not the file itself", "JSON", "run `git lfs pull`")]
        value: object = None
    else:
        value, problems = _explain_line(line, shape)
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            many = f"a JSON list of {len(value)} object{'s' if len(value) > 1 else ''}"
            fix = "write each on a line of its own, without brackets and commas (`jq -c '.[]' FILE`)"
            problems = [Problem("", "E105", many, "one object a line", fix)]
    # The typed decoder is the judge: a line it refused has a finding even where the walk sees nothing wrong.
    problems = problems or [Problem("", "E105", printable(reason, 200), "a record of the expected type")]
    doc_id = value.get("doc_id") if isinstance(value, dict) else None
    return tuple(
        finding(
            problem.code,
            found=problem.found,
            expected=problem.expected,
            fix=problem.fix,
            file=file,
            line=number,
            doc_id=printable(doc_id, 128) if isinstance(doc_id, str) else None,
            field=problem.path or None,
        )
        for problem in problems
    )


def _explain_line(line: bytes, shape: msgspec.inspect.Type) -> tuple[object, list[Problem]]:
    value, syntax = parse_json(line)
    if syntax is not None:
        return None, [syntax]
    try:
        return value, explain_shape(value, shape)
    except RecursionError:
        return value, [Problem("", "E102", "lists or objects nested absurdly deep", "a record", "flatten the line")]
