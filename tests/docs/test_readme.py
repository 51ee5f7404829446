"""What the README shows is what comes out, and what it names exists."""

import json
import re
from pathlib import Path

import pytest

import goldassay
from goldassay.cli.main import COMMANDS
from goldassay.gold import load_gold
from goldassay.hub.card import split_card
from goldassay.model.finding import CODES
from goldassay.report.headlines import format_spread, headline_claim, shared_line
from goldassay.report.jsonfile import read_score_file
from goldassay.report.table import HEADLINES, headline_scores

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"
BODY = split_card((ROOT / "README.md").read_text(encoding="utf-8"))[1]


def test_the_table_shows_the_committed_results() -> None:
    systems = sorted(path.parent.name for path in RESULTS.glob("*/score.json"))
    assert len(systems) >= 5
    shown = {cells[0]: cells[1:] for line in BODY.splitlines() if len(cells := re.split(r"  +", line.strip())) == 4}
    for system in systems:
        scores = read_score_file((RESULTS / system / "score.json").read_bytes()).scores
        assert shown[system] == [format_spread(score) for _, score in headline_scores(scores)], system
    assert len(HEADLINES) == 3


def test_what_stands_under_the_table_is_said_of_the_committed_results() -> None:
    files = [read_score_file(path.read_bytes()) for path in RESULTS.glob("*/score.json")]
    (block,) = re.findall(r"What comes out:\n\n```\n(.*?)```", BODY, re.DOTALL)
    assert max(map(len, block.splitlines())) <= 100
    for line in (headline_claim(files), shared_line(files[0].signature)):
        assert line in " ".join(block.split()), line


def test_the_results_are_of_todays_gold() -> None:
    gold = load_gold(ROOT)
    assert "dirty" not in gold.version
    for path in RESULTS.glob("*/score.json"):
        where = json.loads(path.read_text(encoding="utf-8"))["provenance"]
        assert (where["version"], where["fingerprint"]) == (gold.version, gold.fingerprint), path.parent.name


def test_commands_and_links_exist() -> None:
    named = set(re.findall(r"\bgoldassay (\w+)", BODY)) - {"tells", "finds", "run"}
    assert named
    assert named <= set(COMMANDS), named - set(COMMANDS)
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", BODY) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_command_has_help_and_every_code_its_words() -> None:
    assert all(text.endswith(".") for text in COMMANDS.values())
    assert all(code.title and code.fix for code in CODES.values())


def test_everything_in_the_example_is_right(tmp_path: Path) -> None:
    section = BODY.split("## Score your own system")[1].split("\n## ")[0]
    (example,) = re.findall(r"```json\n(.*?)```", section, re.DOTALL)
    path = tmp_path / "predictions.jsonl"
    path.write_text(example, encoding="utf-8")
    # The headlines are F1: with n of N gold items right and nothing else predicted it is 2n / (N + n).
    for title, score in headline_scores(goldassay.score(path, gold=ROOT).scores):
        assert score is not None, title
        right = {"entities": 2, "stances": 1, "numeric_facts": 1}[score.layer]
        assert score.value == pytest.approx(2 * right / (score.support + right)), title


def test_the_example_of_gold_lines_is_valid(tmp_path: Path) -> None:
    section = BODY.split("## Your own corpus")[1].split("\n## ")[0]
    (example,) = re.findall(r"```json\n(.*?)```", section, re.DOTALL)
    path = tmp_path / "mine.jsonl"
    path.write_text(example, encoding="utf-8")
    assert [item for item in load_gold(path).documents if item.entities is None] == []
