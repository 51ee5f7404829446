"""What stands below and beside a comparison's table: documents, items, stars, undefined draws, missing answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import goldassay
from goldassay.cli.main import cli
from planted_gold import Lines, gold_lines, system_lines, write_lines
from planted_layers import layered_gold, layered_lines, without_key

GOLD = layered_gold(24)
WHOLE = layered_lines(GOLD, seed=2, usual=1.0)


def told(folder: Path, gold: Lines, first: Lines, second: Lines, *options: str) -> str:
    words = [str(write_lines(folder / f"{name}.jsonl", lines)) for name, lines in (("one", first), ("other", second))]
    gold_file = str(write_lines(folder / "gold.jsonl", gold))
    result = CliRunner().invoke(cli, ["compare", *words, "--gold", gold_file, *options])
    assert result.exit_code == 0, result.output
    return result.output


def pair(folder: Path, gold: Lines, first: Lines, second: Lines, *options: str) -> dict[str, Any]:
    (one,) = json.loads(told(folder, gold, first, second, "--format", "json", *options))["comparisons"]
    assert isinstance(one, dict)
    return one


@pytest.fixture
def worse() -> Lines:
    """All five names of doc-005 and one of doc-001 are lost, and the stances of doc-009 and doc-003."""
    lines = [dict(line) for line in WHOLE]
    lines[5]["mentions"] = []
    lines[1]["mentions"] = lines[1]["mentions"][1:]  # type: ignore[index]
    lines[9]["stances"] = lines[3]["stances"] = []
    return lines


def test_layers_take_turns_and_heavy_documents_come_first(tmp_path: Path, worse: Lines) -> None:
    """Five lost names weigh more than one; two documents that lose one stance each weigh the same."""
    expected = [
        ("entities", "doc-005", "m1"),
        ("stances", "doc-003", "s1"),
        ("entities", "doc-005", "m2"),
        ("stances", "doc-009", "s1"),
        ("entities", "doc-005", "m3"),
        ("entities", "doc-005", "m4"),
        ("entities", "doc-005", "m5"),
        ("entities", "doc-001", "m1"),
    ]
    for order in (1, -1):
        found = pair(tmp_path, GOLD[::order], WHOLE, worse[::order])["items"]
        assert [(item["layer"], item["doc_id"], item["item"]) for item in found] == expected


def test_every_measure_has_its_list_of_documents(tmp_path: Path, worse: Lines) -> None:
    """120 names, 114 found: F1 228 / 234; without doc-005 115 names, 114 found: 228 / 229, a difference of -0.0044."""
    text, markdown = (
        told(tmp_path, GOLD, WHOLE, worse, "--items", "3", "--format", form) for form in ("text", "markdown")
    )
    for shown in (text, markdown.replace("\\", "")):
        assert re.search("documents that weigh most in entities strict F1, names", shown, re.IGNORECASE)
        assert re.search("documents that weigh most in stances sign F1, opinion", shown, re.IGNORECASE)
        assert re.search(r"doc-005[ |]+-0\.0044", shown)
        assert re.search(r"items that differ \(first 3 of 8\)", shown, re.IGNORECASE)
        assert "doc-001" in shown.split("tems that differ")[0]
        assert "doc-001" not in shown.split("tems that differ")[1]
    assert "weigh most" not in told(tmp_path, GOLD, WHOLE, WHOLE)
    assert "tems that differ" not in told(tmp_path, GOLD, WHOLE, worse, "--items", "0", "--format", "markdown")


def test_markdown_has_the_stars_of_latex(tmp_path: Path) -> None:
    """Names are lost in every document, stances in none."""
    less = [line | {"mentions": line["mentions"][1:]} for line in WHOLE]  # type: ignore[index]
    markdown = told(tmp_path, GOLD, WHOLE, less, "--format", "markdown").replace("\\", "")
    (names,) = re.findall(r"^\| entities strict .*$", markdown, re.MULTILINE)
    assert re.search(r"\| -0\.111\*\*\* \|", names)  # 2 * 96 / (96 + 120) = 0.889
    assert "*** p ≤ .001, ** p ≤ .01, * p ≤ .05 after Holm's correction" in markdown
    (stances,) = re.findall(r"^\| stances sign .*$", markdown, re.MULTILINE)
    assert "*" not in stances
    # 19 documents establish nothing.
    assert "*" not in told(tmp_path, GOLD[:19], WHOLE[:19], less[:19], "--format", "markdown").replace("\\*", "*")


def of_one_type(lines: Lines) -> Lines:
    return [line | {"entities": [entity | {"type": "ORG"} for entity in line["entities"]]} for line in lines]  # type: ignore[attr-defined]


def test_a_group_that_is_everything_is_not_asked_twice(tmp_path: Path) -> None:
    gold = of_one_type(gold_lines(24))
    one, other = (system_lines(gold, {}, seed=seed, usual=0.7) for seed in (2, 3))
    (row,) = pair(tmp_path, gold, one, other, "--groups")["differences"]
    assert (row["group"], row["p_holm"]) == ("all", row["p"])
    # One prediction of another type in one system, and the group is another question.
    other[0]["mentions"][0]["type"] = "GPE"  # type: ignore[index]
    rows = pair(tmp_path, gold, one, other, "--groups")["differences"]
    assert [row["group"] for row in rows] == ["all", "ORG"]


def test_undefined_draws_are_marked_and_counted(tmp_path: Path) -> None:
    """One stance in 24 documents, which both find: a draw without its document is 0/0, (23 / 24)^24 = 36 % of them."""
    gold = [line | {"stances": line["stances"] if place == 0 else []} for place, line in enumerate(GOLD)]
    lines = [line | {"stances": line["stances"] if place == 0 else []} for place, line in enumerate(WHOLE)]
    _, row = pair(tmp_path, gold, lines, lines)["differences"]
    assert row["draws"] == 2000
    assert row["undefined_draws"] == pytest.approx(720, abs=100)
    for form in ("text", "markdown"):
        shown = told(tmp_path, gold, lines, lines, "--format", form).replace("\\", "")
        assert "[0.000, 0.000]°" in shown
        words = (
            f"° stances sign F1, opinion, all: {row['undefined_draws']} of 2000 draws are undefined (0/0) and left out."
        )
        assert words in shown
    assert "°" not in told(tmp_path, GOLD, WHOLE, WHOLE)


def test_layers_without_an_answer_are_named(tmp_path: Path) -> None:
    half = without_key(WHOLE, "stances", range(1, 24, 2))
    words = (
        "other.jsonl has no answer in stances to 12 documents, counted as empty there: doc-001, doc-003, doc-005 and 9"
    )
    assert words in told(tmp_path, GOLD, WHOLE, half)
    found = pair(tmp_path, GOLD, WHOLE, half)
    assert (found["unanswered"], list(found["unanswered_in"])) == ({}, ["other.jsonl"])
    assert pair(tmp_path, GOLD, WHOLE, half, "--layer", "entities")["unanswered_in"] == {}


def test_the_score_of_half_an_answer_says_so_and_stays_the_same(tmp_path: Path) -> None:
    """No key and [] give one number; only the words beside it differ."""
    gold = str(write_lines(tmp_path / "gold.jsonl", GOLD))
    half = without_key(WHOLE, "stances", range(1, 24, 2))
    empty = [line | {"stances": []} if place % 2 else line for place, line in enumerate(WHOLE)]
    one, other = (goldassay.score(lines, gold, resampling=None) for lines in (half, empty))
    assert one.scores == other.scores
    silent = [item for item in one.findings if item.code == "E307"]
    assert {(item.where.field, item.severity) for item in silent} == {("stances", "warning")}
    assert [item.where.doc_id for item in silent] == [f"doc-{n:03}" for n in range(1, 24, 2)]
    assert all(item.code != "E307" for item in other.findings)
    path = str(write_lines(tmp_path / "half.jsonl", half))
    for form in ("text", "markdown"):
        shown = CliRunner().invoke(cli, ["score", path, "--gold", gold, "--no-intervals", "--format", form]).output
        assert 'Lines without the key "stances" count as empty there: 12 of 24 documents' in shown.replace("\\", "")
        assert "All 24 documents are answered" not in shown


def test_predictions_are_named_by_the_hash_of_their_score_file(tmp_path: Path) -> None:
    other = layered_lines(GOLD, seed=3)
    found = pair(tmp_path, GOLD, WHOLE, other)["predictions"]
    scored = [goldassay.score(lines, tmp_path / "gold.jsonl", resampling=None) for lines in (WHOLE, other)]
    hashes = [[file.provenance.predictions_sha256] for file in scored]
    assert found == dict(zip(("first", "second"), hashes, strict=True))


def test_a_layer_that_only_one_covers_is_named(tmp_path: Path) -> None:
    without = without_key(WHOLE, "stances", range(24))
    shown = told(tmp_path, GOLD, WHOLE, without)
    assert "other.jsonl does not cover stances, which the other does: not compared." in shown
    assert pair(tmp_path, GOLD, WHOLE, without)["uncovered"] == {"other.jsonl": ["stances"]}
    assert pair(tmp_path, GOLD, WHOLE, WHOLE)["uncovered"] == {}
