"""A measure is a value: it prints as a token, and the token parses back to it.

`entities.f1(match=strict,view=names,avg=micro)` is the same in Python, on the command line, in every report and in the
score file.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Statistic = Literal["precision", "recall", "f1", "rate", "mean", "value"]
"""precision, recall, f1: as usual. rate: the share of the gold size that has a property. mean: points (not 0 to 1) over
the gold size, such as an absolute error. value: a formula of its own over several columns, such as a kappa."""

RATIOS: tuple[Statistic, ...] = ("rate", "mean", "value")
"""Statistics of one number, which stands where a table has F1; they have no means over groups or documents."""

Formula = Callable[[Mapping[str, npt.NDArray[Any]]], npt.NDArray[np.float64]]
"""Sums of count columns, each (..., G), to one value an entry, NaN where it is undefined; pure."""

Average = Literal["micro", "macro", "weighted", "document"]
"""micro: from the sums of all counts. macro: mean over groups. weighted: mean over groups by their gold. document: mean
over documents. A group or document in which the value is undefined does not enter a mean."""

_TOKEN = re.compile(r"(\w+)\.(\w+)\((?:match=([\w+-]+)),view=([\w.-]+),avg=(\w+)\)")


@dataclass(frozen=True, slots=True)
class Match:
    """Which columns of a tally a family of measures divides.

    credit_gold, credit_predicted   {column: credit}: what an item of that column earns, by the group of its gold and
                                    of its predicted side
    gold, predicted                 the columns of the two sizes; `rate`, `mean`: the gold credit over the gold size
    formula                         what a `value` is computed by, from the sums of any columns of the tally
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
    formula: Formula | None = None
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
