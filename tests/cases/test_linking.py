"""Linking measures worked by hand, and what leaves the counts."""

from collections.abc import Mapping

import pytest

from goldassay.evaluate import Evaluation, evaluate
from goldassay.layers import linking
from goldassay.layers.base import GoldDocument
from goldassay.measures.measure import parse_measure
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.predictions import PredictedMention, Prediction
from goldassay.tally.tally import POOLED

Place = tuple[int, str | None, str | None]
"""Where a mention stands (ten characters from there), its type, its kb_id."""


def document(doc_id: str) -> Document:
    return Document(
        doc_id=doc_id,
        title=None,
        text="x" * 200,
        language="en",
        dct=None,
        dct_evidence=None,
        source="composed",
        rights="free",
        origin="composed",
        sha256="",
        sentences=[],
    )


def gold_of(doc_id: str, *places: Place, level: str = "NAM") -> GoldDocument:
    mentions = [
        Mention(id=f"m{n}", entity=None, spans=[(at, at + 10)], text="", level=level, type=type_, kb_id=kb_id)  # type: ignore[arg-type]
        for n, (at, type_, kb_id) in enumerate(places)
    ]
    return GoldDocument(document(doc_id), entities=EntitiesRow(doc_id=doc_id, entities=[], mentions=mentions))


def said_of(doc_id: str, *places: Place) -> Prediction:
    mentions = [PredictedMention(spans=((at, at + 10),), type=type_, kb_id=kb_id) for at, type_, kb_id in places]  # type: ignore[arg-type]
    return Prediction(doc_id=doc_id, mentions=tuple(mentions))


def scored(*pairs: tuple[GoldDocument, Prediction]) -> Evaluation:
    return evaluate([gold for gold, _ in pairs], {item.doc_id: item for _, item in pairs}, layers=["linking"])


def counts(evaluation: Evaluation, match: str, view: str = "all") -> tuple[float, ...]:
    """Right, gold, predicted."""
    found = next(score for score in evaluation.scores if is_f1(score.measure, match, view) and score.group == "all")
    return found.counts["credit_gold"], found.counts["gold"], found.counts["predicted"]


def is_f1(token: str, match: str, view: str) -> bool:
    measure = parse_measure(token)
    return (measure.statistic, measure.match, measure.view, measure.average) == ("f1", match, view, "micro")


def value(evaluation: Evaluation, match: str, view: str = "all") -> float | None:
    return next(s.value for s in evaluation.scores if is_f1(s.measure, match, view) and s.group == "all")


def size(evaluation: Evaluation, column: str, view: str = "all") -> int:
    tally = next(tally for tally in evaluation.tallies if tally.view == view)
    return int(tally.counts[column].sum())


# Five gold mentions: two of Q1, one of Q2, one NIL, one whose link nobody annotated.
GOLD = gold_of("d", (0, "GPE", "Q1"), (20, "GPE", "Q1"), (40, "ORG", "Q2"), (60, "PERSON", "NIL"), (80, "PERSON", None))
# Right; right with another type; a wrong id; NIL with a number; on the open mention; spurious NIL; no id said.
SAID = said_of(
    "d",
    (0, "GPE", "Q1"),
    (20, "ORG", "Q1"),
    (40, "ORG", "Q3"),
    (60, "PERSON", "NIL0007"),
    (80, "PERSON", "Q9"),
    (100, "ORG", "NIL"),
    (120, "ORG", None),
)


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        # Without the open mention and the prediction on it: 4 gold, 6 predicted (4 places met).
        ("strong_mention_match", (4, 4, 6)),
        ("strong_typed_mention_match", (3, 4, 6)),
        # Linked: gold Q1 Q1 Q2, predicted Q1 Q1 Q3.
        ("strong_linked_mention_match", (3, 3, 3)),
        ("strong_link_match", (2, 3, 3)),
        ("strong_typed_link_match", (1, 3, 3)),
        # NIL: gold one, predicted two; the mention of which nothing is said is neither linked nor NIL.
        ("strong_nil_match", (1, 1, 2)),
        ("strong_typed_nil_match", (1, 1, 2)),
        # Q1, Q1 and NIL.
        ("strong_all_match", (3, 4, 6)),
        ("strong_typed_all_match", (2, 4, 6)),
        # {Q1, Q2} and {Q1, Q3}.
        ("entity_match", (1, 2, 2)),
    ],
)
def test_every_set_measure_of_one_example(match: str, expected: tuple[int, ...]) -> None:
    evaluation = scored((GOLD, SAID))
    assert counts(evaluation, match) == expected
    right, gold, predicted = expected
    assert value(evaluation, match) == 2 * right / (gold + predicted)


