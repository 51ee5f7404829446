"""Systems that were run several times: the chance of the run beside the chance of the documents."""

import numpy as np

from goldassay.stats.paired import Alternative
from goldassay.stats.weights import FloatArray


def draw_runs(values: FloatArray, seed: tuple[int, ...]) -> FloatArray:
    """Mean over runs drawn with replacement, one draw for each column of `values` (runs, B); shape (B,).

    The deviation of a draw from the mean of all runs is stretched by sqrt(n / (n - 1)), because n runs vary less around
    their own mean than around the system's. One run gives itself: its chance is not known.

    Source: Davison and Hinkley (1997), Bootstrap methods, 2.1 (variance of a resampled mean) and 3.8 (two levels).

    >>> draw_runs(np.array([[0.25, 0.5]]), (13, 0, 0)).tolist()
    [0.25, 0.5]
    """
    n, draws = values.shape
    mean: FloatArray = values.mean(axis=0)
    if n == 1:
        return mean
    random = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed[0], spawn_key=(3, *seed[1:]))))
    chosen = random.integers(0, n, size=(n, draws))
    drawn: FloatArray = np.take_along_axis(values, chosen, axis=0).mean(axis=0)
    stretched: FloatArray = mean + np.sqrt(n / (n - 1)) * (drawn - mean)
    return stretched


def two_level_p(observed: float, differences: FloatArray, alternative: Alternative) -> float:
    """p-value from bootstrapped differences: how far 0 lies in their tail. Range 0 to 1; NaN if undefined.

    Source: Efron and Tibshirani (1993), ch. 15.4 (inverting the percentile interval).

    >>> two_level_p(0.2, np.array([0.1, 0.2, 0.3]), "two-sided")  # 2 * (0 + 1) / (3 + 1)
    0.5
    """
    if np.isnan(observed):
        return float("nan")
    undefined = int(np.isnan(differences).sum())
    below = (int((differences <= 0).sum()) + undefined + 1) / (len(differences) + 1)
    above = (int((differences >= 0).sum()) + undefined + 1) / (len(differences) + 1)
    match alternative:
        case "greater":
            return below
        case "less":
            return above
        case "two-sided":
            return min(1.0, 2 * min(below, above))
