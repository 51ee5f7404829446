"""docs/design/dependencies.md has a row with a reason for each dependency, and for nothing else."""

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "design" / "dependencies.md").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def declared() -> set[tuple[str, str]]:
    """(package, extra) of everything that pyproject.toml asks for; extras of our own are not packages."""
    lists = {
        "core": PROJECT["project"]["dependencies"],
        "build": PROJECT["build-system"]["requires"],
        **PROJECT["project"]["optional-dependencies"],
    }
    names = {(re.split(r"[^\w.-]", one, maxsplit=1)[0], extra) for extra, ones in lists.items() for one in ones}
    return {(name, extra) for name, extra in names if name != PROJECT["project"]["name"]}


def tables() -> list[list[list[str]]]:
    """The page's tables: rows of cells, without head and rule."""
    blocks = re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE)
    return [[[cell.strip() for cell in row.strip("|").split("|")] for row in b.splitlines()[2:]] for b in blocks]


def explained(rows: list[list[str]]) -> list[tuple[str, str]]:
    return [
        (re.sub(r" \(.*\)", "", package), extra)
        for packages, extras, _, _ in rows
        for package in packages.split(", ")
        for extra in extras.split(", ")
    ]


def test_every_dependency_has_its_row_and_every_row_its_dependency() -> None:
    found = explained(tables()[0])
    assert len(found) == len(set(found))
    assert set(found) == declared()


def test_every_row_says_what_for_and_why() -> None:
    assert [row for row in tables()[0] if len(row) != 4 or not all(row)] == []


def test_every_extra_that_holds_other_extras_is_told() -> None:
    optional: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
    mixed = {name for name, ones in optional.items() if any(one.startswith("goldassay[") for one in ones)}
    assert {row[0].strip("`") for row in tables()[1]} == mixed


def test_every_lock_is_told_with_a_target_of_the_makefile() -> None:
    assert {row[0].strip("`") for row in tables()[2]} == {path.name for path in (ROOT / "requirements").iterdir()}
    named = {target for row in tables()[2] for target in re.findall(r"make ([\w-]+)", row[1])}
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named
    assert named <= targets, named - targets


def test_a_package_without_a_row_would_be_seen() -> None:
    rows = [["jinja2", "report, dev", "the page", "escapes"]]
    assert explained(rows) == [("jinja2", "report"), ("jinja2", "dev")]
    assert set(explained(rows)) != declared()
