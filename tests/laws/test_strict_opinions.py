"""Strict Sentiment F1: gold against itself is 1, repetitions cost, and nothing depends on the order."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from goldassay.measures.coreference import divide
from goldassay.measures.opinions import SpannedOpinion, count_strict_sf1

SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda at: (at[0], at[0] + at[1])), max_size=2)
OPINIONS = st.lists(
    st.builds(SpannedOpinion, SPANS, SPANS, SPANS, st.sampled_from(["Negative", "Positive"])), max_size=4
)
CLOSE = 1e-9


@given(OPINIONS)
def test_gold_against_itself_is_one_and_nothing_is_null(opinions: list[SpannedOpinion]) -> None:
    rates = divide(count_strict_sf1(opinions, opinions))
    if not opinions:
        assert rates == (None, None, None)
    else:
        assert all(value is not None and abs(value - 1) < CLOSE for value in rates)


@given(OPINIONS, OPINIONS)
def test_the_sides_change_places(gold: list[SpannedOpinion], predicted: list[SpannedOpinion]) -> None:
    there, back = count_strict_sf1(gold, predicted), count_strict_sf1(predicted, gold)
    assert (there.p_den, there.r_den) == (back.r_den, back.p_den)
    assert abs(there.p_num + there.r_num - back.p_num - back.r_num) < CLOSE
    assert 0 <= there.p_num <= min(len(gold), len(predicted))
    assert 0 <= there.r_num <= min(len(gold), len(predicted))


@given(OPINIONS, OPINIONS)
def test_a_prediction_printed_twice_costs_precision(
    gold: list[SpannedOpinion], predicted: list[SpannedOpinion]
) -> None:
    once, twice = count_strict_sf1(gold, predicted), count_strict_sf1(gold, predicted * 2)
    assert twice.p_den == 2 * once.p_den
    assert twice.p_num <= len(gold)
    assert twice.p_num + twice.r_num >= once.p_num + once.r_num - CLOSE  # more to choose from


@given(OPINIONS, OPINIONS)
def test_no_matching_is_worth_more(gold: list[SpannedOpinion], predicted: list[SpannedOpinion]) -> None:
    found = count_strict_sf1(gold, predicted)
    few, many = sorted((gold, predicted), key=len)
    best = max(
        sum(one.p_num + one.r_num for one in (count_strict_sf1([few[at]], [many[to]]) for at, to in enumerate(order)))
        for order in permutations(range(len(many)), len(few))
    )
    assert abs(found.p_num + found.r_num - best) < 1e-8
