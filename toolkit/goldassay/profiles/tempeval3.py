"""TempEval-3's scorer of time expressions: extents strict and relaxed, types and values of the aligned pairs."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores, harmonic_mean

Record = dict[str, Any]


class Counts(NamedTuple):
    """What a set of documents holds: expressions of each side, aligned pairs, and pairs equal in one respect."""

    gold: int = 0
    predicted: int = 0
    aligned: int = 0
    text: int = 0
    type: int = 0
    value: int = 0


def align_times(gold: Iterable[Record], predicted: Iterable[Record]) -> list[tuple[Record, Record]]:
    """Pairs (gold, predicted) that share a character: from left to right, each prediction takes the first free gold.

    >>> gold = [{"start": 0, "end": 4}, {"start": 5, "end": 9}]
    >>> [pair[0]["start"] for pair in align_times(gold, [{"start": 3, "end": 6}, {"start": 6, "end": 9}])]
    [0, 5]
    >>> align_times(gold[:1], [{"start": 4, "end": 9}])  # neighbours share nothing
    []
    """
    free = sorted(gold, key=lambda item: int(item["start"]))
    pairs = []
    for item in sorted(predicted, key=lambda item: int(item["start"])):
        met = (
            place for place, other in enumerate(free) if item["start"] < other["end"] and other["start"] < item["end"]
        )
        place = next(met, None)
        if place is not None:
            pairs.append((free.pop(place), item))
    return pairs


def count_times(documents: Sequence[CaseDocument]) -> Counts:
    """Counts added over documents; a side that lacks a document has no expression there."""
    counts = []
    for document in documents:
        gold, predicted = document["gold"] or (), document["predicted"] or ()
        pairs = align_times(gold, predicted)
        same = (sum(right[key] == found[key] for right, found in pairs) for key in ("text", "type", "value"))
        counts.append(Counts(len(gold), len(predicted), len(pairs), *same))
    return Counts(*map(sum, zip(*counts, strict=True))) if counts else Counts()


def percent(share: float) -> float:
    """A share as the original prints it: per cent with two decimals, a half away from zero.

    >>> percent(2 / 3), percent(0.00125)
    (66.67, 0.13)
    """
    return float(Decimal(share * 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def rate_pairs(counts: Counts, right: int) -> tuple[float, float, float]:
    """F1, precision and recall of `right` pairs as shares; with no expression on either side F1 is 1 beside two 0s.

    >>> rate_pairs(Counts(gold=1, predicted=2), 1)
    (0.6666666666666666, 0.5, 1.0)
    >>> rate_pairs(Counts(), 0)
    (1.0, 0.0, 0.0)
    """
    precision = right / counts.predicted if counts.predicted else 0.0
    recall = right / counts.gold if counts.gold else 0.0
    nothing = not counts.gold and not counts.predicted
    return 1.0 if nothing else harmonic_mean(precision, recall), precision, recall


def score(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Strict and relaxed extents, F1 of type and value in per cent, and the counts; micro over documents."""
    for document in documents:
        for side in ("gold", "predicted"):
            if any(item["value"] is None for item in document[side] or ()):
                return NoAnswer(
                    f"a time of the {side} side of document {document['doc_id']!r} has no value; the original stops"
                )
    counts = count_times(documents)
    values: dict[str, Any] = {
        name: dict(zip(("F1", "P", "R"), map(percent, rate_pairs(counts, right)), strict=True))
        for name, right in (("strict", counts.text), ("relaxed", counts.aligned))
    }
    relaxed = rate_pairs(counts, counts.aligned)[0]
    for name, right in (("value_F1", counts.value), ("type_F1", counts.type)):
        # Without a pair relaxed F1 is 0, or 1 where there is no expression at all, and is what the original prints.
        values[name] = percent(right / counts.aligned * relaxed if counts.aligned else relaxed)
    return values | {
        "matching_type": counts.type,
        "matching_value": counts.value,
        "matching_timex": counts.aligned,
        "n_gold": counts.gold,
        "n_pred": counts.predicted,
    }


TEMPEVAL_3 = Profile(
    name="tempeval-3",
    kind="times",
    scorers=("tempeval3",),
    tolerance=1e-9,
    quirks=(
        "From left to right each prediction takes the first gold expression it touches, not the best one. Strict "
        "compares the texts of the pair, not the offsets; relaxed asks for one shared character. Type and value are "
        "exact strings, so P2D is not PT48H; their F1 is the share of aligned pairs that agree times relaxed F1. All "
        "is micro over documents, in per cent with two decimals. No expression on either side is F1 100 beside "
        "precision and recall 0; any other 0/0 is 0. An expression without a value stops the original."
    ),
    score=score,
)
