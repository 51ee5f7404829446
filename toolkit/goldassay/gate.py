"""L4: is a run worse than its baseline? Red only where a drop beyond the allowance is itself established.

Both sides are predictions, scored on today's gold by today's tool, so that neither can move between two runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import Literal

import numpy as np

from goldassay.compare import Difference, Sides, compare_systems, lay_out_sides, left_out_differences
from goldassay.compare import two_level_differences as bootstrap_differences
from goldassay.evaluate import Evaluation
from goldassay.item_outcomes import ItemKey, Outcomes, share_right
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

Verdict = Literal["pass", "fail", "inconclusive"]
Outcome = Literal["pass", "fail", "inconclusive", "unanswered"]

UNANSWERED = 4
"""Exit code of a run that leaves documents, or a whole layer, without an answer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a gate allows.

    max_drop    a drop up to this is no failure, 0 to 1
    alpha       chance of failing a run that is no worse, over all gated measures together
    fail_under  {measure token: smallest value}
    items       judge gold items one by one as well
    """

    max_drop: float = 0.005
    alpha: float = 0.01
    fail_under: Mapping[str, float] = field(default_factory=dict)
    items: bool = False


@dataclass(frozen=True, slots=True)
class GroupDrop:
    """What one group (type, dimension, kind) of a measure lost: a diagnosis, never a failure.

    support     gold items of the group
    """

    group: str
    baseline: float
    run: float
    support: int


@dataclass(frozen=True, slots=True)
class GatedMeasure:
    """One gated measure. `drop` is positive where the run is worse, whatever the measure's best value.

    n_units     documents (or sources) in which the layer is annotated
    p           chance of a drop this far beyond the allowance if there were none, corrected over the gate (Holm)
    detectable  smallest drop that this gate would have found in four of five cases; null under `FEW_UNITS` units, or
                where neither side varies
    at_most     whether `detectable` is an upper bound: the sides differ in too few units to estimate it
    groups      the groups that got worse, those first that cost most
    """

    measure: str
    group: str
    baseline: float | None
    run: float | None
    drop: float | None
    n_units: int
    difference: Difference
    p: float | None
    detectable: float | None
    at_most: bool
    verdict: Verdict
    groups: Sequence[GroupDrop]


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate says of a run, with its reasons.

    lost_items  gold items that most baseline runs have right and most of this system's runs have wrong
    under       measures below their `fail_under`: (token, value, limit); the value is null where it is undefined
    unanswered  documents without an answer: they are never a drop of a score
    uncovered   gated layers without an answer in any document
    """

    measures: Sequence[GatedMeasure]
    lost_items: Sequence[ItemKey]
    under: Sequence[tuple[str, float | None, float]]
    unanswered: Sequence[str]
    uncovered: Sequence[str]
    limits: Limits

    @property
    def verdict(self) -> Outcome:
        """Unanswered if an answer is missing; else fail if anything fails.

        Else inconclusive if a gated measure could not be judged, unless items are judged; else pass.
        """
        verdicts = {one.verdict for one in self.measures}
        if self.unanswered or self.uncovered:
            return "unanswered"
        if self.under or "fail" in verdicts or (self.limits.items and self.lost_items):
            return "fail"
        if not self.limits.items and "inconclusive" in verdicts:
            return "inconclusive"
        return "pass"

    @property
    def exit_code(self) -> int:
        """4 for missing answers, 1 for fail, else 0."""
        return {"unanswered": UNANSWERED, "fail": 1}.get(self.verdict, 0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One gated score with what the resampling says of it; `p` is not yet corrected."""

    score: Score
    difference: Difference
    turn: float
    p: float
    error: float
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
    side does not have, are left out.
    """
    sides = lay_out_sides(baseline, run, gold, resampling)
    layers = {score.layer: count_units(gold, score.layer, resampling) for score in gated}
    asked = [
        _ask(sides, score, difference, limits, resampling, layers[score.layer])
        for score in gated
        for difference in compare_systems(baseline, run, gold, [score], resampling, alternative=_worse(score))
    ]
    corrected = holm([one.p for one in asked])
    alpha = limits.alpha / max(len(asked), 1)
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


def _ask(
    sides: Sides, score: Score, difference: Difference, limits: Limits, resampling: Resampling, n_units: int
) -> _Asked:
    view, key = (score.layer, parse_measure(score.measure).view), score_key(score)
    turn = -1.0 if _worse(score) == "less" else 1.0
    drops = turn * bootstrap_differences(sides, view, key, resampling)
    beyond = widened_p(bootstrap_p(drops, limits.max_drop), n_units) if n_units > 1 else float("nan")
    p = float("nan") if difference.p is None else max(difference.p, beyond)
    # With d differing documents no randomisation test can give less than 2^-d: too few to estimate the error from.
    at_most = 2.0**-difference.n_differing > limits.alpha
    error = unpaired_error(sides, view, key) if at_most else jackknife_error(left_out_differences(sides, view, key))
    return _Asked(score, difference, turn, p, error, at_most, n_units)


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
    drop = None if difference.difference is None else one.turn * difference.difference
    if few or drop is None:
        verdict: Verdict = "inconclusive"
    else:
        verdict = "fail" if drop > limits.max_drop and p <= limits.alpha else "pass"
    known = not few and one.error > 0
    return GatedMeasure(
        measure=one.score.measure,
        group=one.score.group,
        baseline=difference.first,
        run=difference.second,
        drop=drop,
        n_units=one.n_units,
        difference=difference,
        p=None if np.isnan(p) else p,
        detectable=limits.max_drop + detectable_difference(one.error, alpha=alpha, sided=1) if known else None,
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


def lost_items(baseline: Sequence[Outcomes], run: Sequence[Outcomes]) -> list[ItemKey]:
    """Gold items that most of the baseline's runs have right and most of the new runs have wrong.

    >>> key = ItemKey("entities", "d", "m1")
    >>> [lost.item for lost in lost_items([Outcomes({key: True}, {})], [Outcomes({key: False}, {})])]
    ['m1']
    """
    before, now = share_right(baseline), share_right(run)
    return sorted(key for key, share in before.items() if share > 0.5 and now.get(key, 0.0) < 0.5)


def below(run: Sequence[Evaluation], limits: Mapping[str, float]) -> list[tuple[str, float | None, float]]:
    """The measures whose mean over the runs is under its limit, or undefined.

    A measure that no run scores is under its limit too: a gate must not pass because a layer is missing.
    """
    found = []
    for token, limit in limits.items():
        values = [score.value for one in run for score in one.scores if score.measure == token and score.group == ALL]
        known = [value for value in values if value is not None]
        mean = sum(known) / len(known) if known and len(known) == len(run) else None
        if mean is None or mean < limit:
            found.append((token, mean, limit))
    return found
