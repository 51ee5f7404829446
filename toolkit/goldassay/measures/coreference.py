"""Coreference: numerators and denominators of every usual metric, one document at a time, so that they add up.

A side is a list of clusters, a cluster a list of mentions, a mention anything hashable (its span). Two mentions are
the same if they are equal. Divide only after the counts of all documents are added.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Literal, NamedTuple, TypeVar

from goldassay.measures.contingency import Clusters, Contingency, cross_clusters, match_clusters

Cluster = TypeVar("Cluster", bound=Sequence[Hashable])


@dataclass(frozen=True, slots=True)
class Counts:
    """What a metric divides, in one document or summed over several."""

    p_num: float = 0.0
    p_den: float = 0.0
    r_num: float = 0.0
    r_den: float = 0.0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.p_num + other.p_num, self.p_den + other.p_den, self.r_num + other.r_num, self.r_den + other.r_den
        )


class Rates(NamedTuple):
    """Precision, recall, F1; each in 0 to 1, best 1, null where it is 0/0."""

    precision: float | None
    recall: float | None
    f1: float | None


def count_mentions(table: Contingency) -> Counts:
    """Mention detection: mentions of both sides over those of each.

    >>> count_mentions(cross_clusters([["a", "b"], ["c"]], [["a", "d"]]))
    Counts(p_num=1, p_den=2, r_num=1, r_den=3)
    """
    shared = sum(count for _, _, count in table.cells)
    return Counts(shared, sum(table.response), shared, sum(table.key))


def recall_muc(table: Contingency) -> tuple[float, float]:
    """MUC: links kept of the fewest that hold each key cluster together. Singletons have none.

    >>> recall_muc(cross_clusters([["a", "b", "c"], ["d"]], [["a", "b"], ["c", "d"]]))  # abc falls in two: 1 of 2
    (1, 2)
    """
    return sum(count - 1 for _, _, count in table.cells), sum(size - 1 for size in table.key)


def recall_b_cubed(table: Contingency) -> tuple[float, float]:
    """B-cubed: for each key mention, the share of its cluster that its response cluster holds; over key mentions.

    >>> recall_b_cubed(cross_clusters([["a", "b", "c"]], [["a", "b"], ["c"]]))  # 2 x 2/3 + 1/3
    (1.6666666666666665, 3)
    """
    return fsum(count * count / table.key[row] for row, _, count in table.cells), sum(table.key)


def recall_lea(table: Contingency) -> tuple[float, float]:
    """LEA: share of each key cluster's links that the response resolves, weighted by the cluster's size.

    A singleton has one link, to itself; it is resolved if the mention is a singleton on the other side too.

    >>> recall_lea(cross_clusters([["a", "b", "c"], ["d"]], [["a", "b"], ["d"]]))  # 3 x 1/3 + 1 x 1
    (2.0, 4)
    """
    resolved = []
    for row, column, count in table.cells:
        size = table.key[row]
        if size == 1:
            resolved.append(float(table.response[column] == 1))
        else:
            resolved.append(size * pairs(count) / pairs(size))
    return fsum(resolved), sum(table.key)


def pairs(mentions: int) -> int:
    """Number of pairs of so many mentions.

    >>> pairs(4)
    6
    """
    return mentions * (mentions - 1) // 2


def both_ways(recall: Callable[[Contingency], tuple[float, float]], table: Contingency) -> Counts:
    """Counts of a metric whose precision is its recall with the sides swapped."""
    return Counts(*recall(table.transposed()), *recall(table))


def count_muc(table: Contingency) -> Counts:
    """MUC (Vilain et al., 1995); see `recall_muc`."""
    return both_ways(recall_muc, table)


def count_b_cubed(table: Contingency) -> Counts:
    """B-cubed (Bagga and Baldwin, 1998), no repair for mentions of one side only; see `recall_b_cubed`."""
    return both_ways(recall_b_cubed, table)


def count_lea(table: Contingency) -> Counts:
    """Link-based entity-aware metric (Moosavi and Strube, 2016); see `recall_lea`."""
    return both_ways(recall_lea, table)


def count_ceaf_mention(table: Contingency) -> Counts:
    """Mention-based CEAF (Luo, 2005, phi 3): shared mentions of the best one-to-one matching, over mentions.

    >>> count_ceaf_mention(cross_clusters([["a", "b", "c"]], [["a", "b"], ["c"]]))
    Counts(p_num=2, p_den=3, r_num=2, r_den=3)
    """
    best = match_clusters(table, lambda row, column, shared: shared)
    return Counts(best, sum(table.response), best, sum(table.key))


def count_ceaf_entity(table: Contingency) -> Counts:
    """Entity-based CEAF (Luo, 2005, phi 4): Dice similarity of the best one-to-one matching, over clusters.

    >>> count_ceaf_entity(cross_clusters([["a", "b", "c"]], [["a", "b"], ["c"]]))  # 2 x 2 / (3 + 2)
    Counts(p_num=0.8, p_den=2, r_num=0.8, r_den=1)
    """
    best = match_clusters(table, lambda row, column, shared: 2 * shared / (table.key[row] + table.response[column]))
    return Counts(best, len(table.response), best, len(table.key))


def count_blanc_coreference(table: Contingency) -> Counts:
    """Links inside clusters, the one half of BLANC (Recasens and Hovy, 2011; Luo et al., 2014).

    >>> count_blanc_coreference(cross_clusters([["a", "b", "c"]], [["a", "b"], ["c"]]))
    Counts(p_num=1, p_den=1, r_num=1, r_den=3)
    """
    shared = sum(pairs(count) for _, _, count in table.cells)
    return Counts(shared, sum(map(pairs, table.response)), shared, sum(map(pairs, table.key)))


def count_blanc_non_coreference(table: Contingency) -> Counts:
    """Links across clusters of one side, the other half of BLANC: pairs of mentions that both sides keep apart.

    >>> count_blanc_non_coreference(cross_clusters([["a", "b"], ["c"]], [["a"], ["b"], ["c"]]))  # ac and bc
    Counts(p_num=2, p_den=3, r_num=2, r_den=2)
    """
    rows: Counter[int] = Counter()
    columns: Counter[int] = Counter()
    for row, column, count in table.cells:
        rows[row] += count
        columns[column] += count
    together = sum(map(pairs, rows.values())) + sum(map(pairs, columns.values()))
    apart = pairs(rows.total()) - together + sum(pairs(count) for _, _, count in table.cells)
    predicted = pairs(sum(table.response)) - sum(map(pairs, table.response))
    return Counts(apart, predicted, apart, pairs(sum(table.key)) - sum(map(pairs, table.key)))


METRICS: dict[str, Callable[[Contingency], Counts]] = {
    "mentions": count_mentions,
    "muc": count_muc,
    "b_cubed": count_b_cubed,
    "ceaf_mention": count_ceaf_mention,
    "ceaf_entity": count_ceaf_entity,
    "blanc_coreference": count_blanc_coreference,
    "blanc_non_coreference": count_blanc_non_coreference,
    "lea": count_lea,
}


def count_coreference(key: Clusters, response: Clusters) -> dict[str, Counts]:
    """Counts of every metric for one document. No mention may stand twice on one side.

    >>> count_coreference([["a", "b"]], [["a", "b"]])["muc"]
    Counts(p_num=1, p_den=1, r_num=1, r_den=1)
    """
    table = cross_clusters(key, response)
    return {name: count(table) for name, count in METRICS.items()}


def drop_singletons(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Clusters of two mentions or more.

    >>> drop_singletons([["a"], ["b", "c"]])
    [['b', 'c']]
    """
    return [cluster for cluster in clusters if len(cluster) > 1]


