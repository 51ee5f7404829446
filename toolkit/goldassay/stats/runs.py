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


def combine_errors(error: float, n_units: int, chance: StandardError) -> StandardError:
    """Standard error and degrees of freedom of a difference from both chances, that of `n_units` documents and of runs.

    >>> combine_errors(0.3, 10, StandardError(0.4, 4.0))  # 0.5; 0.0625 / (0.0081 / 9 + 0.0256 / 4)
    StandardError(value=0.5, freedom=8.56164383562)
    """
    if chance.value == 0:
        return StandardError(error, n_units - 1)
    parts = ((error**2, n_units - 1), (chance.value**2, chance.freedom))
    total = sum(variance for variance, _ in parts)
    freedom = total**2 / sum(variance**2 / n for variance, n in parts)
    return StandardError(float(f"{sqrt(total):.12g}"), float(f"{freedom:.12g}"))


def welch_p(observed: float, error: StandardError, alternative: Alternative) -> float:
    """p-value of a difference whose standard error comes from documents and from runs, by Student's t.

    Range 0 to 1; NaN if the difference or its error is undefined. Without any error, systems that differ in nothing
    have the p-value 1 and any others 0.

    Source: Welch (1947), The generalization of Student's problem.

    >>> round(welch_p(0.2, StandardError(0.1, 4.0), "two-sided"), 3)
    0.116
    >>> round(welch_p(-0.2, StandardError(0.1, 4.0), "less"), 3)
    0.058
    """
    from scipy.stats import t

    if np.isnan(observed) or np.isnan(error.value):
        return float("nan")
    if error.value == 0:
        ratio = 0.0 if observed == 0 else float(np.copysign(inf, observed))
    else:
        ratio = observed / error.value
    match alternative:
        case "greater":
            return float(t.sf(ratio, error.freedom))
        case "less":
            return float(t.cdf(ratio, error.freedom))
        case "two-sided":
            return float(2 * t.sf(abs(ratio), error.freedom))
