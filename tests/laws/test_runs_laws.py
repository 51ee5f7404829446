"""Systems that change from run to run: how often they are called different, and what can be detected."""

import numpy as np
import pytest
from scipy import stats

from drawn_counts import Counts, evaluation_of, gold_of, random_side, wanted
from goldassay.differences import Difference, compare_systems
from goldassay.judging import judge
from goldassay.resampling import Resampling
from goldassay.verdicts import GatedMeasure, Limits

SPREAD = 0.12
"""Standard deviation of a system's share of right answers from run to run: more than the chance of documents."""


def draw_sides(
    seed: int, n_runs: tuple[int, int], shares: tuple[float, float] = (0.6, 0.6), *, normal: bool = True
) -> list[list[Counts]]:
    """Runs of two systems on 40 documents; shares vary normally, or evenly over as wide a range."""
    random = np.random.default_rng(seed)
    gold = random.integers(3, 12, 40)

    def share_of(middle: float) -> float:
        half = SPREAD * 3**0.5
        drawn = random.normal(middle, SPREAD) if normal else random.uniform(middle - half, middle + half)
        return float(np.clip(drawn, 0.05, 0.95))

    return [
        [random_side(random, gold, share_of(share)) for _ in range(n)] for n, share in zip(n_runs, shares, strict=True)
    ]


def compared(sides: list[list[Counts]]) -> Difference:
    first, second = ([evaluation_of(counts) for counts in side] for side in sides)
    (found,) = compare_systems(first, second, gold_of(40), wanted(first[0]), Resampling(resamples=199))
    return found


def judged(sides: list[list[Counts]], limits: Limits) -> GatedMeasure:
    first, second = ([evaluation_of(counts) for counts in side] for side in sides)
    (found,) = judge(first, second, gold_of(40), wanted(first[0]), limits, Resampling(resamples=199))
    return found


@pytest.mark.parametrize("normal", [True, False])
@pytest.mark.parametrize("n_runs", [(2, 2), (3, 3)])
def test_of_null_systems_of_few_runs_no_more_than_one_in_twenty_differ(n_runs: tuple[int, int], normal: bool) -> None:
    """1,000 pairs drawn alike: at 0.05 at most 73 differ (99.9 % of a binomial with 1,000 draws of 0.05)."""
    assert stats.binom.ppf(0.999, 1000, 0.05) == 73
    called = sum((compared(draw_sides(seed, n_runs, normal=normal)).p or 1.0) <= 0.05 for seed in range(1000))
    assert called <= 73


def test_of_null_systems_of_few_runs_no_more_fail_than_alpha_allows() -> None:
    """500 pairs drawn alike, no allowance: at 0.05 at most 41 fail (99.9 % of a binomial)."""
    assert stats.binom.ppf(0.999, 500, 0.05) == 41
    limits = Limits(max_drop=0, alpha=0.05)
    assert sum(judged(draw_sides(seed, (3, 3)), limits).verdict == "fail" for seed in range(500)) <= 41


@pytest.mark.parametrize("n_runs", [3, 5])
def test_what_is_called_detectable_counts_the_chance_of_runs(n_runs: int) -> None:
    """Of 150 pairs with one true drop, those that print a detectable drop no larger find theirs in four of five cases.

    The true drop is that of the means over all 150 pairs. Bounds: 0.1 % of a binomial with 0.8.
    """
    limits = Limits(max_drop=0, alpha=0.05)
    pairs = [judged(draw_sides(9000 + seed, (n_runs, n_runs), (0.6, 0.32)), limits) for seed in range(150)]
    true = float(np.mean([one.drop for one in pairs if one.drop is not None]))
    able = [one.verdict == "fail" for one in pairs if one.detectable is not None and one.detectable <= true]
    assert len(able) > 20
    assert sum(able) >= stats.binom.ppf(0.001, len(able), 0.8)
    # One run a side says nothing of the chance of runs, so it seems to detect more.
    single = [judged(draw_sides(seed, (1, 1)), limits).detectable for seed in range(20)]
    several = [judged(draw_sides(seed, (n_runs, n_runs)), limits).detectable for seed in range(20)]
    assert np.median([one for one in single if one is not None]) < np.median(
        [one for one in several if one is not None]
    )


def test_two_runs_widen_the_interval_more_than_five() -> None:
    widths = [
        np.median(
            [
                found.interval.high - found.interval.low
                for seed in range(30)
                if (found := compared(draw_sides(seed, (n, n)))).interval.high is not None
                and found.interval.low is not None
            ]
        )
        for n in (5, 3, 2)
    ]
    assert widths == sorted(widths)
