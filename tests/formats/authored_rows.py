"""Hypothesis strategies for documents and annotation rows, drawn from the record types themselves."""

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect as shapes

from goldassay.formats.authoring import mention_order
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.numeric_facts import NumericFact, NumericFactsRow, NumericMention, Time
from goldassay.model.provenance import PassProvenance
from goldassay.model.record import spans_text
from goldassay.model.stances import Attribution, Proposition, Stance, StancesRow

# Words that repeat, contain each other, carry marks, or lie beyond the Basic Multilingual Plane.
WORDS = ["it", "with", "It", "“it”", "Ruritania’s", "Ruritania", "it.", "12,000", "NO", "𝔘𝔫𝔦", "🇺🇦", "Cafe\u0301"]
WORDS += ["北京市", "—", "it-it", "a\u00a0b", "“", "\t"]
texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", "\n", ""])), min_size=1, max_size=24).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
LOOKALIKES = ["NO", "null", "1", "~", "- a: b", ""]
strings = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(LOOKALIKES)


def document(text: str) -> Document:
    return Document(
        doc_id="d 1",
        title=None,
        text=text,
        language="en",
        dct=None,
        dct_evidence=None,
        source="invented",
        rights="none",
        origin="composed",
        sha256="",
        sentences=[],
    )


@st.composite
def spans(draw: st.DrawFn, regions: list[tuple[int, int]], least: int) -> list[tuple[int, int]]:
    """Fragments in text order, each inside one region; they may cut words and touch."""
    found = []
    for start, end in regions:
        edges = draw(st.lists(st.integers(start, end), min_size=2, max_size=4, unique=True)) if end - start > 3 else ()
        edges = sorted(edges) if len(edges) > 1 else [start, end]
        found += [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    keep = draw(st.integers(least, min(3, len(found)))) if len(found) >= least else len(found)
    return found[:keep]


@st.composite
def records(draw: st.DrawFn, record: type, text: str) -> Any:
    """Any record of a type whose spans lie in the text."""
    values = {}
    shape = shapes.type_info(record)
    regions = [(0, len(text))]
    fields = reversed(shape.fields) if record is NumericMention else shape.fields
    for field in fields:
        if record is NumericMention:
            regions = draw(spans(regions, 1))
            values[field.name] = field.type.cls(spans=regions, text=spans_text(text, regions))
        elif field.name == "spans" or field.name.endswith("_spans"):
            values[field.name] = draw(spans(regions, int(field.required)))
        elif field.name != "text":
            values[field.name] = draw(drawn(field.type, text))
    if "text" in record.__struct_fields__:
        values["text"] = spans_text(text, values["spans"])
    return record(**values)


def drawn(shape: shapes.Type, text: str) -> st.SearchStrategy[Any]:
    if isinstance(shape, shapes.UnionType):
        return st.one_of([drawn(one, text) for one in shape.types])
    if isinstance(shape, shapes.NoneType):
        return st.none()
    if isinstance(shape, shapes.BoolType):
        return st.booleans()
    if isinstance(shape, shapes.IntType):
        return st.integers(-2 if shape.ge is None else shape.ge, 2 if shape.le is None else shape.le)
    if isinstance(shape, shapes.LiteralType):
        return st.sampled_from(shape.values)
    if isinstance(shape, shapes.StructType):
        return records(shape.cls, text)
    if isinstance(shape, shapes.ListType):
        return st.lists(drawn(shape.item_type, text), max_size=2)
    assert isinstance(shape, shapes.StrType)
    if shape.pattern is not None:
        return st.sampled_from(["0", "-1", "12000", "0.50", "9007199254740993"])
    return strings.filter(lambda value: len(value) >= (shape.min_length or 0))


@st.composite
def entities_rows(draw: st.DrawFn, text: str) -> EntitiesRow:
    entities = draw(st.lists(records(Entity, text), max_size=3, unique_by=lambda one: one.id))
    mentions = draw(st.lists(records(Mention, text), max_size=6))
    owners = st.sampled_from([*(one.id for one in entities), None, "nobody"])
    mentions = [msgspec.structs.replace(one, entity=draw(owners)) for one in mentions]
    if draw(st.booleans()):
        ids = [f"m{i + 1}" for i in range(len(mentions))]
        mentions.sort(key=lambda one: (one.spans[0][0], one.spans[-1][1]))
    else:
        ids = draw(st.permutations([f"m{i + 7}" for i in range(len(mentions))]))
    mentions = [msgspec.structs.replace(one, id=id_) for one, id_ in zip(mentions, ids, strict=True)]
    return EntitiesRow(doc_id="d 1", entities=entities, mentions=sorted(mentions, key=mention_order))


@st.composite
def annotated(
    draw: st.DrawFn,
) -> tuple[Document, EntitiesRow, StancesRow, NumericFactsRow, PassProvenance | None]:
    text = draw(texts)
    lists = {
        one: draw(st.lists(records(one, text), max_size=2))
        for one in (Proposition, Attribution, Stance, NumericFact, Time)
    }
    stances = StancesRow(
        doc_id="d 1", propositions=lists[Proposition], attributions=lists[Attribution], stances=lists[Stance]
    )
    numeric = NumericFactsRow(doc_id="d 1", numeric_facts=lists[NumericFact], times=lists[Time])
    provenance = draw(st.none() | records(PassProvenance, text))
    return document(text), draw(entities_rows(text)), stances, numeric, provenance
