"""A question is a matrix of weights over documents; its answer is computed from `weights @ counts`.

Weights are drawn once for each seed and number of units, in blocks of fixed size with a random stream each, and shared
by all layers, measures and systems: every comparison is paired, and no result depends on memory or on who draws.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Counts = Mapping[str, npt.NDArray[np.int64] | npt.NDArray[np.float64]]

BLOCK = 500
"""Rows drawn at a time. Part of the definition: another block size would draw other numbers."""

_BOOTSTRAP, _SWAPS = 1, 2
_EXACT_BITS = 50


def bootstrap_weights(n_units: int, resamples: int, seed: int) -> Iterator[FloatArray]:
    """How often each unit is drawn when `n_units` are drawn with replacement, in blocks of shape (at most 500, U).

    Source: Efron (1979), Bootstrap methods: another look at the jackknife.

    >>> [block.sum(axis=1).tolist() for block in bootstrap_weights(3, 2, seed=13)]
    [[3.0, 3.0]]
    """
    for number, rows in enumerate(_blocks(resamples)):
        random = _generator(seed, _BOOTSTRAP, number)
        drawn = random.integers(0, n_units, size=(rows, n_units))
        flat = (drawn + np.arange(rows)[:, None] * n_units).ravel()
        yield np.bincount(flat, minlength=rows * n_units).reshape(rows, n_units).astype(np.float64)


def swap_weights(n_units: int, resamples: int, seed: int) -> Iterator[FloatArray]:
    """Which units change sides in a randomisation: 0 or 1 with equal chance, in blocks of shape (at most 500, U).

    Source: Noreen (1989), Computer-intensive methods for testing hypotheses, ch. 2.

    >>> block = next(swap_weights(4, 600, seed=13))
    >>> block.shape, sorted(set(block.ravel().tolist()))
    ((500, 4), [0.0, 1.0])
    """
    for number, rows in enumerate(_blocks(resamples)):
        yield _generator(seed, _SWAPS, number).integers(0, 2, size=(rows, n_units)).astype(np.float64)


def every_swap(n_units: int) -> FloatArray:
    """All 2^U ways of changing sides, shape (2^U, U), none of them first.

    >>> every_swap(2).tolist()
    [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
    """
    ways = np.arange(2**n_units)
    return (ways[:, None] >> np.arange(n_units) & 1).astype(np.float64)


def weigh(weights: FloatArray, counts: Counts) -> dict[str, FloatArray]:
    """Weighted totals of each column: (B, U) and (U, G) give (B, G).

    Whole numbers are exact in float64 in whatever order they are added. Columns of fractions are first rounded to a
    fixed point that leaves their totals exact as well (an error below 2^-40 of the largest total), so that the result
    has the same bits on every machine.

    >>> weigh(np.array([[2.0, 1.0]]), {"gold": np.array([[3, 0], [1, 1]])})["gold"].tolist()
    [[7.0, 1.0]]
    """
    return {name: _weigh_column(weights, column) for name, column in counts.items()}


def _weigh_column(weights: FloatArray, column: npt.NDArray[np.int64] | npt.NDArray[np.float64]) -> FloatArray:
    if column.dtype.kind != "f" or not column.size or not weights.size:
        whole: FloatArray = weights @ column.astype(np.float64)
        return whole
    largest = float(np.abs(column).max()) * float(np.abs(weights).sum(axis=1).max())
    if not largest:
        return np.zeros((weights.shape[0], column.shape[1]))
    scale = 2.0 ** (_EXACT_BITS - np.ceil(np.log2(largest)))
    fixed: FloatArray = weights @ np.rint(column * scale) / scale
    return fixed


def leave_one_out(counts: Counts) -> dict[str, FloatArray]:
    """Totals of each column (U, G) with each unit left out, shape (U, G).

    >>> leave_one_out({"gold": np.array([[3, 0], [1, 1]])})["gold"].tolist()
    [[1.0, 1.0], [3.0, 0.0]]
    """
    n_units = next((len(column) for column in counts.values()), 0)
    totals = weigh(np.ones((1, n_units)), counts)
    return {name: totals[name] - column for name, column in counts.items()}


def _blocks(resamples: int) -> Iterator[int]:
    for start in range(0, resamples, BLOCK):
        yield min(BLOCK, resamples - start)


def _generator(seed: int, purpose: int, block: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(purpose, block))))
