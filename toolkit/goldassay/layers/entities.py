"""The entities layer: mentions by the four schemas of MUC-5 and SemEval-2013 on the default alignment.

Views: `names` counts named mentions only and is the one to quote; `all` counts every mention.
"""

from collections.abc import Sequence

import numpy as np

from goldassay.layers.base import GoldDocument, Layer, Options, Pair, plain
from goldassay.match.alignment import Alignment, Side
from goldassay.match.columns import BoolArray, SpanColumns, SpanItem, select, span_columns
from goldassay.match.tiered import match_tiered
from goldassay.measures.measure import Match
from goldassay.model.entities import EntitiesRow, Mention
from goldassay.model.labels import ENTITY_TYPES
from goldassay.model.predictions import Prediction


def mention_type(mention: Mention, types: dict[str, str]) -> str | None:
    """A mention's own type wins over its entity's; null where neither is given."""
    return mention.type or (types.get(mention.entity) if mention.entity is not None else None)


def gold_items(row: EntitiesRow | None) -> list[SpanItem]:
    """Gold mentions as span items."""
    if row is None:
        return []
    types = {entity.id: str(entity.type) for entity in row.entities}
    return [(mention.spans, mention_type(mention, types), mention.id) for mention in row.mentions]


def predicted_items(prediction: Prediction) -> list[SpanItem]:
    """Predicted mentions as span items."""
    return [(mention.spans, mention.type, mention.id or "") for mention in prediction.mentions or ()]


def align_mentions(pairs: Sequence[Pair], _: Options) -> tuple[Alignment, ...]:
    """Align the mentions of a batch, once for each view."""
    gold, predicted = span_columns(
        [gold_items(pair.gold.entities) for pair in pairs],
        [predicted_items(pair.predicted) for pair in pairs],
        ENTITY_TYPES,
    )
    units = [pair.gold.document.doc_id for pair in pairs]
    named_gold, named_predicted = _names(pairs, gold, predicted)
    everything = (np.ones(len(gold), np.bool_), np.ones(len(predicted), np.bool_))
    return (
        _align("names", units, gold, predicted, named_gold, named_predicted),
        _align("all", units, gold, predicted, *everything),
    )


def _names(pairs: Sequence[Pair], gold: SpanColumns, predicted: SpanColumns) -> tuple[BoolArray, BoolArray]:
    """Which mentions count as names.

    A predicted mention says so by its `level`. One that carries no level stays, unless its span is exactly that of a
    gold mention that is no name: it then leaves the predicted count as that one left the gold's.
    """
    keep_gold = np.fromiter(
        (
            _level(pairs[unit].gold.entities, position) == "NAM"
            for unit, position in zip(gold.document, gold.position, strict=True)
        ),
        dtype=np.bool_,
        count=len(gold),
    )
    levels = [
        (pairs[unit].predicted.mentions or ())[position].level
        for unit, position in zip(predicted.document, predicted.position, strict=True)
    ]
    unknown = np.fromiter((level is None for level in levels), dtype=np.bool_, count=len(levels))
    said = np.fromiter((level == "NAM" for level in levels), dtype=np.bool_, count=len(levels))
    other = np.setdiff1d(gold.span[~keep_gold], gold.span[keep_gold])
    return keep_gold, said | (unknown & ~np.isin(predicted.span, other))


def _level(row: EntitiesRow | None, position: int) -> str | None:
    return row.mentions[position].level if row is not None else None


def _align(
    view: str,
    units: Sequence[str],
    gold: SpanColumns,
    predicted: SpanColumns,
    keep_gold: BoolArray,
    keep_predicted: BoolArray,
) -> Alignment:
    pairs = match_tiered(select(gold, keep_gold), select(predicted, keep_predicted))
    gold_row, predicted_row = np.flatnonzero(keep_gold)[pairs.gold], np.flatnonzero(keep_predicted)[pairs.predicted]
    same_type = (gold.type[gold_row] == predicted.type[predicted_row]) & (gold.type[gold_row] >= 0)
    exact = pairs.tier <= 2
    verdicts = {"strict": pairs.tier == 1, "exact": exact, "overlap": ~exact, "type": same_type}
    return Alignment(
        layer="entities",
        view=view,
        units=units,
        gold_side=Side(gold.document, gold.position, gold.type, {"gold": keep_gold, "gold_left": ~keep_gold}),
        predicted_side=Side(
            predicted.document,
            predicted.position,
            predicted.type,
            {"predicted": keep_predicted, "predicted_left": ~keep_predicted},
        ),
        gold=gold_row,
        predicted=predicted_row,
        verdicts={name: verdict.astype(np.int64) for name, verdict in verdicts.items()},
    )


def _annotated(gold: GoldDocument) -> bool:
    return gold.entities is not None


def _answered(prediction: Prediction) -> bool:
    return prediction.mentions is not None


_MUC5 = "Chinchor and Sundheim (1993), MUC-5 Evaluation Metrics; SemEval-2013 task 9.1"


def _matches(view: str) -> tuple[Match, ...]:
    # Among overlap alignments of equal weight the order of the gold decides, so these two are not declared symmetric.
    half_gold, half_predicted = plain("overlap", 0.5)
    exact_gold, exact_predicted = plain("exact")
    return (
        Match("strict", view, "same span, same type", *plain("strict"), headline=view == "names", note=_MUC5),
        Match("exact", view, "same span", exact_gold, exact_predicted, note=_MUC5),
        Match(
            "partial",
            view,
            "same span 1, overlap 1/2",
            exact_gold | half_gold,
            exact_predicted | half_predicted,
            symmetric=False,
            note=_MUC5,
        ),
        Match("type", view, "overlap, same type", *plain("type"), symmetric=False, note=_MUC5),
    )


LAYER = Layer(
    name="entities",
    items="mentions",
    groups=ENTITY_TYPES,
    align=align_mentions,
    matches=_matches("names") + _matches("all"),
    annotated=_annotated,
    answered=_answered,
)
