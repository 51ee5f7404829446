"""`goldassay check`: findings on standard output, and how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.check import check
from goldassay.cli.main import cli

FINDINGS = Path(__file__).parents[1] / "findings"
VALID = Path(__file__).parents[1] / "laws" / "valid"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def leave_all_corpora(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder from which no corpus is found."""
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GOLDASSAY_ROOT", raising=False)
    for name in ("INSTALLED", "HOME"):
        monkeypatch.setattr(f"goldassay.corpus.locate.{name}", folder)


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
    leave_all_corpora(tmp_path, monkeypatch)
    result = run()
    assert result.exit_code == 2
    assert "Error: no corpus" in result.output
    assert run("--gold", "nowhere").exit_code == 2


def test_without_files_the_corpus_around_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "manifest.json").write_text("{", encoding="utf-8")
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    result = run()
    assert result.exit_code == 3
    assert "corpus/manifest.json" in result.output


ELVIS = {"doc_id": "d1", "mentions": [{"start": 99999, "end": 100000, "text": "Elvis", "type": "PERSON"}]}
GOLD = {"doc_id": "d1", "text": "Zenda met Dol.", "mentions": []}


def test_a_file_without_gold_gets_no_all_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_all_corpora(tmp_path, monkeypatch)
    Path("p.jsonl").write_text(json.dumps(ELVIS), encoding="utf-8")
    Path("gold.jsonl").write_text(json.dumps(GOLD), encoding="utf-8")
    words = "texts and offsets not checked: found no gold, expected the gold that the file is about"
    result = run("p.jsonl")
    assert (result.exit_code, result.stdout) == (
        0,
        f"p.jsonl\n    E308 info  {words}; name the gold with --gold\n1 info\n",
    )
    (item,) = json.loads(run("p.jsonl", "--format", "json").stdout)
    assert (item["code"], item["severity"], item["where"]["file"]) == ("E308", "info", "p.jsonl")
    assert run("p.jsonl", "--format", "github").stdout.startswith("::notice file=p.jsonl")
    named = run("p.jsonl", "--gold", "gold.jsonl")
    assert (named.exit_code, "E202" in named.stdout) == (3, True)


def test_gold_alone_is_checked_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_all_corpora(tmp_path, monkeypatch)
    Path("gold.jsonl").write_text(json.dumps(GOLD), encoding="utf-8")
    result = run("--gold", "gold.jsonl")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no findings\n", "checked: gold.jsonl\n")
    assert run("--gold", "corpus@1.0.0").exit_code == 2


def test_a_flood_is_cut_in_text_and_told_in_one_line(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A page\n" + "Some words.\n" * 99, encoding="utf-8")
    shown = run(page)
    lines = shown.stdout.splitlines()
    assert shown.exit_code == 3
    assert len(lines) == 13
    assert lines[1].endswith(
        "100 of 100 lines that are no JSON object, expected JSON Lines; "
        "this is no JSON Lines file: one JSON object a line, not a list of them and not broken over lines"
    )
    assert lines[-2:] == ["91 more like these (91 E102); --all shows them", "101 errors"]
    assert len(run(page, "--all").stdout.splitlines()) == 103
    assert len(json.loads(run(page, "--format", "json").stdout)) == 101


def test_scoring_a_page_is_told_in_a_few_lines(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A page\n" + "Some words.\n" * 99, encoding="utf-8")
    for arguments in (["score", str(page)], ["gate", str(page), "--baseline", str(page)], ["matrix", str(page)]):
        result = CliRunner().invoke(cli, arguments)
        assert (result.exit_code, result.stdout) == (3, "")
        assert len(result.stderr.splitlines()) < 20
        assert "this is no JSON Lines file" in result.stderr
        assert "91 more like these (91 E102); `goldassay check --all` lists them" in result.stderr
