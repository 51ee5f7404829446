"""SemEval-2022 task 10: Sentiment F1 of opinion tuples, and the span F1 of the task's graph parser."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores, harmonic_mean
from goldassay.profiles.opinions import Opinion, TokenFinder

VARIANTS = ("sf1", "nsf1", "sf1_unweighted", "nsf1_unweighted")
PARTS = ("holder", "target", "expression")
NOTHING = frozenset({-1})
"""What stands for the tokens of an empty holder or target, so that two empty ones meet. Expressions have no such."""
EPSILON = 1e-6
"""Added to each denominator of span F1."""

Sums = Mapping[tuple[str, str], float]
"""By metric and column; credits, so not always whole."""

Addend = tuple[str, str, float]
"""Metric, column and what is added there."""


def give_credit(opinion: Opinion, others: Sequence[Opinion]) -> Mapping[str, float]:
    """What an opinion earns against the other side, by variant; nothing unless all three parts touch those of one.

    The weight is the largest mean share of the opinion's own parts, taken over all that it touches: polarity says
    whether there is a match, not with whom.

    >>> one, two = frozenset({1}), frozenset({2, 3})
    >>> said = Opinion(one, one, two, "Positive")
    >>> give_credit(said, [Opinion(one, one, frozenset({3}), "Negative")])["nsf1"]
    0.8333333333333334
    """
    parts = _fill(opinion)
    touched = [(other, _fill(other)) for other in others]
    touched = [(other, theirs) for other, theirs in touched if all(a & b for a, b in zip(parts, theirs, strict=True))]
    if not touched:
        return dict.fromkeys(VARIANTS, 0.0)
    weight = max(
        sum(len(a & b) / len(a) for a, b in zip(parts, theirs, strict=True)) / len(PARTS) for _, theirs in touched
    )
    agrees = float(any(other.polarity == opinion.polarity for other, _ in touched))
    return dict(zip(VARIANTS, (agrees * weight, weight, agrees, 1.0), strict=True))


def _fill(opinion: Opinion) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    return opinion.holder or NOTHING, opinion.target or NOTHING, opinion.expression


def count_opinions(gold: Sequence[Opinion], predicted: Sequence[Opinion]) -> Iterator[Addend]:
    """Credits of both sides of one text, by variant, and how many opinions there are."""
    for column, own, others in (("predicted", predicted, gold), ("gold", gold, predicted)):
        for opinion in own:
            for variant, credit in give_credit(opinion, others).items():
                yield variant, f"right_{column}", credit
                yield variant, column, 1


def label_tokens(opinions: Sequence[Opinion], length: int) -> list[str | None]:
    """One part a token: the last opinion wins, and inside one the expression over the target over the holder.

    An opinion without an expression is not in the parser's graph, so it labels nothing.

    >>> zero, one = frozenset({0}), frozenset({1})
    >>> label_tokens([Opinion(zero, one, one, ""), Opinion(one, zero, frozenset(), "")], 3)
    ['holder', 'expression', None]
    """
    labels: list[str | None] = [None] * length
    for opinion in opinions:
        for part in PARTS if opinion.expression else ():
            for token in getattr(opinion, part):
                labels[token] = part
    return labels


def count_tokens(gold: Sequence[Opinion], predicted: Sequence[Opinion], length: int) -> Iterator[Addend]:
    """Tokens of one text with the same part on both sides, and all tokens of the part on either side."""
    for mine, said in zip(label_tokens(gold, length), label_tokens(predicted, length), strict=True):
        for column, part in (("gold", mine), ("predicted", said), ("right", mine if mine == said else None)):
            if part is not None:
                yield part, column, 1


def score_opinions(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Sentiment F1 in four variants and span F1 of three parts, added up over texts before anything is divided."""
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for document in documents:
        if document["gold"] is None or document["predicted"] is None:
            side = "gold" if document["gold"] is None else "prediction"
            return NoAnswer(f"the {side} lacks sentence {document['doc_id']!r}; the original raises AssertionError")
        finder = TokenFinder(document["text"])
        gold, predicted = finder.read(document["gold"]), finder.read(document["predicted"])
        for metric, column, number in chain(
            count_opinions(gold, predicted), count_tokens(gold, predicted, finder.length)
        ):
            sums[metric, column] += number
    scores: dict[str, Any] = {name: _divide(sums, name) for name in VARIANTS}
    return scores | {f"span_{part}": _divide_smoothed(sums, part) for part in PARTS}


def _divide(sums: Sums, name: str) -> dict[str, float]:
    precision, recall = (
        sums[name, f"right_{side}"] / sums[name, side] if sums[name, side] else 0.0 for side in ("predicted", "gold")
    )
    return {"p": precision, "r": recall, "f1": harmonic_mean(precision, recall)}


def _divide_smoothed(sums: Sums, name: str) -> dict[str, float]:
    right = sums[name, "right"]
    precision, recall = (right / (sums[name, side] + EPSILON) for side in ("predicted", "gold"))
    return {"p": precision, "r": recall, "f1": 2 * precision * recall / (precision + recall + EPSILON)}


SEMEVAL2022_10 = Profile(
    name="semeval2022-10",
    kind="opinions",
    scorers=("semeval2022_task10", "sentgraph_f1_scorer"),
    tolerance=1e-9,
    quirks=(
        "An opinion matches if holder, target and expression each share a token with those of one opinion of the other "
        "side, which any number of opinions may use; its weight ignores polarity. Tokens stand between spaces: a span "
        "that begins inside one is empty, a span that ends inside one runs to the end of the sentence, so gold against "
        "itself can be below 1. Empty holders and targets equal each other, an empty expression matches nothing. 0/0 "
        "is 0. A sentence that one side lacks raises. Span F1 gives each token one part, the last opinion's."
    ),
    score=score_opinions,
)
