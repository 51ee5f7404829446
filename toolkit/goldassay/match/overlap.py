"""Which spans overlap, and by how many characters."""

import numpy as np

from goldassay.match.columns import IntArray, SpanColumns


def match_overlaps(gold: SpanColumns, predicted: SpanColumns) -> tuple[IntArray, IntArray, IntArray]:
    """All overlapping pairs as `(gold row, predicted row, characters shared)`, sorted by row.

    Works on fragments, so that discontinuous spans share exactly the characters both cover. O(F log F + pairs).

    >>> from goldassay.match.columns import span_columns
    >>> g, p = span_columns([[([(0, 5), (10, 15)], "GPE", "")]], [[([(3, 12)], "GPE", "")]], ["GPE"])
    >>> [array.tolist() for array in match_overlaps(g, p)]
    [[0], [0], [4]]
    """
    order = np.argsort(gold.fragment_start, kind="stable")
    start, end, item = gold.fragment_start[order], gold.fragment_end[order], gold.fragment_item[order]
    # Ends of nested spans are not monotone; their running maximum is, and bounds the search from below.
    reach = np.maximum.accumulate(end) if len(end) else end
    low = np.searchsorted(reach, predicted.fragment_start, side="right")
    high = np.searchsorted(start, predicted.fragment_end, side="left")
    counts = np.maximum(high - low, 0)
    owner = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    candidate = low[owner] + within
    shared = np.minimum(end[candidate], predicted.fragment_end[owner]) - np.maximum(
        start[candidate], predicted.fragment_start[owner]
    )
    real = shared > 0
    gold_row, predicted_row, shared = item[candidate[real]], predicted.fragment_item[owner[real]], shared[real]
    key = gold_row * max(len(predicted), 1) + predicted_row
    pair, inverse = np.unique(key, return_inverse=True)
    total = np.bincount(inverse, weights=shared, minlength=len(pair)).astype(np.int64)
    return pair // max(len(predicted), 1), pair % max(len(predicted), 1), total