def test_the_sizes_of_what_leaves_are_kept() -> None:
    evaluation = scored((GOLD, SAID))
    assert (size(evaluation, "gold_left"), size(evaluation, "predicted_left")) == (1, 1)
    assert (size(evaluation, "gold_linked"), size(evaluation, "gold_nil"), size(evaluation, "gold_silent")) == (3, 1, 0)
    assert (size(evaluation, "predicted_linked"), size(evaluation, "predicted_nil")) == (3, 2)
    assert size(evaluation, "predicted_silent") == 1


def test_a_near_miss_of_an_open_mention_does_not_leave() -> None:
    evaluation = scored((gold_of("d", (0, "GPE", "Q1"), (80, "PERSON", None)), said_of("d", (81, "PERSON", "Q9"))))
    assert counts(evaluation, "strong_link_match") == (0, 1, 1)
    assert size(evaluation, "predicted_left") == 0


def test_a_repeated_prediction_is_spurious_and_a_repeated_entity_is_not() -> None:
    evaluation = scored((gold_of("d", (0, "GPE", "Q1")), said_of("d", (0, "GPE", "Q1"), (0, "GPE", "Q1"))))
    assert counts(evaluation, "strong_link_match") == (1, 1, 2)
    assert counts(evaluation, "entity_match") == (1, 1, 1)


def test_nothing_on_either_side_is_undefined_and_one_side_is_0() -> None:
    evaluation = scored((gold_of("d", (0, "GPE", "Q1")), said_of("d", (0, "GPE", "NIL"))))
    assert value(evaluation, "strong_link_match") == 0.0
    assert value(evaluation, "strong_nil_match") == 0.0
    evaluation = scored((gold_of("d", (0, "GPE", "Q1")), said_of("d", (0, "GPE", "Q1"))))
    assert value(evaluation, "strong_nil_match") is None
    assert value(evaluation, "muc", "nil-clusters") is None


def test_a_prediction_without_a_place_is_predicted_and_wrong() -> None:
    lost = Prediction(doc_id="d", mentions=(PredictedMention(spans=(), type=None, kb_id="Q1"),))
    evaluation = scored((gold_of("d", (0, "GPE", "Q1")), lost))
    assert counts(evaluation, "strong_link_match") == (0, 1, 1)
    assert counts(evaluation, "entity_match") == (1, 1, 1)  # the id is right, wherever it stands
    assert counts(evaluation, "b_cubed", "cross-document") == (0, 1, 1)


def test_a_mention_wins_over_its_entity() -> None:
    entity = Entity(id="e1", type="GPE", name="Oslo", kb_id="Q1")
    mentions = [
        Mention(id="m1", entity="e1", spans=[(0, 10)], text="", level="NAM"),
        Mention(id="m2", entity="e1", spans=[(20, 30)], text="", level="NAM", kb_id="Q2", type="ORG"),
    ]
    row = EntitiesRow(doc_id="d", entities=[entity], mentions=mentions)
    gold = GoldDocument(document("d"), entities=row)
    evaluation = scored((gold, said_of("d", (0, "GPE", "Q1"), (20, "ORG", "Q2"))))
    assert counts(evaluation, "strong_typed_link_match") == (2, 2, 2)


def test_a_document_without_any_link_is_not_annotated_in_this_layer() -> None:
    linked = gold_of("d", (0, "GPE", "Q1")), said_of("d", (0, "GPE", "Q1"))
    open_ = gold_of("e", (0, "GPE", None)), said_of("e", (50, "GPE", "Q5"))
    assert counts(scored(linked, open_), "strong_link_match") == (1, 1, 1)
    assert not linking.LAYER.annotated(open_[0])
    # One that has no mention has nothing to link: what is predicted there is wrong.
    empty = gold_of("f"), said_of("f", (0, "GPE", "Q1"))
    assert counts(scored(linked, empty), "strong_link_match") == (1, 1, 2)


