"""Stances towards given targets: for each holder and target of the gold, which side was answered.

A pair is asked if a core stance of view `opinion`, no repetition, has this holder and target. Right is every sign that
one of these stances accepts; a pair that accepts all three is not asked. The gold's own label is that of the strongest
grade (of equal ones the first listed), and a right answer is counted as that label, so that the gold's counts are the
same whatever a system says. A pair without an answer costs recall; an answer to what was not asked costs precision.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from goldassay.layers.base import GoldDocument, Layer, Options, Pair, plain
from goldassay.layers.given_pairs import SIGNS, list_pairs, sort_answers
from goldassay.measures import confusion
from goldassay.measures.measure import Match
from goldassay.model.predictions import PredictedPair, Prediction
from goldassay.model.stances import sign
from goldassay.tally.tally import IntArray, Tally, unit_order

SIGN_NAMES = ("against", "neutral", "favor")
GRADES = (-2, -1, 0, 1, 2)


class Scale(NamedTuple):
    """What a view counts: its values and their names in order, and how a grade and an answer are read on it."""

    view: str
    values: tuple[int, ...]
    names: tuple[str, ...]
    read_grade: Callable[[int], int]
    read_answer: Callable[[PredictedPair], int | None]


SCALES = (
    Scale("signs", SIGNS, SIGN_NAMES, sign, lambda said: said.sign),
    Scale("grades", GRADES, tuple(f"{grade:+d}" if grade else "0" for grade in GRADES), int, lambda said: said.grade),
)

Cell = tuple[str, str]
"""A column and the group it is counted in."""


def count_pairs(pairs: Sequence[Pair], _: Options) -> tuple[Tally, ...]:
    """One tally a view: the confusion table with a column a cell, its sizes, and the flips."""
    units = [pair.gold.document.doc_id for pair in pairs]
    order = unit_order(units)
    tallies = []
    for scale in SCALES:
        group = {name: index for index, name in enumerate(scale.names)}
        shape = len(units), len(scale.names)
        counts: dict[str, IntArray] = {name: np.zeros(shape, np.int64) for name in _columns(scale)}
        for row, index in enumerate(order):
            for (column, name), number in count_document(scale, pairs[index]).items():
                counts[column][row, group[name]] += number
        tallies.append(Tally("stance_pairs", scale.view, tuple(units[i] for i in order), scale.names, counts))
    return tuple(tallies)


def _columns(scale: Scale) -> list[str]:
    cells = [
        confusion.cell(row, answer)
        for row in (*scale.names, confusion.NOTHING)
        for answer in (*scale.names, confusion.NONE)
    ]
    return ["gold", "predicted", "answered", "right.gold", "right.predicted", "signed", "flipped", *cells]


def count_document(scale: Scale, pair: Pair) -> Counter[Cell]:
    """Counts of one document by column and group: cells go by the gold's label, `predicted` by the answered one."""
    counts: Counter[Cell] = Counter()
    asked = {item.id: item for item in list_pairs(pair.gold)}
    answers, strays = sort_answers(asked, pair.predicted)
    name = dict(zip(scale.values, scale.names, strict=True))
    for said in strays:
        value = scale.read_answer(said)
        if value is not None:
            counts.update([("predicted", name[value]), (confusion.cell(confusion.NOTHING, name[value]), name[value])])
    for id_, item in asked.items():
        own, accepted = scale.read_grade(item.grade), {scale.read_grade(grade) for grade in item.accepted}
        answer = scale.read_answer(answers[id_]) if id_ in answers else None
        counts.update((column, name[own]) for column in _verdicts(own, accepted, answer))
        value = own if answer in accepted else answer
        counts[confusion.cell(name[own], confusion.NONE if value is None else name[value]), name[own]] += 1
        if value is not None:
            counts["predicted", name[value]] += 1
    return counts


