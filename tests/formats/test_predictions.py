"""Prediction lines of every permitted form."""

from typing import Any

import pytest
from prediction_reading import TEXT, predict, read

from goldassay.model.predictions import PredictedFact, PredictedMention, PredictedStance, Reference


def test_the_text_is_counted_right() -> None:
    places = [(2, 6), (7, 11), (26, 39), (31, 33), (43, 47), (49, 53), (54, 60), (67, 73)]
    surfaces = ["Kyiv", "said", "some 40 tanks", "40", "Oslo", "Oslo", "denied", "Monday"]
    assert [TEXT[start:end] for start, end in places] == surfaces


# Mentions


@pytest.mark.parametrize(
    "place",
    [
        {"start": 2, "end": 6},
        {"spans": [[2, 6]]},
        {"text": "Kyiv"},
        {"text": "Kyiv", "nth": 1},
        {"start": 2, "end": 6, "text": "Kyiv"},
        {"start": 2, "end": 6, "spans": [[2, 6]]},
    ],
)
def test_a_mention_says_where_it_stands(place: dict[str, Any]) -> None:
    mentions = predict(mentions=[place | {"type": "GPE", "score": 0.5}]).mentions
    assert mentions is not None
    assert (mentions[0].spans, mentions[0].type, mentions[0].score) == (((2, 6),), "GPE", 0.5)


def test_a_mention_takes_type_and_link_from_the_lines_entity_but_its_own_win() -> None:
    prediction = predict(
        entities=[{"id": "e1", "type": "GPE", "kb_id": "Q1", "name": "Kyiv"}],
        mentions=[
            {"start": 2, "end": 6, "entity": "e1", "level": "NAM"},
            {"start": 43, "end": 47, "entity": "e1", "type": "ORG", "kb_id": "NIL", "metonym": True},
            {"start": 49, "end": 53, "cluster": 7, "type": "LOC"},
        ],
    )
    assert prediction.mentions == (
        PredictedMention(spans=((2, 6),), type="GPE", kb_id="Q1", group="e1", level="NAM"),
        PredictedMention(spans=((43, 47),), type="ORG", kb_id="NIL", group="e1", metonym=True),
        PredictedMention(spans=((49, 53),), type="LOC", group="7"),
    )
    assert [entity.name for entity in prediction.entities] == ["Kyiv"]


def test_strings_take_occurrences_in_order_and_are_counted() -> None:
    mentions = [{"text": text, "type": "GPE"} for text in ("Oslo", "Kyiv", "Oslo", "Bern", "it")]
    file = read({"doc_id": "d1", "mentions": mentions})
    assert [mention.spans for mention in file.predictions[0].mentions or ()] == [
        ((43, 47),),
        ((2, 6),),
        ((49, 53),),
        (),
        ((12, 14),),
    ]
    counts = file.grounding
    assert (counts.exact, counts.ambiguous, counts.ungrounded, counts.total) == (3, 1, 1, 5)
    found = [(item.code, item.severity, item.where.field) for item in file.findings]
    assert found == [("E501", "warning", "mentions[3]"), ("E502", "info", "mentions[4]")]
    assert "3 places" not in file.findings[1].found
    assert "2 places" in file.findings[1].found


def test_a_layer_that_is_not_there_is_null_and_an_empty_one_is_empty() -> None:
    prediction = predict(mentions=[], stances=None)
    assert (prediction.mentions, prediction.stances, prediction.numeric_facts) == ((), None, None)


# Stances


def stance(**fields: Any) -> PredictedStance:
    stances = predict(
        entities=[{"id": "e1", "name": "Kyiv"}, {"id": "e2", "name": "Oslo"}],
        propositions=[{"id": "p1", "gloss": "Kyiv sends tanks", "about": ["e1"]}],
        stances=[fields],
    ).stances
    assert stances is not None
    return stances[0]


def test_the_smallest_stance() -> None:
    said = stance(holder="Kyiv", target="Kyiv sends tanks", polarity="against")
    assert said == PredictedStance(
        holder=Reference(text="Kyiv"), target=Reference(text="Kyiv sends tanks"), sign=-1, belief=False
    )


