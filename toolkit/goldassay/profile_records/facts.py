"""What the records of numeric facts have in common: facts of either side in one form, and units as codes and names.

Identifiers are no facts, as in the default; facts of the implicit tier enter like any other.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from goldassay.layers.base import GoldDocument
from goldassay.model.currencies import MONEY_NAMES
from goldassay.model.predictions import Prediction, Reference
from goldassay.model.record import Span
from goldassay.model.unit_names import SINGULAR_NAMES, unit_readings

IDENTIFIER = "identifier"
"""The kind of a number that states no quantity."""
Extent = Sequence[Span]
"""A stretch of text in one piece or several."""


class StatedFact(NamedTuple):
    """A fact of either side.

    places      for each mention the stretch that stands for it, number with approximator and unit
    around      for each mention all its stretches
    unit        a code where the unit is known, else as written; null for counts
    counted     what is counted, as written and, in the gold, by its lemma; null where nothing is said of it
    counted_at  where that stands
    subject     what the number belongs to; in the gold an entity of the document
    """

    lo: str | None
    hi: str | None
    approx: str
    bound: str
    direction: str | None
    kind: str | None
    unit: str | None
    counted: Reference | None
    counted_at: Extent
    subject: Reference | None
    places: Sequence[Extent]
    around: Sequence[Sequence[Extent]]


def list_gold(gold: GoldDocument) -> Iterator[StatedFact]:
    """The facts of the gold; a place is the extent `span` of a mention."""
    for fact in gold.numeric_facts.numeric_facts if gold.numeric_facts is not None else ():
        if fact.kind == IDENTIFIER:
            continue
        value, counted = fact.value, fact.counted
        yield StatedFact(
            lo=value.lo if value is not None else None,
            hi=value.hi if value is not None else None,
            approx=fact.approx,
            bound=fact.bound,
            direction=fact.direction,
            kind=fact.kind,
            unit=unit_code(fact.unit),
            counted=Reference(text=counted.lemma, entity=counted.entity) if counted is not None else None,
            counted_at=counted.spans if counted is not None else (),
            subject=Reference(entity=fact.subject) if fact.subject is not None else None,
            places=[mention.span.spans for mention in fact.mentions],
            around=[[mention.full.spans, mention.span.spans, mention.number.spans] for mention in fact.mentions],
        )


def list_predicted(prediction: Prediction, text: str) -> Iterator[StatedFact]:
    """The facts of a prediction; of the extents that overlap each other, `choose_extent` names the place."""
    for said in prediction.numeric_facts or ():
        if said.kind == IDENTIFIER:
            continue
        around = group_extents(said.extents)
        counted_at = said.counted.spans if said.counted is not None else ()
        yield StatedFact(
            lo=said.lo,
            hi=said.hi,
            approx=said.approx or "none",
            bound=said.bound or "none",
            direction=said.direction,
            kind=said.kind,
            unit=unit_code(said.unit),
            counted=said.counted,
            counted_at=counted_at,
            subject=said.subject,
            places=[choose_extent(extents, said.counted, text) for extents in around],
            around=around,
        )


def overlap(one: Extent, other: Extent) -> bool:
    """Whether two stretches share a character.

    >>> overlap([(0, 4)], [(3, 9)]), overlap([(0, 4)], [(4, 9)])
    (True, False)
    """
    return any(start < last and first < end for start, end in one for first, last in other)


def group_extents(extents: Sequence[Extent]) -> list[list[Extent]]:
    """Extents that overlap belong to one mention; mentions in the order of their first extent.

    >>> group_extents([[(0, 9)], [(20, 22)], [(0, 4)]])
    [[[(0, 9)], [(0, 4)]], [[(20, 22)]]]
    """
    groups: list[list[Extent]] = []
    for extent in extents:
        home = next((group for group in groups if any(overlap(extent, other) for other in group)), None)
        if home is None:
            groups.append([extent])
        else:
            home.append(extent)
    return groups


def choose_extent(extents: Sequence[Extent], counted: Reference | None, text: str) -> Extent:
    """The widest extent that does not reach over what is counted; if all do, the narrowest.

    >>> text = "around 40 boats"
    >>> choose_extent([[(0, 15)], [(0, 9)], [(7, 9)]], Reference(text="boats"), text)
    [(0, 9)]
    """
    noun = (counted.text or "").lower() if counted is not None else ""
    at = counted.spans if counted is not None else ()

    def reaches(extent: Extent) -> bool:
        return overlap(extent, at) if at else bool(noun) and noun in " ".join(text[a:b] for a, b in extent).lower()

    def width(extent: Extent) -> int:
        return sum(end - start for start, end in extent)

    bare = [extent for extent in extents if not reaches(extent)]
    return max(bare, key=width) if bare else min(extents, key=width)


def unit_code(surface: str | None) -> str | None:
    """One code for a unit, however it is written; a shared name of money is its best known currency, a count is null.

    >>> unit_code("kilometres"), unit_code("$"), unit_code("{person}"), unit_code("troops")
    ('km', 'USD', None, 'troops')
    """
    if surface is None or surface == "1" or (surface.startswith("{") and surface.endswith("}")):
        return None
    first = next(iter(unit_readings(surface)), None)
    if first is None or first.code is None or first.multiplier != 1:
        return surface
    return first.code.removesuffix("?")


@cache
def _names() -> dict[str, str]:
    """The first name of each code; money by the name that is shared, where it has one."""
    names: dict[str, str] = {"%": "percentage"}
    for name, readings in SINGULAR_NAMES.items():
        if len(readings) == 1 and readings[0].multiplier == 1 and readings[0].code is not None:
            names.setdefault(readings[0].code, name)
    for name, code in sorted(MONEY_NAMES.items(), key=lambda item: not item[1].endswith("?")):
        names.setdefault(code.removesuffix("?"), name)
    return names


def unit_name(code: str) -> str:
    """The name of a unit in words, of a rate both names; a code without a name stays as it is.

    >>> unit_name("km"), unit_name("USD"), unit_name("km/h"), unit_name("%"), unit_name("troops")
    ('kilometre', 'dollar', 'kilometre per hour', 'percentage', 'troops')
    """
    names = _names()
    if code in names:
        return names[code]
    upper, slash, lower = code.partition("/")
    return f"{unit_name(upper)} per {unit_name(lower)}" if slash and upper and lower else code
