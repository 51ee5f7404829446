"""Commands that show or check gold take a file of gold lines and a release, as those that score against it do."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli

ROOT = Path(__file__).parents[2]
GOLD = {
    "doc_id": "d1",
    "text": "Zenda met Dol.",
    "entities": [{"id": "e1", "type": "GPE", "name": "Zenda"}],
    "mentions": [{"id": "m1", "entity": "e1", "spans": [[0, 5]], "text": "Zenda", "level": "NAM"}],
    "propositions": [],
    "attributions": [],
    "stances": [],
    "numeric_facts": [],
    "times": [],
}
PREDICTION = {"doc_id": "d1", "mentions": [{"start": 0, "end": 5, "type": "GPE"}], "stances": []}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two gold lines and predictions, far from any checkout."""
    monkeypatch.chdir(tmp_path)
    other = GOLD | {"doc_id": "d0", "text": "Zenda won."}
    Path("gold.jsonl").write_text(f"{json.dumps(GOLD)}\n{json.dumps(other)}\n", encoding="utf-8")
    lines = [PREDICTION, PREDICTION | {"doc_id": "d0"}]
    Path("p.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(cli, [str(item) for item in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_show_takes_gold_lines_and_releases(folder: Path) -> None:
    shown = run("show", "d1", "--gold", "gold.jsonl")
    assert (shown.exit_code, "[Zenda|GPE e1] met Dol." in shown.stdout) == (0, True)
    assert run("show", "d0", "--gold", "gold.jsonl").stdout.startswith("d0")
    missing = run("show", "d2", "--gold", "gold.jsonl")
    assert (missing.exit_code, missing.stderr) == (2, "Error: no document 'd2'; there is d1, d0\n")
    released = run("show", "seed-002", "--gold", f"{ROOT}@1.0.0")
    assert released.stdout == run("show", "seed-002", "--gold", ROOT).stdout != ""
    assert run("show", "seed-002", "--gold", f"{ROOT}@9.9.9").exit_code == 2
    assert "no gold at" in run("show", "d1", "--gold", "nowhere.jsonl").stderr


def test_show_refuses_gold_lines_with_errors(folder: Path) -> None:
    Path("bad.jsonl").write_text(json.dumps(GOLD | {"text": "Dol met Zenda."}), encoding="utf-8")
    result = run("show", "d1", "--gold", "bad.jsonl")
    assert (result.exit_code, result.stdout, "E203" in result.stderr) == (3, "", True)


def test_find_takes_gold_lines_and_releases(folder: Path) -> None:
    found = run("find", "kind=mention type=GPE", "--gold", "gold.jsonl", "--format", "json")
    assert [(one["doc_id"], one["id"]) for one in json.loads(found.stdout)] == [("d0", "m1"), ("d1", "m1")]
    released = run("find", "type=GPE", "--gold", f"{ROOT}@1.0.0")
    assert released.stdout == run("find", "type=GPE", "--root", ROOT).stdout != ""
    assert run("find", "type=GPE", "--gold", "gold.jsonl", "--split", "validation").exit_code == 2


def test_find_tells_root_from_gold(folder: Path) -> None:
    wrong = run("find", "type=GPE", "--root", "gold.jsonl")
    assert (wrong.exit_code, wrong.stderr) == (
        2,
        "Error: --root gold.jsonl is a file; name a file of gold lines with --gold\n",
    )
    assert run("find", "type=GPE", "--root", ROOT, "--gold", "gold.jsonl").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["score", "p.jsonl"],
        ["compare", "p.jsonl", "p.jsonl"],
        ["gate", "p.jsonl", "--baseline", "p.jsonl"],
        ["power", "p.jsonl", "p.jsonl"],
        ["matrix"],
        ["matrix", "p.jsonl"],
        ["report", "p.jsonl", "--html", "report.html"],
        ["run", "empty", "--out", "run"],
        ["prompt", "write", "--out", "prompts.jsonl"],
        ["tasks", "stance-pairs", "--out", "tasks.jsonl"],
        ["check", "p.jsonl"],
        ["check"],
        ["show", "d1"],
        ["find", "type=GPE"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_whatever_scores_or_shows_gold_takes_gold_lines(arguments: list[str], folder: Path) -> None:
    result = run(*arguments, "--gold", "gold.jsonl")
    assert result.exit_code == 0, result.output


def test_an_extractor_reads_the_documents_of_the_gold(folder: Path) -> None:
    run("run", "rules-mentions", "--out", "run", "--gold", "gold.jsonl")
    lines = [json.loads(line) for line in Path("run/predictions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(line["doc_id"] for line in lines) == ["d0", "d1"]


def test_decisions_are_only_written_into_the_checkout_around_here(folder: Path) -> None:
    listed = run("adjudicate", "a", "b")
    assert listed.exit_code == 0
    refused = run("adjudicate", "a", "b", "--write")
    assert (refused.exit_code, "no checkout at or above" in refused.stderr) == (2, True)
