"""Systems that were run several times: the chance of the run beside the chance of the documents."""

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from goldassay.stats.paired import Alternative
from goldassay.stats.weights import FloatArray


@dataclass(frozen=True, slots=True)
class StandardError:
    """A standard error, in units of the measure, and how well it is known.

    value    0 where there is no chance to speak of
    freedom  degrees of freedom of the estimate; infinite where they do not matter
    """

    value: float
    freedom: float


def run_chance(first: FloatArray, second: FloatArray) -> StandardError:
    """The chance of runs in the difference of two means over runs, from the value of every run on all documents.

    A side with one run adds nothing: its chance is not known. Undefined values give an undefined error.

    Source: Welch (1947), The generalization of Student's problem, with Satterthwaite's (1946) degrees of freedom.

    >>> run_chance(np.array([0.5, 0.7]), np.array([0.6]))  # sd / sqrt(2) = 0.1
    StandardError(value=0.1, freedom=1.0)
    >>> run_chance(np.array([0.5]), np.array([0.6]))
    StandardError(value=0.0, freedom=inf)
    """
    sides = [(float(side.var(ddof=1)) / len(side), len(side) - 1) for side in (first, second) if len(side) > 1]
    total = sum(variance for variance, _ in sides)
    if total == 0:
        return StandardError(0.0, inf)
    freedom = total**2 / sum(variance**2 / n for variance, n in sides)
    return StandardError(float(f"{sqrt(total):.12g}"), float(f"{freedom:.12g}"))


def draw_run_chance(chance: StandardError, draws: int, seed: tuple[int, ...]) -> FloatArray:
    """What the chance of runs adds to each bootstrapped difference, shape (draws,).

    Drawn from Student's t. Drawing from the runs themselves would give two runs three outcomes and no tails, and so
    call systems different that are not.

    >>> draw_run_chance(StandardError(0.0, inf), 2, (13, 0)).tolist()
    [0.0, 0.0]
    """
    if chance.value == 0:
        return np.zeros(draws)
    random = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed[0], spawn_key=(3, *seed[1:]))))
    drawn: FloatArray = chance.value * random.standard_t(chance.freedom, size=draws)
    return drawn


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


def chance_quantile(error: float, chance: StandardError, share: float) -> float:
    """A quantile of both chances together: normal with the error over documents, Student's t over runs.

    Taken on a grid of equally likely values of either, so it is the same on every machine.

    >>> round(chance_quantile(1.0, StandardError(0.0, inf), 0.975), 2)
    1.96
    >>> round(chance_quantile(0.0, StandardError(1.0, 4.0), 0.975), 1)
    2.8
    """
    from scipy.stats import norm, t

    if np.isnan(error) or np.isnan(chance.value):
        return float("nan")
    if chance.value == 0:
        return float(error * norm.ppf(share))
    documents = error * norm.ppf((np.arange(_GRID) + 0.5) / _GRID)
    runs = chance.value * t.ppf((np.arange(4 * _GRID) + 0.5) / (4 * _GRID), chance.freedom)
    return float(np.quantile(np.add.outer(documents, runs), share))


_GRID = 250
