"""Laws of pair classification: bounds, sums, order, and agreement with plain implementations on lists of labels."""

import math
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from strategies_scoring import document

from goldassay.evaluate import count_layer, evaluate
from goldassay.layers.base import GoldDocument, Options
from goldassay.layers.given_pairs import list_pairs
from goldassay.layers.stance_pairs import LAYER, SIGN_NAMES
from goldassay.measures.agreement import cohen_kappa, krippendorff_alpha
from goldassay.measures.measure import parse_measure
from goldassay.model.labels import DIMENSIONS
from goldassay.model.predictions import PredictedPair, Prediction
from goldassay.model.stances import Stance, StancesRow, Target, sign
from goldassay.profiles import get_profile
from goldassay.tally.tally import Tally

Systems = tuple[list[GoldDocument], dict[str, Prediction]]

stances = st.builds(
    Stance,
    id=st.just("s"),
    holder=st.sampled_from(["e1", "e2", "AUTHOR"]),
    target=st.builds(Target, kind=st.sampled_from(["entity", "proposition"]), id=st.sampled_from(["x", "y"])),
    dimension=st.sampled_from(DIMENSIONS),
    grade=st.integers(-2, 2),
    grade_alt=st.lists(st.integers(-2, 2), max_size=2),
    act=st.just("state"),
    tier=st.sampled_from(["core", "core", "core", "optional"]),
)


@st.composite
def systems(draw: st.DrawFn, *, plain: bool = False) -> Systems:
    """Documents with stances, and answers to some of the pairs; `plain`: one stance a pair, one sign, all answered."""
    documents, said = [], {}
    for doc_id in draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True)):
        listed = draw(st.lists(stances, max_size=6))
        if plain:
            unique = {(item.holder, item.target.kind, item.target.id): item for item in listed}
            listed = [_without_alternatives(item) for item in unique.values()]
        row = StancesRow(doc_id=doc_id, propositions=[], attributions=[], stances=listed)
        gold = GoldDocument(document(doc_id), stances=row)
        documents.append(gold)
        ids = [pair.id for pair in list_pairs(gold)]
        answers = []
        for id_ in ids if plain else [*ids, *draw(st.lists(st.sampled_from([*ids, "none>of:them"]), max_size=3))]:
            grade = draw(st.integers(-2, 2))
            if plain or draw(st.booleans()):
                answers.append(PredictedPair(id=id_, sign=sign(grade), grade=grade))
        said[doc_id] = Prediction(doc_id=doc_id, stance_pairs=tuple(answers))
    return documents, said


def _without_alternatives(stance: Stance) -> Stance:
    return Stance(
        id=stance.id,
        holder=stance.holder,
        target=stance.target,
        dimension="position",
        grade=stance.grade,
        act="state",
    )


def micro(gold: list[GoldDocument], said: dict[str, Prediction], view: str = "signs") -> dict[str, float | None]:
    scores = [
        (parse_measure(score.measure), score)
        for score in evaluate(gold, said, layers=["stance_pairs"]).scores
        if score.group == "all"
    ]
    return {
        f"{measure.statistic} {measure.match}": score.value
        for measure, score in scores
        if (measure.view, measure.average) == (view, "micro")
    }


def same(one: Tally, other: Tally) -> bool:
    return one.units == other.units and all(np.array_equal(one.counts[key], other.counts[key]) for key in one.counts)


@given(systems(), st.randoms(use_true_random=False), st.integers(0, 3))
def test_counts_add_whatever_the_order(system: Systems, source: random.Random, cut: int) -> None:
    gold, said = system
    shuffled = list(gold)
    source.shuffle(shuffled)
    whole = count_layer(LAYER, gold, said, Options())
    left, right = (count_layer(LAYER, part, said, Options()) for part in (shuffled[:cut], shuffled[cut:]))
    together = [a + b for a, b in zip(left, right, strict=True)] if left and right else left or right
    assert all(same(one, other) for one, other in zip(together, whole, strict=True))


