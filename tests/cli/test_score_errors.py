"""What `goldassay score` shows and writes of errors."""

import json
from pathlib import Path

import pytest

from goldassay.cli.main import main

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
}
PREDICTION = {
    "doc_id": "d1",
    "entities": [{"id": "g1", "type": "PERSON"}],
    "mentions": [
        {"start": 0, "end": 3, "type": "PERSON", "entity": "g1"},
        {"start": 12, "end": 21, "type": "ORG", "entity": "g1"},
    ],
}


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def named(doc_id: str) -> dict[str, object]:
    """The gold as another document."""
    return GOLD | {"doc_id": doc_id}


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


def test_out_writes_every_file_of_errors(gold: Path, predictions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("score", predictions, "--gold", gold, "--out", out) == 0
    records = [json.loads(line) for line in (out / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(r["layer"], r["verdict"], r["gold"], r["predicted"]) for r in records] == [
        ("coreference", "merged", None, "g1"),
        ("coreference", "conflated mention", "m2", 1),
        ("entities", "type", "m2", 1),
        ("entities", "missed", "m3", None),
    ]
    typed = next(record for record in records if record["verdict"] == "type")
    assert typed == {
        "layer": "entities",
        "view": "names",
        "doc_id": "d1",
        "gold": "m2",
        "predicted": 1,
        "verdict": "type",
        "gold_text": "Ruritania",
        "predicted_text": "Ruritania",
        "gold_label": "GPE",
        "predicted_label": "ORG",
        "gold_spans": [[12, 21]],
        "predicted_spans": [[12, 21]],
        "overlap": 1.0,
        "sentence": [0, 22],
        "sentence_text": "Zed praised Ruritania.",
        "reason": None,
    }
    confusion = json.loads((out / "confusion.json").read_text(encoding="utf-8"))
    table, rows, columns = confusion["views"]["names"], confusion["rows"], confusion["columns"]
    assert table[rows.index("GPE")][columns.index("ORG")] == table[rows.index("GPE")][columns.index("missed")] == 1
    assert sum(map(sum, table)) == 3
    position = json.loads((out / "position.json").read_text(encoding="utf-8"))
    assert sum(tenth["gold"] for tenth in position["views"]["names"]) == 3
    clusters = json.loads((out / "coreference_errors.json").read_text(encoding="utf-8"))
    assert clusters["all"]["total"]["merged"] == 1
    assert sum(clusters["all"]["total"].values()) == sum(record["layer"] == "coreference" for record in records)


def test_layers_that_are_not_scored_have_no_errors(gold: Path, predictions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("score", predictions, "--gold", gold, "--out", out, "--layer", "coreference") == 0
    layers = {json.loads(line)["layer"] for line in (out / "errors.jsonl").read_text(encoding="utf-8").splitlines()}
    assert layers == {"coreference"}
    assert not (out / "confusion.json").exists()


def test_the_sentences_that_cost_most(gold: Path, predictions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("score", predictions, "--gold", gold, "--top-errors", 1) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("d1 0-22: 2 wrong items")
    assert lines[at + 1] == "  Zed praised [{Ruritania|ORG}|GPE]."
    assert "40 tanks" not in "\n".join(lines[at:])
    assert run("score", predictions, "--gold", gold, "--top-errors", 1, "--format", "json") == 2
    assert "--top-errors prints text" in capsys.readouterr().err


def test_without_the_options_no_error_is_listed(
    gold: Path, predictions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("score", predictions, "--gold", gold) == 0
    out = capsys.readouterr().out
    assert "What is wrong" not in out
    assert "by tenth" not in out
    assert "Noticed" not in out


def test_documents_of_one_side_only_are_counted_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = write(tmp_path / "gold.jsonl", *(named(f"d{n}") for n in range(1, 6)))
    predictions = write(tmp_path / "p.jsonl", PREDICTION, PREDICTION | {"doc_id": "x9"})
    assert run("score", predictions, "--gold", gold, "--on-invalid", "drop") == 0
    lines = capsys.readouterr().out.splitlines()
    assert "4 of 5 documents have no predictions and count as empty: d2, d3, d4 and 1 more" in lines
    assert "1 line is of no document of the gold and left out: x9" in lines


def test_of_several_runs_only_the_scored_one_has_missing_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = write(tmp_path / "gold.jsonl", named("d1"), named("d2"))
    whole = [PREDICTION | {"run": "a", "doc_id": doc_id} for doc_id in ("d1", "d2")]
    path = write(tmp_path / "p.jsonl", *whole, PREDICTION | {"run": "b"})
    assert run("score", path, "--gold", gold, "--run", "a") == 0
    assert "no predictions" not in capsys.readouterr().out
    assert run("score", path, "--gold", gold, "--run", "b") == 0
    assert "1 of 2 documents has no predictions and counts as empty: d2" in capsys.readouterr().out.splitlines()


def test_at_most_five_findings_are_noticed(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = [{"start": 9, "end": 3 - n % 2, "type": "GPE"} for n in range(7)]
    path = write(tmp_path / "p.jsonl", PREDICTION | {"mentions": bad})
    assert run("score", path, "--gold", gold, "--on-invalid", "drop") == 0
    noticed = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Noticed: ")]
    assert len(noticed) == 6
    assert all("E201" in line for line in noticed[:5])
    assert noticed[5] == "Noticed: 2 more; `goldassay check` lists them"


def test_predictions_that_stop_early_are_said_with_recall_by_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = "Oslo won and Bergen lost. "
    text = sentence * 40
    starts = [26 * n for n in range(40)]
    mentions = [
        {"id": f"m{n}", "entity": "e1", "spans": [[at, at + 4]], "text": "Oslo", "level": "NAM"}
        for n, at in enumerate(starts)
    ]
    document = {"doc_id": "d1", "text": text, "entities": [{"id": "e1", "type": "GPE", "name": "Oslo"}]}
    gold = write(tmp_path / "gold.jsonl", document | {"mentions": mentions})
    said = [{"start": at, "end": at + 4, "type": "GPE"} for at in starts[:12]]
    path = write(tmp_path / "p.jsonl", {"doc_id": "d1", "mentions": said})
    assert run("score", path, "--gold", gold) == 0
    lines = capsys.readouterr().out.splitlines()
    (noticed,) = [line for line in lines if line.startswith("Noticed: ")]
    assert "E505 predictions stop early" in noticed
    assert "nothing predicted after character 290 in 1 of 1 documents" in noticed  # 26 * 11 + 4
    (recall,) = [line for line in lines if line.startswith("Recall of names")]
    # four mentions a tenth; the first twelve are found
    assert recall.count("1.00 (n=4)") == 3
    assert recall.count("0.00 (n=4)") == 7
    assert run("score", path, "--gold", gold, "--format", "json") == 0
    assert [item["code"] for item in json.loads(capsys.readouterr().out)["findings"]] == ["E505"]
