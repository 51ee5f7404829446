"""Vector files: JSONL in which each line holds a small data set and the numbers that official scorers gave for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from goldassay.formats.strict_json import RepeatedKeys, parse_json
from goldassay.model.finding import Finding, finding
from goldassay.profiles.base import CaseDocument, Kind, Options

NOT_COMPARED = frozenset(
    {"case", "note", "docs", "expected", "peers_disagree", "seed", "options", "input", "gold", "pred"}
)
"""Keys of a line that are not options of the scorers."""

_MARKS: tuple[tuple[str, Kind], ...] = (  # the first of these fields that an item has names the kind
    ("kb_id", "links"),
    ("set", "sets"),
    ("expression", "opinions"),
    ("dimension", "stances"),
    ("label", "labels"),
    ("answer", "answers"),
    ("concepts", "values"),
)
_ORDER: tuple[Kind, ...] = (*(kind for _, kind in _MARKS), "values", "times", "clusters", "spans")
_REQUIRED: dict[str, dict[str, type]] = {
    "spans": {"start": int, "end": int, "type": str},
    "clusters": {"start": int, "end": int},
    "links": {"start": int, "end": int, "type": str},
    "sets": {"set": int, "kind": str, "id": str, "start": int, "end": int, "text": str},
    "values": {"value": object, "unit": str, "change": object},
    "times": {"start": int, "end": int, "text": str, "type": str, "value": object},
    "opinions": {"holder": list, "target": list, "expression": list, "polarity": str},
}


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a vector file. `kind` is null if no document holds a record."""

    file: str
    line: int
    name: str
    kind: Kind | None
    documents: tuple[CaseDocument, ...]
    options: Options
    expected: Mapping[str, Any]


