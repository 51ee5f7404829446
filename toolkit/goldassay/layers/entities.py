"""The entities layer: mentions by the four schemas of MUC-5 and SemEval-2013 on the default alignment.

Views: `names` counts named mentions only and is the one to quote; `all` counts every mention; the others are slices of
these two and other ways to count them (`mention_views`).
"""

from collections.abc import Sequence

from goldassay.layers.base import GoldDocument, Layer, Options, Pair, plain
from goldassay.layers.mention_views import BY_GOLD_TYPE, LEVEL_VIEWS, NESTING_VIEWS, derive_views
from goldassay.layers.mentions import (
    align_view,
    gold_items,
    mention_type,
    of_any_level,
    of_level,
    predicted_items,
    read_mentions,
)
from goldassay.match.alignment import Alignment
from goldassay.measures.measure import Match, Statistic
from goldassay.model.labels import ENTITY_TYPES
from goldassay.model.predictions import Prediction

__all__ = ["LAYER", "align_mentions", "gold_items", "mention_type", "predicted_items"]


def align_mentions(pairs: Sequence[Pair], options: Options) -> tuple[Alignment, ...]:
    """Align the mentions of a batch, once for each of the views `names` and `all`."""
    mentions = read_mentions(pairs, options)
    return (
        align_view("names", mentions, of_level(mentions, "NAM")),
        align_view("all", mentions, of_any_level(mentions)),
    )


def _annotated(gold: GoldDocument) -> bool:
    return gold.entities is not None


def _answered(prediction: Prediction) -> bool:
    return prediction.mentions is not None


_MUC5 = "Chinchor and Sundheim (1993), MUC-5 Evaluation Metrics; SemEval-2013 task 9.1"


def _matches(
    view: str, *, detail: bool = True, statistics: tuple[Statistic, ...] = ("precision", "recall", "f1")
) -> tuple[Match, ...]:
    # Among overlap alignments of equal weight the order of the gold decides, so these two are not declared symmetric.
    both_sides = "precision" in statistics
    half_gold, half_predicted = plain("overlap", 0.5)
    exact_gold, exact_predicted = plain("exact")
    rows = (
        ("strict", "same span, same type", *plain("strict"), both_sides),
        ("exact", "same span", exact_gold, exact_predicted, both_sides),
        ("partial", "same span 1, overlap 1/2", exact_gold | half_gold, exact_predicted | half_predicted, False),
        ("type", "overlap, same type", *plain("type"), False),
    )
    return tuple(
        Match(
            name,
            view,
            title,
            credit_gold,
            credit_predicted,
            statistics=statistics,
            symmetric=symmetric,
            headline=(name, view) == ("strict", "names"),
            detail=detail,
            note=_MUC5,
        )
        for name, title, credit_gold, credit_predicted, symmetric in rows
    )


def _counted(name: str, title: str) -> tuple[Match, ...]:
    return tuple(
        Match(name, f"{view}-{name}", f"{title}, {view}", *plain(name), detail=True, note="own definition")
        for view in ("names", "all")
    )


LAYER = Layer(
    name="entities",
    key="mentions",
    items="mentions",
    groups=ENTITY_TYPES,
    align=align_mentions,
    derive=derive_views,
    matches=(
        *_matches("names", detail=False),
        *_matches("all", detail=False),
        *(match for view in ("names", "all") for match in _matches(f"{view}-{BY_GOLD_TYPE}")),
        *(match for view in LEVEL_VIEWS for match in _matches(view)),
        *(match for view in NESTING_VIEWS for match in _matches(view, statistics=("recall",))),
        *_counted("characters", "characters of a type that both sides have"),
        *_counted("tokens", "words with the same flat label"),
    ),
    annotated=_annotated,
    answered=_answered,
    mapped=True,
)
