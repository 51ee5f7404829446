"""What a set of documents can show: the smallest difference that a paired test would find."""

from math import ceil, sqrt

from goldassay.stats.weights import FloatArray


def jackknife_error(left_out: FloatArray) -> float:
    """Standard error of a statistic from its values with each unit left out; NaN if one of them is undefined.

    Source: Efron and Stein (1981), The jackknife estimate of variance.

    >>> import numpy as np
    >>> jackknife_error(np.array([1.0, 2.0, 3.0]))  # sqrt(2/3 * ((1-2)^2 + 0 + (3-2)^2)) = sqrt(4/3)
    1.1547005383792515
    """
    n = len(left_out)
    return sqrt((n - 1) / n * float(((left_out - left_out.mean()) ** 2).sum())) if n > 1 else float("nan")


def detectable_difference(error: float, *, alpha: float = 0.05, power: float = 0.8, sided: int = 2) -> float:
    """Smallest true difference that a test at `alpha` finds with this power, from the standard error of the difference.

    Normal approximation, same unit as the difference, best 0.

    Source: Card et al. (2020), With little power comes great responsibility, for the question asked.

    >>> round(detectable_difference(0.01), 4)  # (1.96 + 0.84) * 0.01
    0.028
    """
    from scipy.stats import norm

    return float((norm.ppf(1 - alpha / sided) + norm.ppf(power)) * error)


def units_needed(n_units: int, detectable: float, wanted: float) -> int:
    """How many units like these it takes to detect `wanted`, if `n_units` detect `detectable`.

    The error falls with the square root of the number of units.

    >>> units_needed(100, 0.04, 0.02)
    400
    """
    return ceil(n_units * (detectable / wanted) ** 2 - 1e-9)
