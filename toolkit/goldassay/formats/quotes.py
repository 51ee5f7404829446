"""Quotes: how the authoring form points at a stretch of text, and the way from each side to the other.

A quote stands for one fragment of a span. It is looked for at word boundaries inside its *regions*: the whole document,
a stretch of it, or the fragments of another span. `locate_quote` and `quote_span` are each other's inverse.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from goldassay.formats.folding import at_word_boundaries, find_folded, fold, fold_text
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import printable, quoted
from goldassay.model.record import Record, Span

Regions = Sequence[Span]
"""Where a quote is looked for; an occurrence lies inside one of them."""

REACH = 12
"""Words that a context may add on either side of a quote; beyond that the number of the occurrence reads better."""

LONGEST_STRETCH = 400
"""Characters of a stretch that a whole record shares."""


class Quote(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A quote as it is written. `context` null stands for the whole document, unset for that of the record around."""

    quote: str
    context: str | msgspec.UnsetType | None = msgspec.field(default=msgspec.UNSET, name="in")
    nth: Annotated[int, msgspec.Meta(ge=1)] | None = None
    within_word: bool = False


def whole(text: str) -> Regions:
    """The regions of a quote without a context."""
    return ((0, len(text)),)


def find_occurrences(text: str, words: str, regions: Regions, *, within_word: bool = False) -> list[Span]:
    """All places of a string inside the regions, in text order, also where they overlap.

    >>> text = "It is with it."
    >>> find_occurrences(text, "it", [(0, len(text))]), find_occurrences(text, "it", [(0, 9)], within_word=True)
    ([(11, 13)], [(7, 9)])
    """
    found = set()
    for start, end in regions:
        at = text.find(words, start, end) if words else -1
        while at >= 0:
            if within_word or at_word_boundaries(text, at, at + len(words)):
                found.add((at, at + len(words)))
            at = text.find(words, at + 1, end)
    return sorted(found)


def find_stretch(text: str, stretch: str) -> Span | Finding:
    """The one place of a context in the document, or why there is none."""
    found = find_occurrences(text, stretch, whole(text))
    if len(found) == 1:
        return found[0]
    if found:
        return _ambiguous(text, stretch, found, "a stretch that occurs once", "lengthen the stretch")
    return _missing(text, Quote(quote=stretch), whole(text), "a stretch of the text")


def locate_quote(text: str, quote: Quote, regions: Regions) -> Span | Finding:
    """The span a quote means, or a finding without its place in the file: E501 not found, E502 ambiguous.

    >>> text = "Borduria plans it. Borduria denied it."
    >>> locate_quote(text, Quote(quote="Borduria", context="Borduria denied"), whole(text))
    (19, 27)
    >>> locate_quote(text, Quote(quote="it"), whole(text)).code
    'E502'
    """
    if not quote.quote:
        return finding("E407", found="an empty quote", expected="words of the text")
    own = _own_regions(text, quote, regions)
    if isinstance(own, Finding):
        return own
    found = find_occurrences(text, quote.quote, own, within_word=quote.within_word)
    if not found:
        return _missing(text, quote, own, "words of the text, in the context of the quote")
    if quote.nth is None and len(found) > 1:
        return _ambiguous(text, quote.quote, found, "a quote that occurs once in its context", None)
    place = (quote.nth or 1) - 1
    if place < len(found):
        return found[place]
    many = f"{quoted(quote.quote)} {len(found)} times in its context"
    return finding("E501", found=many, expected=f"at least {quote.nth} occurrences", fix="correct nth")


def _own_regions(text: str, quote: Quote, around: Regions) -> Regions | Finding:
    if quote.context is msgspec.UNSET:
        return around
    if quote.context is None:
        return whole(text)
    stretch = find_stretch(text, quote.context)
    return stretch if isinstance(stretch, Finding) else (stretch,)


def quote_span(text: str, span: Span, regions: Regions) -> Quote:
    """The shortest clear quote of a fragment: bare if unique, else with a context, else with its number.

    >>> text = "Borduria plans it. Borduria denied it."
    >>> quote_span(text, (35, 37), whole(text))
    Quote(quote='it', context='denied it', nth=None, within_word=False)
    """
    start, end = span
    words = text[start:end]
    within = not at_word_boundaries(text, start, end)
    here = find_occurrences(text, words, regions, within_word=within)
    everywhere = find_occurrences(text, words, whole(text), within_word=within)
    if here == [span]:
        return Quote(quote=words, within_word=within)
    if everywhere == [span]:
        return Quote(quote=words, context=None, within_word=within)
    stretch = _shortest_stretch(text, span, within=within)
    if stretch is not None:
        return Quote(quote=words, context=text[slice(*stretch)], within_word=within)
    if span in here:
        return Quote(quote=words, nth=here.index(span) + 1, within_word=within)
    return Quote(quote=words, context=None, nth=everywhere.index(span) + 1, within_word=within)


