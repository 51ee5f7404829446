"""L5: smallest values that are asked of measures, as `MEASURE=VALUE`."""

import math
from collections.abc import Sequence

from goldassay.errors import UsageError
from goldassay.judging import best_of
from goldassay.layers import get_layers
from goldassay.measures.measure import RATIOS, Measure, suggest
from goldassay.report.table import HEADLINES


def parse_limits(limits: Sequence[str]) -> dict[str, float]:
    """The limits in `MEASURE=VALUE`; a layer's name stands for its headline number.

    Raises:
        UsageError: It has another form, there is no such measure, or the value is not from 0 to 1.

    >>> parse_limits(["entities=0.8"])
    {'entities.f1(match=strict,view=names,avg=micro)': 0.8}
    """
    headlines = {measure.layer: str(measure) for measure, _ in HEADLINES}
    found = {}
    for text in limits:
        name, _, number = text.replace(" ", "").rpartition("=")
        if not name:
            raise UsageError(f"a limit has the form MEASURE=VALUE; found {text!r}")
        token = headlines.get(name, name)
        if token not in known_tokens():
            raise UsageError(f"no measure {name!r}; {_nearest(name, list(headlines))}")
        if best_of(token) == 0:
            raise UsageError(f"{token} is best at 0; a smallest value for it would ask for errors")
        found[token] = _share(number, text)
    return found


def _nearest(name: str, layers: list[str]) -> str:
    if "(" not in name:
        return f"{suggest(name, layers)}; or give a whole token of `goldassay list measures`"
    return f"{suggest(name, sorted(known_tokens()))[:200]}; `goldassay list measures` lists all"


def known_tokens() -> set[str]:
    """The token of every measure that runs from 0 to 1."""
    return {
        str(Measure(layer.name, statistic, match.name, match.view, average))
        for layer in get_layers().values()
        for match in layer.matches
        for statistic in match.statistics
        if statistic != "mean"
        for average in (("micro",) if statistic in RATIOS else ("micro", "macro", "weighted", "document"))
    }


def _share(number: str, text: str) -> float:
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise UsageError(f"a limit runs from 0 to 1; found {number!r} in {text!r}")
    return value
