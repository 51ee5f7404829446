"""Measures of time expressions: the value rules, every row of the layer and the error records, worked by hand."""

from typing import Any

import pytest

from goldassay.error_records import evaluate_with_errors, sorted_records
from goldassay.evaluate import evaluate
from goldassay.layers.base import GoldDocument, Options
from goldassay.match.time_value import compare_time_values
from goldassay.measures.measure import parse_measure
from goldassay.model.document import Document
from goldassay.model.numeric_facts import NumericFactsRow, Time
from goldassay.model.predictions import PredictedTime, Prediction

TEXT = "The tsar spoke on July 8 and last Friday, for two days, every May; soon, in early 2031, came July 9 and May 12."


def document(doc_id: str = "d") -> Document:
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
        sentences=[(0, len(TEXT))],
    )


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def gold_time(id_: str, words: str, type_: Any, value: str, **more: Any) -> Time:
    return Time(id=id_, spans=[at(words)], text=words, type=type_, value_text_only=value, **more)


def said_time(words: str, type_: Any, value: str | None, **more: Any) -> PredictedTime:
    return PredictedTime(spans=(at(words),), type=type_, value_text_only=value, **more)


def gold_of(*times: Time, doc_id: str = "d") -> GoldDocument:
    row = NumericFactsRow(doc_id=doc_id, numeric_facts=[], times=list(times))
    return GoldDocument(document(doc_id), numeric_facts=row)


GOLD = gold_of(
    gold_time("t1", "July 8", "DATE", "XXXX-07-08", value_resolved="2031-07-08", resolved_by="metadata"),
    gold_time("t2", "last Friday", "DATE", "XXXX-WXX-5", value_resolved="2031-07-04", resolved_by="metadata"),
    gold_time("t3", "two days", "DURATION", "P2D"),
    gold_time("t4", "every May", "SET", "XXXX-05"),
    gold_time("t5", "soon", "DATE", "FUTURE_REF"),
    gold_time("t6", "2031", "DATE", "2031"),
    gold_time("t7", "July 9", "DATE", "XXXX-07-09", value_resolved="2031-07-09", resolved_by="inferred"),
    gold_time("t8", "May 12", "DATE", "XXXX-05-12", value_resolved="2032-05-12", resolved_by="external"),
)
SAID = Prediction(
    doc_id="d",
    times=(
        said_time("July 8", "DATE", "XXXX-07-08", value_resolved="2031-07-08"),  # right
        said_time("on", "DATE", "XXXX"),  # meets nothing
        said_time("last Friday", "DATE", "2031-07-04", value_resolved="2031-07-04"),  # a Friday: over-resolved
        said_time("two days", "DURATION", "PT48H"),  # right: 48 hours are two days
        said_time("May", "DATE", "XXXX-05"),  # boundary and type
        said_time("early 2031", "DATE", "203X"),  # boundary; the year is cut: under-resolved
        said_time("July 9", "DATE", "XXXX-07-08", value_resolved="2031-07"),  # the day is wrong
        said_time("May 12", "DATE", None, value_resolved="2032-05-12"),  # nothing on the text-only track
    ),
)
"""Seven of eight gold times are met (not "soon"), by seven of eight predictions (not "on")."""


def rows(gold: GoldDocument, said: Prediction) -> dict[tuple[str, str], tuple[float | None, ...]]:
    """For each view and match its values over all items: P, R, F1 or what there is of them."""
    found: dict[tuple[str, str], tuple[float | None, ...]] = {}
    for score in evaluate([gold], {"d": said}, layers=["times"]).scores:
        measure = parse_measure(score.measure)
        if (score.group, measure.average) == ("all", "micro"):
            key = (measure.view, measure.match)
            found[key] = (*found.get(key, ()), score.value)
    return found


