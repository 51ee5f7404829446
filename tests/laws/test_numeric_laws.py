"""The rows of numeric facts among each other, on predictions that are the gold with fields changed, and more."""

import sys
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from strategies_scoring import copy_of_fact, gold_documents, predicted_facts

from goldassay.evaluate import evaluate
from goldassay.layers import get_layers
from goldassay.layers.base import GoldDocument, Options
from goldassay.layers.numeric_matches import FIELDS
from goldassay.match.slip import SLIPS
from goldassay.measures.measure import parse_measure
from goldassay.model.predictions import PredictedFact, Prediction

FEWER = settings(max_examples=60, deadline=None)
OPTIONS = Options(gold_ids=True)
NEVER_MORE = (
    ("strict", "core"),
    ("core", "value-rounding"),
    ("core", "unit-converted"),
    ("value", "value-1e-5"),
    ("value-1e-5", "value-1pct"),
    ("value-1pct", "value-5pct"),
    ("value", "value-rounding"),
    ("value", "value-magnitude"),
    ("value", "value-printed"),
    ("value", "value-iou"),
    ("value", "value-soft"),
    ("strict", "soft"),
    ("number", "extent"),
    ("span", "extent"),
    ("extent", "overlap"),
    ("unit", "unit-dimension"),
    ("unit", "unit-converted"),
    ("unit-converted", "unit-dimension"),
    ("counted", "counted-soft"),
    ("subject", "subject-soft"),
)


def in_order(said: PredictedFact) -> PredictedFact:
    """The prediction with the smaller end first, as a reader lets it through."""
    lo, hi = sorted((said.lo or "0", said.hi or "0"), key=Fraction)
    return msgspec.structs.replace(said, lo=lo, hi=hi)


valid_facts = predicted_facts.map(in_order)


@st.composite
def systems(draw: st.DrawFn) -> tuple[GoldDocument, Prediction]:
    gold = draw(gold_documents())
    assert gold.numeric_facts is not None
    said: list[PredictedFact] = []
    for fact in gold.numeric_facts.numeric_facts:
        same, other = copy_of_fact(fact), draw(valid_facts)
        fields = draw(st.sets(st.sampled_from(["value", "unit", "status", "subject", "counted", "approx", "extents"])))
        names = (fields - {"value"}) | ({"lo", "hi", "parsed"} if "value" in fields else set())
        said.append(msgspec.structs.replace(same, **{name: getattr(other, name) for name in names}))
    more = draw(st.lists(valid_facts, max_size=2))
    return gold, Prediction(doc_id="d", numeric_facts=(*said, *more))


def earned(gold: GoldDocument, said: Prediction) -> dict[tuple[str, str], tuple[float | None, dict[str, float]]]:
    """Value and counts by view and match; of the facts F1."""
    found = {}
    for score in evaluate([gold], {"d": said}, layers=["numeric_facts"], options=OPTIONS).scores:
        measure = parse_measure(score.measure)
        if score.group == "all" and measure.average == "micro" and measure.statistic in ("f1", "rate", "value"):
            found[measure.view, measure.match] = score.value, score.counts
    return found


@FEWER
@given(systems())
def test_stricter_rows_never_earn_more(system: tuple[GoldDocument, Prediction]) -> None:
    rows = earned(*system)
    for less, more in NEVER_MORE:
        assert rows["facts", less][1]["credit_gold"] <= rows["facts", more][1]["credit_gold"] + 1e-9, (less, more)


@FEWER
@given(systems())
def test_both_views_earn_the_same_and_differ_in_what_they_divide_by(system: tuple[GoldDocument, Prediction]) -> None:
    rows = earned(*system)
    for row in FIELDS:
        (_, facts), (rate, aligned) = rows["facts", row.name], rows["aligned", row.name]
        assert facts["credit_gold"] == aligned["credit_gold"], row.name
        assert aligned["gold"] == aligned["predicted"] <= min(facts["gold"], facts["predicted"]), row.name
        assert (rate is None) == (aligned["gold"] == 0)


@FEWER
@given(systems())
def test_a_pair_has_one_slip_at_most_and_never_a_right_value(system: tuple[GoldDocument, Prediction]) -> None:
    rows = earned(*system)
    slips = rows["facts", "slip"][1]["credit_gold"]
    names = [match.name for match in get_layers()["numeric_facts"].matches if match.name.startswith("slip-")]
    assert len(names) == len(SLIPS)
    assert sum(rows["aligned", name][1]["credit_gold"] for name in names) == slips
    pairs = rows["aligned", "value"][1]["gold"]
    assert slips + rows["facts", "value-rounding"][1]["credit_gold"] <= pairs


@FEWER
@given(systems())
def test_a_value_of_the_gold_is_never_ungrounded(system: tuple[GoldDocument, Prediction]) -> None:
    gold, said = system
    rows = earned(gold, said)
    counts = rows["facts", "ungrounded"][1]
    right = rows["aligned", "value"][1]["credit_gold"]
    vague = sum(not fact.parsed for fact in said.numeric_facts or ())
    assert counts["credit_gold"] <= counts["gold"] - max(0, right - vague)
    assert rows["facts", "ungrounded"][0] == (
        pytest.approx(counts["credit_gold"] / counts["gold"]) if counts["gold"] else None
    )
