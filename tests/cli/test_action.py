"""The GitHub action: its steps run here under a made-up GitHub environment; no input becomes shell code."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from planted_gold import gold_lines, system_lines, write_lines

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{\s*inputs\.([\w-]+)\s*\}\}")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A job's folder with gold and two runs, and beside it what the install step leaves behind: an environment."""
    gold = gold_lines(40)
    write_lines(tmp_path / "job" / "gold.jsonl", gold)
    write_lines(tmp_path / "job" / "good" / "predictions.jsonl", system_lines(gold, {}, seed=2))
    write_lines(tmp_path / "job" / "bad" / "predictions.jsonl", system_lines(gold, {"ORG": 0.1}, seed=2))
    programs = tmp_path / "temp" / "goldassay" / "bin"
    programs.mkdir(parents=True)
    for name, module in (("goldassay", " -m goldassay"), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}"{module} "$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    return tmp_path


def run_action(workspace: Path, **inputs: str) -> tuple[int, str, dict[str, str], str]:
    """Exit code, log, outputs and job summary of the steps after the installation."""
    given = {name: str(row.get("default", "")) for name, row in ACTION["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    summary, output = workspace / "summary.md", workspace / "output"
    for file in (summary, output):
        file.write_text("", encoding="utf-8")
    log, code = "", 0
    for step in STEPS:
        if "pip install" in step["run"]:
            continue
        variables = {name: EXPRESSION.sub(lambda m: given[m[1]], value) for name, value in step["env"].items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            check=False,
            cwd=workspace / "job",
            env={
                **os.environ,
                **variables,
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_STEP_SUMMARY": str(summary),
                "GITHUB_OUTPUT": str(output),
                "RUNNER_TEMP": str(workspace / "temp"),
            },
            capture_output=True,
            text=True,
            timeout=120,
        )
        log, code = log + done.stdout + done.stderr, code or done.returncode
    return code, log, outputs(output.read_text(encoding="utf-8")), summary.read_text(encoding="utf-8")


def outputs(text: str) -> dict[str, str]:
    """What GitHub reads from the output file: `name=value`, or a name with its value up to a mark."""
    found, lines = {}, iter(text.splitlines())
    for line in lines:
        if marked := re.fullmatch(r"(\w+)<<(.+)", line):
            name, mark = marked.groups()
            found[name] = "\n".join(iter(lambda mark=mark: next(lines), mark))  # type: ignore[misc]
        else:
            name, _, found[name] = line.partition("=")
    return found


def test_first_run_then_pass_then_fail(workspace: Path) -> None:
    common = {"baseline": "base", "gold": "gold.jsonl", "fail_under": "entities=0.5\n"}
    code, log, said, _ = run_action(workspace, run="good", **common)
    assert (code, said) == (0, {"verdict": "pass", "out": "goldassay-gate"})
    assert re.search(r"::warning title=goldassay gate \[[0-9a-f]{8}]%3A new baseline::", log)
    code, _, said, summary = run_action(workspace, run="good", **common)
    assert (code, said["verdict"]) == (0, "pass")
    assert "| entities strict F1, names | all | 40 |" in summary
    code, log, said, summary = run_action(workspace, run="bad", **common, items="true")
    assert (code, said["verdict"]) == (1, "fail")
    assert re.search(r"::error title=goldassay gate \[[0-9a-f]{8}]::entities strict F1, names is worse", log)
    assert "| ORG | 80 |" in summary
    out = workspace / "job" / "goldassay-gate"
    assert ElementTree.parse(out / "gate.xml").getroot().get("failures") == "2"  # the measure, and the lost items
    assert json.loads((out / "badge.json").read_text(encoding="utf-8"))["message"] == "fail"


def test_a_mistyped_baseline_fails_where_one_is_required(workspace: Path) -> None:
    code, log, said, _ = run_action(workspace, run="good", baseline="bsae", gold="gold.jsonl", require_baseline="true")
    assert (code, said) == (2, {"out": "goldassay-gate"})
    assert "there is no baseline at bsae" in log
    assert not (workspace / "job" / "bsae").exists()


def test_wrong_usage_gives_no_old_verdict(workspace: Path) -> None:
    common = {"baseline": "base", "gold": "gold.jsonl"}
    assert run_action(workspace, run="good", **common)[0] == 0
    code, log, said, _ = run_action(workspace, run="good", **common, measures="strct")
    assert (code, said) == (2, {"out": "goldassay-gate"})
    assert "did you mean 'strict'" in log


def test_inputs_are_data(workspace: Path) -> None:
    """Shell code, an option and a forged output as inputs: none is taken for what it imitates."""
    files = {"baseline": "base", "gold": "gold.jsonl"}
    code, log, _, _ = run_action(workspace, run="$(touch taken)`touch taken`; touch taken", **files)
    assert code == 2
    assert "no predictions at $(touch taken)`touch taken`; touch taken" in log
    assert run_action(workspace, run="--help", **files)[0] == 2
    forged = "x\nverdict=pass"
    _, _, said, _ = run_action(workspace, run="good", **files, alpha="1e9", out=forged)
    assert said == {"out": forged}
    assert not (workspace / "job" / "taken").exists()


def test_no_script_holds_an_expression() -> None:
    assert STEPS
    for step in STEPS:
        assert "${{" not in step["run"], step["name"]
        assert step["shell"] == "bash"
        assert "uses" not in step  # nothing to pin
        for value in step["env"].values():
            assert EXPRESSION.fullmatch(value)
            assert EXPRESSION.fullmatch(value)[1] in ACTION["inputs"]  # type: ignore[index]


def test_every_input_is_used_and_described() -> None:
    used = {EXPRESSION.fullmatch(value)[1] for step in STEPS for value in step["env"].values()}  # type: ignore[index]
    assert used == set(ACTION["inputs"])
    assert all(row["description"] for row in (*ACTION["inputs"].values(), *ACTION["outputs"].values()))
