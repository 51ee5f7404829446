"""What an item of any layer is called in an error record: its id, its place, its text and its label in words."""

from collections.abc import Callable
from typing import NamedTuple

from goldassay.layers.base import GoldDocument, Pair
from goldassay.layers.entities import mention_type
from goldassay.layers.stance_records import accepted_grades
from goldassay.model.numeric_facts import Counted, NumericFact
from goldassay.model.predictions import POLARITY_SIGN, VERACITY_SIGN, PredictedFact, Prediction, Reference
from goldassay.model.record import Span, spans_text
from goldassay.model.stances import Stance, sign


class Item(NamedTuple):
    """An item as it is shown. `spans` is empty where it has no place in the text."""

    id: str | int
    spans: tuple[Span, ...]
    text: str | None
    label: str | None


def describe_gold_mention(pair: Pair, position: int) -> Item:
    """A gold mention; its label is its type."""
    row = pair.gold.entities
    assert row is not None
    mention = row.mentions[position]
    types = {entity.id: str(entity.type) for entity in row.entities}
    spans = tuple(mention.spans)
    return Item(mention.id, spans, spans_text(pair.gold.document.text, spans), mention_type(mention, types))


def describe_predicted_mention(pair: Pair, position: int) -> Item:
    """A predicted mention; its label is its type, its text what stands at its place, else what the line says."""
    mention = (pair.predicted.mentions or ())[position]
    text = spans_text(pair.gold.document.text, mention.spans) if mention.spans else mention.text
    return Item(_id(mention.id, position), mention.spans, text, mention.type)


def describe_gold_stance(pair: Pair, position: int) -> Item:
    """A gold stance as "holder on target"; its label is every accepted polarity (or veracity)."""
    row = pair.gold.stances
    assert row is not None
    stance = row.stances[position]
    text = f"{name_of(pair.gold, stance.holder)} on {name_of(pair.gold, stance.target.id)}"
    return Item(stance.id, _stance_place(stance), text, _sides(stance))


def describe_predicted_stance(pair: Pair, position: int) -> Item:
    """A predicted stance as "holder on target"; its label is its polarity (or veracity)."""
    said = (pair.predicted.stances or ())[position]
    place = said.expression or said.holder.spans or said.target.spans
    text = f"{said_name(said.holder, pair.predicted)} on {said_name(said.target, pair.predicted)}"
    return Item(_id(said.id, position), place, text, _words(said.belief)[said.sign])


def describe_gold_attribution(pair: Pair, position: int) -> Item:
    """A gold attribution by its cue and content; its label is its source."""
    row = pair.gold.stances
    assert row is not None
    said = row.attributions[position]
    spans = tuple(sorted((*said.cue_spans, *said.content_spans)))
    return Item(said.id, spans, spans_text(pair.gold.document.text, spans), name_of(pair.gold, said.source))


def describe_predicted_attribution(pair: Pair, position: int) -> Item:
    """A predicted attribution by its cue and content; its label is its source."""
    said = (pair.predicted.attributions or ())[position]
    spans = tuple(sorted((*said.cue, *said.content)))
    text = spans_text(pair.gold.document.text, spans) if spans else None
    return Item(_id(said.id, position), spans, text, said_name(said.source, pair.predicted))


def describe_gold_fact(pair: Pair, position: int) -> Item:
    """A gold fact by the span of its first mention; its label is what is scored: value, unit, counted."""
    row = pair.gold.numeric_facts
    assert row is not None
    fact = row.numeric_facts[position]
    spans = tuple(fact.mentions[0].span.spans) if fact.mentions else ()
    return Item(fact.id, spans, spans_text(pair.gold.document.text, spans), _fact_label(fact))


def describe_predicted_fact(pair: Pair, position: int) -> Item:
    """A predicted fact by its first extent; its label is what is scored: value, unit, counted."""
    said = (pair.predicted.numeric_facts or ())[position]
    spans = said.extents[0] if said.extents else ()
    text = spans_text(pair.gold.document.text, spans) if spans else said.text
    return Item(_id(said.id, position), spans, text, _said_label(said, pair.predicted))


