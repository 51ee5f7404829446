"""A measure is a value: it prints as a token, and the token parses back to it.

`entities.f1(match=strict,view=names,avg=micro)` is the same in Python, on the command line, in every report and in the
score file.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Statistic = Literal["precision", "recall", "f1", "rate"]
Average = Literal["micro", "macro", "weighted", "document"]
"""micro: from the sums of all counts. macro: mean over groups. weighted: mean over groups by their gold. document: mean
over documents. A group or document in which the value is undefined does not enter a mean."""

_TOKEN = re.compile(r"(\w+)\.(\w+)\((?:match=([\w+-]+)),view=([\w-]+),avg=(\w+)\)")


@dataclass(frozen=True, slots=True)
class Match:
    """Which columns of a tally a family of measures divides.

    credit_gold, credit_predicted   {column: credit}: what an item of that column earns, by the group of its gold and
                                    of its predicted side
    gold, predicted                 the columns of the two sizes; a `rate` is the gold credit over the gold size
    harmonic                        F1 is the harmonic mean of precision and recall, whose numerators may differ
    mean_of                         the value is the mean of these matches' values; nothing of its own is divided
    mean_skips_no_gold              parts whose gold is empty do not enter the mean
    symmetric                       swapping gold and predicted swaps precision and recall
    detail                          left out of short reports unless it is asked for
    """

    name: str
    view: str
    title: str
    credit_gold: Mapping[str, float] = field(default_factory=dict)
    credit_predicted: Mapping[str, float] = field(default_factory=dict)
    gold: str = "gold"
    predicted: str = "predicted"
    statistics: tuple[Statistic, ...] = ("precision", "recall", "f1")
    symmetric: bool = True
    headline: bool = False
    harmonic: bool = False
    mean_of: tuple[str, ...] = ()
    mean_skips_no_gold: bool = False
    best: float = 1.0
    detail: bool = False
    note: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Measure:
    """One number: a statistic of one match in one view of one layer, with its average."""

    layer: str
    statistic: str
    match: str
    view: str
    average: str = "micro"

    def __str__(self) -> str:
        return f"{self.layer}.{self.statistic}(match={self.match},view={self.view},avg={self.average})"


def parse_measure(token: str) -> Measure:
    """Read what `str(measure)` writes.

    Raises:
        ValueError: The token has another form.

    >>> token = "entities.f1(match=strict,view=names,avg=micro)"
    >>> str(parse_measure(token)) == token
    True
    """
    parts = _TOKEN.fullmatch(token.replace(" ", ""))
    if parts is None:
        raise ValueError(
            f"measure {token!r} does not parse; expected the form layer.statistic(match=…,view=…,avg=…), "
            "see `goldassay list measures`"
        )
    layer, statistic, match, view, average = parts.groups()
    return Measure(layer, statistic, match, view, average)


def suggest(name: str, known: list[str]) -> str:
    """A closing hint for an unknown name.

    >>> suggest("entites", ["entities", "stances"])
    "did you mean 'entities'?"
    """
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}"
