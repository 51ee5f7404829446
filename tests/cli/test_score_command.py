"""`goldassay score`: forms of input, policies, output formats, exit codes."""

import io
import json
import sys
from pathlib import Path

import jsonschema
import pytest

import goldassay
from goldassay.cli.main import main
from goldassay.report.jsonfile import encode_score_file, read_score_file

ROOT = Path(__file__).parents[2]
TEXT = "Zed praised Ruritania. Ruritania sent about 40 tanks."
GOLD = {
    "doc_id": "d1",
    "text": TEXT,
    "entities": [{"id": "e1", "type": "PERSON", "name": "Zed"}, {"id": "e2", "type": "GPE", "name": "Ruritania"}],
    "mentions": [
        {"id": "m1", "entity": "e1", "spans": [[0, 3]], "text": "Zed", "level": "NAM"},
        {"id": "m2", "entity": "e2", "spans": [[12, 21]], "text": "Ruritania", "level": "NAM"},
        {"id": "m3", "entity": "e2", "spans": [[23, 32]], "text": "Ruritania", "level": "NAM"},
    ],
    "stances": [
        {
            "id": "s1",
            "holder": "e1",
            "target": {"kind": "entity", "id": "e2"},
            "dimension": "evaluation",
            "grade": 1,
            "act": "support",
            "expression_spans": [[4, 11]],
            "sources": ["AUTHOR"],
        }
    ],
    "propositions": [],
    "attributions": [],
}
PREDICTION = {
    "doc_id": "d1",
    "mentions": [{"start": 0, "end": 3, "type": "PERSON"}, {"start": 12, "end": 21, "type": "ORG"}],
    "stances": [{"holder": "Zed", "target": "Ruritania", "polarity": "against"}],
}


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", GOLD)


@pytest.fixture
def predictions(tmp_path: Path) -> Path:
    return write(tmp_path / "predictions.jsonl", PREDICTION)


def run(*args: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(arg) for arg in args])
    return int(stop.value.code or 0)


