"""How much of the gold is found in each tenth of the text: systems that stop reading show a cliff."""

import numpy as np

from goldassay.match.columns import BoolArray, IntArray

TENTHS = 10


def count_tenths(start: IntArray, length: IntArray, right: BoolArray) -> IntArray:
    """Gold items and those found right, by the tenth of its document in which an item starts; shape (10, 2); it adds.

    `start` is the first character of each item, `length` that of its document's text in characters.

    >>> count_tenths(np.array([0, 95, 99]), np.array([100, 100, 100]), np.array([True, True, False]))[[0, 9]].tolist()
    [[1, 1], [2, 1]]
    """
    tenth = np.minimum(start * TENTHS // np.maximum(length, 1), TENTHS - 1)
    gold = np.bincount(tenth, minlength=TENTHS)
    return np.stack([gold, np.bincount(tenth[right], minlength=TENTHS)], axis=1).astype(np.int64)


def recall_by_tenth(counts: IntArray) -> list[float | None]:
    """Recall of each tenth, 0 to 1, best 1; null where the gold has nothing.

    >>> recall_by_tenth(np.array([[4, 3], [0, 0]]))
    [0.75, None]
    """
    return [int(right) / int(gold) if gold else None for gold, right in counts]
