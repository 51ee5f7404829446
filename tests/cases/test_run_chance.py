"""The chance of runs in a difference, worked by hand."""

import numpy as np
import pytest
from scipy import stats

from goldassay.stats.power import units_needed
from goldassay.stats.runs import StandardError, combine_errors, draw_run_chance, run_chance, welch_p


def test_without_a_chance_of_documents_it_is_welchs_test() -> None:
    first, second = np.array([0.50, 0.58, 0.54]), np.array([0.61, 0.60, 0.68, 0.63])
    ours = welch_p(float(second.mean() - first.mean()), run_chance(first, second), "two-sided")
    theirs = stats.ttest_ind(second, first, equal_var=False)
    assert ours == pytest.approx(theirs.pvalue, abs=1e-9)


def test_without_a_chance_of_runs_the_error_is_that_of_documents() -> None:
    assert combine_errors(0.02, 40, run_chance(np.array([0.5]), np.array([0.6]))) == StandardError(0.02, 39)
    assert run_chance(np.array([0.5, 0.5]), np.array([0.6, 0.6])).value == 0


def test_both_errors_add_as_squares() -> None:
    """Errors 0.03 over 10 documents and 0.04 over runs with 4 degrees: 0.05, and 6.25e-6 / (8.1e-7/9 + 2.56e-6/4)."""
    both = combine_errors(0.03, 10, StandardError(0.04, 4.0))
    assert both.value == pytest.approx(0.05)
    assert both.freedom == pytest.approx(6.25e-6 / (0.09e-6 + 0.64e-6))


def test_undefined_runs_give_no_p_value() -> None:
    assert np.isnan(welch_p(0.1, run_chance(np.array([0.5, np.nan]), np.array([0.6, 0.7])), "two-sided"))
    assert np.isnan(draw_run_chance(run_chance(np.array([0.5, np.nan]), np.array([0.6, 0.7])), 3, (13, 0))).all()


def test_differences_without_any_chance() -> None:
    sure = StandardError(0.0, np.inf)
    assert (welch_p(0.1, sure, "two-sided"), welch_p(0.0, sure, "two-sided")) == (0.0, 1.0)
    assert (welch_p(0.1, sure, "greater"), welch_p(0.1, sure, "less")) == (0.0, 1.0)


def test_more_documents_do_not_lessen_the_chance_of_runs() -> None:
    """Errors 0.03 and 0.04 detect 0.1, so an error of 0.05 is 0.1: 0.09 asks for 0.045, of which 0.04 are the runs'."""
    assert units_needed(100, 0.03, 0.04, 0.1, 0.09) == int(np.ceil(100 * 0.0009 / (0.045**2 - 0.04**2)))
    assert units_needed(100, 0.03, 0.04, 0.1, 0.08) is None
