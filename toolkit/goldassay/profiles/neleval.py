"""neleval 3.1.1: linking measures as sets of keys, clustering measures pooled over documents."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import combinations, pairwise
from math import fsum
from typing import Any, NamedTuple

from goldassay.measures.contingency import Contingency, cross_clusters, match_clusters
from goldassay.measures.coreference import (
    Counts,
    count_blanc_coreference,
    count_blanc_non_coreference,
    pairs,
    recall_muc,
)
from goldassay.profiles.base import CaseDocument, Options, Profile, Scores, harmonic_mean
from goldassay.profiles.clusters import add_counts, cross_members, print_counts
from goldassay.profiles.neleval_overlap import OVERLAP_MEASURES, count_overlap

Fields = tuple[str, ...]


class Annotation(NamedTuple):
    """A mention as neleval has it: fields by name."""

    doc: str
    span: tuple[str, int, int]
    type: str | None
    kbid: str | None
    eid: Hashable

    def key(self, fields: Fields) -> tuple[Hashable, ...]:
        """The fields that a measure compares."""
        return tuple(getattr(self, field) for field in fields)


SET_MEASURES: dict[str, tuple[Fields, bool | None]] = {  # fields, and whether mentions must be linked (null: either)
    "strong_mention_match": (("span",), None),
    "strong_typed_mention_match": (("span", "type"), None),
    "strong_linked_mention_match": (("span",), True),
    "strong_link_match": (("span", "kbid"), True),
    "strong_nil_match": (("span",), False),
    "strong_all_match": (("span", "kbid"), None),
    "strong_typed_link_match": (("span", "type", "kbid"), True),
    "strong_typed_nil_match": (("span", "type"), False),
    "strong_typed_all_match": (("span", "type", "kbid"), None),
    "entity_match": (("doc", "kbid"), True),
}
CLUSTER_MEASURES: dict[str, tuple[str, Fields]] = {
    "muc": ("muc", ("span",)),
    "b_cubed": ("bcub", ("span",)),
    "b_cubed_plus": ("bcub", ("span", "kbid")),
    "entity_ceaf": ("ceafe", ("span",)),
    "mention_ceaf": ("ceafm", ("span",)),
    "mention_ceaf_plus": ("ceafm", ("span", "kbid")),
    "typed_mention_ceaf": ("ceafm", ("span", "type")),
    "typed_mention_ceaf_plus": ("ceafm", ("span", "type", "kbid")),
    "pairwise": ("pairwise", ("span",)),
}

Chains = list[list[Hashable]]


def read_annotations(documents: Sequence[CaseDocument], side: str) -> list[Annotation]:
    """Mentions of one side by document and place; one cluster id is one entity in all these documents."""
    annotations = []
    for document in documents:
        doc = document["doc_id"]
        for item in sorted(document[side] or (), key=lambda item: (item["start"], -item["end"])):
            kbid = item.get("kb_id")
            cluster = item.get("cluster") or kbid or ("NIL", doc, item["start"], item["end"])
            span = (doc, item["start"], item["end"])
            annotations.append(Annotation(doc, span, item.get("type"), kbid, cluster))
    return annotations


def build_clusters(annotations: Sequence[Annotation], fields: Fields) -> Chains:
    """Sets of keys by entity, in order of first appearance."""
    clusters: dict[Hashable, dict[Hashable, None]] = {}
    for item in annotations:
        clusters.setdefault(item.eid, {})[item.key(fields)] = None
    return [list(cluster) for cluster in clusters.values()]


def count_clusters(gold: Chains, predicted: Chains) -> dict[str, Counts]:
    """Counts of the clustering measures. A mention of several clusters is looked up in the last one.

    >>> count_clusters([["a", "b"]], [["a", "c"], ["a", "b"]])["bcub"]  # a and b 2 of 2 each, c nothing
    Counts(p_num=2.0, p_den=3, r_num=2.0, r_den=2)
    """
    to_predicted, to_gold = cross_clusters(gold, predicted), cross_clusters(predicted, gold)
    held = cross_members(gold, predicted)
    return {
        "muc": Counts(*recall_muc(to_gold), *recall_muc(to_predicted)),
        "bcub": Counts(*_recall_b_cubed(predicted, gold), *_recall_b_cubed(gold, predicted)),
        "ceafe": _count_ceaf(gold, predicted, lambda row, column, shared: 2 * shared / (row + column)),
        "ceafm": _count_ceaf(gold, predicted, lambda row, column, shared: shared),
        "pairwise": count_blanc_coreference(held),
        "pairwise_negative": _count_negative_pairs(gold, predicted, held),
    }


def _recall_b_cubed(side: Chains, other: Chains) -> tuple[float, float]:
    """Runs over mentions, each once, in the last cluster that holds it on either side."""
    own, counterpart = _last_cluster(side), _last_cluster(other)
    common = {(row, column): count for row, column, count in cross_members(side, other).cells}
    shares = [
        common[row, counterpart[mention]] / len(side[row]) for mention, row in own.items() if mention in counterpart
    ]
    return fsum(shares), len(own)


def _last_cluster(side: Chains) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(side) for mention in cluster}


def _count_ceaf(gold: Chains, predicted: Chains, similarity: Callable[[int, int, int], float]) -> Counts:
    """Denominators are sums of the similarities of all pairs of clusters of one side."""
    gold = _shift_windows(gold)
    table = cross_members(gold, predicted)

    def weigh(table: Contingency) -> Callable[[int, int, int], float]:
        return lambda row, column, shared: similarity(table.key[row], table.response[column], shared)

    def total(side: Chains) -> float:
        own = cross_members(side, side)
        return fsum(weigh(own)(*cell) for cell in own.cells)

    best = match_clusters(table, weigh(table))
    return Counts(best, total(predicted), best, total(gold))


def _shift_windows(gold: Chains) -> Chains:
    """Gold clusters as the original's matrix has them where a mention stands in two of them.

    It ends each row at the number of distinct mentions so far, so that later rows lose members and shift. Inside a row
    the original's order is arbitrary; here new mentions stand first. Without repetitions nothing changes.
    """
    seen: set[Hashable] = set()
    flat: list[Hashable] = []
    ends = [0]
    for cluster in gold:
        flat += sorted(cluster, key=lambda mention: mention in seen)
        seen.update(cluster)
        ends.append(len(seen))
    return [flat[start:end] for start, end in pairwise(ends)]


def _count_negative_pairs(gold: Chains, predicted: Chains, held: Contingency) -> Counts:
    """Pairs of common mentions that neither side puts together; a pair that two clusters share counts once."""
    wanted, found = ({mention for cluster in side for mention in cluster} for side in (gold, predicted))
    if len(wanted) == sum(held.key) and len(found) == sum(held.response):
        return count_blanc_non_coreference(held)
    links = [{frozenset(pair) for cluster in side for pair in combinations(cluster, 2)} for side in (gold, predicted)]
    common = wanted & found
    apart = pairs(len(common)) - sum(pair <= common for pair in links[0] | links[1])
    return Counts(apart, pairs(len(found)) - len(links[1]), apart, pairs(len(wanted)) - len(links[0]))


def score_clusters(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Clustering measures over spans, document by document (the option --by-doc) and then summed."""
    counted = []
    for document in documents:
        sides = (read_annotations([document], side) for side in ("gold", "predicted"))
        counted.append(count_clusters(*(build_clusters(side, ("span",)) for side in sides)))
    names = ("muc", "bcub", "ceafe", "ceafm", "pairwise", "pairwise_negative")
    return {name: print_counts(counts) for name, counts in add_counts(counted, names).items()}


