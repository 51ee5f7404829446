"""Numeric facts as values in CQE's manner: a fact is a value with unit, change and concepts, and has no place.

A document stands for a sentence, since a prediction need not say where its value stands.
"""

from collections.abc import Callable, Iterable, Sequence

from goldassay.layers.base import GoldDocument, Options
from goldassay.layers.identity import resolve, resolve_document, tokens
from goldassay.model.predictions import Prediction, Reference
from goldassay.profile_records.base import ALL, WRITTEN, Conversion, Note, Record, Sizes
from goldassay.profile_records.facts import StatedFact, list_gold, list_predicted, unit_name
from goldassay.profiles.base import CaseDocument

Words = Callable[[Reference | None], list[str]]
"""The words that a reference is written with."""

_CHANGES = {"approx": "~", "below": "~", "vague": "~", "above": ">"}


def write_values(
    gold: GoldDocument, said: Prediction | None, options: Options, sizes: Sizes
) -> tuple[CaseDocument, ...]:
    """The values of a document, one a fact however often it is mentioned."""
    document = gold.document
    facts = list(list_gold(gold))
    names = _entity_names(gold)
    predicted = None
    if said is not None and said.numeric_facts is not None:
        counted, subject = _predicted_words(gold, said, options, facts, names)
        predicted = _write_side("predicted", list_predicted(said, document.text), counted, subject, sizes)
    mine = _write_side("gold", facts, _lemma_words, lambda item: tokens(names.get(_id(item), "")), sizes)
    return ({"doc_id": document.doc_id, "text": document.text, "gold": mine, "predicted": predicted},)


def _write_side(side: str, facts: Iterable[StatedFact], counted: Words, subject: Words, sizes: Sizes) -> list[Record]:
    records: list[Record] = []
    for fact in facts:
        sizes[side, ALL] += 1
        ends = [float(end) for end in (fact.lo, fact.hi) if end is not None]
        if not ends:
            sizes[side, "no value"] += 1
            continue
        sizes[side, WRITTEN] += 1
        noun, owner = counted(fact.counted), subject(fact.subject)
        records.append(
            {
                "value": ends[0] if len(set(ends)) == 1 else ends,
                "unit": unit_name(fact.unit) if fact.unit is not None else " ".join(noun) or "-",
                "change": change_of(fact),
                "concepts": list(dict.fromkeys([*owner, *(noun if fact.unit is not None else ())])),
            }
        )
    return records


def change_of(fact: StatedFact) -> str:
    """CQE's sign: a direction before a bound before an approximator.

    "just over" is more than to it, "nearly" about.
    """
    if fact.direction is not None:
        return fact.direction
    if fact.bound == "min" or (fact.hi is None and fact.lo is not None):
        return ">"
    if fact.bound == "max" or (fact.lo is None and fact.hi is not None):
        return "<"
    return _CHANGES.get(fact.approx, "=")


def _id(reference: Reference | None) -> str:
    return (reference.entity if reference is not None else None) or ""


def _entity_names(gold: GoldDocument) -> dict[str, str]:
    return {entity.id: entity.name for entity in gold.entities.entities} if gold.entities is not None else {}


def _lemma_words(reference: Reference | None) -> list[str]:
    return tokens(reference.text or "") if reference is not None else []


def _predicted_words(
    gold: GoldDocument, said: Prediction, options: Options, facts: Sequence[StatedFact], names: dict[str, str]
) -> tuple[Words, Words]:
    """Words for what is counted and for the subject: the gold's own where the reference means the same."""
    known = resolve_document(gold, said, gold_ids=options.gold_ids, threshold=options.proposition_f1)
    own = {entity.id: entity.name or "" for entity in said.entities}
    text = gold.document.text
    lemmas: dict[str, list[str]] = {}
    heads: dict[tuple[str, ...], list[str]] = {}
    for fact in facts:
        lemma = _lemma_words(fact.counted)
        lemmas.setdefault(_id(fact.counted), lemma)
        surface = tokens(" ".join(text[start:end] for start, end in fact.counted_at))
        heads |= {tuple(words): lemma for words in (surface, lemma) if words}

    def surface_of(item: Reference) -> list[str]:
        placed = " ".join(text[start:end] for start, end in item.spans)
        return tokens(item.text or own.get(item.entity or "") or placed)

    def counted(item: Reference | None) -> list[str]:
        if item is None:
            return []
        meant = resolve(item, known)
        if meant is not None and meant in lemmas:
            return lemmas[meant]
        words = surface_of(item)
        return next((heads[end] for n in range(len(words)) if (end := tuple(words[n:])) in heads), words)

    def subject(item: Reference | None) -> list[str]:
        if item is None:
            return []
        meant = resolve(item, known)
        return tokens(names[meant]) if meant is not None and meant in names else surface_of(item)

    return counted, subject


def _carries(predictions: Sequence[Prediction]) -> bool:
    """Some line has facts, and some fact a value."""
    said = [item.numeric_facts for item in predictions if item.numeric_facts is not None]
    facts = [fact for listed in said for fact in listed]
    return bool(said) and (not facts or any(fact.lo is not None or fact.hi is not None for fact in facts))


VALUES = Conversion(
    layer="numeric_facts",
    items="facts",
    needs="values of numeric facts",
    carries=_carries,
    annotated=lambda gold: gold.numeric_facts is not None,
    write=write_values,
    notes={
        "no value": Note("without a value", "facts with a number", "score vague numbers with the default measures"),
    },
)