def test_the_three_numbers_come_first(gold: Path, predictions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("score", predictions, "--gold", gold) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "0.400" in lines[1]  # one right of 3 gold and 2 predicted: 2 * 1 / 5
    assert "0.000" in lines[2]  # Zed praises; the prediction has him against
    assert "not covered" in lines[3]
    assert lines[4].startswith("Quote as: ")
    assert lines[5] == "The document is answered."
    assert "1 document: too few" in lines[6]


def test_the_json_follows_its_schema_and_reads_back(
    gold: Path, predictions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("score", predictions, "--gold", gold, "--format", "json") == 0
    out = capsys.readouterr().out
    schema = json.loads((ROOT / "annotations/schema/score.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(out), schema)
    assert encode_score_file(read_score_file(out)) == out
    flips = [s for s in json.loads(out)["scores"] if "match=flip,view=opinion," in s["measure"] and s["group"] == "all"]
    assert [score["value"] for score in flips] == [1.0]


def test_the_command_and_the_function_agree(gold: Path, predictions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("score", predictions, "--gold", gold, "--format", "json")
    assert encode_score_file(goldassay.score(predictions, gold)) == capsys.readouterr().out


def test_markdown_escapes_what_comes_from_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = write(tmp_path / "a|b.jsonl", GOLD)
    assert run("score", write(tmp_path / "p.jsonl", PREDICTION), "--gold", gold, "--format", "markdown") == 0
    out = capsys.readouterr().out
    assert r"a\|b" in out
    assert "| strict | all | 0.500 | 0.333 | 0.400 | – | 3 | 2 | 1 |" in out


def test_standard_input(gold: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Stdin:
        buffer = io.BytesIO(json.dumps(PREDICTION).encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert run("score", "-", "--gold", gold) == 0
    assert "0.400" in capsys.readouterr().out


def test_bad_data_is_listed_and_nothing_is_scored(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = {"doc_id": "d1", "mentions": [{"start": 9, "end": 3, "type": "GPE"}, {"start": 0, "end": 3, "type": "PERSN"}]}
    assert run("score", write(tmp_path / "bad.jsonl", bad), "--gold", gold) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "E201" in shown.err
    assert "E106" in shown.err
    assert "PERSON" in shown.err


def test_dropped_items_stay_in_the_predicted_count(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = {
        "doc_id": "d1",
        "mentions": [{"start": 0, "end": 3, "type": "PERSON"}, {"start": 9, "end": 3, "type": "GPE"}],
    }
    path = write(tmp_path / "bad.jsonl", bad)
    assert run("score", path, "--gold", gold, "--on-invalid", "drop", "--format", "json") == 0
    scores = json.loads(capsys.readouterr().out)["scores"]
    strict = next(s for s in scores if s["measure"] == "entities.precision(match=strict,view=names,avg=micro)")
    assert (strict["counts"]["predicted"], strict["counts"]["credit_predicted"], strict["value"]) == (2, 1, 0.5)


def test_what_holds_no_line_is_refused_even_where_bad_items_are_dropped(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "diary.txt"
    path.write_text("Monday\nTuesday\nWednesday\n", encoding="utf-8")
    for policy in ("error", "drop", "repair"):
        assert run("score", path, "--gold", gold, "--on-invalid", policy) == 3
        shown = capsys.readouterr().err
        assert "no JSON Lines file" in shown
        assert shown.endswith("Nothing was scored. Mend the data.\n")


def test_out_writes_counts_that_give_the_scores(gold: Path, predictions: Path, tmp_path: Path) -> None:
    assert run("score", predictions, "--gold", gold, "--out", tmp_path / "out") == 0
    rows = [json.loads(line) for line in (tmp_path / "out/tallies.jsonl").read_text(encoding="utf-8").splitlines()]
    names = next(row for row in rows if (row["layer"], row["view"]) == ("entities", "names"))
    right, sizes = sum(names["counts"]["strict.gold"]), sum(names["counts"]["gold"]) + sum(names["counts"]["predicted"])
    scores = json.loads((tmp_path / "out/score.json").read_text(encoding="utf-8"))["scores"]
    strict = next(s for s in scores if s["measure"] == "entities.f1(match=strict,view=names,avg=micro)")
    assert strict["value"] == 2 * right / sizes == 0.4


def test_wrong_usage_says_what_there_is(gold: Path, predictions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("score", predictions, "--gold", gold, "--layer", "entites") == 2
    assert "did you mean 'entities'?" in capsys.readouterr().err
    assert run("score", predictions.parent / "none.jsonl", "--gold", gold) == 2
    assert "cannot read" in capsys.readouterr().err


def test_several_runs_have_to_be_chosen_from(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "runs.jsonl", PREDICTION | {"run": "a"}, {"doc_id": "d1", "run": "b", "mentions": []})
    assert run("score", path, "--gold", gold) == 2
    assert "choose one with --run" in capsys.readouterr().err
    assert run("score", path, "--gold", gold, "--run", "a") == 0
    assert "0.400" in capsys.readouterr().out


def test_lines_without_a_run_are_chosen_by_the_empty_name(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "runs.jsonl", PREDICTION, {"doc_id": "d1", "run": "b", "mentions": []})
    assert run("score", path, "--gold", gold) == 2
    assert "('' for lines without a run, b)" in capsys.readouterr().err
    assert run("score", path, "--gold", gold, "--run", "") == 0
    assert "0.400" in capsys.readouterr().out


def test_the_shares_of_strings_that_were_not_found_are_told(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = [{"text": text, "type": "GPE"} for text in ("Ruritania", "Borduria", "Zed")]
    path = write(tmp_path / "strings.jsonl", {"doc_id": "d1", "mentions": said})
    assert run("score", path, "--gold", gold) == 0
    # Ruritania occurs twice and is predicted once; Borduria occurs nowhere.
    line = "Strings without offsets: 3; 1 ambiguous (33.3 %), 1 not in the text (33.3 %)"
    assert line in capsys.readouterr().out
    run("score", path, "--gold", gold, "--format", "json")
    assert json.loads(capsys.readouterr().out)["grounding"] == {"strings": 3, "ambiguous": 1, "ungrounded": 1}
