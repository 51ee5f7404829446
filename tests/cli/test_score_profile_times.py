"""`goldassay score --profile tempeval-3`: vector cases in our own formats, and times that TIMEX3 cannot hold."""

import json
from pathlib import Path
from typing import Any

import pytest

import goldassay
from goldassay.checks.time_values import is_time_value
from goldassay.cli.main import main
from goldassay.model.scorefile import ScoreFile

VECTORS = Path(__file__).parents[1] / "parity" / "numeric" / "tempeval3.jsonl"
CASES = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]
VALUED = [
    case
    for case in CASES
    if all(
        item["value"] is not None and is_time_value(item["type"], item["value"])
        for document in case["docs"]
        for item in document["gold"]
    )
]
"""Cases whose gold ours can be: every value has the form of its type."""
TEXT = "In Ruritania talks on July 10 and 11 end soon."
COUNTS = ("matching_type", "matching_value", "matching_timex", "n_gold", "n_pred")


def write(folder: Path, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> tuple[Path, Path]:
    paths = folder / "gold.jsonl", folder / "predictions.jsonl"
    for path, lines in zip(paths, (gold, predicted), strict=True):
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return paths


def gold_line(doc_id: str, text: str, times: list[dict[str, Any]]) -> dict[str, Any]:
    rows = [{"id": f"t{number}", "text": _text(text, time), **time} for number, time in enumerate(times)]
    return {"doc_id": doc_id, "text": text, "numeric_facts": [], "times": rows}


def _text(text: str, time: dict[str, Any]) -> str:
    return " ".join(text[start:end] for start, end in time["spans"])


def placed(item: dict[str, Any], field: str = "value_text_only") -> dict[str, Any]:
    return {"spans": [[item["start"], item["end"]]], "type": item["type"], field: item["value"]}


def time(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"spans": [[start, end]], "type": "DATE", **more}


def values(file: ScoreFile) -> dict[str, float | None]:
    return {item.measure: item.value for item in file.scores}


def told(file: ScoreFile) -> list[str]:
    return [item.found for item in file.findings if item.code == "E701"]


def test_the_cases_are_there() -> None:
    assert (len(CASES), len(VALUED)) == (98, 84)


@pytest.mark.parametrize("case", VALUED[::3], ids=lambda case: case["case"])
def test_vector_cases_in_our_formats_give_the_official_numbers(case: dict[str, Any], tmp_path: Path) -> None:
    gold = [gold_line(doc["doc_id"], doc["text"], [placed(item) for item in doc["gold"]]) for doc in case["docs"]]
    said = [{"doc_id": doc["doc_id"], "times": [placed(item) for item in doc["pred"]]} for doc in case["docs"]]
    gold_path, predicted_path = write(tmp_path, gold, said)
    file = goldassay.score(predicted_path, gold_path, profile="tempeval-3")
    official = dict(case["expected"]["tempeval3"])
    counts = {key: official.pop(key) for key in COUNTS}
    assert values(file) == {
        **{f"{name}.{key}": value for name in ("strict", "relaxed") for key, value in official.pop(name).items()},
        **official,
    }
    assert all(item.counts == counts and item.layer == "numeric_facts" for item in file.scores)
    assert {item.support for item in file.scores} == {counts["n_gold"]}
    assert told(file) == []


def test_the_resolved_value_stands_before_that_of_the_text(tmp_path: Path) -> None:
    both = {"value_text_only": "XXXX-07-10", "value_resolved": "2031-07-10", "resolved_by": "external"}
    gold = gold_line("d1", TEXT, [time(22, 29, **both), time(34, 36, value_text_only="XXXX-07-11")])
    # July 10 is resolved on both sides; the year of the 11th is open in the gold, and filling it in is wrong here.
    said = [time(22, 29, value_resolved="2031-07-10"), time(34, 36, value_resolved="2031-07-11")]
    paths = write(tmp_path, [gold], [{"doc_id": "d1", "times": said}])
    found = values(goldassay.score(paths[1], paths[0], profile="tempeval-3"))
    assert (found["strict.F1"], found["value_F1"]) == (100.0, 50.0)
    paths = write(tmp_path, [gold], [{"doc_id": "d1", "times": [time(22, 29, value_text_only="XXXX-07-10")]}])
    assert values(goldassay.score(paths[1], paths[0], profile="tempeval-3"))["value_F1"] == 0.0


def test_what_timex3_cannot_hold_is_left_out_and_said(tmp_path: Path) -> None:
    broken = {"spans": [[22, 26], [34, 36]], "type": "DATE", "value_text_only": "XXXX-07-11"}
    gold = gold_line("d1", TEXT, [time(22, 29, value_text_only="XXXX-07-10"), broken])
    said = [time(22, 29), time(27, 36, value_text_only="XXXX-07-11")]
    paths = write(tmp_path, [gold], [{"doc_id": "d1", "times": said}])
    file = goldassay.score(paths[1], paths[0], profile="tempeval-3")
    # One gold time is left, and the longer of the two predictions, which touches it.
    assert file.scores[0].counts == dict(zip(COUNTS, (1, 0, 1, 1, 1), strict=True))
    assert told(file) == [
        "1 of 2 gold times discontinuous: left out",
        "1 of 2 predicted times that overlap a longer one, or repeat it: left out",
    ]


def test_a_prediction_without_a_value_is_wrong_and_does_not_stop_the_scorer(tmp_path: Path) -> None:
    gold = gold_line("d1", TEXT, [time(22, 29, value_text_only="XXXX-07-10")])
    paths = write(tmp_path, [gold], [{"doc_id": "d1", "times": [time(22, 29)]}])
    file = goldassay.score(paths[1], paths[0], profile="tempeval-3")
    assert (values(file)["strict.F1"], values(file)["value_F1"]) == (100.0, 0.0)
    assert told(file) == ["1 of 1 predicted times without a value, written with the value '_': kept"]


def test_profiles_of_question_answering_and_missing_times_are_usage_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = gold_line("d1", TEXT, [time(22, 29, value_text_only="XXXX-07-10")])
    paths = write(tmp_path, [gold], [{"doc_id": "d1", "numeric_facts": []}])
    for name, words in [
        ("drop", "profile 'drop' reads answers, and there is no conversion of our layers to those"),
        ("tatqa", "profile 'tatqa' reads answers, and there is no conversion of our layers to those"),
        ("tempeval-3", "reads times; the predictions carry no times"),
    ]:
        with pytest.raises(SystemExit) as stop:
            main(["score", str(paths[1]), "--gold", str(paths[0]), "--profile", name])
        assert stop.value.code == 2
        assert words in capsys.readouterr().err
