"""What a compatibility profile is: the rules of one official scorer, as data and one pure function."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "spans",
    "tags",
    "clusters",
    "links",
    "sets",
    "values",
    "times",
    "answers",
    "labels",
    "opinions",
    "stances",
    "number_strings",
    "value_pairs",
]
"""What the records of a case are. The last two are cases without documents: a string to read, two values to compare."""

CaseDocument = Mapping[str, Any]
"""`{doc_id, text, gold, predicted}`; `gold` or `predicted` is null where that side has no such document."""

Options = Mapping[str, Any]
"""What a case says beside its documents: `types`, `scheme`, `labels`, `min_overlap_percentage` and the like."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A null with its reason: the original raises, crashes or has no rule here, so there is no number to reproduce."""

    reason: str


Scores = dict[str, Any] | NoAnswer
"""Metric path to number, string, list, null, `NoAnswer` or a further level; or no answer at all."""

Score = Callable[[Sequence[CaseDocument], Options], Scores]


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one official scorer for one kind of record.

    name        as the command line knows it, with the version where versions differ
    kind        the records it reads
    scorers     keys under `expected` in vector files that it answers
    tolerance   largest difference to an official number that still counts as the same
    quirks      one paragraph: what this scorer does that others do not
    score       pure: documents of a case and its options to numbers; never raises on well-formed records
    """

    name: str
    kind: Kind
    scorers: tuple[str, ...]
    tolerance: float
    quirks: str
    score: Score


def harmonic_mean(precision: float, recall: float) -> float:
    """Balanced F as the official scorers print it: 0 where both are 0. Range 0 to 1, best 1.

    >>> harmonic_mean(0.5, 1.0), harmonic_mean(0.0, 0.0)
    (0.6666666666666666, 0.0)
    """
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def rates(true_positive: float, predicted: float, gold: float) -> dict[str, float]:
    """Precision, recall and F1 with every 0/0 written as 0, the habit of most official scorers.

    >>> rates(2, 4, 2)
    {'precision': 0.5, 'recall': 1.0, 'f1': 0.6666666666666666}
    >>> rates(0, 0, 3)
    {'precision': 0.0, 'recall': 0.0, 'f1': 0.0}
    """
    precision = true_positive / predicted if predicted else 0.0
    recall = true_positive / gold if gold else 0.0
    return {"precision": precision, "recall": recall, "f1": harmonic_mean(precision, recall)}
