"""What every layer hands to counting: both sides' items, which met which, and what each meeting is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldassay.match.columns import BoolArray, IntArray


@dataclass(frozen=True, slots=True)
class Side:
    """N items of one side of a batch.

    unit        (N,) index of the document in the batch
    position    (N,) index of the item in its document's own list, to find it again in an error report
    group       (N,) index of its group; -1 = none of its own (an aligned prediction then takes its gold item's)
    sizes       {size column: (N,) whether the item counts towards it}
    """

    unit: IntArray
    position: IntArray
    group: IntArray
    sizes: Mapping[str, BoolArray]


@dataclass(frozen=True, slots=True)
class Alignment:
    """P aligned pairs over two sides.

    gold, predicted   (P,) rows of the sides; no row occurs twice
    verdicts          {verdict column: (P,) 0 or 1, or a whole number of points}
    """

    layer: str
    view: str
    units: Sequence[str]
    gold_side: Side
    predicted_side: Side
    gold: IntArray
    predicted: IntArray
    verdicts: Mapping[str, IntArray]
