"""The page on stance matrices: its pictures are of today's gold, its commands and statuses exist, its example holds."""

import re
import shlex
import sys
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from click.testing import CliRunner

from goldassay.cli.main import cli
from goldassay.report.stance_matrix import CELL_FIELDS
from goldassay.stance_matrix.difference import STATUSES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "stance-matrix.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^goldassay (matrix .*--out (docs/\S+))$", PAGE, re.MULTILINE)


def words(svg: str) -> list[tuple[str, str]]:
    tree = ElementTree.fromstring(svg)
    return [(part.tag, part.text or "") for part in tree.iter() if part.tag.endswith(("text", "title"))]


def locked_version() -> str | None:
    found = re.search(
        r"^matplotlib==(\S+)", (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    return found[1] if found else None


@pytest.mark.parametrize(("command", "picture"), COMMANDS)
def test_the_pictures_are_what_the_commands_draw(command: str, picture: str, tmp_path: Path) -> None:
    out = tmp_path / "picture.svg"
    arguments = [str(out) if part == picture else part for part in shlex.split(command)]
    result = CliRunner().invoke(cli, [*arguments, "--gold", str(ROOT)])
    assert result.exit_code == 0, result.output
    committed = (ROOT / picture).read_text(encoding="utf-8")
    assert words(committed) == words(out.read_text(encoding="utf-8")), f"run: goldassay {command}"
    if mpl.__version__ == locked_version():
        assert committed == out.read_text(encoding="utf-8"), f"run: goldassay {command}"


def test_both_pictures_are_shown() -> None:
    shown = re.findall(r"!\[[^]]+\]\((\S+)\)", PAGE)
    assert sorted(f"docs/{link}" for link in shown) == sorted(picture for _, picture in COMMANDS)
    assert len(shown) == 2


def test_fields_and_statuses_are_all_explained() -> None:
    rows = {name.strip() for row in re.findall(r"^\| ([^|]+) \|", PAGE, re.MULTILINE) for name in row.split(",")}
    assert set(CELL_FIELDS) <= rows
    assert set(STATUSES) <= rows


def test_the_worked_example() -> None:
    sys.path.insert(0, str(ROOT / "tests" / "cases"))
    from test_stance_matrix import FIRST, GOLD_IDS, gold, own, said

    from goldassay.model.predictions import Prediction
    from goldassay.stance_matrix.cells import build_matrices
    from goldassay.stance_matrix.difference import compare_matrices
    from goldassay.stance_matrix.figures import measure_difference, polarisation

    assert FIRST.entities is not None
    grades = [("e1", -2), ("e1", -1), ("e1", 1), ("e3", 2), ("e3", 1)]
    border = gold(
        "d1",
        FIRST.entities.entities,
        {"p1": "Zenda closes the border"},
        [own(who, "p1", grade) for who, grade in grades],
    )
    line = Prediction(doc_id="d1", stances=(said("e1", "p1", -1), said("e3", "p1", -1)))
    found = compare_matrices(*build_matrices([border], {"d1": line}, options=GOLD_IDS))
    (polarised,) = polarisation(found.gold).values()
    assert f"{polarised.value:.3f}" == "2.167"
    assert "3/2 - (-2/3) = 2.167" in PAGE
    figures = measure_difference(found)
    assert (figures.f1.value, figures.sign_accuracy.value, figures.spearman.value) == (1.0, 0.5, None)
    assert [change.status for change in found.changes.values()] == ["stronger", "flipped"]
