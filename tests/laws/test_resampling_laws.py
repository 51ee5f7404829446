"""Resampling is weighing: the same numbers as literal resampling, whatever the order of files, and honest gaps."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

sys.path.insert(0, str(Path(__file__).parent))

from strategies_scoring import gold_documents, predictions

from goldassay.evaluate import evaluate
from goldassay.layers import get_layers
from goldassay.layers.base import GoldDocument
from goldassay.measures.measure import parse_measure
from goldassay.measures.totals import score_view
from goldassay.model.predictions import Prediction
from goldassay.resampling import Resampling, estimate_intervals, lay_out_tally, score_key, unit_axis, unit_names
from goldassay.stats.interval import percentile_interval
from goldassay.stats.paired import holm
from goldassay.stats.weights import BLOCK, bootstrap_weights, swap_weights, weigh
from goldassay.tally.tally import POOLED, Tally

System = tuple[list[GoldDocument], dict[str, Prediction]]


@st.composite
def systems(draw: st.DrawFn, size: int = 3) -> System:
    gold = [draw(gold_documents(f"d{n}")) for n in range(size)]
    return gold, {item.document.doc_id: draw(predictions(item.document.doc_id)) for item in gold}


@settings(max_examples=20, deadline=None)
@given(systems())
def test_weights_of_one_give_the_score_itself(system: System) -> None:
    gold, said = system
    names = unit_names(gold, "document")
    evaluation = evaluate(gold, said, layers=list(get_layers()))
    for tally in evaluation.tallies:
        if tally.units == (POOLED,):
            continue
        values = lay_out_tally(tally, names, unit_axis(names)).values(np.ones((1, len(gold))))
        for score in evaluation.scores:
            if (score.layer, parse_measure(score.measure).view) == (tally.layer, tally.view):
                found = float(values[score_key(score)][0])
                assert score.value == pytest.approx(None if np.isnan(found) else found, abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(systems())
def test_leaving_a_document_out_is_scoring_without_it(system: System) -> None:
    gold, said = system
    names = unit_names(gold, "document")
    axis = unit_axis(names)
    for tally in evaluate(gold, said, layers=list(get_layers())).tallies:
        if tally.units == (POOLED,):
            continue
        values = lay_out_tally(tally, names, axis).values(None)
        matches = [match for match in get_layers()[tally.layer].matches if match.view == tally.view]
        for row, unit in enumerate(axis):
            kept = [n for n, doc_id in enumerate(tally.units) if doc_id != unit]
            rest = Tally(
                tally.layer,
                tally.view,
                tuple(tally.units[n] for n in kept),
                tally.groups,
                {name: column[kept] for name, column in tally.counts.items()},
            )
            for score in score_view(rest, matches):
                found = float(values[score_key(score)][row])
                assert score.value == pytest.approx(None if np.isnan(found) else found, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(systems(), st.randoms(use_true_random=False))
def test_the_order_of_documents_moves_no_interval(system: System, random: object) -> None:
    gold, said = system
    many = [
        structs_copy(item, f"{item.document.doc_id}-{n}") for n in range(8) for item in gold
    ]  # 24 documents, so that a bootstrap is drawn
    ids = [item.document.doc_id for item in many]
    answers = {doc_id: structs.replace(said[doc_id.split("-")[0]], doc_id=doc_id) for doc_id in ids}
    shuffled = list(many)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    how = Resampling(resamples=20)
    one, other = (
        estimate_intervals(evaluate(docs, answers, layers=["entities", "stances"]), docs, how).scores
        for docs in (many, shuffled)
    )
    assert one == other
    assert {score.interval.kind for score in one if score.value is not None} <= {"bootstrap"}


def structs_copy(item: GoldDocument, doc_id: str) -> GoldDocument:
    """The same document under another id."""
    assert item.entities is not None
    assert item.stances is not None
    assert item.numeric_facts is not None
    return GoldDocument(
        structs.replace(item.document, doc_id=doc_id),
        structs.replace(item.entities, doc_id=doc_id),
        structs.replace(item.stances, doc_id=doc_id),
        structs.replace(item.numeric_facts, doc_id=doc_id),
    )


@given(st.integers(2, 40), st.integers(0, 5), st.data())
def test_weighing_is_literal_resampling(units: int, seed: int, data: st.DataObject) -> None:
    counts = np.array(data.draw(st.lists(st.integers(0, 9), min_size=units, max_size=units)), dtype=np.int64)[:, None]
    for block in bootstrap_weights(units, 7, seed):
        for row, total in zip(block, weigh(block, {"n": counts})["n"], strict=True):
            drawn = [index for index, times in enumerate(row) for _ in range(int(times))]
            assert len(drawn) == units
            assert total[0] == sum(int(counts[index, 0]) for index in drawn)


def test_fractions_weigh_to_the_same_bits_in_any_order() -> None:
    random = np.random.default_rng(3)
    column = random.random((400, 1))
    weights = random.integers(0, 4, (50, 400)).astype(np.float64)
    order = random.permutation(400)
    plain, moved = weigh(weights, {"x": column})["x"], weigh(weights[:, order], {"x": column[order]})["x"]
    assert (plain == moved).all()
    assert np.allclose(plain, weights @ column, rtol=1e-9, atol=0)


def test_draws_come_in_blocks_that_do_not_depend_on_how_many_follow() -> None:
    few, more = (np.concatenate(list(bootstrap_weights(5, n, 13))) for n in (BLOCK, BLOCK + 10))
    assert len(more) == BLOCK + 10
    assert (more[:BLOCK] == few).all()
    assert not (next(iter(swap_weights(5, 100, 1))) == next(iter(swap_weights(5, 100, 2)))).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_is_never_below_the_raw_value_and_keeps_the_order(p_values: list[float]) -> None:
    corrected = holm(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, corrected, strict=True))
    ranked = sorted(zip(p_values, corrected, strict=True))
    assert [q for _, q in ranked] == sorted(q for _, q in ranked)
    assert min(corrected) == min(1.0, len(p_values) * min(p_values))


def test_an_undefined_resample_is_counted_and_never_a_zero() -> None:
    """1, 1 and undefined: the interval is 1 to 1, and a third is undefined; with 0 in its place it would reach 0."""
    spread = percentile_interval(np.array([1.0, 1.0, np.nan]))
    assert (spread.low, spread.high) == (1.0, 1.0)
    assert spread.undefined_share == pytest.approx(1 / 3)
