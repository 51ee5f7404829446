"""What format a file is in, told from its first lines and its name."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from goldassay.errors import UsageError
from goldassay.exchange.jsonl_spans import sniff_jsonl_spans
from goldassay.formats.gold import GoldLine
from goldassay.formats.prediction_line import PredictionLine
from goldassay.formats.strict_json import parse_json

_HEAD = 1 << 16
_WHOLE = 1 << 28
_LAYERS = {"mentions", "propositions", "attributions", "stances", "numeric_facts", "times"}
_WORD_LINE = re.compile(r"[0-9]+(-[0-9]+|\.[0-9]+)?\t")


def sniff_format(path: Path) -> str:
    """The name of the format of a file or folder.

    Raises:
        UsageError: It cannot be told, or there is no such file.
    """
    if not path.exists():
        raise UsageError(f"no file or folder {path}")
    name = _sniff_folder(path) if path.is_dir() else _sniff_file(path)
    if name is None:
        raise UsageError(f"what format {path} is in cannot be told; say --from")
    return name


def _sniff_folder(path: Path) -> str | None:
    names = [one.name for one in path.iterdir()]
    for end, name in ((".ann", "brat"), (".xmi", "cas-xmi")):
        if any(one.endswith(end) for one in names):
            return name
    found = {_sniff_file(path / one) for one in names if one.endswith(".json")} - {None}
    return found.pop() if len(found) == 1 else None


def _sniff_file(path: Path) -> str | None:
    if path.stat().st_size > _WHOLE:
        raise UsageError(f"{path} is too large to guess at; say --from")
    raw = path.read_bytes()
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")
    if path.suffix == ".spacy":
        return "docbin"
    if path.suffix == ".ann":
        return "brat"
    if start.startswith(b"<") and b"uima" in raw[:_HEAD].lower():
        return "cas-xmi"
    if start.startswith((b"{", b"[")):
        return _sniff_json(start)
    return _sniff_columns(start[:_HEAD].decode("utf-8", errors="replace"))


def _sniff_json(raw: bytes) -> str | None:
    first, _ = parse_json(raw.split(b"\n", 1)[0])
    value = first if isinstance(first, (dict, list)) else parse_json(raw)[0]
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str):
        return "spans"
    if isinstance(value, list):
        value = value[0] if value else None
    return _sniff_object(value) if isinstance(value, Mapping) else None


def _sniff_object(row: Mapping[str, Any]) -> str | None:
    if "%TYPES" in row or "%FEATURE_STRUCTURES" in row:
        return "cas-json"
    if "opinions" in row:
        return "semeval2022"
    if isinstance(row.get("data"), Mapping):
        return "label-studio"
    for name, record in (("gold", GoldLine), ("predictions", PredictionLine)):
        try:
            msgspec.convert(row, record)
        except (msgspec.ValidationError, RecursionError):
            continue
        return name
    if sniff_jsonl_spans(row) and not _LAYERS & row.keys():
        return "spans"
    return None if not _LAYERS & row.keys() else "gold" if "text" in row else "predictions"


def _sniff_columns(head: str) -> str | None:
    lines = [line for line in head.split("\n") if line.strip()]
    if any(line.startswith("#begin document") for line in lines):
        return "conll2012"
    words = [line for line in lines if not line.startswith("#")]
    if words and all(_WORD_LINE.match(line) and line.count("\t") == 9 for line in words[:-1] or words):
        return "corefud"
    if any(line.split()[0] == "-DOCSTART-" for line in lines):
        return "conll2003"
    return "iob2" if words and all(len(line.split()) > 1 for line in words[:-1] or words) else None
