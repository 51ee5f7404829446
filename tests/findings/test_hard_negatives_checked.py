"""The list of hard negatives: well-placed, each once, and nothing that the gold calls a number or a time."""

import json
from pathlib import Path
from typing import Any

import pytest

from goldassay.checking import check_files
from goldassay.model.finding import Finding

TEXT = "On 4 May both Zenda and Szohôd sent 12 boats to the G-9."


def place(words: str) -> list[list[int]]:
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def extent(words: str) -> dict[str, object]:
    return {"spans": place(words), "text": words}


def fact(id_: str, words: str, **fields: object) -> dict[str, object]:
    mention = {name: extent(words) for name in ("number", "span", "full")}
    base = {"id": id_, "mentions": [mention], "kind": "cardinal", "value": {"lo": "12", "hi": "12"}}
    return (
        base | {"property": "number_of", "status": "actual", "sources": ["AUTHOR"], "commitment": ["certain"]} | fields
    )


NUMERIC: dict[str, Any] = {
    "doc_id": "d1",
    "numeric_facts": [fact("n1", "12"), fact("n2", "G-9", kind="identifier", value=None, property="other")],
    "times": [{**extent("4 May"), "id": "t1", "type": "DATE", "grain": "day", "value_text_only": "XXXX-05-04"}],
}


def item(words: str, reason: str = "conjunction", **fields: object) -> dict[str, object]:
    return {"id": "h1", **extent(words), "reason": reason, "rule": "N4"} | fields


def check(folder: Path, *items: dict[str, object], doc_id: str = "d1") -> list[Finding]:
    """The findings about these hard negatives beside their text and its numbers."""
    lines = {
        "corpus/documents": {
            "doc_id": "d1",
            "text": TEXT,
            "title": None,
            "language": "en",
            "dct": None,
            "dct_evidence": "none",
            "source": "invented",
            "rights": "CC0-1.0",
            "origin": "composed",
            "sha256": "0" * 64,
            "sentences": [[0, len(TEXT)]],
        },
        "annotations/numeric_facts": NUMERIC,
        "annotations/hard_negatives": {"doc_id": doc_id, "items": list(items)},
    }
    for name, line in lines.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "validation.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    found = check_files(sorted(folder.rglob("*.jsonl")))
    return [one for one in found if (one.where.file or "").endswith("hard_negatives/validation.jsonl")]


def test_a_sound_list_has_no_findings(tmp_path: Path) -> None:
    listed = (item("4", "date_part", rule="N7"), item("both", id="h2"), item("G-9", "identifier", id="h3", rule="N5"))
    assert check(tmp_path, *listed) == []


@pytest.mark.parametrize(
    ("items", "code", "field"),
    [
        ([item("both", text="once")], "E203", "items[0].spans"),
        ([item("both", spans=[[len(TEXT) - 1, 900]])], "E202", "items[0].spans[0]"),
        ([item("12")], "E206", "items[0].spans"),  # a fact
        ([item("4")], "E206", "items[0].spans"),  # a time, and the reason is not that it is part of one
        ([item("both", "date_part")], "E302", "items[0].spans"),  # in no time
        ([item("May both", "date_part")], "E302", "items[0].spans"),  # only half inside one
        ([item("both"), item("both", id="h2")], "E206", "items[1].spans"),
        ([item("both"), item("4", "date_part")], "E301", "items[1].id"),
        ([item("both", "joke")], "E106", "items[0].reason"),
        ([item("both", rule="often")], "E106", "items[0].rule"),
        ([item("both", spans=[])], "E105", "items[0].spans"),
    ],
)
def test_what_is_wrong_is_found(tmp_path: Path, items: list[dict[str, object]], code: str, field: str) -> None:
    [found] = check(tmp_path, *items)
    assert (found.code, found.where.field, found.where.line, found.where.doc_id) == (code, field, 1, "d1")


def test_a_list_of_an_unknown_document_is_found(tmp_path: Path) -> None:
    assert [found.code for found in check(tmp_path, doc_id="d9")] == ["E304"]
