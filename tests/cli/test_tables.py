"""The same table as LaTeX, CSV and a data frame; committed results as a leaderboard."""

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from goldassay.cli.main import cli
from goldassay.leaderboard import END, START, read_results, render_leaderboard
from goldassay.report.flat import COLUMNS, to_frame
from goldassay.report.jsonfile import read_score_file
from goldassay.report.latex import escape_latex

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"


def test_csv_and_frame_hold_every_score_of_the_file(tmp_path: Path) -> None:
    file = read_score_file((RESULTS / "rules-mentions" / "score.json").read_bytes())
    scored = CliRunner().invoke(cli, ["score", str(RESULTS / "rules-mentions"), "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(scored.output)))
    frame = to_frame(file)
    assert list(rows[0]) == list(frame.columns) == list(COLUMNS)
    assert len(frame) == len(file.scores)
    for row, score in zip(frame.to_dict("records"), file.scores, strict=True):
        assert row["measure"] == score.measure
        assert row["value"] == pytest.approx(score.value) if score.value is not None else pd.isna(row["value"])
    undefined = [row for row in rows if row["value"] == ""]
    assert len(undefined) == sum(score.value is None for score in file.scores)


def test_a_formula_is_not_handed_to_a_spreadsheet(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "predictions.jsonl").write_text('{"doc_id": "seed-000", "mentions": []}\n')
    record = json.loads((RESULTS / "empty" / "run.json").read_text())
    record["system"]["name"] = "=cmd|' /C calc'!A0"
    (folder / "run.json").write_text(json.dumps(record))
    told = CliRunner().invoke(cli, ["score", str(folder), "--format", "csv"]).output
    assert {row["system"] for row in csv.DictReader(io.StringIO(told))} == {"'=cmd|' /C calc'!A0"}


def test_latex_is_balanced_and_escaped() -> None:
    told = CliRunner().invoke(cli, ["score", str(RESULTS / "rules-mentions"), "--format", "latex"]).output
    assert told.count(r"\begin{tabular}") == told.count(r"\end{tabular}") == 1
    body = [line for line in told.splitlines() if line.endswith(r"\\") and "multicolumn" not in line]
    assert all(line.count("&") - line.count(r"\&") == 7 for line in body)
    assert r"b\_cubed" in told
    assert escape_latex("\\a{b}~^#") == r"\textbackslash{}a\{b\}\textasciitilde{}\textasciicircum{}\#"


def test_the_leaderboard_names_no_winner_among_two_documents() -> None:
    table = render_leaderboard(read_results(RESULTS))
    systems = [line.split("[")[1].split("]")[0] for line in table.splitlines() if line.startswith("| [")]
    assert systems == sorted(systems)
    assert len(systems) == len(list(RESULTS.glob("*/score.json")))
    assert "this is no ranking" in table


def test_the_committed_table_is_fresh() -> None:
    """benchmarks/README.md has the table that the committed results give."""
    page = ROOT / "benchmarks" / "README.md"
    result = CliRunner().invoke(cli, ["leaderboard", str(RESULTS), "--write", str(page), "--check"])
    assert result.exit_code == 0, result.output


def test_a_stale_page_is_told_and_a_page_without_marks_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{START}\nold\n{END}\nafter\n")
    words = ["leaderboard", str(RESULTS), "--write", str(page)]
    assert CliRunner().invoke(cli, [*words, "--check"]).exit_code == 1
    assert CliRunner().invoke(cli, words).exit_code == 0
    assert CliRunner().invoke(cli, [*words, "--check"]).exit_code == 0
    assert page.read_text().startswith("before\n")
    assert page.read_text().endswith("after\n")
    page.write_text("no marks")
    assert CliRunner().invoke(cli, words).exit_code == 2
