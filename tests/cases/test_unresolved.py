"""Names that match nothing of the gold: how many of which role, why, and in which error record it is said."""

import json
from pathlib import Path
from typing import Any

import pytest

import goldassay
from goldassay.model.scorefile import ScoreFile, Unresolved

TEXT = "Zed praised Queen Flavia. Prince Flavia sent 40 tanks, said Zed. The council wants to close the old mine."
MORE = "nothing of the gold (token F1 below 0.5)"


def at(words: str, start: int = 0) -> list[list[int]]:
    place = TEXT.index(words, start)
    return [[place, place + len(words)]]


def mention(id_: str, entity: str, words: str) -> dict[str, Any]:
    return {"id": id_, "entity": entity, "spans": at(words), "text": words, "level": "NAM"}


def stance(id_: str, holder: str, kind: str, target: str) -> dict[str, Any]:
    labels = {"dimension": "position", "grade": 1, "act": "support", "expression_spans": at("praised")}
    return {"id": id_, "holder": holder, "target": {"kind": kind, "id": target}, "sources": ["AUTHOR"], **labels}


def extent() -> dict[str, Any]:
    return {"spans": at("40"), "text": "40"}


GOLD = {
    "doc_id": "d1",
    "text": TEXT,
    "entities": [
        {"id": "e1", "type": "PERSON", "name": "Zed"},
        {"id": "e2", "type": "PERSON", "name": "Queen Flavia"},
        {"id": "e3", "type": "PERSON", "name": "Prince Flavia"},
        {"id": "e4", "type": "ORG", "name": "The council"},
    ],
    "mentions": [
        mention("m1", "e1", "Zed"),
        mention("m2", "e2", "Queen Flavia"),
        mention("m3", "e3", "Prince Flavia"),
        mention("m4", "e4", "The council"),
    ],
    "propositions": [{"id": "p1", "gloss": "the old mine is closed"}],
    "attributions": [],
    "stances": [stance("s1", "e1", "entity", "e2"), stance("s2", "e4", "proposition", "p1")],
    "numeric_facts": [
        {
            "id": "n1",
            "mentions": [{"number": extent(), "span": extent(), "full": extent()}],
            "kind": "cardinal",
            "value": {"lo": "40", "hi": "40"},
            "counted": {"lemma": "tank", "spans": at("tanks")},
            "property": "number_of",
            "status": "actual",
            "sources": ["AUTHOR"],
            "commitment": ["certain"],
        }
    ],
    "times": [],
}
PREDICTION = {
    "doc_id": "d1",
    "mentions": [{"start": 0, "end": 3, "type": "PERSON"}, {"text": "Borduria", "type": "GPE"}],
    "stances": [
        {"holder": "Zed", "target": "Queen Flavia", "polarity": "favor", "sources": ["Hugo"]},
        {"holder": "Elvis", "target": "fish", "polarity": "against"},
        {"holder": "Flavia", "target": "the mine gets closed soon", "polarity": "favor"},
        {"holder": "The council", "target": "fish", "polarity": "favor"},
    ],
    "numeric_facts": [
        {"value": "40", "counted": "tanks"},
        {"value": "7", "counted": "giraffes", "unit": "bananas", "subject": "Bert"},
    ],
}


@pytest.fixture
def scored(tmp_path: Path) -> ScoreFile:
    for name, line in (("gold", GOLD), ("predicted", PREDICTION)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line), encoding="utf-8")
    return goldassay.score(tmp_path / "predicted.jsonl", tmp_path / "gold.jsonl", resampling=None)


def role(file: ScoreFile, layer: str, name: str) -> Unresolved:
    (found,) = (one for one in file.unresolved if (one.layer, one.role) == (layer, name))
    return found


def test_each_role_is_counted(scored: ScoreFile) -> None:
    counts = {(one.layer, one.role): (one.unresolved, one.said) for one in scored.unresolved}
    assert counts == {
        ("stances", "holder"): (2, 4),  # Elvis; Flavia, who is two
        ("stances", "target"): (2, 4),  # fish, twice; with the gloss the mine has F1 2 * 2 / (4 + 4)
        ("stances", "source"): (1, 1),  # the author, who was not said, is not counted
        ("numeric_facts", "counted"): (1, 2),
        ("numeric_facts", "unit"): (1, 1),
        ("numeric_facts", "subject"): (1, 1),
    }


def test_the_counts_are_those_of_the_view_resolution(scored: ScoreFile) -> None:
    token = "stances.rate(match=unresolved,view=resolution,avg=micro)"
    (rate,) = (score for score in scored.scores if score.measure == token)
    holders, targets = role(scored, "stances", "holder"), role(scored, "stances", "target")
    assert rate.counts["credit_gold"] == holders.unresolved + targets.unresolved == 4
    assert rate.counts["gold"] == holders.said + targets.said == 8


def test_names_are_listed_once_with_their_first_place_and_their_reason(scored: ScoreFile) -> None:
    (fish,) = role(scored, "stances", "target").examples
    assert (fish.said, fish.times, fish.doc_id, fish.field) == ("fish", 2, "d1", "stances[1].target")
    assert fish.reason == f"target “fish” matches {MORE}"
    assert [one.reason for one in role(scored, "stances", "holder").examples] == [
        "holder “Elvis” matches no entity of the gold",
        "holder “Flavia” matches more than one entity of the gold",
    ]
    reasons = [one.reason for name in ("counted", "unit") for one in role(scored, "numeric_facts", name).examples]
    assert reasons == [
        "counted “giraffes” matches nothing that is counted in the gold",
        "unit “bananas” is no unit known here; it is read as a name of what is counted",
    ]


def test_the_wrong_item_says_why(tmp_path: Path, scored: ScoreFile) -> None:
    from goldassay.api import load_gold, score_predictions

    predicted, gold = tmp_path / "predicted.jsonl", load_gold(tmp_path / "gold.jsonl")
    log = score_predictions(predicted, gold, errors=True, resampling=None).errors
    assert log is not None
    told = {(one.layer, one.predicted): one.reason for one in log.records if one.predicted is not None}
    assert told["stances", 1] == f"holder “Elvis” matches no entity of the gold; target “fish” matches {MORE}"
    assert told["stances", 3] == f"target “fish” matches {MORE}"
    assert told["entities", 1] == "“Borduria” does not stand in the text"
    assert str(told["numeric_facts", 1]).startswith("counted “giraffes” matches nothing")
    assert ("stances", 0) not in told  # right: that its source is unknown costs nothing in the match that is quoted


def test_layers_that_are_not_scored_are_not_judged(tmp_path: Path, scored: ScoreFile) -> None:
    paths = tmp_path / "predicted.jsonl", tmp_path / "gold.jsonl"
    assert goldassay.score(*paths, layers=["entities"], resampling=None).unresolved == []
    assert {one.layer for one in goldassay.score(*paths, layers=["stances"], resampling=None).unresolved} == {"stances"}
