"""docs/design/architecture.md shows every part of the package on its floor, and names registries that exist."""

import importlib
import re
from pathlib import Path

from test_layering import FLOORS, PACKAGE

from goldassay.layers import get_layers

PAGE = (Path(__file__).parents[2] / "docs" / "design" / "architecture.md").read_text(encoding="utf-8")


def drawn(page: str) -> dict[str, int]:
    """Part of the package to the floor that the tree shows it on."""
    lines = re.findall(r"^L(\d)  (\w+(?:, \w+)*)  +\S", page, re.MULTILINE)
    return {name: int(floor) for floor, names in lines for name in names.split(", ")}


def test_the_tree_is_that_of_the_layering() -> None:
    expected = {name: floor for name, floor in FLOORS.items() if not name.startswith("_")}
    assert drawn(PAGE) == expected


def test_every_part_of_the_layering_exists() -> None:
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert set(FLOORS) == there


def test_all_layers_are_named() -> None:
    (named,) = re.findall(r"^There are eight: (.*?)\.", PAGE, re.MULTILINE)
    assert re.findall(r"`(\w+)`", named) == list(get_layers())
    assert len(get_layers()) == 8


def test_registries_exist() -> None:
    (table,) = re.findall(r"^\| what \| where \| registered in \|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    named = [name for row in table.splitlines() for name in re.findall(r"`([\w.]+)`", row.split("|")[3])]
    assert len(named) > 5
    for name in set(named) - {"FLOORS"}:
        module, _, value = name.rpartition(".")
        is_module = (PACKAGE / f"{name.replace('.', '/')}.py").exists()
        assert is_module or hasattr(importlib.import_module(f"goldassay.{module}"), value), name


def test_a_part_on_another_floor_would_be_seen() -> None:
    assert drawn("L2  gate, judging      words\nL2 none\n") == {"gate": 2, "judging": 2}
