"""What lm-eval is asked and keeps: the shared prompt, the raw answers, a model of its own through `--include_path`."""

import json
import sys
from pathlib import Path

import pytest
from routes import lm_eval_result, run_offline

import goldassay.harness.lm_eval
from goldassay.extract.chat import build_messages
from goldassay.gold import load_gold
from planted_gold import gold_lines, write_lines

pytest.importorskip("lm_eval", reason="lm_eval is not installed (the extra lm-eval)")

TASKS = goldassay.harness.lm_eval.__path__[0]


def test_a_model_of_lm_eval_is_asked_our_question(tmp_path: Path) -> None:
    """lm-eval's own dummy answers every question with one word: no document is answered, nothing is predicted."""
    gold = write_lines(tmp_path / "gold.jsonl", gold_lines(2))
    asked = ["--include_path", TASKS, "--tasks", "goldassay_entities", "--metadata", json.dumps({"gold": str(gold)})]
    printed = run_offline(
        [sys.executable, "-m", "lm_eval", "--model", "dummy", *asked, "--log_samples", "--output_path", "out"], tmp_path
    )
    table = [line for line in printed.splitlines() if line.startswith("|")]
    assert len(table) == 2 + 6
    assert max(map(len, table)) <= 100
    (results,) = (tmp_path / "out").rglob("results_*.json")
    saved = json.loads(results.read_text(encoding="utf-8"))
    assert saved["results"]["goldassay_entities"]["answered,none"] == 0
    found = lm_eval_result(saved, "goldassay_entities")
    assert found.values == (None, 0.0, 0.0)
    assert f"|corpus:gold|data:unversioned|split:all|fp:{load_gold(gold).fingerprint[:8]}|" in found.signature
    (samples,) = (tmp_path / "out").rglob("samples_*.jsonl")
    documents = {item.document.doc_id: item.document for item in load_gold(gold).documents}
    rows = [json.loads(line) for line in samples.read_text(encoding="utf-8").splitlines()]
    assert sorted(row["doc"]["doc_id"] for row in rows) == sorted(documents)
    for row in rows:
        system, user = build_messages(documents[row["doc"]["doc_id"]], ["entities"])
        assert row["arguments"]["gen_args_0"]["arg_0"] == f"{system['content']}\n\n{user['content']}"
        assert row["f1"]["answer"] == row["resps"][0][0] == "lol"


def test_chat_templates_get_system_and_user_message(tmp_path: Path) -> None:
    """With a chat template the wording is that of `goldassay prompt write`, message by message.

    The line ends after the system message separate it from the question where there is no template.
    """
    gold = write_lines(tmp_path / "gold.jsonl", gold_lines(1))
    replay = write_lines(tmp_path / "predictions.jsonl", [{"doc_id": "doc-000", "mentions": []}, {"doc_id": "other"}])
    run_offline(
        [
            *(sys.executable, "-m", "goldassay.harness.lm_eval", "--model", "goldassay-replay"),
            *("--model_args", f"predictions={replay}", "--tasks", "goldassay_entities", "--apply_chat_template"),
            *("--metadata", json.dumps({"gold": str(gold)}), "--log_samples", "--output_path", "out"),
        ],
        tmp_path,
    )
    (samples,) = (tmp_path / "out").rglob("samples_*.jsonl")
    (row,) = [json.loads(line) for line in samples.read_text(encoding="utf-8").splitlines()]
    (item,) = load_gold(gold).documents
    system, user = build_messages(item.document, ["entities"])
    system["content"] += "\n\n"
    assert json.loads(row["arguments"]["gen_args_0"]["arg_0"]) == [system, user]
