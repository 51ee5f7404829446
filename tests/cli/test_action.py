"""The GitHub action: all its steps run here under a made-up GitHub environment; no input becomes shell code.

The install step runs once for all tests, without a network: pip builds the package with the backend of this environment
and finds the dependencies there, so that everything but the download of packages is as on GitHub.
"""

import json
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from planted_gold import gold_lines, system_lines, write_lines

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{\s*inputs\.([\w-]+)\s*\}\}")


INSTALL, GATE = STEPS
OURS = ("goldassay", "_editable_impl_goldassay", "__editable__", "pip")
"""What the new environment must not find among the packages of this one: it installs these itself."""

OF_THE_TESTS = ("GOLDASSAY", "PYTHON", "PIP")
"""Settings of this environment that a runner does not have."""


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runner's folder with what the install step leaves there."""
    folder = tmp_path_factory.mktemp("runner")
    (folder / "others").mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        # Links: pip could never uninstall anything of the environment that the tests run in.
        if not path.name.startswith(OURS) and path.suffix != ".pth":
            (folder / "others" / path.name).symlink_to(path)
    done = run_step(INSTALL, folder, folder, {"python": sys.executable}, {})
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def workspace(tmp_path: Path, runner: Path) -> Path:
    """A job's folder with gold and two runs, and beside it the runner's."""
    gold = gold_lines(40)
    write_lines(tmp_path / "job" / "gold.jsonl", gold)
    write_lines(tmp_path / "job" / "good" / "predictions.jsonl", system_lines(gold, {}, seed=2))
    write_lines(tmp_path / "job" / "bad" / "predictions.jsonl", system_lines(gold, {"ORG": 0.1}, seed=2))
    (tmp_path / "runner").symlink_to(runner)
    return tmp_path


def run_step(
    step: Mapping[str, Any], cwd: Path, runner: Path, given: Mapping[str, str], github: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """A step of the action as GitHub runs it, with no index of packages."""
    variables = {name: EXPRESSION.sub(lambda m: given[m[1]], value) for name, value in step["env"].items()}
    offline = {
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # of options that begin with no-, pip takes the value for that without it
        "PYTHONPATH": str(runner / "others"),
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        check=False,
        cwd=cwd,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith(OF_THE_TESTS)},
            **offline,
            **variables,
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "RUNNER_TEMP": str(runner),
            **github,
        },
        capture_output=True,
        text=True,
        timeout=300,
    )


def run_action(workspace: Path, **inputs: str) -> tuple[int, str, dict[str, str], str]:
    """Exit code, log, outputs and job summary of the step after the installation."""
    given = {name: str(row.get("default", "")) for name, row in ACTION["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    summary, output = workspace / "summary.md", workspace / "output"
    for file in (summary, output):
        file.write_text("", encoding="utf-8")
    files = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)}
    done = run_step(GATE, workspace / "job", workspace / "runner", given, files)
    told = outputs(output.read_text(encoding="utf-8")), summary.read_text(encoding="utf-8")
    return done.returncode, done.stdout + done.stderr, *told


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


def test_the_gate_runs_what_was_installed(workspace: Path, runner: Path) -> None:
    """The installed copy says another version for a moment; the gate then signs with that version."""
    python = runner / "goldassay" / "bin" / "python"
    where = "import goldassay, numpy; print(goldassay.__file__); print(numpy.__file__)"
    told = run_step({"env": {}, "run": f"'{python}' -c '{where}'"}, workspace, runner, {}, {}).stdout.splitlines()
    assert runner / "goldassay" in Path(told[0]).parents
    assert runner / "others" in Path(told[1]).parents  # a dependency: found, not installed
    version = Path(told[0]).parent / "_version.py"
    was = version.read_text(encoding="utf-8")
    version.write_text('__version__ = "99.0.0"\n', encoding="utf-8")
    try:
        code, log, _, _ = run_action(workspace, run="good", baseline="base", gold="gold.jsonl")
    finally:
        version.write_text(was, encoding="utf-8")
    assert code == 0, log
    found = json.loads((workspace / "job" / "goldassay-gate" / "gate.json").read_text(encoding="utf-8"))
    assert found["signature"].endswith("|tool:99.0.0")


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