def share_stretch(text: str, spans: Sequence[Span]) -> Span | None:
    """A stretch that spares at least two fragments of a record a context of their own, or null if there is none."""
    if len(spans) < 2:
        return None
    hull = (min(start for start, _ in spans), max(end for _, end in spans))
    if "\n" in text[slice(*hull)] or hull[1] - hull[0] > LONGEST_STRETCH:
        return None
    aligned = at_word_boundaries(text, *hull) and find_occurrences(text, text[slice(*hull)], whole(text)) == [hull]
    stretch = hull if aligned else _shortest_stretch(text, hull, within=not at_word_boundaries(text, *hull))
    if stretch is None:
        return None
    spared = sum(not _unique(text, span, whole(text)) and _unique(text, span, (stretch,)) for span in spans)
    return stretch if spared >= 2 else None


def _unique(text: str, span: Span, regions: Regions) -> bool:
    within = not at_word_boundaries(text, *span)
    return find_occurrences(text, text[slice(*span)], regions, within_word=within) == [span]


def _shortest_stretch(text: str, span: Span, *, within: bool) -> Span | None:
    """The shortest stretch of the paragraph that holds the fragment's words once and occurs once in the document."""
    start, end = span
    words = text[start:end]
    if "\n" in words:
        return None
    sides = [(left, right) for left in _word_starts(text, start) for right in _word_ends(text, end)]
    for stretch in sorted(sides, key=lambda side: (side[1] - side[0], side)):
        if stretch == span or not at_word_boundaries(text, *stretch):
            continue
        once = find_occurrences(text, words, (stretch,), within_word=within) == [span]
        if once and find_occurrences(text, text[slice(*stretch)], whole(text)) == [stretch]:
            return stretch
    return None


def _word_starts(text: str, start: int) -> Iterator[int]:
    """The fragment's own start and those of up to `REACH` words before it in the paragraph."""
    yield start
    words = 0
    for at in range(start - 1, -1, -1):
        if text[at] == "\n" or words == REACH:
            return
        if not text[at].isspace() and (at == 0 or text[at - 1].isspace() or text[at - 1] in "“‘\"'("):
            yield at
            words += 1


def _word_ends(text: str, end: int) -> Iterator[int]:
    """The fragment's own end and those of up to `REACH` words after it in the paragraph."""
    yield end
    words = 0
    for at in range(end + 1, len(text) + 1):
        if text[at - 1] == "\n" or words == REACH:
            return
        if text[at - 1].isalnum() and (at == len(text) or not text[at].isalnum()):
            yield at
            words += 1


def _ambiguous(text: str, words: str, found: Sequence[Span], expected: str, fix: str | None) -> Finding:
    places = ", ".join(_surroundings(text, span) for span in found[:3]) + (", …" if len(found) > 3 else "")
    return finding("E502", found=f"{quoted(words, 60)} {len(found)} times: {places}", expected=expected, fix=fix)


def _surroundings(text: str, span: Span) -> str:
    left, right = max(span[0] - 12, 0), min(span[1] + 12, len(text))
    cut = ("…" if left else "") + text[left:right] + ("…" if right < len(text) else "")
    return quoted(cut.replace("\n", " "), 100)


def _missing(text: str, quote: Quote, regions: Regions, expected: str) -> Finding:
    """E501 with the likely reason: only inside words, only outside the context, or in other typography."""
    words, fix = quote.quote, None
    if find_occurrences(text, words, regions, within_word=True):
        fix = "it stands only inside longer words; quote whole words, or add within_word: true"
    elif outside := find_occurrences(text, words, whole(text), within_word=quote.within_word):
        fix = f"it stands only outside its context, as in {_surroundings(text, outside[0])}; correct the context"
    elif close := next(find_folded(fold_text(text, case=True), fold(words, case=True)), None):
        fix = f"did you mean “{printable(text[slice(*close)], 200)}”?"
    return finding("E501", found=quoted(words, 100), expected=expected, fix=fix)
