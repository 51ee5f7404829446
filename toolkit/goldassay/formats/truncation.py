"""Systems that stop reading: models with a window of tokens answer the rest of an article with silence."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.predictions import Prediction

UNREAD = 1.25
"""A document is long enough to be cut at N characters from this many times N on: a fifth of it would be unread."""

CUT = 0.9
"""The share of those documents in which nothing may stand after N."""

CHANCE = 1e-3
"""How improbable the silence must be if predictions were spread evenly over each document."""

_CANDIDATES = 64


class _Reach(NamedTuple):
    length: int
    last: int
    spans: int


class _Cut(NamedTuple):
    place: int
    silent: int
    unread: int


def diagnose_truncation(documents: Iterable[Document], predictions: Iterable[Prediction]) -> Finding | None:
    """Say so if most documents have nothing predicted after the same number of characters; null otherwise.

    It looks at text lengths and predicted offsets alone, never at the gold. Documents without any predicted offset say
    nothing. N is a predicted offset: nothing stands after it in at least nine tenths of the documents that are a
    quarter longer, these are most of all documents, and so much silence would come about by chance less than once in
    a thousand times if predictions were spread evenly. Of several such offsets it is the one that leaves most text
    unread.
    """
    texts = {document.doc_id: len(document.text) for document in documents}
    reaches = [_reach(texts[item.doc_id], item) for item in predictions if item.doc_id in texts]
    known = [reach for reach in reaches if reach is not None]
    cuts = [cut for place in _candidates(known) if (cut := _cut(place, known)) is not None]
    if not cuts:
        return None
    cut = max(cuts, key=lambda cut: (cut.unread, -cut.place))
    return finding(
        "E505",
        found=f"nothing predicted after character {cut.place} in {cut.silent} of {len(known)} documents",
        expected="predictions up to the end of the texts",
    )


def _reach(length: int, prediction: Prediction) -> _Reach | None:
    ends = [spans[-1][1] for spans in _places(prediction) if spans]
    return _Reach(length, max(ends), len(ends)) if ends else None


def _places(prediction: Prediction) -> Iterator[tuple[tuple[int, int], ...]]:
    for mention in prediction.mentions or ():
        yield mention.spans
    for stance in prediction.stances or ():
        yield stance.expression
    for fact in prediction.numeric_facts or ():
        yield from fact.extents[:1]
    for time in prediction.times or ():
        yield time.spans


def _candidates(reaches: Sequence[_Reach]) -> Sequence[int]:
    lasts = sorted({reach.last for reach in reaches})
    step = max(1, len(lasts) // _CANDIDATES)
    return lasts[::-1][::step]


def _cut(place: int, reaches: Sequence[_Reach]) -> _Cut | None:
    """The place, if it may be where the system stops, with the documents that fall silent there and what is unread."""
    long = [reach for reach in reaches if reach.length >= UNREAD * place]
    silent = [reach for reach in long if reach.last <= place]
    if len(silent) <= len(reaches) / 2 or len(silent) < CUT * len(long):
        return None
    # The predicted span that ends at the place was chosen by us, so it is no evidence: the strongest is left out.
    luck = [math.log(place / reach.length) for reach in silent]
    total = sum(one * reach.spans for one, reach in zip(luck, silent, strict=True)) - min(luck)
    unread = sum(reach.length - place for reach in silent)
    return _Cut(place, len(silent), unread) if total < math.log(CHANCE) else None
