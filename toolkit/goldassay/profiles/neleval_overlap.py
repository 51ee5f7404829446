"""neleval's overlap measures: what share of each span the spans of the other side cover."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from goldassay.measures.coreference import Counts

Mode = Literal["max", "sum"]
OVERLAP_MEASURES: dict[str, tuple[Mode, bool]] = {  # how cover is measured, and whether types must agree
    "overlap-maxmax::span": ("max", False),
    "overlap-sumsum::span": ("sum", False),
    "overlap-maxmax::span+type": ("max", True),
    "overlap-sumsum::span+type": ("sum", True),
}


class Place(NamedTuple):
    """A span of a document, end exclusive, with the type that must agree."""

    doc: str
    type: str | None
    start: int
    end: int


def count_overlap(
    gold: Sequence[tuple[str, str | None, int, int]], predicted: Sequence[tuple[str, str | None, int, int]], mode: Mode
) -> Counts:
    """Sums of covered shares over numbers of spans.

    >>> count_overlap([("d", None, 0, 4)], [("d", None, 2, 4), ("d", None, 6, 8)], "max")
    Counts(p_num=1.0, p_den=2, r_num=0.5, r_den=1)
    """
    sides = [Place(*item) for item in gold], [Place(*item) for item in predicted]
    touching = _sweep(*sides)
    measure = _largest if mode == "max" else _union
    covered = [
        sum(
            measure(place, [sides[1 - side][other] for other in others])
            for place, others in zip(sides[side], touching[side], strict=True)
        )
        for side in (0, 1)
    ]
    return Counts(covered[1], len(predicted), covered[0], len(gold))


def _sweep(gold: Sequence[Place], predicted: Sequence[Place]) -> tuple[list[list[int]], list[list[int]]]:
    """For each span the spans of the other side that a sweep from the right meets.

    The span that is later in the order (start, longer first) leaves at each step, so inside nested spans some meetings
    are missed.
    """
    met: tuple[list[list[int]], list[list[int]]] = [[] for _ in gold], [[] for _ in predicted]
    groups = {place[:2] for place in gold} & {place[:2] for place in predicted}
    for group in sorted(groups, key=repr):
        left, right = (
            sorted(
                (i for i, place in enumerate(side) if place[:2] == group), key=lambda i: (side[i].start, -side[i].end)
            )
            for side in (gold, predicted)
        )
        while left and right:
            first, second = gold[left[-1]], predicted[right[-1]]
            if first.start < second.end and second.start < first.end:
                met[0][left[-1]].append(right[-1])
                met[1][right[-1]].append(left[-1])
            if (second.start, -second.end) > (first.start, -first.end):
                right.pop()
            else:
                left.pop()
    return met


def _largest(place: Place, others: Sequence[Place]) -> float:
    shares = [min(place.end, other.end) - max(place.start, other.start) for other in others]
    return max(shares, default=0) / (place.end - place.start)


def _union(place: Place, others: Sequence[Place]) -> float:
    """Others that follow one another without a gap count as one stretch."""
    covered, reach = 0, place.start
    for other in sorted(others, key=lambda other: (other.start, other.end)):
        start = max(other.start, reach)
        end = min(other.end, place.end)
        if end > start:
            covered += end - start
            reach = end
    return covered / (place.end - place.start)
