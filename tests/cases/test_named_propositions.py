"""Strings find the proposition they come nearest to; a system's own propositions keep apart."""

import json
from io import BytesIO
from pathlib import Path

import pytest

import goldassay

TEXT = "Zenda raises the river toll. Dol opposes the higher toll. Lenz wants to close the old harbour."
PAIR = "stances.f1(match=sign,view=opinion,avg=micro)"
UNRESOLVED = "stances.rate(match=unresolved,view=resolution,avg=micro)"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Dol and Lenz against the toll, Lenz for closing the harbour; two propositions."""
    names = [("e1", "Zenda", "GPE", 0), ("e2", "Dol", "PERSON", 29), ("e3", "Lenz", "PERSON", 58)]
    stances = [
        ("s1", "e2", 29, 32, "p1", 45, 56, -1),
        ("s2", "e3", 58, 62, "p1", 13, 27, -1),
        ("s3", "e3", 58, 62, "p2", 72, 93, 1),
    ]
    line = {
        "doc_id": "d1",
        "text": TEXT,
        "language": "en",
        "source": "composed",
        "rights": "free",
        "origin": "composed",
        "entities": [{"id": id_, "type": kind, "name": name} for id_, name, kind, _ in names],
        "mentions": [
            {
                "id": f"m{id_}",
                "entity": id_,
                "spans": [[start, start + len(name)]],
                "text": name,
                "level": "NAM",
            }
            for id_, name, _, start in names
        ],
        "propositions": [
            {"id": "p1", "gloss": "Zenda raises the river toll", "about": ["e1"]},
            {"id": "p2", "gloss": "Zenda closes the old harbour", "about": ["e1"]},
        ],
        "attributions": [],
        "stances": [
            {
                "id": id_,
                "holder": holder,
                "holder_spans": [[left, right]],
                "target": {"kind": "proposition", "id": target},
                "target_spans": [[start, end]],
                "dimension": "position",
                "grade": grade,
                "act": "criticize" if grade < 0 else "request",
                "expression_spans": [[33, 40]] if holder == "e2" else [[63, 68]],
                "sources": ["AUTHOR"],
            }
            for id_, holder, left, right, target, start, end, grade in stances
        ],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return path


def values(gold: Path, said: dict[str, object]) -> dict[str, float | None]:
    line = json.dumps({"doc_id": "d1"} | said).encode()
    file = goldassay.score(BytesIO(line), gold, layers=["stances"])
    return {score.measure: score.value for score in file.scores if score.group == "all"}


def stance(holder: str, target: object, polarity: str = "against") -> dict[str, object]:
    return {"holder": holder, "target": target, "polarity": polarity}


def test_two_wordings_may_mean_one_proposition(gold: Path) -> None:
    """Tokens after normalising (a leading article goes; inner ones stay).

    "Zenda raises the toll" has 4 of the gloss's 5 tokens: F1 2 * 4 / (4 + 5) = 0.889. "raising the river toll" shares
    the, river, toll: 2 * 3 / (4 + 5) = 0.667 with the gloss. Both mean p1, "closes the old harbour" means p2.
    """
    said = [stance("Dol", "Zenda raises the toll"), stance("Lenz", "raising the river toll")]
    found = values(gold, {"stances": [*said, stance("Lenz", "closes the old harbour", "favor")]})
    assert found[PAIR] == 1.0
    assert found[UNRESOLVED] == 0.0


def test_saying_one_stance_in_two_wordings_is_one_hit_and_one_spurious(gold: Path) -> None:
    """One right of two said, three in the gold: F1 2 * 1 / (2 + 3)."""
    said = [stance("Dol", "Zenda raises the toll"), stance("Dol", "raising the river toll")]
    assert values(gold, {"stances": said})[PAIR] == 0.4


def test_own_propositions_are_taken_to_differ(gold: Path) -> None:
    """Both glosses come nearest to p1; the second is no p1, because the system says that they are two."""
    propositions = [
        {"id": "q1", "gloss": "Zenda raises the toll", "about": []},
        {"id": "q2", "gloss": "raising the river toll", "about": []},
    ]
    said = [stance("Dol", {"proposition": "q1"}), stance("Lenz", {"proposition": "q2"})]
    found = values(gold, {"propositions": propositions, "stances": said})
    assert found[PAIR] == 0.4  # one right of two said, three in the gold
    assert found[UNRESOLVED] == 0.25  # of two holders and two targets the target q2


def test_a_wording_that_is_too_far_means_nothing(gold: Path) -> None:
    """ "the bridge over the river" shares the, river with the gloss: 2 * 2 / (4 + 5) = 0.444, below 0.5."""
    found = values(gold, {"stances": [stance("Dol", "the bridge over the river")]})
    assert found[PAIR] == 0.0
    assert found[UNRESOLVED] == 0.5