def read_cases(path: Path) -> Iterator[Case | Finding]:
    """The cases of a file in order; a line that is no case is a finding with its number."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        yield finding(
            "E407", found=error.strerror or str(error), expected="a readable file", fix="check the path", file=str(path)
        )
        return
    empty = True
    for number, line in enumerate(lines, start=1):
        if line.strip():
            empty = False
            yield _read_line(line, str(path), number)
    if empty:
        yield finding(
            "E407", found="a file without a line", expected="one case a line", fix="add cases", file=str(path)
        )


def _read_line(line: bytes, file: str, number: int) -> Case | Finding:
    value, problem = parse_json(line)
    if problem is not None:
        return finding(
            problem.code, found=problem.found, expected=problem.expected, fix=problem.fix, file=file, line=number
        )
    if isinstance(value, RepeatedKeys):
        found = ", ".join(value.repeated)
        return finding("E107", found=found, expected="each key once", file=file, line=number)
    wrong = _check_shape(value)
    if wrong is not None:
        code, field, found, expected, doc_id = wrong
        return finding(code, found=found, expected=expected, file=file, line=number, field=field, doc_id=doc_id)
    return _build_case(cast("dict[str, Any]", value), file, number)


Wrong = tuple[str, str | None, str, str, str | None]
"""Finding code, field, what was found, what was expected, document."""


def _check_shape(value: object) -> Wrong | None:
    """The first thing wrong with a line, or null."""
    if not isinstance(value, dict):
        return "E105", None, type(value).__name__, "an object", None
    expected = value.get("expected")
    if not isinstance(value.get("case"), str):
        return "E104" if "case" not in value else "E105", "case", repr(value.get("case")), "the name of the case", None
    if not isinstance(expected, dict):
        return "E104" if expected is None else "E105", "expected", repr(expected)[:60], "an object of scorers", None
    if not isinstance(value.get("options") or {}, dict):
        return "E105", "options", type(value["options"]).__name__, "an object", None
    if "docs" not in value:
        if "input" in value or ("gold" in value and "pred" in value):
            return None
        return "E104", "docs", "neither docs nor input nor gold and pred", "a list of documents", None
    if not isinstance(value["docs"], list):
        return "E105", "docs", type(value["docs"]).__name__, "a list of documents", None
    wrong = (_check_document(document, f"docs[{index}]") for index, document in enumerate(value["docs"]))
    return next((item for item in wrong if item is not None), None)


def _check_document(document: object, field: str) -> Wrong | None:
    if not isinstance(document, dict):
        return "E105", field, type(document).__name__, "an object", None
    doc_id = document.get("doc_id")
    if not isinstance(doc_id, str):
        return "E104" if doc_id is None else "E105", f"{field}.doc_id", repr(doc_id), "the id of the document", None
    if not isinstance(document.get("text", ""), str):
        return "E105", f"{field}.text", type(document["text"]).__name__, "a string", doc_id
    for side in ("tags_gold", "tags_pred") if "tags_gold" in document else ("gold", "pred"):
        if side not in document and not side.startswith("tags"):
            return "E104", f"{field}.{side}", "nothing", "a list, or null for a document that this side lacks", doc_id
        items = document.get(side)
        if items is not None and not isinstance(items, list):
            return "E105", f"{field}.{side}", type(items).__name__, "a list", doc_id
        for index, item in enumerate(items or ()):
            wrong = _check_item(item, side)
            if wrong is not None:
                return wrong[0], f"{field}.{side}[{index}]{wrong[1]}", wrong[2], wrong[3], doc_id
    return None


def _check_item(item: object, side: str) -> tuple[str, str, str, str] | None:
    if side.startswith("tags"):
        return None if isinstance(item, str) else ("E105", "", type(item).__name__, "a tag")
    if not isinstance(item, dict):
        return (
            None if isinstance(item, str | int | float) else ("E105", "", type(item).__name__, "an object or a value")
        )
    for name, kind in _REQUIRED.get(_kind_of_item(item) or "", {}).items():
        if name not in item:
            return "E104", f".{name}", "nothing", f"a value of type {kind.__name__}"
        if not isinstance(item[name], kind) or isinstance(item[name], bool):
            return "E105", f".{name}", repr(item[name])[:60], f"a value of type {kind.__name__}"
    return None


def _build_case(value: dict[str, Any], file: str, number: int) -> Case:
    options = {key: item for key, item in value.items() if key not in NOT_COMPARED} | (value.get("options") or {})
    if "docs" not in value:
        return _build_bare_case(value, file, number, options)
    documents = tuple(_build_document(document) for document in value["docs"])
    kind: Kind | None = "tags" if any("tags_gold" in item for item in value["docs"]) else find_kind(documents)
    return Case(file, number, value["case"], kind, documents, options, value["expected"])


def _build_bare_case(value: dict[str, Any], file: str, number: int, options: Options) -> Case:
    """A case without documents: one input, or one pair of values; its numbers stand under a key made up here."""
    kind: Kind = "number_strings" if "input" in value else "value_pairs"
    sides = ([value["input"]], []) if "input" in value else ([value["gold"]], [value["pred"]])
    document = {"doc_id": value["case"], "text": "", "gold": sides[0], "predicted": sides[1]}
    key = "proposed_number_strings" if "input" in value else "proposed_value_scores"
    return Case(file, number, value["case"], kind, (document,), options, {key: value["expected"]})


def _build_document(document: Mapping[str, Any]) -> CaseDocument:
    gold, predicted = ("tags_gold", "tags_pred") if "tags_gold" in document else ("gold", "pred")
    rest = {key: item for key, item in document.items() if key not in (gold, predicted)}
    return {"text": "", **rest, "gold": document.get(gold), "predicted": document.get(predicted)}


def find_kind(documents: Sequence[CaseDocument]) -> Kind | None:
    """What the records of a case are, by their fields; null if there is no record.

    >>> find_kind([{"gold": [{"start": 0, "end": 2, "type": "A", "cluster": None}], "predicted": []}])
    'spans'
    """
    kinds: set[Kind | None] = {
        _kind_of_item(item) for document in documents for side in ("gold", "predicted") for item in document[side] or ()
    }
    return next((kind for kind in _ORDER if kind in kinds), None)


def _kind_of_item(item: object) -> Kind | None:
    if not isinstance(item, dict):
        return "answers"
    for field, kind in _MARKS:
        if field in item:
            return kind
    if "value" in item:
        return "times" if "start" in item else "values"
    if item.get("cluster") is not None:
        return "clusters"
    return "spans" if {"start", "end", "type"} & item.keys() else None
