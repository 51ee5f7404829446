"""Numeric facts of a prediction line."""

from collections.abc import Iterator, Sequence

import msgspec

from goldassay.formats.fact_values import read_value
from goldassay.formats.grounding import Quote
from goldassay.formats.line_reading import LineReading
from goldassay.formats.places import Place, Spans, locate, place_of
from goldassay.formats.predicted_entities import note_duplicates
from goldassay.formats.prediction_line import ExtentItem, FactItem, FactMentionItem
from goldassay.formats.references import in_gold_form, read_reference, read_references, with_author
from goldassay.model.predictions import PredictedFact, Reference
from goldassay.model.record import Span

Extents = list[Place]
"""The stretches that one mention of a fact gives, the widest first."""


def read_facts(reading: LineReading, items: Sequence[FactItem]) -> tuple[PredictedFact, ...]:
    """The facts of the line; an invalid one keeps its turn and has neither value nor place.

    A fact without a place in the text is no finding: a value alone is an answer.
    """
    facts: list[PredictedFact] = []
    said: list[PredictedFact | None] = []
    for i, (item, extents) in enumerate(zip(items, _read_extents(reading, items), strict=True)):
        before = reading.rejected
        invalid = ("numeric_facts", i) in reading.invalid
        fact = _read_fact(reading, item, f"numeric_facts[{i}]", extents or ()) if not invalid else None
        if fact is None or extents is None or reading.rejected > before:
            reading.dropped += 1
            facts.append(PredictedFact(parsed=False, kind=item.kind, status=item.status, id=item.id, score=item.score))
            said.append(None)
        else:
            facts.append(fact)
            said.append(msgspec.structs.replace(fact, id=None, score=None))
    note_duplicates(reading, "numeric_facts", said)
    _note_valueless(reading, [fact if not in_gold_form(item) else None for item, fact in zip(items, said, strict=True)])
    return tuple(facts)


def _note_valueless(reading: LineReading, facts: Sequence[PredictedFact | None]) -> None:
    """One note for the facts that say no number; an identifier has none, and null is nothing to judge."""
    silent = [fact is not None and _is_silent(fact) for fact in facts]
    if any(silent):
        found = f"{sum(silent)} of {len(facts)} facts without a value"
        first = f"numeric_facts[{silent.index(True)}]"
        fix = "give the value as the text says it; without one a fact is wrong wherever values are compared"
        reading.note("E407", "info", at=first, found=found, expected="a value, or a magnitude", fix=fix)


def _is_silent(fact: PredictedFact) -> bool:
    return not fact.parsed and fact.magnitude is None and fact.kind != "identifier"


def _read_extents(reading: LineReading, items: Sequence[FactItem]) -> list[tuple[Spans, ...] | None]:
    """All places of each fact; null for a fact one of whose places was rejected."""
    mentions: list[Extents] = []
    owners: list[int] = []
    broken = set()
    for i, item in enumerate(items):
        if ("numeric_facts", i) in reading.invalid:
            continue
        before = reading.rejected
        mentions += (own := list(_mentions(reading, item, f"numeric_facts[{i}]")))
        owners += [i] * len(own)
        if reading.rejected > before:
            broken.add(i)
    places: list[list[Spans]] = [[] for _ in items]
    for owner, located in zip(owners, _locate_mentions(reading, mentions), strict=True):
        if located is None:
            broken.add(owner)
        else:
            places[owner] += located
    return [None if i in broken else tuple(dict.fromkeys(found)) for i, found in enumerate(places)]


def _read_fact(reading: LineReading, item: FactItem, at: str, extents: tuple[Spans, ...]) -> PredictedFact:
    gold_form = in_gold_form(item)
    value = read_value(reading, item, f"{at}.value", gold_form=gold_form)
    counted, subject, base = (
        read_reference(reading, named, f"{at}.{name}", gold_form=gold_form) if named is not None else None
        for name, named in (("counted", item.counted), ("subject", item.subject), ("base", item.base))
    )
    if counted is None and value.counted is not None:
        counted = Reference(text=value.counted)
    sources = read_references(reading, item.sources, f"{at}.sources", gold_form=gold_form)
    said = item.text if item.text is not None else item.value if isinstance(item.value, str) else None
    return PredictedFact(
        parsed=value.parsed,
        lo=value.lo,
        hi=value.hi,
        lo_inc=value.lo_inc,
        hi_inc=value.hi_inc,
        approx=value.approx,
        bound=value.bound,
        unit=value.unit,
        counted=counted,
        subject=subject,
        base=base,
        property=item.property,
        kind=item.kind,
        magnitude=value.magnitude,
        status=item.status,
        negated=item.negated if not gold_form else bool(item.negated),
        role=item.role if not gold_form else item.role or "level",
        direction=item.direction,
        time=item.time,
        sources=with_author(sources) if not gold_form else sources or (),
        commitment=item.commitment,
        links=item.links,
        extents=extents,
        id=item.id,
        score=item.score,
        text=said,
    )


def _mentions(reading: LineReading, item: FactItem, at: str) -> Iterator[Extents]:
    if item.spans or item.start is not None or item.end is not None or item.text is not None:
        yield [place_of(reading, item, at)]
    for i, mention in enumerate(item.mentions or ()):
        where = f"{at}.mentions[{i}]"
        if isinstance(mention, str):
            yield [Place(where, None, mention)]
        elif extents := list(_extents(reading, mention, where)):
            yield extents
        else:
            fix = "say where the fact is stated, or leave the mention out"
            reading.reject("E407", at=where, found="no place", expected="number, span, full, spans or text", fix=fix)


def _extents(reading: LineReading, mention: FactMentionItem, at: str) -> Iterator[Place]:
    if mention.spans or mention.start is not None or mention.end is not None or mention.text is not None:
        yield place_of(reading, mention, at)
    for name, extent in (("full", mention.full), ("span", mention.span), ("number", mention.number)):
        if isinstance(extent, str):
            yield Place(f"{at}.{name}", None, extent)
        elif isinstance(extent, ExtentItem):
            yield place_of(reading, extent, f"{at}.{name}")


def _locate_mentions(reading: LineReading, mentions: Sequence[Extents]) -> list[list[Spans] | None]:
    """Spans of each mention's extents without those that were not found; null where one was rejected.

    The widest extent is looked for in the document, the narrower ones inside what was found before them.
    """
    widest = locate(reading, [extents[0] for extents in mentions], reuse=True)
    located: list[list[Spans] | None] = []
    for extents, first in zip(mentions, widest, strict=True):
        found = [first]
        for place in extents[1:]:
            around = next((spans for spans in reversed(found) if spans), None)
            found.append(_locate_inside(reading, place, around))
        located.append([spans for spans in found if spans] if None not in found else None)
    return located


def _locate_inside(reading: LineReading, place: Place, around: Spans | None) -> Spans | None:
    if place.spans or around is None or place.nth is not None or place.text is None:
        return locate(reading, [place])[0]
    window: Span = (around[0][0], around[-1][1])
    grounding = reading.ground([Quote(place.text, 1)], [place.at], inside=window)[0]
    return (grounding.span,) if grounding.span is not None else ()
