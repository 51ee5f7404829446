"""Stances lifted: people and nationalities to their state, repetitions of a document to one."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from goldassay.layers.base import GoldDocument, Pair
from goldassay.layers.identity import normalise
from goldassay.layers.stance_records import Stances
from goldassay.match.stance import GoldStance
from goldassay.model.predictions import Reference

Rollup = Mapping[str, str]
"""Entity to the entity that it is lifted to."""


def read_rollup(gold: GoldDocument) -> dict[str, str]:
    """What the entities of a document are lifted to, one step each."""
    entities = gold.entities.entities if gold.entities is not None else ()
    return {entity.id: entity.rollup for entity in entities if entity.rollup is not None}


def lift(name: str | None, rollup: Rollup) -> str | None:
    """The last entity that `name` leads to; a name that leads nowhere, or round in a circle, stays as it is.

    >>> lift("e1", {"e1": "e2", "e2": "e3"}), lift("P:p1", {}), lift(None, {})
    ('e3', 'P:p1', None)
    """
    seen, at = {name}, name
    while at is not None and at in rollup:
        at = rollup[at]
        if at in seen:
            return name
        seen.add(at)
    return at


def lift_chain(chain: Sequence[str | None], rollup: Rollup) -> tuple[str | None, ...]:
    """Every link lifted; neighbours that become one are one link, as nobody reports himself.

    >>> lift_chain(("AUTHOR", "e1", "e2"), {"e1": "e2"})
    ('AUTHOR', 'e2')
    """
    lifted: list[str | None] = []
    for link in chain:
        at = lift(link, rollup)
        if not lifted or at is None or at != lifted[-1]:
            lifted.append(at)
    return tuple(lifted)


def lift_stances(stances: Stances, pairs: Sequence[Pair]) -> Stances:
    """Holders, targets and chains of both sides lifted by the roll-up of the gold's entities."""
    rollups = [read_rollup(pair.gold) for pair in pairs]
    return replace(
        stances,
        gold=tuple(_lift_gold(own, rollups[own.unit]) for own in stances.gold),
        predicted=tuple(
            replace(
                said,
                holder=lift(said.holder, rollup),
                target=lift(said.target, rollup),
                chain=None if said.chain is None else lift_chain(said.chain, rollup),
            )
            for said in stances.predicted
            for rollup in (rollups[said.unit],)
        ),
    )


def _lift_gold(own: GoldStance, rollup: Rollup) -> GoldStance:
    chain = tuple(link for link in lift_chain(own.chain, rollup) if link is not None)
    return replace(
        own,
        holder=lift(own.holder, rollup) or own.holder,
        target=lift(own.target, rollup) or own.target,
        chain=chain,
    )


def merge_stances(stances: Stances, pairs: Sequence[Pair]) -> Stances:
    """One stance for each document, holder, target and dimension of either side.

    Of the gold all acceptable grades of the cluster are acceptable, those of stances that count first, and the cluster
    counts if one of its stances does. Of a prediction the first of the cluster stands for it; holders and targets that
    were not resolved are the same if they are written the same.
    """
    clusters: dict[Hashable, list[int]] = defaultdict(list)
    for row, own in enumerate(stances.gold):
        clusters[own.unit, own.holder, own.target, own.dimension].append(row)
    merged = {rows[0]: _merge([stances.gold[row] for row in rows]) for rows in clusters.values()}
    first: dict[Hashable, int] = {}
    for row, (said, position) in enumerate(zip(stances.predicted, stances.predicted_position, strict=True)):
        written = (pairs[said.unit].predicted.stances or ())[position]
        names = (name_key(said.holder, written.holder), name_key(said.target, written.target))
        first.setdefault((said.unit, *names, said.dimension), row)
    kept = stances.keep(
        [row in merged for row in range(len(stances.gold))],
        [row in set(first.values()) for row in range(len(stances.predicted))],
    )
    return replace(kept, gold=tuple(merged[row] for row in sorted(merged)))


def _merge(cluster: Sequence[GoldStance]) -> GoldStance:
    """The first stance that counts, else the first, with the acceptable grades of all."""
    ordered = sorted(cluster, key=lambda own: not own.core)
    grades = dict.fromkeys(grade for own in ordered for grade in own.grades)
    return replace(ordered[0], grades=tuple(grades))


def name_key(resolved: str | None, written: Reference) -> Hashable:
    """What tells two predicted names apart: the id that they resolve to, else how they are written."""
    if resolved is not None:
        return resolved
    return (written.entity, written.proposition, normalise(written.text or ""))
