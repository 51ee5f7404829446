"""The examples of the page on score files run as they stand, in a checkout; its table has the columns of the CSV."""

import doctest
import re
from pathlib import Path

import pytest

from goldassay.report.flat import COLUMNS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "score-file.md"


def test_the_examples_give_what_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    source = "\n".join(re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))
    example = doctest.DocTestParser().get_doctest(source, {}, "score-file", str(PAGE), 0)
    said: list[str] = []
    outcome = doctest.DocTestRunner(verbose=False).run(example, out=said.append)
    assert outcome.attempted > 5
    assert outcome.failed == 0, "".join(said)


def test_every_column_is_explained() -> None:
    section = PAGE.read_text(encoding="utf-8").split("## As a table")[1].split("\n## ")[0]
    named = [name for line in section.splitlines() if line.startswith("| `") for name in line.split("|")[1].split(",")]
    assert {name.strip(" `") for name in named} == set(COLUMNS)