@given(systems())
def test_the_table_holds_every_pair_once_and_every_answer_once(system: Systems) -> None:
    gold, said = system
    asked = sum(len(list_pairs(item)) for item in gold)
    answers = sum(len(item.stance_pairs or ()) for item in said.values())
    for tally in count_layer(LAYER, gold, said, Options()):
        total = {name: int(column.sum()) for name, column in tally.counts.items()}
        cells = {name: number for name, number in total.items() if ".as." in name}
        none = sum(number for name, number in cells.items() if name.endswith(".as.none"))
        strays = sum(number for name, number in cells.items() if name.startswith("nothing.as."))
        assert (total["gold"], total["predicted"]) == (asked, answers)
        assert sum(cells.values()) == asked + strays
        assert total["answered"] == asked - none == answers - strays
        assert total["flipped"] <= total["signed"] <= total["answered"]


@given(systems())
def test_the_gold_counts_are_the_same_for_every_system(system: Systems) -> None:
    gold, said = system
    for one, other in zip(
        count_layer(LAYER, gold, said, Options()), count_layer(LAYER, gold, {}, Options()), strict=True
    ):
        assert np.array_equal(one.counts["gold"], other.counts["gold"])


@given(systems())
def test_values_keep_their_range(system: Systems) -> None:
    for view in ("signs", "grades"):
        for name, value in micro(*system, view).items():
            signed = name.split()[1] in ("mcc", "kappa_linear", "kappa_quadratic", "alpha_ordinal")
            high = 4 if name.startswith("mean") else 1
            assert value is None or (-1 if signed else 0) <= value <= high, name


@given(systems())
def test_right_answers_are_best_or_undefined(system: Systems) -> None:
    gold, _ = system
    said = {
        item.document.doc_id: Prediction(
            doc_id=item.document.doc_id,
            stance_pairs=tuple(
                PredictedPair(id=pair.id, sign=sign(grade), grade=grade)
                for pair in list_pairs(item)
                for grade in [min(pair.accepted)]  # any accepted grade will do
            ),
        )
        for item in gold
    }
    for view in ("signs", "grades"):
        for name, value in micro(gold, said, view).items():
            best = next(match.best for match in LAYER.matches if match.name == name.split()[1])
            assert value in (None, best), name


@settings(max_examples=200)
@given(systems(plain=True))
def test_the_numbers_are_those_of_plain_implementations_on_lists(system: Systems) -> None:
    gold, said = system
    own, answers = [], []
    for item in gold:
        by_id = {answer.id: answer for answer in said[item.document.doc_id].stance_pairs or ()}
        for pair in list_pairs(item):
            own.append(pair.grade)
            answers.append(by_id[pair.id].grade)
    check_lists(micro(gold, said, "grades"), own, answers, [-2, -1, 0, 1, 2])
    signs = [sign(grade) for grade in own], [sign(grade or 0) for grade in answers]
    check_lists(micro(gold, said), *signs, [-1, 0, 1])


def check_lists(found: dict[str, float | None], gold: list[Any], answers: list[Any], labels: list[int]) -> None:
    """Kappa and alpha by the functions for annotators; the rest by the profile, over the labels that the gold has."""
    for power in ("linear", "quadratic"):
        assert close(found[f"value kappa_{power}"], cohen_kappa(gold, answers, weights=power, order=labels))
    units = list(zip(gold, answers, strict=True))
    assert close(found["value alpha_ordinal"], krippendorff_alpha(units, level="ordinal", order=labels))
    if not gold:
        assert set(found.values()) == {None}
        return
    documents = [
        {"doc_id": str(n), "text": "", "gold": [{"target": n, "label": a}], "predicted": [{"target": n, "label": b}]}
        for n, (a, b) in enumerate(units)
    ]
    official = get_profile("pair-labels").score(documents, {"labels": sorted(set(gold))})
    assert isinstance(official, dict)
    pairs = {
        "value accuracy": "accuracy",
        "value macro_f1": "macro_f1",
        "value average_recall": "macro_recall",
        "mean mae": "mae",
        "mean macro_mae": "mae_macro_observed_gold",
    }
    for ours, theirs in pairs.items():
        assert close(found[ours], official[theirs]), ours
    constant = len(set(gold)) == 1 or len(set(answers)) == 1
    assert close(found["value mcc"], None if constant else official["mcc"])
    if len(labels) == len(SIGN_NAMES):
        assert close(found["value favg"], official["favg_sign"] if {-1, 1} <= set(gold) else None)
        assert close(found["rate flip"], official["flip_rate"])


def close(ours: float | None, theirs: float | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    return math.isclose(ours, theirs, abs_tol=1e-12)
