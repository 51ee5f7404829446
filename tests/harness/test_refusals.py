"""What cannot be replayed or scored ends in one sentence: what, where, what to do. No traceback, nothing to resume."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from routes import end_offline

from planted_gold import gold_lines, system_lines, write_lines

LM_EVAL = (sys.executable, "-m", "goldassay.harness.lm_eval", "--tasks", "goldassay_entities")
REPLAY = ("--model", "goldassay-replay")
NO_FILE = (
    "Error: nothing to replay at nowhere.jsonl: No such file or directory; "
    "name a file of predictions or of model answers, or the folder of a run"
)
NO_ARGUMENT = (
    "Error: goldassay-replay answers from a file: add --model_args predictions=PATH, "
    "a file of predictions or of model answers, or the folder of a run"
)
NO_POLICY = "Error: on_invalid='drpo' is no policy; did you mean 'drop'?"
NO_GOLD = "Error: no gold at nowhere; name a checkout or a JSONL file of gold lines"
BAD_LABEL = re.compile(
    "1 error in the answer about doc-001, so on_invalid=error gives no number; "
    'the first: doc-001 mentions\\[0\\]\\.type E106 unknown label: found "CITY", expected one of EVENT, [A-Z_, ]+; '
    "[^;]*[.?] on_invalid=drop counts such items as wrong"
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "gold.jsonl", gold_lines(2))


@pytest.fixture
def replay(tmp_path: Path) -> Path:
    """Right answers to both documents, but for one mention with a label that the scheme does not have."""
    lines = system_lines(gold_lines(2), {}, seed=1)
    bad = [{"text": "Zenda", "type": "CITY", "start": 0, "end": 5}]
    return write_lines(tmp_path / "predictions.jsonl", [lines[0], {"doc_id": "doc-001", "mentions": bad}])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], NO_ARGUMENT),
        (["--model_args", "predictions=nowhere.jsonl"], NO_FILE),
        (["--model_args", "predictions=predictions.jsonl", "--metadata", "on_invalid=drpo"], NO_POLICY),
        (["--model_args", "predictions=predictions.jsonl", "--metadata", '{"gold": "nowhere"}'], NO_GOLD),
    ],
)
def test_lm_eval_is_not_started_in_vain(replay: Path, options: list[str], sentence: str) -> None:
    """Refused before lm-eval looks for its tasks, which takes it many seconds: it has logged nothing yet."""
    pytest.importorskip("lm_eval", reason="lm_eval is not installed (the extra lm-eval)")
    ended = end_offline([*LM_EVAL, *REPLAY, *options], replay.parent)
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", f"{sentence}\n")


def test_lm_eval_refuses_answers_in_a_sentence(gold: Path, replay: Path) -> None:
    pytest.importorskip("lm_eval", reason="lm_eval is not installed (the extra lm-eval)")
    asked = ["--model_args", f"predictions={replay}", "--output_path", "out"]
    told = ["--metadata", json.dumps({"gold": str(gold), "on_invalid": "error"})]
    ended = end_offline([*LM_EVAL, *REPLAY, *asked, *told], replay.parent)
    assert ended.returncode == 3
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert BAD_LABEL.fullmatch(last.removeprefix("Error: "))
    assert "Traceback" not in ended.stderr
    assert not list((replay.parent / "out").rglob("results_*.json"))


def evaluate(folder: Path, *options: str) -> Any:
    pytest.importorskip("inspect_ai", reason="inspect_ai is not installed (the extra inspect)")
    return end_offline(
        ["inspect", "eval", "goldassay/goldassay_entities", "--log-format", "json", "--log-dir", "logs", *options],
        folder,
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--model", "goldassay-replay/nowhere.jsonl"], NO_FILE),
        (["--model", "goldassay-replay/predictions.jsonl", "-T", "on_invalid=drpo"], NO_POLICY),
        (["--model", "goldassay-replay/predictions.jsonl", "-T", "gold=nowhere"], NO_GOLD),
    ],
)
@pytest.mark.parametrize("display", ["plain", "none"])
def test_inspect_says_what_is_wrong_in_a_sentence(
    replay: Path, options: list[str], sentence: str, display: str
) -> None:
    ended = evaluate(replay.parent, *options, "--display", display)
    assert ended.returncode == 1
    said = ended.stdout if display == "plain" else ended.stderr
    assert said.split() == sentence.split()
    assert not list((replay.parent / "logs").glob("*.json"))


def test_inspect_has_no_number_where_errors_are_refused(gold: Path, replay: Path) -> None:
    """No task to be resumed, which would fail again: a log without a number, and every error in its place."""
    ended = evaluate(
        replay.parent,
        *("--model", f"goldassay-replay/{replay}", "-T", f"gold={gold}", "-T", "on_invalid=error"),
        *("--display", "plain"),
    )
    assert ended.returncode == 0
    shown = " ".join((ended.stdout + ended.stderr).split())
    assert re.search(f"{BAD_LABEL.pattern}. Others may have errors, too: see the explanation of each sample", shown)
    assert "Traceback" not in shown
    assert "eval-retry" not in shown
    (path,) = (replay.parent / "logs").glob("*.json")
    log = json.loads(path.read_text(encoding="utf-8"))
    (score,) = log["results"]["scores"]
    assert {name: metric["value"] for name, metric in score["metrics"].items()} == {"errors": 1}
    explanations = {item["id"]: item["scores"]["answer_counts"].get("explanation") for item in log["samples"]}
    assert explanations["doc-000"] is None
    assert 'mentions[0].type: unknown label: found "CITY"' in explanations["doc-001"]
