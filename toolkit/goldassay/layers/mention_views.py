"""Further views of mentions: by level, by nesting, by the gold's type, by characters and by words.

They are counted from the alignments of `names` and `all`, or beside them, and add nothing to error reports.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from goldassay.layers.base import Options, Pair
from goldassay.layers.mentions import Mentions, align_view, entity_groups, of_any_level, of_level, read_mentions
from goldassay.layers.tokens import UNTYPED, flat_labels
from goldassay.match.alignment import Alignment, Side
from goldassay.match.columns import BoolArray, IntArray, SpanColumns, SpanItem, select
from goldassay.match.overlap import match_overlaps
from goldassay.tally.count import OTHER, count_alignment
from goldassay.tally.tally import Tally, unit_order

LEVEL_VIEWS = {"nominals": "NOM", "pronouns": "PRO"}
NESTING_VIEWS = ("nested", "outermost", "flat")
BY_GOLD_TYPE = "by-gold-type"


def derive_views(alignments: Sequence[Alignment], pairs: Sequence[Pair], options: Options) -> tuple[Tally, ...]:
    """The tallies of all further views, from the alignments of `names` and `all` and their documents."""
    mentions, groups = read_mentions(pairs, options), entity_groups(options)
    everything = next(alignment for alignment in alignments if alignment.view == "all")
    further = [
        *(by_gold_type(alignment) for alignment in alignments),
        *(align_view(view, mentions, of_level(mentions, level)) for view, level in LEVEL_VIEWS.items()),
        *(restrict_gold(everything, view, keep) for view, keep in nesting(mentions.gold).items()),
    ]
    kept = {"names": of_level(mentions, "NAM"), "all": of_any_level(mentions)}
    return (
        *(count_alignment(alignment, groups) for alignment in further),
        *(count_characters(f"{view}-characters", mentions, keep, groups) for view, keep in kept.items()),
        *(count_tokens(f"{view}-tokens", mentions, keep, groups, pairs) for view, keep in kept.items()),
    )


def by_gold_type(alignment: Alignment) -> Alignment:
    """The same alignment with both items of a pair in the gold item's group; what met nothing stays in its own."""
    side, group = alignment.predicted_side, alignment.predicted_side.group.copy()
    group[alignment.predicted] = alignment.gold_side.group[alignment.gold]
    predicted_side = Side(side.unit, side.position, group, side.sizes)
    return replace(alignment, view=f"{alignment.view}-{BY_GOLD_TYPE}", predicted_side=predicted_side)


def nesting(gold: SpanColumns) -> dict[str, BoolArray]:
    """Which gold mentions lie inside a longer one, which hold a shorter one and lie in none, and which do neither.

    A mention lies inside another if the other covers all its characters and more. Every mention is in one of the three.
    """
    inner, outer, shared = match_overlaps(gold, gold)
    inside = (shared == gold.size[inner]) & (gold.size[outer] > gold.size[inner])
    lies_in, holds = np.zeros(len(gold), np.bool_), np.zeros(len(gold), np.bool_)
    lies_in[inner[inside]] = holds[outer[inside]] = True
    return dict(zip(NESTING_VIEWS, (lies_in, holds & ~lies_in, ~holds & ~lies_in), strict=True))


def restrict_gold(alignment: Alignment, view: str, keep: BoolArray) -> Alignment:
    """The alignment with only some gold items, and of the predictions those that met one of them."""
    pair = keep[alignment.gold]
    met = np.zeros(len(alignment.predicted_side.unit), np.bool_)
    met[alignment.predicted[pair]] = True
    gold, predicted = alignment.gold_side, alignment.predicted_side
    return replace(
        alignment,
        view=view,
        gold_side=Side(gold.unit, gold.position, gold.group, {"gold": keep, "gold_left": ~keep}),
        predicted_side=Side(
            predicted.unit, predicted.position, predicted.group, {"predicted": met, "predicted_left": ~met}
        ),
        gold=alignment.gold[pair],
        predicted=alignment.predicted[pair],
        verdicts={name: points[pair] for name, points in alignment.verdicts.items()},
    )