@pytest.mark.parametrize(
    ("side", "sign", "belief", "dimension"),
    [
        ({"polarity": "favor"}, 1, False, None),
        ({"polarity": "neutral", "dimension": "position"}, 0, False, "position"),
        ({"veracity": "denied"}, -1, True, "belief"),
        ({"veracity": "uncommitted", "dimension": "belief"}, 0, True, "belief"),
        ({"grade": 2}, 1, False, None),
        ({"grade": -2, "dimension": "belief"}, -1, True, "belief"),
        ({"grade": -2, "polarity": "against"}, -1, False, None),
    ],
)
def test_the_side(side: dict[str, Any], sign: int, belief: bool, dimension: str | None) -> None:
    said = stance(holder="Kyiv", target="Oslo", **side)
    assert (said.sign, said.belief, said.dimension, said.grade) == (sign, belief, dimension, side.get("grade"))


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("Kyiv", Reference(text="Kyiv")),
        ("e1", Reference(text="e1")),  # a bare string is never an id
        ("AUTHOR", Reference(entity="AUTHOR")),
        ("author", Reference(text="author")),
        ({"author": True}, Reference(entity="AUTHOR")),
        ({"text": "AUTHOR"}, Reference(text="AUTHOR")),
        ({"entity": "e1"}, Reference(entity="e1")),
        ({"entity": "IMPLICIT"}, Reference(entity="IMPLICIT")),
        ({"kind": "entity", "id": "e1"}, Reference(entity="e1")),
        ({"kind": "proposition", "id": "p1"}, Reference(proposition="p1")),
        ({"proposition": "p1"}, Reference(proposition="p1")),
        ({"text": "Kyiv", "spans": [[2, 6]]}, Reference(text="Kyiv", spans=((2, 6),))),
        ({"start": 2, "end": 6}, Reference(text="Kyiv", spans=((2, 6),))),
        ({"entity": "e1", "text": "Kyiv"}, Reference(entity="e1", text="Kyiv")),
    ],
)
def test_who_is_meant(named: Any, meant: Reference) -> None:
    assert stance(holder=named, target="Oslo", polarity="favor").holder == meant
    assert stance(holder="Oslo", target=named, polarity="favor").target == meant
    assert stance(holder="Oslo", target="Oslo", toward=named, polarity="favor").toward == meant


@pytest.mark.parametrize(
    "given",
    [
        {"holder": "Oslo", "sources": ["AUTHOR", "Kyiv"]},
        {"holder": "Oslo", "sources": ["Kyiv"]},  # AUTHOR may be left unsaid
        {"chain": ["AUTHOR", "Kyiv", "Oslo"]},
        {"chain": ["Kyiv", "Oslo"]},
        {"chain": ["AUTHOR", "Kyiv", "Oslo"], "holder": "Oslo", "sources": ["AUTHOR", "Kyiv"]},
    ],
)
def test_sources_and_chain(given: dict[str, Any]) -> None:
    said = stance(target="tanks", polarity="favor", **given)
    assert said.holder == Reference(text="Oslo")
    assert said.sources == (Reference(entity="AUTHOR"), Reference(text="Kyiv"))


def test_sources_left_out_and_the_authors_own() -> None:
    assert stance(holder="Oslo", target="Kyiv", polarity="favor").sources is None
    assert stance(holder="Oslo", target="Kyiv", polarity="favor", sources=[]).sources == (Reference(entity="AUTHOR"),)
    assert stance(chain=["AUTHOR"], target="Kyiv", polarity="favor").sources == ()


def test_expressions_by_offsets_and_by_text() -> None:
    assert stance(holder="Oslo", target="Kyiv", grade=-1, expression_spans=[[54, 60]]).expression == ((54, 60),)
    assert stance(holder="Oslo", target="Kyiv", grade=-1, expression="denied").expression == ((54, 60),)
    pair = [{"holder": name, "target": "tanks", "grade": -1, "expression": "denied"} for name in ("Oslo", "Kyiv")]
    assert [said.expression for said in predict(stances=pair).stances or ()] == [((54, 60),)] * 2


def test_with_gold_ids_references_are_not_looked_up_in_the_line() -> None:
    item = {"holder": {"entity": "e9"}, "target": {"proposition": "p9"}, "polarity": "favor"}
    file = read({"doc_id": "d1", "stances": [item]}, ids="gold")
    assert file.findings == ()
    stances = file.predictions[0].stances
    assert stances is not None
    assert (stances[0].holder.entity, stances[0].target.proposition) == ("e9", "p9")


# Numeric facts


