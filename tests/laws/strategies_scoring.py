"""Hypothesis strategies for annotated documents and predictions of them."""

from hypothesis import strategies as st

from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.labels import ACTS, DIMENSIONS, ENTITY_TYPES, LEVELS
from goldassay.model.predictions import PredictedMention, PredictedStance, Prediction, Reference
from goldassay.model.stances import Proposition, Stance, StancesRow, Target, sign

LENGTH = 24
TEXT = "abcdefghijklmnopqrstuvwx"
spans = st.lists(st.integers(0, LENGTH), min_size=2, max_size=4, unique=True).map(
    lambda cuts: tuple(
        zip(sorted(cuts)[: len(cuts) // 2 * 2 : 2], sorted(cuts)[1 : len(cuts) // 2 * 2 : 2], strict=True)
    )
)
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
        Entity(id=f"e{n}", type=draw(st.sampled_from(ENTITY_TYPES)), name=name)
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
        )
        for n, fragments in enumerate(draw(st.lists(spans, max_size=6, unique=True)))
    ]
    return GoldDocument(
        document=document(doc_id),
        entities=EntitiesRow(doc_id=doc_id, entities=entities, mentions=mentions),
        stances=draw(stance_rows(doc_id, ids)),
    )


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
            ),
            max_size=6,
        )
    )
    return StancesRow(doc_id=doc_id, propositions=propositions, attributions=[], stances=stances)


def copy_of(gold: GoldDocument) -> Prediction:
    """The prediction that says exactly what the gold says, with the gold's ids."""
    assert gold.entities is not None
    assert gold.stances is not None
    types = {entity.id: entity.type for entity in gold.entities.entities}
    mentions = tuple(
        PredictedMention(spans=tuple(m.spans), type=types[m.entity or ""], level=m.level, group=m.entity, id=m.id)
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
        )
        for s in gold.stances.stances
    )
    return Prediction(doc_id=gold.document.doc_id, mentions=mentions, stances=stances)


predicted_mentions = st.builds(
    PredictedMention,
    spans=st.one_of(spans, st.just(())),
    type=st.sampled_from([*ENTITY_TYPES, None]),
    level=st.sampled_from([*LEVELS, None]),
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
    dimension=st.none(),
    grade=st.none(),
)


def predictions(doc_id: str = "d") -> st.SearchStrategy[Prediction]:
    return st.builds(
        Prediction,
        doc_id=st.just(doc_id),
        mentions=st.lists(predicted_mentions, max_size=6).map(tuple),
        stances=st.lists(predicted_stances, max_size=5).map(tuple),
    )
