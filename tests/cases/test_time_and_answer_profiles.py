"""tempeval-3, drop and tatqa: the smallest cases of their quirks, worked by hand, and what the originals crash on."""

from typing import Any

import pytest

from goldassay.profiles import NoAnswer, get_profile
from goldassay.profiles.drop import normalise as normalise_drop
from goldassay.profiles.tatqa_numbers import is_number, read_number

TEXT = "from July 10 to July 11"
"""July 10 stands at 5 to 12, July 11 at 16 to 23."""


def time(start: int, end: int, value: str | None = "v", type_: str = "DATE", text: str = TEXT) -> dict[str, Any]:
    return {"start": start, "end": end, "text": text[start:end], "type": type_, "value": value}


def document(gold: list[Any] | None, predicted: list[Any] | None, doc_id: str = "d0") -> dict[str, Any]:
    return {"doc_id": doc_id, "text": TEXT, "gold": gold, "predicted": predicted}


def numbers(name: str, *documents: dict[str, Any]) -> dict[str, Any]:
    scores = get_profile(name).score(documents, {})
    assert isinstance(scores, dict)
    return scores


def refusal(name: str, *documents: dict[str, Any]) -> str:
    scores = get_profile(name).score(documents, {})
    assert isinstance(scores, NoAnswer)
    return scores.reason


def answer(value: Any, scale: str = "", type_: str = "arithmetic") -> list[dict[str, Any]]:
    return [{"answer": value, "scale": scale, "answer_type": type_}]


def test_tempeval_3_gives_a_prediction_to_the_first_expression_that_it_touches() -> None:
    both = [time(5, 12, "10"), time(16, 23, "11")]
    found = numbers("tempeval-3", document(both, [time(11, 23, "11")]))
    # The prediction holds all of July 11 but only the last character of July 10, and is paired with July 10.
    assert (found["matching_timex"], found["matching_value"], found["matching_type"]) == (1, 0, 1)
    # Relaxed: P = 1/1, R = 1/2, F1 = 2/3. Value F1 = 0/1 of that, type F1 = 1/1 of that.
    assert found["relaxed"] == {"F1": 66.67, "P": 100.0, "R": 50.0}
    assert (found["value_F1"], found["type_F1"]) == (0.0, 66.67)


def test_tempeval_3_pairs_from_left_to_right_whatever_the_order_of_the_list() -> None:
    both = [time(5, 12, "10"), time(16, 23, "11")]
    turned = numbers("tempeval-3", document(both[::-1], both[::-1]))
    assert turned == numbers("tempeval-3", document(both, both))
    assert turned["matching_value"] == 2


def test_tempeval_3_compares_texts_and_not_places_in_strict() -> None:
    shifted = document([time(0, 3, text="9 9 9")], [time(2, 5, text="9 9 9")])
    assert numbers("tempeval-3", shifted)["strict"]["F1"] == 100.0
    other = document([time(5, 12)], [time(6, 12)])
    assert numbers("tempeval-3", other)["strict"]["F1"] == 0.0


def test_tempeval_3_calls_silence_on_both_sides_perfect_at_precision_0() -> None:
    silent = numbers("tempeval-3", document([], []))
    assert silent["strict"] == {"F1": 100.0, "P": 0.0, "R": 0.0}
    assert (silent["value_F1"], silent["type_F1"]) == (100.0, 100.0)
    # One expression anywhere in the data ends that: 0/0 is 0 then.
    missed = numbers("tempeval-3", document([], []), document([time(5, 12)], [], "d1"))
    assert missed["strict"] == {"F1": 0.0, "P": 0.0, "R": 0.0}


