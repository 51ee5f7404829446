"""Two systems on the same documents: p-values of resampled differences, and their correction for many questions."""

from collections.abc import Sequence
from math import sqrt
from typing import Literal

import numpy as np

from goldassay.stats.weights import FloatArray

Alternative = Literal["two-sided", "greater", "less"]

NEAR = 1e-12
"""Differences this close to the observed one are the same number, computed in another order."""


def randomisation_p(observed: float, shuffled: FloatArray, *, exact: bool, alternative: Alternative) -> float:
    """Chance, if both systems were interchangeable document by document, of a difference at least as large.

    Range 0 to 1; NaN if the observed difference is undefined. A shuffled difference that is undefined counts as one as
    large as the observed one, which can only make the p-value larger. `exact` says that `shuffled` holds every
    assignment, the observed one among them; else the observed one is counted as one more draw.

    Source: Noreen (1989), ch. 2; (hits + 1) / (draws + 1): Davison and Hinkley (1997), Bootstrap methods, 4.2.

    >>> randomisation_p(0.5, np.array([0.5, -0.5, 0.1, -0.1]), exact=True, alternative="two-sided")
    0.5
    """
    if np.isnan(observed):
        return float("nan")
    match alternative:
        case "two-sided":
            beyond = np.abs(shuffled) >= abs(observed) - NEAR
        case "greater":
            beyond = shuffled >= observed - NEAR
        case "less":
            beyond = shuffled <= observed + NEAR
    hits = int((beyond | np.isnan(shuffled)).sum())
    return hits / len(shuffled) if exact else (hits + 1) / (len(shuffled) + 1)


def bootstrap_p(differences: FloatArray, allowance: float) -> float:
    """Share of bootstrap differences that do not lie beyond the allowance: small if the difference is established.

    One-sided, range 0 to 1; (hits + 1) / (draws + 1). An undefined difference counts as not beyond.

    >>> bootstrap_p(np.array([0.3, 0.2, 0.1]), allowance=0.15)  # one of three is not beyond 0.15
    0.5
    """
    hits = int((~(differences > allowance)).sum())
    return (hits + 1) / (len(differences) + 1)


def widened_p(p: float, n_units: int) -> float:
    """A bootstrap tail share as a p-value for few units: a bootstrap of n units varies too little around its middle.

    The normal quantile of the share, shrunk by sqrt((n - 1) / n), is read as one of Student's t with n - 1 degrees of
    freedom. Range 0 to 1; at 20 units a share of 0.01 becomes 0.018, at 1,000 it stays 0.010.

    Source: Hesterberg (2015), What teachers should know about the bootstrap, 5.3 (expanded percentile interval).

    >>> round(widened_p(0.01, 20), 3), round(widened_p(0.01, 1000), 3)
    (0.018, 0.01)
    """
    from scipy.stats import norm, t

    return float(t.cdf(norm.ppf(p) * sqrt((n_units - 1) / n_units), n_units - 1))


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down correction: p-values that hold for the whole family. Undefined ones stay out of it.

    Source: Holm (1979), A simple sequentially rejective multiple test procedure.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]  # 3 * 0.01; 2 * 0.03; then not less than that
    [0.03, 0.06, 0.06]
    """
    asked = [index for index, p in enumerate(p_values) if not np.isnan(p)]
    corrected, largest = [float("nan")] * len(p_values), 0.0
    for rank, index in enumerate(sorted(asked, key=lambda i: (p_values[i], i))):
        largest = max(largest, min(1.0, (len(asked) - rank) * p_values[index]))
        corrected[index] = largest
    return corrected