CASES = [
    ("expressions", "overlap", (7 / 8, 7 / 8, 7 / 8)),
    ("expressions", "exact", (5 / 8, 5 / 8, 5 / 8)),  # all pairs but "May" and "early 2031"
    ("expressions", "strict", (5 / 8, 5 / 8, 5 / 8)),  # the same, as these five have their types
    ("expressions", "type", (6 / 8, 6 / 8, 6 / 8)),  # all pairs but "May"
    ("expressions", "type-accuracy", (6 / 7,)),
    ("expressions", "whole", (2 / 8, 2 / 8, 2 / 8)),  # July 8, two days
    # text-only: 8 gold; 7 predictions give a value. Same: July 8, two days, (every) May
    ("text-only", "value", (3 / 7, 3 / 8, 6 / 15)),
    # 6 pairs with two values; of these Friday is over-resolved and 203X under-resolved
    ("text-only", "value-accuracy", (3 / 6,)),
    ("text-only", "over-resolved", (1 / 6,)),
    ("text-only", "under-resolved", (1 / 6,)),
    ("text-only", "compatible", (5 / 7, 5 / 8, 10 / 15)),  # all but July 9
    # by the creation time: July 8 and last Friday, both given and right; "on" gives no resolved value
    ("with-dct", "value", (1.0, 1.0, 1.0)),
    ("with-dct", "value-accuracy", (1.0,)),
    ("with-dct", "compatible", (1.0, 1.0, 1.0)),
    ("with-dct", "over-resolved", (0.0,)),
    ("with-dct", "under-resolved", (0.0,)),
    # July 9 (inferred, only the month given) and May 12 (external, right)
    ("outside", "value", (1 / 2, 1 / 2, 1 / 2)),
    ("outside", "value-accuracy", (1 / 2,)),
    ("outside", "compatible", (1.0, 1.0, 1.0)),
    ("outside", "over-resolved", (0.0,)),
    ("outside", "under-resolved", (1 / 2,)),
    ("outside", "inferred", (0.0,)),
    ("outside", "external", (1.0,)),
    # gold with a stretch: July 8, Friday, 2031, July 9, May 12 (5). Predictions that meet these and give one: July 8,
    # Friday, 2031-07, May 12 (4). P: (1 + 1 + 1/31 + 1) / 4; R: (1 + 1 + 0 + 1 + 1) / 5; F1 = 2PR / (P + R)
    ("intervals", "interval", (94 / 124, 4 / 5, 2 * (94 / 124) * 0.8 / (94 / 124 + 0.8))),
]


@pytest.mark.parametrize(("view", "match", "expected"), CASES)
def test_every_row_of_the_running_example(view: str, match: str, expected: tuple[float, ...]) -> None:
    assert rows(GOLD, SAID)[view, match] == pytest.approx(expected, abs=1e-11)


def test_the_example_has_every_row() -> None:
    assert set(rows(GOLD, SAID)) == {(view, match) for view, match, _ in CASES}


def test_errors_say_what_is_wrong() -> None:
    log = evaluate_with_errors([GOLD], {"d": SAID}, layers=["times"], options=Options())[1]
    assert log is not None
    told = [(r.verdict, r.gold, r.predicted, r.gold_label, r.predicted_label) for r in sorted_records(log)]
    assert told == [
        ("spurious", None, 1, None, "DATE XXXX"),
        ("over-resolved", "t2", 2, "DATE XXXX-WXX-5", "DATE 2031-07-04"),
        ("boundary+type", "t4", 4, "SET XXXX-05", "DATE XXXX-05"),
        ("missed", "t5", None, "DATE FUTURE_REF", None),
        ("boundary+under-resolved", "t6", 5, "DATE 2031", "DATE 203X"),
        ("value", "t7", 6, "DATE XXXX-07-09", "DATE XXXX-07-08"),
        ("value", "t8", 7, "DATE XXXX-05-12", "DATE"),
    ]
    assert [r.overlap for r in sorted_records(log)][2] == 3 / 9  # "May" of "every May"


def test_a_track_without_gold_is_undefined_and_not_left_out() -> None:
    gold = gold_of(gold_time("t1", "July 8", "DATE", "XXXX-07-08"))
    said = Prediction(
        doc_id="d",
        times=(
            said_time("July 8", "DATE", "XXXX-07-08", value_resolved="2031-07-08"),
            said_time("soon", "DATE", "FUTURE_REF", value_resolved="2031-07-20", begin="2031-07-20", end="2031-07-21"),
        ),
    )
    scores = {
        (measure.view, measure.match, measure.statistic): score
        for score in evaluate([gold], {"d": said}, layers=["times"]).scores
        for measure in (parse_measure(score.measure),)
        if (score.group, measure.average) == ("all", "micro")
    }
    for view, match in (("with-dct", "value"), ("outside", "value"), ("intervals", "interval")):
        for statistic in ("precision", "recall", "f1"):
            score = scores[view, match, statistic]
            assert (score.value, score.counts["gold"], score.counts["predicted"]) == (None, 0, 0)
    # Nothing could be known of these resolved values; the expression itself is spurious where all are counted.
    assert scores["expressions", "exact", "precision"].value == 1 / 2
    assert scores["text-only", "value", "precision"].value == 1 / 2


def test_resolved_values_that_meet_nothing_count_where_the_document_has_such_gold() -> None:
    gold = gold_of(gold_time("t1", "July 8", "DATE", "XXXX-07-08", value_resolved="2031-07-08", resolved_by="metadata"))
    said = Prediction(doc_id="d", times=(said_time("soon", "DATE", None, value_resolved="2031-07-20"),))
    found = rows(gold, said)
    assert found["with-dct", "value"] == (0.0, 0.0, 0.0)  # 0 of 1, 0 of 1
    assert found["outside", "value"] == (None, None, None)
    assert found["text-only", "value"] == (None, 0.0, 0.0)  # no value said on this track, one gold value
    assert found["intervals", "interval"] == (0.0, 0.0, 0.0)


