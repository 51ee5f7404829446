"""SemEval-2016 task 6: the mean of the F1 of FAVOR and of AGAINST, pooled over targets, as both scripts print it."""

from collections.abc import Sequence
from functools import partial

from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores
from goldassay.profiles.labels import count_labels, label_rates, pair_labels

AVERAGED = ("FAVOR", "AGAINST")
V1 = (*AVERAGED, "NONE")
V2 = (*V1, "UNKNOWN")


def score_labels(documents: Sequence[CaseDocument], options: Options, *, known: Sequence[str]) -> Scores:
    """Precision, recall and F1 of both averaged labels, their mean, and that mean as the script prints it."""
    pairs = pair_labels(documents)
    if isinstance(pairs, NoAnswer):
        return pairs
    for item in pairs:
        for label in (item.gold, item.predicted):
            if label not in known:
                return NoAnswer(f"label {label!r} is none of {', '.join(known)}; the script ends there")
    counts = count_labels(pairs)
    found = {label: label_rates(counts, label) for label in AVERAGED}
    mean = sum(values["f1"] for values in found.values()) / len(AVERAGED)
    return {
        **{
            label: {"p": values["precision"], "r": values["recall"], "f1": values["f1"]}
            for label, values in found.items()
        },
        "favg": mean,
        "favg_printed": f"{mean:.4f}",
    }


_QUIRKS = (
    "NONE is not averaged, though calling it FAVOR or AGAINST costs their precision: a perfect system on items that "
    "are all NONE scores 0, and a label that the gold lacks caps the score at one half. Items of all targets are "
    "pooled. 0/0 is 0. "
)
SEMEVAL2016_V1 = Profile(
    "semeval2016-6-v1",
    "labels",
    ("semeval2016_task6_v1",),
    1e-9,
    _QUIRKS + "This version ends at the label UNKNOWN.",
    partial(score_labels, known=V1),
)
SEMEVAL2016_V2 = Profile(
    "semeval2016-6-v2",
    "labels",
    ("semeval2016_task6_v2",),
    1e-9,
    _QUIRKS + "A prediction may be UNKNOWN, which costs recall alone.",
    partial(score_labels, known=V2),
)
