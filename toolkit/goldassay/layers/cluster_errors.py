"""Coreference errors of one document, in words: which entity was split, which were merged, which mention strayed."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from goldassay.layers.base import Pair
from goldassay.layers.coreference import gold_clusters, predicted_clusters, predicted_positions
from goldassay.layers.item_text import Item, describe_gold_mention, describe_predicted_mention, name_of, said_name
from goldassay.measures.contingency import Clusters, cross_clusters
from goldassay.measures.coreference import drop_singletons
from goldassay.measures.coreference_errors import (
    ClusterError,
    Kind,
    count_coreference_errors,
    find_coreference_errors,
)
from goldassay.model.predictions import Reference

Told = tuple[Kind, Item | None, Item | None]
"""Class of an error, and the gold and the predicted item it is about."""


def count_cluster_errors(pair: Pair) -> dict[str, dict[Kind, int]]:
    """Errors by class in one document, with and without singletons (the views of the coreference layer)."""
    gold, predicted = _key(pair), predicted_clusters(pair.predicted)
    return {
        "all": count_coreference_errors(cross_clusters(gold, predicted)),
        "no-singletons": count_coreference_errors(cross_clusters(drop_singletons(gold), drop_singletons(predicted))),
    }


def tell_cluster_errors(pair: Pair) -> list[Told]:
    """Every error of the view `all` of one document.

    The item of an entity has the place of its first mention. A split entity shows its pieces as the predicted text, a
    merged cluster its entities as the gold text; a conflated mention has its own entity as the gold label and the
    entity that it was put with as the predicted one.
    """
    sides = _Sides(pair, _key(pair), predicted_clusters(pair.predicted), _gold_positions(pair))
    return [_tell(error, sides) for error in find_coreference_errors(sides.key, sides.response)]


class _Sides(NamedTuple):
    pair: Pair
    key: Clusters
    response: Clusters
    gold_positions: dict[Hashable, int]


def _key(pair: Pair) -> list[list[Hashable]]:
    """Gold clusters in text order: of two with equal shares the first owns a predicted cluster, whatever the file's."""
    return sorted(sorted(cluster, key=_place) for cluster in gold_clusters(pair.gold))


def _place(mention: Hashable) -> tuple[tuple[int, int], ...]:
    assert isinstance(mention, tuple)
    return mention


def _gold_positions(pair: Pair) -> dict[Hashable, int]:
    row = pair.gold.entities
    return {tuple(mention.spans): position for position, mention in enumerate(row.mentions)} if row is not None else {}


def _tell(error: ClusterError, sides: _Sides) -> Told:
    if error.mention is not None:
        own, host = (_entity(sides, row) for row in error.key)
        gold = describe_gold_mention(sides.pair, sides.gold_positions[error.mention])
        said = describe_predicted_mention(sides.pair, predicted_positions(sides.pair.predicted)[error.mention])
        return error.kind, gold._replace(label=own.text), said._replace(label=host.text)
    entities = [_entity(sides, row) for row in error.key]
    groups = [_group(sides, column) for column in error.response]
    if error.kind == "split":
        return error.kind, entities[0], Item("", groups[0].spans, _listed(groups), None)
    if error.kind == "merged":
        return error.kind, Item("", entities[0].spans, _listed(entities), None), groups[0]
    return error.kind, entities[0] if entities else None, groups[0] if groups else None


def _listed(items: Sequence[Item]) -> str:
    return " | ".join(str(item.text) for item in items)


def _entity(sides: _Sides, row: int) -> Item:
    """A gold cluster: the entity's id, name and type, or the mention's where it stands alone; its first place."""
    position = sides.gold_positions[sides.key[row][0]]
    first = describe_gold_mention(sides.pair, position)
    gold = sides.pair.gold
    entity = gold.entities.mentions[position].entity if gold.entities is not None else None
    return first if entity is None else first._replace(id=entity, text=name_of(gold, entity))


def _group(sides: _Sides, column: int) -> Item:
    """A predicted cluster: the group's id, the text and type of its first mention."""
    predicted = sides.pair.predicted
    position = predicted_positions(predicted)[sides.response[column][0]]
    first = describe_predicted_mention(sides.pair, position)
    group = (predicted.mentions or ())[position].group
    if group is None:
        return first
    return first._replace(id=group, text=first.text or said_name(Reference(entity=group), predicted))
