"""nervaluate 1.2: still greedy over predictions, but each looks at all free gold spans before it settles."""

from collections.abc import Sequence

from goldassay.profiles.base import CaseDocument, Options, Profile, Scores
from goldassay.profiles.nervaluate_1_1 import is_right, score_greedily, touches
from goldassay.profiles.spans import TokenSpan


def choose_best(
    span: TokenSpan, free: Sequence[tuple[int, TokenSpan]], schema: str, threshold: float
) -> tuple[int, bool] | None:
    """The first right gold span (for ent_type the one with the nearest ends), else the first that overlaps.

    >>> free = [(0, TokenSpan(0, 9, "A")), (1, TokenSpan(1, 2, "A"))]
    >>> choose_best(TokenSpan(1, 2, "A"), free, "strict", 1.0)
    (1, True)
    """
    right = [(number, gold) for number, gold in free if is_right(span, gold, schema, threshold)]
    if right:
        nearest = min(right, key=lambda item: abs(span.start - item[1].start) + abs(span.end - item[1].end))
        return (nearest if schema == "ent_type" else right[0])[0], True
    return next(((number, False) for number, gold in free if touches(span, gold, threshold)), None)


def score(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Numbers of nervaluate 1.2.1."""
    return score_greedily(documents, options, choose_best, forgets_half=False)


NERVALUATE_1_2 = Profile(
    name="nervaluate-1.2",
    kind="spans",
    scorers=("nervaluate@1.2.1",),
    tolerance=1e-8,
    quirks=(
        "As 1.1, except that each prediction first looks for a gold span that is right (for ent_type the one of its "
        "type with the nearest ends) and only then takes the first that overlaps; and that the half credits of the "
        "partial schema survive several documents (1.2.0 still loses them). Predictions still choose one after the "
        "other, so an earlier overlap can take the gold span that a later prediction equals."
    ),
    score=score,
)
