"""Mentions of entities as brackets around words, which say of a closing bracket only whose it is.

So two mentions of one entity must not cross: a reader takes the last bracket that was opened.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldassay.exchange.assembly import type_of
from goldassay.exchange.reading import Counts
from goldassay.exchange.tokens import Place, TokenPlaces, Tokens
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Entity, Mention


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A mention and the words of each of its stretches; `key` is its entity, or a word of its own without one."""

    mention: Mention
    key: str
    places: tuple[Place, ...]


def bracket_mentions(line: GoldLine, tokens: Tokens, lost: Counts, *, gaps: bool, homeless: bool) -> list[Bracketed]:
    """The mentions that brackets can hold, in text order; the others are counted as lost.

    Args:
        line: The document.
        tokens: Its words.
        lost: Where to count.
        gaps: Whether a mention may have several stretches.
        homeless: Whether mentions without an entity are taken, each for itself.
    """
    at = TokenPlaces(tokens)
    taken: dict[str, list[tuple[Place, ...]]] = defaultdict(list)
    found = []
    for one in sorted(line.mentions or (), key=lambda one: (one.spans[0][0], -one.spans[-1][1], one.id)):
        places = tuple(place for span in one.spans if (place := at.find(span)) is not None)
        if len(one.spans) > 1 and not gaps:
            lost["discontinuous mentions"] += 1
        elif len(places) < len(one.spans) or len({sentence for sentence, _, _ in places}) > 1:
            # CorefUD has no mentions across sentences, not even in parts; its readers refuse the whole file.
            lost["mentions across sentences, or with white space at an end"] += 1
        elif one.entity is None and not homeless:
            lost["mentions without an entity"] += 1
        else:
            key = f"\0{one.id}" if one.entity is None else one.entity
            if any(_clash(places, other) for other in taken[key]):
                lost["crossing mentions of one entity"] += 1
            else:
                taken[key].append(places)
                found.append(Bracketed(one, key, places))
    return found


def _clash(places: Sequence[Place], others: Sequence[Place]) -> bool:
    """Whether a reader could mistake brackets of one mention for those of the other."""
    if len(places) > 1 or len(others) > 1:
        # Parts are told apart by their number alone, so such mentions may not even reach into each other.
        return places[0] <= others[-1] and others[0] <= places[-1]
    (one,), (other,) = places, others
    if one[0] != other[0] or one[1] >= other[2] or other[1] >= one[2]:
        return False
    return (one[1] - other[1]) * (one[2] - other[2]) > 0


def count_changed_types(
    entities: Mapping[str, Entity], mentions: Iterable[Mention], shown: Mapping[str, str | None], lost: Counts
) -> None:
    """Count the mentions that come back with another type.

    A reader gives an entity the type that most of its mentions show, the first of them if there are several, and to
    mentions that show none that of their entity.
    """
    votes: dict[str, Counts] = defaultdict(Counter)
    listed = [one for one in mentions if one.id in shown]
    for one in sorted(listed, key=lambda one: (one.spans[0][0], one.spans[-1][1], one.spans)):
        if one.entity is not None and shown[one.id] is not None:
            votes[one.entity][str(shown[one.id])] += 1
    for one in listed:
        counts = votes.get(one.entity or "")
        back = shown[one.id] or (counts.most_common(1)[0][0] if counts else None)
        lost["types of mentions"] += back != type_of(one, entities)


def opened_and_closed(
    mentions: Iterable[Bracketed],
) -> dict[tuple[int, int], list[tuple[bool, bool, Bracketed, int]]]:
    """What stands at each word: brackets that close first, then those that open, the longest first.

    A bracket is `(opens, closes, mention, part)`, the parts counted from 0.
    """
    found: dict[tuple[int, int], list[tuple[tuple[int, int], tuple[bool, bool, Bracketed, int]]]] = defaultdict(list)
    for one in mentions:
        for part, (sentence, first, last) in enumerate(one.places):
            if last - first == 1:
                found[sentence, first].append(((2, 0), (True, True, one, part)))
                continue
            found[sentence, first].append(((1, first - last), (True, False, one, part)))
            found[sentence, last - 1].append(((0, -first), (False, True, one, part)))
    return {word: [cell for _, cell in sorted(cells, key=lambda cell: cell[0])] for word, cells in found.items()}
