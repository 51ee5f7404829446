"""From stances as records to an alignment with a verdict for every rung, and the rows of the table that divide them."""

from collections.abc import Sequence

import numpy as np

from goldassay.layers.base import plain
from goldassay.layers.stance_records import Stances
from goldassay.match.alignment import Alignment, Side
from goldassay.match.columns import BoolArray, IntArray
from goldassay.match.stance import QUARTERS, RUNGS, align_stances, is_flip_comparable, ordinal_quarters, rungs
from goldassay.measures.measure import Match
from goldassay.model.labels import DIMENSIONS

LADDER: dict[str, str] = {
    "pair": "same holder and target",
    "sign": "same holder, target and sign",
    "+dimension": "sign, and the same dimension",
    "+grade": "dimension, and an acceptable grade",
    "+act": "grade, and the same act",
    "+chain": "act, and the same chain of sources",
}
"""The rows of the ladder in order; the columns of `RUNGS` belong to them in the same order."""
FURTHER = ("ordinal", "flip")
NOTE = "own definition (docs/design/stances.md)"
ALL_SIGNS = frozenset({-1, 0, 1})


def align_view(view: str, stances: Stances) -> Alignment:
    """Align the stances of a view; its groups are the dimensions.

    Sizes are `gold` and `predicted`, and for all that asks for the sign `gold_sign` and `predicted_sign`, without gold
    whose acceptable grades cover all signs. A prediction aligned to gold that does not count leaves with it.
    """
    row, column = align_stances(stances.gold, stances.predicted)
    core = _mask([own.core for own in stances.gold])
    closed = core & _mask([own.signs != ALL_SIGNS for own in stances.gold])
    group = {name: code for code, name in enumerate(DIMENSIONS)}
    gold_side = _side(
        [own.unit for own in stances.gold],
        stances.gold_position,
        [group[own.dimension] for own in stances.gold],
        {"gold": core, "gold_sign": closed, "gold_optional": ~core},
    )
    counted, counted_sign = (np.ones(len(stances.predicted), dtype=np.bool_) for _ in range(2))
    counted[column], counted_sign[column] = core[row], closed[row]
    predicted_side = _side(
        [said.unit for said in stances.predicted],
        stances.predicted_position,
        [group.get(said.dimension or "", -1) for said in stances.predicted],
        {"predicted": counted, "predicted_sign": counted_sign, "predicted_optional": ~counted},
    )
    return Alignment(
        layer="stances",
        view=view,
        units=stances.units,
        gold_side=gold_side,
        predicted_side=predicted_side,
        gold=row,
        predicted=column,
        verdicts=_verdicts(stances, row, column, core, closed),
    )


def _verdicts(
    stances: Stances, row: IntArray, column: IntArray, core: BoolArray, closed: BoolArray
) -> dict[str, IntArray]:
    met = [(stances.gold[i], stances.predicted[j]) for i, j in zip(row.tolist(), column.tolist(), strict=True)]
    reached = [rungs(*pair) for pair in met]
    right = {name: _mask([one[name] for one in reached]) for name in RUNGS}
    signed = core[row] & _mask([is_flip_comparable(*pair) for pair in met])
    quarters = _whole([ordinal_quarters(*pair) for pair in met])
    verdicts = {
        "pair": core[row],
        **{name: closed[row] & right[name] for name in RUNGS[1:]},
        "signed": signed,
        "flipped": signed & ~right["sign"],
    }
    return {name: verdict.astype(np.int64) for name, verdict in verdicts.items()} | {"ordinal": quarters * core[row]}


def _mask(values: Sequence[bool]) -> BoolArray:
    return np.array(values, dtype=np.bool_)


def _side(unit: Sequence[int], position: Sequence[int], group: Sequence[int], sizes: dict[str, BoolArray]) -> Side:
    return Side(_whole(unit), _whole(position), _whole(group), sizes)


def _whole(values: Sequence[int]) -> IntArray:
    return np.array(values, dtype=np.int64)


def stance_rows(
    view: str, names: Sequence[str] = (*LADDER, *FURTHER), *, headline: bool = False, detail: bool = False
) -> tuple[Match, ...]:
    """The rows of the table for one view: the rungs of `LADDER`, `ordinal` and `flip`, as far as they are named."""
    rows = [
        Match(
            name,
            view,
            title,
            *plain(column),
            gold="gold" if name == "pair" else "gold_sign",
            predicted="predicted" if name == "pair" else "predicted_sign",
            symmetric=False,
            headline=headline and name == "sign",
            detail=detail,
            note=NOTE,
        )
        for (name, title), column in zip(LADDER.items(), RUNGS, strict=True)
    ]
    rows += [
        Match(
            "ordinal",
            view,
            "same holder and target, 1 - |difference of grades| / 4",
            *plain("ordinal", 1 / QUARTERS),
            symmetric=False,
            detail=detail,
            note=NOTE,
        ),
        Match(
            "flip",
            view,
            "opposite sign, of the pairs in which both sides take one",
            *plain("flipped"),
            gold="signed.gold",
            predicted="signed.predicted",
            statistics=("rate",),
            symmetric=False,
            best=0.0,
            detail=detail,
            note=NOTE,
        ),
    ]
    return tuple(row for row in rows if row.name in names)