def test_names_leave_out_other_mentions_and_what_stands_on_them() -> None:
    name = gold_of("d", (0, "GPE", "Q1")).entities
    pronoun = gold_of("d", (20, "GPE", "Q1"), level="PRO").entities
    assert name is not None
    assert pronoun is not None
    mentions = [*name.mentions, *pronoun.mentions]
    gold = GoldDocument(document("d"), entities=EntitiesRow(doc_id="d", entities=[], mentions=mentions))
    evaluation = scored((gold, said_of("d", (0, "GPE", "Q1"), (20, "GPE", "Q1"))))
    assert counts(evaluation, "strong_link_match", "names") == (1, 1, 1)
    assert counts(evaluation, "strong_link_match", "all") == (2, 2, 2)


def test_the_layer_is_scored_if_any_mention_has_an_id() -> None:
    gold = gold_of("d", (0, "GPE", "Q1"))
    bare = {"d": said_of("d", (0, "GPE", None))}
    assert "linking" in evaluate([gold], bare).not_covered
    assert "linking" not in evaluate([gold], {"d": said_of("d", (0, "GPE", "NIL"))}).not_covered


# Gold: Q1 in both documents, Q2 in the second, a NIL in each; predicted: Q2 confused with Q1 in the second.
ACROSS: Mapping[str, tuple[tuple[Place, ...], tuple[Place, ...]]] = {
    "d": (((0, "GPE", "Q1"), (20, "ORG", "NIL")), ((0, "GPE", "Q1"), (20, "ORG", "NIL"))),
    "e": (
        ((0, "GPE", "Q1"), (20, "GPE", "Q2"), (40, "ORG", "NIL")),
        ((0, "GPE", "Q1"), (20, "GPE", "Q1"), (40, "ORG", "NIL")),
    ),
}


def across() -> Evaluation:
    return scored(*((gold_of(doc_id, *gold), said_of(doc_id, *said)) for doc_id, (gold, said) in ACROSS.items()))


def test_clusters_pool_the_documents() -> None:
    evaluation = across()
    # Key {d0 e0} {e20} {d20} {e40}, response {d0 e0 e20} {d20} {e40}: one link of one, of two predicted.
    assert counts(evaluation, "muc", "cross-document") == (1, 1, 2)
    assert value(evaluation, "muc", "cross-document") == pytest.approx(2 * 0.5 / 1.5)
    # Recall: each of the five key mentions has its whole cluster; precision: (2 * 2/3 + 1/3 + 1 + 1) / 5.
    assert counts(evaluation, "b_cubed", "cross-document") == (5, 5, 5)
    precision = (5 / 3 + 2) / 5
    assert value(evaluation, "b_cubed", "cross-document") == pytest.approx(2 * precision / (1 + precision))
    # Best pairing: {d0 e0} with {d0 e0 e20}, the NILs with themselves.
    assert counts(evaluation, "ceaf_mention", "cross-document") == (4, 5, 5)
    ceaf = 2 * 2 / 5 + 1 + 1
    right, gold, predicted = counts(evaluation, "ceaf_entity", "cross-document")
    assert right == pytest.approx(ceaf)
    assert (gold, predicted) == (4, 3)


def test_plain_nils_stay_in_their_document_and_numbered_ones_do_not() -> None:
    assert counts(across(), "ceaf_entity", "nil-clusters") == (2, 2, 2)
    gold = [gold_of(name, (0, "ORG", "NIL1")) for name in "de"]
    apart = scored(*((item, said_of(name, (0, "ORG", "NIL"))) for item, name in zip(gold, "de", strict=True)))
    assert counts(apart, "muc", "nil-clusters") == (0, 1, 0)
    together = scored(*((item, said_of(name, (0, "ORG", "NIL1"))) for item, name in zip(gold, "de", strict=True)))
    assert counts(together, "muc", "nil-clusters") == (1, 1, 1)


def test_pooled_counts_are_one_row_of_all_documents() -> None:
    evaluation = across()
    pooled = [tally for tally in evaluation.tallies if tally.units == (POOLED,)]
    assert [tally.view for tally in pooled] == ["cross-document", "nil-clusters"]
    notes = [match.note for match in linking.LAYER.matches if match.view in ("cross-document", "nil-clusters")]
    assert all("not resampled by document" in note for note in notes)
    assert {score.n_documents for score in evaluation.scores} == {2}
