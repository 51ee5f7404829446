"""The score file as JSON: stable bytes, one line a score, numbers with 10 significant digits."""

import json
from typing import Any

import msgspec

from goldassay.model.scorefile import ScoreFile


def encode_score_file(file: ScoreFile) -> str:
    """The score file as JSON with one line a score and a finding; the same file always gives the same bytes."""
    data = _rounded(msgspec.to_builtins(file))
    parts = [f'"{key}": {_lines(value) if isinstance(value, list) else _dump(value)}' for key, value in data.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(items: list[Any]) -> str:
    return "[\n" + ",\n".join(_dump(item) for item in items) + "\n]" if items else "[]"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_score_file(data: bytes | str) -> ScoreFile:
    """Read what `encode_score_file` wrote.

    Raises:
        msgspec.ValidationError: The data is no score file; the message names the field.
    """
    return msgspec.json.decode(data, type=ScoreFile)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value
