"""The Perl reference-coreference-scorers, 8.01 and 9.0.0-alpha (which adds LEA)."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from functools import partial
from itertools import combinations, product
from math import fsum
from typing import Any

from goldassay.measures.contingency import Clusters, cross_clusters
from goldassay.measures.coreference import (
    Counts,
    average_blanc,
    count_blanc_coreference,
    count_blanc_non_coreference,
    count_ceaf_entity,
    count_ceaf_mention,
    recall_lea,
    recall_muc,
)
from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores
from goldassay.profiles.clusters import (
    Chain,
    add_counts,
    average_f1,
    cross_members,
    print_counts,
    print_rates,
    read_chains,
)

METRICS = ("mentions", "muc", "bcub", "ceafm", "ceafe", "blanc_coref", "blanc_noncoref", "lea")
REFUSES_AFTER = 10
"""Repeated response mentions in one run after which the original exits."""


def drop_repeats(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[list[Chain], int]:
    """The response without later repetitions of mentions that the key has, and how many those were.

    Chains come in the order of the file, so which repetition stays depends on it. Mentions that the key lacks, and
    repetitions in the key itself, stay as they are.

    >>> drop_repeats([[(0, 1), (2, 3)]], [[(0, 1)], [(0, 1), (2, 3)]])
    ([[(0, 1)], [(2, 3)]], 1)
    """
    known = {mention for chain in key for mention in chain}
    seen: set[tuple[int, int]] = set()
    kept: list[Chain] = []
    repeats = 0
    for chain in response:
        rest: Chain = []
        for mention in chain:
            if mention in seen:
                repeats += 1
                continue
            rest.append(mention)
            if mention in known:
                seen.add(mention)
        kept.append(rest)
    return [chain for chain in kept if chain], repeats


def count_document(key: Clusters, response: Clusters) -> dict[str, Counts]:
    """Counts of one document after repetitions were dropped from the response."""
    to_response, to_key = cross_clusters(key, response), cross_clusters(response, key)
    found, wanted = ({mention for chain in side for mention in chain} for side in (response, key))
    shared = len(found & wanted)
    links, response_links = recall_muc(to_key)
    return {
        "mentions": Counts(shared, len(found), shared, len(wanted)),
        "muc": Counts(links, response_links, links, recall_muc(to_response)[1]),
        "bcub": _count_b_cubed(key, response),
        "ceafm": count_ceaf_mention(cross_members(key, response)),
        "ceafe": count_ceaf_entity(cross_members(key, response)),
        "lea": Counts(*recall_lea(to_key), *recall_lea(to_response)),
        **_count_blanc(key, response),
    }


def _count_b_cubed(key: Clusters, response: Clusters) -> Counts:
    """Both numerators run over response mentions, each in the last key chain that holds it."""
    last, held = cross_clusters(response, key), cross_members(response, key)
    common = {(row, column): count for row, column, count in held.cells}
    weighted = [(row, column, count * common[row, column]) for row, column, count in last.cells]
    return Counts(
        fsum(weight / last.key[row] for row, _, weight in weighted),
        sum(last.key),
        fsum(weight / last.response[column] for _, column, weight in weighted),
        sum(last.response),
    )


def _count_blanc(key: Clusters, response: Clusters) -> dict[str, Counts]:
    """Links as sets of pairs; the pairs are written out only where a mention is repeated."""
    if _is_partition(key) and _is_partition(response):
        table = cross_clusters(key, response)
        return {"blanc_coref": count_blanc_coreference(table), "blanc_noncoref": count_blanc_non_coreference(table)}
    counts = {}
    for name, pair_up in (("blanc_coref", _pairs_inside), ("blanc_noncoref", _pairs_across)):
        wanted, found = pair_up(key), pair_up(response)
        shared = len(wanted & found)
        counts[name] = Counts(shared, len(found), shared, len(wanted))
    return counts


def _is_partition(clusters: Clusters) -> bool:
    return max(Counter(mention for chain in clusters for mention in chain).values(), default=1) == 1


def _pairs_inside(clusters: Clusters) -> set[frozenset[Hashable]]:
    return _unordered(pair for chain in clusters for pair in combinations(chain, 2))


def _pairs_across(clusters: Clusters) -> set[frozenset[Hashable]]:
    return _unordered(pair for chain, other in combinations(clusters, 2) for pair in product(chain, other))


def _unordered(pairs: Iterable[tuple[Hashable, Hashable]]) -> set[frozenset[Hashable]]:
    return {frozenset(pair) for pair in pairs}


def print_percent(value: float) -> float:
    """A rate in percent as the original prints it: cut off, not rounded, after two digits.

    >>> print_percent(2 / 3)
    66.66
    """
    return int(value * 10000) / 100


def score(documents: Sequence[CaseDocument], options: Options, *, lea: bool) -> Scores:
    """All metrics, singletons kept. A document that the response lacks counts as empty."""
    counted = []
    repeats = 0
    for document in documents:
        if document["gold"] is None:
            continue
        chains = read_chains(document, "opening")
        if isinstance(chains, NoAnswer):
            return chains
        response, repeated = drop_repeats(*chains)
        repeats += repeated
        counted.append(count_document(chains[0], response))
    if repeats > REFUSES_AFTER:
        return NoAnswer(f"the response repeats {repeats} mentions; the original refuses after {REFUSES_AFTER}")
    counts = add_counts(counted, METRICS)
    values: dict[str, Any] = {name: print_counts(counts[name]) for name in METRICS if lea or name != "lea"}
    values["blanc"] = print_rates(average_blanc(counts["blanc_coref"], counts["blanc_noncoref"], drop="key"))
    values["blanc"]["printed_f1_percent"] = print_percent(values["blanc"]["f1"])
    return values | {"conll": average_f1(values)}


_QUIRKS = (
    "Singletons are kept. Of a response mention that the key has, later repetitions are dropped in the order of the "
    "file, so that order moves the score; repetitions in the key stay, and the key scored against itself is not "
    "perfect then. After more than ten repetitions the original refuses to score. BLANC leaves out a kind of link that "
    "the key does not have. Crossing mentions of one cluster are read as nested ones. A document that the response "
    "lacks is empty; one that the key lacks is ignored. 0/0 is 0. Percentages are cut off, not rounded."
)
CONLL_8_01 = Profile(
    name="conll-8.01",
    kind="clusters",
    scorers=("reference-coreference-scorers@8.01",),
    tolerance=1e-8,
    quirks=_QUIRKS + " There is no LEA.",
    score=partial(score, lea=False),
)
CONLL_9_0_ALPHA = Profile(
    name="conll-9.0-alpha",
    kind="clusters",
    scorers=("reference-coreference-scorers@9.0.0-alpha",),
    tolerance=1e-8,
    quirks=_QUIRKS + " LEA is added; a singleton has one link to itself.",
    score=partial(score, lea=True),
)
