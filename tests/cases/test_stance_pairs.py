"""Pairs of holder and target worked by hand: which are asked, what is right, and how they become labels of others."""

import pytest

from goldassay.errors import UsageError
from goldassay.evaluate import evaluate
from goldassay.layers.base import GoldDocument, Options, Pair
from goldassay.layers.given_pairs import list_pairs, name_pair
from goldassay.layers.stance_pairs import SCALES, count_document
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity
from goldassay.model.finding import Finding
from goldassay.model.predictions import PredictedPair, PredictedStance, Prediction, Reference
from goldassay.model.stances import Proposition, Stance, StancesRow, Target, sign
from goldassay.profile_scores import evaluate_profile

SIGNS, GRADES = SCALES
NAMES = {"e1": "Ruritania", "e2": "Borduria", "e3": "Syldavia"}
PROPOSITION = Target(kind="proposition", id="p1")


def entity(id_: str) -> Target:
    return Target(kind="entity", id=id_)


def stance(holder: str, target: Target, grade: int, *others: int, **more: str) -> Stance:
    fields = {"dimension": "position", "act": "state", **more}
    return Stance(id="s", holder=holder, target=target, grade=grade, grade_alt=list(others), **fields)  # type: ignore[arg-type]


def document(*stances: Stance) -> GoldDocument:
    return GoldDocument(
        Document(
            doc_id="d1",
            title=None,
            text="Ruritania and Borduria met Syldavia.",
            language="en",
            dct=None,
            dct_evidence=None,
            source="composed",
            rights="free",
            origin="composed",
            sha256="",
            sentences=[],
        ),
        EntitiesRow(doc_id="d1", entities=[Entity(id=i, type="GPE", name=n) for i, n in NAMES.items()], mentions=[]),
        StancesRow(
            doc_id="d1",
            propositions=[Proposition(id="p1", gloss="Syldavia closes its border")],
            attributions=[],
            stances=list(stances),
        ),
    )


def answers(**said: int) -> Prediction:
    """Answers by holder: each holder of these cases takes one stance."""
    pairs = [PredictedPair(id=name_pair(holder, entity("e3")), sign=sign(n), grade=n) for holder, n in said.items()]
    return Prediction(doc_id="d1", stance_pairs=tuple(pairs))


def cells(gold: GoldDocument, said: Prediction, scale: object = SIGNS) -> dict[str, int]:
    counted = count_document(scale, Pair(gold, said))  # type: ignore[arg-type]
    return {name: number for (name, _), number in counted.items() if ".as." in name}


def test_core_opinions_that_repeat_nothing_are_asked_once_a_pair() -> None:
    gold = document(
        stance("e1", entity("e3"), 1),
        stance("e1", entity("e3"), -2),
        stance("e1", PROPOSITION, 1),
        stance("e2", entity("e3"), 1, tier="optional"),
        stance("e2", entity("e1"), 1, same_as="s9"),
        stance("e2", PROPOSITION, 1, dimension="belief"),
    )
    assert [pair.id for pair in list_pairs(gold)] == ["e1>entity:e3", "e1>proposition:p1"]


def test_the_strongest_grade_is_the_label_and_every_accepted_sign_is_right() -> None:
    gold = document(stance("e1", entity("e3"), 1), stance("e1", entity("e3"), -2), stance("e1", entity("e3"), 2))
    (pair,) = list_pairs(gold)
    assert pair.grade == -2  # of -2 and 2 the first listed
    assert pair.accepted == {1, -2, 2}
    assert cells(gold, answers(e1=1)) == {"against.as.against": 1}
    assert cells(gold, answers(e1=0)) == {"against.as.neutral": 1}
    assert cells(gold, answers(e1=-1), GRADES) == {"-2.as.-1": 1}
    assert cells(gold, answers(e1=1), GRADES) == {"-2.as.-2": 1}


@pytest.mark.parametrize("others", [(0, -1), (-2, 0)])
def test_a_pair_that_accepts_all_signs_is_not_asked(others: tuple[int, int]) -> None:
    assert list_pairs(document(stance("e1", entity("e3"), 1, *others))) == ()
    halves = document(stance("e1", entity("e3"), 1, 0), stance("e1", entity("e3"), -1))
    assert list_pairs(halves) == ()


def test_ids_stay_apart_whatever_the_records_are_called() -> None:
    ids = {name_pair("a>entity:b", entity("c")), name_pair("a", entity("b>entity:c")), name_pair("a", entity("b"))}
    assert len(ids) == 3


