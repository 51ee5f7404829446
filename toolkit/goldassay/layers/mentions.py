"""Mentions of both sides as columns, which of them a view counts, and their alignment."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldassay.layers.base import Options, Pair
from goldassay.match.alignment import Alignment, Side
from goldassay.match.columns import BoolArray, SpanColumns, SpanItem, select, span_columns
from goldassay.match.tiered import match_tiered
from goldassay.model.entities import EntitiesRow, Mention
from goldassay.model.labels import ENTITY_TYPES
from goldassay.model.predictions import Prediction


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of a batch: each document's own lists, columns of both sides, and the level of each row.

    A predicted mention that names no level has null.
    """

    units: Sequence[str]
    gold_items: Sequence[Sequence[SpanItem]]
    predicted_items: Sequence[Sequence[SpanItem]]
    gold: SpanColumns
    predicted: SpanColumns
    gold_levels: Sequence[str | None]
    predicted_levels: Sequence[str | None]


def entity_groups(options: Options) -> tuple[str, ...]:
    """The groups of every count of mentions: the entity types, or the labels that they are mapped to."""
    return ENTITY_TYPES if options.labels is None else options.labels.targets


def read_mentions(pairs: Sequence[Pair], options: Options) -> Mentions:
    """The columns of a batch."""
    items = [gold_items(pair.gold.entities) for pair in pairs], [predicted_items(pair.predicted) for pair in pairs]
    gold, predicted = span_columns(*items, entity_groups(options))
    gold_levels = [
        _level(pairs[unit].gold.entities, position) for unit, position in zip(gold.document, gold.position, strict=True)
    ]
    predicted_levels = [
        (pairs[unit].predicted.mentions or ())[position].level
        for unit, position in zip(predicted.document, predicted.position, strict=True)
    ]
    units = [pair.gold.document.doc_id for pair in pairs]
    return Mentions(units, *items, gold, predicted, gold_levels, predicted_levels)


def of_level(mentions: Mentions, level: str) -> tuple[BoolArray, BoolArray]:
    """Which gold and which predicted mentions count as of this level.

    A predicted mention says so by its `level`. One that carries no level stays, unless its span is exactly that of a
    gold mention of another level: it then leaves the predicted count as that one left the gold's.
    """
    keep_gold = np.array([own == level for own in mentions.gold_levels], dtype=np.bool_)
    unknown = np.array([own is None for own in mentions.predicted_levels], dtype=np.bool_)
    said = np.array([own == level for own in mentions.predicted_levels], dtype=np.bool_)
    other = np.setdiff1d(mentions.gold.span[~keep_gold], mentions.gold.span[keep_gold])
    return keep_gold, said | (unknown & ~np.isin(mentions.predicted.span, other))


def of_any_level(mentions: Mentions) -> tuple[BoolArray, BoolArray]:
    """All mentions of both sides."""
    return np.ones(len(mentions.gold), np.bool_), np.ones(len(mentions.predicted), np.bool_)


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


def align_view(view: str, mentions: Mentions, keep: tuple[BoolArray, BoolArray]) -> Alignment:
    """Align the kept mentions of both sides (matcher `tiered.v1`), with the verdicts of the four schemas."""
    gold, predicted = mentions.gold, mentions.predicted
    keep_gold, keep_predicted = keep
    pairs = match_tiered(select(gold, keep_gold), select(predicted, keep_predicted))
    gold_row, predicted_row = np.flatnonzero(keep_gold)[pairs.gold], np.flatnonzero(keep_predicted)[pairs.predicted]
    same_type = (gold.type[gold_row] == predicted.type[predicted_row]) & (gold.type[gold_row] >= 0)
    exact = pairs.tier <= 2
    verdicts = {"strict": pairs.tier == 1, "exact": exact, "overlap": ~exact, "type": same_type}
    return Alignment(
        layer="entities",
        view=view,
        units=mentions.units,
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


def _level(row: EntitiesRow | None, position: int) -> str | None:
    return row.mentions[position].level if row is not None else None
