"""The page of measures: its examples print what they say, and it names every measure of the layers that it is about."""

import doctest
import re
from pathlib import Path

import pytest

from goldassay.layers import get_layers

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def failures(source: str) -> tuple[int, int, str]:
    example = doctest.DocTestParser().get_doctest(source, {}, "measures", str(PAGE), 0)
    said: list[str] = []
    outcome = doctest.DocTestRunner(verbose=False).run(example, out=said.append)
    return outcome.failed, sum(bool(step.want) for step in example.examples), "".join(said)


def test_the_examples_of_the_page_hold() -> None:
    failed, n_values, said = failures("\n".join(BLOCK.findall(PAGE.read_text(encoding="utf-8"))))
    assert failed == 0, said
    assert n_values >= 20


def test_a_page_with_a_wrong_number_would_fail() -> None:
    assert failures(">>> 1 + 1\n3\n")[0] == 1


@pytest.mark.parametrize(
    "layer", ["entities", "coreference", "linking", "stances", "stance_pairs", "attributions", "numeric_facts", "times"]
)
def test_the_page_names_every_match_and_view(layer: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for match in get_layers()[layer].matches:
        assert f"`{match.name}`" in text, match.name
        assert f"`{match.view}`" in text, match.view
