"""How like two records of two versions are: whole numbers that grow with likeness; 0 keeps them apart.

What an agreement is later measured on (labels, grades) says little or nothing here: records are told apart by their
place in the text and by whom they speak of.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from goldassay.layers.identity import token_f1, tokens
from goldassay.model.record import Span
from goldassay.model.stances import Stance
from goldassay.slots.version import Placed, Table, Version

Spans = Sequence[Span]
Places = Mapping[str, Iterable[Spans]]
"""By proposition, the places in which it is the target of a stance."""

CLOSE = 0.5
"""Jaccard overlap, or token F1 of two glosses, from which two stretches or wordings are taken for one."""


def overlap(left: Spans, right: Spans) -> float:
    """Jaccard overlap of the characters of two spans, 0 to 1; 0 if both are empty.

    >>> overlap([(0, 4)], [(2, 6)])  # 2 of 6
    0.3333333333333333
    """
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)
    return shared / (_size(left) + _size(right) - shared) if shared else 0.0


def _size(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def target_places(version: Version) -> dict[str, set[tuple[Span, ...]]]:
    """The places in which each proposition is the target of a stance."""
    found: dict[str, set[tuple[Span, ...]]] = defaultdict(set)
    for stance in version.stances.stances if version.stances is not None else ():
        if stance.target.kind == "proposition" and stance.target_spans:
            found[stance.target.id].add(tuple(stance.target_spans))
    return found


def like_entities(votes: Mapping[tuple[str, str, str], int], left: Placed, right: Placed) -> int:
    """Votes of shared mentions, by earlier version and both ids; the type only decides among equals."""
    shared = votes.get((left.version, left.record.id, right.record.id), 0)
    return 2 * shared + (left.record.type == right.record.type) if shared else 0


def like_mentions(table: Table, left: Placed, right: Placed) -> int:
    """Overlap of two mentions of the same entity."""
    entities = [table.refer(side.version, "entities", side.record.entity) for side in (left, right)]
    return _whole(overlap(left.record.spans, right.record.spans)) if entities[0] == entities[1] else 0


def like_propositions(places: Mapping[str, Places], left: Placed, right: Placed) -> int:
    """Shared target spans first, then the words of the glosses."""
    mine, theirs = (places[side.version].get(side.record.id, ()) for side in (left, right))
    pairs = [overlap(one, other) for one in mine for other in theirs]
    shared = sum(share for share in pairs if share >= CLOSE)
    wording = token_f1(tokens(left.record.gloss), tokens(right.record.gloss))
    return _whole(2 * shared + wording) if shared or wording >= CLOSE else 0


def like_times(left: Placed, right: Placed) -> int:
    """Overlap of the spans."""
    return _whole(overlap(left.record.spans, right.record.spans))


def like_cues(table: Table, left: Placed, right: Placed) -> int:
    """Attributions whose cues overlap: most alike with the same source, then by cue, then by content."""
    cue = overlap(left.record.cue_spans, right.record.cue_spans)
    content = overlap(left.record.content_spans, right.record.content_spans)
    return _whole(4 * _same_source(table, left, right) + 2 * cue + content) if cue else 0


def like_contents(table: Table, left: Placed, right: Placed) -> int:
    """Attributions whose contents are close, for those whose cues met none."""
    content = overlap(left.record.content_spans, right.record.content_spans)
    return _whole(_same_source(table, left, right) + content) if content >= CLOSE else 0


def _same_source(table: Table, left: Placed, right: Placed) -> bool:
    sources = [table.refer(side.version, "entities", side.record.source) for side in (left, right)]
    return sources[0] == sources[1]


def like_stances(table: Table, left: Placed, right: Placed) -> int:
    """Same expression, or same holder and target in the same place; the dimension only decides among equals."""
    one, other = left.record, right.record
    holder = _refer(table, left, "entities", one.holder) == _refer(table, right, "entities", other.holder)
    target = one.target.kind == other.target.kind and _target(table, left) == _target(table, right)
    expression = overlap(one.expression_spans, other.expression_spans)
    place = overlap(one.target_spans, other.target_spans)
    reports = [_refer(table, side, "attributions", side.record.attribution) for side in (left, right)]
    report = reports[0] is not None and reports[0] == reports[1]
    if not (expression or (holder and target and (place or report))):
        return 0
    who = 0.8 * (holder + target) + 0.2 * report + 0.02 * (one.dimension == other.dimension)
    return _whole(expression + 0.3 * place + who)


def _target(table: Table, side: Placed) -> int | str | None:
    stance: Stance = side.record
    return _refer(table, side, "entities" if stance.target.kind == "entity" else "propositions", stance.target.id)


def _refer(table: Table, side: Placed, kind: str, id_: str | None) -> int | str | None:
    return table.refer(side.version, kind, id_)


def like_facts(left: Placed, right: Placed) -> int:
    """Shared number spans; kind, property and value only decide among equals."""
    one, other = left.record, right.record
    shared = sum(overlap(a.number.spans, b.number.spans) for a in one.mentions for b in other.mentions)
    same = 2 * (one.kind == other.kind) + (one.property == other.property) + (one.value == other.value)
    return _whole(shared + 0.01 * same) if shared else 0


def _whole(likeness: float) -> int:
    """In millionths, at least 1 where there is any likeness."""
    return max(1, round(1_000_000 * likeness)) if likeness else 0
