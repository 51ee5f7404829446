"""Slices of stances: opinion by act, by kind of quote and by depth of the chain, and contested propositions alone.

A pair counts in the slice of its gold stance on both sides, so that a slice says how its own gold was found; a
prediction that met nothing counts in the slice that it names itself, or in `other`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import numpy as np

from goldassay.layers.base import GoldDocument, Pair
from goldassay.layers.stance_alignment import align_view, stance_rows
from goldassay.layers.stance_records import BELIEF, VIEWS, Stances, depth, of_view
from goldassay.match.alignment import Alignment, Side
from goldassay.model.labels import ACTS, DIMENSIONS, Quote
from goldassay.model.predictions import Prediction
from goldassay.model.stances import sign
from goldassay.tally.count import count_alignment
from goldassay.tally.tally import Tally

NO_QUOTE = "none"
SLICES: dict[str, tuple[str, ...]] = {
    "opinion-by-act": ACTS,
    "opinion-by-quote": (*get_args(Quote), NO_QUOTE),
    "opinion-by-depth": ("0", "1", "2", "3+"),
}
"""Views and their groups. Depth: sources between the author and the holder."""
CONTESTED = "contested"
SLICE_ROWS = (
    *(row for view in SLICES for row in stance_rows(view, ("pair", "sign"), detail=True)),
    *(row for view in VIEWS for row in stance_rows(f"{view}-{CONTESTED}", ("pair", "sign", "flip"), detail=True)),
)


def count_slices(alignments: Sequence[Alignment], stances: Stances, pairs: Sequence[Pair]) -> tuple[Tally, ...]:
    """The tallies of all slices."""
    opinion = next(alignment for alignment in alignments if alignment.view == "opinion")
    items = of_view(stances, "opinion")
    return (
        *(
            count_alignment(regroup(opinion, view, *_names(view, items, pairs), groups), groups)
            for view, groups in SLICES.items()
        ),
        *_count_contested(stances, pairs),
    )


def regroup(
    alignment: Alignment,
    view: str,
    gold: Sequence[str],
    predicted: Sequence[str | None],
    groups: Sequence[str],
) -> Alignment:
    """The same alignment with other groups: of both items of a pair that of the gold item.

    Args:
        alignment: The alignment.
        view: The name of the new view.
        gold: The group of each gold item.
        predicted: The group that each predicted item names itself, or null.
        groups: All groups.
    """
    code: dict[str | None, int] = {name: number for number, name in enumerate(groups)}
    gold_group = np.array([code[name] for name in gold], dtype=np.int64)
    predicted_group = np.array([code.get(name, -1) for name in predicted], dtype=np.int64)
    predicted_group[alignment.predicted] = gold_group[alignment.gold]
    own, said = alignment.gold_side, alignment.predicted_side
    return replace(
        alignment,
        view=view,
        gold_side=Side(own.unit, own.position, gold_group, own.sizes),
        predicted_side=Side(said.unit, said.position, predicted_group, said.sizes),
    )


def _names(view: str, items: Stances, pairs: Sequence[Pair]) -> tuple[list[str], list[str | None]]:
    if view == "opinion-by-act":
        return [own.act for own in items.gold], [said.act for said in items.predicted]
    if view == "opinion-by-depth":
        gold = [name_depth(depth(own.chain)) for own in items.gold]
        return gold, [None if said.chain is None else name_depth(depth(said.chain)) for said in items.predicted]
    return (
        [gold_quote(pairs[own.unit].gold, n) for own, n in zip(items.gold, items.gold_position, strict=True)],
        [
            predicted_quote(pairs[said.unit].predicted, n)
            for said, n in zip(items.predicted, items.predicted_position, strict=True)
        ],
    )


def name_depth(links: int) -> str:
    """The slice of this many sources.

    >>> name_depth(1), name_depth(5)
    ('1', '3+')
    """
    return str(links) if links < 3 else "3+"


def gold_quote(gold: GoldDocument, position: int) -> str:
    """The kind of quote that a gold stance stands in; `none` without an attribution."""
    assert gold.stances is not None
    named = gold.stances.stances[position].attribution
    return next((one.quote for one in gold.stances.attributions if one.id == named), NO_QUOTE)


def predicted_quote(predicted: Prediction, position: int) -> str | None:
    """The kind of quote that a predicted stance names; null where the system gives no attributions or no kind."""
    if predicted.attributions is None:
        return None
    named = (predicted.stances or ())[position].attribution
    if named is None:
        return NO_QUOTE
    return next((one.quote for one in predicted.attributions if one.id == named), None)


def contested_targets(gold: GoldDocument) -> frozenset[str]:
    """Propositions of a document with annotated opinions of both signs, or with beliefs that affirm and that deny.

    Optional stances count here: whether a matter is contested is a property of the text. Listed alternatives do not.
    """
    signs: dict[tuple[str, bool], set[int]] = defaultdict(set)
    for stance in gold.stances.stances if gold.stances is not None else ():
        if stance.target.kind == "proposition":
            signs[f"P:{stance.target.id}", stance.dimension == BELIEF].add(sign(stance.grade))
    return frozenset(target for (target, _), found in signs.items() if {-1, 1} <= found)


def _count_contested(stances: Stances, pairs: Sequence[Pair]) -> tuple[Tally, ...]:
    """Stances on contested propositions alone, of both sides: the target is part of what must be the same."""
    contested = [contested_targets(pair.gold) for pair in pairs]
    kept = stances.keep(
        [own.target in contested[own.unit] for own in stances.gold],
        [said.target in contested[said.unit] for said in stances.predicted],
    )
    alignments = (align_view(f"{view}-{CONTESTED}", of_view(kept, view)) for view in VIEWS)
    return tuple(count_alignment(alignment, DIMENSIONS) for alignment in alignments)
