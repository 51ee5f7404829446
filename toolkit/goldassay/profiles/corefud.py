"""corefud-scorer at commit 4fd7b0e with exact mention matching."""

from collections.abc import Mapping, Sequence
from typing import Any

from goldassay.measures.contingency import Contingency, match_clusters
from goldassay.measures.coreference import Counts, average_blanc, drop_singletons
from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores
from goldassay.profiles.clusters import (
    Chain,
    add_counts,
    average_f1,
    count_lists,
    print_counts,
    print_rates,
    read_chains,
)

METRICS = ("muc", "bcub", "ceafe", "ceafm", "lea", "blanc_coref", "blanc_noncoref", "mor")


def count_overlap(key: Sequence[Chain], response: Sequence[Chain]) -> Counts:
    """Mention overlap ratio: tokens shared under the one-to-one matching of mentions that shares most, over tokens.

    >>> count_overlap([[(0, 4)]], [[(1, 3), (3, 9)]])  # 2 of 8 predicted and 2 of 4 key tokens
    Counts(p_num=2, p_den=8, r_num=2, r_den=4)
    """
    wanted, found = ([span for chain in side for span in chain] for side in (key, response))
    cells = tuple(
        (row, column, shared)
        for row, (start, end) in enumerate(wanted)
        for column, other in enumerate(found)
        if (shared := min(end, other[1]) - max(start, other[0])) > 0
    )
    sizes = tuple(tuple(end - start for start, end in side) for side in (wanted, found))
    best = match_clusters(Contingency(sizes[0], sizes[1], cells), lambda row, column, shared: shared)
    return Counts(best, sum(sizes[1]), best, sum(sizes[0]))


def count_document(key: Sequence[Chain], response: Sequence[Chain]) -> dict[str, Counts]:
    """Counts of one document."""
    return count_lists(key, response) | {"mor": count_overlap(key, response)}


def score(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """All metrics with singletons, and under `no-singletons/` without them, as the original does by default."""
    read = []
    for document in documents:
        if document["gold"] is None:
            continue
        if document["predicted"] is None:
            return NoAnswer(f"the response lacks document {document['doc_id']!r}; the original raises KeyError")
        chains = read_chains(document, "closing")
        if isinstance(chains, NoAnswer):
            return chains
        read.append(chains)
    large = [(drop_singletons(key), drop_singletons(response)) for key, response in read]
    values: dict[str, Any] = {"mentions": NoAnswer("the option -m mention raises TypeError in the original")}
    for prefix, sides in (("", read), ("no-singletons/", large)):
        counts = add_counts([count_document(key, response) for key, response in sides], METRICS)
        printed: dict[str, Any] = {name: print_counts(item) for name, item in counts.items()}
        printed |= {"blanc": _print_blanc(counts, printed), "conll": average_f1(printed)}
        values |= {prefix + name: numbers for name, numbers in printed.items()}
    return values


def _print_blanc(counts: Mapping[str, Counts], printed: Mapping[str, Mapping[str, Any]]) -> Any:
    halves = "blanc_coref", "blanc_noncoref"
    for half in halves:
        for value in (printed[half]["precision"], printed[half]["recall"]):
            if isinstance(value, NoAnswer):
                return value
    return print_rates(average_blanc(counts[halves[0]], counts[halves[1]], drop="both"))


COREFUD = Profile(
    name="corefud",
    kind="clusters",
    scorers=("corefud-scorer@4fd7b0e", "corefud-scorer"),
    tolerance=1e-8,
    quirks=(
        "BLANC leaves out a kind of link only if neither side has any, where the reference scorer asks the key alone. "
        "Singletons are dropped by default, per side and before matching; both tables are given here. A mention that "
        "stands twice on one side is kept twice and looked up in the last cluster that holds it. A document that the "
        "response lacks raises KeyError; one that the key lacks is ignored. Crossing mentions of one cluster are read "
        "as nested ones. 0/0 is 0. Mentions match exactly here; head and partial matching need parses."
    ),
    score=score,
)
