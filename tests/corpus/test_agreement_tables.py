"""The published tables of agreement are what `goldassay agree` prints today."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from goldassay.cli.main import cli

ROOT = Path(__file__).parents[2]
TABLES = sorted((ROOT / "annotations" / "agreement").glob("*-*.md"))


def test_every_pair_is_there() -> None:
    assert [path.stem for path in TABLES] == ["a-b", "c-gold", "d-gold"]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_is_fresh(path: Path) -> None:
    a, b = path.stem.split("-")
    shown = CliRunner().invoke(cli, ["agree", a, b, "--format", "markdown", "--root", str(ROOT)])
    assert shown.exit_code == 0, shown.output
    assert path.read_text(encoding="utf-8") == shown.output, (
        f"run: goldassay agree {a} {b} --format markdown > annotations/agreement/{path.name}"
    )
