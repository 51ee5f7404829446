"""One document with all layers in which nothing is wrong, to be changed in one place at a time."""

import json
from pathlib import Path
from typing import Any

import msgspec

from goldassay.checks.document import check_rows
from goldassay.checks.walk import Rows
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.stances import StancesRow

VALID = Path(__file__).parents[1] / "laws" / "valid"
TYPES: dict[str, Any] = {
    "document": Document,
    "entities": EntitiesRow,
    "stances": StancesRow,
    "numeric_facts": NumericFactsRow,
}


def sound() -> dict[str, Any]:
    """The rows as JSON values, by field of `Rows`."""
    files = {"document": "documents"} | {name: name for name in TYPES if name != "document"}
    return {name: json.loads((VALID / f"{file}.jsonl").read_bytes()) for name, file in files.items()}


def check(rows: dict[str, Any]) -> list[Finding]:
    """The findings about rows given as JSON values; a row may be left out."""
    return check_rows(Rows(**{name: msgspec.convert(row, TYPES[name]) for name, row in rows.items()}))


def told(rows: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Code and field of each finding."""
    return [(item.code, item.where.field) for item in check(rows)]


def put(rows: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The rows with one value replaced, at a path such as `stances.stances.0.holder`."""
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    at: Any = rows
    for step in steps:
        at = at[step]
    at[last] = value
    return rows
