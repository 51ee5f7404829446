"""FNC-1, stage one of the Fake News Challenge: points for finding a related text, more for the right stance in it."""

from collections.abc import Sequence

from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores
from goldassay.profiles.labels import LabelledPair, pair_labels

RELATED = ("agree", "disagree", "discuss")
STANCES = (*RELATED, "unrelated")


def pay(gold: str, predicted: str) -> float:
    """Points of one item: 1/4 for the same label, 1/2 more if it is a related one, 1/4 if both sides are related.

    >>> pay("agree", "agree"), pay("unrelated", "unrelated"), pay("agree", "discuss"), pay("agree", "unrelated")
    (1.0, 0.25, 0.25, 0.0)
    """
    same = gold == predicted
    return 0.25 * same + 0.5 * (same and gold in RELATED) + 0.25 * (gold in RELATED and predicted in RELATED)


def score_stances(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Points, the points of a perfect system, the share of these in percent, and the confusion, gold in rows."""
    pairs = pair_labels(documents)
    if isinstance(pairs, NoAnswer):
        return pairs
    for item in pairs:
        for label in (item.gold, item.predicted):
            if label not in STANCES:
                return NoAnswer(f"label {label!r} is none of {', '.join(STANCES)}; the script ends there")
    score = _total(pairs)
    best = _total([item._replace(predicted=item.gold) for item in pairs])
    confusion = [[0] * len(STANCES) for _ in STANCES]
    for item in pairs:
        confusion[STANCES.index(str(item.gold))][STANCES.index(str(item.predicted))] += 1
    return {
        "score": score,
        "best": best,
        "relative": 100 * score / best if best else NoAnswer("no item: the original divides by zero"),
        "confusion": confusion,
    }


def _total(pairs: Sequence[LabelledPair]) -> float:
    return sum((pay(str(item.gold), str(item.predicted)) for item in pairs), 0.0)


FNC_1 = Profile(
    "fnc-1",
    "labels",
    ("fnc1",),
    1e-9,
    "Points, not a rate: an unrelated item is worth a quarter of a related one, and any related label on a related "
    "item earns a quarter, so a system that says discuss of everything related does well. `relative` is the share of "
    "the points that the gold itself would earn, in percent.",
    score_stances,
)
