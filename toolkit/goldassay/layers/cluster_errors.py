"""Coreference errors of one document, in words: which entity was split, which were merged, which mention strayed."""

from collections.abc import Hashable, Sequence

from goldassay.layers.base import Pair
from goldassay.layers.coreference import Clusters, gold_clusters, predicted_clusters
from goldassay.layers.item_text import Item, describe_gold_mention, describe_predicted_mention, name_of
from goldassay.measures.contingency import cross_clusters
from goldassay.measures.coreference import drop_singletons
from goldassay.measures.coreference_errors import (
    ClusterError,
    Kind,
    count_coreference_errors,
    find_coreference_errors,
)

Told = tuple[Kind, Item | None, Item | None]
"""Class of the error, the gold and the predicted item it is about."""


def count_cluster_errors(pair: Pair) -> dict[str, dict[Kind, int]]:
    """Errors by class in one document, with and without singletons (views of the coreference layer)."""
    gold, predicted = _clusters(pair)
    return {
        "all": count_coreference_errors(cross_clusters(gold, predicted)),
        "no-singletons": count_coreference_errors(cross_clusters(drop_singletons(gold), drop_singletons(predicted))),
    }


def tell_cluster_errors(pair: Pair) -> list[Told]:
    """Every error of the view `all` of one document.

    The item of an entity has the place of its first mention. A split entity shows its pieces as the predicted text, a
    merged cluster its entities as the gold text; a conflated mention has its own entity as the gold label and the
    entity it was put with as the predicted one.
    """
    gold, predicted = _clusters(pair)
    of_gold = {_span(m.spans): n for n, m in reversed(list(enumerate(_mentions(pair))))}
    of_predicted = _predicted_positions(pair)
    key = [[describe_gold_mention(pair, of_gold[mention]) for mention in cluster] for cluster in gold]
    response = [[describe_predicted_mention(pair, of_predicted[m]) for m in cluster] for cluster in predicted]
    entities = [_entity(pair, of_gold[cluster[0]], items) for cluster, items in zip(gold, key, strict=True)]
    groups = [_group(pair, of_predicted[cluster[0]], items) for cluster, items in zip(predicted, response, strict=True)]
    told = []
    for error in find_coreference_errors(gold, predicted):
        if error.kind == "conflated mention":
            items = (
                describe_gold_mention(pair, of_gold[error.mention]),
                describe_predicted_mention(pair, of_predicted[error.mention]),
            )
            told.append(_conflated(error, *items, entities))
        else:
            told.append(_of_clusters(error, entities, groups))
    return told


def _clusters(pair: Pair) -> tuple[Clusters, Clusters]:
    # Of two entities with equal shares the first owns a cluster, so the key stands in text order whatever the file's.
    ordered = [sorted(cluster, key=repr_place) for cluster in gold_clusters(pair.gold)]
    return sorted(ordered, key=lambda cluster: repr_place(cluster[0])), predicted_clusters(pair.predicted)


def repr_place(mention: Hashable) -> tuple[tuple[int, int], ...]:
    """The spans of a gold mention, for sorting.

    >>> repr_place(((0, 3),))
    ((0, 3),)
    """
    assert isinstance(mention, tuple)
    return mention


def _mentions(pair: Pair) -> Sequence[object]:
    return pair.gold.entities.mentions if pair.gold.entities is not None else ()
