"""L4: what a pair of systems on these documents can show, and how many documents a smaller difference would take."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldassay.differences import chance_of_runs, lay_out_sides, left_out_differences
from goldassay.evaluate import Evaluation
from goldassay.judging import count_units
from goldassay.layers.base import GoldDocument
from goldassay.measures.measure import parse_measure
from goldassay.model.scorefile import Score
from goldassay.resampling import Resampling, score_key
from goldassay.stats.interval import FEW_UNITS
from goldassay.stats.power import detectable_difference, jackknife_error, units_needed
from goldassay.stats.weights import FloatArray


@dataclass(frozen=True, slots=True)
class PairPower:
    """What one measure of two systems can show. Numbers are null under `FEW_UNITS` units, or where undefined.

    errors       standard error of either system's value
    correlation  of the two values over samples of documents, -1 to 1: the nearer to 1, the more pairing helps
    error        standard error of their difference over documents
    run_error    its standard error over runs; 0 where neither side has several
    detectable   smallest true difference that is found with the power asked for
    needed       units it takes to detect the difference wanted; null if none was named, or no number is enough
    more         how many of these are missing, 0 if there are enough
    """

    measure: str
    group: str
    n_units: int
    values: tuple[float | None, float | None]
    errors: tuple[float | None, float | None]
    correlation: float | None
    error: float | None
    run_error: float | None
    detectable: float | None
    needed: int | None
    more: int | None


def pair_power(
    first: Sequence[Evaluation],
    second: Sequence[Evaluation],
    gold: Sequence[GoldDocument],
    wanted: Sequence[Score],
    resampling: Resampling,
    *,
    difference: float | None = None,
    alpha: float = 0.05,
    power: float = 0.8,
) -> list[PairPower]:
    """The power of a two-sided test of each score, from jackknife errors over units.

    Args:
        first: The runs of one system.
        second: The runs of the other; of several runs the chance of the run counts beside that of documents.
        gold: The documents.
        wanted: Scores of either system.
        resampling: Only its unit matters.
        difference: What one wants to be able to detect.
        alpha: Level of the test.
        power: Chance of finding a difference that is there.
    """
    sides = lay_out_sides(first, second, gold, resampling)
    found = []
    for score in wanted:
        view, key = (score.layer, parse_measure(score.measure).view), score_key(score)
        if view not in sides.first or view not in sides.second:
            continue
        units = count_units(gold, score.layer, resampling)
        whole = np.ones((1, len(sides.axis)))
        both = (sides.first[view], sides.second[view])
        one, other = (np.mean([run.left_out(key) for run in runs], axis=0) for runs in both)
        values = [float(np.mean([run.values_of(key, whole)[0] for run in runs])) for runs in both]
        error = jackknife_error(left_out_differences(sides, view, key)) if units >= FEW_UNITS else float("nan")
        errors = [jackknife_error(side) if units >= FEW_UNITS else float("nan") for side in (one, other)]
        chance = chance_of_runs(sides, view, key)
        detectable = float("nan")
        if error > 0 or chance.value > 0:
            detectable = detectable_difference(error, alpha=alpha, power=power, runs=chance)
        needed = None
        if difference and not np.isnan(detectable):
            enough = units_needed(units, error, chance.value, detectable, difference)
            needed = None if enough is None else max(enough, FEW_UNITS)
        found.append(
            PairPower(
                measure=score.measure,
                group=score.group,
                n_units=units,
                values=(_known(values[0]), _known(values[1])),
                errors=(_known(errors[0]), _known(errors[1])),
                correlation=correlation(one, other) if units >= FEW_UNITS else None,
                error=_known(error),
                run_error=_known(chance.value),
                detectable=_known(detectable),
                needed=needed,
                more=None if needed is None else max(needed - units, 0),
            )
        )
    return found


def correlation(one: FloatArray, other: FloatArray) -> float | None:
    """Correlation of two statistics over samples, from their values with each unit left out; null if one is constant.

    >>> round(correlation(np.array([1.0, 2.0, 4.0]), np.array([2.0, 4.0, 8.0])), 6)
    1.0
    """
    error_one, error_other, error = jackknife_error(one), jackknife_error(other), jackknife_error(other - one)
    if not (error_one > 0 and error_other > 0):
        return None
    return (error_one**2 + error_other**2 - error**2) / (2 * error_one * error_other)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
