"""Strings without offsets, found in the text: deterministic, in text order, never guessed.

A string is looked for as it is, then folded (`folding`), then folded without case; always at word boundaries. The
first of the three that has an occurrence for each prediction of the string is taken; case is folded only where nothing
else was found, so that a second "US" is never grounded on "us". A string of several fragments is not put together.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from goldassay.formats.folding import FoldedText, at_word_boundaries, find_folded, fold, fold_text
from goldassay.model.record import Span

How = Literal["exact", "folded", "nth", "ambiguous", "ungrounded"]


class Quote(msgspec.Struct, frozen=True):
    """A string to find; `nth` names its occurrence in the document, from 1."""

    text: str
    nth: int | None = None


class Grounding(msgspec.Struct, frozen=True):
    """Where a string was found. `occurrences` is the number of places it could have been."""

    span: Span | None
    how: How
    occurrences: int


class GroundingCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How the strings without offsets were found; each one is counted once.

    `nth` are those that named their occurrence, `ambiguous` those that occur more often than they were predicted and
    took the first places, `exact` and `folded` the others that were found.
    """

    exact: int = 0
    folded: int = 0
    nth: int = 0
    ambiguous: int = 0
    ungrounded: int = 0

    def __add__(self, other: "GroundingCounts") -> "GroundingCounts":
        return GroundingCounts(
            exact=self.exact + other.exact,
            folded=self.folded + other.folded,
            nth=self.nth + other.nth,
            ambiguous=self.ambiguous + other.ambiguous,
            ungrounded=self.ungrounded + other.ungrounded,
        )

    @property
    def total(self) -> int:
        """All strings that had to be found."""
        return self.exact + self.folded + self.nth + self.ambiguous + self.ungrounded


def count_groundings(groundings: Sequence[Grounding]) -> GroundingCounts:
    """Counts by kind.

    >>> count_groundings(ground_strings("Kyiv and Oslo", [Quote("Kyiv"), Quote("Bern")])).ungrounded
    1
    """
    kinds = [grounding.how for grounding in groundings]
    return GroundingCounts(
        exact=kinds.count("exact"),
        folded=kinds.count("folded"),
        nth=kinds.count("nth"),
        ambiguous=kinds.count("ambiguous"),
        ungrounded=kinds.count("ungrounded"),
    )


def ground_strings(
    text: str, quotes: Sequence[Quote], *, reuse: bool = False, inside: Span | None = None
) -> list[Grounding]:
    """Find the strings predicted for one document, in the order in which they were predicted.

    Predictions of the same string take its occurrences in text order: the first prediction the first occurrence, and
    so on, passing over those that an `nth` has named. Predictions beyond the last occurrence stay ungrounded, or with
    `reuse` share the last one, where one stretch of text may rightly be said of several items. `inside` is the stretch
    of the text to look in.

    >>> text = "Kyiv said it. Oslo and Kyiv’s allies agreed with Kyiv."
    >>> found = ground_strings(text, [Quote("Kyiv"), Quote("Kyiv's allies"), Quote("Kyiv", nth=3), Quote("Bern")])
    >>> [grounding.span for grounding in found]
    [(0, 4), (23, 36), (49, 53), None]
    >>> [grounding.how for grounding in found]
    ['ambiguous', 'folded', 'nth', 'ungrounded']
    """
    offset, window = (inside[0], text[slice(*inside)]) if inside is not None else (0, text)
    groups: dict[str, list[int]] = defaultdict(list)
    for place, quote in enumerate(quotes):
        groups[fold(quote.text)].append(place)
    found: list[Grounding] = [Grounding(None, "ungrounded", 0)] * len(quotes)
    texts: dict[bool, FoldedText] = {}
    for same in groups.values():
        level, spans = _occurrences(window, [quotes[place] for place in same], texts)
        spans = [(start + offset, end + offset) for start, end in spans]
        for place, grounding in zip(same, _assign([quotes[i] for i in same], level, spans, reuse), strict=True):
            found[place] = grounding
    return found


def _occurrences(
    text: str, same: Sequence[Quote], texts: dict[bool, FoldedText]
) -> tuple[Literal["exact", "folded"], list[Span]]:
    """The places of one string, at the first level that has enough of them."""
    enough = max(len(same), *(quote.nth or 1 for quote in same))
    wordings = {quote.text.strip() for quote in same}
    exact = list(_find_exact(text, wordings.pop())) if len(wordings) == 1 else []
    if len(exact) >= enough:
        return "exact", exact
    folded = _find_folded(text, same[0].text, texts, case=False)
    if not folded:
        folded = _find_folded(text, same[0].text, texts, case=True)
    return ("folded", folded) if len(folded) > len(exact) else ("exact", exact)


def _find_exact(text: str, needle: str) -> Iterator[Span]:
    place = text.find(needle) if needle else -1
    while place >= 0:
        if at_word_boundaries(text, place, place + len(needle)):
            yield place, place + len(needle)
        place = text.find(needle, place + 1)


def _find_folded(text: str, needle: str, texts: dict[bool, FoldedText], *, case: bool) -> list[Span]:
    if case not in texts:
        texts[case] = fold_text(text, case=case)
    spans = find_folded(texts[case], fold(needle, case=case))
    return [span for span in spans if at_word_boundaries(text, *span)]


def _assign(
    same: Sequence[Quote], level: Literal["exact", "folded"], spans: Sequence[Span], reuse: bool
) -> Iterator[Grounding]:
    named = {quote.nth - 1 for quote in same if quote.nth is not None}
    free = [span for place, span in enumerate(spans) if place not in named]
    unnamed = sum(quote.nth is None for quote in same)
    taken = 0
    for quote in same:
        if quote.nth is not None:
            inside = 0 < quote.nth <= len(spans)
            yield Grounding(spans[quote.nth - 1] if inside else None, "nth" if inside else "ungrounded", len(spans))
        elif taken < len(free) or (reuse and spans):
            span = free[min(taken, len(free) - 1)] if free else spans[-1]
            yield Grounding(span, "ambiguous" if unnamed < len(free) else level, len(spans))
            taken += 1
        else:
            yield Grounding(None, "ungrounded", len(spans))
