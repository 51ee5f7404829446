"""The page on formats says of each what its table says, and its commands run."""

import re
from pathlib import Path

from click.testing import CliRunner

from goldassay.cli.main import cli
from goldassay.exchange.table import FORMATS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def rows(head: str) -> list[list[str]]:
    """The cells of the table whose first line begins so."""
    lines = PAGE[PAGE.index(head) :].split("\n\n", 1)[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_table_is_that_of_the_code() -> None:
    head, _, *listed = rows("| format | mentions | clusters |")
    assert [row[0] for row in listed] == [f"`{name}`" for name in FORMATS]
    for row, form in zip(listed, FORMATS.values(), strict=True):
        said = {name for name, cell in zip(head[1:], row[1:], strict=True) if cell == "yes"}
        assert said == set(form.carries) - {"title", "language"}, form.name


def test_the_second_table_and_the_list_name_every_format() -> None:
    second = {name for row in rows("| format | mentions with a gap |")[2:] for name in re.findall(r"`(.*?)`", row[0])}
    assert second == FORMATS.keys() - {"gold", "predictions"}
    described = {
        name for part in re.findall(r"^\*\*(.*?)\*\*:", PAGE, re.MULTILINE) for name in re.findall(r"`(.*?)`", part)
    }
    assert described == second


def test_the_command_for_the_corpus_runs(tmp_path: Path) -> None:
    (command,) = re.findall(r"^goldassay (convert corpus .*?) *#", PAGE, re.MULTILINE)
    args = [str(tmp_path / one) if one == "out" else one for one in command.split()]
    assert CliRunner().invoke(cli, args).exit_code == 0
    assert len(list((tmp_path / "out").glob("*.ann"))) == 2


def test_the_round_trip_of_the_page_gives_no_difference(tmp_path: Path) -> None:
    part = PAGE[PAGE.index("## There and back") :].split("\n## ", 1)[0]
    commands, said = (
        block.strip().splitlines() for block in re.findall(r"^```\n(.*?)^```", part, re.DOTALL | re.MULTILINE)
    )
    files = {"out": str(tmp_path / "out"), "back.jsonl": str(tmp_path / "back.jsonl")}
    for command in commands:
        name, *args = command.split()
        assert name == "goldassay"
        last = CliRunner().invoke(cli, [files.get(one, one) for one in args])
        assert last.exit_code == 0, last.output
    assert [last.stdout.splitlines()[-1]] == said
    assert said[0].startswith("0 differences in annotations (")
    assert CliRunner().invoke(cli, ["diff", "corpus", files["back.jsonl"], "--exit-code"]).exit_code == 0
