"""Stars for established differences, the same in every table."""

from goldassay.differences import Difference
from goldassay.stats.interval import FEW_UNITS

MARKS = ((0.001, "***"), (0.01, "**"), (0.05, "*"))
"""Largest corrected p-values with their marks."""

MEANING = "*** p ≤ .001, ** p ≤ .01, * p ≤ .05 after Holm's correction"
"""What a table with marks says under it."""


def mark_of(p: float | None) -> str:
    """Stars for a corrected p-value.

    >>> mark_of(0.004), mark_of(0.2), mark_of(None)
    ('**', '', '')
    """
    return next((mark for limit, mark in MARKS if p is not None and p <= limit), "")


def significance_mark(item: Difference) -> str:
    """The stars of a difference; none where too few documents establish nothing, however small p is."""
    return mark_of(item.corrected) if item.n_units >= FEW_UNITS else ""
