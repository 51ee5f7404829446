"""Approximators and bounds around a number: "around", "at least", "or so", ≥.

The words come from the lexicons of the guidelines; symbols and abbreviations stand here.
"""

import re
from functools import cache
from typing import NamedTuple

from goldassay.lexicons import load_lexicon
from goldassay.model.labels import Approx, Bound


class Modifier(NamedTuple):
    """What a word does to its number: loosens it (`approx`), or bounds it, inclusively or not."""

    approx: Approx = "none"
    bound: Bound = "none"
    inclusive: bool = True


class Modified(NamedTuple):
    """The modifiers around a number, joined, and the stretch from the first of them to the last."""

    modifier: Modifier
    start: int
    end: int


_SYMBOLS_BEFORE = {
    **dict.fromkeys(("~", "≈", "∼", "c.", "ca.", "ca", "est."), Modifier("approx")),
    **dict.fromkeys((">=", "≥", "≧"), Modifier(bound="min")),
    **dict.fromkeys(("<=", "≤", "≦"), Modifier(bound="max")),
    ">": Modifier(bound="min", inclusive=False),
    "<": Modifier(bound="max", inclusive=False),
}
_SYMBOLS_AFTER = {"+": Modifier(bound="min"), "-plus": Modifier(bound="min")}


class _Table(NamedTuple):
    surfaces: dict[str, Modifier]
    pattern: re.Pattern[str]


@cache
def _tables() -> tuple[_Table, _Table]:
    before, after = dict(_SYMBOLS_BEFORE), dict(_SYMBOLS_AFTER)
    for row in load_lexicon("approximators"):
        if row.approx != "vague":
            (before if row.position == "before" else after)[row.surface] = Modifier(row.approx)
    for word in load_lexicon("bounds"):
        side = before if word.position == "before" else after
        side[word.surface] = Modifier(bound=word.bound, inclusive=word.inclusive)
    leading = rf"(?<![\w'-])(?P<surface>{_alternatives(before)})\s*$"
    following = rf"(?P<surface>{_alternatives(after)})(?![\w']|\s?[\d$£€])"
    return _Table(before, re.compile(leading)), _Table(after, re.compile(rf"[\s]?,?\s?{following}"))


def _alternatives(surfaces: dict[str, Modifier]) -> str:
    longest_first = sorted(surfaces, key=lambda surface: (-len(surface), surface))
    return "|".join(re.escape(surface).replace(r"\ ", r"\s+") for surface in longest_first)


def join_modifiers(low: str, start: int, end: int) -> Modified:
    """The modifiers directly before `start` and directly after `end`: at most one approximator and one bound.

    >>> join_modifiers("at least around 300 tanks", 16, 19)
    Modified(modifier=Modifier(approx='approx', bound='min', inclusive=True), start=0, end=19)
    >>> join_modifiers("300 or more", 0, 3).end
    11
    """
    before, after = _tables()
    joined = Modifier()
    while True:
        window = max(0, start - 40)
        found = before.pattern.search(low, window, start) if start else None
        if found is None or not _fits(joined, before.surfaces[_plain(found["surface"])]):
            break
        if found["surface"][-1].isalpha() and found.end("surface") == start:
            break  # a word must not touch its number
        joined, start = _join(joined, before.surfaces[_plain(found["surface"])]), found.start("surface")
    while (trailing := after.pattern.match(low, end)) is not None:
        modifier = after.surfaces[_plain(trailing["surface"])]
        if not _fits(joined, modifier):
            break
        joined, end = _join(joined, modifier), trailing.end()
    return Modified(joined, start, end)


def _plain(surface: str) -> str:
    return " ".join(surface.split())


def _fits(joined: Modifier, new: Modifier) -> bool:
    both_approximate = joined.approx != "none" and new.approx != "none"
    both_bound = joined.bound != "none" and new.bound != "none"
    return not (both_approximate or both_bound)


def _join(joined: Modifier, new: Modifier) -> Modifier:
    if new.approx != "none":
        return joined._replace(approx=new.approx)
    return joined._replace(bound=new.bound, inclusive=new.inclusive)
