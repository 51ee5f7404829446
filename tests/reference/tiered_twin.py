"""The default alignment written as it is explained: one document, plain loops, exact arithmetic, no arrays.

Slow on purpose. The kernel in `goldassay.match` has to give the same pairs.
"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple


class Span(NamedTuple):
    """A span with its fragments in text order."""

    fragments: tuple[tuple[int, int], ...]
    type: str
    id: str


def order(span: Span) -> tuple[object, ...]:
    return (span.fragments[0][0], span.fragments[-1][1], span.fragments, span.type, span.id)


def characters(span: Span) -> frozenset[int]:
    return frozenset(position for start, end in span.fragments for position in range(start, end))


def jaccard(a: Span, b: Span) -> int:
    """Overlap of the character sets in units of 2^-32, rounded down; 0 means that they are apart."""
    shared, union = characters(a) & characters(b), characters(a) | characters(b)
    return (len(shared) << 32) // len(union)


def matchings(rows: list[Span], options: dict[Span, list[Span]]) -> Iterator[list[tuple[Span, Span]]]:
    """All one-to-one matchings, those first in which the first row has its first option."""
    if not rows:
        yield []
        return
    first, rest = rows[0], rows[1:]
    for choice in options[first]:
        left = {row: [column for column in columns if column is not choice] for row, columns in options.items()}
        for tail in matchings(rest, left):
            yield [(first, choice), *tail]
    yield from matchings(rest, options)


def components(
    gold: list[Span], predicted: list[Span], meets: Callable[[Span, Span], bool]
) -> list[tuple[list[Span], list[Span]]]:
    """Groups of spans that are linked by meeting; spans that meet nothing are in none."""
    found: list[tuple[list[Span], list[Span]]] = []
    for g, p in product(gold, predicted):
        if not meets(g, p):
            continue
        touching = [part for part in found if any(g is x for x in part[0]) or any(p is x for x in part[1])]
        merged_gold = [x for x in gold if x is g or any(x is y for part in touching for y in part[0])]
        merged_predicted = [x for x in predicted if x is p or any(x is y for part in touching for y in part[1])]
        found = [part for part in found if part not in touching] + [(merged_gold, merged_predicted)]
    return found


def align(gold: list[Span], predicted: list[Span]) -> list[tuple[Span, Span, int]]:
    """Pairs (gold, predicted, tier); equal spans of one side are told apart by identity."""
    gold, predicted = sorted(gold, key=order), sorted(predicted, key=order)
    tiers: list[Callable[[Span, Span], bool]] = [
        lambda g, p: g.fragments == p.fragments and g.type == p.type,
        lambda g, p: g.fragments == p.fragments,
        lambda g, p: g.type == p.type and jaccard(g, p) > 0,
        lambda g, p: jaccard(g, p) > 0,
    ]
    pairs: list[tuple[Span, Span, int]] = []
    for tier, meets in enumerate(tiers, start=1):
        for rows, columns in components(gold, predicted, meets):
            options = {row: [column for column in columns if meets(row, column)] for row in rows}
            best = max(matchings(rows, options), key=lambda m: sum(jaccard(g, p) for g, p in m))
            pairs += [(g, p, tier) for g, p in best]
        gold = [g for g in gold if all(g is not pair[0] for pair in pairs)]
        predicted = [p for p in predicted if all(p is not pair[1] for pair in pairs)]
    return pairs
