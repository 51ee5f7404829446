"""The divisions. Totals in, ratios out; 0/0 is NaN and stays visible."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def ratio(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> FloatArray:
    """Numerator over denominator, element by element; NaN where the denominator is 0.

    >>> ratio([1, 0], [2, 0]).tolist()
    [0.5, nan]
    """
    top, bottom = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(bottom > 0, top / bottom, np.nan)


def precision(credit_predicted: npt.ArrayLike, predicted: npt.ArrayLike) -> FloatArray:
    """Share of what was predicted that is right. Range 0 to 1, best 1; NaN where nothing was predicted.

    Source: van Rijsbergen (1979), Information Retrieval, ch. 7.

    >>> precision(2, 4).tolist()
    0.5
    """
    return ratio(credit_predicted, predicted)


def recall(credit_gold: npt.ArrayLike, gold: npt.ArrayLike) -> FloatArray:
    """Share of the gold that was found. Range 0 to 1, best 1; NaN where there is no gold.

    Source: van Rijsbergen (1979), Information Retrieval, ch. 7.

    >>> recall(2, 3).tolist()
    0.6666666666666666
    """
    return ratio(credit_gold, gold)


def f1(
    credit_gold: npt.ArrayLike, credit_predicted: npt.ArrayLike, gold: npt.ArrayLike, predicted: npt.ArrayLike
) -> FloatArray:
    """Balanced F: (credit_gold + credit_predicted) / (gold + predicted). Range 0 to 1, best 1.

    Where both credits are equal (all totals) this is 2 TP / (gold + predicted), the harmonic mean of precision and
    recall. In a single group they differ when an aligned pair stands in two groups. NaN only if both sides are empty.

    Source: van Rijsbergen (1979), Information Retrieval, ch. 7, E = 1 - F.

    >>> f1(2, 2, 3, 4).tolist()  # (2 + 2) / (3 + 4)
    0.5714285714285714
    """
    return ratio(
        np.asarray(credit_gold, dtype=np.float64) + np.asarray(credit_predicted, dtype=np.float64),
        np.asarray(gold, dtype=np.float64) + np.asarray(predicted, dtype=np.float64),
    )


def harmonic_mean(
    credit_gold: npt.ArrayLike, credit_predicted: npt.ArrayLike, gold: npt.ArrayLike, predicted: npt.ArrayLike
) -> FloatArray:
    """F1 as 2PR / (P + R), for metrics whose precision and recall count different things. Range 0 to 1, best 1.

    NaN only if both sides are empty; 0 if one of them is, or nothing is right.

    Source: van Rijsbergen (1979), Information Retrieval, ch. 7.

    >>> harmonic_mean(1, 1, 2, 4).tolist()  # P 1/4, R 1/2
    0.3333333333333333
    """
    p, r = np.nan_to_num(precision(credit_predicted, predicted)), np.nan_to_num(recall(credit_gold, gold))
    value = np.nan_to_num(ratio(2 * p * r, p + r))
    empty = (np.asarray(gold) == 0) & (np.asarray(predicted) == 0)
    return np.where(empty, np.nan, value)


def macro(values: npt.ArrayLike) -> FloatArray:
    """Mean over the groups (the last axis) in which the value is defined; NaN where it is defined in none.

    >>> macro([1.0, 0.5, float("nan")]).tolist()
    0.75
    """
    array = np.asarray(values, dtype=np.float64)
    defined = ~np.isnan(array)
    return ratio(np.where(defined, array, 0.0).sum(axis=-1), defined.sum(axis=-1))


def weighted(values: npt.ArrayLike, support: npt.ArrayLike) -> FloatArray:
    """Mean over the groups (the last axis) in which the value is defined, each by its gold items; NaN without gold.

    An undefined value takes its weight out of the mean with it: it never counts as 0.

    >>> weighted([1.0, 0.5, float("nan"), 0.0], [3, 1, 5, 0]).tolist()  # (3 * 1 + 1 * 0.5) / (3 + 1)
    0.875
    """
    array, weights = np.asarray(values, dtype=np.float64), np.asarray(support, dtype=np.float64)
    defined = ~np.isnan(array)
    held = np.where(defined, weights, 0.0)
    return ratio((np.where(defined, array, 0.0) * held).sum(axis=-1), held.sum(axis=-1))
