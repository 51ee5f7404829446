"""What a system names that matches nothing of the gold: holders, targets, sources, subjects, counted things, units.

Such a name is not always wrong of the text: it may be right and missing in the gold, or worded too far from it. So
the reasons say what was compared, and no more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from goldassay.formats.grounding import Quote, ground_strings
from goldassay.layers.base import Options, Pair
from goldassay.layers.identity import Identities, resolve, resolve_document, tokens
from goldassay.layers.item_text import said_name
from goldassay.layers.numeric_fields import counted_agreement
from goldassay.match.unit import unit_of
from goldassay.model.error_record import SPURIOUS
from goldassay.model.labels import AUTHOR, IMPLICIT
from goldassay.model.predictions import PredictedFact, Reference
from goldassay.model.printable import printable
from goldassay.model.scorefile import Unresolved, UnresolvedName
from goldassay.model.unit_names import unit_readings

LISTED = 5
"""Names of one role that a score file lists."""

_LONG = 80
"""Characters of foreign text that are shown."""


class Named(NamedTuple):
    """One name of a predicted item: its role, its field in the item, its words, why it matches nothing (else null)."""

    role: str
    field: str
    said: str
    reason: str | None


def identify_pair(pair: Pair, options: Options) -> Identities:
    """What the names of a document's prediction mean."""
    return resolve_document(pair.gold, pair.predicted, gold_ids=options.gold_ids, threshold=options.proposition_f1)


def stance_names(pair: Pair, position: int, known: Identities, options: Options) -> Iterator[Named]:
    """Holder, target and sources of a predicted stance."""
    said = (pair.predicted.stances or ())[position]
    nothing = f"nothing of the gold (token F1 below {options.proposition_f1:g})"
    yield _name("holder", "holder", said.holder, pair, known)
    yield _name("target", "target", said.target, pair, known, nothing)
    yield from _sources(said.sources, pair, known)


def attribution_names(pair: Pair, position: int, known: Identities, _: Options) -> Iterator[Named]:
    """The source of a predicted attribution."""
    yield _name("source", "source", (pair.predicted.attributions or ())[position].source, pair, known)


def fact_names(pair: Pair, position: int, known: Identities, _: Options) -> Iterator[Named]:
    """The counted thing, unit, subject and sources of a predicted fact, as far as it says them."""
    said = (pair.predicted.numeric_facts or ())[position]
    if said.counted is not None:
        yield _counted(said.counted, said, pair, known)
    if said.unit is not None:
        yield _unit(said.unit, pair)
    if said.subject is not None:
        yield _name("subject", "subject", said.subject, pair, known)
    yield from _sources(said.sources, pair, known)


NAMES: dict[str, tuple[str, Callable[[Pair, int, Identities, Options], Iterator[Named]]]] = {
    "stances": ("stances", stance_names),
    "attributions": ("attributions", attribution_names),
    "numeric_facts": ("numeric_facts", fact_names),
}
"""For each layer whose items name something: the list in a prediction, and its names."""

DECISIVE: dict[str, dict[str, str | None]] = {
    "stances": {"holder": None, "target": None},
    "attributions": {"source": "source"},
    "numeric_facts": {"counted": "counted", "unit": "unit"},
}
"""The roles that the match which is quoted looks at, and the part of a verdict that says they are wrong."""


def explain_error(
    layer: str, pair: Pair, position: int, verdict: str, known: Identities | None, options: Options
) -> str | None:
    """Why a wrong predicted item cannot be right in the match that is quoted; null where all it names is known."""
    if layer == "entities":
        return _explain_mention(pair, position)
    if layer not in NAMES or known is None:
        return None
    if layer == "numeric_facts" and ("value" in verdict or verdict == SPURIOUS) and _has_no_value(pair, position):
        return "no value was given, or none that could be read"
    asked = DECISIVE[layer]
    told = [
        one.reason
        for one in NAMES[layer][1](pair, position, known, options)
        if one.reason is not None and one.role in asked and (verdict == SPURIOUS or (asked[one.role] or "") in verdict)
    ]
    return "; ".join(told) or None


def _has_no_value(pair: Pair, position: int) -> bool:
    said = (pair.predicted.numeric_facts or ())[position]
    return not said.parsed and said.magnitude is None


def _explain_mention(pair: Pair, position: int) -> str | None:
    said = (pair.predicted.mentions or ())[position]
    if said.spans or said.text is None:
        return None
    times = ground_strings(pair.gold.document.text, [Quote(said.text)])[0].occurrences
    stands = f"has no place left: it stands in the text {times} time{'s' * (times != 1)}"
    return f"{_quoted(said.text)} {stands if times else 'does not stand in the text'}"


