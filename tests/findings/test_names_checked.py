"""Names that the text does not have are told at the field of the line that says them."""

import json
from pathlib import Path

import goldassay

GOLD = {"doc_id": "d1", "text": "Zenda met Dol.", "entities": [], "mentions": [], "stances": [], "propositions": []}


def test_a_source_is_told_by_its_list(tmp_path: Path) -> None:
    """AUTHOR is understood in front of the sources, so a number would not be that of the line."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(GOLD | {"attributions": []}) + "\n", encoding="utf-8")
    stance = {"holder": "Zenda", "target": "Dol", "polarity": "favor", "sources": ["Flavia"]}
    found = goldassay.check([{"doc_id": "d1", "stances": [stance]}], gold=gold)
    assert [(item.code, item.found, item.where.field) for item in found] == [("E503", '"Flavia"', "stances[0].sources")]