def _verdicts(own: int, accepted: set[int], answer: int | None) -> Iterator[str]:
    yield "gold"
    if answer is None:
        return
    yield "answered"
    if answer in accepted:
        yield from ("right.gold", "right.predicted")
    if len({sign(value) for value in accepted}) == 1 and own and answer:
        yield "signed"
        if sign(own) != sign(answer):
            yield "flipped"


_OWN = "own definition (docs/design/stances.md)"
_VALUES: tuple[tuple[str, str, confusion.TableMeasure, bool, str], ...] = (
    # name, title, function, whether only what was answered enters, source
    ("accuracy", "right of what was asked", confusion.accuracy, False, ""),
    ("macro_f1", "mean F1 of the gold's labels", confusion.macro_f1, False, ""),
    ("average_recall", "mean recall of the gold's labels", confusion.macro_recall, False, ""),
    ("favg", "mean F1 of favor and against", confusion.mean_f1_of_ends, False, "Mohammad et al. (2016)"),
    ("mcc", "correlation of both sides", confusion.matthews, False, "Gorodkin (2004)"),
    ("kappa_linear", "weighted kappa", partial(confusion.weighted_kappa, power=1), True, "Cohen (1968)"),
    ("kappa_quadratic", "weighted kappa, squared", partial(confusion.weighted_kappa, power=2), True, "Cohen (1968)"),
    ("alpha_ordinal", "Krippendorff's alpha", confusion.ordinal_alpha, True, "Krippendorff (2011)"),
)


def _matches(scale: Scale) -> Iterator[Match]:
    detail = scale.view != "signs"
    rows = [row for row in _VALUES if row[0] != "favg" or scale.view == "signs"]
    for name, title, measure, answered, source in rows:
        yield Match(
            name,
            scale.view,
            title,
            gold="answered" if answered else "gold",
            predicted="answered" if answered else "predicted",
            statistics=("value",),
            symmetric=False,
            formula=confusion.on_cells(scale.names, measure),
            detail=detail,
            note=source or _OWN,
        )
    yield Match("label", scale.view, "same label", *plain("right"), symmetric=False, detail=detail, note=_OWN)
    yield from _error_matches(scale, detail=detail)


def _error_matches(scale: Scale, *, detail: bool) -> Iterator[Match]:
    distance = {
        confusion.cell(gold, answer): float(abs(i - j))
        for i, gold in enumerate(scale.names)
        for j, answer in enumerate(scale.names)
        if i != j
    }
    row = partial(Match, view=scale.view, symmetric=False, best=0.0, detail=detail, note=_OWN)
    yield row(
        name="mae",
        title="mean distance on the scale",
        credit_gold=distance,
        credit_predicted=distance,
        gold="answered",
        predicted="answered",
        statistics=("mean",),
    )
    yield row(
        name="macro_mae",
        title="mean distance on the scale, mean over the gold's labels",
        gold="answered",
        predicted="answered",
        statistics=("mean",),
        formula=confusion.on_cells(scale.names, confusion.macro_error),
        note="Baccianella et al. (2009)",
    )
    if scale.view == "signs":
        yield row(
            name="flip",
            title="opposite sign, of the pairs in which both sides take one",
            credit_gold={"flipped": 1.0},
            credit_predicted={"flipped": 1.0},
            gold="signed",
            predicted="signed",
            statistics=("rate",),
        )


def _annotated(gold: GoldDocument) -> bool:
    return gold.stances is not None


def _answered(prediction: Prediction) -> bool:
    """Only answers to the questions of `goldassay tasks`; stances that were found freely are another layer."""
    return prediction.stance_pairs is not None


LAYER = Layer(
    name="stance_pairs",
    items="holder-target pairs that are given, with the side taken",
    groups=SIGN_NAMES,
    count=count_pairs,
    matches=tuple(match for scale in SCALES for match in _matches(scale)),
    annotated=_annotated,
    answered=_answered,
)
