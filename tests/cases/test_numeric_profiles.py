"""Two quirks and more of MeasEval and CQE, worked by hand, and how our numeric facts become their records."""

from collections import Counter
from typing import Any

import pytest

from goldassay.layers.base import GoldDocument, Options
from goldassay.model.document import Document
from goldassay.model.numeric_facts import Counted, Extent, NumericFact, NumericFactsRow, NumericMention, Value
from goldassay.model.predictions import PredictedFact, Prediction, Reference
from goldassay.profile_records import CONVERSIONS, Sizes
from goldassay.profile_scores import evaluate_profile
from goldassay.profiles import NoAnswer, get_profile

TEXT = "Zenda sent around 40 boats and 12 km of rope"
#       0     6    11     18 21    27  31    37 40


def element(number: int, kind: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    rank = {"Quantity": 1, "MeasuredEntity": 2}[kind]
    place = {"start": start, "end": end, "text": TEXT[start:end]}
    return {"set": number, "kind": kind, "id": f"T{rank}-{number}", **place, **more}


def quantity(number: int, start: int, end: int, **more: Any) -> dict[str, Any]:
    return element(number, "Quantity", start, end, **more)


def entity(number: int, start: int, end: int) -> dict[str, Any]:
    return element(number, "MeasuredEntity", start, end, rel={"HasQuantity": f"T1-{number}"})


FORTY = [quantity(1, 11, 20, mods=["IsApproximate", "IsCount"]), entity(1, 21, 26)]
TWELVE = [quantity(2, 31, 36, unit="km"), entity(2, 40, 44)]


def scored(name: str, gold: list[Any] | None, predicted: list[Any] | None) -> dict[str, Any]:
    document = {"doc_id": "d", "text": TEXT, "gold": gold, "predicted": predicted}
    scores = get_profile(name).score([document], {})
    assert isinstance(scores, dict), scores
    return scores


def refused(name: str, gold: list[Any] | None, predicted: list[Any] | None) -> str:
    scores = get_profile(name).score([{"doc_id": "d", "text": TEXT, "gold": gold, "predicted": predicted}], {})
    assert isinstance(scores, NoAnswer)
    return scores.reason


def test_measeval_counts_a_repeated_quantity_as_right_again() -> None:
    found = scored("measeval", FORTY, [quantity(1, 11, 20), quantity(2, 11, 20)])
    # Two pairs, none left over: P = 2/2, R = 2/2.
    assert (found["class"]["Quantity"]["tp"], found["class"]["Quantity"]["f_measure"]) == (2, 1.0)
    # Of the gold are missed: the entity, two modifiers, the relation. 2 of 6 rows have overlap 1.
    assert found["overall"]["f1_overlap"] == pytest.approx(2 / 6)


def test_measeval_matches_spans_that_touch() -> None:
    quantities = scored("measeval", FORTY, [quantity(1, 20, 26)])["class"]["Quantity"]
    # " boats" begins where "around 40" ends. Nothing is shared, which counts one token of " boats" (two tokens, the
    # first of them empty) and of "around 40" (two): P = R = F1 = 1/2.
    assert (quantities["tp"], quantities["exact_match"], quantities["f1_overlap"]) == (1, 0.0, 0.5)
    apart = scored("measeval", FORTY, [quantity(1, 21, 26)])["class"]["Quantity"]
    assert (apart["tp"], apart["note"]) == (None, "no_matches")


def test_measeval_aligns_a_set_by_its_last_pair() -> None:
    both = FORTY + TWELVE
    # One long prediction meets both quantities; the later pair takes the set, so the boats count for nothing.
    boats = scored("measeval", both, [quantity(1, 11, 36), entity(1, 21, 26)])["class"]
    assert (boats["Quantity"]["tp"], boats["MeasuredEntity"]["tp"], boats["MeasuredEntity"]["note"]) == (
        2,
        None,
        "no_matches",
    )
    rope = scored("measeval", both, [quantity(1, 11, 36), entity(1, 40, 44)])["class"]["MeasuredEntity"]
    assert (rope["tp"], rope["fp"], rope["fn"]) == (1, 0, 1)


def test_measeval_forgives_a_wrong_unit_beside_a_right_one() -> None:
    # Two predicted sets reach gold set 2; one says km, the other miles: 1 match, no false positive.
    units = scored("measeval", TWELVE, [quantity(1, 31, 36, unit="km"), quantity(2, 31, 36, unit="miles")])
    assert (units["class"]["Unit"]["tp"], units["class"]["Unit"]["fp"]) == (1, 0)
    # Alone, the wrong unit is a false positive and the right one missed.
    alone = scored("measeval", TWELVE, [quantity(1, 31, 36, unit="miles")])["class"]["Unit"]
    assert (alone["note"], alone["f1_overlap"]) == ("no_matches", 0.0)


def test_measeval_takes_an_empty_list_of_modifiers_for_one() -> None:
    modifiers = scored("measeval", [quantity(1, 31, 36, mods=[]), entity(1, 40, 44)], [quantity(1, 31, 36, mods=[])])
    # One on each side, and they never match: means over 2 rows of 0.
    assert (modifiers["class"]["modifier"]["note"], modifiers["class"]["modifier"]["exact_match"]) == ("no_matches", 0)


@pytest.mark.parametrize(
    ("gold", "predicted", "reason"),
    [
        (FORTY[:1], FORTY[:1], "the gold has quantities alone"),
        ([quantity(1, 11, 20), FORTY[1]], [], "no gold quantity has a unit or a modifier"),
        (FORTY, None, "no file of predictions"),
        (FORTY, [quantity(1, 11, 20, mods=["IsHuge"])], "no modifier 'IsHuge'"),
        (FORTY, [FORTY[0], FORTY[0]], "stands twice in set 1"),
        (FORTY, [FORTY[0] | {"text": "40"}], "not as long as its span"),
        (FORTY, [FORTY[0] | {"id": "q1"}], "not of the form"),
        (FORTY, [FORTY[0], FORTY[1] | {"rel": {"Qualifies": "T1-1"}}], "has no relation 'Qualifies'"),
        (FORTY, [FORTY[0], FORTY[1] | {"rel": {}}], "has no relation"),
        ([FORTY[0] | {"text": "NA"}, FORTY[1]], FORTY, "read as missing"),
    ],
)
def test_measeval_gives_no_number_where_the_original_stops(
    gold: list[Any], predicted: list[Any] | None, reason: str
) -> None:
    assert reason in refused("measeval", gold, predicted)


def value(number: Any, unit: str, change: str = "=", concepts: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"value": number, "unit": unit, "change": change, "concepts": list(concepts)}


def test_cqe_uses_up_only_predictions_of_the_right_unit() -> None:
    gold, wrong = [value(5, "ship", ">"), value(5, "tank", ">")], [value(5, "boat", ">"), value(5, "gun", ">")]
    found = scored("cqe", gold, wrong)
    # Each gold value meets both predictions: 4 hits of change over 2; hits of values stop at 2.
    assert (found["value+change"]["R"], found["value"]["R"], found["value+unit"]["R"]) == (200.0, 100.0, 0.0)
    right = scored("cqe", gold, [value(5, "SHIP", ">"), value(5, "tank", "<")])
    # "SHIP" sorts first and is used up by the ship, in any case; the tank is left for the tank, whose change is wrong.
    assert (right["value+unit"]["R"], right["value+change"]["R"]) == (100.0, 50.0)


def test_cqe_measures_its_tolerance_on_the_prediction() -> None:
    near = scored("cqe-value-unit", [value(100000, "-")], [value(100001.000005, "-")])
    assert near["value"]["F1"] == 100.0  # 1.000005 <= 1e-8 + 1e-5 * 100001.000005
    far = scored("cqe-value-unit", [value(100001.000005, "-")], [value(100000, "-")])
    assert far["value"]["F1"] == 0.0  # 1.000005 > 1e-8 + 1e-5 * 100000


def test_cqe_value_unit_lets_one_prediction_have_two_values() -> None:
    found = scored("cqe-value-unit", [value(5, "ship"), value(5, "tank")], [value(5, "boat")])
    # 2 hits over 1 prediction and 2 gold: P = 2, R = 1, F1 = 2 * 2 * 1 / 3.
    assert found["value"] == {"P": 200.0, "R": 100.0, "F1": 133.3}


def test_cqe_average_ranges_reads_the_middle_of_gold_ranges_alone() -> None:
    for number, recall in ((15, 100.0), ([10, 20], 0.0), ("10-20", 0.0)):
        assert scored("cqe-average-ranges", [value([10, 20], "tank")], [value(number, "tank")])["value"]["R"] == recall
    assert scored("cqe", [value([10, 20], "tank")], [value("10-20", "tank")])["value"]["R"] == 100.0


def test_cqe_counts_all_concepts_only_if_no_word_repeats() -> None:
    gold = [value(5, "ship", concepts=("Zenda", "navy"))]
    partial = scored("cqe", gold, [value(5, "ship", concepts=("zenda",))])
    assert (partial["value+concept_partial"]["R"], partial["value+concept_compelete"]["R"]) == (100.0, 0.0)
    repeated = scored("cqe", gold, [value(5, "ship", concepts=("navy", "zenda", "navy"))])
    assert repeated["value+concept_compelete"]["R"] == 0.0  # 2 shared words, 2 and 3 listed
    assert scored("cqe", [value(5, "ship")], [value(5, "ship")])["value+concept_compelete"]["R"] == 100.0


@pytest.mark.parametrize("name", ["cqe", "cqe-value-unit", "cqe-average-ranges"])
@pytest.mark.parametrize(
    ("gold", "predicted", "reason"),
    [
        ([value(12000, "-")], [value("12,000", "-")], "could not convert string to float: '12,000'"),
        ([value(0.00001, "-")], [value(1, "-")], "could not convert string to float: '1e'"),
        ([value([-5, -3], "-")], [value(1, "-")], "'-5--3'"),
        ([value(1, "-")], [value(None, "-")], "TypeError"),
        ([value(1, "-")], [value([1], "-")], "IndexError"),
        ([value(1, "-")], [], "no predicted quantity"),
        ([], [value(1, "-")], "no gold quantity"),
        (None, None, "no gold quantity"),
    ],
)
def test_cqe_gives_no_number_where_the_original_raises(
    name: str, gold: list[Any], predicted: list[Any], reason: str
) -> None:
    assert reason in refused(name, gold, predicted)


def test_cqe_never_reads_a_prediction_of_a_sentence_without_gold() -> None:
    documents = [
        {"doc_id": "a", "text": "", "gold": [value(1, "-")], "predicted": [value(1, "-")]},
        {"doc_id": "b", "text": "", "gold": [], "predicted": [value("12,000", "-")]},
    ]
    scores = get_profile("cqe").score(documents, {})
    assert isinstance(scores, dict)
    assert scores["value"] == {"P": 50.0, "R": 100.0, "F1": 66.7}


def extent(start: int, end: int) -> Extent:
    return Extent(spans=[(start, end)], text=TEXT[start:end])


def fact(name: str, places: tuple[tuple[int, int], ...], number: str, noun: Counted, **more: Any) -> NumericFact:
    digits, span, full = (extent(*place) for place in places)
    mention = NumericMention(number=digits, span=span, full=full)
    more = {"kind": "cardinal", "property": "number_of", "status": "actual"} | more
    return NumericFact(id=name, mentions=[mention], value=Value(lo=number, hi=number), counted=noun, **more)


BOATS = fact("n1", ((18, 20), (11, 20), (11, 26)), "40", Counted(lemma="boat", spans=[(21, 26)]), approx="approx")
ROPE = fact(
    "n2", ((31, 33), (31, 36), (31, 44)), "12", Counted(lemma="rope", spans=[(40, 44)]), unit="km", kind="measure"
)
FLAG = fact("n3", ((18, 20), (18, 20), (18, 20)), "40", Counted(lemma="x"), kind="identifier")
GOLD = GoldDocument(
    Document(
        doc_id="d",
        title=None,
        text=TEXT,
        language="en",
        dct=None,
        dct_evidence=None,
        source="invented",
        rights="CC0-1.0",
        origin="composed",
        sha256="",
        sentences=[(0, 44)],
    ),
    numeric_facts=NumericFactsRow(doc_id="d", numeric_facts=[BOATS, ROPE, FLAG], times=[]),
)


def said(*facts: PredictedFact) -> Prediction:
    return Prediction(doc_id="d", numeric_facts=facts)


def written(kind: Any, prediction: Prediction | None) -> tuple[Any, Any, Sizes]:
    sizes: Sizes = Counter()
    (document,) = CONVERSIONS[kind].write(GOLD, prediction, Options(), sizes)
    return document["gold"], document["predicted"], sizes


def test_a_fact_becomes_a_set_of_its_quantity_and_what_is_counted() -> None:
    gold, predicted, sizes = written("sets", None)
    assert gold == FORTY + [item | ({"unit": "km"} if item["kind"] == "Quantity" else {}) for item in TWELVE]
    assert predicted is None
    assert (sizes["gold", "all"], sizes["gold", "written"]) == (2, 2)


def test_of_three_extents_the_one_before_the_counted_noun_is_the_quantity() -> None:
    noun = Reference(text="boats", spans=((21, 26),))
    all_three = (((11, 26),), ((11, 20),), ((18, 20),))
    boats = PredictedFact(parsed=True, lo="40", hi="40", approx="approx", counted=noun, extents=all_three)
    _, predicted, _ = written("sets", said(boats))
    assert predicted == FORTY


def test_facts_without_a_place_are_counted_and_left_out_of_sets_but_not_of_values() -> None:
    bare = PredictedFact(parsed=True, lo="40", hi="40", counted=Reference(text="boats"))
    placed = PredictedFact(parsed=True, lo="12", hi="12", unit="kilometres", extents=(((31, 36),),))
    prediction = {"d": said(bare, placed)}
    scores, findings = evaluate_profile("measeval", [GOLD], prediction)
    assert [item.found for item in findings if item.code == "E701"] == [
        "1 of 2 predicted mentions of facts without a place in the text: left out"
    ]
    numbers = {score.measure: score for score in scores.scores}
    # One of two quantities; the units agree as codes.
    assert numbers["class.Quantity.recall"].value == 0.5
    assert numbers["class.Unit.recall"].value == 1.0
    # Missed: the boats, their two modifiers, both entities and both relations.
    assert numbers["overall.precision"].counts == {"tp": 2, "fp": 0, "fn": 1 + 2 + 2 + 2}
    assert numbers["overall.precision"].support == 2
    # Nothing of MeasuredProperty on either side: null, and no count or remark in its place.
    assert numbers["class.MeasuredProperty.precision"].value is None
    assert not any(measure.endswith((".note", ".tp")) for measure in numbers)
    values, findings = evaluate_profile("cqe", [GOLD], prediction)
    assert findings == []
    # Both values; "boats" is the noun that the gold counts, so its unit agrees; "=" for "~" is one change of two, and
    # of concepts the boats have none on either side, the rope has none for "rope".
    assert {score.measure: score.value for score in values.scores if score.measure.endswith("R")} == {
        "value.R": 100.0,
        "value+unit.R": 100.0,
        "value+change.R": 50.0,
        "value+concept_partial.R": 50.0,
        "value+concept_compelete.R": 50.0,
    }


def test_a_fact_becomes_a_value_with_the_name_of_its_unit() -> None:
    gold, predicted, _ = written("values", said())
    assert gold == [value(40.0, "boat", "~"), value(12.0, "kilometre", "=", ("rope",))]
    assert predicted == []


def test_open_intervals_and_ranges_become_values_and_vague_numbers_are_left_out() -> None:
    facts = (
        PredictedFact(parsed=True, lo="5", hi=None, bound="min"),
        PredictedFact(parsed=True, lo=None, hi="5", hi_inc=False, bound="max", unit="$"),
        PredictedFact(parsed=True, lo="5", hi="10", unit="%", direction="up"),
        PredictedFact(parsed=True, magnitude=1, approx="vague"),
        PredictedFact(parsed=True, lo="7", hi="7", kind="identifier"),
    )
    _, predicted, sizes = written("values", said(*facts))
    assert predicted == [value(5.0, "-", ">"), value(5.0, "dollar", "<"), value([5.0, 10.0], "percentage", "up")]
    assert (sizes["predicted", "all"], sizes["predicted", "no value"]) == (4, 1)
