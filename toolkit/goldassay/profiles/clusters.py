"""What the official coreference scorers share: chains read from a CoNLL column, and counts over lists of mentions."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Literal

from goldassay.measures.contingency import Clusters, Contingency, cross_clusters
from goldassay.measures.coreference import (
    Counts,
    Rates,
    count_blanc_coreference,
    count_blanc_non_coreference,
    count_ceaf_entity,
    count_ceaf_mention,
    recall_b_cubed,
    recall_lea,
    recall_muc,
)
from goldassay.profiles.base import CaseDocument, NoAnswer, harmonic_mean
from goldassay.profiles.spans import TokenSpan, tokenize

Chain = list[tuple[int, int]]


def read_chains(
    document: CaseDocument, order: Literal["opening", "closing"]
) -> tuple[list[Chain], list[Chain]] | NoAnswer:
    """Chains of both sides as a scorer reads them from a bracket column of tokens.

    `order` says whether a chain takes its place among the chains where a mention of it first opens or first closes.
    """
    clustered = {
        **document,
        "gold": [item for item in document["gold"] or () if item.get("cluster") is not None],
        "predicted": [item for item in document["predicted"] or () if item.get("cluster") is not None],
    }
    tokenized = tokenize(clustered, label="cluster")
    if isinstance(tokenized, NoAnswer):
        return tokenized
    return read_brackets(tokenized.gold, order), read_brackets(tokenized.predicted, order)


def read_brackets(spans: Sequence[TokenSpan], order: Literal["opening", "closing"]) -> list[Chain]:
    """Write spans as brackets and read them back: a closing bracket ends the innermost open mention of its chain.

    Crossing mentions of one chain come back nested, which is what every scorer sees that reads such a file.

    >>> read_brackets([TokenSpan(0, 3, "c"), TokenSpan(2, 5, "c")], "opening")
    [[(2, 3), (0, 5)]]
    """
    events: dict[int, tuple[list[str], list[str], list[str]]] = {}
    for start, end, name in spans:
        first, last = (events.setdefault(token, ([], [], [])) for token in (start, end - 1))
        if end - start == 1:
            first[0].append(name)
        else:
            first[1].append(name)
            last[2].append(name)
    chains: dict[str, Chain] = {}
    open_since: dict[str, list[int]] = {}
    for token, (single, opening, closing) in sorted(events.items()):
        for name in single:
            chains.setdefault(name, []).append((token, token + 1))
        for name in opening:
            open_since.setdefault(name, []).append(token)
            if order == "opening":
                chains.setdefault(name, [])
        for name in closing:
            chains.setdefault(name, []).append((open_since[name].pop(), token + 1))
    return list(chains.values())


def cross_members(key: Clusters, response: Clusters) -> Contingency:
    """Like `cross_clusters`, but a mention that stands in several response clusters counts for each of them.

    >>> cross_members([["a"]], [["a"], ["a", "b"]]).cells
    ((0, 0, 1), (0, 1, 1))
    """
    where: dict[Hashable, list[int]] = {}
    for column, cluster in enumerate(response):
        for mention in dict.fromkeys(cluster):
            where.setdefault(mention, []).append(column)
    cells = []
    for row, cluster in enumerate(key):
        shared = Counter(column for mention in cluster for column in where.get(mention, ()))
        cells += [(row, column, count) for column, count in sorted(shared.items())]
    return Contingency(tuple(map(len, key)), tuple(map(len, response)), tuple(cells))


def count_lists(key: Clusters, response: Clusters) -> dict[str, Counts]:
    """Counts of coval and corefud, which keep repeated mentions: each is looked up in the last cluster that holds it.

    >>> counts = count_lists([["a", "b"]], [["a", "a", "b"]])
    >>> counts["ceafe"], counts["muc"]  # 2 x 2 / (2 + 3); the repeated link counts
    (Counts(p_num=0.8, p_den=1, r_num=0.8, r_den=1), Counts(p_num=2, p_den=2, r_num=1, r_den=1))
    """
    to_response, to_key, held = (
        cross_clusters(key, response),
        cross_clusters(response, key),
        cross_members(key, response),
    )
    found, wanted = ({mention for cluster in side for mention in cluster} for side in (response, key))
    shared = len(found & wanted)
    return {
        "mentions": Counts(shared, len(found), shared, len(wanted)),
        "muc": Counts(*recall_muc(to_key), *recall_muc(to_response)),
        "bcub": Counts(*recall_b_cubed(to_key), *recall_b_cubed(to_response)),
        "ceafe": count_ceaf_entity(held),
        "ceafm": count_ceaf_mention(held),
        "lea": Counts(*recall_lea(to_key), *recall_lea(to_response)),
        "blanc_coref": count_blanc_coreference(to_response),
        "blanc_noncoref": count_blanc_non_coreference(to_response),
    }


def add_counts(documents: Sequence[Mapping[str, Counts]], names: Sequence[str]) -> dict[str, Counts]:
    """Sums over documents, 0 where there is no document."""
    return {name: sum((counts[name] for counts in documents), Counts()) for name in names}


def print_rates(rates: Rates) -> dict[str, float]:
    """Rates with 0 for 0/0."""
    return {key: value or 0.0 for key, value in rates._asdict().items()}


def print_counts(counts: Counts) -> dict[str, Any]:
    """Counts with their rates, 0/0 printed as 0.

    >>> print_counts(Counts(1, 2, 1, 1))
    {'precision': 0.5, 'recall': 1.0, 'f1': 0.6666666666666666, 'p_num': 1, 'p_den': 2, 'r_num': 1, 'r_den': 1}
    """
    precision = counts.p_num / counts.p_den if counts.p_den else 0.0
    recall = counts.r_num / counts.r_den if counts.r_den else 0.0
    crash = NoAnswer("links are found where there are none, by a repeated mention; the original divides by zero")
    return {
        "precision": crash if counts.p_num and not counts.p_den else precision,
        "recall": crash if counts.r_num and not counts.r_den else recall,
        "f1": harmonic_mean(precision, recall),
        "p_num": counts.p_num,
        "p_den": counts.p_den,
        "r_num": counts.r_num,
        "r_den": counts.r_den,
    }


def average_f1(values: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The CoNLL score of printed numbers."""
    return {"f1": (values["muc"]["f1"] + values["bcub"]["f1"] + values["ceafe"]["f1"]) / 3}