def test_tempeval_3_adds_counts_before_it_divides() -> None:
    found = numbers(
        "tempeval-3",
        document([time(5, 12)], [time(5, 12)]),
        document([time(5, 12), time(16, 23)], None, "d1"),
    )
    # 1 of 1 predicted, 1 of 3 gold: F1 = 2 x 1/3 / (4/3) = 1/2; a mean of the documents' F1 would be (1 + 0)/2 as well,
    # but of their recall (1 + 0)/2 against 1/3.
    assert found["strict"] == {"F1": 50.0, "P": 100.0, "R": 33.33}
    assert (found["n_gold"], found["n_pred"]) == (3, 1)


def test_tempeval_3_has_no_answer_where_a_value_is_missing() -> None:
    whole = [time(5, 12)]
    assert "the gold side of document 'd0' has no value" in refusal("tempeval-3", document([time(5, 12, None)], whole))
    assert "the predicted side" in refusal("tempeval-3", document(whole, [time(5, 12, None)]))


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [("5", "-5"), ("12.5%", "125"), ("$5.2 million", "52 million"), ("the", "a"), ("12,000", "12000.0")],
)
def test_drop_loses_signs_points_and_articles(gold: str, predicted: str) -> None:
    assert numbers("drop", document([gold], [predicted])) == {"em": 1.0, "f1": 1.0}


def test_drop_gives_nothing_for_words_beside_a_wrong_number() -> None:
    # Bags {5.0, grey, ships} and {7.0, grey, ships} share 2 of 3 words, but no number.
    assert numbers("drop", document(["5 grey ships"], ["7 grey ships"]))["f1"] == 0.0
    # Without a number in the gold: {grey, ships} against {7.0, grey, ships}: P = 2/3, R = 2/2, F1 = 4/5.
    assert numbers("drop", document(["grey ships"], ["7 grey ships"]))["f1"] == 0.8


def test_drop_pairs_strings_for_the_largest_sum_and_rounds_each_question() -> None:
    # ships meets ships (1); of the other gold strings one meets nothing that is left: 1/3, written 0.33.
    one = document(["ships", "planes", "tanks"], ["ships"], "q1")
    assert numbers("drop", one)["f1"] == 0.33
    # Two questions: (0.33 + 1)/2 = 0.665, not (1/3 + 1)/2.
    two = numbers("drop", one, document(["ships"], ["ships"], "q2"))
    assert two["f1"] == pytest.approx(0.665, abs=1e-12)
    crossed = document(["ships", "grey ships"], ["grey ships", "white ships"])
    # ships - white ships: P 1/2, R 1: 2/3; grey ships - grey ships: 1; mean 5/6.
    # First come, first served would be ships - grey ships: 2/3; grey ships - white ships: 1/2; mean 7/12.
    assert numbers("drop", crossed)["f1"] == 0.83


def test_drop_counts_a_question_without_a_prediction_and_not_one_without_gold() -> None:
    right = document(["ships"], ["ships"], "q1")
    assert numbers("drop", right, document(["tanks"], None, "q2")) == {"em": 0.5, "f1": 0.5}
    assert numbers("drop", right, document(None, ["tanks"], "q2")) == {"em": 1.0, "f1": 1.0}


def test_drop_does_not_raise_where_the_original_does() -> None:
    assert "is no text" in refusal("drop", document(["5"], [5]))
    assert "mean of nothing" in refusal("drop", document(None, ["5"]))
    empty = numbers("drop", document([], []))
    assert empty["em"] == 1.0
    assert isinstance(empty["f1"], NoAnswer)


def test_drop_reads_whatever_python_reads_as_a_number() -> None:
    assert [normalise_drop(text) for text in ("1_000", "1e3", "Inf", "3rd", "5-7")] == [
        "1000.0",
        "1000.0",
        "inf",
        "3rd",
        "5.0 7.0",
    ]


def test_tatqa_scores_a_right_0_as_wrong_unless_it_is_text() -> None:
    assert numbers("tatqa", document(answer(0), answer(0))) == {"em": 0.0, "f1": 0.0, "scale": 0.0}
    assert numbers("tatqa", document(answer(0), answer("0"))) == {"em": 1.0, "f1": 1.0, "scale": 1.0}


