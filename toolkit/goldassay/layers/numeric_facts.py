"""The numeric facts layer: place, value, unit and what is counted, on one alignment (matcher `facts.v1`).

One-to-one, largest total of 0.5 o + 0.3 V + 0.2 C: o the best character Jaccard of any two extents, V the soft value
score, C how far the counted thing agrees. Two facts can meet only if they overlap or, where the prediction gives no
place, if their values are near. Gold of the implicit tier, and a prediction aligned to it, leave both counts; an
identifier is no gold fact, so that a system that takes one for a quantity is wrong, and one that calls it an identifier
says nothing. Units of one dimension are converted exactly before values are compared; currencies never are. A value
inside the rounding interval of an approximate gold value is right in `core`, not in `value`.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from goldassay.layers.base import GoldDocument, Layer, Options, Pair, plain
from goldassay.layers.identity import Identities, resolve, resolve_document, token_f1, tokens
from goldassay.match.alignment import Alignment, Side
from goldassay.match.assignment import match_heaviest
from goldassay.match.unit import UnitComparison, compare_units, convert_interval
from goldassay.match.value import ValueComparison, compare_intervals, parse_interval
from goldassay.measures.measure import Match
from goldassay.model.labels import NUMERIC_KINDS
from goldassay.model.numeric_facts import NumericFact, Value
from goldassay.model.predictions import PredictedFact, Prediction

UNIT = 2**32
"""Weights are whole numbers of 2^-32, so that sums are exact."""

Spans = Sequence[tuple[int, int]]


def gold_facts(gold: GoldDocument) -> list[tuple[int, NumericFact]]:
    """The facts that count, with their positions: identifiers are hard negatives, not facts."""
    facts = gold.numeric_facts.numeric_facts if gold.numeric_facts is not None else ()
    return [(position, fact) for position, fact in enumerate(facts) if fact.kind != "identifier"]


def predicted_facts(prediction: Prediction) -> list[tuple[int, PredictedFact]]:
    """The predicted facts with their positions; what is predicted to be an identifier claims no quantity."""
    facts = prediction.numeric_facts or ()
    return [(position, said) for position, said in enumerate(facts) if said.kind != "identifier"]


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


def agreement(fact: NumericFact, said: PredictedFact) -> tuple[UnitComparison, ValueComparison]:
    """Units and values compared; a prediction in another unit of the same dimension is converted exactly first.

    A vague number ("dozens") has no value; it is met by a prediction of the same magnitude that gives none.
    """
    unit = compare_units(fact.unit, said.unit)
    predicted = parse_interval(Value(lo=said.lo, hi=said.hi, lo_inc=said.lo_inc, hi_inc=said.hi_inc))
    if unit.conversion is not None:
        predicted = convert_interval(predicted, unit.conversion, difference=fact.role == "change")
    value = compare_intervals(
        parse_interval(fact.value),
        predicted,
        gold_approx=fact.approx,
        gold_magnitude=fact.magnitude,
        predicted_magnitude=said.magnitude,
    )
    return unit, value


Met = tuple[int, int, int, dict[str, bool]]
"""Gold row, predicted row, weight, verdicts of one possible pair."""


def _meetings(pair: Pair, known: Identities, first_gold: int, first_predicted: int) -> list[Met]:
    met: list[Met] = []
    text = pair.gold.document.text
    for i, (_, fact) in enumerate(gold_facts(pair.gold)):
        extents = gold_extents(fact)
        for j, (_, said) in enumerate(predicted_facts(pair.predicted)):
            overlap = jaccard(extents, said.extents)
            unit, value = agreement(fact, said)
            if overlap == 0 and (said.extents or value.soft == 0):
                continue
            counted = counted_agreement(fact, said, known, text)
            weight = round((0.5 * overlap + 0.3 * value.soft + 0.2 * counted) * UNIT)
            near = fact.approx != "none" and value.within_rounding is True
            place = any(list(own) == list(extent) for own in extents for extent in said.extents)
            verdicts = {
                "overlap": overlap > 0,
                "span": place,
                "value": value.exact,
                "core": (value.exact or near) and unit.conversion is not None and counted == 1,
            }
            met.append((first_gold + i, first_predicted + j, weight, verdicts))
    return met


def align_facts(pairs: Sequence[Pair], options: Options) -> tuple[Alignment, ...]:
    """Align the facts of a batch."""
    gold: list[tuple[int, int, NumericFact]] = []
    predicted: list[tuple[int, int, PredictedFact]] = []
    met: list[Met] = []
    for unit, pair in enumerate(pairs):
        known = resolve_document(pair.gold, pair.predicted, gold_ids=options.gold_ids, threshold=options.proposition_f1)
        met += _meetings(pair, known, len(gold), len(predicted))
        gold += [(unit, n, fact) for n, fact in gold_facts(pair.gold)]
        predicted += [(unit, n, said) for n, said in predicted_facts(pair.predicted)]
    edges = np.array([edge[:3] for edge in met], dtype=np.int64).reshape(-1, 3)
    chosen = np.flatnonzero(match_heaviest(edges[:, 0], edges[:, 1], edges[:, 2]))
    row, column = edges[chosen, 0], edges[chosen, 1]
    core = np.array([fact.tier == "core" for _, _, fact in gold], dtype=np.bool_)
    counted = np.ones(len(predicted), dtype=np.bool_)
    counted[column] = core[row]
    verdicts = {
        name: np.array([met[e][3][name] for e in chosen], dtype=np.bool_) & core[row]
        for name in ("overlap", "span", "value", "core")
    }
    kinds = {name: code for code, name in enumerate(NUMERIC_KINDS)}
    alignment = Alignment(
        layer="numeric_facts",
        view="facts",
        units=[pair.gold.document.doc_id for pair in pairs],
        gold_side=_side(gold, [kinds[fact.kind] for *_, fact in gold], {"gold": core, "gold_implicit": ~core}),
        predicted_side=_side(
            predicted,
            [kinds.get(said.kind or "", -1) for *_, said in predicted],
            {"predicted": counted, "predicted_implicit": ~counted},
        ),
        gold=row,
        predicted=column,
        verdicts={name: verdict.astype(np.int64) for name, verdict in verdicts.items()},
    )
    return (alignment,)


def _side(
    items: Sequence[tuple[int, int, object]],
    groups: Sequence[int],
    sizes: dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]],
) -> Side:
    table = np.array([item[:2] for item in items], dtype=np.int64).reshape(-1, 2)
    return Side(table[:, 0], table[:, 1], np.array(groups, dtype=np.int64), sizes)


def _annotated(gold: GoldDocument) -> bool:
    return gold.numeric_facts is not None


def _answered(prediction: Prediction) -> bool:
    return prediction.numeric_facts is not None


def _match(name: str, title: str, *, headline: bool = False) -> Match:
    return Match(name, "facts", title, *plain(name), headline=headline, symmetric=False, note="own definition")


LAYER = Layer(
    name="numeric_facts",
    items="numeric facts",
    groups=NUMERIC_KINDS,
    align=align_facts,
    matches=(
        _match("core", "value, unit and what is counted", headline=True),
        _match("value", "value, exactly"),
        _match("span", "place: number, span or full extent, exactly"),
        _match("overlap", "place: any overlap"),
    ),
    annotated=_annotated,
    answered=_answered,
)
