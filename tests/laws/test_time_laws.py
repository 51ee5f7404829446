"""What holds of the comparison of any two times, and of any two sides of the times layer."""

import sys
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from strategies_scoring import document, gold_times, predicted_times

from goldassay.evaluate import evaluate
from goldassay.layers.base import GoldDocument
from goldassay.match.time_interval import DAY, find_stretch, shared_time
from goldassay.match.time_value import compare_time_values
from goldassay.measures.measure import parse_measure
from goldassay.model.numeric_facts import NumericFactsRow, Time
from goldassay.model.predictions import PredictedTime, Prediction

digits = st.sampled_from("0123X")


def written(pattern: str) -> st.SearchStrategy[str]:
    """Values in which each place marked with a # is a digit or an X."""
    return st.lists(digits, min_size=pattern.count("#"), max_size=pattern.count("#")).map(
        lambda found: "".join(found.pop() if mark == "#" else mark for mark in pattern) if found else pattern
    )


values = st.one_of(
    *map(written, ("####", "####-0#", "####-0#-##", "####-W0#", "####-W0#-3", "####-Q2", "####-0#-##T1#:0#", "P#D")),
    *map(written, ("PT##H", "P#Y", "P1Y#M", "##X#/20##", "PAST_REF", "FUTURE_REF", "####-SP", "T0#", "last #")),
)


@given(values, values)
def test_swapping_the_sides_swaps_what_is_said_too_much_and_too_little(one: str, other: str) -> None:
    there, back = compare_time_values(one, other), compare_time_values(other, one)
    assert (there.same, there.contradicts) == (back.same, back.contradicts)
    assert (there.over, there.under) == (back.under, back.over)


@given(values)
def test_a_value_is_the_same_as_itself_and_says_no_more_when_a_digit_is_opened(value: str) -> None:
    assert compare_time_values(value, value).same
    if value[0].isdigit():  # the first digit of a year
        found = compare_time_values(value, f"X{value[1:]}")
        assert (found.same, found.under, found.over, found.contradicts) == (False, True, False, False)


@given(values, values)
def test_the_same_value_has_no_other_verdict(one: str, other: str) -> None:
    found = compare_time_values(one, other)
    assert not (found.same and (found.over or found.under or found.contradicts))


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28))
def test_a_day_lies_in_its_month_and_its_month_in_its_year(year: int, month: int, day: int) -> None:
    texts = (f"{year:04}", f"{year:04}-{month:02}", f"{year:04}-{month:02}-{day:02}")
    stretches = [found for found in map(find_stretch, texts) if found is not None]
    assert len(stretches) == 3
    for longer, shorter in pairwise(stretches):
        assert shared_time(longer, shorter) == shorter[1] - shorter[0]
    assert stretches[2][1] - stretches[2][0] == DAY


sides = st.tuples(st.lists(gold_times, max_size=4), st.lists(predicted_times, max_size=4))


@settings(max_examples=40)
@given(sides)
def test_stricter_matches_never_find_more_and_pairs_are_one_to_one(
    sides: tuple[list[Time], list[PredictedTime]],
) -> None:
    own, said = sides
    gold = GoldDocument(document("d"), numeric_facts=NumericFactsRow(doc_id="d", numeric_facts=[], times=own))
    scores = evaluate([gold], {"d": Prediction(doc_id="d", times=tuple(said))}, layers=["times"]).scores
    counts = {
        (measure.view, measure.match): score.counts
        for score in scores
        if score.group == "all"
        for measure in (parse_measure(score.measure),)
    }
    right = {key: found["credit_gold"] for key, found in counts.items()}
    order = ("whole", "strict", "exact", "overlap")
    found = [right["expressions", name] for name in order]
    assert found == sorted(found)
    assert right["expressions", "strict"] <= right["expressions", "type"] <= right["expressions", "overlap"]
    assert right["expressions", "overlap"] <= min(len(own), len(said))
    for track in ("text-only", "with-dct", "outside"):
        assert right[track, "value"] <= right[track, "compatible"] <= counts[track, "value"]["gold"]
        assert right[track, "value"] == counts[track, "value-accuracy"]["credit_predicted"]
    tracked = [counts[track, "value"]["gold"] for track in ("with-dct", "outside")]
    assert sum(tracked) == sum(time.value_resolved is not None for time in own)
    assert counts["text-only", "value"]["gold"] == len(own)
    if not counts["intervals", "interval"]["gold"]:
        assert counts["intervals", "interval"]["predicted"] == 0


@settings(max_examples=40)
@given(sides, st.randoms(use_true_random=False))
def test_the_order_in_which_times_are_listed_moves_nothing(
    sides: tuple[list[Time], list[PredictedTime]], source: object
) -> None:
    own, said = sides
    # Of everything twice, so that equal places stand beside each other.
    said = said + [PredictedTime(spans=one.spans, type=one.type, value_text_only="2031") for one in said]
    gold = GoldDocument(document("d"), numeric_facts=NumericFactsRow(doc_id="d", numeric_facts=[], times=own))
    shuffled = list(said)
    source.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (
        evaluate([gold], {"d": Prediction(doc_id="d", times=tuple(side))}, layers=["times"]).scores
        for side in (said, shuffled)
    )
    assert one == other
