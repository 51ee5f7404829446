"""The score file as JSON: stable bytes, numbers with 10 significant digits."""

import json
from typing import Any

import msgspec

from goldassay.model.scorefile import ScoreFile


def encode_score_file(file: ScoreFile) -> str:
    """The score file as indented JSON with a final newline; the same file always gives the same bytes."""
    return json.dumps(_rounded(msgspec.to_builtins(file)), ensure_ascii=False, indent=1) + "\n"


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
