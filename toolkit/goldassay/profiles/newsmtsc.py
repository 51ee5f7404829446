"""NewsMTSC: macro F1 over three polarities, the mean F1 of the two that take a side, accuracy and average recall."""

from collections.abc import Sequence

from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores
from goldassay.profiles.labels import count_labels, mean_rate, pair_labels, share_right

POLARITIES = (-1, 0, 1)


def score_polarities(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """The numbers that the evaluator prints; labels are -1, 0 and 1."""
    pairs = pair_labels(documents)
    if isinstance(pairs, NoAnswer):
        return pairs
    for item in pairs:
        for label in (item.gold, item.predicted):
            if label not in POLARITIES:
                return NoAnswer(f"label {label!r} is none of -1, 0 and 1")
    if not pairs:
        return NoAnswer("no item: the original has nothing to average")
    counts = count_labels(pairs)
    return {
        "f1_macro": mean_rate(counts, POLARITIES, "f1"),
        "f1_posneg": mean_rate(counts, (-1, 1), "f1"),
        "accuracy": share_right(counts),
        "recall_avg": mean_rate(counts, POLARITIES, "recall"),
        "precision_macro": mean_rate(counts, POLARITIES, "precision"),
    }


NEWSMTSC = Profile(
    "newsmtsc",
    "labels",
    ("newsmtsc_evaluator",),
    1e-9,
    "All three polarities enter each mean, whether they occur or not, and 0/0 is 0: a perfect system scores a macro F1 "
    "of 1/3 on items of one polarity. f1_posneg leaves the neutral out, though errors on it cost the precision of the "
    "others. Grades are folded to their sign before the evaluator sees them.",
    score_polarities,
)
