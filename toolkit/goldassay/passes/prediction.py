"""A pass as if a system had predicted it: its rows as the scorer's `Prediction`, ids as the pass's own."""

from collections.abc import Sequence

from goldassay.formats.authoring import AuthoredDocument
from goldassay.layers.entities import mention_type
from goldassay.model.entities import EntitiesRow, Mention
from goldassay.model.numeric_facts import Counted, NumericFact, Time
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
from goldassay.model.stances import Attribution, Stance, sign


def as_prediction(authored: AuthoredDocument) -> Prediction:
    """What the annotator of a pass predicts; a layer that the pass does not speak of is null."""
    row, stances, facts = authored.entities, authored.stances, authored.numeric_facts
    has_entities, has_stances, has_facts = (
        layer in authored.layers for layer in ("entities", "stances", "numeric_facts")
    )
    return Prediction(
        doc_id=authored.doc_id,
        entities=tuple(PredictedEntity(id=one.id, type=one.type, name=one.name) for one in row.entities),
        propositions=tuple(
            PredictedProposition(id=one.id, gloss=one.gloss, about=tuple(one.about)) for one in stances.propositions
        ),
        mentions=_mentions(row) if has_entities else None,
        stances=tuple(_stance(one) for one in stances.stances) if has_stances else None,
        attributions=tuple(_attribution(one) for one in stances.attributions) if has_stances else None,
        numeric_facts=tuple(_fact(one) for one in facts.numeric_facts) if has_facts else None,
        times=tuple(_time(one) for one in facts.times) if has_facts else None,
    )


def _mentions(row: EntitiesRow) -> tuple[PredictedMention, ...]:
    types = {entity.id: str(entity.type) for entity in row.entities}
    links = {entity.id: entity.kb_id for entity in row.entities}
    return tuple(_mention(one, types, links) for one in row.mentions)


def _mention(mention: Mention, types: dict[str, str], links: dict[str, str | None]) -> PredictedMention:
    return PredictedMention(
        spans=tuple(mention.spans),
        type=mention_type(mention, types),  # type: ignore[arg-type]  # the types of records are those of the scheme
        level=mention.level,
        group=mention.entity,
        kb_id=mention.kb_id or (links.get(mention.entity) if mention.entity is not None else None),
        metonym=mention.metonym,
        id=mention.id,
        text=mention.text,
    )


def _entity(id_: str, spans: Sequence[Span] = ()) -> Reference:
    return Reference(entity=id_, spans=tuple(spans))


def _stance(stance: Stance) -> PredictedStance:
    target, place = stance.target, tuple(stance.target_spans)
    proposition = Reference(proposition=target.id, spans=place)
    return PredictedStance(
        holder=_entity(stance.holder, stance.holder_spans),
        target=_entity(target.id, place) if target.kind == "entity" else proposition,
        sign=sign(stance.grade),
        belief=stance.dimension == "belief",
        dimension=stance.dimension,
        grade=stance.grade,
        act=stance.act,
        toward=_entity(stance.toward) if stance.toward is not None else None,
        toward_sign=stance.toward_sign,
        sources=tuple(_entity(source) for source in stance.sources),
        attribution=stance.attribution,
        status=stance.status,
        negated_report=stance.negated_report,
        mixed=stance.mixed,
        expression=tuple(stance.expression_spans),
        id=stance.id,
    )


def _attribution(attribution: Attribution) -> PredictedAttribution:
    return PredictedAttribution(
        source=_entity(attribution.source, attribution.source_spans),
        cue=tuple(attribution.cue_spans),
        content=tuple(attribution.content_spans),
        quote=attribution.quote,
        parent=attribution.parent,
        id=attribution.id,
    )


def _fact(fact: NumericFact) -> PredictedFact:
    value, extents = fact.value, [e.spans for m in fact.mentions for e in (m.full, m.span, m.number)]
    return PredictedFact(
        parsed=value is not None,
        lo=value.lo if value is not None else None,
        hi=value.hi if value is not None else None,
        lo_inc=value.lo_inc if value is not None else True,
        hi_inc=value.hi_inc if value is not None else True,
        approx=fact.approx,
        bound=fact.bound,
        unit=fact.unit,
        counted=_counted(fact.counted),
        subject=_entity(fact.subject) if fact.subject is not None else None,
        base=_counted(fact.base),
        property=fact.property,
        kind=fact.kind,
        magnitude=fact.magnitude,
        status=fact.status,
        negated=fact.negated,
        role=fact.role,
        direction=fact.direction,
        time=fact.time,
        sources=tuple(_entity(source) for source in fact.sources),
        commitment=tuple(fact.commitment),
        links=tuple(fact.links),
        extents=tuple(dict.fromkeys(tuple(spans) for spans in extents)),
        id=fact.id,
    )


def _counted(counted: Counted | None) -> Reference | None:
    if counted is None:
        return None
    return Reference(text=counted.lemma, entity=counted.entity, spans=tuple(counted.spans))


def _time(time: Time) -> PredictedTime:
    return PredictedTime(
        spans=tuple(time.spans),
        type=time.type,
        value_text_only=time.value_text_only,
        value_resolved=time.value_resolved,
        grain=time.grain,
        mod=time.mod,
        begin=time.begin,
        end=time.end,
        id=time.id,
        text=time.text,
    )
