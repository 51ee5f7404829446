"""Our own reading of numbers and comparison of values, so that other implementations can be checked against them.

No other scorer defines them; the cases without documents of vector files are answered here.
"""

from collections.abc import Sequence
from typing import Any

from goldassay.formats.numbers import NotAValue, parse_value
from goldassay.match.value import ValueComparison, compare_values
from goldassay.model.numeric_facts import Value
from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores

READ = ("lo", "hi", "lo_inc", "hi_inc", "approx", "bound", "unit", "magnitude", "kind")
"""What is compared of a number that was read."""


def score_numbers(documents: Sequence[CaseDocument], _: Options) -> Scores:
    """What the one input of a case is read as; no answer, with the reason, where it is no value."""
    found = parse_value(documents[0]["gold"][0])
    if isinstance(found, NotAValue):
        return NoAnswer(found.reason)
    return {field: getattr(found, field) for field in READ}


def score_values(documents: Sequence[CaseDocument], _: Options) -> Scores:
    """The comparison of the one gold value of a case with the predicted one; yes and no are 1 and 0."""
    (gold,), (predicted,) = documents[0]["gold"], documents[0]["predicted"]
    found = compare_values(_value(gold), _value(predicted))
    return {name: _number(getattr(found, name)) for name in ValueComparison.__slots__}


def _value(sides: dict[str, Any]) -> Value:
    return Value(lo=sides["lo"], hi=sides["hi"], lo_inc=sides.get("lo_inc", True), hi_inc=sides.get("hi_inc", True))


def _number(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else float(value)


OWN_NUMBERS = Profile(
    name="own-numbers",
    kind="number_strings",
    scorers=("proposed_number_strings",),
    tolerance=0.0,
    quirks="The number grammar alone: one string or JSON value in, its interval with approximator, bound and unit out.",
    score=score_numbers,
)
OWN_VALUES = Profile(
    name="own-values",
    kind="value_pairs",
    scorers=("proposed_value_scores",),
    tolerance=1e-9,
    quirks="The comparison of two values alone, without units, places or what is counted; yes and no are 1 and 0, and "
    "what cannot be compared is null.",
    score=score_values,
)
