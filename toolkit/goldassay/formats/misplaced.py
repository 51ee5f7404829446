"""Offsets that are all off by the same step, told without surfaces: ends that are inclusive, counting from 1, a shift.

A line that gives its surfaces is judged by them (`line_unit`); here only offsets are left to look at.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from goldassay.formats.folding import at_word_boundaries
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.predictions import Prediction
from goldassay.model.record import Span

Spans = tuple[Span, ...]
REACH = 8
"""The largest step that is tried."""

LEAST = 2
"""Mentions from which something is said; one alone may be a slip."""


TRIED = 1000
"""Mentions on which the moves are tried; the best one is counted on all."""


class Move(NamedTuple):
    """What is added to every start and to every end."""

    start: int
    end: int


_STEPS = sorted((step for step in range(-REACH, REACH + 1) if step), key=lambda step: (abs(step), step))
MOVES = tuple(move for step in _STEPS for move in (Move(0, step), Move(step, 0), Move(step, step)))
"""Small steps first: of moves that explain as much the first is told."""

GUESSES = {
    Move(0, 1): "inclusive ends?",
    Move(-1, -1): "counted from 1?",
    Move(-1, 0): "counted from 1, with inclusive ends?",
}


class _Mention(NamedTuple):
    text: str
    gold: Collection[Spans]
    spans: Spans


def diagnose_moved(
    documents: Iterable[Document],
    predictions: Iterable[Prediction],
    gold: Mapping[str, Collection[Spans]] | None = None,
) -> Finding | None:
    """Say so if most predicted mentions begin or end inside a word, or would match the gold if all were moved alike.

    Args:
        documents: The texts.
        predictions: One run; mentions without a place are left aside.
        gold: The spans of gold mentions by document id, if they are known.

    Most is at least two, and more than half of the mentions that have a place.
    """
    texts = {document.doc_id: document.text for document in documents}
    mentions = [
        _Mention(texts[said.doc_id], (gold or {}).get(said.doc_id, ()), mention.spans)
        for said in sorted(predictions, key=lambda said: said.doc_id)
        if said.doc_id in texts
        for mention in said.mentions or ()
        if mention.spans
    ]
    wrong = [one for one in mentions if one.spans not in one.gold]
    cut, (move, more) = _say_cut(wrong, len(mentions)), _best_move(wrong)
    told = [cut] if cut else []
    # Where words are cut, fewer mentions that would match are evidence enough.
    if move is not None and (_is_most(more, len(mentions)) or (cut and more >= LEAST)):
        told += [] if cut else [f"{len(mentions) - len(wrong)} of {len(mentions)} mentions match the gold"]
        guess = f": {GUESSES[move]}" if move in GUESSES else ""
        told.append(f"with every {_name(move)}, {more} more would match the gold{guess}")
    if not told:
        return None
    return finding("E204", found="; ".join(told), expected="code points from 0, end exclusive", severity="info")


def _is_most(count: int, total: int) -> bool:
    return count >= LEAST and 2 * count > total


def _say_cut(wrong: Sequence[_Mention], total: int) -> str:
    starts = sum(not at_word_boundaries(one.text, one.spans[0][0], len(one.text)) for one in wrong)
    ends = sum(not at_word_boundaries(one.text, 0, one.spans[-1][1]) for one in wrong)
    counts = {"begin": starts, "end": ends}
    told = [f"{count} of {total} mentions {verb}" for verb, count in counts.items() if _is_most(count, total)]
    return " and ".join(told) + " inside a word" if told else ""


def _best_move(wrong: Sequence[_Mention]) -> tuple[Move | None, int]:
    """The move by which most of these mentions would have a gold mention's spans, and how many of them would."""
    counts: Counter[Move] = Counter()
    for one in wrong[:TRIED]:
        counts.update(move for move in MOVES if one.gold and _moved(one.spans, move) in one.gold)
    if not counts:
        return None, 0
    best = min(counts, key=lambda move: (-counts[move], MOVES.index(move)))
    return best, sum(_moved(one.spans, best) in one.gold for one in wrong)


def _moved(spans: Spans, move: Move) -> Spans:
    if move.start == move.end:
        return tuple((start + move.start, end + move.end) for start, end in spans)
    moved = list(spans)
    moved[0] = (moved[0][0] + move.start, moved[0][1])
    moved[-1] = (moved[-1][0], moved[-1][1] + move.end)
    return tuple(moved)


def _name(move: Move) -> str:
    """The move in words.

    >>> _name(Move(0, 1)), _name(Move(-1, -1))
    ('end moved by +1', 'start and end moved by -1')
    """
    if move.start == move.end:
        return f"start and end moved by {move.start:+d}"
    return f"start moved by {move.start:+d}" if move.start else f"end moved by {move.end:+d}"
