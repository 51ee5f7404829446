"""`goldassay agree` prints the agreement of two annotations in three forms."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from invented_passes import FIRST, plant, write_corpus


def run(tmp_path: Path, *args: str) -> Result:
    second = plant("a stance is missing").replace('name: "first"', 'name: "second"')
    root = tmp_path / "root"
    if not root.exists():
        write_corpus(root, {"first": FIRST, "second": second}, FIRST)
    return CliRunner().invoke(cli, ["agree", *args, "--root", str(root)])


def test_text_json_and_markdown_say_the_same(tmp_path: Path) -> None:
    text, data, markdown = (run(tmp_path, "first", "second", "--format", form) for form in ("text", "json", "markdown"))
    assert (text.exit_code, data.exit_code, markdown.exit_code) == (0, 0, 0)
    (agreement,) = json.loads(data.stdout)
    values = {figure["measure"]: figure["value"] for figure in agreement["figures"]}
    assert values["stances.f1(match=pair,view=opinion,avg=micro)"] == pytest.approx(2 / 3)
    assert agreement["a"]["annotator"]["kind"] == "model"
    assert "F1 pair, opinion" in text.stdout
    assert "0.667" in text.stdout
    assert "| 0.667 |" in markdown.stdout
    assert "human" not in text.stdout + data.stdout + markdown.stdout


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    assert run(tmp_path, "first", "second").stdout == run(tmp_path, "first", "second").stdout


def test_one_layer_and_the_gold(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "first", "second", "--layer", "stances", "--gold", "--format", "json").stdout)
    assert [(one["a"]["name"], one["b"]["name"], one["layers"]) for one in found] == [
        ("first", "second", ["stances"]),
        ("first", "gold", ["stances"]),
        ("second", "gold", ["stances"]),
    ]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("first", "third"), "no pass 'third'"),
        (("first", "first"), "name two"),
        (("first", "second", "--layer", "opinions"), "no layer 'opinions'"),
    ],
)
def test_wrong_usage(tmp_path: Path, args: tuple[str, ...], words: str) -> None:
    result = run(tmp_path, *args)
    assert result.exit_code == 2
    assert words in result.stderr
