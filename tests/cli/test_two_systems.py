"""`goldassay.compare`, `gate` and `power` in Python: what the commands say, from paths, streams and lists of dicts."""

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import goldassay
from goldassay.cli.main import cli
from goldassay.errors import InvalidDataError, UsageError
from goldassay.report.comparison import render_comparisons_json
from goldassay.report.gate import render_gate_json
from goldassay.report.power import render_power_json
from planted_gold import gold_lines, system_lines, write_lines

GOLD = gold_lines(24)
ONE, OTHER = (system_lines(GOLD, {}, seed=seed) for seed in (2, 3))


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path, Path]:
    named = (("gold", GOLD), ("one", ONE), ("other", OTHER))
    gold, one, other = (write_lines(tmp_path / f"{name}.jsonl", lines) for name, lines in named)
    return gold, one, other


def printed(*words: object) -> str:
    return CliRunner().invoke(cli, [*map(str, words), "--format", "json"]).output


def test_functions_say_what_the_commands_say(paths: tuple[Path, Path, Path]) -> None:
    gold, one, other = paths
    compared = goldassay.compare(one, str(other), gold=gold, groups=True, labels="conll2003")
    assert render_comparisons_json(compared) == printed(
        "compare", one, other, "--gold", gold, "--groups", "--labels", "conll2003"
    )
    limits = {"entities": 0.99}
    judged = goldassay.gate(one, other, goldassay.load_gold(gold), max_drop=0.1, fail_under=limits, items=True)
    words = ("--max-drop", 0.1, "--fail-under", "entities=0.99", "--items")
    assert render_gate_json(judged) == printed("gate", one, "--baseline", other, "--gold", gold, *words)
    found = goldassay.power(one, other, gold, difference=0.01, alpha=0.1, power=0.9)
    wanted = ("--difference", 0.01, "--alpha", 0.1, "--power", 0.9)
    assert render_power_json(found) == printed("power", one, other, "--gold", gold, *wanted)


def test_lists_and_streams_are_systems_too(paths: tuple[Path, Path, Path]) -> None:
    gold, one, other = paths
    (from_files,) = goldassay.compare(one, other, gold=gold)
    (from_lines,) = goldassay.compare(ONE, io.BytesIO(other.read_bytes()), gold=gold)
    assert from_lines.differences == from_files.differences
    assert goldassay.gate(ONE, OTHER, gold).result == goldassay.gate(one, other, gold).result
    assert goldassay.power(ONE, OTHER, gold).measures == goldassay.power(one, other, gold).measures


def test_a_list_becomes_the_first_baseline(paths: tuple[Path, Path, Path], tmp_path: Path) -> None:
    report = goldassay.gate(ONE, tmp_path / "base", paths[0])
    assert report.written == tmp_path / "base"
    kept = (tmp_path / "base" / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in kept] == ONE


def test_errors_name_the_list_and_not_a_file_of_ours(paths: tuple[Path, Path, Path]) -> None:
    bad = [{"doc_id": "doc-000", "mentions": [{"start": 3, "end": 2, "type": "ORG"}]}]
    with pytest.raises(InvalidDataError) as stop:
        goldassay.compare(ONE, bad, gold=paths[0])
    assert {item.where.file for item in stop.value.findings} == {"<lines 2>"}
    with pytest.raises(UsageError, match="at least two"):
        goldassay.compare(ONE, gold=paths[0])
    with pytest.raises(UsageError, match="between 0 and 1"):
        goldassay.power(ONE, OTHER, paths[0], alpha=float("nan"))
