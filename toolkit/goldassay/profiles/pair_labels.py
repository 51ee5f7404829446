"""Pair classification by the usual formulas of the literature, over a label set that is fixed beforehand."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import groupby
from math import fsum
from typing import Any

from goldassay.measures.agreement import cohen_kappa, krippendorff_alpha
from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores
from goldassay.profiles.fnc1 import STANCES
from goldassay.profiles.labels import (
    LabelledPair,
    count_labels,
    label_rates,
    matthews,
    mean_rate,
    pair_labels,
    share_right,
)
from goldassay.profiles.semeval2016 import V2

SIGNS: Mapping[Hashable, int] = {"AGAINST": -1, "NONE": 0, "FAVOR": 1}
"""Labels in words that take a side; numbers have a sign of their own."""


def score_pairs(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Every measure that the labels allow: those of a scale need numbers, those of sides a sign.

    The label set is `labels` of the options, in the order of the scale; without it, the scheme of SemEval-2016 or of
    FNC-1, whichever has all labels that occur.
    """
    pairs = pair_labels(documents)
    if isinstance(pairs, NoAnswer):
        return pairs
    labels = _label_set(pairs, options)
    if labels is None:
        return NoAnswer("no label set: give `labels`, in the order of the scale")
    counts = count_labels(pairs)
    found = {label: label_rates(counts, label)["f1"] for label in labels}
    observed = list(counts.gold | counts.predicted)
    n = counts.gold.total()
    scores: dict[str, Any] = {
        "accuracy": share_right(counts),
        "f1_per_label": list(found.values()),
        "macro_f1": mean_rate(counts, labels, "f1"),
        "macro_f1_observed_labels": mean_rate(counts, observed, "f1"),
        "weighted_f1": fsum(value * counts.gold[label] for label, value in found.items()) / n if n else None,
        "macro_recall": mean_rate(counts, labels, "recall"),
        "mcc": matthews(counts),
    }
    return scores | score_chance(pairs, labels) | score_sides(pairs) | score_distances(pairs)


def _label_set(pairs: Sequence[LabelledPair], options: Options) -> list[Hashable] | None:
    if "labels" in options:
        return list(options["labels"])
    said = {label for item in pairs for label in (item.gold, item.predicted)}
    if said <= set(V2):
        return list(SIGNS)
    return list(STANCES) if said <= set(STANCES) else None


def score_chance(pairs: Sequence[LabelledPair], labels: Sequence[Hashable]) -> dict[str, Any]:
    """Kappas and alphas; weights and ranks go by the place in the label set. Null on constant data.

    >>> score_chance([LabelledPair("T", 1, 1)], [-1, 0, 1])["kappa"] is None
    True
    """
    gold, predicted = [item.gold for item in pairs], [item.predicted for item in pairs]
    if not {*gold, *predicted} <= set(labels):
        refusal = NoAnswer("a label has no place in the label set")
        names = ("kappa", "kappa_linear", "kappa_quadratic", "alpha_nominal", "alpha_ordinal", "alpha_interval")
        return dict.fromkeys(names, refusal)
    units = list(zip(gold, predicted, strict=True))
    scores: dict[str, Any] = {
        "kappa": cohen_kappa(gold, predicted),
        "kappa_linear": cohen_kappa(gold, predicted, weights="linear", order=labels),
        "kappa_quadratic": cohen_kappa(gold, predicted, weights="quadratic", order=labels),
        "alpha_nominal": krippendorff_alpha(units),
        "alpha_ordinal": krippendorff_alpha(units, level="ordinal", order=labels),
    }
    return scores | ({"alpha_interval": krippendorff_alpha(units, level="interval")} if _are_numbers(pairs) else {})


def score_sides(pairs: Sequence[LabelledPair]) -> dict[str, Any]:
    """Favg on signs, pooled and by target, and the share of opposite sides where both sides take one."""
    if not all(_is_number(label) or label in V2 for item in pairs for label in (item.gold, item.predicted)):
        return {}
    signed = [LabelledPair(item.target, _sign(item.gold), _sign(item.predicted)) for item in pairs]
    taken = [(item.gold, item.predicted) for item in signed if item.gold and item.predicted]
    by_target = groupby(sorted(signed, key=lambda item: str(item.target)), key=lambda item: item.target)
    targets = {target: _favg(items) for target, items in by_target}
    return {
        "favg_sign": _favg(signed),
        "per_target_favg": targets,
        "favg_macro_over_targets": fsum(targets.values()) / len(targets) if targets else None,
        "flip_rate": sum(gold != predicted for gold, predicted in taken) / len(taken) if taken else None,
    }


def score_distances(pairs: Sequence[LabelledPair]) -> dict[str, Any]:
    """Mean absolute error, over items and over the labels of the gold; only of numbers. At least 0, best 0.

    >>> score_distances([LabelledPair("T", 1, 1), LabelledPair("T", 1, 0), LabelledPair("T", -1, 1)])
    {'mae': 1.0, 'mae_macro_observed_gold': 1.25}
    """
    if not pairs or not _are_numbers(pairs):
        return {}
    errors: dict[Any, list[float]] = {}
    for _, gold, predicted in pairs:
        errors.setdefault(gold, []).append(abs(gold - predicted))  # type: ignore[operator]
    means = [fsum(values) / len(values) for values in errors.values()]
    return {
        "mae": fsum(error for values in errors.values() for error in values) / len(pairs),
        "mae_macro_observed_gold": fsum(means) / len(means),
    }


def _favg(pairs: Iterable[LabelledPair]) -> float:
    counts = count_labels(list(pairs))
    return (label_rates(counts, 1)["f1"] + label_rates(counts, -1)["f1"]) / 2


def _sign(label: Any) -> int | None:
    """The side of a label; null for one that takes none and is not neutral either."""
    return (label > 0) - (label < 0) if _is_number(label) else SIGNS.get(label)


def _is_number(label: object) -> bool:
    return isinstance(label, int | float) and not isinstance(label, bool)


def _are_numbers(pairs: Sequence[LabelledPair]) -> bool:
    return all(_is_number(label) for item in pairs for label in (item.gold, item.predicted))


PAIR_LABELS = Profile(
    "pair-labels",
    "labels",
    ("sklearn", "own_favg"),
    1e-9,
    "The usual formulas in one table, over a label set given beforehand: a label that occurs nowhere is a 0 in the "
    "macro means, as 0/0 is 0 there. MCC is 0 where a side is constant, while kappa and alpha are null there.",
    score_pairs,
)
