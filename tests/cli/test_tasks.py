"""`goldassay tasks`: pairs out, answers in, and scores worked by hand; what is wrong with answers is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import goldassay
from goldassay.cli.main import cli
from goldassay.errors import InvalidDataError

TEXT = (
    "Ann praised Ben. Carl opposes the tax. Dora spoke of Ben. "
    "Carl likes Dora. Ann wants the tax. Ben thanks Ann for the tax."
)
NAMES = {"a": "Ann", "b": "Ben", "c": "Carl", "d": "Dora"}


def place(words: str, after: str = "") -> list[int]:
    start = TEXT.index(words, TEXT.index(after))
    return [start, start + len(words)]


def stance(number: int, holder: str, target: str, grade: int, sentence: str, cue: str, **more: Any) -> dict[str, Any]:
    words = NAMES.get(target, "tax")
    return {
        "id": f"s{number}",
        "holder": holder,
        "holder_spans": [place(NAMES[holder], sentence)],
        "target": {"kind": "entity" if target in NAMES else "proposition", "id": target},
        "target_spans": [place(words, sentence)],
        "dimension": "evaluation",
        "grade": grade,
        "act": "state",
        "expression_spans": [place(cue, sentence)],
        "sources": ["AUTHOR"],
        **more,
    }


STANCES = [
    stance(1, "a", "b", 2, "Ann praised", "praised"),
    stance(2, "c", "p1", -2, "Carl opposes", "opposes", dimension="position"),
    stance(3, "d", "b", 0, "Dora spoke", "spoke"),
    stance(4, "c", "d", 1, "Carl likes", "likes", grade_alt=[0]),
    stance(5, "a", "p1", 1, "Ann wants", "wants", dimension="position"),
    # None of these is asked: every sign is right, optional, belief.
    stance(6, "d", "p1", 0, "Dora spoke", "spoke", grade_alt=[-1, 1], dimension="position"),
    stance(7, "b", "a", 1, "Ben thanks", "thanks", tier="optional"),
    stance(8, "b", "p1", 1, "Ben thanks", "thanks", dimension="belief"),
]
MENTIONS = [(key, NAMES[key], place(NAMES[key])) for key in NAMES]
GOLD = {
    "doc_id": "d1",
    "text": TEXT,
    "sentences": [place(f"{words}.") for words in TEXT.removesuffix(".").split(". ")],
    "entities": [{"id": key, "type": "PERSON", "name": f"{name} Ruritanian"} for key, name in NAMES.items()],
    "mentions": [
        {"id": f"m{key}", "entity": key, "spans": [span], "text": name, "level": "NAM"} for key, name, span in MENTIONS
    ],
    "propositions": [{"id": "p1", "gloss": "Ruritania raises the tax", "about": []}],
    "attributions": [],
    "stances": STANCES,
}
ASKED = ["a>entity:b", "c>proposition:p1", "d>entity:b", "c>entity:d", "a>proposition:p1"]
ANSWERS: list[dict[str, Any]] = [
    {"id": ASKED[0], "label": "favor", "grade": 1},
    {"id": ASKED[1], "label": "favor"},
    {"id": ASKED[2], "label": "neutral"},
    {"id": ASKED[3], "label": "neutral"},
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(item) for item in arguments])


def answer(folder: Path, answers: list[dict[str, Any]]) -> Path:
    path = folder / "answers.jsonl"
    path.write_text(json.dumps({"doc_id": "d1", "stance_pairs": answers}) + "\n", encoding="utf-8")
    return path


def values(path: Path, gold: Path, view: str = "signs") -> dict[str, float | None]:
    file = goldassay.score(path, gold, layers=["stance_pairs"])
    return {
        score.measure.split(".")[1].split("(")[0] + " " + score.measure.split("match=")[1].split(",")[0]: score.value
        for score in file.scores
        if score.group == "all" and f"view={view}" in score.measure and "avg=micro" in score.measure
    }


def test_the_pairs_are_written_without_an_answer(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "tasks.jsonl"
    done = run("tasks", "stance-pairs", "--gold", gold, "--out", out)
    assert done.exit_code == 0, done.output
    assert "5 pairs of 1 document" in done.output
    tasks = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [task["id"] for task in tasks] == ASKED
    assert tasks[1] == {
        "id": "c>proposition:p1",
        "doc_id": "d1",
        "holder": "Carl Ruritanian",
        "target": "Ruritania raises the tax",
        "sentences": ["Carl opposes the tax."],
        "text": TEXT,
    }
    told = {key for task in tasks for key in task}
    assert told == {"id", "doc_id", "holder", "target", "sentences", "text"}


def test_a_trivial_system_answers_and_is_scored(gold: Path, tmp_path: Path) -> None:
    tasks = tmp_path / "tasks.jsonl"
    run("tasks", "stance-pairs", "--gold", gold, "--out", tasks)
    asked = [json.loads(line)["id"] for line in tasks.read_text(encoding="utf-8").splitlines()]
    path = answer(tmp_path, [{"id": id_, "label": "favor"} for id_ in asked])
    found = values(path, gold)
    # Gold: favor 3, against 1, neutral 1; everything answered favor.
    assert found["value accuracy"] == pytest.approx(3 / 5)
    assert found["value favg"] == pytest.approx((2 * 3 / (3 + 5) + 0) / 2)
    assert found["value average_recall"] == pytest.approx((1 + 0 + 0) / 3)
    assert found["value mcc"] is None  # one side is constant
    assert found["mean mae"] == pytest.approx((2 + 1) / 5)
    done = run("score", path, "--gold", gold, "--layer", "stance_pairs")
    assert done.exit_code == 0, done.output
    assert "accuracy" in done.output


def test_numbers_worked_by_hand(gold: Path, tmp_path: Path) -> None:
    """Right: pairs 1 and 3, and 4, whose neutral is accepted and counts as the gold's favor; 2 is wrong, 5 unanswered.

    Gold against 1, neutral 1, favor 3; answered neutral 1, favor 3, none 1.
    """
    found = values(answer(tmp_path, ANSWERS), gold)
    assert found == pytest.approx(
        {
            "value accuracy": 3 / 5,
            "value macro_f1": (0 + 2 * 1 / (1 + 1) + 2 * 2 / (3 + 3)) / 3,
            "value average_recall": (0 + 1 + 2 / 3) / 3,
            "value favg": (2 / 3 + 0) / 2,
            # c n = 15, gold x answered = 1 x 0 + 1 x 1 + 3 x 3; both sides 25 - (1 + 1 + 9)
            "value mcc": (15 - 10) / 14,
            # Of the 4 answered: gold 1 1 2, answers 0 1 3. Linear: observed 2, expected (1 + 6 + 3 + 2) / 4.
            "value kappa_linear": 1 - 2 / 3,
            # Squared: observed 4, expected (1 + 12 + 3 + 2) / 4.
            "value kappa_quadratic": 1 - 4 / 4.5,
            # Labels of both sides 1, 2, 5; squared distances 2.25, 25, 12.25; 7 x 2 x 25 over 2 x (4.5 + 125 + 122.5).
            "value alpha_ordinal": 1 - 350 / 504,
            "precision label": 3 / 4,
            "recall label": 3 / 5,
            "f1 label": 2 * 3 / (5 + 4),
            "mean mae": 2 / 4,
            "mean macro_mae": (2 + 0 + 0) / 3,
            # Pairs 1 and 2; what is said of pair 4 takes no side.
            "rate flip": 1 / 2,
        }
    )


def test_grades_are_scored_where_they_are_given(gold: Path, tmp_path: Path) -> None:
    found = values(answer(tmp_path, ANSWERS), gold, "grades")
    assert found["value accuracy"] == 0  # one grade was given, +1 for +2
    assert found["mean mae"] == 1
    assert found["value average_recall"] == 0
    assert found["precision label"] == 0
    assert found["value kappa_linear"] == 0  # observed 1, expected 1 x 1 / 1


def test_without_answers_everything_is_missed(gold: Path, tmp_path: Path) -> None:
    found = values(answer(tmp_path, []), gold)
    assert found["value accuracy"] == found["recall label"] == found["value macro_f1"] == 0
    assert found["precision label"] is None
    assert found["mean mae"] is found["value alpha_ordinal"] is found["rate flip"] is None


def test_the_layer_is_scored_only_where_it_is_answered_or_asked_for(gold: Path, tmp_path: Path) -> None:
    path = tmp_path / "stances.jsonl"
    path.write_text(json.dumps({"doc_id": "d1", "stances": []}) + "\n", encoding="utf-8")
    assert {score.layer for score in goldassay.score(path, gold).scores} == {"stances"}
    asked = goldassay.score(path, gold, layers=["stance_pairs"])
    assert {score.layer for score in asked.scores} == {"stance_pairs"}
    answered = goldassay.score(answer(tmp_path, ANSWERS), gold)
    assert {score.layer for score in answered.scores} == {"stance_pairs"}


@pytest.mark.parametrize(
    ("answers", "code", "field", "said"),
    [
        ([{"id": "a>entity:bb", "label": "favor"}], "E302", "stance_pairs[0].id", "a>entity:b"),
        ([{"id": "d>proposition:p1", "label": "favor"}], "E302", "stance_pairs[0].id", "one of the 5 pairs"),
        ([{"id": ASKED[0], "label": "Favour"}], "E106", "stance_pairs[0].label", "favor"),
        ([{"id": ASKED[0], "label": "favor"}] * 2, "E301", "stance_pairs[1].id", "stance_pairs[0]"),
        ([{"id": ASKED[0]}], "E104", "stance_pairs[0]", "label"),
        ([{"label": "favor"}], "E104", "stance_pairs[0].id", "id"),
        ([{"id": ASKED[0], "label": "favor", "grade": -1}], "E406", "stance_pairs[0]", "grade -1"),
        ([{"id": ASKED[0], "grade": 3}], "E108", "stance_pairs[0].grade", "2"),
    ],
)
def test_what_is_wrong_with_an_answer_is_told(
    gold: Path, tmp_path: Path, answers: list[dict[str, Any]], code: str, field: str, said: str
) -> None:
    with pytest.raises(InvalidDataError) as caught:
        goldassay.score(answer(tmp_path, answers), gold)
    (found,) = [item for item in caught.value.findings if item.severity == "error"]
    assert (found.code, found.where.field, found.where.line) == (code, field, 1)
    assert said in f"{found.found} {found.expected} {found.fix}"
    done = run("score", answer(tmp_path, answers), "--gold", gold, "--layer", "stance_pairs")
    assert done.exit_code == 3
    assert code in done.output


def test_under_drop_a_bad_answer_costs_and_the_rest_counts(gold: Path, tmp_path: Path) -> None:
    bad = [
        {"id": "nobody", "label": "against"},  # answers nothing that was asked
        {"id": ASKED[0], "label": "favor"},
        {"id": ASKED[0], "label": "favor"},  # says it again
        {"id": ASKED[1], "label": "Against!"},  # leaves its pair unanswered
    ]
    file = goldassay.score(answer(tmp_path, bad), gold, layers=["stance_pairs"], on_invalid="drop")
    scores = {(score.measure, score.group): score for score in file.scores}
    precision = scores["stance_pairs.precision(match=label,view=signs,avg=micro)", "all"]
    assert (precision.counts["gold"], precision.counts["predicted"]) == (5, 3)
    assert precision.value == pytest.approx(1 / 3)
    assert scores["stance_pairs.value(match=accuracy,view=signs,avg=micro)", "all"].value == pytest.approx(1 / 5)
    assert {item.code for item in file.findings if item.severity == "warning"} >= {"E302", "E301", "E106"}


def test_labels_in_another_case_are_repaired(gold: Path, tmp_path: Path) -> None:
    path = answer(tmp_path, [{"id": ASKED[0], "label": "FAVOR"}])
    file = goldassay.score(path, gold, layers=["stance_pairs"], on_invalid="repair")
    right = [
        score.value for score in file.scores if score.measure.startswith("stance_pairs.value(match=accuracy,view=s")
    ]
    assert right == [pytest.approx(1 / 5)]


def test_wrong_usage_is_told(gold: Path, tmp_path: Path) -> None:
    assert run("tasks", "stance-pairs", "--gold", tmp_path / "none.jsonl", "--out", tmp_path / "x").exit_code == 2
    assert run("tasks", "stances", "--gold", gold, "--out", tmp_path / "x").exit_code == 2
    assert run("tasks", "stance-pairs", "--gold", gold, "--out", tmp_path / "no" / "x").exit_code == 2
