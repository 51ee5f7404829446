"""The commands that docs/harnesses.md shows with a replayed system, run as they stand, agree with one another."""

import json
import re
from pathlib import Path

import pytest
from routes import ROOT, inspect_result, lm_eval_result, run_offline

pytest.importorskip("inspect_ai", reason="inspect_ai is not installed (the extra inspect)")
pytest.importorskip("lm_eval", reason="lm_eval is not installed (the extra lm-eval)")


def test_the_replayed_system_has_one_number(tmp_path: Path) -> None:
    (block,) = re.findall(
        r"<!-- replayed -->\n```sh\n(.*?)```", (ROOT / "docs" / "harnesses.md").read_text("utf-8"), re.S
    )
    (tmp_path / "benchmarks").symlink_to(ROOT / "benchmarks")
    printed = run_offline(["sh", "-e", "-c", f"export INSPECT_LOG_FORMAT=json\n{block}"], tmp_path)
    (log,) = (tmp_path / "runs" / "inspect").glob("*.json")
    (results,) = (tmp_path / "runs" / "lm-eval").rglob("results_*.json")
    through_inspect = inspect_result(json.loads(log.read_text(encoding="utf-8")))
    assert through_inspect == lm_eval_result(json.loads(results.read_text(encoding="utf-8")), "goldassay_entities")
    f1 = through_inspect.values[-1]
    assert f1 is not None
    made = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")}
    assert made == {"benchmarks", "runs"}, "git ignores runs/; anything else would stand about in a clone"
    assert re.search(rf"^Quote as: .*strict F1 of names {f1:.3f} ", printed, re.MULTILINE), printed
