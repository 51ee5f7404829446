"""How often the gate errs: on runs that are no worse, and on runs that are worse by just what is allowed."""

import pytest
from scipy import stats

from drawn_counts import Counts, evaluation_of, f1, gold_of, random_pair, wanted
from goldassay.judging import judge
from goldassay.resampling import Resampling
from goldassay.verdicts import GatedMeasure, Limits


def gated(first: list[Counts], second: list[Counts], limits: Limits, resamples: int) -> GatedMeasure:
    baseline, run = ([evaluation_of(counts) for counts in side] for side in (first, second))
    asked = wanted(baseline[0])
    (found,) = judge(baseline, run, gold_of(len(first[0])), asked, limits, Resampling(resamples=resamples))
    return found


def count_failures(pairs: list[tuple[Counts, Counts]], limits: Limits) -> int:
    """How many pairs fail. One that did not drop beyond the allowance cannot, and is spared the resampling."""
    dropped = [(one, other) for one, other in pairs if f1(one) - f1(other) > limits.max_drop]
    return sum(gated([one], [other], limits, 399).verdict == "fail" for one, other in dropped)


def test_a_pair_that_did_not_drop_never_fails() -> None:
    """What `count_failures` relies on."""
    pairs = [random_pair(seed, 25) for seed in range(40)]
    not_dropped = [(one, other) for one, other in pairs if f1(one) - f1(other) <= 0]
    assert len(not_dropped) > 10
    assert all(gated([a], [b], Limits(max_drop=0, alpha=0.99), 99).verdict == "pass" for a, b in not_dropped)


def test_of_null_pairs_no_more_fail_than_alpha_allows() -> None:
    """2,000 pairs drawn alike, no allowance: at 0.05 at most 131 fail (99.9 % of a binomial with 2,000 draws)."""
    assert stats.binom.ppf(0.999, 2000, 0.05) == 131
    failed = count_failures([random_pair(1000 + seed, 25) for seed in range(2000)], Limits(max_drop=0, alpha=0.05))
    assert 40 <= failed <= 131


def test_of_drops_that_are_just_allowed_no_more_fail_than_alpha_allows() -> None:
    """600 pairs of 20 documents whose true drop is the allowance: at 0.05 at most 48 fail (99.9 % of a binomial).

    F1 of the share s: 7 s of 7 gold are right (the mean of 3 to 11), 7 s + 2 predicted: 14 s / (7 s + 9).
    """
    allowed = 14 * 0.6 / (7 * 0.6 + 9) - 14 * 0.55 / (7 * 0.55 + 9)
    assert stats.binom.ppf(0.999, 600, 0.05) == 48
    pairs = [random_pair(seed, 20, shares=(0.6, 0.55)) for seed in range(600)]
    assert 5 <= count_failures(pairs, Limits(max_drop=allowed, alpha=0.05)) <= 48


def test_of_detectable_drops_about_four_in_five_are_found() -> None:
    """The printed drop is that of the pair at hand, here about the same for all: 100 pairs, 99.9 % of a binomial."""
    limits = Limits(max_drop=0.01, alpha=0.05)
    found = gated(*([side] for side in random_pair(7, 100)), limits, 999)
    assert found.detectable is not None
    high, low = 0.6, 0.6
    while 14 * high / (7 * high + 9) - 14 * low / (7 * low + 9) < found.detectable:
        low -= 0.0005
    pairs = [random_pair(5000 + seed, 100, shares=(high, low)) for seed in range(100)]
    least, most = stats.binom.ppf([0.001, 0.999], 100, 0.8)
    assert least <= count_failures(pairs, limits) <= most


def test_identical_sides_have_a_bound_and_no_drop() -> None:
    side, _ = random_pair(3, 40)
    found = gated([side], [side], Limits(), 199)
    assert (found.verdict, found.drop, found.at_most) == ("pass", 0.0, True)
    # Independent sides of the same kind differ by sqrt(2) of one side's error; the pair's own difference is 0.
    other = gated([side], [random_pair(3, 40)[1]], Limits(), 199)
    assert found.detectable is not None
    assert other.detectable is not None
    assert found.detectable == pytest.approx(other.detectable, rel=0.35)
