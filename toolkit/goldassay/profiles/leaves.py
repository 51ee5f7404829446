"""Comparing a tree of official numbers with ours, leaf by leaf."""

from collections.abc import Iterator, Mapping
from math import isnan
from numbers import Real
from typing import Any, NamedTuple

from goldassay.profiles.base import NoAnswer

REFUSALS = ("error", "official_crash")
"""Keys of an object that stands in place of a number which the original did not give."""


class _Missing:
    """What we have no number for, not even null."""

    def __repr__(self) -> str:
        return "no such metric"


MISSING = _Missing()


class Leaf(NamedTuple):
    """One official number or string and ours at the same path."""

    path: tuple[str, ...]
    ours: Any
    theirs: Any
    same: bool


def compare_leaves(ours: Any, theirs: Any, tolerance: float, path: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Every leaf of `theirs` beside ours. A refusal of the original is one leaf; a list is one leaf.

    >>> [leaf.same for leaf in compare_leaves({"f1": 0.5, "n": 2}, {"f1": 0.5, "n": 3}, 1e-8)]
    [True, False]
    >>> [leaf.same for leaf in compare_leaves({"f1": None}, {"f1": "nan"}, 1e-8)]
    [True]
    """
    if not isinstance(theirs, Mapping):
        yield Leaf(path, ours, theirs, is_same(ours, theirs, tolerance))
    elif _is_refusal(theirs):
        yield Leaf(path, ours, theirs, ours is MISSING or is_null(ours))
    else:
        for key, value in theirs.items():
            if isinstance(ours, NoAnswer):
                mine: Any = ours
            elif isinstance(ours, Mapping) and key != "not_expressible":
                mine = ours.get(key, MISSING)
            else:
                mine = ours if key == "not_expressible" else MISSING
            yield from compare_leaves(mine, value, tolerance, (*path, key))


def _is_refusal(value: Mapping[str, Any]) -> bool:
    return any(isinstance(value.get(key), str) for key in REFUSALS)


def list_refusals(scores: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    """Where a profile has no answer, and why: what a report says beside its nulls.

    >>> list_refusals({"token/accuracy": {"accuracy": NoAnswer("no token")}, "f1": 1.0})
    [(('token/accuracy', 'accuracy'), 'no token')]
    """
    if isinstance(scores, NoAnswer):
        return [(path, scores.reason)]
    if not isinstance(scores, Mapping):
        return []
    return [found for key, value in scores.items() for found in list_refusals(value, (*path, key))]


def is_null(value: Any) -> bool:
    """Whether there is no number: null, NaN, no answer, or a level with nothing else in it.

    >>> is_null({"p": None, "r": float("nan")}), is_null(NoAnswer("raises")), is_null(0.0)
    (True, True, False)
    """
    if isinstance(value, Mapping):
        return all(is_null(item) for item in value.values())
    return value is None or isinstance(value, NoAnswer) or (isinstance(value, float) and isnan(value))


def is_same(ours: Any, theirs: Any, tolerance: float) -> bool:
    """Whether two leaves agree: numbers within the tolerance, everything else exactly; `nan` means null.

    >>> is_same(0.3, 0.1 + 0.2, 1e-8), is_same("66.66", "66.67", 1e-8), is_same([1, "A"], [1, "A"], 1e-8)
    (True, False, True)
    """
    if is_null(theirs) or (isinstance(theirs, str) and theirs.lower() in ("nan", "not_expressible")):
        return is_null(ours)
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return ours is theirs
    if isinstance(theirs, Real):
        return isinstance(ours, Real) and (ours == theirs or bool(abs(float(ours) - float(theirs)) <= tolerance))
    if isinstance(theirs, list):
        alike = isinstance(ours, list | tuple) and len(ours) == len(theirs)
        return alike and all(is_same(mine, other, tolerance) for mine, other in zip(ours, theirs, strict=True))
    return isinstance(ours, type(theirs)) and bool(ours == theirs)
