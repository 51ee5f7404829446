"""`goldassay report`: one valid file that loads nothing, from runs, folders of runs and gold of any origin."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import html5lib
import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.cli.report import report as report_command
from goldassay.cli.score import score
from goldassay.gold import ANNOTATORS
from planted_report import BREAKOUTS, OVERRIDE, PLACES, TEXT, gold_line, hostile_report, said_line, write


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    every = list(PLACES.values())
    return {
        "gold": write(tmp_path / "gold.jsonl", [gold_line("d", TEXT, PLACES)]),
        "one": write(tmp_path / "one" / "predictions.jsonl", [said_line("d", every)]).parent,
        "other": write(tmp_path / "other.jsonl", [said_line("d", every[:2])]),
        "page": tmp_path / "out.html",
    }


def report(files: dict[str, Path], *runs: str, extra: tuple[str, ...] = ()) -> Result:
    words = [str(files[run]) for run in runs]
    return CliRunner().invoke(
        cli, ["report", *words, "--html", str(files["page"]), "--gold", str(files["gold"]), *extra]
    )


def headings(page: str, section: str) -> list[str]:
    part = page[page.index(f'id="{section}"') :]
    return re.findall(r'<th scope="row">(?:<bdi>)?([^<]*)', part[: part.index("</tbody>")])


def test_a_report_of_a_folder_and_a_file_is_valid_html(files: dict[str, Path]) -> None:
    result = report(files, "one", "other")
    assert (result.exit_code, result.output) == (0, f"Written to {files['page']}\n")
    page = files["page"].read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    assert headings(page, "scores") == ["one", "other.jsonl"]


def test_a_hostile_report_is_valid_html_and_data_stays_data(tmp_path: Path) -> None:
    """Outside the blocks of JSON no attack is left as markup, and inside them none can end its block."""
    page = hostile_report(tmp_path).read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    blocks = re.findall(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', page, re.DOTALL)
    assert [name for name, _ in blocks] == ["index", *(f"doc-{n}" for n in range(len(BREAKOUTS) + 1))]
    assert not [name for name, block in blocks if set("<>&") & set(block)]
    assert page.count("<script") == len(blocks) + 1
    assert not set(OVERRIDE) & set(page) - set("evil")
    for attack in BREAKOUTS[:4]:
        assert attack not in page


def test_the_page_may_load_nothing_and_names_no_address(files: dict[str, Path]) -> None:
    report(files, "one")
    page = files["page"].read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"|url\((?!#)|@import|innerHTML|fetch\(', page) == []


def test_the_same_input_gives_the_same_page(files: dict[str, Path]) -> None:
    report(files, "one", "other")
    first = files["page"].read_bytes()
    report(files, "one", "other")
    assert files["page"].read_bytes() == first


def test_every_run_of_a_folder_is_shown_by_itself(files: dict[str, Path], tmp_path: Path) -> None:
    for seed in ("s1", "s2"):
        write(tmp_path / "many" / seed / "predictions.jsonl", [said_line("d", list(PLACES.values()))])
    files["many"] = tmp_path / "many"
    assert report(files, "many", "one", "one").exit_code == 0
    page = files["page"].read_text(encoding="utf-8")
    assert headings(page, "scores") == ["many/s1", "many/s2", "one", "one (2)"]


def test_gold_of_other_origin_has_no_line_of_annotators(files: dict[str, Path]) -> None:
    report(files, "one")
    page = files["page"].read_text(encoding="utf-8")
    assert "two annotators" not in page
    assert "Annotators of this gold: not stated." in page
    assert "1 document: too few for an interval" in page


def test_the_corpus_has_the_line_of_its_annotators(files: dict[str, Path], tmp_path: Path) -> None:
    run = write(tmp_path / "none.jsonl", [said_line("seed-000", []), said_line("seed-002", [])])
    result = CliRunner().invoke(cli, ["report", str(run), "--html", str(files["page"])])
    assert result.exit_code == 0, result.output
    page = files["page"].read_text(encoding="utf-8")
    assert "two annotators with each other" in page
    assert "language models that followed the annotation guidelines" in page
    html5lib.HTMLParser(strict=True).parse(page)


def index_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="index">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    index: dict[str, Any] = json.loads(found[1])
    return index


def test_rules_are_named_for_the_corpus_that_was_made_by_them_alone(files: dict[str, Path], tmp_path: Path) -> None:
    report(files, "other")
    index = index_of(files["page"].read_text(encoding="utf-8"))
    assert index["classes"]
    assert (index["classRules"], index["groupRules"], index["rules"]) == ([[]], {}, {})
    run = write(tmp_path / "none.jsonl", [said_line("seed-000", []), said_line("seed-002", [])])
    assert CliRunner().invoke(cli, ["report", str(run), "--html", str(files["page"])]).exit_code == 0
    index = index_of(files["page"].read_text(encoding="utf-8"))
    named = {rule for rules in (*index["classRules"], *index["groupRules"].values()) for rule in rules}
    assert named
    assert named == index["rules"].keys()
    assert all(len(text) > 10 for text in index["rules"].values())


def test_the_page_says_who_annotated_as_far_as_it_knows(files: dict[str, Path], tmp_path: Path) -> None:
    report(files, "one")
    page = files["page"].read_text(encoding="utf-8")
    assert "by hand" not in page
    assert page.count("Annotators of this gold") == 1
    run = write(tmp_path / "none.jsonl", [said_line("seed-000", []), said_line("seed-002", [])])
    CliRunner().invoke(cli, ["report", str(run), "--html", str(files["page"])])
    page = files["page"].read_text(encoding="utf-8")
    assert page.count(f"Annotators of this gold: {ANNOTATORS}.") == 1
    assert "by hand" not in page


def test_options_that_move_a_number_are_those_of_score(files: dict[str, Path]) -> None:
    """All that `goldassay score` has, but for what picks one run or one table: a report shows every run."""
    own, scoring = ({name for one in command.params for name in one.opts} for command in (report_command, score))
    one_run_or_table = {"predictions", "--run", "--measure", "--profile", "--format", "--out", "--top-errors", "--full"}
    assert scoring - own <= one_run_or_table
    extra = ("--ids", "gold", "--unit", "source", "--seed", "7", "--resamples", "50")
    assert report(files, "one", extra=extra).exit_code == 0
    page = files["page"].read_text(encoding="utf-8")
    assert "ids:gold" in page
    assert "resampling:seed7.draws50.source.0.95" in page


def test_the_range_on_a_bar_is_said_in_words(files: dict[str, Path]) -> None:
    write(files["gold"], [gold_line(f"d{n}", TEXT, PLACES) for n in range(2)])
    write(files["one"] / "predictions.jsonl", [said_line("d0", list(PLACES.values())), said_line("d1", [])])
    report(files, "one")
    page = files["page"].read_text(encoding="utf-8")
    bars = page[page.index('class="bars"') :]
    assert "the line on a bar is its range without one document" in bars
    assert '<span class="hidden">range without one document: </span>0.000…1.000' in bars
    assert "no answer for" not in page


def test_bad_predictions_and_wrong_use_are_refused_without_a_file(files: dict[str, Path], tmp_path: Path) -> None:
    files["bad"] = write(tmp_path / "bad.jsonl", ["{"])
    files["none"] = tmp_path / "nothing"
    assert report(files, "bad").exit_code == 3
    assert report(files, "none").exit_code == 2
    assert report(files, "one", extra=("--layer", "entitties")).exit_code == 2
    assert not files["page"].exists()
    # What has no line that can be read says nothing of any document; dropped are bad parts of what can.
    assert report(files, "bad", extra=("--on-invalid", "drop")).exit_code == 3
    files["half"] = write(tmp_path / "half.jsonl", ["{", said_line("d", list(PLACES.values()))])
    assert report(files, "half").exit_code == 3
    assert report(files, "half", extra=("--on-invalid", "drop")).exit_code == 0


def test_without_the_template_engine_the_report_says_what_to_install(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    result = report(files, "one")
    assert result.exit_code == 2
    assert "pip install 'goldassay[report]'" in result.output
