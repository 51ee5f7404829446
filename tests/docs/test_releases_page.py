"""docs/releases.md: its commands run as they stand, and its names exist."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import goldassay
from goldassay.cli.main import cli
from goldassay.model.finding import CODES
from goldassay.releasing import prepare_release, write_release
from release_tree import NAMES, add_mora, build_tree, edit_entities, retype_dol

PAGE = (Path(__file__).parents[2] / "docs" / "releases.md").read_text(encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The two releases and the two systems that the page speaks of."""
    root = build_tree(tmp_path)
    write_release(root, prepare_release(root, "1.0.0"))
    edit_entities(root, lambda rows: (add_mora(rows), retype_dol(rows)))
    write_release(root, prepare_release(root, "2.0.0"))
    (root / "runs").mkdir()
    for name, said in (("old", ["Zenda"]), ("new", list(NAMES))):
        mentions = [{"start": NAMES[one][0], "end": NAMES[one][1], "type": NAMES[one][2]} for one in said]
        line = json.dumps({"doc_id": "d1", "mentions": mentions})
        (root / "runs" / f"{name}.jsonl").write_text(line + "\n", encoding="utf-8")
    monkeypatch.chdir(root)
    assert CliRunner().invoke(cli, ["convert", "corpus", "mine.jsonl"]).exit_code == 0
    return root


def test_the_commands_of_the_page_run(tree: Path) -> None:
    lines = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
    assert {line.split()[1] for line in lines} == {"score", "diff", "rescore", "release"}
    for line in lines:
        result = CliRunner().invoke(cli, shlex.split(line)[1:])
        assert result.exit_code == 0, f"{line}\n{result.output}"
    manifest = json.loads((tree / "annotations/releases/2.0.1.json").read_text(encoding="utf-8"))
    assert manifest["date"] == "2024-07-15"


def test_the_python_of_the_page_runs(tree: Path) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, object] = {}
    exec(block, names)  # the page is ours
    assert names["corpus"] == goldassay.load_corpus(tree, version="1.0.0")
    assert names["gold"] == goldassay.load_gold(tree, version="1.0.0")


def test_the_files_and_codes_of_the_page_are_real(tree: Path) -> None:
    named = re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE)
    assert sorted(named) == sorted({path.name for path in (tree / "annotations/releases").iterdir()} - {"1.0.0.json"})
    codes = re.findall(r"E\d{3}", PAGE)
    assert codes
    assert set(codes) <= set(CODES)
