"""What linking counts: the mentions of both sides with the ids they carry, and which of them a view leaves out.

A mention's own `kb_id` wins over its entity's. `NIL`, or NIL and a number, says that the knowledge base has no entry; a
prediction without `kb_id` says nothing, so it counts as a mention and as neither link nor NIL.
"""

import re
from typing import Literal, NamedTuple

from goldassay.layers.base import GoldDocument, Pair
from goldassay.model.predictions import Prediction
from goldassay.model.record import Span

_NIL = re.compile(r"NIL\d*")

Kind = Literal["linked", "nil", "silent"]


class LinkedMention(NamedTuple):
    """A mention as linking sees it; `entity` is the document's own id of whom it means, null if it stands alone."""

    spans: tuple[Span, ...]
    type: str | None
    kb_id: str | None
    level: str | None
    entity: str | None

    @property
    def kind(self) -> Kind:
        """Whether it has an id, is said to have none, or nothing is said."""
        if self.kb_id is None:
            return "silent"
        return "nil" if is_nil(self.kb_id) else "linked"


def is_nil(kb_id: str) -> bool:
    """Whether an id says that the knowledge base has no entry.

    >>> is_nil("NIL"), is_nil("NIL0042"), is_nil("Q42")
    (True, True, False)
    """
    return _NIL.fullmatch(kb_id) is not None


def gold_mentions(gold: GoldDocument) -> list[LinkedMention]:
    """All gold mentions, as listed."""
    if gold.entities is None:
        return []
    entities = {entity.id: entity for entity in gold.entities.entities}
    mentions = []
    for mention in gold.entities.mentions:
        entity = entities.get(mention.entity or "")
        type_ = mention.type or (entity.type if entity is not None else None)
        kb_id = mention.kb_id or (entity.kb_id if entity is not None else None)
        mentions.append(LinkedMention(tuple(mention.spans), type_, kb_id or None, mention.level, mention.entity))
    return mentions


def predicted_mentions(prediction: Prediction) -> list[LinkedMention]:
    """All predicted mentions, as listed; one without a place in the text has no spans."""
    return [
        LinkedMention(mention.spans, mention.type, mention.kb_id or None, mention.level, mention.group)
        for mention in prediction.mentions or ()
    ]


def _order(mention: LinkedMention) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    return mention.spans, tuple(value or "" for value in mention[1:])


class Sides(NamedTuple):
    """The mentions of one document that count in a view, and how many of each side do not."""

    gold: list[LinkedMention]
    predicted: list[LinkedMention]
    gold_left: list[LinkedMention]
    predicted_left: list[LinkedMention]


def select_mentions(pair: Pair, view: str) -> Sides:
    """Leave out what was not annotated, and in view `names` what is no name; all lists in canonical order.

    A predicted mention says by its `level` whether it is a name. One that carries no level stays, unless its span is
    exactly that of a gold mention that is no name.
    """
    gold, predicted = (
        sorted(gold_mentions(pair.gold), key=_order),
        sorted(predicted_mentions(pair.predicted), key=_order),
    )
    names = view == "names"
    counts = [item.kind != "silent" and (item.level == "NAM" or not names) for item in gold]
    places = {item.spans for item, stays in zip(gold, counts, strict=True) if stays}
    unannotated = {item.spans for item in gold if item.kind == "silent"} - places
    others = {item.spans for item in gold if item.level != "NAM"} - places

    def stays(item: LinkedMention) -> bool:
        if item.spans in unannotated:
            return False
        return not names or item.level == "NAM" or (item.level is None and item.spans not in others)

    return Sides(
        [item for item, stay in zip(gold, counts, strict=True) if stay],
        [item for item in predicted if stays(item)],
        [item for item, stay in zip(gold, counts, strict=True) if not stay],
        [item for item in predicted if not stays(item)],
    )


def annotated(gold: GoldDocument) -> bool:
    """Whether the links of a document were annotated: any of its mentions says so, or there is none to link."""
    mentions = gold_mentions(gold)
    return gold.entities is not None and (not mentions or any(item.kind != "silent" for item in mentions))
