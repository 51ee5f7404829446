"""CQE_Evaluation, the scorer of CQE and NewsQuant (Almasian et al., 2023), in the three settings that it is run in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import isfinite
from typing import Any, NamedTuple

from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores

Quantity = Mapping[str, Any]
Number = float | tuple[float, float]
"""A scalar or the two ends of a range."""

ABSOLUTE, RELATIVE = 1e-8, 1e-5
"""Tolerance of values; the relative part is of the predicted one."""


class Setting(NamedTuple):
    """What is scored: change and concepts or not, gold ranges as they are or as the mean of their ends."""

    attributes: bool
    average: bool


@dataclass(slots=True)
class Hits:
    """Pairs found, summed over sentences; all but `value` may exceed the number of gold quantities."""

    gold: int = 0
    predicted: int = 0
    value: int = 0
    unit: int = 0
    change: int = 0
    partial: int = 0
    complete: int = 0


class UnreadableValueError(ValueError):
    """A value at which the original raises."""


def read_number(value: object, *, average: bool = False) -> Number:
    """A value as the scorer reads it; a hyphen inside a string divides a range, even that of an exponent.

    Raises:
        UnreadableValueError: It is neither number nor range to the original ("12,000", "1e-05", "-5--3").

    >>> read_number("5-10"), read_number("5-10", average=True), read_number([5, 10], average=True), read_number("-5")
    ((5.0, 10.0), 7.5, (5.0, 10.0), -5.0)
    """
    try:
        if isinstance(value, str) and "-" in value and "E" not in value and not value.startswith("-"):
            low, high = (float(part) for part in value.split("-")[:2])
            return (low + high) / 2 if average else (low, high)
        if isinstance(value, list):
            return float(value[0]), float(value[1])
        return float(value)  # type: ignore[arg-type]
    except (IndexError, OverflowError, TypeError, ValueError) as error:
        raise UnreadableValueError(f"{type(error).__name__}: {error}") from error


def read_gold(value: object, *, average: bool) -> Number:
    """A gold value: the original keeps it as a string, a range with a hyphen between its ends.

    >>> read_gold([5, 10], average=False), read_gold([5, 10], average=True)
    ((5.0, 10.0), 7.5)
    """
    text = f"{value[0]}-{value[1]}" if isinstance(value, list) and len(value) == 2 else str(value)
    return read_number(text, average=average)


def is_near(gold: Number, predicted: Number) -> bool:
    """Whether values match: both scalars or both ranges, each end within the tolerance.

    >>> is_near(100000.0, 100001.000005), is_near(100001.000005, 100000.0)
    (True, False)
    """
    if isinstance(gold, tuple) and isinstance(predicted, tuple):
        return is_near(gold[0], predicted[0]) and is_near(gold[1], predicted[1])
    if isinstance(gold, tuple) or isinstance(predicted, tuple):
        return False
    limit = ABSOLUTE + RELATIVE * abs(predicted)
    return gold == predicted or (isfinite(gold - predicted) and abs(gold - predicted) <= limit)


def add_sentence(hits: Hits, gold: Sequence[Quantity], predicted: Sequence[Quantity], *, average: bool) -> None:
    """Add the pairs of one sentence. A prediction is used up only by a pair that agrees in its unit as well."""
    left = sorted(predicted, key=_unit)
    unmet = len(gold)
    hits.gold += len(gold)
    hits.predicted += len(predicted)
    for true in sorted(gold, key=_unit):
        number = read_gold(true["value"], average=average)
        for position, said in enumerate(left):
            if not is_near(number, read_number(said["value"])):
                continue
            hits.value += unmet > 0
            unmet -= unmet > 0
            _add_attributes(hits, true, said)
            if true["unit"].lower() == said["unit"].lower():
                hits.unit += 1
                del left[position]
                break


def _unit(quantity: Quantity) -> str:
    return str(quantity["unit"])


def _add_attributes(hits: Hits, gold: Quantity, predicted: Quantity) -> None:
    """Concepts are words in lower case; a quantity without them has the word "-"."""
    wanted, found = ([word.lower() for word in side.get("concepts") or ["-"]] for side in (gold, predicted))
    shared = len(set(wanted) & set(found))
    hits.change += gold["change"] == predicted["change"]
    hits.partial += shared > 0
    hits.complete += shared == len(wanted) == len(found)


def _rates(found: int, hits: Hits) -> dict[str, float]:
    """Percent, rounded to one decimal after F1 is taken; 0 for 0/0 in F1."""
    precision, recall = found / hits.predicted, found / hits.gold
    f1 = 2.0 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"P": round(precision * 100, 1), "R": round(recall * 100, 1), "F1": round(f1 * 100, 1)}


def score(setting: Setting, documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Rates of pairs summed over all sentences; a document is a sentence."""
    hits = Hits()
    for document in documents:
        try:
            add_sentence(hits, document["gold"] or [], document["predicted"] or [], average=setting.average)
        except UnreadableValueError as error:
            return NoAnswer(f"the original cannot read a value of sentence {document['doc_id']!r}: {error}")
    if not hits.gold or not hits.predicted:
        side = "predicted" if hits.gold else "gold"
        return NoAnswer(f"there is no {side} quantity; the original divides by zero")
    found = {"value": hits.value, "value+unit": hits.unit}
    if setting.attributes:
        found |= {
            "value+change": hits.change,
            "value+concept_partial": hits.partial,
            "value+concept_compelete": hits.complete,
        }
    return {name: _rates(number, hits) for name, number in found.items()}


_SHARED = (
    "A prediction is used up only by a gold quantity that it equals in value and unit, so one with a wrong unit counts "
    "again and rates may pass 100, recall of values alone is held at 100. Values match within a tolerance that is "
    "relative to the prediction, by the scorer's own reading: strings with a thousands separator and small numbers in "
    "scientific notation are refused, as are responses or gold without a quantity. Quantities go by the order of their "
    "units. Percent, rounded to one decimal."
)

CQE = Profile(
    name="cqe",
    kind="values",
    scorers=("cqe",),
    tolerance=1e-9,
    quirks=f"{_SHARED} Value alone, and with unit, change or concepts.",
    score=partial(score, Setting(attributes=True, average=False)),
)
CQE_VALUE_UNIT = Profile(
    name="cqe-value-unit",
    kind="values",
    scorers=("cqe_value_unit_only",),
    tolerance=1e-9,
    quirks=f"As cqe, without change and concepts. {_SHARED}",
    score=partial(score, Setting(attributes=False, average=False)),
)
CQE_AVERAGE_RANGES = Profile(
    name="cqe-average-ranges",
    kind="values",
    scorers=("cqe_as_quantulum3_average_ranges",),
    tolerance=1e-9,
    quirks=f"A gold range is the mean of its ends, which a predicted range never equals. {_SHARED}",
    score=partial(score, Setting(attributes=False, average=True)),
)
