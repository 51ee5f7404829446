"""docs/ci.md names options, inputs and files that exist, and its test runs."""

import doctest
import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from goldassay.cli.compare import compare
from goldassay.cli.gate import gate
from goldassay.cli.main import cli
from goldassay.cli.power import power
from planted_gold import gold_lines, system_lines, write_lines

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")

pytest_plugins = ["pytester"]


def test_every_option_exists() -> None:
    known = {name for command in (gate, power, compare) for option in command.params for name in option.opts}
    known |= {"--goldassay-gold", "--goldassay-fail-under", "--out"}
    named = set(re.findall(r"--[a-z][a-z-]+", PAGE))
    assert len(named) > 15
    assert named <= known, named - known


def test_every_option_of_the_gate_is_named() -> None:
    missing = {name for option in gate.params for name in option.opts if name.startswith("--") and name not in PAGE}
    assert missing <= {"--resamples", "--seed", "--unit", "--format"}


def test_the_workflow_gives_inputs_that_the_action_has() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    given = yaml.safe_load(example)[1]["with"]
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert set(given) <= set(action["inputs"])
    assert {name for name, row in action["inputs"].items() if row.get("required")} <= set(given)


def test_links_lead_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", PAGE) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_the_pytest_example_runs(pytester: pytest.Pytester) -> None:
    (example,) = re.findall(r"<!-- file: test_my_extractor\.py -->\n```python\n(.*?)```", PAGE, re.DOTALL)
    pytester.makepyfile(test_my_extractor=example)
    gold = write_lines(pytester.path / "gold.jsonl", gold_lines(2))
    options = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:anyio")
    done = pytester.runpytest_subprocess(f"--goldassay-gold={ROOT}", *options)
    done.assert_outcomes(passed=1)
    done.stdout.fnmatch_lines(["rules-mentions  0.*"])
    # On invented names in a grammar of its own the rule baseline finds less than half, so the example can fail.
    pytester.runpytest_subprocess(f"--goldassay-gold={gold}", *options).assert_outcomes(failed=1)


def test_the_python_examples_give_what_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (source,) = re.findall(r"## In Python\n.*?```python\n(.*?)```", PAGE, re.DOTALL)
    example = doctest.DocTestParser().get_doctest(source, {}, "ci", "docs/ci.md", 0)
    said: list[str] = []
    outcome = doctest.DocTestRunner(verbose=False).run(example, out=said.append)
    assert outcome.attempted > 5
    assert outcome.failed == 0, "".join(said)


def explained(heading: str) -> list[str]:
    """What the first column of the table below a heading names, and what its records hold."""
    section = PAGE.split(heading)[1].split("\n## ")[0].split("\n### ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return [name.strip(" `") for row in rows for name in row.split("|")[1].split(",")]


def test_every_key_of_both_json_forms_is_explained(tmp_path: Path) -> None:
    gold = gold_lines(4)
    gold_file = str(write_lines(tmp_path / "gold.jsonl", gold))
    one, other = (str(write_lines(tmp_path / f"{n}.jsonl", system_lines(gold, {}, seed=n, usual=0.6))) for n in (2, 3))
    runner = CliRunner()
    judged = json.loads(
        runner.invoke(cli, ["gate", one, "--baseline", other, "--gold", gold_file, "--format", "json"]).output
    )
    assert {*explained("### The JSON of a gate"), "schema"} == set(judged)
    said = runner.invoke(cli, ["compare", one, other, "--gold", gold_file, "--format", "json"]).output
    (pair,) = json.loads(said)["comparisons"]
    assert set(explained("## Which of two systems is better?")) == set(pair)
    for record, row in ((judged["measures"][0], "| `measures` |"), (pair["differences"][0], "| `differences` |")):
        (line,) = (line for line in PAGE.splitlines() if line.startswith(row))
        (keys,) = re.findall(r"`\{(.*?)\}`", line)
        assert set(keys.split(", ")) == set(record)
