"""Stances of a prediction line."""

from collections.abc import Sequence

import msgspec

from goldassay.formats.line_reading import LineReading
from goldassay.formats.places import Place, Spans, locate
from goldassay.formats.predicted_entities import note_duplicates
from goldassay.formats.prediction_line import Named, StanceItem
from goldassay.formats.references import in_gold_form, read_reference, read_references, with_author
from goldassay.model.labels import Dimension
from goldassay.model.predictions import (
    POLARITY_SIGN,
    VERACITY_SIGN,
    PredictedStance,
    Reference,
)
from goldassay.model.printable import printable
from goldassay.model.stances import sign


def read_stances(reading: LineReading, items: Sequence[StanceItem]) -> tuple[PredictedStance, ...]:
    """The stances of the line; an invalid one keeps its turn and its dimension, and names nobody."""
    places = [
        _expression(item, f"stances[{i}].expression") if ("stances", i) not in reading.invalid else None
        for i, item in enumerate(items)
    ]
    stances = []
    for i, (item, place, spans) in enumerate(zip(items, places, locate(reading, places, reuse=True), strict=True)):
        before = reading.rejected
        invalid = ("stances", i) in reading.invalid
        stance = _read_stance(reading, item, f"stances[{i}]", spans or ()) if not invalid else None
        misplaced = place is not None and spans is None
        if stance is None or misplaced or reading.rejected > before:
            reading.dropped += 1
            stance = _nobodys(item)
        stances.append(stance)
    said = [msgspec.structs.replace(stance, id=None, score=None) for stance in stances]
    note_duplicates(reading, "stances", [stance if stance.holder != Reference() else None for stance in said])
    return tuple(stances)


def _expression(item: StanceItem, at: str) -> Place | None:
    if not item.expression_spans and item.expression is None:
        return None
    return Place(at, item.expression_spans, item.expression)


def _nobodys(item: StanceItem) -> PredictedStance:
    dimension = _dimension(item)
    return PredictedStance(
        holder=Reference(),
        target=Reference(),
        sign=0,
        belief=dimension == "belief",
        dimension=dimension,
        id=item.id,
        score=item.score,
    )


def _read_stance(reading: LineReading, item: StanceItem, at: str, expression: Spans) -> PredictedStance:
    gold_form = in_gold_form(item)
    holder_named, sources_named = _read_chain(reading, item, at)
    holder = read_reference(reading, holder_named, f"{at}.holder", spans=item.holder_spans, gold_form=gold_form)
    if holder_named is None:
        reading.reject("E104", at=at, found='no key "holder"', expected="a holder, or a chain that ends with it")
    target = read_reference(reading, item.target, f"{at}.target", spans=item.target_spans, gold_form=gold_form)
    toward = (
        read_reference(reading, item.toward, f"{at}.toward", gold_form=gold_form) if item.toward is not None else None
    )
    sources = read_references(reading, sources_named, f"{at}.sources", gold_form=gold_form)
    dimension = _dimension(item)
    return PredictedStance(
        holder=holder,
        target=target,
        sign=_read_sign(reading, item, at),
        belief=dimension == "belief",
        dimension=dimension,
        grade=item.grade,
        act=item.act,
        toward=toward,
        toward_sign=item.toward_sign,
        sources=with_author(sources, holder=holder) if not gold_form else sources or (),
        attribution=item.attribution,
        status=item.status or ("actual" if gold_form else None),
        negated_report=item.negated_report if not gold_form else bool(item.negated_report),
        mixed=item.mixed if not gold_form else bool(item.mixed),
        expression=expression,
        id=item.id,
        score=item.score,
    )


def _dimension(item: StanceItem) -> Dimension | None:
    """Only beliefs have a veracity, so that it says the dimension as well."""
    return "belief" if item.dimension is None and item.veracity is not None else item.dimension


def _read_chain(reading: LineReading, item: StanceItem, at: str) -> tuple[Named | None, tuple[Named, ...] | None]:
    """Holder and sources, from `chain` where it stands for them."""
    if not item.chain:
        return item.holder, item.sources
    *sources, last = item.chain
    if item.sources is not None and item.sources != tuple(sources):
        found = "a chain and other sources"
        reading.reject("E405", at=f"{at}.chain", found=found, expected="the sources, then the holder", fix="give one")
    if item.holder is not None and item.holder != last:
        found, expected = "a chain that does not end with the holder", "the sources, then the holder"
        reading.reject("E405", at=f"{at}.chain", found=found, expected=expected, fix="add the holder, or give sources")
    return last, tuple(sources)


def _read_sign(reading: LineReading, item: StanceItem, at: str) -> int:
    """The sign by `grade`, `polarity`, `veracity`; rejected where there is none or where two of them differ."""
    signs: dict[str, int] = {}
    if item.grade is not None:
        signs[f"grade {item.grade}"] = sign(item.grade)
    if item.polarity is not None:
        signs[f"polarity {item.polarity}"] = POLARITY_SIGN[item.polarity]
    if item.veracity is not None:
        signs[f"veracity {item.veracity}"] = VERACITY_SIGN[item.veracity]
    if not signs:
        expected = "grade, polarity or veracity"
        reading.reject("E104", at=at, found="a stance without a side", expected=expected, fix=f"add {expected}")
        return 0
    belief = _dimension(item) == "belief"
    unlike = (item.polarity is not None and belief) or (item.veracity is not None and not belief)
    if len(set(signs.values())) > 1 or unlike:
        found = " and ".join([*signs, *([f"dimension {printable(item.dimension)}"] if item.dimension else [])])
        expected = "one side: veracity for belief, polarity for the other dimensions"
        reading.reject("E406", at=at, found=found, expected=expected, fix="keep the one that is meant")
    return next(iter(signs.values()))
