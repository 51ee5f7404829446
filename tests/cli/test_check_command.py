"""`goldassay check`: findings on standard output, and how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.check import check

FINDINGS = Path(__file__).parents[1] / "findings"
VALID = Path(__file__).parents[1] / "laws" / "valid"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def test_sound_files_end_with_0() -> None:
    result = run(VALID)
    assert (result.exit_code, result.output) == (0, "no findings\n")


def test_errors_end_with_3_and_are_listed() -> None:
    result = run(FINDINGS / "E203.jsonl")
    assert result.exit_code == 3
    file, finding, summary = result.output.splitlines()
    assert file == str(FINDINGS / "E203.jsonl")
    assert finding.startswith('  1  E203  d1 mentions[0].spans: text differs from the span: found "Oslo" at [0, 4]')
    assert finding.endswith('expected "Bergen"; the text stands at [10, 16]')
    assert summary == "1 error"


def test_warnings_alone_end_with_0() -> None:
    result = run(FINDINGS / "E305")
    assert result.exit_code == 0
    assert result.output.endswith("1 warning\n")
    assert "E607" not in run(FINDINGS / "E607.jsonl").output
    assert "E607" in run("--consistency", FINDINGS / "E607.jsonl").output


def test_other_forms() -> None:
    (item,) = json.loads(run("--format", "json", FINDINGS / "E402.jsonl").output)
    assert item["code"] == "E402"
    assert run("--format", "github", FINDINGS / "E402.jsonl").output.startswith("::error file=")


def test_the_kind_can_be_said() -> None:
    assert run("--kind", "stances", VALID / "entities.jsonl").exit_code == 3


def test_wrong_usage_ends_with_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("nowhere.jsonl").exit_code == 2
    assert run("--format", "xml").exit_code == 2
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOLDASSAY_ROOT", raising=False)
    monkeypatch.setattr("goldassay.corpus.locate.INSTALLED", tmp_path)
    result = run()
    assert result.exit_code == 2
    assert "Error: no corpus" in result.output


def test_without_files_the_corpus_around_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "manifest.json").write_text("{", encoding="utf-8")
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    result = run()
    assert result.exit_code == 3
    assert "corpus/manifest.json" in result.output
