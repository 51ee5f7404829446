"""SemEval-2022 task 10 by hand: what its scorer does to opinions, and how stances become opinions."""

from collections import Counter
from typing import Any

import pytest

from goldassay.layers.base import GoldDocument, Options
from goldassay.model.document import Document
from goldassay.model.predictions import PredictedStance, Prediction, Reference
from goldassay.model.stances import Stance, StancesRow, Target
from goldassay.profile_records import CONVERSIONS, Sizes
from goldassay.profiles import NoAnswer, get_profile

PROFILE = get_profile("semeval2022-10")
WORDS = "w0 w1 w2 w3 w4 w5 w6 w7 w8"

Words = tuple[int, int]


def span(words: Words | None) -> list[list[int]]:
    """A span over two words and all between them; word n stands at 3n to 3n + 2."""
    return [] if words is None else [[3 * words[0], 3 * words[1] + 2]]


def opinion(holder: Words | None, target: Words | None, expression: Words | None, sign: str = "+") -> dict[str, Any]:
    return {"holder": span(holder), "target": span(target), "expression": span(expression), "polarity": sign}


def scores(gold: list[Any] | None, predicted: list[Any] | None, text: str = WORDS) -> dict[str, Any]:
    values = PROFILE.score([{"doc_id": "s1", "text": text, "gold": gold, "predicted": predicted}], {})
    assert isinstance(values, dict)
    return values


def test_the_weight_may_come_from_an_opinion_of_the_other_polarity() -> None:
    said = opinion((0, 0), (1, 2), (3, 4))
    near = opinion((0, 0), (2, 2), (4, 4))  # of the prediction's parts: 1/1, 1/2, 1/2
    same_words = opinion((0, 0), (1, 2), (3, 4), "-")  # 1, 1, 1, but the other polarity
    assert scores([near], [said])["sf1"]["p"] == pytest.approx((1 + 1 / 2 + 1 / 2) / 3)
    assert scores([near, same_words], [said])["sf1"]["p"] == 1.0
    # Alone, the one of the other polarity is no match at all.
    assert scores([same_words], [said])["sf1"]["p"] == 0.0
    assert scores([same_words], [said])["nsf1"]["p"] == 1.0


def test_a_prediction_printed_three_times_costs_nothing() -> None:
    gold = [opinion((0, 0), (1, 1), (2, 2)), opinion((5, 5), (6, 6), (7, 7))]
    found = scores(gold, [gold[0]] * 3)["sf1"]
    # P = 3/3, R = 1/2, F1 = 2 · 1 · 1/2 / (3/2)
    assert (found["p"], found["r"], found["f1"]) == (1.0, 0.5, pytest.approx(2 / 3))


def test_both_sides_are_weighed_by_their_own_length() -> None:
    gold, said = opinion((0, 0), (1, 4), (5, 6)), opinion((0, 0), (1, 1), (5, 8))
    found = scores([gold], [said])["sf1"]
    # P: 1/1, 1/1, 2/4. R: 1/1, 1/4, 2/2.
    assert found["p"] == pytest.approx((1 + 1 + 1 / 2) / 3)
    assert found["r"] == pytest.approx((1 + 1 / 4 + 1) / 3)
    assert scores([gold], [said])["sf1_unweighted"] == {"p": 1.0, "r": 1.0, "f1": 1.0}


def test_empty_holders_meet_and_empty_expressions_do_not() -> None:
    writer, nobody = opinion(None, (1, 1), (2, 2)), opinion(None, None, (2, 2))
    assert scores([writer], [writer])["sf1"]["f1"] == 1.0
    assert scores([nobody], [nobody])["sf1"]["f1"] == 1.0
    assert scores([writer], [opinion((0, 0), (1, 1), (2, 2))])["sf1"]["f1"] == 0.0
    silent = opinion((0, 0), (1, 1), None)
    assert scores([silent], [silent])["sf1"]["f1"] == 0.0
    assert scores([], [])["sf1"] == {"p": 0.0, "r": 0.0, "f1": 0.0}


def test_quotes_empty_a_span_at_its_start_and_stretch_it_at_its_end() -> None:
    text = "Ann called it “mad” twice ."
    at = {word: [text.index(word), text.index(word) + len(word)] for word in ("Ann", "it", "mad", "“mad", "called")}

    def record(holder: str, expression: str) -> dict[str, Any]:
        return {"holder": [at[holder]], "target": [at["it"]], "expression": [at[expression]], "polarity": "-"}

    # `mad` begins inside the token “mad”, so the expression is empty: gold against itself has nothing.
    assert scores([record("Ann", "mad")], [record("Ann", "mad")], text)["sf1"]["f1"] == 0.0
    # `“mad` ends inside it and runs on over `twice` and `.`: three tokens, of which a prediction of `“mad”` has one.
    whole = record("Ann", "“mad") | {"expression": [[14, 19]]}
    found = scores([record("Ann", "“mad")], [whole], text)["sf1"]
    assert (found["p"], found["r"]) == (1.0, pytest.approx((1 + 1 + 1 / 3) / 3))
    # A holder that begins inside a token is empty, and so equals one that was never given.
    assert scores([record("mad", "called")], [record("Ann", "called") | {"holder": []}], text)["sf1"]["f1"] == 1.0