def divide(counts: Counts) -> Rates:
    """Precision, recall and F1 of summed counts. F1 is null only if both sides are empty, 0 if one of them is.

    >>> divide(Counts(1, 2, 1, 1))
    Rates(precision=0.5, recall=1.0, f1=0.6666666666666666)
    >>> divide(Counts(0, 0, 0, 3)), divide(Counts())
    (Rates(precision=None, recall=0.0, f1=0.0), Rates(precision=None, recall=None, f1=None))
    """
    precision = counts.p_num / counts.p_den if counts.p_den else None
    recall = counts.r_num / counts.r_den if counts.r_den else None
    if precision is None and recall is None:
        return Rates(None, None, None)
    if not precision or not recall:
        return Rates(precision, recall, 0.0)
    return Rates(precision, recall, 2 * precision * recall / (precision + recall))


def average_blanc(coreference: Counts, non_coreference: Counts, drop: Literal["key", "both"] = "key") -> Rates:
    """BLANC: mean of precision, recall and F1 of both kinds of link; an undefined value inside the mean counts as 0.

    A kind of link is left out if the key has none (`drop="key"`, Luo et al., 2014, and the reference scorer) or only
    if neither side has any (`drop="both"`, corefud). Null if both kinds are left out.

    >>> links = Counts(1, 1, 1, 3), Counts(0, 2, 0, 0)  # key {a b c}, response {a b} {c}
    >>> average_blanc(*links).f1, average_blanc(*links, drop="both").f1
    (0.5, 0.25)
    """
    halves = [half for half in (coreference, non_coreference) if half.r_den or (drop == "both" and half.p_den)]
    if not halves:
        return Rates(None, None, None)
    columns = zip(*(divide(half) for half in halves), strict=True)
    return Rates(*(sum(value or 0.0 for value in column) / len(halves) for column in columns))


def average_conll(muc: Counts, b_cubed: Counts, ceaf_entity: Counts) -> float | None:
    """The CoNLL score: mean F1 of MUC, B-cubed and entity-based CEAF. Null if one of them is.

    Source: Pradhan et al. (2012), CoNLL-2012 shared task.

    >>> average_conll(Counts(1, 1, 1, 1), Counts(1, 2, 1, 1), Counts(1, 1, 1, 1))  # (1 + 2/3 + 1) / 3
    0.8888888888888888
    """
    values = [divide(counts).f1 for counts in (muc, b_cubed, ceaf_entity)]
    defined = [value for value in values if value is not None]
    return sum(defined) / 3 if len(defined) == 3 else None
