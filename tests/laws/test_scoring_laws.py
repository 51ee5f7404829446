"""The algebra of scores: adding, order, shards, identity, emptiness, symmetry, bounds."""

import random
import sys
from math import inf
from pathlib import Path

import msgspec
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from strategies_scoring import LENGTH, copy_of, document, gold_documents, predictions, spans

from goldassay.evaluate import Evaluation, count_layer, evaluate
from goldassay.layers import get_layers
from goldassay.layers.base import GoldDocument, Layer, Options
from goldassay.measures.measure import Match, parse_measure
from goldassay.model.entities import EntitiesRow, Mention
from goldassay.model.labels import ENTITY_TYPES, LEVELS
from goldassay.model.predictions import PredictedMention, Prediction
from goldassay.tally.tally import Tally

LAYERS = get_layers()


def matches(layer: Layer, view: str) -> list[Match]:
    return [match for match in layer.matches if match.view == view]


def match_of(token: str) -> Match:
    measure = parse_measure(token)
    return LAYERS[measure.layer].match(measure.match, measure.view)


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[GoldDocument], dict[str, Prediction]]:
    ids = draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=4, unique=True))
    gold = [draw(gold_documents(doc_id)) for doc_id in ids]
    said = {doc_id: draw(predictions(doc_id)) for doc_id in ids if draw(st.booleans())}
    return gold, said


def encoded(evaluation: Evaluation) -> bytes:
    return msgspec.json.encode(evaluation.scores)


@given(systems(), st.integers(0, 3), st.randoms(use_true_random=False))
def test_documents_may_come_in_any_order_and_any_shards(
    system: tuple[list[GoldDocument], dict[str, Prediction]], cut: int, source: random.Random
) -> None:
    gold, said = system
    whole = evaluate(gold, said, layers=list(LAYERS))
    shuffled = list(gold)
    source.shuffle(shuffled)
    assert encoded(evaluate(shuffled, dict(reversed(said.items())), layers=list(LAYERS))) == encoded(whole)
    for layer in LAYERS.values():
        left, right = (count_layer(layer, part, said, Options()) for part in (shuffled[:cut], shuffled[cut:]))
        together = [a + b for a, b in zip(left, right, strict=True)] if left and right else left or right
        for one, other in zip(together, count_layer(layer, gold, said, Options()), strict=True):
            assert same(one, other)


def same(one: Tally, other: Tally) -> bool:
    return one.units == other.units and all(
        np.array_equal(one.counts[name], other.counts[name]) for name in other.counts
    )


@given(gold_documents(), gold_documents("e"), gold_documents("f"))
def test_adding_tallies_is_associative_and_commutative(a: GoldDocument, b: GoldDocument, c: GoldDocument) -> None:
    for layer in LAYERS.values():
        x, y, z = (count_layer(layer, [part], {}, Options())[0] for part in (a, b, c))
        assert same((x + y) + z, x + (y + z))
        assert same(x + y, y + x)


@given(st.lists(gold_documents(), min_size=1, max_size=1))
def test_gold_against_gold_is_best_or_undefined(gold: list[GoldDocument]) -> None:
    said = {item.document.doc_id: copy_of(item) for item in gold}
    evaluation = evaluate(gold, said, options=Options(gold_ids=True))
    assert evaluation.scores
    for score in evaluation.scores:
        assert score.value in {None, match_of(score.measure).best}, score
        if score.counts["gold"] and not match_of(score.measure).mean_of:
            assert score.value is not None


@given(gold_documents())
def test_an_empty_system_has_recall_0_and_no_precision(gold: GoldDocument) -> None:
    for score in evaluate([gold], {}, layers=list(LAYERS)).scores:
        measure = parse_measure(score.measure)
        if measure.average != "micro" or match_of(score.measure).mean_of:
            continue
        match measure.statistic:
            case "rate" if score.counts["gold"]:  # classes of errors: all of the gold is missed, and that alone
                assert score.value == float(measure.match == "missed")
            case "precision" | "rate" | "mean":
                assert score.value is None
            case "recall" | "f1":
                assert score.value == (0.0 if score.counts["gold"] else None)


@given(systems())
def test_groups_add_up_and_scores_keep_their_range(system: tuple[list[GoldDocument], dict[str, Prediction]]) -> None:
    evaluation = evaluate(*system, layers=list(LAYERS))
    for tally in evaluation.tallies:
        for name, column in tally.counts.items():
            assert (column >= 0).all()
            if name.endswith(".gold"):
                twin = tally.counts[name.removesuffix("gold") + "predicted"]
                assert np.array_equal(column.sum(axis=1), twin.sum(axis=1))
    for score in evaluation.scores:
        statistic = parse_measure(score.measure).statistic
        low, high = {"mean": (0, inf), "value": (-1, 1)}.get(statistic, (0, 1))
        assert score.value is None or low <= score.value <= high, score


