"""Hypothesis strategies for annotated documents and predictions of them."""

from typing import Any

from hypothesis import strategies as st

from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.labels import (
    ACTS,
    APPROXIMATORS,
    DIMENSIONS,
    ENTITY_TYPES,
    LEVELS,
    NUMERIC_KINDS,
    QUOTES,
    TIME_TYPES,
)
from goldassay.model.numeric_facts import Counted, Extent, NumericFact, NumericFactsRow, NumericMention, Time, Value
from goldassay.model.predictions import (
    PredictedAttribution,
    PredictedFact,
    PredictedMention,
    PredictedStance,
    PredictedTime,
    Prediction,
    Reference,
)
from goldassay.model.stances import Attribution, Proposition, Stance, StancesRow, Target, sign

LENGTH = 24
TEXT = "abcdefghijklmnopqrstuvwx"
spans = st.lists(st.integers(0, LENGTH), min_size=2, max_size=4, unique=True).map(
    lambda cuts: tuple(
        zip(sorted(cuts)[: len(cuts) // 2 * 2 : 2], sorted(cuts)[1 : len(cuts) // 2 * 2 : 2], strict=True)
    )
)
kb_ids = st.sampled_from([None, "NIL", "NIL7", "Q1", "Q2"])
names = st.sampled_from(["Alpha", "Beta", "Gamma", "Delta"])
glosses = ["Alpha sends tanks over there", "Beta bans all imports of wine", "Gamma leaves an old treaty"]


def document(doc_id: str) -> Document:
    return Document(
        doc_id=doc_id,
        title=None,
        text=TEXT,
        language="en",
        dct=None,
        dct_evidence=None,
        source="composed",
        rights="free",
        origin="composed",
        sha256="",
        sentences=[(0, LENGTH)],
    )


@st.composite
def gold_documents(draw: st.DrawFn, doc_id: str = "d") -> GoldDocument:
    entities = [
        Entity(
            id=f"e{n}",
            type=draw(st.sampled_from(ENTITY_TYPES)),
            name=name,
            kb_id=draw(kb_ids),
            rollup=draw(st.sampled_from([None, *(f"e{k}" for k in range(n))])),
        )
        for n, name in enumerate(draw(st.lists(names, unique=True, min_size=1)))
    ]
    ids = [entity.id for entity in entities]
    mentions = [
        Mention(
            id=f"m{n}",
            entity=draw(st.sampled_from(ids)),
            spans=list(fragments),
            text="",
            level=draw(st.sampled_from(LEVELS)),
            # The first mention has a link of its own, so that the links of every document are annotated.
            kb_id=draw(st.sampled_from(["Q1", "NIL"])) if n == 0 else None,
        )
        for n, fragments in enumerate(draw(st.lists(spans, max_size=6, unique=True)))
    ]
    return GoldDocument(
        document=document(doc_id),
        entities=EntitiesRow(doc_id=doc_id, entities=entities, mentions=mentions),
        stances=draw(stance_rows(doc_id, ids)),
        numeric_facts=draw(numeric_rows(doc_id, ids)),
    )


@st.composite
def attribution_rows(draw: st.DrawFn, ids: list[str]) -> list[Attribution]:
    """Attributions with a cue, as the guidelines ask for; any of them may stand in any earlier one."""
    rows: list[Attribution] = []
    for n in range(draw(st.integers(0, 4))):
        row = Attribution(
            id=f"a{n}",
            parent=draw(st.sampled_from([None, *(row.id for row in rows)])),
            source=draw(st.sampled_from([*ids, "IMPLICIT"])),
            source_spans=list(draw(st.one_of(spans, st.just(())))),
            cue_spans=list(draw(spans)),
            content_spans=list(draw(st.one_of(spans, st.just(())))),
            quote=draw(st.sampled_from(QUOTES)),
        )
        rows.append(row)
    return rows


@st.composite
def stance_rows(draw: st.DrawFn, doc_id: str, ids: list[str]) -> StancesRow:
    propositions = [Proposition(id=f"p{n}", gloss=gloss) for n, gloss in enumerate(glosses)]
    targets = st.one_of(
        st.builds(Target, kind=st.just("entity"), id=st.sampled_from(ids)),
        st.builds(Target, kind=st.just("proposition"), id=st.sampled_from([item.id for item in propositions])),
    )
    stances = draw(
        st.lists(
            st.builds(
                Stance,
                id=st.just("s"),
                holder=st.sampled_from([*ids, "AUTHOR"]),
                target=targets,
                dimension=st.sampled_from(DIMENSIONS),
                grade=st.integers(-2, 2),
                grade_alt=st.lists(st.integers(-2, 2), max_size=2),
                act=st.sampled_from(ACTS),
                tier=st.sampled_from(["core", "core", "core", "optional"]),
                same_as=st.sampled_from([None, None, None, "s0"]),
                sources=st.sampled_from([[], ["AUTHOR"], *(["AUTHOR", one] for one in ids), ["AUTHOR", *ids]]),
                toward=st.sampled_from([None, *ids]),
                toward_sign=st.sampled_from([None, -1, 0, 1]),
                attribution=st.sampled_from([None, "a0", "a1"]),
            ),
            max_size=6,
        )
    )
    return StancesRow(
        doc_id=doc_id, propositions=propositions, attributions=draw(attribution_rows(ids)), stances=stances
    )


decimals = st.sampled_from(["0", "4", "12000", "1500", "2.5", "-3"])
places = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 4)).map(lambda at: [(at[0], min(LENGTH, at[0] + at[1]))])


