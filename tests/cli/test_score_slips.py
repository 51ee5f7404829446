"""What `goldassay score` shows and writes of slips."""

import json
from pathlib import Path

import pytest

from goldassay.cli.main import main

TEXT = "Ruritania sent around 12,000 soldiers and 40 ships."


def spot(words: str) -> dict[str, object]:
    return {"spans": [[TEXT.index(words), TEXT.index(words) + len(words)]], "text": words}


def fact(id_: str, number: str, value: str) -> dict[str, object]:
    return {
        "id": id_,
        "mentions": [{"number": spot(number), "span": spot(number), "full": spot(number)}],
        "kind": "cardinal",
        "value": {"lo": value, "hi": value},
        "property": "number_of",
        "status": "actual",
        "sources": ["AUTHOR"],
        "commitment": ["certain"],
    }


GOLD = {
    "doc_id": "d1",
    "text": TEXT,
    "numeric_facts": [fact("n1", "12,000", "12000"), fact("n2", "40", "40")],
    "times": [],
}
WITH_SLIP = {"doc_id": "d1", "numeric_facts": [{"value": 12, "text": "12,000"}, {"value": 40, "text": "40"}]}
WITHOUT = {"doc_id": "d1", "numeric_facts": [{"value": 13, "text": "12,000"}, {"value": 40, "text": "40"}]}


def score(tmp_path: Path, prediction: object, *options: object) -> None:
    for name, line in (("gold", GOLD), ("predicted", prediction)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    files = [tmp_path / "predicted.jsonl", "--gold", tmp_path / "gold.jsonl"]
    with pytest.raises(SystemExit) as stop:
        main([str(arg) for arg in ("score", *files, *options)])
    assert stop.value.code == 0


@pytest.mark.parametrize(("style", "row"), [("text", " ÷1000   1       0.500"), ("markdown", "| ÷1000 | 1 | 0.500 |")])
def test_reports_list_the_slips_that_occur(
    style: str, row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    score(tmp_path, WITH_SLIP, "--format", style)
    shown = capsys.readouterr().out
    assert "numeric_facts, slips" in shown
    assert row in shown
    assert "×1000" not in shown
    score(tmp_path, WITHOUT, "--format", style)
    assert "numeric_facts, slips" not in capsys.readouterr().out


def test_the_file_of_errors_names_the_slip(tmp_path: Path) -> None:
    for prediction, verdict in ((WITH_SLIP, "value (÷1000)"), (WITHOUT, "value")):
        score(tmp_path, prediction, "--out", tmp_path / "out")
        lines = (tmp_path / "out" / "errors.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["verdict"] for line in lines] == [verdict]


def test_short_reports_leave_the_details_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    score(tmp_path, WITH_SLIP)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    rows = [words[: words.index("all")] for words in lines if "all" in words[1:3]]
    usual = ["core", "strict", "soft", "value", "span"]
    assert rows == [*([name] for name in usual), ["slip", "↓"], ["ungrounded", "↓"]]