def test_a_flip_needs_two_sides_and_no_alternative() -> None:
    sure, open_ = document(stance("e1", entity("e3"), -1)), document(stance("e1", entity("e3"), -1, 0))
    for gold, said, signed, flipped in ((sure, 1, 1, 1), (sure, -1, 1, 0), (sure, 0, 0, 0), (open_, 1, 0, 0)):
        counts = count_document(SIGNS, Pair(gold, answers(e1=said)))
        assert (counts["signed", "against"], counts["flipped", "against"]) == (signed, flipped)


def test_an_answer_without_a_grade_is_no_grade() -> None:
    gold = document(stance("e1", entity("e3"), -1))
    said = Prediction(doc_id="d1", stance_pairs=(PredictedPair(id="e1>entity:e3", sign=-1),))
    assert cells(gold, said) == {"against.as.against": 1}
    assert cells(gold, said, GRADES) == {"-1.as.none": 1}


def test_constant_labels_have_no_kappa_no_alpha_and_no_correlation() -> None:
    gold = document(stance("e1", entity("e3"), 1), stance("e2", entity("e3"), 1))
    found = {
        score.measure.split("match=")[1].split(",")[0]: score.value
        for score in evaluate([gold], {"d1": answers(e1=1, e2=1)}, layers=["stance_pairs"]).scores
        if "view=signs" in score.measure and "avg=micro" in score.measure and score.group == "all"
    }
    assert found["accuracy"] == found["macro_f1"] == found["average_recall"] == 1
    assert [found[name] for name in ("kappa_linear", "kappa_quadratic", "alpha_ordinal", "mcc", "favg")] == [None] * 5
    assert found["mae"] == found["macro_mae"] == found["flip"] == 0


THREE = document(stance("e1", entity("e3"), 2), stance("e2", entity("e3"), -1, 0), stance("e3", PROPOSITION, 0))


def profile(name: str, said: Prediction) -> tuple[dict[str, float | None], list[Finding]]:
    evaluation, findings = evaluate_profile(name, [THREE], {"d1": said}, Options())
    return {score.measure: score.value for score in evaluation.scores}, findings


def test_answers_become_labels_of_the_other_scorer() -> None:
    """FAVOR found; AGAINST called NONE, which only our own layer accepts; the NONE unanswered, so NONE."""
    found, findings = profile("semeval2016-6-v2", answers(e1=1, e2=0))
    assert (found["FAVOR.f1"], found["AGAINST.f1"], found["favg"]) == (1, 0, 0.5)
    assert [item.code for item in findings] == ["E701", "E701"]
    assert findings[0].found.startswith("1 of 3 gold labels that accept another sign as well")
    assert findings[1].found.startswith("1 of 3 gold labels of pairs of which the predictions say nothing")
    found, _ = profile("newsmtsc", answers(e1=1, e2=0))
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert found["f1_macro"] == pytest.approx((1 + 0 + 2 * 1 / (1 + 2)) / 3)  # neutral: gold 1, answered 2


def test_stances_that_were_found_freely_become_labels_of_the_pairs_they_name() -> None:
    """Of two stances on one pair the stronger counts; one on a pair that is not asked is left out and told."""

    def say(holder: str, target: str, grade: int) -> PredictedStance:
        return PredictedStance(
            holder=Reference(text=holder),
            target=Reference(text=target),
            sign=sign(grade),
            grade=grade,
            belief=False,
        )

    said = Prediction(
        doc_id="d1",
        stances=(
            say("Ruritania", "Syldavia", -1),
            say("Ruritania", "Syldavia", 2),
            say("Syldavia", "Syldavia closes its border", -1),
            say("Borduria", "Ruritania", 1),
        ),
    )
    found, findings = profile("semeval2016-6-v1", said)
    # FAVOR found; e2 AGAINST is silent, so NONE; e3 NONE is called AGAINST.
    assert (found["FAVOR.f1"], found["AGAINST.p"], found["AGAINST.r"]) == (1, 0, 0)
    assert [item.found for item in findings][2:] == [
        "1 of 4 predicted labels that were not asked: left out",
        "1 of 4 predicted labels of a pair that a stronger or an earlier one labels: left out",
    ]


def test_fnc_1_has_no_conversion() -> None:
    with pytest.raises(UsageError, match="'fnc-1' reads labels, and there is no conversion"):
        evaluate_profile("fnc-1", [THREE], {"d1": answers(e1=1)})


def test_predictions_without_stances_are_wrong_usage() -> None:
    with pytest.raises(UsageError, match="carry no stances"):
        evaluate_profile("newsmtsc", [THREE], {"d1": Prediction(doc_id="d1", mentions=())})
