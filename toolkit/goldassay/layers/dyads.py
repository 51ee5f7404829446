"""Dyads: which actor takes which side towards which other, people lifted to their state, each dyad once a document.

A stance gives a dyad by the entity that it is aimed at (`toward`, with its own sign) and, unless it is a belief, by an
entity as target (with the sign of its grade). It is the unit of event data: source actor, target actor, friendly or
not.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from goldassay.layers.base import Pair, plain
from goldassay.layers.identity import Identities, resolve
from goldassay.layers.stance_alignment import NOTE, align_view
from goldassay.layers.stance_lifting import Rollup, lift, name_key, read_rollup
from goldassay.layers.stance_records import BELIEF, Stances
from goldassay.match.alignment import Side
from goldassay.match.stance import GoldStance, PredictedStance
from goldassay.measures.measure import Match
from goldassay.model.predictions import POLARITY_SIGN, Reference
from goldassay.model.predictions import PredictedStance as Written
from goldassay.model.stances import Stance, sign
from goldassay.tally.count import count_alignment
from goldassay.tally.tally import Tally

VIEW = "dyads"
GROUPS: tuple[str, ...] = tuple(POLARITY_SIGN)
"""The sides that a dyad can take."""
DYAD_ROWS = (
    Match(
        "dyad",
        VIEW,
        "same actors, lifted to their states, and same sign, once a document",
        *plain("sign"),
        gold="gold_sign",
        predicted="predicted_sign",
        headline=True,
        symmetric=False,
        note=NOTE,
    ),
)


def count_dyads(stances: Stances, pairs: Sequence[Pair], known: Sequence[Identities]) -> Tally:
    """The tally of dyads, by the sign of each."""
    rollups = [read_rollup(pair.gold) for pair in pairs]
    gold = _gold_dyads(stances, pairs, rollups)
    predicted = _predicted_dyads(stances, pairs, known, rollups)
    dyads = Stances(
        units=stances.units,
        gold=tuple(gold),
        predicted=tuple(predicted),
        gold_position=tuple(range(len(gold))),
        predicted_position=tuple(range(len(predicted))),
    )
    alignment = align_view(VIEW, dyads)
    group = {number: GROUPS.index(name) for name, number in POLARITY_SIGN.items()}
    alignment = replace(
        alignment,
        gold_side=_by_sign(alignment.gold_side, [group[dyad.grades[0]] for dyad in gold]),
        predicted_side=_by_sign(alignment.predicted_side, [group[dyad.sign or 0] for dyad in predicted]),
    )
    return count_alignment(alignment, GROUPS)


def _by_sign(side: Side, group: Sequence[int]) -> Side:
    return replace(side, group=np.array(group, dtype=np.int64))


def _gold_dyads(stances: Stances, pairs: Sequence[Pair], rollups: Sequence[Rollup]) -> list[GoldStance]:
    """One dyad for each document, actors and annotated sign; it counts if one of its stances does.

    What any of its stances lists as an alternative is acceptable.
    """
    found: dict[Hashable, GoldStance] = {}
    for own, position in zip(stances.gold, stances.gold_position, strict=True):
        written = pairs[own.unit].gold.stances
        assert written is not None
        for other, signs in gold_ends(written.stances[position]):
            rollup = rollups[own.unit]
            holder, target = lift(own.holder, rollup) or own.holder, lift(other, rollup) or other
            dyad = replace(own, holder=holder, target=target, grades=signs, act="", chain=())
            key = (own.unit, holder, target, signs[0])
            same = found.get(key, dyad)
            grades = tuple(dict.fromkeys((*same.grades, *signs)))
            found[key] = replace(same, grades=grades, core=same.core or own.core)
    return list(found.values())


def gold_ends(stance: Stance) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The other entities of a gold stance's dyads, each with its acceptable signs, the annotated one first."""
    if stance.toward is not None and stance.toward_sign is not None:
        yield stance.toward, (stance.toward_sign,)
    if stance.target.kind == "entity" and stance.dimension != BELIEF:
        yield stance.target.id, tuple(dict.fromkeys(sign(grade) for grade in (stance.grade, *stance.grade_alt)))


def _predicted_dyads(
    stances: Stances, pairs: Sequence[Pair], known: Sequence[Identities], rollups: Sequence[Rollup]
) -> list[PredictedStance]:
    """One dyad for each document, actors and sign; actors without an id are the same if they are written the same."""
    found: dict[Hashable, PredictedStance] = {}
    for said, position in zip(stances.predicted, stances.predicted_position, strict=True):
        written = (pairs[said.unit].predicted.stances or ())[position]
        for reference, side in predicted_ends(written, said.target):
            rollup = rollups[said.unit]
            holder, other = lift(said.holder, rollup), lift(resolve(reference, known[said.unit]), rollup)
            key = (said.unit, name_key(holder, written.holder), name_key(other, reference), side)
            found.setdefault(key, PredictedStance(said.unit, holder, other, side, said.dimension))
    return list(found.values())


def predicted_ends(written: Written, target: str | None) -> Iterator[tuple[Reference, int]]:
    """The other entities of a predicted stance's dyads, each with its sign.

    A target is an entity if it resolves to one or is named by the system's own id of one; a string that means nothing
    in the gold may be a proposition and gives no dyad.
    """
    if written.toward is not None and written.toward_sign is not None:
        yield written.toward, written.toward_sign
    is_entity = written.target.entity is not None if target is None else not target.startswith("P:")
    if is_entity and not written.belief:
        yield written.target, written.sign
