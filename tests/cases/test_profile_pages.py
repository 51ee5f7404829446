"""The page of each profile: it exists, and what its examples print is what they say."""

import doctest
import re
from pathlib import Path

import pytest

from goldassay.profiles import PROFILES

FOLDER = Path(__file__).parents[2] / "docs" / "profiles"
INDEX = FOLDER / "README.md"
PAGES = sorted(page for page in FOLDER.glob("*.md") if page != INDEX)
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_profile_has_a_page_and_every_page_a_profile() -> None:
    assert {page.stem for page in PAGES} == {row[0] for row in PROFILES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_the_page_hold(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    assert blocks, "a page shows its smallest case"
    assert text.startswith(f"# {page.stem}\n")
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.stem, str(page), 0)
    assert page.stem in example.docstring
    assert any(step.want for step in example.examples)
    said: list[str] = []
    outcome = doctest.DocTestRunner(verbose=False).run(example, out=said.append)
    assert outcome.failed == 0, "".join(said)


def test_the_index_names_every_profile_with_the_kinds_that_it_reads() -> None:
    lines = INDEX.read_text(encoding="utf-8").splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| [")]
    kinds: dict[str, list[str]] = {}
    for name, kind, _, _ in PROFILES:
        kinds.setdefault(name, []).append(kind)
    assert [row[:2] for row in table] == [[f"[{name}]({name}.md)", ", ".join(found)] for name, found in kinds.items()]
    assert all(len(row) == 5 and all(row) for row in table)


def test_a_page_with_a_wrong_number_would_fail() -> None:
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, 0)
    assert doctest.DocTestRunner(verbose=False).run(wrong, out=lambda text: None).failed == 1
