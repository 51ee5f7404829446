"""What the log of an inspect_ai evaluation holds: the questions, the counts of each document, epochs, limits."""

import json
from pathlib import Path
from typing import Any

import pytest
from routes import HEADLINES, Setting, defined, end_offline, inspect_result, python_result, run_offline

from goldassay import api
from goldassay.extract.chat import build_messages
from goldassay.gold import load_gold
from planted_gold import gold_lines, system_lines, write_lines

pytest.importorskip("inspect_ai", reason="inspect_ai is not installed (the extra inspect)")


@pytest.fixture
def names(tmp_path: Path) -> Setting:
    """Invented gold of names only, and a system that finds most of them in 3 of 4 documents."""
    gold, lines = gold_lines(4), system_lines(gold_lines(4), {"ORG": 0.5}, seed=6)[:3]
    replay = write_lines(tmp_path / "predictions.jsonl", lines)
    return Setting(tmp_path, replay, replay, write_lines(tmp_path / "gold.jsonl", gold), "error")


def evaluate(setting: Setting, *options: str) -> dict[str, Any]:
    command = ["inspect", "eval", "goldassay/goldassay_entities", "--model", f"goldassay-replay/{setting.replay}"]
    form = ["-T", f"gold={setting.gold}", "--log-format", "json", "--log-dir", "logs", "--display", "none"]
    run_offline([*command, *form, *options], setting.folder)
    (path,) = (setting.folder / "logs").glob("*.json")
    log: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return log


def test_the_log_of_two_epochs(names: Setting) -> None:
    """Epochs that answer alike have the mean of one; each sample keeps its question, its counts and its line."""
    log = evaluate(names, "--epochs", "2")
    assert inspect_result(log) == python_result(names, "entities")
    (score,) = log["results"]["scores"]
    assert score["metrics"]["answered"]["value"] == 0.75
    assert log["eval"]["metadata"]["measure"] == HEADLINES["entities"].format("f1")
    documents = {item.document.doc_id: item.document for item in load_gold(names.gold).documents}
    assert len(log["samples"]) == 8
    for sample in log["samples"]:
        asked = [{"role": message["role"], "content": message["content"]} for message in sample["input"]]
        assert asked == build_messages(documents[sample["id"]], ["entities"])
    counts = [sample["scores"]["answer_counts"]["value"] for sample in log["samples"] if sample["epoch"] == 1]
    total = {name: sum(count[name] for count in counts) for name in counts[0]}
    assert total["gold"] == 20
    assert score["metrics"]["f1"]["value"] == (total["credit_gold"] + total["credit_predicted"]) / (
        total["gold"] + total["predicted"]
    )


def test_a_log_is_scored_again_and_a_limit_leaves_documents_unanswered(names: Setting) -> None:
    log = evaluate(names, "--limit", "1")
    (score,) = log["results"]["scores"]
    assert score["metrics"]["answered"]["value"] == 0.25
    first = write_lines(names.folder / "first.jsonl", map(json.loads, names.replay.read_text("utf-8").splitlines()[:1]))
    file = api.score(first, names.gold, layers=["entities"])
    expected = {item.measure: item.value for item in file.scores if item.group == "all"}
    assert defined(score["metrics"]["f1"]["value"]) == expected[HEADLINES["entities"].format("f1")]
    (path,) = (names.folder / "logs").glob("*.json")
    options = [
        "-S",
        "layer=entities",
        "-S",
        f"gold={names.gold}",
        "--action",
        "overwrite",
        "--output-file",
        "again.json",
    ]
    run_offline(
        ["inspect", "score", str(path), "--scorer", "goldassay/answer_counts", *options, "--display", "none"],
        names.folder,
    )
    again = json.loads((names.folder / "again.json").read_text(encoding="utf-8"))
    assert inspect_result(again) == inspect_result(log)


def test_gold_that_changes_ends_the_second_scoring(names: Setting) -> None:
    """The gold is edited after the answers were given: `inspect score` gives no number under the old signature."""
    evaluate(names)
    (path,) = (names.folder / "logs").glob("*.json")
    assert names.gold is not None
    write_lines(names.gold, gold_lines(4, seed=9))
    given = ["-S", "layer=entities", "-S", f"gold={names.gold}", "--action", "overwrite", "--output-file", "again.json"]
    ended = end_offline(
        ["inspect", "score", str(path), "--scorer", "goldassay/answer_counts", *given, "--display", "none"],
        names.folder,
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert line.startswith("Error: the answers were asked for under another signature (goldassay:entities|corpus:gold|")
    assert not (names.folder / "again.json").exists()
