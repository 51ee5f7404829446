"""Spans as the official scorers saw them: indices of tokens, found by splitting the text on spaces."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from goldassay.profiles.base import CaseDocument, NoAnswer


class TokenSpan(NamedTuple):
    """First token, token after the last, type."""

    start: int
    end: int
    type: str


class TokenizedDocument(NamedTuple):
    """One document in tokens; both sides in the order in which they were listed."""

    length: int
    gold: list[TokenSpan]
    predicted: list[TokenSpan]


def tokenize(document: CaseDocument, label: str = "type") -> TokenizedDocument | NoAnswer:
    """Turn character spans into token spans.

    Tokens are what stands between spaces, cut further wherever a span of the document begins or ends inside one, so
    that no span is widened; what spans reach beyond the text is one word. A span without a token (empty, or spaces
    only) cannot be written in tokens. `label` names the field that becomes the type.

    >>> spans = [{"start": 0, "end": 5, "type": "LOC"}, {"start": 9, "end": 14, "type": "LOC"}]
    >>> tokenize({"text": "Seoul to Tokyo.", "gold": spans, "predicted": []})
    TokenizedDocument(length=4, gold=[TokenSpan(start=0, end=1, type='LOC'), \
TokenSpan(start=2, end=3, type='LOC')], predicted=[])
    """
    gold, predicted = document["gold"] or (), document["predicted"] or ()
    cuts = [edge for item in (*gold, *predicted) for edge in (item["start"], item["end"])]
    bounds = token_bounds(document["text"], cuts)
    starts, ends = [start for start, _ in bounds], [end for _, end in bounds]

    def convert(items: Iterable[Any]) -> list[TokenSpan]:
        return [
            TokenSpan(bisect_right(ends, item["start"]), bisect_left(starts, item["end"]), item[label])
            for item in items
        ]

    sides = convert(gold), convert(predicted)
    for span in (*sides[0], *sides[1]):
        if span.start >= span.end:
            return NoAnswer(f"a span of document {document['doc_id']!r} covers no token")
    return TokenizedDocument(len(bounds), *sides)


def token_bounds(text: str, cuts: Iterable[int] = ()) -> list[tuple[int, int]]:
    """Where the tokens of a text begin and end; a text without characters has none unless a cut lies beyond it.

    >>> token_bounds("a bc", cuts=[3, 6])
    [(0, 1), (2, 3), (3, 6)]
    """
    ordered = sorted(set(cuts))
    reach = max(len(text), *ordered[-1:], 0)
    bounds: list[tuple[int, int]] = []
    start = 0
    for word in text.split(" ") if reach else ():
        end = start + len(word) if start + len(word) < len(text) else reach
        edges = [start, *ordered[bisect_right(ordered, start) : bisect_left(ordered, end)], end]
        bounds += pairwise(edges)
        start = end + 1
    return bounds


def has_overlap(spans: Sequence[TokenSpan]) -> bool:
    """Whether any token belongs to two of the spans.

    >>> has_overlap([TokenSpan(0, 2, "A"), TokenSpan(1, 3, "B")]), has_overlap([TokenSpan(0, 2, "A")])
    (True, False)
    """
    ordered = sorted(spans)
    return any(later.start < earlier.end for earlier, later in pairwise(ordered))
