"""The table of `goldassay bench`: each number with its interval or range, in 100 columns, with what it is of."""

import re
from pathlib import Path

import pytest

from goldassay.api import score_predictions
from goldassay.bench import BenchRow, render_bench, table, what_it_shows
from goldassay.extract.registry import SHIPPED
from goldassay.gold import Gold, load_gold
from goldassay.layers import order_layers
from goldassay.measures.signature import parse_signature
from goldassay.report.text import render_cells
from goldassay.resampling import Resampling
from planted_gold import gold_lines, system_lines, write_lines

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"


def row_of(name: str, gold: Gold, predictions: Path, layers: tuple[str, ...]) -> BenchRow:
    scored = score_predictions(predictions, gold, layers=layers, resampling=Resampling(resamples=20))
    return BenchRow(name, layers, scored, "")


@pytest.fixture(scope="module")
def gold() -> Gold:
    return load_gold(ROOT)


@pytest.fixture(scope="module")
def rows(gold: Gold) -> list[BenchRow]:
    """The committed predictions of all baselines, scored now, and a system that is not installed."""
    found = [row_of(name, gold, RESULTS / name, tuple(order_layers(SHIPPED[name].layers))) for name in sorted(SHIPPED)]
    return [*found, BenchRow("not-installed", ("times",), None, "needs a package")]


def test_the_readme_shows_what_is_printed(rows: list[BenchRow], gold: Gold) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"What comes out:\n\n```\n(.*?)```", readme, re.DOTALL)
    printed = render_cells("goldassay-news 1.0.0, validation", *table(rows[:-1]), width=100)
    assert [line.rstrip() for line in printed.splitlines()] == block.splitlines()[: len(printed.splitlines())]
    assert len(printed.splitlines()) == len(rows) - 1 + 5  # a line a system: nothing is folded
    for line in what_it_shows(rows, gold):
        assert line in " ".join(block.split())


def test_intervals_fit_into_100_columns(tmp_path: Path) -> None:
    lines = gold_lines(24)
    many = load_gold(write_lines(tmp_path / "gold.jsonl", lines))
    predictions = write_lines(tmp_path / "said.jsonl", system_lines(lines, {}, seed=3))
    row = row_of("a-system-of-20-chars", many, predictions, ("entities",))
    headings, [cells] = table([row])
    assert re.fullmatch(r"0\.\d{3} \[0\.\d{3}, \d\.\d{3}\]", cells[1])
    # The widest cell in every column: brackets are wider than a range or "not covered".
    printed = render_cells("", headings, [[cells[0], cells[1], cells[1], cells[1]]], width=100)
    assert printed.count(cells[1]) == 3
    assert max(map(len, printed.splitlines())) <= 100


def test_the_report_names_the_shared_part_and_each_signature(rows: list[BenchRow], gold: Gold) -> None:
    page = render_bench(rows, gold)
    claim, shared = what_it_shows(rows, gold)
    assert claim.startswith("2 documents: too few for an interval.")
    assert claim in page
    assert shared in page
    (parts,) = re.findall(r"All on `([^`]+)`", shared)
    for row in rows:
        assert f"| {f'[{row.system}]({row.system}/report.md)' if row.scored else row.system} |" in page
        if row.scored is not None:
            signature = row.scored.file.signature
            assert f"- {row.system}: `{signature}`" in page
            own = parse_signature(signature)[1].items()
            assert {tuple(part.split(":", 1)) for part in parts.split("|")} <= set(own)


def test_nothing_installed_has_a_claim_and_no_signature(gold: Gold) -> None:
    (claim,) = what_it_shows([BenchRow("a", ("times",), None, "needs a package")], gold)
    assert claim.startswith("2 documents")
