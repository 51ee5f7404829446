"""The score file is the same to the byte, whatever the order of lines in the predictions and in the gold."""

import random
from pathlib import Path

from click.testing import CliRunner

from goldassay.cli.main import cli
from goldassay.corpus.corpus import load_corpus
from goldassay.corpus.locate import find_root

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"


def test_the_order_of_lines_moves_no_byte(tmp_path: Path) -> None:
    root = find_root(None)
    version = load_corpus(root).version
    said = (RESULTS / "rules-mentions" / "predictions.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    assert len(said) > 1
    outputs = []
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        random.Random(number).shuffle(said)
        path = folder / "p.jsonl"
        path.write_text("".join(said if number else sorted(said)), encoding="utf-8")
        result = CliRunner().invoke(cli, ["score", str(path), "--gold", str(root), "--format", "json"])
        assert result.exit_code == 0, result.output
        assert version in result.output
        outputs.append(result.output.replace(str(folder), "FOLDER"))
    assert outputs[0] == outputs[1] == outputs[2]


def test_reversed_lines_are_other_lines() -> None:
    """The law above would hold of a file of one line, too; this one has several that differ."""
    lines = (RESULTS / "rules-mentions" / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines != lines[::-1]
