"""The algebra of the stance views: identity, the ladder, slices that add up, merging that only takes away."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

sys.path.insert(0, str(Path(__file__).parent))

from strategies_scoring import copy_of, gold_documents, predictions

from goldassay.evaluate import evaluate
from goldassay.layers import get_layers
from goldassay.layers.base import GoldDocument, Options, Pair
from goldassay.layers.stance_alignment import LADDER
from goldassay.layers.stance_lifting import lift_stances, merge_stances
from goldassay.layers.stance_records import identify, read_stances
from goldassay.layers.stance_slices import SLICES
from goldassay.measures.measure import parse_measure
from goldassay.model.predictions import Prediction
from goldassay.tally.tally import Tally

LAYER = get_layers()["stances"]
VIEWS = tuple(dict.fromkeys(match.view for match in LAYER.matches))


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[GoldDocument], dict[str, Prediction]]:
    ids = draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True))
    gold = [draw(gold_documents(doc_id)) for doc_id in ids]
    said = {item.document.doc_id: draw(predictions(item.document.doc_id) | st.just(copy_of(item))) for item in gold}
    return gold, said


def tallies(gold: list[GoldDocument], said: dict[str, Prediction]) -> dict[str, Tally]:
    return {tally.view: tally for tally in evaluate(gold, said, layers=["stances"]).tallies}


@given(gold_documents())
def test_gold_against_gold_is_best_in_every_view(gold: GoldDocument) -> None:
    evaluation = evaluate([gold], {"d": copy_of(gold)}, layers=["stances"], options=Options(gold_ids=True))
    assert {parse_measure(score.measure).view for score in evaluation.scores} == set(VIEWS)
    for score in evaluation.scores:
        measure = parse_measure(score.measure)
        best = LAYER.match(measure.match, measure.view).best
        assert score.value == best if score.counts["gold"] else score.value in (None, best), score


@given(systems())
def test_every_rung_finds_at_most_what_the_one_below_finds(
    system: tuple[list[GoldDocument], dict[str, Prediction]],
) -> None:
    scores = evaluate(*system, layers=["stances"]).scores
    right = {
        (measure.view, measure.match): score.counts["credit_gold"]
        for score in scores
        if score.group == "all" and "credit_gold" in score.counts
        for measure in (parse_measure(score.measure),)
    }
    for view in VIEWS:
        ladder = [right[view, name] for name in LADDER if (view, name) in right]
        assert ladder == sorted(ladder, reverse=True), view
        if (view, "ordinal") in right:
            assert right[view, "ordinal"] <= right[view, "pair"]


@given(systems())
def test_slices_share_out_the_opinions(system: tuple[list[GoldDocument], dict[str, Prediction]]) -> None:
    found = tallies(*system)
    for view in SLICES:
        for name, column in found["opinion"].counts.items():
            assert np.array_equal(found[view].counts[name].sum(axis=1), column.sum(axis=1))
        for name in ("pair", "sign"):  # both items of a pair lie in the slice of its gold
            assert np.array_equal(found[view].counts[f"{name}.gold"], found[view].counts[f"{name}.predicted"])
    for view in ("opinion", "belief"):
        for name, column in found[f"{view}-contested"].counts.items():
            assert (column <= found[view].counts[name]).all()


@given(systems())
def test_merging_and_lifting_again_change_nothing(system: tuple[list[GoldDocument], dict[str, Prediction]]) -> None:
    gold, said = system
    pairs = [Pair(item, said[item.document.doc_id]) for item in gold]
    stances = read_stances(pairs, identify(pairs, Options()))
    merged, lifted = merge_stances(stances, pairs), lift_stances(stances, pairs)
    assert merge_stances(merged, pairs) == merged
    assert lift_stances(lifted, pairs) == lifted
    assert len(merged.gold) == len({(own.unit, own.holder, own.target, own.dimension) for own in stances.gold})
    assert len(merged.predicted) <= len(stances.predicted)


@given(systems())
def test_naming_a_dyad_twice_changes_nothing(system: tuple[list[GoldDocument], dict[str, Prediction]]) -> None:
    gold, said = system
    doubled = {doc_id: doubled_stances(one) for doc_id, one in said.items()}
    once, twice = tallies(gold, said), tallies(gold, doubled)
    for view in ("dyads", "opinion-document", "belief-document"):
        for name, column in once[view].counts.items():
            assert np.array_equal(column, twice[view].counts[name]), (view, name)
    for name in ("predicted_names", "unresolved_holder", "unresolved_target"):
        assert np.array_equal(2 * once["resolution"].counts[name], twice["resolution"].counts[name])


def doubled_stances(prediction: Prediction) -> Prediction:
    return structs.replace(prediction, stances=(prediction.stances or ()) * 2)


@given(gold_documents(), st.sampled_from([0.3, 0.5, 0.7]))
def test_with_gold_ids_the_threshold_moves_nothing(gold: GoldDocument, threshold: float) -> None:
    options = replace(Options(gold_ids=True), proposition_f1=threshold)
    found = {
        tally.view: tally
        for tally in evaluate([gold], {"d": copy_of(gold)}, layers=["stances"], options=options).tallies
    }
    for view in ("opinion-0.3", "opinion-0.7"):
        for name, column in found["opinion"].counts.items():
            assert np.array_equal(column, found[view].counts[name])