@given(systems())
def test_stricter_matches_never_find_more(system: tuple[list[GoldDocument], dict[str, Prediction]]) -> None:
    found = {
        (parse_measure(score.measure).view, parse_measure(score.measure).match): score.counts["credit_gold"]
        for score in evaluate(*system, layers=["entities", "stances"]).scores
        if score.group == "all"
    }
    for view in ("names", "all"):
        assert found[view, "strict"] <= found[view, "exact"] <= found[view, "partial"]
        assert found[view, "strict"] <= found[view, "type"]
    for view in ("opinion", "belief"):
        assert found[view, "sign"] <= found[view, "pair"]


@given(systems())
def test_both_attributions_and_all_slices_add_up(system: tuple[list[GoldDocument], dict[str, Prediction]]) -> None:
    tallies = {tally.view: tally.total() for tally in evaluate(*system, layers=["entities"]).tallies}
    for view in ("names", "all"):
        for name, column in tallies[view].items():
            assert column.sum() == tallies[f"{view}-by-gold-type"][name].sum()
        for name in ("strict", "exact", "overlap", "type"):  # a pair counts where its gold item does
            other = tallies[f"{view}-by-gold-type"]
            assert np.array_equal(other[f"{name}.gold"], other[f"{name}.predicted"])
    for views in (("names", "nominals", "pronouns"), ("nested", "outermost", "flat")):
        assert np.array_equal(sum(tallies[view]["gold"] for view in views), tallies["all"]["gold"])
    for name in ("strict.gold", "exact.gold", "overlap.gold", "type.gold"):
        parts = sum(tallies[view][name] for view in ("nested", "outermost", "flat"))
        assert np.array_equal(parts, tallies["all"][name])


@given(systems())
def test_means_lie_between_the_values_that_enter_them(system: tuple[list[GoldDocument], dict[str, Prediction]]) -> None:
    groups: dict[str, list[float]] = {}
    scores = evaluate(*system, layers=["entities", "numeric_facts"]).scores
    for score in scores:
        if score.group != "all" and score.value is not None:
            groups.setdefault(score.measure, []).append(score.value)
    for score in scores:
        average = parse_measure(score.measure).average
        if average in ("macro", "weighted") and score.value is not None:
            parts = groups[score.measure.replace(f"avg={average}", "avg=micro")]
            assert min(parts) - 1e-12 <= score.value <= max(parts) + 1e-12
        if average == "document":
            assert (score.value is None) == (score.counts["documents"] == 0)
            assert score.counts["documents"] <= score.n_documents


both_sides = st.lists(
    st.tuples(spans, st.sampled_from(ENTITY_TYPES), st.sampled_from(LEVELS)), max_size=7, unique_by=lambda item: item[0]
)


@given(both_sides, both_sides)
def test_swapping_gold_and_predicted_swaps_precision_and_recall(one: list, other: list) -> None:  # type: ignore[type-arg]
    there, back = (values(*sides) for sides in ((one, other), (other, one)))
    symmetric = [match for match in LAYERS["entities"].matches if match.symmetric]
    assert symmetric
    for match in symmetric:
        assert there[match.view, match.name, "precision"] == back[match.view, match.name, "recall"]
        assert there[match.view, match.name, "f1"] == back[match.view, match.name, "f1"]


def values(gold: list, predicted: list) -> dict[tuple[str, str, str], float | None]:  # type: ignore[type-arg]
    mentions = [
        Mention(id=f"m{n}", entity=None, spans=list(s), text="", level=level, type=type_)
        for n, (s, type_, level) in enumerate(gold)
    ]
    annotated = GoldDocument(document("d"), entities=EntitiesRow(doc_id="d", entities=[], mentions=mentions))
    said = tuple(
        PredictedMention(spans=s, type=t, level=level, id=f"m{n}") for n, (s, t, level) in enumerate(predicted)
    )
    scores = evaluate([annotated], {"d": Prediction(doc_id="d", mentions=said)}, layers=["entities"]).scores
    keys = [(parse_measure(score.measure), score) for score in scores if score.group == "all"]
    return {(m.view, m.match, m.statistic): score.value for m, score in keys if m.average == "micro"}


def test_the_generated_spans_lie_in_the_text() -> None:
    assert len(document("d").text) == LENGTH
