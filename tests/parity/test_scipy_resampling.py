"""Our tests and intervals beside scipy's, on the F1 of small made-up tallies."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from drawn_counts import Counts, f1, gold_of, random_pair
from goldassay.differences import Difference, compare_systems
from goldassay.evaluate import Evaluation
from goldassay.layers import get_layers
from goldassay.measures.totals import score_view
from goldassay.model.scorefile import Score
from goldassay.resampling import Resampling, estimate_intervals
from goldassay.tally.tally import Tally, unit_order

LAYER = get_layers()["stances"]
TOKEN = "stances.f1(match=pair,view=belief,avg=micro)"


def evaluation_of(counts: Counts) -> Evaluation:
    """An evaluation whose only numbers are those of the match `pair` of beliefs."""
    matches = [match for match in LAYER.matches if match.view == "belief" and match.name == "pair"]
    names = [f"d{index}" for index in range(len(counts))]
    order = unit_order(names)
    needed = {name for match in LAYER.matches if match.view == "belief" for name in columns_of(match)}
    zero = np.zeros((len(counts), 1), dtype=np.int64)
    columns = dict.fromkeys(needed, zero)
    columns |= {
        "pair.gold": counts[order, 0:1],
        "pair.predicted": counts[order, 0:1],
        "predicted": counts[order, 1:2],
        "gold": counts[order, 2:3],
    }
    tally = Tally("stances", "belief", tuple(names[i] for i in order), ("all",), columns)
    return Evaluation((tally,), tuple(score_view(tally, matches)), ())


def columns_of(match: object) -> set[str]:
    return {*match.credit_gold, *match.credit_predicted, match.gold, match.predicted}  # type: ignore[attr-defined]


def wanted(evaluation: Evaluation) -> list[Score]:
    return [score for score in evaluation.scores if score.measure == TOKEN and score.group == "all"]


def compared(first: Counts, second: Counts, resampling: Resampling) -> Difference:
    a, b = evaluation_of(first), evaluation_of(second)
    (found,) = compare_systems([a], [b], gold_of(len(first)), wanted(a), resampling)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_exact_test_is_scipys_permutation_test(seed: int) -> None:
    first, second = random_pair(seed, 8)

    def statistic(a: Sequence[int], b: Sequence[int], axis: int = -1) -> npt.NDArray[np.float64]:
        # scipy permutes indices of documents between the two samples; side 0 is the first system.
        both = np.stack([first, second])
        place = np.arange(8)

        def total(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
            picked = both[codes % 2, place].sum(axis=-2)
            return 2 * picked[..., 0] / (picked[..., 1] + picked[..., 2])

        return np.asarray(total(np.asarray(b)) - total(np.asarray(a)))

    zeros, ones = np.zeros(8, dtype=np.int64), np.ones(8, dtype=np.int64)
    theirs = stats.permutation_test(
        (zeros, ones),
        statistic,
        permutation_type="samples",
        n_resamples=np.inf,
        alternative="two-sided",
        vectorized=True,
    )
    ours = compared(first, second, Resampling())
    assert ours.test == "exact"
    assert ours.difference == pytest.approx(f1(second) - f1(first), abs=1e-12)
    assert ours.p == pytest.approx(min(1.0, theirs.pvalue), abs=0.02)


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_is_scipys_percentile_bootstrap(seed: int) -> None:
    """Both draw 20,000 times from other random numbers: ends agree within four standard errors of a quantile."""
    counts, _ = random_pair(seed, 40)

    def statistic(index: npt.NDArray[np.int64], axis: int = -1) -> npt.NDArray[np.float64]:
        picked = counts[index].sum(axis=-2)
        return 2 * picked[..., 0] / (picked[..., 1] + picked[..., 2])

    theirs = stats.bootstrap(
        (np.arange(40),),
        statistic,
        n_resamples=20_000,
        method="percentile",
        vectorized=True,
        rng=np.random.default_rng(1),
        batch=500,
    )
    evaluation = evaluation_of(counts)
    (score,) = wanted(estimate_intervals(evaluation, gold_of(40), Resampling(resamples=20_000)))
    spread = theirs.bootstrap_distribution.std()
    # standard error of the 2.5 % quantile of a normal sample: sqrt(p (1 - p) / n) / density(z), density(1.96) = 0.0584
    error = 4 * np.sqrt(2) * np.sqrt(0.025 * 0.975 / 20_000) / 0.0584 * spread
    assert score.interval.low == pytest.approx(theirs.confidence_interval.low, abs=error)
    assert score.interval.high == pytest.approx(theirs.confidence_interval.high, abs=error)


def test_of_equal_systems_one_in_twenty_is_called_different() -> None:
    """2,000 pairs drawn alike: at 0.05 at most 131 differ (99.9 % of a binomial with 2,000 draws of 0.05)."""
    assert stats.binom.ppf(0.999, 2000, 0.05) == 131
    called = sum(
        (compared(*random_pair(1000 + seed, 25), Resampling(resamples=199)).p or 1.0) <= 0.05 for seed in range(2000)
    )
    assert 40 <= called <= 131
