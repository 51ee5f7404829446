"""Ids and what refers to them: each id once, every reference to a record of its kind (E301, E302)."""

from collections.abc import Iterator
from typing import NamedTuple

from goldassay.checks.walk import COLLECTIONS, LayerRow, Rows, iterate_records, iterate_values
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import AUTHOR, IMPLICIT
from goldassay.model.printable import quoted
from goldassay.model.stances import StancesRow

DCT = "DCT"
SPEECH = "speech:"


class Reference(NamedTuple):
    """A field that holds ids: where it is, the kinds of record it may name, and names that are no ids."""

    collection: str
    field: str
    kinds: tuple[str, ...]
    names: tuple[str, ...] = ()


_ENTITY = ("entity",)
_SPEAKERS = (AUTHOR, IMPLICIT)

REFERENCES: tuple[Reference, ...] = (
    Reference("entities", "rollup", _ENTITY),
    Reference("entities", "members", _ENTITY),
    Reference("mentions", "entity", _ENTITY),
    Reference("propositions", "about", _ENTITY),
    Reference("attributions", "parent", ("attribution",)),
    Reference("attributions", "source", _ENTITY, _SPEAKERS),
    Reference("attributions", "antecedent", ("attribution",)),
    Reference("attributions", "addressee", _ENTITY),
    Reference("attributions", "time", ("time",)),
    Reference("stances", "holder", _ENTITY, _SPEAKERS),
    Reference("stances", "toward", _ENTITY),
    Reference("stances", "sources", _ENTITY, _SPEAKERS),
    Reference("stances", "attribution", ("attribution",)),
    Reference("stances", "grounds_of", ("stance",)),
    Reference("stances", "same_as", ("stance",)),
    Reference("numeric_facts", "counted.entity", _ENTITY),
    Reference("numeric_facts", "subject", _ENTITY),
    Reference("numeric_facts", "members", _ENTITY),
    Reference("numeric_facts", "event.roles.entity", _ENTITY),
    Reference("numeric_facts", "base.entity", _ENTITY),
    Reference("numeric_facts", "time", ("time",)),
    Reference("numeric_facts", "sources", _ENTITY, _SPEAKERS),
    Reference("numeric_facts", "links.to", ("numeric fact",)),
    Reference("times", "premises", tuple(COLLECTIONS.values()), (DCT,)),
)

_BY_COLLECTION = {
    collection: [reference for reference in REFERENCES if reference.collection == collection]
    for collection in COLLECTIONS
}

Ids = dict[str, list[str]]
"""The kinds of record that bear each id; more than one only in damaged data."""


def check_references(rows: Rows) -> Iterator[Finding]:
    """E301 for ids given twice in a document, E302 for references to nothing or to a record of another kind.

    A reference into a layer that is not at hand is not judged.
    """
    ids: Ids = {}
    for place, identifier, kind in _iterate_ids(rows):
        if identifier in ids:
            found = f"{quoted(identifier)} again, the id of {_article(ids[identifier][0])}"
            yield finding("E301", found=found, expected="an id of its own", doc_id=rows.doc_id, field=place)
        ids.setdefault(identifier, []).append(kind)
    at_hand = {COLLECTIONS[name] for row in rows.layers for name in COLLECTIONS if hasattr(row, name)}
    for place, value, kinds in iterate_references(rows):
        if set(ids.get(value, ())) & set(kinds) or (value not in ids and not set(kinds) <= at_hand):
            continue
        found = f"{quoted(value)}, the id of {_article(ids[value][0])}" if value in ids else quoted(value)
        expected = "the id of a record of the document" if len(kinds) > 1 else f"the id of {_article(kinds[0])}"
        fix = _meant(rows, value) if "entity" in kinds else None
        yield finding("E302", found=found, expected=expected, fix=fix, doc_id=rows.doc_id, field=place)


def iterate_references(rows: Rows) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every reference to a record of the document: its place, the id, the kinds it may name."""
    for row in rows.layers:
        yield from _table_references(row)
    if rows.stances is not None:
        for index, stance in enumerate(rows.stances.stances):
            yield f"stances[{index}].target.id", stance.target.id, (stance.target.kind,)
    if rows.numeric_facts is not None:
        for index, time in enumerate(rows.numeric_facts.times):
            yield from _anchor_reference(f"times[{index}].anchor", time.anchor)


def _table_references(row: LayerRow) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for collection, references in _BY_COLLECTION.items():
        for path, record in iterate_records(row, collection):
            for reference in references:
                for place, value in iterate_values(record, path, reference.field):
                    if value not in reference.names:
                        yield place, value, reference.kinds


def _anchor_reference(place: str, anchor: str | None) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if anchor is not None and anchor.startswith(SPEECH):
        yield place, anchor.removeprefix(SPEECH), ("attribution",)
    elif anchor not in (None, DCT):
        yield place, str(anchor), ("time",)


def _iterate_ids(rows: Rows) -> Iterator[tuple[str, str, str]]:
    for row in rows.layers:
        for collection, kind in COLLECTIONS.items():
            for path, record in iterate_records(row, collection):
                yield f"{path}.id", record.id, kind  # type: ignore[attr-defined]


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _meant(rows: Rows, value: str) -> str | None:
    """A remedy for the commonest slip: the name of an entity where its id belongs."""
    named = [] if rows.entities is None else rows.entities.entities
    meant = [entity.id for entity in named if entity.name.casefold() == value.casefold()]
    return f"write {quoted(meant[0])}, the id of that entity" if meant else None


def referenced_entities(rows: Rows) -> set[str]:
    """Ids of entities that some record other than a mention refers to."""
    return {value for place, value, _ in iterate_references(rows) if not place.startswith("mentions[")}


def attribution_sources(row: StancesRow, attribution: str) -> list[str] | None:
    """The sources of an attribution and its ancestors from outside in; null where a parent is missing or circular.

    One source that reports several times in a row (`he said he hoped`) is one link.
    """
    by_id = {record.id: record for record in row.attributions}
    inside_out: list[str] = []
    seen: set[str] = set()
    step: str | None = attribution
    while step is not None:
        if step in seen or step not in by_id:
            return None
        seen.add(step)
        if not inside_out or inside_out[-1] != by_id[step].source:
            inside_out.append(by_id[step].source)
        step = by_id[step].parent
    return inside_out[::-1]
