"""A missing answer is no drop: whatever keys are taken out of a run, what is left is judged as if that were all."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

import goldassay
from goldassay.gold import load_gold
from goldassay.report.gate import GateReport
from goldassay.resampling import Resampling
from planted_gold import Lines, write_lines
from planted_layers import layered_gold, layered_lines, without_key

DOCUMENTS = 24
GOLD = layered_gold(DOCUMENTS)
BEFORE, NOW = layered_lines(GOLD, seed=2), layered_lines(GOLD, seed=3)
KEYS = {"mentions": "entities", "stances": "stances"}
PLACES = st.sets(st.integers(0, DOCUMENTS - 1), min_size=1, max_size=DOCUMENTS - 1)


def judge(gold: Lines, run: Lines, baseline: Lines) -> GateReport:
    with TemporaryDirectory() as folder:
        loaded = load_gold(write_lines(Path(folder) / "gold.jsonl", gold))
    return goldassay.gate(run, baseline, loaded, alpha=0.05, resampling=Resampling(resamples=99))


def values(report: GateReport, layer: str) -> list[tuple[object, ...]]:
    named = [one for one in report.result.measures if one.measure.startswith(f"{layer}.")]
    return [(one.measure, one.n_units, one.baseline, one.run, one.drop) for one in named]


WHOLE = judge(GOLD, NOW, BEFORE)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(sorted(KEYS)), PLACES)
def test_taking_out_answers_never_turns_a_layer_red(key: str, places: set[int]) -> None:
    report = judge(GOLD, without_key(BEFORE, key, places), BEFORE)
    assert report.result.exit_code == 4
    assert report.result.unanswered_in == {KEYS[key]: [str(GOLD[place]["doc_id"]) for place in sorted(places)]}
    assert all(one.drop == 0 and one.verdict != "fail" for one in report.result.measures)


@settings(max_examples=6, deadline=None)
@given(st.sampled_from(sorted(KEYS)), PLACES)
def test_the_rest_is_judged_as_if_it_were_all(key: str, places: set[int]) -> None:
    """The layer as on a gold without these documents; the other layer as if nothing were missing."""
    report = judge(GOLD, without_key(NOW, key, places), BEFORE)
    kept = [place for place in range(DOCUMENTS) if place not in places]
    gold, now, before = ([lines[place] for place in kept] for lines in (GOLD, NOW, BEFORE))
    assert values(report, KEYS[key]) == values(judge(gold, now, before), KEYS[key])
    (other,) = set(KEYS.values()) - {KEYS[key]}
    assert values(report, other) == values(WHOLE, other)


@settings(max_examples=6, deadline=None)
@given(st.sampled_from(sorted(KEYS)), PLACES)
def test_what_the_baseline_lacks_is_left_out_and_no_failure_of_the_run(key: str, places: set[int]) -> None:
    report = judge(GOLD, NOW, without_key(BEFORE, key, places))
    assert (report.result.unanswered, report.result.unanswered_in) == ([], {})
    assert report.stale_in == {KEYS[key]: [str(GOLD[place]["doc_id"]) for place in sorted(places)]}
