"""Holders, targets, sources, subjects: who or what a prediction line means, read into a `Reference`.

A bare string is surface text, never an id. Two exceptions, both told by their form alone: the reserved words AUTHOR
and IMPLICIT (in capitals, as the gold writes them; a holder who is really called so is `{"text": "AUTHOR"}`), and
records in the gold's own form, which have every key that the gold requires and in which a string is an id if the line
defines it. That is how gold rows read as predictions of themselves.
"""

from collections.abc import Sequence
from typing import get_args

from goldassay.formats.line_reading import LineReading
from goldassay.formats.places import Place, Spans, check_spans, place_of
from goldassay.formats.prediction_line import (
    AttributionItem,
    ExtentItem,
    FactItem,
    FactMentionItem,
    Named,
    ReferenceItem,
    StanceItem,
)
from goldassay.model.labels import AUTHOR, IMPLICIT, TargetKind
from goldassay.model.predictions import Reference
from goldassay.model.printable import quoted
from goldassay.model.record import spans_text

RESERVED = (AUTHOR, IMPLICIT)
_PROPOSITION = get_args(TargetKind)[1]


def in_gold_form(item: StanceItem | FactItem | AttributionItem) -> bool:
    """Whether a record has every key that the gold requires of it, in the gold's own form."""
    if isinstance(item, StanceItem):
        target = item.target
        keyed = isinstance(target, ReferenceItem) and target.kind is not None and target.id is not None
        labelled = None not in (item.id, item.dimension, item.grade, item.act)
        return keyed and labelled and isinstance(item.holder, str)
    if isinstance(item, AttributionItem):
        return isinstance(item.source, str) and item.id is not None and item.quote is not None
    required = (item.id, item.mentions, item.kind, item.property, item.status)
    return None not in required and all(_is_gold_mention(mention) for mention in item.mentions or ())


def _is_gold_mention(mention: FactMentionItem | str) -> bool:
    if isinstance(mention, str):
        return False
    extents = (mention.number, mention.span, mention.full)
    return all(isinstance(extent, ExtentItem) and extent.spans is not None for extent in extents)


def read_reference(
    reading: LineReading, named: Named | None, at: str, *, spans: Spans = (), gold_form: bool = False
) -> Reference:
    """A reference; empty, with a finding, where it names nothing or nothing that the line has.

    `spans` are those that stand beside it (`holder_spans`); they win over its own.
    """
    place = check_spans(reading, Place(f"{at}_spans", spans)) if spans else ()
    if isinstance(named, str):
        return _read_string(reading, named, at, place or (), gold_form)
    return _read_object(reading, named, at, place or ()) if named is not None else Reference(spans=place or ())


def read_references(
    reading: LineReading, named: Sequence[Named] | None, at: str, *, gold_form: bool
) -> tuple[Reference, ...] | None:
    """References in their order; null where none were given."""
    if named is None:
        return None
    return tuple(read_reference(reading, one, f"{at}[{i}]", gold_form=gold_form) for i, one in enumerate(named))


def with_author(
    sources: tuple[Reference, ...] | None, *, holder: Reference | None = None
) -> tuple[Reference, ...] | None:
    """Sources as the gold has them: AUTHOR first, which systems may leave unsaid; before the author stands nobody."""
    authors_own = holder is not None and holder.entity == AUTHOR
    if sources is None or authors_own or (sources and sources[0].entity == AUTHOR):
        return sources
    return Reference(entity=AUTHOR), *sources


def _read_string(reading: LineReading, named: str, at: str, spans: Spans, gold_form: bool) -> Reference:
    if named in RESERVED:
        return Reference(entity=named, spans=spans)
    if gold_form and (reading.ids == "gold" or named in reading.own_entities):
        return Reference(entity=named, spans=spans)
    if not named.strip():
        reading.reject("E407", at=at, found="an empty string", expected="a name")
    return Reference(text=named, spans=spans)


def _read_object(reading: LineReading, named: ReferenceItem, at: str, spans: Spans) -> Reference:
    keyed = named.id if named.kind is not None else None
    entity = keyed if named.kind != _PROPOSITION else None
    proposition = keyed if named.kind == _PROPOSITION else None
    ways = [
        way for way in (named.entity, named.proposition, keyed, AUTHOR if named.author else None) if way is not None
    ]
    if len(ways) > 1:
        reading.reject(
            "E105", at=at, found=f"{len(ways)} ids at once", expected="one of entity, proposition, kind and id"
        )
    if (named.kind is None) != (named.id is None):
        reading.reject("E104", at=at, found="kind or id alone", expected="both kind and id")
    place = place_of(reading, named, at)
    own = (check_spans(reading, place) or ()) if place.spans else ()
    text = named.text if named.text is not None else named.lemma
    if text is None and own and not ways:
        text = spans_text(reading.document.text, own)
    if not ways and not (text or "").strip():
        reading.reject("E407", at=at, found="an object that names nothing", expected="text, entity or proposition")
    entity = AUTHOR if named.author else named.entity or entity
    proposition = named.proposition or proposition
    _check_defined(reading, at, entity, reading.own_entities, "entity")
    _check_defined(reading, at, proposition, reading.own_propositions, "proposition")
    return Reference(text=text, entity=entity, proposition=proposition, spans=spans or own)


def _check_defined(reading: LineReading, at: str, id_: str | None, known: frozenset[str], kind: str) -> None:
    if id_ is None or id_ in RESERVED or reading.ids == "gold" or id_ in known:
        return
    fix = f'define the {kind} in the line, or write {{"text": …}} for what the text calls it'
    reading.reject(
        "E302", at=at, found=f"{kind} {quoted(id_)}", expected=f"an id of the line's own {kind} list", fix=fix
    )
