"""Spans of a batch of documents as integer columns, in canonical order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

SpanItem = tuple[Sequence[tuple[int, int]], str | None, str]
"""What a span is made of: its fragments in text order, its type, its id (ties of equal spans are broken by it)."""


@dataclass(frozen=True, slots=True)
class SpanColumns:
    """N spans of a batch of documents, sorted by (document, start, end, type, id).

    document    (N,) index of the document in the batch
    position    (N,) index of the item in its document's own list
    span        (N,) code of the fragments; equal codes = equal fragments in the same document
    type        (N,) code of the type; -1 = none
    size        (N,) characters covered
    fragment_item, fragment_start, fragment_end   (F,) the fragments, F >= N minus the spans without a place; offsets
                are shifted by `document * stride` so that fragments of different documents never overlap
    """

    document: IntArray
    position: IntArray
    span: IntArray
    type: IntArray
    size: IntArray
    fragment_item: IntArray
    fragment_start: IntArray
    fragment_end: IntArray

    def __len__(self) -> int:
        return len(self.document)


def _integers(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, dtype=np.int64)


def span_columns(
    gold: Sequence[Sequence[SpanItem]], predicted: Sequence[Sequence[SpanItem]], types: Sequence[str]
) -> tuple[SpanColumns, SpanColumns]:
    """Columns of both sides of a batch, with shared span codes.

    `gold[d]` and `predicted[d]` are the items of document d. An item without fragments has no place in the text: it
    gets a span code of its own and so aligns with nothing. A type outside `types` is coded -1.

    >>> gold, predicted = span_columns([[([(0, 5)], "GPE", "m1")]], [[([(0, 5)], "ORG", "")]], ["GPE", "ORG"])
    >>> bool(gold.span[0] == predicted.span[0]), gold.type.tolist(), predicted.type.tolist()
    (True, [0], [1])
    """
    ends = (end for side in (gold, predicted) for items in side for spans, _, _ in items for _, end in spans)
    stride = max(ends, default=0) + 1
    codes: dict[tuple[int, tuple[tuple[int, int], ...]], int] = {}
    type_code = {name: code for code, name in enumerate(types)}
    return _side(gold, codes, type_code, stride), _side(predicted, codes, type_code, stride)


def _side(
    side: Sequence[Sequence[SpanItem]],
    codes: dict[tuple[int, tuple[tuple[int, int], ...]], int],
    type_code: dict[str, int],
    stride: int,
) -> SpanColumns:
    rows: list[tuple[int, int, int, int]] = []
    fragments: list[tuple[int, int, int]] = []
    for document, items in enumerate(side):
        ordered = sorted(range(len(items)), key=lambda position: _order(items[position]))
        for position in ordered:
            spans, type_, _ = items[position]
            key = (document, tuple((start, end) for start, end in spans))
            code = codes.setdefault(key, len(codes)) if spans else -1 - len(codes)
            if not spans:
                codes[(document, ((-1, len(codes)),))] = code  # a place of its own: never equal to any other
            rows.append((document, position, code, -1 if type_ is None else type_code.get(type_, -1)))
            base, item = document * stride, len(rows) - 1
            fragments.extend((item, base + start, base + end) for start, end in spans)
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    parts = np.array(fragments, dtype=np.int64).reshape(-1, 3)
    size = np.bincount(parts[:, 0], weights=parts[:, 2] - parts[:, 1], minlength=len(rows)).astype(np.int64)
    return SpanColumns(
        document=table[:, 0],
        position=table[:, 1],
        span=table[:, 2],
        type=table[:, 3],
        size=size,
        fragment_item=parts[:, 0],
        fragment_start=parts[:, 1],
        fragment_end=parts[:, 2],
    )


def _order(item: SpanItem) -> tuple[int, int, tuple[tuple[int, int], ...], str, str]:
    spans, type_, id_ = item
    if not spans:
        return (-1, -1, (), type_ or "", id_)
    return (spans[0][0], spans[-1][1], tuple((start, end) for start, end in spans), type_ or "", id_)


def select(columns: SpanColumns, keep: BoolArray) -> SpanColumns:
    """The kept rows, in the same order."""
    new_index = np.cumsum(keep) - 1
    kept_fragments = keep[columns.fragment_item]
    return SpanColumns(
        document=columns.document[keep],
        position=columns.position[keep],
        span=columns.span[keep],
        type=columns.type[keep],
        size=columns.size[keep],
        fragment_item=new_index[columns.fragment_item[kept_fragments]],
        fragment_start=columns.fragment_start[kept_fragments],
        fragment_end=columns.fragment_end[kept_fragments],
    )
