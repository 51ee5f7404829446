"""L5: the saved output of any system as the answers of a model: what a harness asks about, the file has answered."""

from pathlib import Path
from typing import Any

import msgspec

from goldassay.errors import UsageError

PREDICTIONS = "predictions.jsonl"


def read_replay(source: str | Path) -> dict[str, str]:
    """What to answer about each document, by its id.

    The source is a file of predictions (or the folder that `goldassay run` wrote), whose lines are the answers as they
    stand, or a file of model answers (`doc_id` and `answer`, as for `goldassay prompt read`).

    Raises:
        UsageError: It cannot be read, a line is no JSON object with a `doc_id`, or a document has two lines.
    """
    path = Path(source)
    path = path / PREDICTIONS if path.is_dir() else path
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"nothing to replay at {path}: {error.strerror}; "
            "name a file of predictions or of model answers, or the folder of a run"
        ) from error
    answers: dict[str, str] = {}
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        doc_id, answer = _read_line(line, f"{path}, line {number}")
        if doc_id in answers:
            raise UsageError(
                f"{path}, line {number}: a second line about {doc_id[:80]!r}; "
                "replay one run at a time, from a file with one line a document"
            )
        answers[doc_id] = answer
    return answers


def _read_line(line: bytes, place: str) -> tuple[str, str]:
    try:
        value: Any = msgspec.json.decode(line)
        text = line.decode("utf-8")
    except (ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise UsageError(f"{place}: no JSON ({error}); `goldassay check` lists all problems of the file") from error
    doc_id = value.get("doc_id") if isinstance(value, dict) else None
    if not isinstance(doc_id, str):
        raise UsageError(f"{place}: no object with a `doc_id`; expected a prediction line, or doc_id and answer")
    if "answer" not in value:
        return doc_id, text
    answer = value["answer"]
    if answer is None or isinstance(answer, str):
        return doc_id, answer or ""
    return doc_id, msgspec.json.encode(answer).decode("utf-8")
