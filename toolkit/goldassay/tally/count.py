"""Alignment in, tally out: the one place where items become counts, the same for every layer."""

from collections.abc import Sequence

import numpy as np

from goldassay.match.alignment import Alignment
from goldassay.match.columns import IntArray
from goldassay.tally.tally import Tally, count_by, unit_order

OTHER = "other"
"""The last group of every tally: predictions with no group of the schema that align with nothing."""


def count_alignment(alignment: Alignment, groups: Sequence[str]) -> Tally:
    """Count sizes and verdicts by document and group.

    Every verdict gives two columns, `v.gold` (by the gold item's group) and `v.predicted` (by the predicted item's
    group; a prediction without a group of its own takes that of its gold item). Over all groups the two are equal.

    Args:
        alignment: Pairs of one view of a batch of documents.
        groups: The schema's groups; `other` is added behind them.
    """
    gold_side, predicted_side = alignment.gold_side, alignment.predicted_side
    other = len(groups)
    gold_group = np.where(gold_side.group < 0, other, gold_side.group)
    predicted_group = predicted_side.group.copy()
    orphan = predicted_group[alignment.predicted] < 0
    predicted_group[alignment.predicted[orphan]] = gold_group[alignment.gold[orphan]]
    predicted_group = np.where(predicted_group < 0, other, predicted_group)
    shape = (len(alignment.units), other + 1)
    counts: dict[str, IntArray] = {}
    for name, mask in gold_side.sizes.items():
        counts[name] = count_by(gold_side.unit[mask], gold_group[mask], shape)
    for name, mask in predicted_side.sizes.items():
        counts[name] = count_by(predicted_side.unit[mask], predicted_group[mask], shape)
    unit = gold_side.unit[alignment.gold]
    for name, points in alignment.verdicts.items():
        counts[f"{name}.gold"] = count_by(unit, gold_group[alignment.gold], shape, points)
        counts[f"{name}.predicted"] = count_by(unit, predicted_group[alignment.predicted], shape, points)
    order = np.array(unit_order(alignment.units), dtype=np.int64)
    units = tuple(alignment.units[i] for i in order)
    return Tally(
        layer=alignment.layer,
        view=alignment.view,
        units=units,
        groups=(*groups, OTHER),
        counts={name: column[order] for name, column in counts.items()},
    )
