"""`goldassay list`: names and words stand apart, one thing a line."""

import pytest
from click.testing import CliRunner

from goldassay.cli.main import cli
from goldassay.layers import get_layers
from goldassay.measures.measure import parse_measure


def listed(what: str) -> list[str]:
    result = CliRunner().invoke(cli, ["list", what])
    assert result.exit_code == 0
    return result.stdout.splitlines()


def test_measures_and_their_words_are_aligned_in_each_layer() -> None:
    columns: dict[str, set[int]] = {}
    for line in listed("measures"):
        token, title = line.split(maxsplit=1)
        assert str(parse_measure(token)) == token
        assert line[len(token) :].startswith("  ")
        columns.setdefault(token.split(".")[0], set()).add(line.index(title, len(token)))
    assert set(columns) == set(get_layers())
    assert [layer for layer, found in columns.items() if len(found) > 1] == []


@pytest.mark.parametrize("what", ["layers", "systems", "profiles", "formats", "findings"])
def test_a_line_is_a_name_and_words(what: str) -> None:
    rows = [line.split(maxsplit=1) for line in listed(what)]
    assert all(len(row) == 2 and row[0].isprintable() and not set(row[0]) & set(",;()") for row in rows)
    assert len({name for name, _ in rows}) > 3