@st.composite
def numeric_facts(draw: st.DrawFn, ids: list[str]) -> NumericFact:
    number = draw(decimals)
    vague = draw(st.integers(0, 9)) == 0
    open_side = not vague and draw(st.integers(0, 4)) == 0
    extents = Extent(spans=draw(places), text="")
    return NumericFact(
        id="n",
        mentions=[NumericMention(number=extents, span=extents, full=extents)],
        kind=draw(st.sampled_from(NUMERIC_KINDS)),
        value=None if vague else Value(lo=number, hi=None if open_side else number, lo_inc=draw(st.booleans())),
        magnitude=1 if vague else None,
        approx="vague" if vague else draw(st.sampled_from(APPROXIMATORS[:4])),
        bound="min" if open_side else "none",
        unit=draw(st.sampled_from([None, "kg", "USD"])),
        counted=draw(st.sampled_from([None, Counted(lemma="tank"), Counted(lemma="ship")])),
        subject=draw(st.sampled_from([None, *ids])),
        property=draw(st.sampled_from(["number_of", "amount"])),
        status=draw(st.sampled_from(["actual", "planned"])),
        sources=draw(st.sampled_from([[], ["AUTHOR"], ["AUTHOR", ids[0]]])),
        tier=draw(st.sampled_from(["core", "core", "implicit"])),
    )


@st.composite
def numeric_rows(draw: st.DrawFn, doc_id: str, ids: list[str]) -> NumericFactsRow:
    facts = draw(st.lists(numeric_facts(ids), max_size=5))
    times = draw(st.lists(gold_times, max_size=4))
    return NumericFactsRow(doc_id=doc_id, numeric_facts=facts, times=times)


time_values = st.sampled_from(
    ["XXXX-07-08", "2031-07-08", "XXXX-WXX-2", "2031-W28", "XXXX-07", "2031", "P2D", "PT48H", "PXW", "FUTURE_REF"]
)
resolutions: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {"value_resolved": time_values, "resolved_by": st.sampled_from(["metadata", "inferred", "external"])}
    ),
)
ends = st.sampled_from([{}, {}, {"begin": "2031-07-08", "end": "2031-07-10"}, {"begin": "2031-07-09T12:00"}])
gold_times = st.builds(
    lambda place, type_, value, *more: Time(
        id="t", spans=place, text="", type=type_, value_text_only=value, **(more[0] | more[1])
    ),
    places,
    st.sampled_from(TIME_TYPES),
    time_values,
    resolutions,
    ends,
)


def copy_of_time(time: Time) -> PredictedTime:
    return PredictedTime(
        spans=tuple(time.spans),
        type=time.type,
        value_text_only=time.value_text_only,
        value_resolved=time.value_resolved,
        begin=time.begin,
        end=time.end,
    )


def copy_of_fact(fact: NumericFact) -> PredictedFact:
    return PredictedFact(
        parsed=fact.value is not None,
        lo=fact.value.lo if fact.value else None,
        hi=fact.value.hi if fact.value else None,
        lo_inc=fact.value.lo_inc if fact.value else True,
        approx=fact.approx,
        bound=fact.bound,
        magnitude=fact.magnitude,
        unit=fact.unit,
        counted=Reference(text=fact.counted.lemma) if fact.counted else None,
        subject=Reference(entity=fact.subject) if fact.subject else None,
        property=fact.property,
        kind=fact.kind,
        status=fact.status,
        sources=tuple(Reference(entity=source) for source in fact.sources),
        extents=tuple(tuple(mention.span.spans) for mention in fact.mentions),
    )


def copy_of_attribution(row: Attribution) -> PredictedAttribution:
    return PredictedAttribution(
        source=Reference(entity=row.source, spans=tuple(row.source_spans)),
        cue=tuple(row.cue_spans),
        content=tuple(row.content_spans),
        quote=row.quote,
        parent=row.parent,
        id=row.id,
    )