def test_span_f1_gives_a_token_to_the_last_opinion() -> None:
    first, second = opinion((0, 0), (1, 2), (3, 3)), opinion((2, 2), (4, 4), (5, 5))
    # Gold labels: 0 holder, 1 target, 2 holder (it was a target of the first), 3 expression, 4 target, 5 expression.
    found = scores([first, second], [first])
    # Prediction: 0 holder, 1 and 2 target, 3 expression. Holder: 1 of 1, 1 of 2. Target: 1 of 2, 1 of 2.
    assert found["span_holder"]["p"] == 1 / (1 + 1e-6)
    assert found["span_holder"]["r"] == 1 / (2 + 1e-6)
    assert (found["span_target"]["p"], found["span_target"]["r"]) == (1 / (2 + 1e-6), 1 / (2 + 1e-6))
    p, r = 1 / (1 + 1e-6), 1 / (2 + 1e-6)
    assert found["span_expression"]["f1"] == pytest.approx(2 * p * r / (p + r + 1e-6), abs=1e-15)
    # An opinion without an expression labels nothing.
    assert scores([first], [opinion((0, 0), (1, 2), None)])["span_holder"]["p"] == 0.0


@pytest.mark.parametrize(("gold", "predicted", "word"), [(None, [], "gold"), ([], None, "prediction")])
def test_a_sentence_that_one_side_lacks_is_refused(gold: Any, predicted: Any, word: str) -> None:
    values = PROFILE.score([{"doc_id": "s1", "text": WORDS, "gold": gold, "predicted": predicted}], {})
    assert isinstance(values, NoAnswer)
    assert values.reason == f"the {word} lacks sentence 's1'; the original raises AssertionError"
    assert isinstance(PROFILE.score([], {}), dict)


TEXT = "Ann loathes the toll. Bob likes it.\n\nThe toll will rise."
"""Sentences at 0 to 21, 22 to 35 and 37 to 56."""


def gold_document(*stances: Stance, sentences: bool = True) -> GoldDocument:
    document = Document(
        doc_id="d1",
        title=None,
        text=TEXT,
        language="en",
        dct=None,
        dct_evidence=None,
        source="invented",
        rights="CC0-1.0",
        origin="composed",
        sha256="",
        sentences=[(0, 21), (22, 35), (37, 56)] if sentences else [],
    )
    return GoldDocument(
        document, stances=StancesRow(doc_id="d1", propositions=[], attributions=[], stances=list(stances))
    )


def stance(holder: str, **fields: Any) -> Stance:
    usual: dict[str, Any] = {
        "id": "s1",
        "target": Target(kind="entity", id="e2"),
        "dimension": "evaluation",
        "grade": -1,
    }
    return Stance(holder=holder, **(usual | {"act": "state"} | fields))


def said(**fields: Any) -> PredictedStance:
    return PredictedStance(
        **{"holder": Reference(text="Ann"), "target": Reference(text="toll"), "sign": 1, "belief": False, **fields}
    )


def written(gold: GoldDocument, prediction: Prediction | None = None) -> tuple[list[Any], Sizes]:
    sizes: Sizes = Counter()
    return list(CONVERSIONS["opinions"].write(gold, prediction, Options(), sizes)), sizes


def test_a_stance_becomes_an_opinion_of_its_sentence() -> None:
    likes = stance("e3", grade=2, holder_spans=[(22, 25)], target_spans=[(32, 34)], expression_spans=[(26, 31)])
    documents, sizes = written(gold_document(likes))
    assert [(item["text"], item["predicted"]) for item in documents] == [
        ("Ann loathes the toll.", None),
        ("Bob likes it.", None),
        ("The toll will rise.", None),
    ]
    assert [item["gold"] for item in documents] == [
        [],
        [{"holder": [(0, 3)], "target": [(10, 12)], "expression": [(4, 9)], "polarity": "Positive"}],
        [],
    ]
    assert sizes["gold", "all"] == sizes["gold", "written"] == 1
    [whole] = written(gold_document(likes, sentences=False))[0]
    assert (whole["text"], whole["gold"][0]["expression"]) == (TEXT, [(26, 31)])


def test_what_an_opinion_cannot_hold_is_counted() -> None:
    gold = gold_document(
        stance("AUTHOR", dimension="belief", target_spans=[(37, 45)], expression_spans=[(46, 50)]),
        stance("AUTHOR", target_spans=[(12, 20)], expression_spans=[(4, 11), (26, 31)]),  # the second piece is cut off
        stance("e1", target_spans=[(12, 20)], expression_spans=[(4, 11)]),
    )
    prediction = Prediction(
        doc_id="d1",
        stances=(
            said(),
            said(target=Reference(text="toll", spans=((16, 20),))),
            said(holder=Reference(entity="AUTHOR"), target=Reference(spans=((0, 3),)), expression=((4, 11),), sign=0),
        ),
    )
    documents, sizes = written(gold, prediction)
    assert +sizes == {
        ("gold", "all"): 3,
        ("gold", "written"): 2,
        ("gold", "belief"): 1,
        ("gold", "elsewhere"): 1,
        ("gold", "absent"): 1,
        ("predicted", "all"): 3,
        ("predicted", "written"): 2,
        ("predicted", "no place"): 1,
        ("predicted", "no expression"): 1,
        ("predicted", "absent"): 1,
    }
    assert [item["expression"] for item in documents[0]["gold"]] == [[(4, 11)], [(4, 11)]]
    assert documents[0]["predicted"] == [
        {"holder": [], "target": [(16, 20)], "expression": [], "polarity": "Positive"},
        {"holder": [], "target": [(0, 3)], "expression": [(4, 11)], "polarity": "Neutral"},
    ]
    reasons = {reason for _, reason in +sizes} - {"all", "written"}
    assert reasons == CONVERSIONS["opinions"].notes.keys()
