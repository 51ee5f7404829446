"""One table of results that were scored in one way: what else is refused or told; its links lead somewhere."""

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.leaderboard import MOVING, START, TOLD
from goldassay.measures.signature import KEYS
from goldassay.model.scorefile import ScoreFile
from goldassay.report.headlines import SHARED
from planted_gold import gold_lines, system_lines, write_lines

ELSEWHERE = {"matrix", "power", "tests", "gate", "fail-under", "texts", "a", "b", "seed"}
"""Parts that other commands sign; a score file has none of them."""

LINK = re.compile(r"^\| \[((?:[^\\\]]|\\.)*)\]\(([^)]*)\) \|", re.MULTILINE)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder for results, and beside it gold of 24 documents of three sources with two systems of it."""
    gold = [line | {"source": f"paper {n % 3}"} for n, line in enumerate(gold_lines(24))]
    write_lines(tmp_path / "gold.jsonl", gold)
    write_lines(tmp_path / "weak.jsonl", system_lines(gold, {}, seed=2, usual=0.2))
    write_lines(tmp_path / "zenith.jsonl", system_lines(gold, {}, seed=2, usual=0.9))
    return tmp_path / "results"


def add(results: Path, predictions: str, *words: str, folder: str | None = None) -> Path:
    """Score predictions into a folder of the results, 20 draws unless `words` say otherwise."""
    out = results / (folder or predictions)
    here = results.parent
    draws = () if {"--no-intervals", "--resamples"} & set(words) else ("--resamples", "20")
    args = ["score", str(here / f"{predictions}.jsonl"), "--gold", str(here / "gold.jsonl"), "--out", str(out), *draws]
    done = CliRunner().invoke(cli, [*args, *words])
    assert done.exit_code == 0, done.output
    return out


def leaderboard(results: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["leaderboard", str(results), *words])


def systems(table: str) -> list[str]:
    return [re.split(r"[\[\]|]", line)[2].strip() for line in table.splitlines() if line.startswith("| [")]


def rows(table: str) -> list[dict[str, str]]:
    """The rows of the table by the names of its columns."""
    lines = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("|")]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def resign(folder: Path, part: str, other: str) -> None:
    """Give a result another part of its signature, as of an older tool."""
    path = folder / "score.json"
    file = msgspec.json.decode(path.read_bytes(), type=ScoreFile)
    assert part in file.signature
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(file, signature=file.signature.replace(part, other))))


def test_every_part_of_a_score_signature_is_refused_or_told() -> None:
    assert {*MOVING, *TOLD} == set(KEYS) - ELSEWHERE
    assert set(SHARED) <= set(MOVING)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["--ids", "gold"], "ids"),
        (["--seed", "14"], "resampling"),
        (["--resamples", "30"], "resampling"),
        (["--unit", "source"], "resampling"),
        (["--no-intervals"], "resampling"),
        (["--trim", "titles"], "trim"),
    ],
)
def test_results_scored_in_another_way_are_refused(results: Path, words: Sequence[str], key: str) -> None:
    add(results, "weak")
    assert leaderboard(results).exit_code == 0
    add(results, "zenith", *words)
    refused = leaderboard(results)
    assert refused.exit_code == 2
    assert f"their signatures differ in {key}\n" in refused.stderr
    shown = re.findall(r"^  (\w+): goldassay:entities\|", refused.stderr, re.MULTILINE)
    assert shown == ["weak", "zenith"]  # one under the other


@pytest.mark.parametrize(
    ("part", "other", "key"),
    [("match:tiered.v1", "match:tiered.v0", "match"), ("proposition-f1:0.5", "proposition-f1:0.6", "proposition-f1")],
)
def test_results_of_other_rules_are_refused(results: Path, part: str, other: str, key: str) -> None:
    add(results, "weak")
    resign(add(results, "zenith"), part, other)
    refused = leaderboard(results)
    assert refused.exit_code == 2
    assert f"differ in {key}\n" in refused.stderr


def test_another_tool_and_policy_are_columns(results: Path) -> None:
    add(results, "weak")
    same = leaderboard(results).stdout
    assert not {"tool", "invalid", "run"} & set(rows(same)[0])
    add(results, "zenith", "--on-invalid", "drop")
    assert {row["invalid"] for row in rows(leaderboard(results).stdout)} == {"error", "drop"}
    folder = add(results, "weak", folder="old")
    tool = msgspec.json.decode((folder / "score.json").read_bytes())["provenance"]["tool"]
    resign(folder, f"tool:{tool}", "tool:0.0.1")
    assert [row["tool"] for row in rows(leaderboard(results).stdout)].count("0.0.1") == 1


def test_every_link_leads_to_a_report(results: Path, tmp_path: Path) -> None:
    add(results, "weak")
    (add(results, "zenith") / "report.md").unlink()
    for page in (tmp_path / "page.md", tmp_path / "pages" / "page.md"):
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"{START}\n<!-- /leaderboard -->\n")
        assert leaderboard(results, "--write", str(page)).exit_code == 0
        links = LINK.findall(page.read_text(encoding="utf-8"))
        assert [name for name, _ in links] == ["weak"]  # zenith has no report
        report = (page.parent / links[0][1]).read_text(encoding="utf-8")
        assert "entities: strict F1 of names" in report
    assert "| zenith |" in leaderboard(results).stdout
    assert LINK.findall(leaderboard(results).stdout) == [("weak", "results/weak/report.md")]


def test_a_folder_may_be_called_anything(results: Path) -> None:
    name = "ev]il (x)|`y"
    add(results, "weak", folder=name)
    table = leaderboard(results).stdout
    ((text, address),) = LINK.findall(table)
    assert re.sub(r"\\(.)", r"\1", text) == name
    assert re.search(r"(?<!\\)[\]|`]", text) is None
    assert not set(address) & set("[]() |`")
    assert (results.parent / unquote(address)).is_file()


@pytest.mark.parametrize(
    ("words", "ranked"),
    [([], True), (["--unit", "source"], False), (["--no-intervals"], False)],
)
def test_a_ranking_needs_intervals(results: Path, words: list[str], ranked: bool) -> None:
    """24 documents of three sources: drawn by source they are three, and three rank nothing."""
    for name in ("weak", "zenith"):
        add(results, name, *words)
    table = leaderboard(results).stdout
    assert systems(table) == (["zenith", "weak"] if ranked else ["weak", "zenith"])
    assert ("this is no ranking" in table) != ranked
    assert ("too few sources" in table) == ("--unit" in words)
    assert (r" \[0." in table) == ranked
