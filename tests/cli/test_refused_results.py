"""Results of other gold or rules are not compared: `compare`, `power` and `report` look into every run of a folder."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from planted_gold import gold_lines, system_lines, write_lines

GOLD = gold_lines(3)
COMMANDS = ("compare", "power")


def call(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "gold.jsonl", GOLD)


def scored(folder: Path, gold: Path, *options: str, seed: int = 2) -> Path:
    """A folder that `score --out` wrote."""
    lines = write_lines(folder.parent / f"{folder.name}.jsonl", system_lines(GOLD, {}, seed, usual=0.6))
    result = call("score", lines, "--gold", gold, "--no-intervals", "--out", folder, *options)
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("command", [*COMMANDS, "report"])
def test_runs_of_one_folder_that_were_scored_on_different_gold_are_refused(
    tmp_path: Path, gold: Path, command: str
) -> None:
    renamed = [line | {"entities": [e | {"type": "LAW"} for e in line["entities"]]} for line in GOLD]  # type: ignore[attr-defined]
    other = write_lines(tmp_path / "other.jsonl", renamed)
    scored(tmp_path / "runs" / "run0", gold)
    scored(tmp_path / "runs" / "run1", other, seed=3)
    single = scored(tmp_path / "single", gold)
    extra = ("--html", tmp_path / "report.html") if command == "report" else ()
    result = call(command, tmp_path / "runs", single, "--gold", gold, *extra)
    assert result.exit_code == 2
    assert "cannot be compared" in result.output
    assert result.output.count("fp:") == 3
    assert "run1" in result.output


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "options",
    [("--labels", "conll2003"), ("--trim", "titles,determiners"), ("--ids", "gold")],
    ids=lambda words: words[0],
)
def test_a_choice_that_would_be_dropped_has_to_be_given_again(
    tmp_path: Path, gold: Path, command: str, options: Sequence[str]
) -> None:
    one, other = (scored(tmp_path / name, gold, *options) for name in ("one", "other"))
    result = call(command, one, other, "--gold", gold)
    assert result.exit_code == 2
    name, value = options
    assert f"was scored with {name} {','.join(sorted(value.split(',')))}" in result.output
    assert call(command, one, other, "--gold", gold, *options).exit_code == 0
    # Predictions that no such choice was made for may be read with one that is asked for now.
    plain = [scored(tmp_path / f"plain-{name}", gold) for name in ("one", "other")]
    assert call(command, *plain, "--gold", gold, *options).exit_code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_numbers_of_another_scorer_are_not_compared_as_if_they_were_ours(
    tmp_path: Path, gold: Path, command: str
) -> None:
    one, other = (scored(tmp_path / name, gold, "--profile", "seqeval") for name in ("one", "other"))
    result = call(command, one, other, "--gold", gold)
    assert result.exit_code == 2
    assert "was scored with --profile seqeval" in result.output


def test_a_file_is_not_judged_by_the_scores_of_its_neighbour(tmp_path: Path, gold: Path) -> None:
    """score.json is of predictions.jsonl, not of other files beside it."""
    folder = scored(tmp_path / "one", gold, "--labels", "conll2003")
    beside = write_lines(folder / "other.jsonl", system_lines(GOLD, {}, 3))
    assert call("compare", beside, beside, "--gold", gold).exit_code == 0
    assert call("compare", folder / "predictions.jsonl", beside, "--gold", gold).exit_code == 2
