"""The count columns of aligned numeric facts: what each pair is worth in every row of the layer."""

from collections.abc import Mapping, Sequence

import numpy as np

from goldassay.layers.numeric_comparison import FactComparison
from goldassay.layers.numeric_fields import said_approx
from goldassay.match.columns import IntArray
from goldassay.match.slip import SLIPS
from goldassay.model.labels import APPROXIMATORS
from goldassay.model.numeric_facts import NumericFact
from goldassay.model.predictions import PredictedFact

POINTS = 2**40
"""Columns of soft scores are whole numbers of 2^-40, so that they add up exactly in any order of documents."""


def pair_columns(compared: Sequence[FactComparison]) -> Mapping[str, IntArray]:
    """Verdict columns of both views; 0 or 1, soft ones in `POINTS`. A null field earns nothing, as it is not asked."""
    columns = {
        "aligned": [1.0 for _ in compared],
        "core": [one.core for one in compared],
        "strict": [one.strict for one in compared],
        "number": [one.number for one in compared],
        "span": [one.span for one in compared],
        "extent": [one.extent for one in compared],
        "overlap": [one.overlap > 0 for one in compared],
        "value": [one.value.exact for one in compared],
        "value_1e5": [one.value.tol_1e5 for one in compared],
        "value_1pct": [one.value.tol_1pct for one in compared],
        "value_5pct": [one.value.tol_5pct for one in compared],
        "value_rounding": [one.right_value for one in compared],
        "value_magnitude": [one.value.exact or one.value.oom_hit is True for one in compared],
        "value_printed": [one.printed for one in compared],
        "unit": [one.unit.exact for one in compared],
        "unit_dimension": [one.unit.dimension for one in compared],
        "unit_converted": [one.converts for one in compared],
        "approx": [one.approx for one in compared],
        "bound": [one.bound for one in compared],
        "counted": [one.counted == 1 for one in compared],
        "subject": [one.subject == 1 for one in compared],
        "property": [one.label for one in compared],
        "status": [one.status for one in compared],
        "sources": [one.sources is True for one in compared],
        "slip": [one.slip is not None for one in compared],
    }
    soft = {
        "soft": [one.soft for one in compared],
        "value_iou": [one.value.iou for one in compared],
        "value_soft": [one.value.soft for one in compared],
        "counted_soft": [one.counted or 0.0 for one in compared],
        "subject_soft": [one.subject or 0.0 for one in compared],
    }
    whole = {name: np.array(points, dtype=np.int64) for name, points in columns.items()}
    return whole | {name: np.array([round(p * POINTS) for p in own], dtype=np.int64) for name, own in soft.items()}


def pair_diagnoses(
    facts: Sequence[tuple[NumericFact, PredictedFact]], compared: Sequence[FactComparison]
) -> Mapping[str, IntArray]:
    """Further columns of the pairs: one a slip, and for each approximator how often each side has it, and both do."""
    labels = [(fact.approx, said_approx(said)) for fact, said in facts]
    columns: dict[str, list[bool]] = {slip_column(label): [one.slip == label for one in compared] for label in SLIPS}
    for label in APPROXIMATORS:
        columns[f"approx_{label}_a"] = [one == label for one, _ in labels]
        columns[f"approx_{label}_b"] = [other == label for _, other in labels]
        columns[f"approx_{label}_both"] = [one == other == label for one, other in labels]
    return {name: np.array(points, dtype=np.int64) for name, points in columns.items()}


def slip_column(label: str) -> str:
    """The verdict column of a slip.

    >>> slip_column("/1000"), slip_column("sign")
    ('slip_div1000', 'slip_sign')
    """
    return f"slip_{label.replace('/', 'div')}"
