"""Gold of another corpus in one file."""

import hashlib
import json
from pathlib import Path
from typing import Any

from goldassay.formats.gold import read_gold

TEXT = "Kyiv denied it."
MENTION = {"id": "m1", "entity": None, "spans": [[0, 4]], "text": "Kyiv", "level": "NAM", "type": "GPE"}


def write(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_the_smallest_gold(tmp_path: Path) -> None:
    gold = read_gold(write(tmp_path / "gold.jsonl", {"doc_id": "d1", "text": TEXT, "mentions": [MENTION]}))
    assert gold.findings == ()
    assert [document.doc_id for document in gold.documents] == ["d1"]
    assert gold.documents[0].text == TEXT
    assert gold.documents[0].sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert gold.entities["d1"].entities == []
    assert gold.entities["d1"].mentions[0].type == "GPE"
    assert gold.stances == {}
    assert gold.numeric_facts == {}


def test_a_layer_is_annotated_where_one_of_its_keys_stands(tmp_path: Path) -> None:
    lines = [
        {"doc_id": "d1", "text": TEXT, "stances": []},
        {"doc_id": "d2", "text": TEXT, "times": [], "entities": []},
        {"doc_id": "d3", "text": TEXT},
    ]
    gold = read_gold(write(tmp_path / "gold.jsonl", *lines))
    assert gold.findings == ()
    assert len(gold.documents) == 3
    assert set(gold.stances) == {"d1"}
    assert gold.stances["d1"].attributions == []
    assert set(gold.numeric_facts) == {"d2"}
    assert set(gold.entities) == {"d2"}


def test_gold_is_strict(tmp_path: Path) -> None:
    lines = [
        {"doc_id": "d1", "text": TEXT, "mentions": [MENTION | {"type": "Gpe"}]},
        {"doc_id": "d2", "text": TEXT, "mentions": [MENTION | {"type": None}]},
        {"doc_id": "d3", "text": TEXT, "sha256": "0" * 64},
        {"doc_id": "d4", "text": TEXT, "menions": []},
        {"doc_id": "d5"},
        {"doc_id": "d6", "text": TEXT},
        {"doc_id": "d6", "text": TEXT},
    ]
    gold = read_gold(write(tmp_path / "gold.jsonl", *lines))
    found = [(item.code, item.where.line, item.where.field) for item in gold.findings]
    assert found == [
        ("E106", 1, "mentions[0].type"),
        ("E407", 2, "mentions[0].type"),
        ("E601", 3, "sha256"),
        ("E103", 4, "menions"),
        ("E104", 5, "text"),
        ("E306", 7, None),
    ]
    assert [document.doc_id for document in gold.documents] == ["d6"]
    assert all(item.where.file == str(tmp_path / "gold.jsonl") for item in gold.findings)
