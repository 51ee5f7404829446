"""Hypothesis strategies for merged gold lines whose references hold: a document with all its layers."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from goldassay.model.entities import Entity, Mention
from goldassay.model.labels import Act, Dimension, EntityType, FactStatus, Level, NumericKind, Property, Quote
from goldassay.model.numeric_facts import Counted, Extent, Link, NumericFact, NumericMention, Time, Value
from goldassay.model.record import Span, spans_text
from goldassay.model.stances import Attribution, Proposition, Stance, Target

TEXT = "🚀 Kyiv’s cafe\u0301 in “Oslo”\nsends around 12,000 troops from Łódź; 北京 won’t."
ENTITIES = ["e1", "e2", "Kyiv"]  # an id may look like a surface
PROPOSITIONS = ["p1", "p2"]
HOLDERS = [*ENTITIES, "AUTHOR", "IMPLICIT"]


@st.composite
def spans(draw: st.DrawFn, least: int = 0) -> list[Span]:
    """Up to two fragments in text order, cut anywhere."""
    count = 2 * draw(st.integers(least, 2))
    edges = sorted(draw(st.lists(st.integers(0, len(TEXT)), min_size=count, max_size=count, unique=True)))
    return list(zip(edges[::2], edges[1::2], strict=True))


def labels(type_: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(type_.__args__)


def listed(strategy: st.SearchStrategy[Any], prefix: str) -> st.SearchStrategy[list[Any]]:
    """Up to three records with ids of their own."""
    return st.lists(strategy, max_size=3).map(
        lambda items: [msgspec.structs.replace(item, id=f"{prefix}{i}") for i, item in enumerate(items)]
    )


@st.composite
def mentions(draw: st.DrawFn) -> Mention:
    own = draw(spans(1))
    entity = draw(st.sampled_from([*ENTITIES, None]))
    return Mention(
        id="m",
        entity=entity,
        spans=own,
        text=spans_text(TEXT, own),
        level=draw(labels(Level)),
        metonym=draw(st.booleans()),
        type=draw(labels(EntityType)) if entity is None else draw(st.none() | labels(EntityType)),
        kb_id=draw(st.sampled_from([None, "Q1", "NIL"])),
    )


def attributions() -> st.SearchStrategy[Attribution]:
    return st.builds(
        Attribution,
        id=st.just("a"),
        parent=st.none() | st.just("a0"),
        source=st.sampled_from(HOLDERS),
        source_spans=spans(),
        cue_spans=spans(),
        content_spans=spans(),
        quote=labels(Quote),
    )


def targets() -> st.SearchStrategy[Target]:
    return st.one_of(
        st.builds(Target, kind=st.just("entity"), id=st.sampled_from(ENTITIES)),
        st.builds(Target, kind=st.just("proposition"), id=st.sampled_from(PROPOSITIONS)),
    )


def stances() -> st.SearchStrategy[Stance]:
    return st.builds(
        Stance,
        id=st.just("s"),
        holder=st.sampled_from(HOLDERS),
        holder_spans=spans(),
        target=targets(),
        target_spans=spans(),
        toward=st.none() | st.sampled_from(ENTITIES),
        toward_sign=st.none() | st.integers(-1, 1),
        dimension=labels(Dimension),
        grade=st.integers(-2, 2),
        mixed=st.booleans(),
        act=labels(Act),
        expression_spans=spans(),
        sources=st.lists(st.sampled_from(HOLDERS), max_size=3),
        attribution=st.none() | st.just("a0"),
        negated_report=st.booleans(),
    )


@st.composite
def extents(draw: st.DrawFn) -> Extent:
    own = draw(spans(1))
    return Extent(spans=own, text=spans_text(TEXT, own))


def facts() -> st.SearchStrategy[NumericFact]:
    counted = st.builds(Counted, lemma=st.just("troop"), entity=st.none() | st.sampled_from(ENTITIES), spans=spans())
    values = st.sampled_from([("12000", "12000"), ("0.50", None), (None, "9007199254740993"), ("-1", "2")])
    return st.builds(
        NumericFact,
        id=st.just("n"),
        mentions=st.lists(st.builds(NumericMention, number=extents(), span=extents(), full=extents()), max_size=2),
        kind=labels(NumericKind),
        value=st.none() | values.map(lambda ends: Value(lo=ends[0], hi=ends[1], lo_inc=False)),
        magnitude=st.none() | st.integers(0, 6),
        approx=st.sampled_from(["none", "approx", "vague"]),
        bound=st.sampled_from(["none", "min", "max"]),
        unit=st.sampled_from([None, "km", "USD?"]),
        counted=st.none() | counted,
        subject=st.none() | st.sampled_from(ENTITIES),
        property=labels(Property),
        base=st.none() | counted,
        direction=st.sampled_from([None, "up", "down"]),
        time=st.none() | st.just("t0"),
        status=labels(FactStatus),
        negated=st.booleans(),
        sources=st.lists(st.sampled_from(HOLDERS), max_size=2),
        commitment=st.lists(st.sampled_from(["certain", "none"]), max_size=2),
        links=st.lists(st.builds(Link, type=st.just("part_of"), to=st.just("n0")), max_size=1),
    )


@st.composite
def times(draw: st.DrawFn) -> Time:
    own = draw(spans(1))
    value = draw(st.sampled_from(["XXXX-07-08", "P2D"]))
    return Time(id="t", spans=own, text=spans_text(TEXT, own), type="DATE", value_text_only=value, end="2026-01-31")


class Merged(msgspec.Struct, kw_only=True):
    """A merged gold line: the document's keys and all layers."""

    doc_id: str = "d1"
    text: str = TEXT
    origin: str = "composed"
    entities: list[Entity]
    mentions: list[Mention]
    propositions: list[Proposition]
    attributions: list[Attribution]
    stances: list[Stance]
    numeric_facts: list[NumericFact]
    times: list[Time]


def merged() -> st.SearchStrategy[Merged]:
    return st.builds(
        Merged,
        entities=st.just([Entity(id=id_, type="GPE", name=id_, kb_id="Q2") for id_ in ENTITIES]),
        mentions=listed(mentions(), "m"),
        propositions=st.just([Proposition(id=id_, gloss=f"gloss of {id_}", about=["e1"]) for id_ in PROPOSITIONS]),
        attributions=listed(attributions(), "a"),
        stances=listed(stances(), "s"),
        numeric_facts=listed(facts(), "n"),
        times=listed(times(), "t"),
    )