def count_characters(view: str, mentions: Mentions, keep: tuple[BoolArray, BoolArray], groups: Sequence[str]) -> Tally:
    """Characters of the mentions of each type, each character once a type and document, and those that both sides have.

    What both have follows from the sizes: |A and B| = |A| + |B| - |A or B|.
    """
    sides = [
        _fragments(select(side, kept)) for side, kept in zip((mentions.gold, mentions.predicted), keep, strict=True)
    ]
    shape = (len(mentions.units), len(groups) + 1)
    gold, predicted = (_covered(side, shape) for side in sides)
    both = gold + predicted - _covered(np.concatenate(sides, axis=1), shape)
    columns = {"gold": gold, "predicted": predicted, "characters.gold": both, "characters.predicted": both}
    return _tally(view, mentions.units, groups, columns)


def _fragments(side: SpanColumns) -> IntArray:
    """Document, type, start and end of each fragment; shape (4, F)."""
    item = side.fragment_item
    return np.stack([side.document[item], side.type[item], side.fragment_start, side.fragment_end])


def _covered(fragments: IntArray, shape: tuple[int, int]) -> IntArray:
    """Characters covered, by document and group."""
    document, group, start, end = fragments
    group = np.where(group < 0, shape[1] - 1, group)
    apart = group * (end.max(initial=0) + 1)  # fragments of different groups never overlap
    order = np.argsort(start + apart, kind="stable")
    start, end = (start + apart)[order], (end + apart)[order]
    reach = np.concatenate([[0], np.maximum.accumulate(end)[:-1]]) if len(end) else end
    new = np.maximum(end - np.maximum(start, reach), 0)
    cell = (document * shape[1] + group)[order]
    return np.bincount(cell, weights=new, minlength=shape[0] * shape[1]).astype(np.int64).reshape(shape)


def count_tokens(
    view: str,
    mentions: Mentions,
    keep: tuple[BoolArray, BoolArray],
    groups: Sequence[str],
    pairs: Sequence[Pair],
) -> Tally:
    """Words inside mentions by their one flat label, and those that have the same label on both sides."""
    names = [*groups, UNTYPED]
    code = {name: index for index, name in enumerate(names)}
    shape = (len(mentions.units), len(names))
    gold, predicted, both = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    sides = (
        _items(mentions.gold, keep[0], mentions.gold_items, names),
        _items(mentions.predicted, keep[1], mentions.predicted_items, names),
    )
    for unit, pair in enumerate(pairs):
        labels = [flat_labels(pair.gold.document.text, side[unit]) for side in sides]
        for right, said in zip(*labels, strict=True):
            if right is not None:
                gold[unit, code[right]] += 1
            if said is not None:
                predicted[unit, code[said]] += 1
            if right is not None and right == said:
                both[unit, code[right]] += 1
    columns = {"gold": gold, "predicted": predicted, "tokens.gold": both, "tokens.predicted": both}
    return _tally(view, mentions.units, groups, columns)


def _items(
    side: SpanColumns, keep: BoolArray, own: Sequence[Sequence[SpanItem]], names: Sequence[str]
) -> list[list[SpanItem]]:
    """The kept mentions of each document; a type that is none of the names is the last one."""
    items: list[list[SpanItem]] = [[] for _ in own]
    for row in np.flatnonzero(keep):
        unit = side.document[row]
        items[unit].append((own[unit][side.position[row]][0], names[side.type[row]], ""))
    return items


def _tally(view: str, units: Sequence[str], groups: Sequence[str], columns: Mapping[str, IntArray]) -> Tally:
    order = np.array(unit_order(units), dtype=np.int64)
    counts = {name: column[order] for name, column in columns.items()}
    return Tally("entities", view, tuple(units[i] for i in order), (*groups, OTHER), counts)
