"""Answers made fit to be written: what an extractor returns becomes a plain JSON object with its doc_id, or none."""

import json
import math
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from goldassay.extract.base import Extractor, Status, UnansweredError
from goldassay.formats.strict_json import parse_json
from goldassay.model.document import Document
from goldassay.model.printable import printable

_LIMIT = 300
"""Characters of a message; enough for a cause, too few to fill a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document: a line, with what its system remarks on it, or why there is none."""

    line: dict[str, object] | None = None
    status: Status = "ok"
    message: str | None = None
    stderr: str | None = None

    @classmethod
    def answered(cls, line: Mapping[str, object]) -> "Outcome":
        """The outcome of a document with an answer; its key `message` is no part of the prediction."""
        said = line.get("message")
        if not isinstance(said, str):
            return cls(line=dict(line))
        rest = {key: value for key, value in line.items() if key != "message"}
        return cls(line=rest, message=printable(said, _LIMIT))

    @classmethod
    def failed(cls, error: UnansweredError, stderr: str | None = None) -> "Outcome":
        """The outcome of a document without an answer."""
        return cls(status=error.status, message=error.message, stderr=error.stderr or stderr)


def plain_answer(doc_id: str, answer: object) -> dict[str, object]:
    """The prediction line for what a Python extractor returned: a mapping, or a list of mentions.

    In a list of mentions `label` is read as `type`. Records, tuples and numpy numbers become plain JSON.

    Raises:
        UnansweredError: It is neither, is about another document, or is no JSON.

    >>> plain_answer("d1", [{"start": 0, "end": 4, "label": "GPE"}])
    {'doc_id': 'd1', 'mentions': [{'start': 0, 'end': 4, 'type': 'GPE'}]}
    """
    if isinstance(answer, list | tuple):
        answer = {"mentions": [_renamed(item) for item in answer]}
    if not isinstance(answer, Mapping):
        found = type(answer).__name__
        raise UnansweredError("error", f"returned {found}, expected a mapping or a list of mentions")
    try:
        text = json.dumps({"doc_id": doc_id} | dict(answer), allow_nan=False, default=_plain)
    except (TypeError, ValueError, RecursionError) as error:
        raise UnansweredError("error", f"returned no JSON: {printable(str(error), _LIMIT)}") from error
    return parse_answer(doc_id, text.encode())


def _renamed(item: object) -> object:
    if not isinstance(item, Mapping) or "label" not in item or "type" in item:
        return item
    return {"type" if key == "label" else key: value for key, value in item.items()}


def _plain(value: object) -> object:
    """Records and numpy numbers as JSON has them."""
    item = getattr(value, "item", None)
    return item() if callable(item) else msgspec.to_builtins(value)


def parse_answer(doc_id: str, line: bytes) -> dict[str, object]:
    r"""The prediction line in what a program wrote for one document.

    Raises:
        UnansweredError: `garbage` where the line is no JSON object with this doc_id; `error` where it carries the key
            `error`, with which a program says that it has no answer.

    >>> parse_answer("d1", b'{"doc_id": "d1", "stances": []}\n')
    {'doc_id': 'd1', 'stances': []}
    >>> parse_answer("d1", b'{"doc_id": "d2"}')
    Traceback (most recent call last):
    goldassay.extract.base.UnansweredError: answered for document "d2", expected "d1"
    """
    value, problem = parse_json(line)
    if problem is not None:
        raise UnansweredError("garbage", f"wrote no JSON: {problem.found}: {printable(_decoded(line), 120)}")
    if not isinstance(value, dict):
        raise UnansweredError("garbage", f"wrote {type(value).__name__}, expected a JSON object")
    if value.get("doc_id") != doc_id:
        found = json.dumps(value.get("doc_id"))
        raise UnansweredError("garbage", f'answered for document {printable(found)}, expected "{printable(doc_id)}"')
    if isinstance(value.get("error"), str):
        raise UnansweredError("error", printable(str(value["error"]), _LIMIT))
    if not _is_writable(value):
        raise UnansweredError("garbage", "wrote a number that is not finite, or half of a surrogate pair")
    return value


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", errors="replace").strip()


def _is_writable(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, str):
        return not any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, dict):
        return all(_is_writable(key) and _is_writable(item) for key, item in value.items())
    if isinstance(value, list):
        return all(_is_writable(item) for item in value)
    return True


def answer_here(extractor: Extractor, documents: Iterable[Document]) -> Iterator[tuple[Document, Outcome]]:
    """Ask an extractor in this process about documents, one outcome a document; its exceptions are outcomes."""
    for document in documents:
        try:
            outcome = Outcome.answered(plain_answer(document.doc_id, extractor.extract(document)))
        except UnansweredError as error:
            outcome = Outcome.failed(error)
        except Exception as error:  # the extractor is foreign code: whatever it raises ends one document
            outcome = Outcome(status="error", message=_exception_message(error))
        yield document, outcome


def _exception_message(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"{type(error).__name__}: {printable(str(error), _LIMIT)} (at {place})"
