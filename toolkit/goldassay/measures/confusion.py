"""Measures of classification, as functions of a confusion table whose cells are columns of a tally.

A table has a row for each label of the gold and one for `NOTHING`: answers to what was not asked. It has a column for
each label that was answered and one for `NONE`: what was asked and not answered. Labels stand in the order of their
scale. Every function here takes tables of shape (..., K + 1, K + 1), K labels, and gives one value for each, NaN for
0/0. Means over labels run over those that the gold has, whatever was answered.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from goldassay.measures.formulas import FloatArray, ratio
from goldassay.measures.measure import Formula

NOTHING, NONE = "nothing", "none"
TableMeasure = Callable[[FloatArray], FloatArray]


def cell(gold: str, answer: str) -> str:
    """The column that counts one cell.

    >>> cell("favor", "none")
    'favor.as.none'
    """
    return f"{gold}.as.{answer}"


def on_cells(labels: Sequence[str], measure: TableMeasure) -> Formula:
    """A measure of tables as a formula over the columns of a tally.

    >>> counts = {cell(a, b): np.array([2 * (a == b)]) for a in ("x", "nothing") for b in ("x", "none")}
    >>> on_cells(["x"], accuracy)(counts).tolist()
    [1.0]
    """
    rows, answers = (*labels, NOTHING), (*labels, NONE)

    def compute(totals: Mapping[str, npt.NDArray[Any]]) -> FloatArray:
        table = [np.stack([totals[cell(row, answer)] for answer in answers], axis=-1) for row in rows]
        return measure(np.stack(table, axis=-2).astype(np.float64))

    return compute


def accuracy(table: FloatArray) -> FloatArray:
    """Share of what was asked that was answered rightly. Range 0 to 1, best 1.

    >>> accuracy(np.array([[1.0, 1, 2], [0, 4, 0], [0, 0, 0]])).tolist()  # 5 of 8
    0.625
    """
    return ratio(_right(table).sum(axis=-1), _gold(table).sum(axis=-1))


def macro_recall(table: FloatArray) -> FloatArray:
    """Mean recall of the labels that the gold has. Range 0 to 1, best 1.

    >>> macro_recall(np.array([[1.0, 1, 2], [0, 4, 0], [0, 0, 0]])).tolist()  # (1/4 + 4/4) / 2
    0.625
    """
    return _mean_of_gold(table, ratio(_right(table), _gold(table)))


def macro_f1(table: FloatArray) -> FloatArray:
    """Mean F1 of the labels that the gold has, F1 = 2 right / (gold + answered). Range 0 to 1, best 1.

    >>> macro_f1(np.array([[1.0, 1, 2], [0, 3, 0], [0, 2, 0]])).tolist()  # (2/5 + 6/9) / 2
    0.5333333333333333
    """
    return _mean_of_gold(table, _f1(table))


def mean_f1_of_ends(table: FloatArray) -> FloatArray:
    """Favg: mean F1 of the first and the last label of the scale. Range 0 to 1, best 1; NaN if the gold lacks either.

    What lies between is not averaged, but calling it one of the ends costs their precision.

    Source: Mohammad et al. (2016), SemEval-2016 task 6.

    >>> table = np.zeros((4, 4))
    >>> table[0, 0], table[1, 0], table[2, 2] = 1, 1, 3
    >>> round(mean_f1_of_ends(table).tolist(), 4)  # (2/3 + 1) / 2
    0.8333
    """
    value, gold = _f1(table), _gold(table)
    there = (gold[..., 0] > 0) & (gold[..., -1] > 0)
    return np.where(there, (value[..., 0] + value[..., -1]) / 2, np.nan)


def matthews(table: FloatArray) -> FloatArray:
    """Correlation of gold and answers, no answer being one more class. Best 1, chance 0, worst -1.

    NaN where a side is constant.

    Source: Gorodkin (2004).

    >>> matthews(np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 0]])).tolist()
    1.0
    """
    rows, columns = table.sum(axis=-1), table.sum(axis=-2)
    n = table.sum(axis=(-2, -1))
    # The last row (nothing was asked) and the last column (nothing was answered) are no class in common.
    covariance = n * _right(table).sum(axis=-1) - (rows * columns)[..., :-1].sum(axis=-1)
    spread = (n**2 - (rows**2).sum(axis=-1)) * (n**2 - (columns**2).sum(axis=-1))
    return ratio(covariance, np.sqrt(spread))


def weighted_kappa(table: FloatArray, *, power: int) -> FloatArray:
    """Cohen's kappa of what was answered, disagreement being distance on the scale, to this power. Best 1, chance 0.

    NaN where chance alone agrees fully: both sides are constant and the same.

    Source: Cohen (1968).

    >>> table = np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, 0]])
    >>> weighted_kappa(table, power=1).tolist()  # 1 - 1 / (1/2)
    -1.0
    """
    met = table[..., :-1, :-1]
    weights = _distances(met.shape[-1]) ** power
    expected = met.sum(axis=-1)[..., :, None] * met.sum(axis=-2)[..., None, :]
    return 1 - ratio(
        (weights * met).sum(axis=(-2, -1)) * met.sum(axis=(-2, -1)), (weights * expected).sum(axis=(-2, -1))
    )


def ordinal_alpha(table: FloatArray) -> FloatArray:
    """Krippendorff's alpha of gold and answers as two annotators, of what was answered. Best 1, chance 0.

    Two labels are as far apart as there are labels of both sides between them. NaN if only one label occurs.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.

    >>> table = np.array([[1.0, 0, 0], [1, 1, 0], [0, 0, 0]])
    >>> round(ordinal_alpha(table).tolist(), 4)  # of two labels, nominal: 1 - 5 x 2 / (2 x 9)
    0.4444
    """
    met = table[..., :-1, :-1]
    n = met.sum(axis=-1) + met.sum(axis=-2)
    rank = np.cumsum(n, axis=-1) - n / 2
    distance = (rank[..., :, None] - rank[..., None, :]) ** 2
    observed = 2 * (distance * met).sum(axis=(-2, -1))
    expected = (distance * n[..., :, None] * n[..., None, :]).sum(axis=(-2, -1))
    return 1 - ratio((n.sum(axis=-1) - 1) * observed, expected)


def macro_error(table: FloatArray) -> FloatArray:
    """Mean over the labels of the gold of the mean distance on the scale, of what was answered. At least 0, best 0.

    Source: Baccianella, Esuli and Sebastiani (2009).

    >>> macro_error(np.array([[3.0, 1, 0], [1, 0, 1], [0, 0, 0]])).tolist()  # (1/4 + 1/1) / 2
    0.625
    """
    met = table[..., :-1, :-1]
    answered = met.sum(axis=-1)
    errors = ratio((_distances(met.shape[-1]) * met).sum(axis=-1), answered)
    return ratio(np.nan_to_num(errors).sum(axis=-1), (answered > 0).sum(axis=-1))


def _distances(size: int) -> FloatArray:
    place = np.arange(size, dtype=np.float64)
    return np.abs(place[:, None] - place[None, :])


def _gold(table: FloatArray) -> FloatArray:
    gold: FloatArray = table[..., :-1, :].sum(axis=-1)
    return gold


def _right(table: FloatArray) -> FloatArray:
    return np.diagonal(table, axis1=-2, axis2=-1)[..., :-1]


def _f1(table: FloatArray) -> FloatArray:
    return ratio(2 * _right(table), _gold(table) + table[..., :-1].sum(axis=-2))


def _mean_of_gold(table: FloatArray, values: FloatArray) -> FloatArray:
    there = _gold(table) > 0
    return ratio(np.where(there, values, 0.0).sum(axis=-1), there.sum(axis=-1))
