"""nervaluate 1.0 and 1.1: one greedy pass a schema; the first overlapping gold span decides."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores
from goldassay.profiles.muc5 import HALF_CREDIT, SCHEMAS, read_documents, summarize
from goldassay.profiles.spans import TokenSpan

Choose = Callable[[TokenSpan, Sequence[tuple[int, TokenSpan]], str, float], tuple[int, bool] | None]
"""Prediction, free gold spans with their numbers, schema, threshold -> number of the gold span, whether it is right."""


def touches(span: TokenSpan, gold: TokenSpan, threshold: float) -> bool:
    """Whether the shared tokens are at least `threshold` percent of the gold span (and any are shared).

    >>> touches(TokenSpan(0, 1, "A"), TokenSpan(0, 150, "A"), 1.0)  # 0.67 %
    False
    """
    shared = min(span.end, gold.end) - max(span.start, gold.start)
    return shared > 0 and shared / (gold.end - gold.start) * 100.0 >= threshold


def is_right(span: TokenSpan, gold: TokenSpan, schema: str, threshold: float) -> bool:
    """Whether the pair is correct under the schema."""
    same_span, same_type = span[:2] == gold[:2], span.type == gold.type
    if schema == "ent_type":
        return same_type and touches(span, gold, threshold)
    if schema == "partial":
        return same_span and touches(span, gold, threshold)
    return same_span and (same_type or schema == "exact")


def choose_first(
    span: TokenSpan, free: Sequence[tuple[int, TokenSpan]], schema: str, threshold: float
) -> tuple[int, bool] | None:
    """The first free gold span that is right or overlaps, whatever comes later."""
    for number, gold in free:
        right = is_right(span, gold, schema, threshold)
        if right or touches(span, gold, threshold):
            return number, right
    return None


def count_verdicts(
    gold: Sequence[TokenSpan], predicted: Sequence[TokenSpan], schema: str, threshold: float, choose: Choose
) -> Counter[str]:
    """Verdicts of one document under one schema; predictions choose in the order listed, each gold span once.

    >>> gold = [TokenSpan(0, 2, "A"), TokenSpan(1, 2, "A")]
    >>> dict(count_verdicts(gold, [TokenSpan(1, 2, "A")], "strict", 1.0, choose_first))  # the equal one comes too late
    {'incorrect': 1, 'missed': 1}
    """
    counts: Counter[str] = Counter()
    free = dict(enumerate(gold))
    for span in predicted:
        choice = choose(span, list(free.items()), schema, threshold)
        if choice is None:
            counts["spurious"] += 1
            continue
        del free[choice[0]]
        counts["correct" if choice[1] else "partial" if schema == "partial" else "incorrect"] += 1
    counts["missed"] = len(free)
    return counts


def score_greedily(
    documents: Sequence[CaseDocument], options: Options, choose: Choose, *, forgets_half: bool
) -> Scores:
    """Overall numbers, and those of every type that occurs, each from a pass over the spans of that type alone.

    `forgets_half`: with two documents or more the partial schema loses its half credits when results are merged.
    """
    threshold = options.get("min_overlap_percentage", 1.0)
    if not 1.0 <= threshold <= 100.0:
        return NoAnswer(f"min_overlap_percentage {threshold} is outside 1 to 100; the original raises ValueError")
    read = read_documents(documents, options)
    if isinstance(read, NoAnswer):
        return read
    tokenized, types = read
    if not tokenized:
        return NoAnswer("there is no document; the original has no result at all")
    used = {span.type for item in tokenized for span in (*item.gold, *item.predicted)}
    values: dict[str, Any] = {}
    for schema in SCHEMAS:
        half = schema in HALF_CREDIT and not (forgets_half and len(tokenized) > 1)
        for name in (None, *(name for name in types if name in used)):
            counts: Counter[str] = Counter()
            for item in tokenized:
                gold = [span for span in item.gold if name in (None, span.type)]
                predicted = [span for span in item.predicted if name in (None, span.type)]
                counts.update(count_verdicts(gold, predicted, schema, threshold, choose))
            values[schema if name is None else f"{schema}/{name}"] = summarize(counts, half=half)
    return values


def score(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Numbers of nervaluate 1.0 and 1.1."""
    return score_greedily(documents, options, choose_first, forgets_half=True)


NERVALUATE_1_1 = Profile(
    name="nervaluate-1.1",
    kind="spans",
    scorers=("nervaluate@1.1.0",),
    tolerance=1e-8,
    quirks=(
        "Each schema runs its own greedy pass over the predictions in the order listed. The first free gold span that "
        "is right or overlaps decides, so an equal span further on is lost and the order of both lists matters. An "
        "overlap of less than min_overlap_percentage (1 by default) of the gold span counts as none. With two "
        "documents or more the partial schema forgets its half credits in precision, recall and F1. A type's numbers "
        "come from a pass over that type alone, so a type error is a miss and a spurious span there, and the types do "
        "not add up to the whole. Only types that occur are printed. 0/0 is 0."
    ),
    score=score,
)
