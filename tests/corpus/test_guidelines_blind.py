"""The guidelines are blind: no five words in a row of them stand in a seed text.

An annotator who has read the guidelines must not have read a piece of the texts that the gold is made of.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted((ROOT / "annotations" / "guidelines").glob("*.md")), ROOT / "docs" / "design" / "authoring-form.md"]
SEEDS = sorted((ROOT / "corpus" / "seeds").glob("*.txt"))
LENGTH = 5


def read_words(text: str) -> list[str]:
    """Case-folded runs of letters and digits; every other character ends a word, so “A’s” is two."""
    return re.findall(r"[^\W_]+", text.casefold())


def collect_sequences(text: str) -> set[tuple[str, ...]]:
    words = read_words(text)
    return {tuple(words[at : at + LENGTH]) for at in range(len(words) - LENGTH + 1)}


def find_shared(page: str, seed: str) -> list[str]:
    """The sequences of five words that both texts hold."""
    return sorted(" ".join(words) for words in collect_sequences(page) & collect_sequences(seed))


def test_all_pages_and_seeds_are_there() -> None:
    assert [page.name for page in PAGES] == ["entities.md", "numeric_facts.md", "stances.md", "authoring-form.md"]
    assert len(SEEDS) == 2
    assert all(len(read_words(path.read_text(encoding="utf-8"))) > 200 for path in [*PAGES, *SEEDS])


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_no_five_words_of_a_page_stand_in_a_seed(page: Path, seed: Path) -> None:
    assert find_shared(page.read_text(encoding="utf-8"), seed.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_planted_breach_is_found(page: Path, seed: Path) -> None:
    """Five words of the seed, in capitals, with other punctuation and over a line break, are found wherever taken."""
    clean, text = page.read_text(encoding="utf-8"), seed.read_text(encoding="utf-8")
    words = read_words(text)
    for at in range(0, len(words) - LENGTH + 1, 7):
        taken = [word.upper() for word in words[at : at + LENGTH]]
        planted = f"{clean}\n*Example:* “{taken[0]} {taken[1]},\n{taken[2]} — {' '.join(taken[3:])}.”\n"
        assert find_shared(planted, text) == [" ".join(taken).casefold()]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_four_words_are_no_breach(seed: Path) -> None:
    text = seed.read_text(encoding="utf-8")
    four = " ".join(read_words(text)[10:14])
    assert find_shared(f"Szohôd {four} Szohôd", text) == []
