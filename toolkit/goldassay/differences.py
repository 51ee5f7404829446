"""L4: two systems on the same documents: differences, intervals and tests, from the tallies of both.

A system is one run or several (seeds, samples); its value is the mean over its runs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from goldassay.evaluate import Evaluation
from goldassay.layers.base import GoldDocument
from goldassay.measures.measure import parse_measure
from goldassay.measures.resampled import Key
from goldassay.model.scorefile import Interval, Score
from goldassay.resampling import Laid, Resampling, lay_out_tally, score_key, unit_axis, unit_names
from goldassay.stats.interval import FEW_UNITS, percentile_interval, whole_range
from goldassay.stats.paired import NEAR, Alternative, holm, randomisation_p
from goldassay.stats.runs import StandardError, draw_run_chance, run_chance, two_level_p
from goldassay.stats.weights import (
    FloatArray,
    bootstrap_weights,
    every_swap,
    swap_weights,
)
from goldassay.tally.tally import POOLED

View = tuple[str, str]

EXACT_UNITS = 12
"""Up to this many documents on which two systems differ, all 2^n assignments are tried instead of a sample."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of two systems, second minus first.

    p           chance of a difference this large if the systems were interchangeable; null where undefined
    corrected   the same after Holm's correction over everything that was asked
    test        how p was computed: `exact`, `sampled` (randomisation of documents) or `runs` (bootstrap of
                documents with the chance of runs added)
    wins        units in which the second is larger, smaller and equal
    influence   {unit: what the difference loses when the unit is left out}
    """

    measure: str
    group: str
    first: float | None
    second: float | None
    difference: float | None
    interval: Interval
    p: float | None
    corrected: float | None
    test: str
    n_units: int
    n_differing: int
    wins: tuple[int, int, int]
    influence: dict[str, float]


@dataclass(frozen=True, slots=True)
class Sides:
    """Both systems laid out on one axis: for each view, the runs of either."""

    axis: tuple[str, ...]
    first: dict[View, list[Laid]]
    second: dict[View, list[Laid]]

    @property
    def several(self) -> bool:
        """Whether a system has more than one run."""
        return any(len(runs) > 1 for side in (self.first, self.second) for runs in side.values())


def lay_out_sides(
    first: Sequence[Evaluation], second: Sequence[Evaluation], gold: Sequence[GoldDocument], resampling: Resampling
) -> Sides:
    """Lay both systems' tallies out on the units of the gold; views that either lacks are left out."""
    names = unit_names(gold, resampling.unit)
    axis = unit_axis(names)

    def laid(runs: Sequence[Evaluation]) -> dict[View, list[Laid]]:
        views: dict[View, list[Laid]] = {}
        for run in runs:
            for tally in run.tallies:
                if tally.units != (POOLED,):
                    views.setdefault((tally.layer, tally.view), []).append(lay_out_tally(tally, names, axis))
        return views

    return Sides(axis, laid(first), laid(second))


def compare_systems(
    first: Sequence[Evaluation],
    second: Sequence[Evaluation],
    gold: Sequence[GoldDocument],
    wanted: Sequence[Score],
    resampling: Resampling,
    alternative: Alternative = "two-sided",
) -> list[Difference]:
    """Compare two systems in every score that is wanted.

    Args:
        first: The runs of one system, scored on the gold.
        second: The runs of the other, scored with the same options.
        gold: The documents.
        wanted: Scores of either system, which say which measures and groups to compare.
        resampling: Seed, draws and unit, the same for all measures.
        alternative: `two-sided`, or `less` to ask only whether the second is worse.
    """
    sides = lay_out_sides(first, second, gold, resampling)
    keys = [((score.layer, parse_measure(score.measure).view), score_key(score)) for score in wanted]
    keys = [key for key in keys if key[0] in sides.first and key[0] in sides.second]
    tokens = {((score.layer, parse_measure(score.measure).view), score_key(score)): score.measure for score in wanted}
    found = [_compare(sides, view, key, tokens[view, key], resampling, alternative) for view, key in keys]
    corrected = holm([float("nan") if item.p is None else item.p for item in found])
    return [replace(item, corrected=_known(p)) for item, p in zip(found, corrected, strict=True)]


