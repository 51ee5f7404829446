"""Gold rows, merged into one line a document, read as predictions of themselves and lose nothing that is scored."""

import io
from typing import Any

import msgspec
from hypothesis import given
from merged_gold import TEXT, Merged, merged

from goldassay.formats.predictions import PredictionFile, read_predictions
from goldassay.model.document import Document
from goldassay.model.entities import Mention
from goldassay.model.numeric_facts import Counted, NumericFact, Value
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
from goldassay.model.record import Span
from goldassay.model.stances import Attribution, Stance, Target, sign


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
