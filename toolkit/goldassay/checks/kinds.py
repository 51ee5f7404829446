"""What a JSONL file holds, told from its place or from the keys of its lines."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from goldassay.formats.strict_json import parse_json

Kind = Literal[
    "documents", "entities", "stances", "numeric_facts", "hard_negatives", "gold", "predictions", "adjudication"
]

FOLDERS: dict[str, Kind] = {
    "documents": "documents",
    "entities": "entities",
    "stances": "stances",
    "numeric_facts": "numeric_facts",
    "hard_negatives": "hard_negatives",
    "adjudication": "adjudication",
}
"""Folders of a checkout whose files can hold nothing else."""

PREDICTIONS = "predictions.jsonl"
"""What runs call their answers, which may look like gold rows of one layer."""

_LISTS: dict[Kind, frozenset[str]] = {
    "entities": frozenset({"entities", "mentions"}),
    "stances": frozenset({"propositions", "attributions", "stances"}),
    "numeric_facts": frozenset({"numeric_facts", "times"}),
}
_DOCUMENT = frozenset({"language", "source", "rights", "origin", "sha256", "sentences"})
_GOLD_MENTION = frozenset({"id", "entity", "spans", "text", "level"})
_DECISION = frozenset({"id", "kind", "a", "b", "decision", "reason", "rule"})
_TELLING = 3
"""So many of these keys tell a document, a gold mention or a decision, even where another is missing."""


def sniff_kind(path: Path, lines: Iterable[bytes]) -> Kind:
    """The kind of a file, by its folder or name, else by the first line that is a JSON object.

    A text with what the corpus knows of it and no layer is a document, any other text a gold line. A line with all
    lists of one layer and no others is a row of that layer, provided that its mentions, if it has any, look like gold.
    Decisions of an adjudication are about a record, not a document. Everything else is a prediction.
    """
    if path.parent.name in FOLDERS:
        return FOLDERS[path.parent.name]
    if path.name == PREDICTIONS:
        return "predictions"
    for line in lines:
        value = parse_json(line)[0] if line.strip() else None
        if isinstance(value, dict):
            return _kind_of_line(value)
    return "predictions"


def _kind_of_line(line: Mapping[str, object]) -> Kind:
    lists = {name for names in _LISTS.values() for name in names if name in line}
    if "doc_id" not in line and not lists and len(_DECISION & set(line)) >= _TELLING:
        return "adjudication"
    if "text" in line:
        return "documents" if not lists and len(_DOCUMENT & set(line)) >= _TELLING else "gold"
    for kind, names in _LISTS.items():
        if lists == names and (kind != "entities" or _has_gold_mentions(line["mentions"])):
            return kind
    return "predictions"


def _has_gold_mentions(mentions: object) -> bool:
    if not isinstance(mentions, list):
        return True
    found = [len(_GOLD_MENTION & set(one)) >= _TELLING for one in mentions if isinstance(one, dict)]
    return not found or 2 * sum(found) >= len(found)
