"""docs/ci.md names options, inputs and files that exist, and its test runs."""

import re
from pathlib import Path

import pytest
import yaml

from goldassay.cli.gate import gate
from goldassay.cli.power import power
from planted_gold import gold_lines, write_lines

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")

pytest_plugins = ["pytester"]


def test_every_option_exists() -> None:
    known = {name for command in (gate, power) for option in command.params for name in option.opts}
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
    done = pytester.runpytest_subprocess("--goldassay-gold", str(ROOT), *options)
    done.assert_outcomes(passed=1)
    done.stdout.fnmatch_lines(["rules-mentions  0.*"])
    # On invented names in a grammar of its own the rule baseline finds less than half, so the example can fail.
    pytester.runpytest_subprocess("--goldassay-gold", str(gold), *options).assert_outcomes(failed=1)
