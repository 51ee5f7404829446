"""coval at commit 87071a6: MUC, B-cubed, CEAFe, LEA, mentions, and a CEAFm with the wrong denominators."""

from collections.abc import Sequence
from typing import Any

from goldassay.measures.coreference import Counts, drop_singletons
from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores
from goldassay.profiles.clusters import Chain, add_counts, average_f1, count_lists, print_counts, read_chains

METRICS = ("mentions", "muc", "bcub", "ceafe", "ceafm", "lea")


def count_document(key: Sequence[Chain], response: Sequence[Chain]) -> dict[str, Counts]:
    """Counts of one document; mention-based CEAF is divided by clusters, so it can exceed 1.

    >>> count_document([[(0, 1), (2, 3)]], [[(0, 1), (2, 3)]])["ceafm"]
    Counts(p_num=2, p_den=1, r_num=2, r_den=1)
    """
    counts = count_lists(key, response)
    best = counts["ceafm"]
    counts["ceafm"] = Counts(best.p_num, len(response), best.r_num, len(key))
    return counts


def score(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """All metrics with singletons, and under `no-singletons/` without them."""
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
    values: dict[str, Any] = {}
    for prefix, counted in (
        ("", [count_document(key, response) for key, response in read]),
        (
            "no-singletons/",
            [count_document(drop_singletons(key), drop_singletons(response)) for key, response in read],
        ),
    ):
        printed = {name: print_counts(counts) for name, counts in add_counts(counted, METRICS).items()}
        printed["conll"] = average_f1(printed)
        values |= {prefix + name: numbers for name, numbers in printed.items()}
    return values


COVAL = Profile(
    name="coval",
    kind="clusters",
    scorers=("coval@87071a6", "coval"),
    tolerance=1e-8,
    quirks=(
        "Mention-based CEAF is divided by the number of clusters instead of mentions, so it can exceed 1. A mention "
        "that stands twice on one side is kept twice and looked up in the last cluster that holds it, so precision of "
        "B-cubed can be gamed. Singletons are kept unless switched off. A document that the response lacks raises "
        "KeyError; one that the key lacks is ignored. Crossing mentions of one cluster are read as nested ones. "
        "0/0 is 0, so a document of identical singletons has MUC 0. There is no BLANC."
    ),
    score=score,
)
