"""Entities and types that a format keeps in two lists: mentions of clusters, and stretches of text with types."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from goldassay.exchange.assembly import FoundMention
from goldassay.model.record import Span


class Placed(NamedTuple):
    """A stretch of text with what is said of it."""

    span: Span
    type: str | None
    kb_id: str | None = None


def pair_up(clusters: Mapping[str, Iterable[Placed]], typed: Iterable[Placed]) -> Iterator[FoundMention]:
    """The mentions that both lists make: those of clusters with a type, and typed ones that no cluster has.

    A mention of a cluster takes one stretch of the other list at its place, with its own type and link if there is one,
    else with its own type. One that finds all of them taken shares the first.

    >>> found = pair_up({"c1": [Placed((0, 5), None)]}, [Placed((0, 5), "GPE"), Placed((6, 9), "ORG")])
    >>> [(one.spans, one.type, one.cluster) for one in found]
    [(((0, 5),), 'GPE', 'c1'), (((6, 9),), 'ORG', None)]
    """
    left: dict[Span, list[Placed]] = defaultdict(list)
    there: dict[Span, Placed] = {}
    for one in typed:
        left[one.span].append(one)
        there.setdefault(one.span, one)
    for name, members in clusters.items():
        for one in members:
            same = [other for other in left[one.span] if other.type == one.type] or left[one.span][:1]
            same = [other for other in same if other.kb_id == one.kb_id] or same
            if same:
                left[one.span].remove(same[0])
            match = same[0] if same else there.get(one.span)
            type_ = match.type if match is not None else one.type
            kb_id = one.kb_id or (match.kb_id if match is not None else None)
            yield FoundMention((one.span,), type_, cluster=name, kb_id=kb_id)
    for listed in left.values():
        for one in listed:
            yield FoundMention((one.span,), one.type, kb_id=one.kb_id)
