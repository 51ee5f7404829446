"""The scored fields of a numeric fact, one by one: how a prediction's agrees with the gold's.

What the gold leaves null does not count against a prediction; a prediction that says nothing of a field that the gold
has is wrong there. Two fields are never silent: no approximator and no bound mean that the number was given plainly.
Where the gold lists an alternative reading of the subject, the property or the status, that is right as well.
"""

from collections.abc import Iterable, Sequence

from goldassay.layers.identity import Identities, resolve, token_f1, tokens
from goldassay.match.unit import UnitComparison, compare_units, convert_interval
from goldassay.match.value import Interval, ValueComparison, compare_intervals, parse_interval
from goldassay.model.numeric_facts import NumericFact, Value
from goldassay.model.predictions import PredictedFact, Prediction, Reference

Spans = Sequence[tuple[int, int]]


def accepted(fact: NumericFact, field: str, label: str) -> set[str]:
    """The label that the gold gives a field, and the alternatives that it lists for it."""
    return {label} | {other.value for other in fact.alternatives if other.field == field}


def said_approx(said: PredictedFact) -> str | None:
    """The predicted approximator; a number given without one was given plainly, no number at all not even that."""
    return said.approx or ("none" if _says_number(said) else None)


def _says_number(said: PredictedFact) -> bool:
    return said.parsed or said.magnitude is not None


def gold_extents(fact: NumericFact) -> list[Spans]:
    """Number, span and full of every mention."""
    return [extent.spans for m in fact.mentions for extent in (m.number, m.span, m.full)]


def jaccard(left: Iterable[Spans], right: Iterable[Spans]) -> float:
    """Best overlap of any two extents: shared characters over all characters covered. Range 0 to 1.

    >>> jaccard([[(0, 6)], [(0, 12)]], [[(7, 12)]])  # 5 of 12
    0.4166666666666667
    """
    ours = [{n for start, end in spans for n in range(start, end)} for spans in left]
    theirs = [{n for start, end in spans for n in range(start, end)} for spans in right]
    return max((len(a & b) / len(a | b) for a in ours for b in theirs if a and b), default=0.0)


def agreement(fact: NumericFact, said: PredictedFact) -> tuple[UnitComparison, ValueComparison]:
    """Units and values compared; a prediction in another unit of the same dimension is converted exactly first.

    A vague number ("dozens") has no value; it is met by a prediction of the same magnitude that gives none.
    """
    unit = compare_units(fact.unit, said.unit)
    value = compare_intervals(
        parse_interval(fact.value),
        convert_said(said_interval(said), unit, fact),
        gold_approx=fact.approx,
        gold_magnitude=fact.magnitude,
        predicted_magnitude=said.magnitude,
    )
    return unit, value


def said_interval(said: PredictedFact) -> Interval:
    """The predicted value in exact numbers."""
    return parse_interval(Value(lo=said.lo, hi=said.hi, lo_inc=said.lo_inc, hi_inc=said.hi_inc))


def convert_said(predicted: Interval, unit: UnitComparison, fact: NumericFact) -> Interval:
    """The predicted value in the gold's unit; as it stands where the units do not convert."""
    if unit.conversion is None:
        return predicted
    return convert_interval(predicted, unit.conversion, difference=fact.role == "change")


def printed_ends(interval: Interval) -> tuple[object, object]:
    """Both ends, the one that is printed standing for one that is open."""
    lo, hi = interval.lo, interval.hi
    return (hi if lo is None else lo), (lo if hi is None else hi)


def bound_side(bound: str | None, interval: Interval) -> str:
    """The bound as labelled, else as the open side tells it."""
    if bound not in (None, "none"):
        return bound or "none"
    if (interval.lo is None) == (interval.hi is None):
        return "none"
    return "min" if interval.hi is None else "max"


def said_bound_side(said: PredictedFact, interval: Interval) -> str | None:
    """The predicted bound: its label, else its open side; null where there is no number at all."""
    return bound_side(said.bound, interval) if said.bound or _says_number(said) else None


def counted_agreement(fact: NumericFact, said: PredictedFact, known: Identities, text: str) -> float:
    """1 if the counted thing is the same by entity, lemma or words, or the gold names none; else token F1."""
    if fact.counted is None:
        return 1.0
    if said.counted is None:
        return 0.0
    if fact.counted.entity is not None and resolve(said.counted, known) == fact.counted.entity:
        return 1.0
    words = tokens(said.counted.text or "")
    heads = [tokens(fact.counted.lemma), tokens(" ".join(text[a:b] for a, b in fact.counted.spans))]
    if any(head and words[-len(head) :] == head for head in heads):
        return 1.0
    return max(token_f1(words, head) for head in heads)


def subject_agreement(fact: NumericFact, said: PredictedFact, known: Identities, predicted: Prediction) -> float | None:
    """1 if the subject is the same entity, by id or alias; else the best token F1 with one of its aliases.

    Null where the gold has no subject, 0 where the prediction names none.
    """
    if fact.subject is None:
        return None
    if said.subject is None:
        return 0.0
    right = accepted(fact, "subject", fact.subject)
    if resolve(said.subject, known) in right:
        return 1.0
    words = tokens(_words_of(said.subject, predicted))
    aliases = [tokens(alias) for alias, entity in known.aliases.items() if entity in right]
    return max((token_f1(words, alias) for alias in aliases), default=0.0)


def _words_of(reference: Reference, predicted: Prediction) -> str:
    if reference.text is not None:
        return reference.text
    return next((entity.name or "" for entity in predicted.entities if entity.id == reference.entity), "")


def same_sources(fact: NumericFact, said: PredictedFact, known: Identities) -> bool | None:
    """Whether the chain of sources is the same, from outside in; null where the gold has none."""
    if not fact.sources:
        return None
    return [resolve(source, known) for source in said.sources or ()] == fact.sources
