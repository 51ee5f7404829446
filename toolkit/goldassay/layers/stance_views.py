"""Further views of stances: lifted to states, once a document, by other thresholds; and the share of names resolved."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from goldassay.layers.base import Options, Pair
from goldassay.layers.stance_alignment import NOTE, align_view, stance_rows
from goldassay.layers.stance_lifting import lift_stances, merge_stances
from goldassay.layers.stance_records import VIEWS, Stances, identify, of_view, read_stances
from goldassay.measures.measure import Match
from goldassay.model.labels import DIMENSIONS
from goldassay.tally.count import count_alignment
from goldassay.tally.tally import Tally, count_by, unit_order

ROLLUP, DOCUMENT, RESOLUTION = "rollup", "document", "resolution"
THRESHOLDS = (0.3, 0.7)
"""Token F1 from which a string is a proposition, in the views beside the option's own."""


def count_views(stances: Stances, pairs: Sequence[Pair], options: Options) -> tuple[Tally, ...]:
    """The tallies of `rollup`, `document` and the thresholds."""
    lifted, merged = lift_stances(stances, pairs), merge_stances(stances, pairs)
    named = [(f"{view}-{ROLLUP}", of_view(lifted, view)) for view in VIEWS]
    named += [(f"{view}-{DOCUMENT}", of_view(merged, view)) for view in VIEWS]
    for threshold in THRESHOLDS:
        known = identify(pairs, replace(options, proposition_f1=threshold))
        named.append((f"opinion-{threshold:g}", of_view(read_stances(pairs, known), "opinion")))
    return tuple(count_alignment(align_view(view, items), DIMENSIONS) for view, items in named)


def count_resolution(stances: Stances) -> Tally:
    """How many holders and targets were predicted, and how many of them mean nothing that the gold has."""
    shape = (len(stances.units), 1)
    unit = np.array([said.unit for said in stances.predicted], dtype=np.int64)
    group = np.zeros_like(unit)
    lost = {
        "holder": np.array([said.holder is None for said in stances.predicted], dtype=np.int64),
        "target": np.array([said.target is None for said in stances.predicted], dtype=np.int64),
    }
    stances_said = count_by(unit, group, shape)
    counts = {f"unresolved_{name}": count_by(unit, group, shape, mask) for name, mask in lost.items()}
    counts |= {"predicted_stances": stances_said, "predicted_names": 2 * stances_said}
    order = np.array(unit_order(stances.units), dtype=np.int64)
    return Tally(
        "stances",
        RESOLUTION,
        tuple(stances.units[i] for i in order),
        ("names",),
        {name: column[order] for name, column in counts.items()},
    )


def _resolution_row(name: str, title: str, columns: Sequence[str], size: str, *, detail: bool) -> Match:
    credit = dict.fromkeys(columns, 1.0)
    return Match(
        name,
        RESOLUTION,
        title,
        credit,
        credit,
        gold=size,
        predicted=size,
        statistics=("rate",),
        symmetric=False,
        best=0.0,
        detail=detail,
        note=NOTE,
    )


_HOLDER, _TARGET = "unresolved_holder", "unresolved_target"
VIEW_ROWS: tuple[Match, ...] = (
    _resolution_row(
        "unresolved",
        "predicted holders and targets that mean nothing in the gold",
        (_HOLDER, _TARGET),
        "predicted_names",
        detail=False,
    ),
    _resolution_row(
        "unresolved-holder",
        "predicted holders that mean nothing in the gold",
        (_HOLDER,),
        "predicted_stances",
        detail=True,
    ),
    _resolution_row(
        "unresolved-target",
        "predicted targets that mean nothing in the gold",
        (_TARGET,),
        "predicted_stances",
        detail=True,
    ),
    *(row for view in VIEWS for row in stance_rows(f"{view}-{ROLLUP}", detail=True)),
    *(
        row
        for view in VIEWS
        for row in stance_rows(f"{view}-{DOCUMENT}", ("pair", "sign", "+dimension", "+grade", "flip"), detail=True)
    ),
    *(row for threshold in THRESHOLDS for row in stance_rows(f"opinion-{threshold:g}", ("pair", "sign"), detail=True)),
)