def count_unresolved(pairs: Iterable[Pair], layers: Sequence[str], options: Options) -> list[Unresolved]:
    """For each layer and role how many names were said, how many match nothing, and the most frequent of those.

    Args:
        pairs: Documents with what was predicted for them, in any order.
        layers: The layers that are scored.
        options: Choices that can move a number.
    """
    said: dict[tuple[str, str], int] = defaultdict(int)
    lost: dict[tuple[str, str], dict[str, list[tuple[str, int, str, str]]]] = defaultdict(lambda: defaultdict(list))
    for pair in sorted(pairs, key=lambda pair: pair.gold.document.doc_id):
        known = identify_pair(pair, options)
        for layer in layers:
            for n, named in _layer_names(layer, pair, known, options):
                said[layer, named.role] += 1
                if named.reason is not None:
                    place = (pair.gold.document.doc_id, n, f"{NAMES[layer][0]}[{n}].{named.field}", named.reason)
                    lost[layer, named.role][named.said].append(place)
    return [
        Unresolved(
            layer=layer,
            role=role,
            said=count,
            unresolved=sum(map(len, lost[layer, role].values())),
            examples=_examples(lost[layer, role]),
        )
        for (layer, role), count in said.items()
    ]


def _layer_names(layer: str, pair: Pair, known: Identities, options: Options) -> Iterator[tuple[int, Named]]:
    row = pair.gold.numeric_facts if layer == "numeric_facts" else pair.gold.stances
    if layer not in NAMES or row is None:
        return
    field, names = NAMES[layer]
    for n in range(len(getattr(pair.predicted, field) or ())):
        for named in names(pair, n, known, options):
            yield n, named


def _examples(lost: dict[str, list[tuple[str, int, str, str]]]) -> list[UnresolvedName]:
    order = sorted(lost, key=lambda said: (-len(lost[said]), lost[said][0][:2], said))
    return [
        UnresolvedName(
            said=printable(said, _LONG), times=len(lost[said]), doc_id=place[0], field=place[2], reason=place[3]
        )
        for said in order[:LISTED]
        for place in lost[said][:1]
    ]


def _sources(sources: Sequence[Reference] | None, pair: Pair, known: Identities) -> Iterator[Named]:
    # AUTHOR may have been added in front, so that the position is not always that of the line.
    for source in sources or ():
        if source.entity not in (AUTHOR, IMPLICIT):
            yield _name("source", "sources", source, pair, known)


def _name(
    role: str, field: str, reference: Reference, pair: Pair, known: Identities, nothing: str = "no entity of the gold"
) -> Named:
    said = said_name(reference, pair.predicted)
    if resolve(reference, known) is not None:
        return Named(role, field, said, None)
    if reference == Reference():
        return Named(role, field, said, f"{role} was not read: the item is invalid")
    found = "more than one entity of the gold" if _is_shared(reference, known) else nothing
    return Named(role, field, said, f"{role} {_quoted(said)} matches {found}")


def _is_shared(reference: Reference, known: Identities) -> bool:
    """Whether the words could be several entities: then none of them is taken."""
    words = frozenset(tokens(reference.text or ""))
    return bool(words) and sum(words <= own for own in known.entity_tokens.values()) > 1


def _counted(reference: Reference, said: PredictedFact, pair: Pair, known: Identities) -> Named:
    words = said_name(reference, pair.predicted)
    facts = pair.gold.numeric_facts.numeric_facts if pair.gold.numeric_facts is not None else []
    text = pair.gold.document.text
    met = any(fact.counted is not None and counted_agreement(fact, said, known, text) == 1 for fact in facts)
    reason = None if met else f"counted {_quoted(words)} matches nothing that is counted in the gold"
    return Named("counted", "counted", words, reason)


def _unit(unit: str, pair: Pair) -> Named:
    facts = pair.gold.numeric_facts.numeric_facts if pair.gold.numeric_facts is not None else []
    known = unit_of(unit) is not None or unit_readings(unit) or not unit.strip() or any(unit == f.unit for f in facts)
    reason = None if known else f"unit {_quoted(unit)} is no unit known here; it is read as a name of what is counted"
    return Named("unit", "unit", unit, reason)


def _quoted(said: str) -> str:
    return f"“{printable(said, _LONG)}”"
