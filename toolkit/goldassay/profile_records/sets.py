"""Numeric facts as sets of annotations in MeasEval's manner: a set for each mention that has a place.

A set holds a Quantity (the extent `span`, with unit and modifiers) and, in the mention that what is counted stands
with, a MeasuredEntity. Our facts name their property by a closed label and not by a stretch of text, and have no
qualifiers, so neither side has a MeasuredProperty or a Qualifier.
"""

from collections.abc import Iterable, Sequence

from goldassay.layers.base import GoldDocument, Options
from goldassay.model.predictions import Prediction
from goldassay.profile_records.base import ALL, WRITTEN, Conversion, Note, Record, Sizes
from goldassay.profile_records.facts import StatedFact, list_gold, list_predicted, overlap
from goldassay.profiles.base import CaseDocument


def write_sets(gold: GoldDocument, said: Prediction | None, options: Options, sizes: Sizes) -> tuple[CaseDocument, ...]:
    """The sets of a document, numbered from 1 on each side."""
    document = gold.document
    predicted = (
        _write_side("predicted", list_predicted(said, document.text), document.text, sizes)
        if said is not None and said.numeric_facts is not None
        else None
    )
    return (
        {
            "doc_id": document.doc_id,
            "text": document.text,
            "gold": _write_side("gold", list_gold(gold), document.text, sizes),
            "predicted": predicted,
        },
    )


def _write_side(side: str, facts: Iterable[StatedFact], text: str, sizes: Sizes) -> list[Record]:
    records: list[Record] = []
    number = 0
    for fact in facts:
        sizes[side, ALL] += max(1, len(fact.places))
        sizes[side, "no place"] += not fact.places
        kept = [index for index, place in enumerate(fact.places) if len(place) == 1]
        sizes[side, "discontinuous"] += len(fact.places) - len(kept)
        sizes[side, WRITTEN] += len(kept)
        sizes[side, "uncounted"] += bool(kept) and fact.counted is not None and len(fact.counted_at) != 1
        home = _find_home(fact, kept)
        for index in kept:
            number += 1
            records += _write_set(fact, number, index, text, with_entity=index == home)
    return records


def _find_home(fact: StatedFact, kept: Sequence[int]) -> int | None:
    """The mention that reaches over what is counted, else the first; null if that has no place of one piece."""
    if len(fact.counted_at) != 1:
        return None
    over = (index for index in kept if any(overlap(extent, fact.counted_at) for extent in fact.around[index]))
    return next(over, kept[0] if kept else None)


def _write_set(fact: StatedFact, number: int, index: int, text: str, *, with_entity: bool) -> list[Record]:
    modifiers = list_modifiers(fact)
    quantity = _element(number, 1, "Quantity", fact.places[index], text)
    quantity |= {"unit": fact.unit} if fact.unit is not None else {}
    # An empty list would be a modifier of its own to the original.
    quantity |= {"mods": modifiers} if modifiers else {}
    if not with_entity:
        return [quantity]
    entity = _element(number, 2, "MeasuredEntity", fact.counted_at, text)
    return [quantity, entity | {"rel": {"HasQuantity": quantity["id"]}}]


def _element(number: int, rank: int, kind: str, place: Sequence[tuple[int, int]], text: str) -> Record:
    start, end = place[0]
    return {
        "set": number,
        "kind": kind,
        "id": f"T{rank}-{number}",
        "start": start,
        "end": end,
        "text": text[start:end],
    }


def list_modifiers(fact: StatedFact) -> list[str]:
    """IsApproximate for any approximator, IsCount for a count without unit, IsRange for a range or a bound."""
    found = {
        "IsApproximate": fact.approx != "none",
        "IsCount": fact.unit is None and fact.kind in (None, "cardinal"),
        "IsRange": fact.bound != "none" or fact.lo != fact.hi,
    }
    return [name for name, holds in found.items() if holds]


def _carries(predictions: Sequence[Prediction]) -> bool:
    """Some line has facts, and some fact a place."""
    said = [item.numeric_facts for item in predictions if item.numeric_facts is not None]
    facts = [fact for listed in said for fact in listed]
    return bool(said) and (not facts or any(fact.extents for fact in facts))


SETS = Conversion(
    layer="numeric_facts",
    items="mentions of facts",
    needs="places of numeric facts",
    carries=_carries,
    annotated=lambda gold: gold.numeric_facts is not None,
    write=write_sets,
    notes={
        "no place": Note("without a place in the text", "facts with offsets", "give the place of every fact"),
        "discontinuous": Note(
            "of several pieces", "mentions of one piece", "score such facts with the default measures, which hold them"
        ),
        "uncounted": Note(
            "whose counted thing is named but has no place of one piece, written without it",
            "offsets of what is counted",
            "give the spans of what is counted",
            kept=True,
        ),
    },
)
