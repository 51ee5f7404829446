"""Gold rows, merged into one line a document, read as predictions of themselves and lose nothing that is scored."""

import io
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from goldassay.formats.predictions import PredictionFile, read_predictions
from goldassay.model.document import Document
from goldassay.model.entities import Entity, Mention
from goldassay.model.labels import Act, Dimension, EntityType, FactStatus, Level, NumericKind, Property, Quote
from goldassay.model.numeric_facts import Counted, Extent, Link, NumericFact, NumericMention, Time, Value
from goldassay.model.predictions import (
    PredictedAttribution,
    PredictedEntity,
    PredictedFact,
    PredictedMention,
    PredictedProposition,
    PredictedStance,
    PredictedTime,
    Prediction,
    Reference,
)
from goldassay.model.record import Span, spans_text
from goldassay.model.stances import Attribution, Proposition, Stance, Target, sign

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


def document() -> Document:
    return Document(
        doc_id="d1",
        title=None,
        text=TEXT,
        language="en",
        dct=None,
        dct_evidence=None,
        source="",
        rights="",
        origin="composed",
        sha256="",
        sentences=[],
    )


def read(line: bytes) -> PredictionFile:
    return read_predictions(io.BytesIO(line), {"d1": document()}, file="gold.jsonl")


def named(id_: str | None, own: list[Span] | None = None) -> Reference:
    return Reference(entity=id_, spans=tuple(own or ()))


def aimed(target: Target, own: list[Span]) -> Reference:
    if target.kind == "entity":
        return named(target.id, own)
    return Reference(proposition=target.id, spans=tuple(own))


def counted(item: Counted | None) -> Reference | None:
    return Reference(text=item.lemma, entity=item.entity, spans=tuple(item.spans)) if item is not None else None


def expected_mention(mention: Mention) -> PredictedMention:
    linked = mention.entity is not None
    return PredictedMention(
        spans=tuple(mention.spans),
        type=mention.type or ("GPE" if linked else None),
        level=mention.level,
        group=mention.entity,
        kb_id=mention.kb_id or ("Q2" if linked else None),
        metonym=mention.metonym,
        id=mention.id,
        text=mention.text,
    )


def expected_stance(stance: Stance) -> PredictedStance:
    return PredictedStance(
        holder=named(stance.holder, stance.holder_spans),
        target=aimed(stance.target, stance.target_spans),
        sign=sign(stance.grade),
        belief=stance.dimension == "belief",
        dimension=stance.dimension,
        grade=stance.grade,
        act=stance.act,
        toward=named(stance.toward) if stance.toward is not None else None,
        toward_sign=stance.toward_sign,
        sources=tuple(named(source) for source in stance.sources),
        attribution=stance.attribution,
        status=stance.status,
        negated_report=stance.negated_report,
        mixed=stance.mixed,
        expression=tuple(stance.expression_spans),
        id=stance.id,
    )


def expected_fact(fact: NumericFact) -> PredictedFact:
    value = fact.value or Value(lo=None, hi=None)
    places = [extent.spans for one in fact.mentions for extent in (one.full, one.span, one.number)]
    return PredictedFact(
        parsed=fact.value is not None,
        lo=value.lo,
        hi=value.hi,
        lo_inc=value.lo_inc,
        hi_inc=value.hi_inc,
        approx=fact.approx,
        bound=fact.bound,
        unit=fact.unit,
        counted=counted(fact.counted),
        subject=named(fact.subject) if fact.subject is not None else None,
        base=counted(fact.base),
        property=fact.property,
        kind=fact.kind,
        magnitude=fact.magnitude,
        status=fact.status,
        negated=fact.negated,
        role=fact.role,
        direction=fact.direction,
        time=fact.time,
        sources=tuple(named(source) for source in fact.sources),
        commitment=tuple(fact.commitment),
        links=tuple(fact.links),
        extents=tuple(dict.fromkeys(tuple(place) for place in places)),
        id=fact.id,
    )


def expected(gold: Merged) -> Prediction:
    return Prediction(
        doc_id="d1",
        line=1,
        entities=tuple(PredictedEntity(id=one.id, type=one.type, name=one.name) for one in gold.entities),
        propositions=tuple(
            PredictedProposition(id=one.id, gloss=one.gloss, about=tuple(one.about)) for one in gold.propositions
        ),
        mentions=tuple(expected_mention(one) for one in gold.mentions),
        attributions=tuple(
            PredictedAttribution(
                source=named(one.source, one.source_spans),
                cue=tuple(one.cue_spans),
                content=tuple(one.content_spans),
                quote=one.quote,
                parent=one.parent,
                id=one.id,
            )
            for one in gold.attributions
        ),
        stances=tuple(expected_stance(one) for one in gold.stances),
        numeric_facts=tuple(expected_fact(one) for one in gold.numeric_facts),
        times=tuple(
            PredictedTime(
                spans=tuple(one.spans),
                type=one.type,
                value_text_only=one.value_text_only,
                begin=one.begin,
                end=one.end,
                id=one.id,
                text=one.text,
            )
            for one in gold.times
        ),
    )


def check(file: PredictionFile, gold: Merged) -> None:
    # Two gold items that say the same are drawn now and then; as predictions they are worth a warning.
    assert {item.code for item in file.findings} <= {"E206"}
    assert file.predictions == (expected(gold),)


@given(merged())
def test_gold_rows_are_predictions_without_loss(gold: Merged) -> None:
    check(read(msgspec.json.encode(gold)), gold)


@given(merged())
def test_fields_at_their_default_may_be_left_out(gold: Merged) -> None:
    def prune(record: Any, value: dict[str, Any]) -> dict[str, Any]:
        defaults = {field.name: field for field in msgspec.structs.fields(record)}
        return {name: kept for name, kept in value.items() if not _is_default(defaults[name], kept)}

    line = msgspec.to_builtins(gold)
    layers = {"mentions": Mention, "attributions": Attribution, "stances": Stance, "numeric_facts": NumericFact}
    for name, record in layers.items():
        line[name] = [prune(record, item) for item in line[name]]
    # A metonym that is not said is null in a prediction, false in the gold; that is all the difference.
    file = read(msgspec.json.encode(line))
    assert {item.code for item in file.findings} <= {"E206"}
    loose, strict = file.predictions[0], expected(gold)
    assert _said(loose) == _said(strict)


def _is_default(field: msgspec.structs.FieldInfo, value: Any) -> bool:
    if field.default_factory is not msgspec.NODEFAULT:
        return bool(value == field.default_factory())
    return bool(field.default is not msgspec.NODEFAULT and value == field.default)


def _said(prediction: Prediction) -> Any:
    """Builtins in which false and null, both the absence of a flag, are the same."""
    text = msgspec.json.encode(prediction).replace(b":false", b":null")
    return msgspec.json.decode(text)
