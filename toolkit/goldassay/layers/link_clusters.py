"""Clusters that cross documents: all mentions with one id of the knowledge base, wherever they stand.

The clusters of all documents are pooled, so nothing here adds up over documents: there is one row of counts, under the
unit `*`, which is neither resampled nor left out document by document. Views: `cross-document` holds all mentions,
`nil-clusters` those that are NIL. A NIL with a number is one cluster in all documents; a plain NIL, and a prediction
that says nothing of its link, belong to their document and there to their entity.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

import numpy as np

from goldassay.layers.base import Options, Pair
from goldassay.layers.linked_mentions import LinkedMention, select_mentions
from goldassay.measures.contingency import cross_clusters
from goldassay.measures.coreference import METRICS
from goldassay.measures.measure import Match
from goldassay.tally.tally import POOLED, Tally

VIEWS = ("cross-document", "nil-clusters")
SOURCES = {
    "muc": "Vilain et al. (1995); right links over links",
    "b_cubed": "Bagga and Baldwin (1998); shares of mentions over mentions",
    "ceaf_mention": "Luo (2005), phi 3; mentions over mentions",
    "ceaf_entity": "Luo (2005), phi 4; similarities of clusters over clusters",
}

Clusters = list[list[Hashable]]
Placed = tuple[str, LinkedMention]
"""The document of a mention, and the mention."""


def pool_clusters(pairs: Sequence[Pair], _: Options) -> tuple[Tally, ...]:
    """One tally a view, with one row for all documents and four columns a metric; `pairs` in canonical order."""
    gold: list[Placed] = []
    predicted: list[Placed] = []
    for pair in pairs:
        sides = select_mentions(pair, "all")
        doc_id = pair.gold.document.doc_id
        gold += ((doc_id, item) for item in sides.gold)
        predicted += ((doc_id, item) for item in sides.predicted)
    nil = [[placed for placed in side if placed[1].kind == "nil"] for side in (gold, predicted)]
    return (_tally(VIEWS[0], gold, predicted), _tally(VIEWS[1], *nil))


def build_clusters(mentions: Sequence[Placed]) -> Clusters:
    """Mentions of each id. Of mentions on one span of a document the n-th of one side meets the n-th of the other.

    >>> first = LinkedMention(((0, 4),), "ORG", "Q1", "NAM", None)
    >>> build_clusters([("a", first), ("b", first)])
    [[('a', ((0, 4),), 0), ('b', ((0, 4),), 0)]]
    """
    clusters: dict[Hashable, list[Hashable]] = defaultdict(list)
    seen: Counter[Hashable] = Counter()
    for position, (doc_id, item) in enumerate(mentions):
        shared = item.kb_id not in (None, "NIL")
        own = (item.kb_id, doc_id, item.entity, position if item.entity is None else None)
        clusters[item.kb_id if shared else own].append((doc_id, item.spans, seen[doc_id, item.spans]))
        seen[doc_id, item.spans] += 1
    return list(clusters.values())


def _tally(view: str, gold: Sequence[Placed], predicted: Sequence[Placed]) -> Tally:
    table = cross_clusters(build_clusters(gold), build_clusters(predicted))
    counts = {name: METRICS[name](table) for name in SOURCES}
    columns = {
        f"{name}.{part}": np.array([[getattr(counts[name], part)]], dtype=np.float64)
        for name in SOURCES
        for part in ("p_num", "p_den", "r_num", "r_den")
    }
    return Tally("linking", view, (POOLED,), ("clusters",), columns)


CLUSTER_MATCHES = tuple(
    Match(
        name,
        view,
        f"{source}; all documents at once",
        credit_gold={f"{name}.r_num": 1.0},
        credit_predicted={f"{name}.p_num": 1.0},
        gold=f"{name}.r_den",
        predicted=f"{name}.p_den",
        harmonic=True,
        symmetric=False,
        note=f"{source}; clusters pooled over documents: one count for all of them, not resampled by document",
    )
    for view in VIEWS
    for name, source in SOURCES.items()
)