def test_groups_are_the_types() -> None:
    scores = evaluate([GOLD], {"d": SAID}, layers=["times"]).scores
    recall = {s.group: s.value for s in scores if s.measure == "times.recall(match=type,view=expressions,avg=micro)"}
    # DATE: t1 t2 t6 t7 t8 of 6; DURATION: t3; SET: "every May" was called a DATE
    assert recall == {"all": 6 / 8, "DATE": 5 / 6, "DURATION": 1.0, "SET": 0.0}


def test_of_two_overlapping_times_the_same_span_is_met_first_and_duplicates_are_spurious() -> None:
    gold = gold_of(gold_time("t1", "early 2031", "DATE", "2031"), gold_time("t2", "2031", "DATE", "2031"))
    said = Prediction(doc_id="d", times=tuple(said_time("2031", "DATE", "2031") for _ in range(3)))
    found = rows(gold, said)
    # one prediction has the span of t2, one overlaps t1, the third meets nothing
    assert found["expressions", "exact"] == (1 / 3, 1 / 2, 2 / 5)
    assert found["expressions", "overlap"] == (2 / 3, 1.0, 4 / 5)


def test_begin_and_end_go_before_the_value_and_a_set_has_no_interval() -> None:
    gold = gold_of(
        gold_time("t1", "two days", "DURATION", "P2D", begin="2031-07-08", end="2031-07-10"),
        gold_time("t2", "every May", "SET", "2031-05", begin="2031-05-01", end="2031-06-01"),
    )
    said = Prediction(
        doc_id="d",
        times=(
            said_time("two days", "DURATION", "P2D", begin="2031-07-09T00:00", end="2031-07-13T00:00"),
            said_time("every May", "SET", "2031-05"),
        ),
    )
    # one shared day, of four said and two annotated; the SET is not counted
    assert rows(gold, said)["intervals", "interval"] == pytest.approx((1 / 4, 1 / 2, 1 / 3), abs=1e-11)


VALUES = [
    # gold, predicted, same, over, under, contradicts
    ("XXXX-07-08", "XXXX-07-08", 1, 0, 0, 0),
    ("XXXX-07-08", "2031-07-08", 0, 1, 0, 0),  # the year is invented
    ("XXXX-07-08", "2031-07-09", 0, 1, 0, 1),  # and the day is wrong
    ("XXXX-07-08", "XXXX-07", 0, 0, 1, 0),
    ("2031-07", "2031-07-XX", 0, 0, 0, 0),  # another grain: no digit more or less, yet not the same
    ("XXXX-WXX", "2031-W28", 0, 1, 0, 0),
    ("XXXX-WXX-5", "2031-07-11", 0, 1, 0, 0),  # a Friday
    ("XXXX-WXX-5", "2031-07-10", 0, 1, 0, 1),  # a Thursday
    ("2031-W28-5", "2031-07-11", 1, 0, 0, 0),
    ("2031-07-11", "2031-W28", 0, 0, 1, 0),  # its week
    ("XXXX-WXX-5", "XXXX-07-11", 0, 1, 1, 1),  # no year to tell the weekday by
    ("2031-Q3", "2031-08", 0, 1, 1, 1),
    ("XXXX-XX", "P1M", 0, 0, 0, 1),  # last month is no month's time
    ("FUTURE_REF", "2031-07-20", 0, 1, 0, 0),
    ("2031", "FUTURE_REF", 0, 0, 1, 0),
    ("PAST_REF", "FUTURE_REF", 0, 0, 0, 1),
    ("XXXX-XX-XXT15", "T15", 1, 0, 0, 0),
    ("XXXX-XX-XXT15", "T15:30", 0, 1, 0, 0),
    ("XXXX-XX-XXTMO", "XXXX-XX-XXTAF", 0, 0, 0, 1),
    ("199X", "199", 1, 0, 0, 0),  # a decade, as TIMEX3 writes it
    ("BC0044", "0044", 0, 0, 0, 1),
    ("P2D", "PT48H", 1, 0, 0, 0),
    ("P1W", "P7D", 1, 0, 0, 0),
    ("P1.5D", "PT36H", 1, 0, 0, 0),
    ("P1Y", "P12M", 1, 0, 0, 0),
    ("P1M", "P30D", 0, 0, 0, 1),
    ("P1M", "PT1M", 0, 0, 0, 1),  # a month, a minute
    ("PXW", "P3W", 0, 1, 0, 0),
    ("P3W", "PXW", 0, 0, 1, 0),
    ("PXW", "PXD", 0, 0, 0, 1),
    ("2031-07-08/2031-07-10", "2031-07-08/XXXX-07-10", 0, 0, 1, 0),
    ("2031-07-08", "8 July 2031", 0, 0, 0, 1),  # no value
]


@pytest.mark.parametrize(("gold", "predicted", "same", "over", "under", "contradicts"), VALUES)
def test_values(gold: str, predicted: str, same: int, over: int, under: int, contradicts: int) -> None:
    found = compare_time_values(gold, predicted)
    assert (found.same, found.over, found.under, found.contradicts) == (same, over, under, contradicts)
