"""Every page: its links lead somewhere, and the commands that it names exist."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from goldassay.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    {
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "annotations").rglob("README.md"),
        *(ROOT / "corpus").glob("*.md"),
        ROOT / "benchmarks" / "README.md",
        ROOT / "CHANGELOG.md",
        ROOT / "LICENSES.md",
    }
)
_FENCE = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_OPTIONS = r"(?:-{1,2}[\w-]+ +)*"


def anchors(page: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ +(.*?) *$", _FENCE.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(page: str, folder: Path) -> list[str]:
    """Relative links of a page in this folder that lead to no file, or to no heading of one."""
    prose = _CODE.sub("", _FENCE.sub("", page))
    found = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = folder / name
        there = target.exists() if name else True
        if there and anchor:
            there = anchor in anchors(target.read_text(encoding="utf-8") if name else page)
        if not there:
            found.append(link)
    return found


def named_commands(page: str) -> set[str]:
    """What stands as a command of goldassay in the page's code: in lines of blocks, and between single ticks."""
    blocks = [match[0] for match in _FENCE.finditer(page)]
    lines = [line for block in blocks for line in block.splitlines()]
    inline = [code.strip("`") for code in _CODE.findall(_FENCE.sub("", page))]
    return set(_first_words([*lines, *inline]))


def _first_words(codes: Iterable[str]) -> Iterable[str]:
    for code in codes:
        yield from re.findall(rf"(?:^|[|&;] *|\$ |python -m |bin/)\bgoldassay +{_OPTIONS}([a-z][\w-]*)", code.strip())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    assert dead_links(path.read_text(encoding="utf-8"), path.parent) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_exist(path: Path) -> None:
    named = named_commands(path.read_text(encoding="utf-8"))
    assert named <= set(COMMANDS), named - set(COMMANDS)


def test_every_command_is_named_on_some_page() -> None:
    named = {name for path in PAGES for name in named_commands(path.read_text(encoding="utf-8"))}
    assert set(COMMANDS) - named == set()


def test_commands_stand_in_alphabetical_order() -> None:
    assert list(COMMANDS) == sorted(COMMANDS)


def test_a_dead_link_and_an_unknown_command_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A head: of *two* words\n", encoding="utf-8")
    page = (
        "[a](there.md) [b](gone.md) [c](there.md#a-head-of-two-words) [d](there.md#gone) [e](#own)\n## Own\n"
        "[f](https://example.org/x) `[g](code.md)`\n```sh\nx | goldassay scoer -\n[h](code.md)\n```\n"
        "`goldassay --version`, `goldassay -q bnech`, goldassay finds, `import goldassay`\n"
    )
    assert dead_links(page, tmp_path) == ["gone.md", "there.md#gone"]
    assert named_commands(page) == {"scoer", "bnech"}
