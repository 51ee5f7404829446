"""MeasEval, the scorer of SemEval-2021 task 8 (Harper et al., 2021), run with pandas 1.2.2."""

import re
from collections.abc import Iterator, Sequence
from math import fsum
from typing import Any

from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores, harmonic_mean
from goldassay.profiles.measeval_rows import CLASSES, SPANNED, Element, Row, count_rows, pair_elements

_NAMES = "IsMean IsMeanHasSD IsMeanHasTolerance IsMeanIsRange IsMedian IsRange IsRangeHasTolerance"
MODIFIERS = frozenset(("HasTolerance", "IsApproximate", "IsCount", "IsList", *_NAMES.split()))
"""The modifiers of the annotation scheme; a submission with any other is turned away."""
_RELATIONS = {
    "MeasuredEntity": {"HasProperty", "HasQuantity"},
    "MeasuredProperty": {"HasQuantity"},
    "Qualifier": {"Qualifies"},
}
_ID = re.compile(r"T?\d*-?\d+")
_MISSING = "#N/A #NA -1.#IND -1.#QNAN -NaN -nan 1.#IND 1.#QNAN <NA> N/A NA NULL NaN n/a nan null"
_NO_TEXT = frozenset(("", "#N/A N/A", *_MISSING.split()))
"""Texts that the table reader of the original takes for a missing value."""


def score(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Rows pooled over all documents under `overall`, by class under `class`, by document under `doc`."""
    refused = next(_refusals(documents), None)
    if refused is not None:
        return NoAnswer(refused)
    rows: dict[str, list[Row]] = {}
    for document in documents:
        gold, predicted = document["gold"] or [], document["predicted"] or []
        pairing = pair_elements(gold, predicted)
        for said, true in (pair for pairs in pairing.met.values() for pair in pairs):
            missing = {said["text"], true["text"]} & _NO_TEXT
            if missing:
                return NoAnswer(f"the text {missing.pop()!r} is read as missing; the original raises AttributeError")
        rows[document["doc_id"]] = count_rows(gold, predicted, pairing)
    pooled = [row for own in rows.values() for row in own]
    return {
        "overall": _count(pooled) | _means(pooled),
        "class": {name: _print_class([row for row in pooled if row.group == name]) for name in CLASSES},
        "doc": {doc_id: _means(own) for doc_id, own in rows.items() if own},
    }


def _count(rows: Sequence[Row]) -> dict[str, Any]:
    """Counts and rates; there are no rates without a match."""
    right, wrong, missed = (sum(row.outcome == name for row in rows) for name in ("match", "predicted", "gold"))
    rates: tuple[float | None, ...] = (None, None, None)
    if right:
        precision, recall = right / (right + wrong), right / (right + missed)
        rates = precision, recall, harmonic_mean(precision, recall)
    names = "tp", "fp", "fn", "precision", "recall", "f_measure"
    return dict(zip(names, (right, wrong, missed, *rates), strict=True))


def _means(rows: Sequence[Row]) -> dict[str, float | None]:
    """Means over all rows, matched or not; null without a row."""
    return {
        "exact_match": fsum(row.exact for row in rows) / len(rows) if rows else None,
        "f1_overlap": fsum(row.overlap for row in rows) / len(rows) if rows else None,
    }


def _print_class(rows: Sequence[Row]) -> dict[str, Any]:
    """A class without a match has a note in place of its counts."""
    counts = _count(rows)
    note = None
    if not counts["tp"]:
        note = "no_matches" if counts["fp"] else "no_submission_data"
        counts = dict.fromkeys(counts)
    return counts | _means(rows) | {"note": note}


def _refusals(documents: Sequence[CaseDocument]) -> Iterator[str]:
    """What the original would not score, in the order in which it would come upon it."""
    for document in documents:
        for fault in _faults(document["predicted"] or []):
            yield f"{fault} in document {document['doc_id']!r}; the original turns the submission away"
    if all(document["predicted"] is None for document in documents):
        yield "there is no file of predictions; the original raises ValueError"
    gold = [item for document in documents for item in document["gold"] or ()]
    if not any("unit" in item or "mods" in item for item in gold if item["kind"] == "Quantity"):
        yield "no gold quantity has a unit or a modifier; the original raises ValueError"
    if not any(item["kind"] in SPANNED for item in gold):
        yield "the gold has quantities alone; the original raises ValueError"
    for document in documents:
        for item in (*(document["gold"] or ()), *(document["predicted"] or ())):
            if item["kind"] in SPANNED and not item.get("rel"):
                yield f"element {item['id']!r} of {document['doc_id']!r} has no relation; the original raises"


def _faults(predicted: Sequence[Element]) -> Iterator[str]:
    """What is checked of a submission and not of the gold."""
    seen = set()
    for item in predicted:
        if (item["set"], item["id"]) in seen:
            yield f"id {item['id']!r} stands twice in set {item['set']}"
        seen.add((item["set"], item["id"]))
        if _ID.fullmatch(item["id"]) is None:
            yield f"id {item['id']!r} is not of the form T1-1"
        if item["kind"] not in ("Quantity", *SPANNED):
            yield f"there is no class {item['kind']!r}"
        if len(item["text"]) != item["end"] - item["start"]:
            yield f"the text {item['text']!r} is not as long as its span"
        yield from (f"there is no modifier {name!r}" for name in item.get("mods", ()) if name not in MODIFIERS)
        wrong = (item.get("rel") or {}).keys() - _RELATIONS.get(item["kind"], set())
        yield from (f"a {item['kind']} has no relation {name!r}" for name in sorted(wrong))


MEASEVAL = Profile(
    name="measeval",
    kind="sets",
    scorers=("measeval",),
    tolerance=1e-9,
    quirks=(
        "Spans that only touch match, and every pair that matches is a row, so repeated predictions are free. A "
        "predicted set is aligned to one gold set, by the last pair of its quantities; entity, property, qualifier, "
        "unit and modifiers count inside it alone. Exact match and overlap F1 are means over pooled rows of nine "
        "classes, each pair with the best overlap of any pair whose prediction has the same id; an overlap of nothing "
        "is one token. A wrong unit is free beside a right one of the same set. An empty list of modifiers is one "
        "that never matches. Gold without units and modifiers, or of quantities alone, and predictions with unknown "
        "modifiers are refused."
    ),
    score=score,
)
