"""Labels of given pairs: what the classification profiles count, with every 0/0 written as 0, as their originals do."""

from collections import Counter
from collections.abc import Hashable, Sequence
from math import sqrt
from typing import Any, NamedTuple

from goldassay.profiles.base import CaseDocument, NoAnswer, rates

Label = Hashable


class LabelledPair(NamedTuple):
    """One target of one document (and, where it is given, one holder) with the labels of both sides."""

    target: Any
    gold: Label
    predicted: Label


def pair_labels(documents: Sequence[CaseDocument]) -> list[LabelledPair] | NoAnswer:
    """The items of a case, paired by document, holder and target, in the order of the gold.

    The originals read two files line by line: an item that one side lacks, or that stands there twice, has no number.

    >>> item = {"target": "T"}
    >>> pair_labels([{"doc_id": "d", "gold": [item | {"label": 1}], "predicted": [item | {"label": 0}]}])
    [LabelledPair(target='T', gold=1, predicted=0)]
    """
    pairs = []
    for document in documents:
        sides: list[dict[Any, Label]] = []
        for side in ("gold", "predicted"):
            items = document[side] or ()
            sides.append({(item.get("holder"), item.get("target")): item["label"] for item in items})
            if len(sides[-1]) != len(items):
                return NoAnswer(f"document {document['doc_id']!r} has two {side} labels for one target")
        gold, predicted = sides
        if gold.keys() != predicted.keys():
            return NoAnswer(f"the two sides of document {document['doc_id']!r} do not label the same targets")
        pairs += [LabelledPair(key[1], label, predicted[key]) for key, label in gold.items()]
    return pairs


class LabelCounts(NamedTuple):
    """Items by gold label, by predicted label, and by label where both are the same."""

    gold: Counter[Label]
    predicted: Counter[Label]
    right: Counter[Label]


def count_labels(pairs: Sequence[LabelledPair]) -> LabelCounts:
    """Count the items of each label.

    >>> count_labels([LabelledPair("T", 1, 1), LabelledPair("T", 0, 1)]).predicted
    Counter({1: 2})
    """
    return LabelCounts(
        Counter(item.gold for item in pairs),
        Counter(item.predicted for item in pairs),
        Counter(item.gold for item in pairs if item.gold == item.predicted),
    )


def label_rates(counts: LabelCounts, label: Label) -> dict[str, float]:
    """Precision, recall and F1 of one label.

    >>> label_rates(count_labels([LabelledPair("T", 1, 1), LabelledPair("T", 0, 1)]), 1)["precision"]
    0.5
    """
    return rates(counts.right[label], counts.predicted[label], counts.gold[label])


def mean_rate(counts: LabelCounts, labels: Sequence[Label], rate: str) -> float | None:
    """Mean of one rate over labels, each weighing the same; null without labels.

    >>> mean_rate(count_labels([LabelledPair("T", 1, 1)]), [0, 1], "f1")  # label 0 occurs nowhere: 0
    0.5
    """
    return sum(label_rates(counts, label)[rate] for label in labels) / len(labels) if labels else None


def share_right(counts: LabelCounts) -> float | None:
    """Accuracy; null without items.

    >>> share_right(count_labels([LabelledPair("T", 1, 1), LabelledPair("T", 0, 1)]))
    0.5
    """
    return counts.right.total() / counts.gold.total() if counts.gold else None


def matthews(counts: LabelCounts) -> float:
    """Correlation of gold and predicted labels over all that occur. Range -1 to 1, best 1; 0 if a side is constant.

    Source: Gorodkin (2004).

    >>> matthews(count_labels([LabelledPair("T", 1, 1), LabelledPair("T", 0, 0)]))
    1.0
    >>> matthews(count_labels([LabelledPair("T", 1, 1)]))
    0.0
    """
    n = counts.gold.total()
    covariance = counts.right.total() * n - sum(
        number * counts.predicted[label] for label, number in counts.gold.items()
    )
    spread = [n * n - sum(number**2 for number in side.values()) for side in (counts.gold, counts.predicted)]
    return covariance / sqrt(spread[0] * spread[1]) if all(spread) else 0.0
