"""Coreference: the clusters of the entities layer by every usual metric, always with and without singletons.

A mention is its span; the clusters are those of the gold's entities and of the predicted groups. Counts are kept by
document and added before anything is divided. A span that a system predicts twice in a document is its first cluster's;
every further copy is a mention of its own that the gold does not have.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence

import numpy as np

from goldassay.layers.base import GoldDocument, Layer, Options, Pair
from goldassay.measures.coreference import Counts, count_coreference, drop_singletons
from goldassay.measures.measure import Match
from goldassay.model.predictions import Prediction
from goldassay.tally.tally import Tally, unit_order

Clusters = list[list[Hashable]]
VIEWS = ("all", "no-singletons")
SOURCES = {
    "mentions": "mention detection, by exact span",
    "muc": "Vilain et al. (1995)",
    "b_cubed": "Bagga and Baldwin (1998)",
    "ceaf_mention": "Luo (2005), phi 3",
    "ceaf_entity": "Luo (2005), phi 4",
    "lea": "Moosavi and Strube (2016)",
    "blanc_coreference": "Recasens and Hovy (2011), links inside clusters",
    "blanc_non_coreference": "Recasens and Hovy (2011), links across clusters",
}


def gold_clusters(gold: GoldDocument) -> Clusters:
    """The mention spans of each gold entity; a mention without an entity is a cluster of its own."""
    clusters: dict[str, list[Hashable]] = defaultdict(list)
    for mention in gold.entities.mentions if gold.entities is not None else ():
        clusters[mention.entity or f"\0{mention.id}"].append(tuple(mention.spans))
    return list(clusters.values())


def predicted_positions(prediction: Prediction) -> dict[Hashable, int]:
    """Every predicted mention as it stands in the clusters, with its position in the prediction, in canonical order."""
    positions: dict[Hashable, int] = {}
    order = sorted(enumerate(prediction.mentions or ()), key=lambda item: (item[1].spans, item[1].group or "", item[0]))
    for position, mention in order:
        once = bool(mention.spans) and mention.spans not in positions
        positions[mention.spans if once else (mention.spans, position)] = position
    return positions


def predicted_clusters(prediction: Prediction) -> Clusters:
    """The mention spans of each predicted group; a mention without a group is a cluster of its own."""
    clusters: dict[str, list[Hashable]] = defaultdict(list)
    mentions = prediction.mentions or ()
    for item, position in predicted_positions(prediction).items():
        clusters[mentions[position].group or f"\0{position}"].append(item)
    return list(clusters.values())


def count_clusters(pairs: Sequence[Pair], _: Options) -> tuple[Tally, ...]:
    """One tally a view, with four columns a metric."""
    sides = [(gold_clusters(pair.gold), predicted_clusters(pair.predicted)) for pair in pairs]
    units = [pair.gold.document.doc_id for pair in pairs]
    multi = [(drop_singletons(gold), drop_singletons(predicted)) for gold, predicted in sides]
    return tuple(
        _tally(view, units, [count_coreference(*side) for side in clusters])
        for view, clusters in zip(VIEWS, (sides, multi), strict=True)
    )


def _tally(view: str, units: Sequence[str], counts: Sequence[dict[str, Counts]]) -> Tally:
    order = unit_order(units)
    columns = {
        f"{metric}.{part}": np.array([[getattr(counts[i][metric], part)] for i in order], dtype=np.float64)
        for metric in SOURCES
        for part in ("p_num", "p_den", "r_num", "r_den")
    }
    return Tally("coreference", view, tuple(units[i] for i in order), ("clusters",), columns)


def _annotated(gold: GoldDocument) -> bool:
    return gold.entities is not None


def _answered(prediction: Prediction) -> bool:
    return any(mention.group is not None for mention in prediction.mentions or ())


def _matches(view: str) -> tuple[Match, ...]:
    single = tuple(
        Match(
            metric,
            view,
            source,
            credit_gold={f"{metric}.r_num": 1.0},
            credit_predicted={f"{metric}.p_num": 1.0},
            gold=f"{metric}.r_den",
            predicted=f"{metric}.p_den",
            harmonic=True,
            note=source,
        )
        for metric, source in SOURCES.items()
    )
    conll = Match(
        "conll",
        view,
        "mean F1 of muc, b_cubed and ceaf_entity; Pradhan et al. (2012)",
        statistics=("f1",),
        mean_of=("muc", "b_cubed", "ceaf_entity"),
        gold="mentions.r_den",
        predicted="mentions.p_den",
    )
    blanc = Match(
        "blanc",
        view,
        "mean of both kinds of link, those left out that the gold does not have; Luo et al. (2014)",
        mean_of=("blanc_coreference", "blanc_non_coreference"),
        mean_skips_no_gold=True,
        gold="mentions.r_den",
        predicted="mentions.p_den",
        symmetric=False,
    )
    return (conll, *single, blanc)


LAYER = Layer(
    name="coreference",
    key="mentions",
    items="clusters of mentions",
    groups=("clusters",),
    count=count_clusters,
    matches=_matches("all") + _matches("no-singletons"),
    annotated=_annotated,
    answered=_answered,
)
