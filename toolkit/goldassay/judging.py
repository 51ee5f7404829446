"""L4: is a run worse than its baseline? A failure only where a drop beyond the allowance is itself established."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np

from goldassay.differences import (
    Difference,
    Sides,
    chance_of_runs,
    compare_systems,
    lay_out_sides,
    left_out_differences,
)
from goldassay.differences import two_level_differences as bootstrap_differences
from goldassay.evaluate import Evaluation
from goldassay.layers import get_layers
from goldassay.layers.base import GoldDocument
from goldassay.measures.measure import parse_measure
from goldassay.measures.resampled import Key
from goldassay.measures.totals import ALL
from goldassay.model.scorefile import Score
from goldassay.resampling import Resampling, score_key, unit_names
from goldassay.stats.interval import FEW_UNITS
from goldassay.stats.paired import Alternative, bootstrap_p, holm, widened_p
from goldassay.stats.power import detectable_difference, jackknife_error
from goldassay.stats.runs import StandardError
from goldassay.verdicts import GatedMeasure, GroupDrop, Limits, Verdict


@dataclass(frozen=True, slots=True)
class _Asked:
    """One gated score with what the resampling says of it; `p` is not yet corrected."""

    score: Score
    difference: Difference
    turn: float
    p: float
    error: float
    runs: StandardError
    at_most: bool
    n_units: int


def judge(
    baseline: Sequence[Evaluation],
    run: Sequence[Evaluation],
    gold: Sequence[GoldDocument],
    gated: Sequence[Score],
    limits: Limits,
    resampling: Resampling,
) -> list[GatedMeasure]:
    """Judge the gated scores of a run against those of the baseline.

    A run fails in a measure if it dropped by more than the allowance and two p-values both say so: that of the
    randomisation (are the systems different at all?) and that of the bootstrap (is the drop beyond the allowance?). The
    larger of them is corrected over all gated measures. Scores of views that count all documents at once, or that a
    side does not have, are left out. Every layer may have been scored on documents of its own, the same on both sides.
    """
    sides = lay_out_sides(baseline, run, gold, resampling)
    asked = [
        _ask(sides, score, difference, limits, resampling)
        for score in gated
        for difference in compare_systems(baseline, run, gold, [score], resampling, alternative=_worse(score))
    ]
    corrected = holm([one.p for one in asked])
    alpha = limits.alpha / max(sum(not np.isnan(one.p) for one in asked), 1)
    return [
        _gated(one, p, limits, alpha, group_drops(baseline, run, one.score, one.turn))
        for one, p in zip(asked, corrected, strict=True)
    ]


def best_of(token: str) -> float:
    """The best value of a measure: 1, or 0 for rates of errors.

    >>> best_of("entities.f1(match=strict,view=names,avg=micro)")
    1.0
    """
    measure = parse_measure(token)
    return get_layers()[measure.layer].match(measure.match, measure.view).best


def count_units(gold: Sequence[GoldDocument], layer: str, resampling: Resampling) -> int:
    """How many units have a document in which the layer is annotated."""
    names = unit_names(gold, resampling.unit)
    annotated = get_layers()[layer].annotated
    return len({names[item.document.doc_id] for item in gold if annotated(item)})


def smallest_p(n_units: int, resampling: Resampling, n_measures: int) -> float:
    """The smallest corrected p-value that the gate can give with these draws: one that no draw contradicts.

    >>> round(smallest_p(20, Resampling(resamples=2000), 3), 3)
    0.007
    """
    return n_measures * widened_p(1 / (resampling.resamples + 1), n_units)


def _worse(score: Score) -> Alternative:
    return "less" if best_of(score.measure) == 1 else "greater"


def _ask(sides: Sides, score: Score, difference: Difference, limits: Limits, resampling: Resampling) -> _Asked:
    view, key, n_units = (score.layer, parse_measure(score.measure).view), score_key(score), difference.n_units
    turn = -1.0 if _worse(score) == "less" else 1.0
    p = float("nan")
    if difference.p is not None and n_units >= FEW_UNITS:
        drops = turn * bootstrap_differences(sides, view, key, resampling)
        p = max(difference.p, widened_p(bootstrap_p(drops, limits.max_drop), n_units))
    # With d differing documents no randomisation test can give less than 2^-d: too few to estimate the error from.
    at_most = 2.0**-difference.n_differing > limits.alpha and not sides.several
    error = unpaired_error(sides, view, key) if at_most else jackknife_error(left_out_differences(sides, view, key))
    return _Asked(score, difference, turn, p, error, chance_of_runs(sides, view, key), at_most, n_units)


def unpaired_error(sides: Sides, view: tuple[str, str], key: Key) -> float:
    """Standard error of the difference if the systems had nothing in common: an upper bound for similar ones."""
    errors = [
        jackknife_error(np.mean([run.left_out(key) for run in side[view]], axis=0))
        for side in (sides.first, sides.second)
    ]
    return hypot(*errors)


def _gated(one: _Asked, p: float, limits: Limits, alpha: float, groups: Sequence[GroupDrop]) -> GatedMeasure:
    few = one.n_units < FEW_UNITS
    difference = one.difference
    drop = None if difference.difference is None else one.turn * difference.difference + 0.0  # no -0
    if few or drop is None:
        verdict: Verdict = "inconclusive"
    else:
        verdict = "fail" if drop > limits.max_drop and p <= limits.alpha else "pass"
    known = not few and (one.error > 0 or one.runs.value > 0)
    least = detectable_difference(one.error, alpha=alpha, sided=1, runs=one.runs) if known else 0.0
    return GatedMeasure(
        measure=one.score.measure,
        group=one.score.group,
        baseline=difference.first,
        run=difference.second,
        drop=drop,
        n_units=one.n_units,
        difference=difference,
        p=None if np.isnan(p) else p,
        detectable=limits.max_drop + least if known else None,
        at_most=one.at_most,
        verdict=verdict,
        groups=groups,
    )


def group_drops(
    baseline: Sequence[Evaluation], run: Sequence[Evaluation], score: Score, turn: float
) -> list[GroupDrop]:
    """The groups in which the run is worse, as means over runs; groups undefined on a side are left out.

    Ranked by drop times gold items: what a group adds to the drop of the whole, so that one lost mention of a rare type
    does not stand before fifty of a common one.
    """
    if score.group != ALL:
        return []
    before, now = group_values(baseline, score.measure), group_values(run, score.measure)
    support = {one.group: one.support for one in baseline[0].scores if one.measure == score.measure}
    drops = [GroupDrop(group, before[group], now[group], support[group]) for group in before if group in now]
    worse = [one for one in drops if turn * (one.run - one.baseline) > 0]
    return sorted(worse, key=lambda one: (-abs(one.run - one.baseline) * one.support, one.group))


def group_values(runs: Sequence[Evaluation], token: str) -> dict[str, float]:
    """The measure in each group but `all`, as a mean over the runs; only groups defined in every run."""
    values: dict[str, list[float]] = {}
    for one in runs:
        for score in one.scores:
            if score.measure == token and score.group != ALL and score.value is not None:
                values.setdefault(score.group, []).append(score.value)
    return {group: sum(found) / len(found) for group, found in values.items() if len(found) == len(runs)}