def score_links(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Set measures, clustering measures with ids pooled over the documents, and overlap measures."""
    gold, predicted = (read_annotations(documents, side) for side in ("gold", "predicted"))
    counts: dict[str, Counts] = {}
    for name, (fields, linked) in SET_MEASURES.items():
        wanted, found = (
            {item.key(fields) for item in side if linked in (None, item.kbid is not None)} for side in (gold, predicted)
        )
        shared = len(wanted & found)
        counts[name] = Counts(shared, len(found), shared, len(wanted))
    for name, (metric, fields) in CLUSTER_MEASURES.items():
        counts[name] = count_clusters(build_clusters(gold, fields), build_clusters(predicted, fields))[metric]
    for name, (mode, typed) in OVERLAP_MEASURES.items():
        counts[name] = count_overlap(
            [(item.doc, item.type if typed else None, *item.span[1:]) for item in gold],
            [(item.doc, item.type if typed else None, *item.span[1:]) for item in predicted],
            mode,
        )
    return {name: _print_contingency(item) for name, item in counts.items()}


def _print_contingency(counts: Counts) -> Mapping[str, Any]:
    precision = counts.p_num / counts.p_den if counts.p_den else 0.0
    recall = counts.r_num / counts.r_den if counts.r_den else 0.0
    return {
        "ptp": counts.p_num,
        "fp": counts.p_den - counts.p_num,
        "rtp": counts.r_num,
        "fn": counts.r_den - counts.r_num,
        "precision": precision,
        "recall": recall,
        "f1": harmonic_mean(precision, recall),
    }


NELEVAL_LINKS = Profile(
    name="neleval",
    kind="links",
    scorers=("neleval@3.1.1", "neleval"),
    tolerance=1e-8,
    quirks=(
        "Linking measures compare sets of keys (document, span, type, id) after a filter: duplicates collapse, all "
        "NILs are one id in the *_all_match measures, a predicted document that the gold lacks counts. Clustering "
        "measures pool ids over all documents, so they are cross-document; the *_plus and typed_* ones put id and type "
        "into the item. Overlap measures meet spans in one sweep that misses some inside nested spans. 0/0 is 0."
    ),
    score=score_links,
)
NELEVAL_CLUSTERS = Profile(
    name="neleval",
    kind="clusters",
    scorers=("neleval@3.1.1", "neleval"),
    tolerance=1e-8,
    quirks=(
        "Clusters are sets, so a repetition inside one collapses; a mention of two clusters is looked up in the last. "
        "CEAF divides by the similarities of all pairs of clusters of a side, and its index of gold clusters slips "
        "where a mention stands in two of them, so that gold against itself is not perfect. Documents of either side "
        "count. There is no BLANC; pairwise and pairwise_negative are its two halves. 0/0 is 0."
    ),
    score=score_clusters,
)
