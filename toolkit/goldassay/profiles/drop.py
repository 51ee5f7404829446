"""DROP's answer scorer: exact match and F1 of normalised strings, numbers first."""

from collections.abc import Sequence

import numpy as np

from goldassay.profiles.answers import bag_f1, normalise_answer
from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores

SEPARATORS = " -"


def read_number(word: str) -> str | None:
    """A word that Python reads as a floating-point number, as Python writes it.

    >>> read_number("12000"), read_number("12,000"), read_number("٣"), read_number("inf")
    ('12000.0', None, '3.0', 'inf')
    """
    try:
        return str(float(word))
    except ValueError:
        return None


def normalise(text: str) -> str:
    """An answer as it is compared.

    >>> normalise("about 12,000 troops"), normalise("-5"), normalise("12.5%"), normalise("The")
    ('about 12000.0 troops', '5.0', '125.0', '')
    """
    return normalise_answer(text, SEPARATORS, read_number)


def score_pair(gold: set[str], predicted: set[str]) -> float:
    """F1 of two bags, but 0 where gold has numbers and none of them is predicted.

    >>> score_pair({"5.0", "ships"}, {"7.0", "ships"}), score_pair({"ships"}, {"7.0", "ships"})
    (0.0, 0.6666666666666666)
    """
    numbers = {word for word in gold if read_number(word) is not None}
    return 0.0 if numbers and not numbers & predicted else bag_f1(gold, predicted)


def score_answer(gold: Sequence[str], predicted: Sequence[str]) -> tuple[float, float | None]:
    """Exact match and F1 of one answer of several strings; F1 is null if neither side has a string.

    Strings pair one to one for the largest sum; every string without a partner is a 0 in the mean, which is rounded to
    two decimals.

    >>> score_answer(["12,000"], ["12000"]), score_answer(["a 1"], ["a 1", "b 2", "c 3"])
    ((1.0, 1.0), (0.0, 0.33))
    """
    from scipy.optimize import linear_sum_assignment

    right, found = [normalise(text) for text in gold], [normalise(text) for text in predicted]
    exact = float(set(right) == set(found) and len(right) == len(found))
    longest = max(len(right), len(found))
    if not longest:
        return exact, None
    bags = [set(text.split()) for text in found]
    pairs = np.array([[score_pair(set(text.split()), bag) for bag in bags] for text in right])
    pairs = pairs.reshape(len(right), len(bags))
    best = np.zeros(longest)
    rows, columns = linear_sum_assignment(pairs, maximize=True)
    best[rows] = pairs[rows, columns]
    return exact, float(np.round(best.mean(), 2))


def score(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Means over the questions of the gold; a question without a prediction is 0, one that gold lacks is ignored."""
    read: list[tuple[float, float | None]] = []
    for document in documents:
        gold, predicted = document["gold"], document["predicted"]
        if gold is None:
            continue
        if not all(isinstance(text, str) for text in (*gold, *(predicted or ()))):
            return NoAnswer(f"an answer of document {document['doc_id']!r} is no text; the original raises")
        read.append((0.0, 0.0) if predicted is None else score_answer(gold, predicted))
    if not read:
        return NoAnswer("there is no question; the original takes the mean of nothing")
    shares = [f1 for _, f1 in read if f1 is not None]
    return {
        "em": sum(exact for exact, _ in read) / len(read),
        "f1": sum(shares) / len(read)
        if len(shares) == len(read)
        else NoAnswer("a question has no string on either side; the original takes the mean of nothing"),
    }


DROP = Profile(
    name="drop",
    kind="answers",
    scorers=("drop",),
    tolerance=1e-9,
    quirks=(
        "Answers are cut at spaces and hyphens, so 5 equals -5; ASCII punctuation is deleted from every word that "
        "Python does not read as a number, so 12.5% equals 125, and 12 thousand is not 12000. Articles vanish, so the "
        "equals a. Where gold has numbers and none of them is predicted F1 is 0. Strings pair one to one for the "
        "largest sum, those without a partner are 0, and F1 of a question is rounded to two decimals before the mean."
    ),
    score=score,
)
