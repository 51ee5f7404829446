"""How often the gate errs: on runs that are no worse, and on runs that are worse by just what is allowed."""

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from goldassay.evaluate import Evaluation
from goldassay.gate import GatedMeasure, Limits
from goldassay.judging import judge
from goldassay.layers import get_layers
from goldassay.layers.base import GoldDocument
from goldassay.measures.totals import score_view
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.resampling import Resampling
from goldassay.tally.tally import Tally, unit_order

VIEW = "names-characters"
(MATCH,) = (match for match in get_layers()["entities"].matches if match.view == VIEW)
"""The view with the fewest measures: these laws are about the gate, whatever is counted."""

Counts = npt.NDArray[np.int64]
"""Rows of (right, predicted, gold), one a document."""


def gold_of(n: int) -> list[GoldDocument]:
    return [
        GoldDocument(
            Document(
                doc_id=f"d{index}",
                title=None,
                text="x",
                language="en",
                dct=None,
                dct_evidence=None,
                source="made up",
                rights="free",
                origin="composed",
                sha256="",
                sentences=[(0, 1)],
            ),
            entities=EntitiesRow(doc_id=f"d{index}", entities=[], mentions=[]),
        )
        for index in range(n)
    ]


def evaluation_of(counts: Counts) -> Evaluation:
    order = unit_order([f"d{index}" for index in range(len(counts))])
    right, predicted, gold = (counts[order, column : column + 1] for column in range(3))
    columns = {MATCH.gold: gold, MATCH.predicted: predicted}
    columns |= dict.fromkeys(MATCH.credit_gold, right) | dict.fromkeys(MATCH.credit_predicted, right)
    tally = Tally("entities", VIEW, tuple(f"d{index}" for index in order), ("all",), columns)
    return Evaluation((tally,), tuple(score_view(tally, [MATCH])), ())


def gated(first: list[Counts], second: list[Counts], limits: Limits, resamples: int) -> GatedMeasure:
    baseline, run = ([evaluation_of(counts) for counts in side] for side in (first, second))
    wanted = [one for one in baseline[0].scores if ".f1(" in one.measure and "avg=micro" in one.measure]
    (found,) = judge(baseline, run, gold_of(len(first[0])), wanted, limits, Resampling(resamples=resamples))
    return found


def f1(counts: Counts) -> float:
    right, predicted, gold = counts.sum(axis=0)
    return float(2 * right / (predicted + gold))


def random_side(random: np.random.Generator, gold: Counts, share: float) -> Counts:
    right = random.binomial(gold, share)
    return np.stack([right, right + random.poisson(2, len(gold)), gold], axis=1)


def random_pair(seed: int, n: int, shares: tuple[float, float] = (0.6, 0.6)) -> tuple[Counts, Counts]:
    random = np.random.default_rng(seed)
    gold = random.integers(3, 12, n)
    return random_side(random, gold, shares[0]), random_side(random, gold, shares[1])


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


@pytest.mark.parametrize("n_runs", [2, 3])
def test_of_null_systems_that_change_from_run_to_run_few_fail(n_runs: int) -> None:
    """Both systems' shares of right answers differ from run to run: 300 pairs, at 0.05 at most 28 fail (99.9 %)."""
    assert stats.binom.ppf(0.999, 300, 0.05) == 28
    failed = 0
    for seed in range(300):
        random = np.random.default_rng(seed)
        gold = random.integers(3, 12, 25)
        sides = [[random_side(random, gold, random.normal(0.6, 0.04)) for _ in range(n_runs)] for _ in range(2)]
        if np.mean([f1(one) for one in sides[1]]) < np.mean([f1(one) for one in sides[0]]):
            failed += gated(sides[0], sides[1], Limits(max_drop=0, alpha=0.05), 199).verdict == "fail"
    assert failed <= 28


def test_identical_sides_have_a_bound_and_no_drop() -> None:
    side, _ = random_pair(3, 40)
    found = gated([side], [side], Limits(), 199)
    assert (found.verdict, found.drop, found.at_most) == ("pass", 0.0, True)
    # Independent sides of the same kind differ by sqrt(2) of one side's error; the pair's own difference is 0.
    other = gated([side], [random_pair(3, 40)[1]], Limits(), 199)
    assert found.detectable is not None
    assert other.detectable is not None
    assert found.detectable == pytest.approx(other.detectable, rel=0.35)