def describe_gold_time(pair: Pair, position: int) -> Item:
    """A gold time; its label is its type and text-only value."""
    row = pair.gold.numeric_facts
    assert row is not None
    time = row.times[position]
    spans = tuple(time.spans)
    return Item(time.id, spans, spans_text(pair.gold.document.text, spans), f"{time.type} {time.value_text_only}")


def describe_predicted_time(pair: Pair, position: int) -> Item:
    """A predicted time; its label is its type and text-only value, as far as it gives them."""
    said = (pair.predicted.times or ())[position]
    text = spans_text(pair.gold.document.text, said.spans) if said.spans else said.text
    label = " ".join(part for part in (said.type, said.value_text_only) if part)
    return Item(_id(said.id, position), said.spans, text, label or None)


Describe = Callable[[Pair, int], Item]
DESCRIBE: dict[str, tuple[Describe, Describe]] = {
    "entities": (describe_gold_mention, describe_predicted_mention),
    "stances": (describe_gold_stance, describe_predicted_stance),
    "attributions": (describe_gold_attribution, describe_predicted_attribution),
    "numeric_facts": (describe_gold_fact, describe_predicted_fact),
    "times": (describe_gold_time, describe_predicted_time),
}
"""For each layer, how a gold and a predicted item are described."""


def name_of(gold: GoldDocument, id_: str) -> str:
    """Name of a gold entity, gloss of a proposition, else the id itself (AUTHOR)."""
    names = {entity.id: entity.name for entity in gold.entities.entities} if gold.entities is not None else {}
    glosses = {item.id: item.gloss for item in gold.stances.propositions} if gold.stances is not None else {}
    return names.get(id_) or glosses.get(id_) or id_


def said_name(reference: Reference, predicted: Prediction) -> str:
    """A predicted reference in its own words; "nothing" where it says nothing.

    >>> said_name(Reference(text="the king"), Prediction(doc_id="d"))
    'the king'
    """
    if reference.text is not None:
        return reference.text
    if reference.entity is not None:
        names = {entity.id: entity.name for entity in predicted.entities}
        return names.get(reference.entity) or reference.entity
    glosses = {item.id: item.gloss for item in predicted.propositions}
    return glosses.get(reference.proposition or "") or reference.proposition or "nothing"


def _id(id_: str | None, position: int) -> str | int:
    return position if id_ is None else id_


def _stance_place(stance: Stance) -> tuple[Span, ...]:
    return tuple(stance.expression_spans or stance.holder_spans or stance.target_spans)


def _words(belief: bool) -> dict[int, str]:
    if belief:
        return {number: word for word, number in VERACITY_SIGN.items()}
    return {number: word for word, number in POLARITY_SIGN.items()}


def _sides(stance: Stance) -> str:
    words = _words(stance.dimension == "belief")
    return "/".join(words[side] for side in sorted({sign(grade) for grade in accepted_grades(stance)}, reverse=True))


def _fact_label(fact: NumericFact) -> str:
    value = _interval(fact.value.lo, fact.value.hi) if fact.value is not None else None
    return _label(value, fact.magnitude, fact.unit, _counted_word(fact.counted))


def _counted_word(counted: Counted | None) -> str | None:
    return counted.lemma if counted is not None else None


def _said_label(said: PredictedFact, predicted: Prediction) -> str:
    value = _interval(said.lo, said.hi) if said.parsed else None
    return _label(value, said.magnitude, said.unit, said_name(said.counted, predicted) if said.counted else None)


def _interval(lo: str | None, hi: str | None) -> str:
    return lo if lo is not None and lo == hi else f"{lo or ''}..{hi or ''}"


def _label(value: str | None, magnitude: int | None, unit: str | None, counted: str | None) -> str:
    known = {"value": value, "magnitude": magnitude, "unit": unit, "counted": counted}
    return " ".join(f"{name}={said}" for name, said in known.items() if said is not None) or "value=none"
