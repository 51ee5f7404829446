"""From resampled values to an interval. Undefined resamples are counted, never replaced by a number."""

from dataclasses import dataclass

import numpy as np

from goldassay.stats.weights import FloatArray

FEW_UNITS = 20
"""Below this many documents (or sources) a percentile interval covers too rarely to be printed."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Where resampled values lie.

    low, high         ends; NaN where no resample is defined
    undefined_share   share of resamples in which the value is 0/0, 0 to 1, best 0
    """

    low: float
    high: float
    undefined_share: float


def percentile_interval(values: FloatArray, level: float = 0.95) -> Spread:
    """The central `level` of the defined resamples of one value.

    Source: Efron and Tibshirani (1993), An introduction to the bootstrap, ch. 13.

    >>> percentile_interval(np.array([0.0, 0.25, 0.5, 0.75, 1.0, np.nan]), level=0.5)
    Spread(low=0.25, high=0.75, undefined_share=0.16666666666666666)
    """
    defined = values[~np.isnan(values)]
    share = float(np.isnan(values).mean()) if len(values) else 0.0
    if not len(defined):
        return Spread(float("nan"), float("nan"), share)
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return Spread(float(low), float(high), share)


def whole_range(values: FloatArray) -> Spread:
    """Smallest and largest defined value.

    >>> whole_range(np.array([0.5, 0.25, np.nan]))
    Spread(low=0.25, high=0.5, undefined_share=0.3333333333333333)
    """
    defined = values[~np.isnan(values)]
    share = float(np.isnan(values).mean()) if len(values) else 0.0
    if not len(defined):
        return Spread(float("nan"), float("nan"), share)
    return Spread(float(defined.min()), float(defined.max()), share)
