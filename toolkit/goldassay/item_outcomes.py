"""L4: which gold items a system got right, by the headline match of each layer: the finest grain of a comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goldassay.evaluate import evaluate
from goldassay.layers import get_layers
from goldassay.layers.base import GoldDocument, Options, Pair
from goldassay.layers.item_text import DESCRIBE
from goldassay.match.alignment import Alignment
from goldassay.model.predictions import Prediction


@dataclass(frozen=True, slots=True, order=True)
class ItemKey:
    """One gold item: its layer, document and id, which never change between systems."""

    layer: str
    doc_id: str
    item: str


@dataclass(frozen=True, slots=True)
class ItemText:
    """What a report shows of a gold item."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """For every counted gold item, whether it is right, with what to print of it."""

    right: Mapping[ItemKey, bool]
    texts: Mapping[ItemKey, ItemText]


def item_outcomes(
    gold: Sequence[GoldDocument],
    predictions: Mapping[str, Prediction],
    *,
    layers: Sequence[str] | None = None,
    options: Options | None = None,
) -> Outcomes:
    """Score one run and keep, item by item, what the headline match of each layer says.

    Items that leave the counts (optional, implicit) are not in; layers without a headline match have no items here.
    """
    right: dict[ItemKey, bool] = {}
    texts: dict[ItemKey, ItemText] = {}

    def observe(alignment: Alignment, pairs: Sequence[Pair]) -> None:
        headline = next((m for m in get_layers()[alignment.layer].matches if m.headline), None)
        if headline is None or headline.view != alignment.view or alignment.layer not in DESCRIBE:
            return
        side = alignment.gold_side
        found = np.zeros(len(side.unit), dtype=np.bool_)
        for column in headline.credit_gold:
            found[alignment.gold] |= alignment.verdicts[column.removesuffix(".gold")] > 0
        describe, _ = DESCRIBE[alignment.layer]
        for row in np.flatnonzero(side.sizes[headline.gold]).tolist():
            pair = pairs[int(side.unit[row])]
            item = describe(pair, int(side.position[row]))
            key = ItemKey(alignment.layer, pair.gold.document.doc_id, str(item.id))
            right[key] = bool(found[row])
            texts[key] = ItemText(item.text or "", item.label or "")

    evaluate(gold, predictions, layers=layers, options=options, observe=observe)
    return Outcomes(dict(sorted(right.items())), texts)


def share_right(runs: Sequence[Outcomes]) -> dict[ItemKey, float]:
    """Share of a system's runs in which each item is right, 0 to 1.

    >>> key = ItemKey("entities", "d", "m1")
    >>> share_right([Outcomes({key: True}, {}), Outcomes({key: False}, {})])[key]
    0.5
    """
    return {key: sum(run.right[key] for run in runs) / len(runs) for key in runs[0].right}


def stability(runs: Sequence[Outcomes]) -> float | None:
    """Share of items whose outcome is the same in all runs, 0 to 1, best 1; null for fewer than two runs or no item."""
    shares = share_right(runs)
    if len(runs) < 2 or not shares:
        return None
    return sum(share in (0.0, 1.0) for share in shares.values()) / len(shares)