def _compare(
    sides: Sides, view: View, key: Key, token: str, resampling: Resampling, alternative: Alternative
) -> Difference:
    whole = np.ones((1, len(sides.axis)))
    first = _mean([run.values_of(key, whole) for run in sides.first[view]])
    second = _mean([run.values_of(key, whole) for run in sides.second[view]])
    observed = float(second[0] - first[0])
    left_out = left_out_differences(sides, view, key)
    differing = differing_units(sides, view)
    n_units = sides.first[view][0].n_units
    if n_units >= FEW_UNITS:
        draws = two_level_differences(sides, view, key, resampling)
        spread = percentile_interval(draws, resampling.level)
        interval = Interval(
            kind="bootstrap",
            low=_known(spread.low),
            high=_known(spread.high),
            level=resampling.level,
            resamples=len(draws),
            undefined_share=spread.undefined_share,
        )
    else:
        draws, spread = np.empty(0), whole_range(left_out)
        interval = Interval(
            kind="leave_one_out",
            low=_known(spread.low),
            high=_known(spread.high),
            resamples=len(left_out),
            undefined_share=spread.undefined_share,
        )
    if sides.several:
        p, test = two_level_p(observed, draws, alternative) if n_units >= FEW_UNITS else float("nan"), "runs"
    else:
        exact = len(differing) <= EXACT_UNITS
        shuffled = shuffled_differences(sides, view, key, differing, resampling, exact=exact)
        p = randomisation_p(observed, shuffled, exact=exact, alternative=alternative)
        test = "exact" if exact else "sampled"
    return Difference(
        measure=token,
        group=key[3],
        first=_known(float(first[0])),
        second=_known(float(second[0])),
        difference=_known(observed),
        interval=interval,
        p=_known(p),
        corrected=None,
        test=test,
        n_units=n_units,
        n_differing=len(differing),
        wins=count_wins(sides, view, key),
        influence={
            unit: float(observed - without)
            for unit, without in zip(sides.axis, left_out, strict=True)
            if not np.isnan(observed - without)
        },
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _mean(values: Sequence[FloatArray]) -> FloatArray:
    """Mean over runs, shape (B,); undefined where it is undefined in one of them."""
    mean: FloatArray = np.mean(values, axis=0)
    return mean


def left_out_differences(sides: Sides, view: View, key: Key) -> FloatArray:
    """Second minus first with each unit left out, shape (U,)."""
    first, second = ([run.left_out(key) for run in side[view]] for side in (sides.first, sides.second))
    return _mean(second) - _mean(first)


def count_wins(sides: Sides, view: View, key: Key) -> tuple[int, int, int]:
    """Units in which the second is better, worse, and equal; those in which one side is undefined are in none.

    Better means larger; for a measure whose best value is 0 the reader has to turn it round.
    """
    first, second = ([run.alone(key) for run in side[view]] for side in (sides.first, sides.second))
    gain = _mean(second) - _mean(first)
    defined = gain[~np.isnan(gain)]
    better, worse = int((defined > NEAR).sum()), int((defined < -NEAR).sum())
    return better, worse, len(defined) - better - worse


def two_level_differences(sides: Sides, view: View, key: Key, resampling: Resampling) -> FloatArray:
    """Differences under bootstrapped documents and, for systems of several runs, with the chance of runs added."""
    chance = chance_of_runs(sides, view, key)
    parts: list[FloatArray] = []
    for number, weights in enumerate(bootstrap_weights(len(sides.axis), resampling.resamples, resampling.seed)):
        first, second = ([run.values_of(key, weights) for run in side[view]] for side in (sides.first, sides.second))
        drawn = draw_run_chance(chance, len(weights), (resampling.seed, number))
        parts.append(_mean(second) - _mean(first) + drawn)
    return np.concatenate(parts)


def chance_of_runs(sides: Sides, view: View, key: Key) -> StandardError:
    """How far the difference could move with other runs of the same systems on these documents."""
    whole = np.ones((1, len(sides.axis)))
    first, second = (
        np.array([run.values_of(key, whole)[0] for run in side[view]]) for side in (sides.first, sides.second)
    )
    return run_chance(first, second)


def differing_units(sides: Sides, view: View) -> list[int]:
    """Indices of the units on which the first runs of both systems have different counts in this view."""
    first, second = sides.first[view][0], sides.second[view][0]
    differs = np.zeros(len(sides.axis), dtype=np.bool_)
    for name, column in first.columns.items():
        differs |= (column != second.columns[name]).any(axis=1)
    return np.flatnonzero(differs).tolist()


def shuffled_differences(
    sides: Sides, view: View, key: Key, differing: Sequence[int], resampling: Resampling, *, exact: bool
) -> FloatArray:
    """Second minus first with documents changing sides, all ways (`exact`) or as many as there are draws."""
    first, second = sides.first[view][0], sides.second[view][0]
    parts = []
    for swaps in _swaps(len(sides.axis), differing, resampling, exact=exact):
        ours, theirs = first.mixed(second, key, swaps), second.mixed(first, key, swaps)
        parts.append(theirs - ours)
    return np.concatenate(parts)


def _swaps(n: int, differing: Sequence[int], resampling: Resampling, *, exact: bool) -> Iterator[FloatArray]:
    if not exact:
        yield from swap_weights(n, resampling.resamples, resampling.seed)
        return
    ways = every_swap(len(differing))
    swaps = np.zeros((len(ways), n))
    swaps[:, list(differing)] = ways
    yield swaps
