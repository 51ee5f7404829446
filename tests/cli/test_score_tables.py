"""The same table as LaTeX, CSV and a data frame; committed results as a leaderboard."""

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import goldassay
from goldassay.cli.main import cli
from goldassay.leaderboard import END, START, read_results, render_leaderboard
from goldassay.report.flat import COLUMNS
from goldassay.report.jsonfile import read_score_file
from goldassay.report.latex import escape_latex

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"


def test_csv_and_frame_hold_every_score_of_the_file(tmp_path: Path) -> None:
    file = read_score_file((RESULTS / "rules-mentions" / "score.json").read_bytes())
    scored = CliRunner().invoke(cli, ["score", str(RESULTS / "rules-mentions"), "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(scored.output)))
    frame = goldassay.to_pandas(file)
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


def test_foreign_names_are_shown_and_never_run(tmp_path: Path) -> None:
    """The name and note of a system, the name of the gold file, the groups of a label map."""
    odd = "a\x1b[31m\u202e`|<b>"
    folder = tmp_path / "run"
    folder.mkdir()
    text = "Ann left."
    gold = {"doc_id": "d", "text": text, "entities": [{"id": "e1", "type": "PERSON", "name": "Ann"}]}
    gold |= {"mentions": [{"id": "m1", "entity": "e1", "spans": [[0, 3]], "text": "Ann", "level": "NAM"}]}
    gold_file = tmp_path / f"{odd.replace('/', '')}.jsonl"
    gold_file.write_text(json.dumps(gold))
    (folder / "predictions.jsonl").write_text('{"doc_id": "d", "mentions": []}\n')
    (folder / "run.json").write_text(json.dumps({"system": {"name": odd, "note": odd}}))
    labels = tmp_path / "map.toml"
    labels.write_text(f"targets = [{json.dumps(odd)}]\n[labels]\nPERSON = {json.dumps(odd)}\n")
    args = ["score", str(folder), "--gold", str(gold_file), "--labels", str(labels)]
    for form in ("text", "markdown", "latex"):
        told = CliRunner().invoke(cli, [*args, "--format", form])
        assert told.exit_code == 0
        assert not {"\x1b", "\u202e"} & set(told.output)
        if form == "markdown":
            assert r"| a\\x1b\[31m\\u202e\`\|\<b\> |" in told.output
            (signature,) = [line for line in told.output.splitlines() if line.startswith("Signature: ")]
            assert signature.count("`") == 2


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("document", "24 documents. Intervals hold 95 % of 50 bootstrap draws; they"),
        ("source", "24 documents; too few sources are annotated for an interval."),
    ],
)
def test_the_claim_is_of_what_was_drawn(tmp_path: Path, unit: str, words: str) -> None:
    """24 documents of two sources: drawn by source they are two."""
    gold, said = tmp_path / "gold.jsonl", tmp_path / "said.jsonl"
    row = {"entities": [{"id": "e1", "type": "PERSON", "name": "Ann"}], "text": "Ann left."}
    row |= {"mentions": [{"id": "m1", "entity": "e1", "spans": [[0, 3]], "text": "Ann", "level": "NAM"}]}
    lines = [json.dumps(row | {"doc_id": f"d{n}", "source": f"s{n % 2}"}) for n in range(24)]
    gold.write_text("\n".join(lines))
    said.write_text("\n".join(json.dumps({"doc_id": f"d{n}", "mentions": []}) for n in range(24)))
    args = ["score", str(said), "--gold", str(gold), "--unit", unit, "--resamples", "50"]
    told = CliRunner().invoke(cli, args).output
    assert words in told
    assert ("when one source is left out" in told.replace("\n", " ")) == (unit == "source")


def test_latex_is_balanced_and_escaped() -> None:
    told = CliRunner().invoke(cli, ["score", str(RESULTS / "rules-mentions"), "--format", "latex"]).output
    assert told.count(r"\begin{tabular}") == told.count(r"\end{tabular}") == 1
    body = [line for line in told.splitlines() if line.endswith(r"\\") and "multicolumn" not in line]
    assert all(line.count("&") - line.count(r"\&") == 8 for line in body)
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
