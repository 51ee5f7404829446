"""The chance of runs in a difference, worked by hand."""

import numpy as np
import pytest
from scipy import stats

from goldassay.stats.power import detectable_difference, units_needed
from goldassay.stats.runs import StandardError, chance_quantile, draw_run_chance, run_chance, two_level_p


def test_error_and_degrees_of_freedom_are_welchs() -> None:
    first, second = np.array([0.50, 0.58, 0.54]), np.array([0.61, 0.60, 0.68, 0.63])
    ours = run_chance(first, second)
    theirs = stats.ttest_ind(second, first, equal_var=False)
    assert ours.freedom == pytest.approx(theirs.df)
    assert (second.mean() - first.mean()) / ours.value == pytest.approx(theirs.statistic)


def test_without_a_chance_of_documents_the_p_value_is_welchs() -> None:
    """Of 200,000 draws a share of 0.03 is known to four times sqrt(0.03 * 0.97 / 200,000) = 0.0016, twice that here."""
    first, second = np.array([0.50, 0.58, 0.54]), np.array([0.61, 0.60, 0.68, 0.63])
    observed = float(second.mean() - first.mean())
    drawn = observed + draw_run_chance(run_chance(first, second), 200_000, (13, 0))
    theirs = stats.ttest_ind(second, first, equal_var=False)
    assert two_level_p(observed, drawn, "two-sided") == pytest.approx(theirs.pvalue, abs=0.0032)


def test_a_side_with_one_run_has_no_chance() -> None:
    assert run_chance(np.array([0.5]), np.array([0.6])) == StandardError(0.0, np.inf)
    assert run_chance(np.array([0.5, 0.5]), np.array([0.6, 0.6])).value == 0
    assert draw_run_chance(run_chance(np.array([0.5]), np.array([0.6])), 3, (13, 0)).tolist() == [0, 0, 0]


def test_undefined_runs_give_no_small_p_value() -> None:
    chance = run_chance(np.array([0.5, np.nan]), np.array([0.6, 0.7]))
    drawn = 0.1 + draw_run_chance(chance, 99, (13, 0))
    assert np.isnan(drawn).all()
    assert two_level_p(0.1, drawn, "two-sided") == 1
    assert np.isnan(chance_quantile(0.1, chance, 0.9))


def test_quantiles_of_both_chances_lie_beyond_those_of_either() -> None:
    chance = StandardError(0.04, 4.0)
    both = chance_quantile(0.03, chance, 0.95)
    assert both > max(chance_quantile(0.03, StandardError(0.0, np.inf), 0.95), chance_quantile(0.0, chance, 0.95))
    # A sum of a normal and a nearly normal variable: errors add as squares.
    many = chance_quantile(0.03, StandardError(0.04, 1e6), 0.95)
    assert many == pytest.approx(0.05 * stats.norm.ppf(0.95), rel=0.01)


def test_few_runs_detect_less() -> None:
    found = [detectable_difference(0.03, runs=StandardError(0.04, freedom)) for freedom in (1e6, 8.0, 2.0)]
    assert found == sorted(found)
    assert found[0] == pytest.approx(0.05 * (1.96 + 0.8416), rel=0.01)


def test_more_documents_do_not_lessen_the_chance_of_runs() -> None:
    """Errors 0.03 and 0.04 detect 0.1, so an error of 0.05 is 0.1: 0.09 asks for 0.045, of which 0.04 are the runs'."""
    assert units_needed(100, 0.03, 0.04, 0.1, 0.09) == int(np.ceil(100 * 0.0009 / (0.045**2 - 0.04**2)))
    assert units_needed(100, 0.03, 0.04, 0.1, 0.08) is None
