"""What the scorers of DROP and TAT-QA share: answers as normalised text, and F1 of two bags of words."""

import re
import string
from collections.abc import Callable

from goldassay.profiles.base import harmonic_mean

ReadNumber = Callable[[str], str | None]
"""A word as the number that a scorer takes it for, written out; null for a word that is none."""

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalise_answer(text: str, separators: str, read_number: ReadNumber) -> str:
    """An answer as both scorers compare it: lower case, numbers written out, no ASCII punctuation, no articles.

    A word that is a number keeps its punctuation until it is read; any other loses it and is then read again, which
    is how a sign or a decimal point can get lost.

    Args:
        text: The answer.
        separators: Characters between words.
        read_number: The scorer's own reading of numbers.

    >>> normalise_answer("The 75th Summit!", " ", lambda word: None)
    '75th summit'
    """
    words = []
    for cut in re.split(f"[{re.escape(separators)}]", text):
        word = cut.lower()
        number = read_number(word)
        if number is None:
            bare = word.translate(_PUNCTUATION)
            number = read_number(bare) or bare
        words += _ARTICLES.sub(" ", number).split()
    return " ".join(words)


def bag_f1(gold: set[str], predicted: set[str]) -> float:
    """F1 of two bags of words, each word once. Range 0 to 1, best 1; an empty bag has nothing to be wrong about.

    >>> bag_f1({"5.0", "ships"}, {"5.0"}), bag_f1(set(), set()), bag_f1(set(), {"5.0"})
    (0.6666666666666666, 1.0, 0.0)
    """
    shared = len(gold & predicted)
    return harmonic_mean(shared / len(predicted) if predicted else 1.0, shared / len(gold) if gold else 1.0)
