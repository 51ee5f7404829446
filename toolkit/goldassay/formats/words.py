"""Words of a text and one flat label for each.

A word is a run of letters, digits and underscores, or a single other mark that is no white space. Mentions are laid
down from the longest to the shortest (by characters; ties by place, then type); one of whose words another already has
is left out as a whole, so that nested and crossing mentions leave the outer one. A fragment takes every word that it
shares a character with; fragments of one mention that touch no common word are chunks of their own.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

UNTYPED = "_"
"""The type of a mention that has none, as in tags."""

Chunk = tuple[str, int, int]
"""Type, first word, word after the last."""

Marked = tuple[Sequence[tuple[int, int]], str | None, str]
"""A mention: its fragments in text order, its type, its id."""

_WORD = re.compile(r"\w+|[^\w\s]")


def split_words(text: str) -> list[tuple[int, int]]:
    """Offsets of the words.

    >>> split_words("U.S. tanks")
    [(0, 1), (1, 2), (2, 3), (3, 4), (5, 10)]
    """
    return [match.span() for match in _WORD.finditer(text)]


def flat_chunks(words: Sequence[tuple[int, int]], mentions: Iterable[Marked]) -> list[Chunk]:
    """Chunks of words that do not overlap, in text order.

    >>> words = split_words("the Bank of England")
    >>> flat_chunks(words, [([(12, 19)], "GPE", "m1"), ([(4, 19)], "ORG", "m2")])  # the inner one is left out
    [('ORG', 1, 4)]
    """
    starts, ends = [start for start, _ in words], [end for _, end in words]
    taken: set[int] = set()
    chunks: list[Chunk] = []
    for spans, type_, _ in sorted(mentions, key=_longest_first):
        ranges = [(bisect_right(ends, start), bisect_left(starts, end)) for start, end in spans]
        own = {word for first, last in ranges for word in range(first, last)}
        if own & taken:
            continue
        taken |= own
        chunks += [(type_ or UNTYPED, first, last) for first, last in _apart(ranges)]
    return sorted(chunks, key=lambda chunk: chunk[1:])


def _longest_first(item: Marked) -> tuple[int, list[tuple[int, int]], str]:
    spans, type_, _ = item
    return (-sum(end - start for start, end in spans), [(start, end) for start, end in spans], type_ or "")


def _apart(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of words without the empty ones; two that share a word become one."""
    apart: list[tuple[int, int]] = []
    for first, last in ranges:
        if apart and first < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(last, apart[-1][1]))
        elif first < last:
            apart.append((first, last))
    return apart


def flat_labels(text: str, mentions: Iterable[Marked]) -> list[str | None]:
    """One label a word, null outside mentions.

    >>> flat_labels("Zed left.", [([(0, 3)], "PERSON", "m1")])
    ['PERSON', None, None]
    """
    words = split_words(text)
    labels: list[str | None] = [None] * len(words)
    for type_, first, last in flat_chunks(words, mentions):
        labels[first:last] = [type_] * (last - first)
    return labels
