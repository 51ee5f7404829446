"""Which type was taken for which: aligned mentions counted by the types of both sides."""

import numpy as np

from goldassay.match.alignment import Alignment
from goldassay.match.columns import BoolArray, IntArray


def count_confusion(alignment: Alignment, n_types: int) -> IntArray:
    """Confusion of the types of one alignment; shape (T + 2, T + 2), gold in rows, predicted in columns; it adds.

    Rows are the types, then `other` (no type), then `spurious`: predictions that met no gold. Columns are the types,
    then `other`, then `missed`: gold that met no prediction. So a row sums to the gold of its type and a column to the
    predictions that say its type. (In a tally a prediction without a type counts with the type of its gold; here it
    stays in the column `other`.) Every aligned pair is in, whether its span is right or only overlaps.

    >>> from goldassay.match.alignment import Side
    >>> every = np.ones(2, np.bool_)
    >>> side = Side(np.zeros(2, np.int64), np.arange(2), np.array([0, 1]), {"gold": every, "predicted": every})
    >>> met = np.array([0])
    >>> count_confusion(Alignment("entities", "all", ["d"], side, side, met, met, {}), 2).tolist()
    [[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0], [0, 1, 0, 0]]
    """
    other, alone = n_types, n_types + 1
    gold_type = np.where(alignment.gold_side.group < 0, other, alignment.gold_side.group)
    predicted_type = np.where(alignment.predicted_side.group < 0, other, alignment.predicted_side.group)
    missed = unmet(alignment.gold_side.sizes["gold"], alignment.gold)
    spurious = unmet(alignment.predicted_side.sizes["predicted"], alignment.predicted)
    table = np.zeros((n_types + 2, n_types + 2), dtype=np.int64)
    np.add.at(table, (gold_type[alignment.gold], predicted_type[alignment.predicted]), 1)
    table[:, alone] += np.bincount(gold_type[missed], minlength=n_types + 2)
    table[alone, :] += np.bincount(predicted_type[spurious], minlength=n_types + 2)
    return table


def unmet(counted: BoolArray, met: IntArray) -> BoolArray:
    """Which counted rows of a side met nothing; `met` are the rows of its pairs.

    >>> unmet(np.array([True, True, False]), np.array([0])).tolist()
    [False, True, False]
    """
    alone = counted.copy()
    alone[met] = False
    return alone
