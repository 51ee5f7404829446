"""Gamma: agreement of two annotators who choose the places of their units themselves, place and label in one number.

Source: Mathet, Widlöcher and Métivier (2015), The Unified and Holistic Method Gamma for Inter-Annotator Agreement.
With two annotators the best unitizing alignment is an assignment and is found exactly.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

EMPTY = 1.0
"""Dissimilarity of a unit to no unit at all; the scale of all others."""

SAMPLES = 100
"""Random continua from which the disorder of chance is taken."""


class Unit(NamedTuple):
    """One annotated stretch with its label."""

    start: int
    end: int
    label: str


class Continuum(NamedTuple):
    """What both annotators marked in one text of `length` characters."""

    left: Sequence[Unit]
    right: Sequence[Unit]
    length: int


def gamma(continua: Sequence[Continuum], *, samples: int = SAMPLES, seed: int = 0) -> float | None:
    """Gamma over several texts: 1 - observed / expected disorder, both summed with the texts' mean numbers of units.

    Best 1, chance 0, may be negative. Chance is the mean disorder of texts in which each side is the units of one of
    the annotators, drawn at random, moved round the text by a random distance.

    Returns:
        Null where nobody marked anything, and where chance has no disorder.

    >>> same = [Unit(0, 5, "GPE"), Unit(20, 24, "ORG")]
    >>> gamma([Continuum(same, same, 60)])
    1.0
    >>> gamma([Continuum([], [], 60)]) is None
    True
    """
    observed = expected = 0.0
    for number, one in enumerate(continua):
        units = (len(one.left) + len(one.right)) / 2
        if not units:
            continue
        draw = np.random.default_rng([seed, number])
        observed += units * disorder(one.left, one.right)
        expected += units * float(np.mean([disorder(*_shuffled(one, draw)) for _ in range(samples)]))
    return 1 - observed / expected if expected else None


def disorder(left: Sequence[Unit], right: Sequence[Unit]) -> float:
    """Disorder of the best alignment: dissimilarities of its pairs and 1 for each unit alone, by mean number of units.

    0 is best. 0 also where there are no units at all.

    >>> disorder([Unit(0, 4, "a"), Unit(6, 8, "a")], [Unit(0, 4, "a")])  # one unit alone, by 1.5 units
    0.6666666666666666
    """
    from scipy.optimize import linear_sum_assignment

    count = len(left) + len(right)
    if not count:
        return 0.0
    # Pairing two units saves the two empty units that they would else be paired with.
    saved = np.maximum(2 * EMPTY - dissimilarities(left, right), 0.0)
    rows, columns = linear_sum_assignment(saved, maximize=True)
    return float(count * EMPTY - saved[rows, columns].sum()) / (count / 2)


def dissimilarities(left: Sequence[Unit], right: Sequence[Unit]) -> FloatArray:
    """Dissimilarity of each pair of units: place and label together. Shape (len(left), len(right)).

    The place's is the squared sum of the distances of both ends by the sum of both lengths; the label's 0 or 1.

    >>> dissimilarities([Unit(0, 4, "a")], [Unit(2, 4, "b")]).tolist()  # (2 / 6)^2 + 1
    [[1.1111111111111112]]
    """
    one = np.array([(unit.start, unit.end) for unit in left], dtype=np.float64).reshape(-1, 2)
    other = np.array([(unit.start, unit.end) for unit in right], dtype=np.float64).reshape(-1, 2)
    ends = np.abs(one[:, None, :] - other[None, :, :]).sum(axis=2)
    lengths = (one[:, 1] - one[:, 0])[:, None] + (other[:, 1] - other[:, 0])[None, :]
    labels = np.array([[a.label != b.label for b in right] for a in left], dtype=np.float64).reshape(ends.shape)
    placed: FloatArray = EMPTY * ((ends / lengths) ** 2 + labels)
    return placed


def _shuffled(one: Continuum, draw: np.random.Generator) -> tuple[list[Unit], list[Unit]]:
    sides = (one.left, one.right)
    left, right = (_moved(sides[int(draw.integers(2))], int(draw.integers(one.length)), one.length) for _ in sides)
    return left, right


def _moved(units: Sequence[Unit], by: int, length: int) -> list[Unit]:
    """Units moved to the left, past the beginning of the text to its end; a unit keeps its length."""
    starts = [(unit.start - by) % length for unit in units]
    return [Unit(start, start + unit.end - unit.start, unit.label) for start, unit in zip(starts, units, strict=True)]
