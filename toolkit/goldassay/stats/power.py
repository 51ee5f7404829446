"""What a set of documents can show: the smallest difference that a paired test would find."""

from math import ceil, inf, sqrt

from goldassay.stats.runs import StandardError, chance_quantile
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


def detectable_difference(
    error: float,
    *,
    alpha: float = 0.05,
    power: float = 0.8,
    sided: int = 2,
    runs: StandardError | None = None,
) -> float:
    """Smallest true difference that a test at `alpha` finds with this power, from the standard error of the difference.

    Normal approximation; with the chance of runs, of which little may be known, that of `chance_quantile`. Same unit as
    the difference.

    Source: Card et al. (2020), With little power comes great responsibility, for the question asked.

    >>> round(detectable_difference(0.01), 4)  # (1.96 + 0.84) * 0.01
    0.028
    """
    chance = runs or StandardError(0.0, inf)
    return chance_quantile(error, chance, 1 - alpha / sided) + chance_quantile(error, chance, power)


def units_needed(n_units: int, error: float, run_error: float, detectable: float, wanted: float) -> int | None:
    """How many units like these it takes to detect `wanted`, if `n_units` detect `detectable`; null if none suffice.

    The error over units falls with the square root of their number, that over runs does not.

    Args:
        n_units: Units there are.
        error: Standard error of the difference over units.
        run_error: Standard error over runs; 0 for single runs.
        detectable: What the two together detect.
        wanted: The difference to detect, in the same unit.

    >>> units_needed(100, 0.02, 0.0, 0.04, 0.02)
    400
    >>> units_needed(100, 0.3, 0.4, 1.0, 0.9)  # total 0.5; wanted is 0.45; 0.45² - 0.4² = 0.0425; 100 * 0.09 / 0.0425
    212
    >>> units_needed(100, 0.3, 0.4, 1.0, 0.8) is None
    True
    """
    total = sqrt(error**2 + run_error**2) * wanted / detectable
    left = total**2 - run_error**2
    return ceil(n_units * error**2 / left - 1e-9) if left > 1e-15 else None