def fact(**fields: Any) -> PredictedFact:
    facts = predict(entities=[{"id": "e1"}], numeric_facts=[fields]).numeric_facts
    assert facts is not None
    return facts[0]


def test_the_smallest_fact() -> None:
    said = fact(value="around 12,000", counted="troops")
    assert (said.parsed, said.lo, said.hi, said.approx) == (True, "12000", "12000", "approx")
    assert (said.counted, said.extents, said.text) == (Reference(text="troops"), (), "around 12,000")


@pytest.mark.parametrize(
    ("value", "lo", "hi"),
    [
        (40, "40", "40"),
        (2.5, "2.5", "2.5"),
        ("40", "40", "40"),
        ([10, 20], "10", "20"),
        ({"min": 10, "max": 20}, "10", "20"),
        ({"lo": "10", "hi": None}, "10", None),
        ({"lo": "10", "hi": "20", "lo_inc": True, "hi_inc": True}, "10", "20"),
        ("between 10 and 20", "10", "20"),
        ("at least 300", "300", None),
    ],
)
def test_values(value: Any, lo: str | None, hi: str | None) -> None:
    said = fact(value=value)
    assert (said.parsed, said.lo, said.hi) == (True, lo, hi)


def test_units_and_modifiers_are_read_from_the_value_but_explicit_ones_win() -> None:
    assert fact(value={"value": 5, "unit": "km"}).unit == "km"
    assert fact(value="$2.7m").unit == "USD?"
    assert fact(value="$2.7m", unit="USD").unit == "USD"
    assert fact(value="around 40", approx="none").approx == "none"
    over = fact(value="over 300")
    assert (over.bound, over.lo, over.lo_inc, over.hi) == ("min", "300", False, None)
    least = fact(value=300, bound="min")
    assert (least.bound, least.lo, least.hi) == ("min", "300", None)
    most = fact(value=300, bound="max")
    assert (most.bound, most.lo, most.hi) == ("max", None, "300")


def test_a_fact_without_a_value_is_not_parsed_and_no_finding() -> None:
    said = fact(text="some 40 tanks")
    assert (said.parsed, said.lo, said.extents) == (False, None, (((26, 39),),))


@pytest.mark.parametrize(
    "mention",
    [
        {"number": "40", "full": "some 40 tanks"},
        {"full": {"spans": [[26, 39]]}, "number": "40"},
        {"full": {"start": 26, "end": 39, "text": "some 40 tanks"}, "number": {"text": "40"}},
        {"full": "some 40 tanks", "number": {"start": 31, "end": 33}},
    ],
)
def test_extents(mention: dict[str, Any]) -> None:
    assert fact(value=40, mentions=[mention]).extents == (((26, 39),), ((31, 33),))


@pytest.mark.parametrize(
    "place",
    [
        {"mentions": ["some 40 tanks"]},
        {"mentions": [{"text": "some 40 tanks"}]},
        {"mentions": [{"start": 26, "end": 39}]},
        {"mentions": [{"spans": [[26, 39]]}]},
        {"start": 26, "end": 39},
        {"spans": [[26, 39]]},
        {"text": "some 40 tanks"},
    ],
)
def test_plain_places_of_facts(place: dict[str, Any]) -> None:
    assert fact(value=40, **place).extents == (((26, 39),),)


def test_subject_counted_and_sources_of_a_fact() -> None:
    said = fact(value=40, counted={"lemma": "tank"}, subject={"entity": "e1"}, sources=["Kyiv"], status="planned")
    assert (said.counted, said.subject) == (Reference(text="tank"), Reference(entity="e1"))
    assert said.sources == (Reference(entity="AUTHOR"), Reference(text="Kyiv"))
    assert said.status == "planned"


def test_times_and_attributions() -> None:
    prediction = predict(
        times=[{"text": "Monday", "type": "DATE", "value_text_only": "XXXX-WXX-1"}],
        attributions=[{"id": "a1", "source": "Kyiv", "cue": "said", "content_spans": [[12, 47]], "quote": "indirect"}],
    )
    assert prediction.times is not None
    assert (prediction.times[0].spans, prediction.times[0].value_text_only) == (((67, 73),), "XXXX-WXX-1")
    assert prediction.attributions is not None
    said = prediction.attributions[0]
    assert (said.source, said.cue, said.content) == (Reference(text="Kyiv"), ((7, 11),), ((12, 47),))
