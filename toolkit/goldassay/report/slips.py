"""The slips of numeric facts as a table: how many aligned facts are wrong by a factor, a sign, a unit."""

from collections.abc import Sequence

from goldassay.layers.numeric_matches import slip_match
from goldassay.match.slip import SLIPS
from goldassay.measures.measure import Measure
from goldassay.model.scorefile import Score

COLUMNS = ("slip", "facts", "of aligned")
"""Headings of `slip_rows`."""

TITLE = "numeric_facts, slips"


def slip_rows(scores: Sequence[Score]) -> list[list[str]]:
    """One row for each slip that occurs: its name, how often, the share of the aligned facts.

    >>> slip_rows([])
    []
    """
    names = {
        str(Measure("numeric_facts", "rate", slip_match(label), "aligned")): shown for label, shown in SLIPS.items()
    }
    return [
        [names[score.measure], f"{score.counts['credit_gold']:g}", f"{score.value:.3f}"]
        for score in scores
        if score.measure in names and score.value
    ]
