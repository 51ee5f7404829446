"""Stances as labels of given pairs: one item for each holder and target that `goldassay tasks stance-pairs` asks.

A prediction that answers the pairs is read as it answers; one that lists stances says of a pair what the strongest of
its opinions with that holder and target says. Where it says nothing, it takes no side: these scorers know no silence.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from goldassay.layers.base import GoldDocument, Options
from goldassay.layers.given_pairs import StancePair, list_pairs
from goldassay.layers.identity import resolve, resolve_document
from goldassay.model.predictions import Prediction
from goldassay.model.stances import Target, sign
from goldassay.profile_records.base import ALL, WRITTEN, Conversion, Note, Sizes
from goldassay.profiles.base import CaseDocument

WORDS = ("AGAINST", "NONE", "FAVOR")
NUMBERS = (-1, 0, 1)
"""Labels by sign, from -1."""


class SaidSign(NamedTuple):
    """One thing said of a pair (empty: of none that is asked), and how strongly."""

    pair: str
    sign: int | None
    strength: int


def write_labels(
    gold: GoldDocument, said: Prediction | None, options: Options, sizes: Sizes, *, labels: Sequence[Any]
) -> list[CaseDocument]:
    """A case document for each pair, with the gold's own label and the answer, both of the same scheme."""
    pairs = list_pairs(gold)
    signs = read_signs(gold, said, options, pairs, sizes) if said is not None else {}
    documents: list[CaseDocument] = []
    for number, pair in enumerate(pairs):
        own = sign(pair.grade)
        sizes["gold", ALL] += 1
        sizes["gold", WRITTEN] += 1
        sizes["gold", "alternatives"] += any(sign(grade) != own for grade in pair.accepted)
        sizes["gold", "silent"] += pair.id not in signs
        # Ids are those of one document, so that a target of another one is another target.
        target = f"{gold.document.doc_id}/{pair.target.kind}:{pair.target.id}"
        item = {"holder": pair.holder, "target": target}
        documents.append(
            {
                "doc_id": f"{gold.document.doc_id}-{number}",
                "text": "",
                "gold": [item | {"label": labels[own + 1]}],
                "predicted": [item | {"label": labels[signs.get(pair.id, 0) + 1]}],
            }
        )
    return documents


def read_signs(
    gold: GoldDocument, said: Prediction, options: Options, pairs: Sequence[StancePair], sizes: Sizes
) -> dict[str, int]:
    """The sign that a prediction gives to each pair it speaks of; what it says beside that is counted."""
    listed = [item for item in _list_signs(gold, said, options, pairs) if item.sign is not None]
    known = {pair.id for pair in pairs}
    asked = [item for item in listed if item.pair in known]
    strongest: dict[str, SaidSign] = {}
    for item in asked:
        if item.pair not in strongest or item.strength > strongest[item.pair].strength:
            strongest[item.pair] = item
    sizes["predicted", ALL] += len(listed)
    sizes["predicted", WRITTEN] += len(strongest)
    sizes["predicted", "not asked"] += len(listed) - len(asked)
    sizes["predicted", "weaker"] += len(asked) - len(strongest)
    return {pair: item.sign for pair, item in strongest.items() if item.sign is not None}


def _list_signs(
    gold: GoldDocument, said: Prediction, options: Options, pairs: Sequence[StancePair]
) -> Iterator[SaidSign]:
    if said.stance_pairs is not None:
        # Of several answers to a pair the first counts, as in the layer stance_pairs: all are equally strong.
        yield from (SaidSign(answer.id or "", answer.sign, 0) for answer in said.stance_pairs)
        return
    known = resolve_document(gold, said, gold_ids=options.gold_ids, threshold=options.proposition_f1)
    ids = {(pair.holder, _key(pair.target)): pair.id for pair in pairs}
    for stance in said.stances or ():
        key = resolve(stance.holder, known) or "", resolve(stance.target, known) or ""
        strength = abs(stance.grade if stance.grade is not None else stance.sign)
        yield SaidSign("" if stance.belief else ids.get(key, ""), stance.sign, strength)


def _key(target: Target) -> str:
    """How `resolve` writes a target."""
    return f"P:{target.id}" if target.kind == "proposition" else target.id


def _carries(predictions: Sequence[Prediction]) -> bool:
    return any(item.stance_pairs is not None or item.stances is not None for item in predictions)


def _conversion(labels: Sequence[Any]) -> Conversion:
    def settings(_: Options) -> Mapping[str, Any]:
        return {"labels": list(labels)}

    return Conversion(
        layer="stance_pairs",
        items="labels",
        needs="stances, nor answers to pairs",
        carries=_carries,
        annotated=lambda gold: gold.stances is not None,
        write=partial(write_labels, labels=labels),
        settings=settings,
        notes={
            "alternatives": Note(
                "that accept another sign as well, written with the sign of their strongest stance",
                "one label a pair",
                "score such pairs with the layer stance_pairs, which accepts every listed sign",
                kept=True,
            ),
            "silent": Note(
                "of pairs of which the predictions say nothing, written as if they took no side",
                "a label for every pair",
                "answer the pairs of `goldassay tasks stance-pairs`",
                kept=True,
            ),
            "not asked": Note("that were not asked", "labels of the pairs", "score stances with the default measures"),
            "weaker": Note(
                "of a pair that a stronger or an earlier one labels", "one label a pair", "say one side of each pair"
            ),
        },
    )


LABELS: Mapping[str, Conversion] = {
    "semeval2016-6-v1": _conversion(WORDS),
    "semeval2016-6-v2": _conversion(WORDS),
    "newsmtsc": _conversion(NUMBERS),
    "pair-labels": _conversion(NUMBERS),
}
"""By profile, because each has words of its own. FNC-1 has none: half of it is unrelated texts, which no gold has."""