def copy_of(gold: GoldDocument) -> Prediction:
    """The prediction that says exactly what the gold says, with the gold's ids."""
    assert gold.entities is not None
    assert gold.stances is not None
    entities = {entity.id: entity for entity in gold.entities.entities}
    mentions = tuple(
        PredictedMention(
            spans=tuple(m.spans),
            type=entities[m.entity or ""].type,
            level=m.level,
            group=m.entity,
            kb_id=m.kb_id or entities[m.entity or ""].kb_id,
            id=m.id,
        )
        for m in gold.entities.mentions
    )
    stances = tuple(
        PredictedStance(
            holder=Reference(entity=s.holder),
            target=Reference(entity=s.target.id) if s.target.kind == "entity" else Reference(proposition=s.target.id),
            sign=sign(s.grade),
            belief=s.dimension == "belief",
            dimension=s.dimension,
            grade=s.grade,
            act=s.act,
            sources=tuple(Reference(entity=source) for source in s.sources),
            toward=None if s.toward is None else Reference(entity=s.toward),
            toward_sign=s.toward_sign,
            attribution=s.attribution,
        )
        for s in gold.stances.stances
    )
    assert gold.numeric_facts is not None
    facts = tuple(copy_of_fact(f) for f in gold.numeric_facts.numeric_facts)
    return Prediction(
        doc_id=gold.document.doc_id,
        mentions=mentions,
        stances=stances,
        attributions=tuple(copy_of_attribution(row) for row in gold.stances.attributions),
        numeric_facts=facts,
        times=tuple(copy_of_time(time) for time in gold.numeric_facts.times),
    )


predicted_mentions = st.builds(
    PredictedMention,
    spans=st.one_of(spans, st.just(())),
    type=st.sampled_from([*ENTITY_TYPES, None]),
    level=st.sampled_from([*LEVELS, None]),
    kb_id=kb_ids,
)
references = st.one_of(
    names.map(lambda name: Reference(text=name)), st.sampled_from(glosses).map(lambda gloss: Reference(text=gloss))
)
predicted_stances = st.builds(
    PredictedStance,
    holder=names.map(lambda name: Reference(text=name)),
    target=references,
    sign=st.integers(-1, 1),
    belief=st.booleans(),
    dimension=st.sampled_from([None, "position", "intent"]),
    grade=st.sampled_from([None, -1, 2]),
    act=st.sampled_from([None, "state", "deny"]),
    sources=st.one_of(st.none(), st.lists(names.map(lambda name: Reference(text=name)), max_size=2).map(tuple)),
    toward=st.one_of(st.none(), names.map(lambda name: Reference(text=name))),
    toward_sign=st.sampled_from([None, -1, 0, 1]),
    attribution=st.sampled_from([None, "b0", "b1"]),
)


predicted_facts = st.builds(
    PredictedFact,
    parsed=st.just(True),
    lo=decimals,
    hi=decimals,
    unit=st.sampled_from([None, "kg", "t", "EUR", "%"]),
    approx=st.sampled_from([None, "approx", "none"]),
    subject=st.one_of(st.none(), names.map(lambda name: Reference(text=name))),
    status=st.sampled_from([None, "actual", "planned"]),
    sources=st.sampled_from([None, (Reference(entity="AUTHOR"),)]),
    counted=st.sampled_from([None, Reference(text="tanks"), Reference(text="grey ship")]),
    kind=st.sampled_from([None, *NUMERIC_KINDS]),
    extents=st.lists(places.map(tuple), max_size=2).map(tuple),
)


predicted_attributions = st.builds(
    PredictedAttribution,
    source=st.builds(Reference, text=names, spans=st.one_of(spans, st.just(()))),
    cue=st.one_of(spans, st.just(())),
    content=st.one_of(spans, st.just(())),
    quote=st.sampled_from([None, *QUOTES]),
    parent=st.sampled_from([None, "b0", "b1"]),
    id=st.sampled_from(["b0", "b1"]),
)


predicted_times = st.builds(
    lambda place, type_, more: PredictedTime(spans=place, type=type_, **more),
    st.one_of(places.map(tuple), st.just(())),
    st.sampled_from([None, *TIME_TYPES]),
    st.fixed_dictionaries(
        {},
        optional={"value_text_only": time_values, "value_resolved": time_values, "begin": st.just("2031-07-09")}
        | {"end": st.sampled_from(["2031-07-10", "2031-07-01"])},
    ),
)


def predictions(doc_id: str = "d") -> st.SearchStrategy[Prediction]:
    return st.builds(
        Prediction,
        doc_id=st.just(doc_id),
        mentions=st.lists(predicted_mentions, max_size=6).map(tuple),
        stances=st.lists(predicted_stances, max_size=5).map(tuple),
        attributions=st.lists(predicted_attributions, max_size=4).map(tuple),
        numeric_facts=st.lists(predicted_facts, max_size=5).map(tuple),
        times=st.lists(predicted_times, max_size=4).map(tuple),
    )