def test_tatqa_rounds_to_two_decimals_before_it_scales() -> None:
    # 5.204 million is 5 204 000, but 5.20 x 1 000 000 = 5 200 000 on both sides.
    assert numbers("tatqa", document(answer(5.204, "million"), answer(5.2, "million")))["em"] == 1.0
    # Written out it stays what it is.
    assert numbers("tatqa", document(answer(5_204_000), answer(5.2, "million")))["em"] == 0.0


def test_tatqa_multiplies_the_scale_word_and_the_scale() -> None:
    # 2 million beside the scale thousand is 2 x 1 000 000 x 1 000, that is 2 billion.
    found = numbers("tatqa", document(answer(2, "billion"), answer("2 million", "thousand")))
    assert found == {"em": 1.0, "f1": 1.0, "scale": 0.0}


def test_tatqa_tries_a_number_without_a_scale_unrounded_as_well() -> None:
    # Gold 12.5 x 0.01 = 0.125. The prediction 0.125 is 0.12 when rounded, and 0.125 when not.
    assert numbers("tatqa", document(answer(12.5, "percent"), answer(0.125)))["em"] == 1.0
    # Of two parts neither is tried again: "0.1200 0.1200" against "0.1250 0.1250".
    parts = answer([0.125, 0.125], type_="multi-span")
    assert numbers("tatqa", document(answer(["12.5%", "12.5%"], type_="multi-span"), parts))["em"] == 0.0


def test_tatqa_takes_f1_over_the_words_of_the_joined_string() -> None:
    # One of two years: P = 1/1, R = 1/2, F1 = 2/3, written 0.67.
    years = answer(["2031", "2032"], type_="multi-span")
    assert numbers("tatqa", document(years, answer(["2032"])))["f1"] == 0.67
    # The same strings as the answer of a count or a sum have no part right.
    assert numbers("tatqa", document(answer("2031 2032"), answer("2032")))["f1"] == 0.0


@pytest.mark.parametrize(
    ("text", "value"),
    [("(134)", -134), ("12.5%", 0.125), ("-5", -5), ("5-7", None), (".5", None), ("4 ships", None), ("2 hundred", 200)],
)
def test_tatqa_numbers(text: str, value: float | None) -> None:
    assert (read_number(text) if is_number(text) else None) == value


@pytest.mark.parametrize(
    ("gold", "predicted", "reason"),
    [
        (answer(5, "dozen"), answer(5), "none of the five"),
        (answer("ships", type_="span"), answer("ships"), "the spans are no list"),
        (answer("four", type_="count"), answer(4), "a count is no number"),
        (answer(5), answer([5, "ships"]), "cannot be sorted"),
        (answer(5), answer("9" * 400), "too large"),
        (answer(5), answer("9" * 5000), "too large"),
        (answer(5) + answer(6), answer(5), "one answer a side"),
        (answer(5), [{"answer": 5, "scale": None}], "the scale of a prediction is no text"),
    ],
)
def test_tatqa_does_not_raise_where_the_original_does(gold: list[Any], predicted: list[Any], reason: str) -> None:
    assert reason in refusal("tatqa", document(gold, predicted))


def test_tatqa_counts_a_question_without_a_prediction_and_not_one_without_gold() -> None:
    right = document(answer(5), answer(5), "q1")
    half = {"em": 0.5, "f1": 0.5, "scale": 0.5}
    assert numbers("tatqa", right, document(answer(6), None, "q2")) == half
    assert numbers("tatqa", right, document(answer(6), [], "q2")) == half
    assert numbers("tatqa", right, document(None, answer(6), "q2")) == {"em": 1.0, "f1": 1.0, "scale": 1.0}
    assert numbers("tatqa") == {"em": 0.0, "f1": 0.0, "scale": 0.0}
