"""Who is meant: predicted holders, targets and subjects resolved to the gold's entities and propositions.

A string is tried as an exact alias of an entity (its names and nominal mentions, never pronouns), then as a
proposition by token F1, then as a token subset of exactly one entity. What stays unresolved counts as wrong.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from goldassay.layers.base import GoldDocument
from goldassay.match.assignment import match_heaviest
from goldassay.model.labels import AUTHOR, IMPLICIT
from goldassay.model.predictions import Prediction, Reference

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_LEADING = re.compile(r"^(?:the|a|an|mr|mrs|ms|dr|president|prime minister|minister|secretary|leader|general|sir)\.? +")
_WORD = re.compile(r"\w+")


def normalise(name: str) -> str:
    """Compatibility form, case folded, without quotes, a possessive ending, articles and titles before a name.

    >>> normalise("The “President Ruritania”’s "), normalise("the president")
    ('ruritania', 'president')
    """
    text = unicodedata.normalize("NFKC", name).translate(_QUOTES).casefold().replace('"', " ")
    text = " ".join(text.split()).strip("' ")
    text = re.sub(r"'s$|(?<=s)'$", "", text).strip()
    while (shorter := _LEADING.sub("", text)) != text:
        text = shorter
    return text


def tokens(text: str) -> list[str]:
    """Word tokens of the normalised text.

    >>> tokens("Ruritania's tanks")
    ['ruritania', 's', 'tanks']
    """
    return _WORD.findall(normalise(text))


def token_f1(left: Sequence[str], right: Sequence[str]) -> float:
    """F1 of two bags of tokens. Range 0 to 1; 0 where either is empty.

    >>> round(token_f1(["a", "b", "c"], ["b", "c", "d"]), 3)  # 2 * 2 / (3 + 3)
    0.667
    """
    shared = sum((Counter(left) & Counter(right)).values())
    return 2 * shared / (len(left) + len(right)) if shared else 0.0


@dataclass(frozen=True, slots=True)
class Identities:
    """What names resolve to in one document: ids of the gold, by alias, by tokens, by the system's own ids."""

    aliases: dict[str, str]
    entity_tokens: dict[str, frozenset[str]]
    propositions: dict[str, str]
    own_entities: dict[str, str]


def resolve(reference: Reference | None, known: Identities) -> str | None:
    """The gold id that a reference means; propositions are written `P:id`. Null where it is not resolved."""
    if reference is None:
        return None
    if reference.entity is not None:
        return reference.entity if reference.entity in (AUTHOR, IMPLICIT) else known.own_entities.get(reference.entity)
    if reference.proposition is not None:
        return known.propositions.get(f"#{reference.proposition}")
    if reference.text is None:
        return None
    name = normalise(reference.text)
    if name in known.aliases:
        return known.aliases[name]
    if reference.text in known.propositions:
        return known.propositions[reference.text]
    words = frozenset(tokens(reference.text))
    near = [id_ for id_, own in known.entity_tokens.items() if words and (words <= own)]
    return near[0] if len(near) == 1 else None


def resolve_document(gold: GoldDocument, predicted: Prediction, *, gold_ids: bool, threshold: float) -> Identities:
    """Work out, for one document, what every name and id of the prediction means in the gold."""
    aliases, entity_tokens = _aliases(gold)
    own = _gold_ids(gold) if gold_ids else _own_entities(gold, predicted, aliases)
    return Identities(aliases, entity_tokens, _propositions(gold, predicted, aliases, gold_ids, threshold), own)


def _aliases(gold: GoldDocument) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Alias to entity (the one named first in the text where two share an alias) and the name tokens of each."""
    aliases: dict[str, str] = {}
    words: dict[str, set[str]] = defaultdict(set)
    if gold.entities is None:
        return aliases, {}
    for mention in sorted(gold.entities.mentions, key=lambda m: (m.level != "NAM", m.spans)):
        if mention.level != "PRO" and mention.entity is not None:
            aliases.setdefault(normalise(mention.text), mention.entity)
            if mention.level == "NAM":
                words[mention.entity].update(tokens(mention.text))
    for entity in gold.entities.entities:
        aliases.setdefault(normalise(entity.name), entity.id)
        words[entity.id].update(tokens(entity.name))
    return aliases, {id_: frozenset(own) for id_, own in words.items()}


def _gold_ids(gold: GoldDocument) -> dict[str, str]:
    return {entity.id: entity.id for entity in gold.entities.entities} if gold.entities is not None else {}


def _own_entities(gold: GoldDocument, predicted: Prediction, aliases: dict[str, str]) -> dict[str, str]:
    """The system's entity ids mapped to gold ids: most shared mentions, ties to the earliest; else by exact name."""
    at = {tuple(m.spans): m.entity for m in gold.entities.mentions if m.entity} if gold.entities is not None else {}
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in sorted(predicted.mentions or (), key=lambda m: m.spans):
        if mention.group is not None and mention.spans in at:
            shared[mention.group][at[mention.spans]] += 1
    # Counter.most_common keeps the order of first counting among equals: the earliest mention decides.
    found = {group: votes.most_common(1)[0][0] for group, votes in shared.items()}
    for entity in predicted.entities:
        if entity.id not in found and entity.name is not None and normalise(entity.name) in aliases:
            found[entity.id] = aliases[normalise(entity.name)]
    return found


def _propositions(
    gold: GoldDocument, predicted: Prediction, aliases: dict[str, str], gold_ids: bool, threshold: float
) -> dict[str, str]:
    """What strings (keys: the strings) and the system's own propositions (keys: `#own id`) mean.

    A string means the proposition it comes nearest to, the first in the gold of equals: two wordings may mean one. Own
    propositions are taken one-to-one by largest total, because by its ids a system says that they differ.
    """
    if gold.stances is None:
        return {}
    if gold_ids:
        return {f"#{item.id}": f"P:{item.id}" for item in gold.stances.propositions}
    wordings = _wordings(gold)
    ids = [item.id for item in gold.stances.propositions]

    def likeness(words: Sequence[str]) -> list[float]:
        return [max((token_f1(words, own) for own in wordings[id_]), default=0.0) for id_ in ids]

    found: dict[str, str] = {}
    for stance in predicted.stances or ():
        text = stance.target.text
        if text is None or text in found or normalise(text) in aliases:
            continue
        likes = likeness(tokens(text))
        best = max(range(len(ids)), key=lambda j: (likes[j], -j), default=None)
        if best is not None and likes[best] >= threshold:
            found[text] = f"P:{ids[best]}"
    said = sorted({f"#{item.id}": tokens(item.gloss) for item in predicted.propositions}.items())
    edges = [
        (i, j, round(like * 2**32))
        for i, (_, words) in enumerate(said)
        for j, like in enumerate(likeness(words))
        if like >= threshold
    ]
    table = np.array(edges, dtype=np.int64).reshape(-1, 3)
    chosen = table[match_heaviest(table[:, 0], table[:, 1], table[:, 2])]
    return found | {said[i][0]: f"P:{ids[j]}" for i, j, _ in chosen.tolist()}


def _wordings(gold: GoldDocument) -> dict[str, list[list[str]]]:
    """Gloss and target spans of each proposition; a span of one word ("it", "which") says nothing about identity."""
    rows: Iterable[tuple[str, list[str]]] = ()
    text = gold.document.text
    if gold.stances is not None:
        rows = [(item.id, tokens(item.gloss)) for item in gold.stances.propositions]
        rows += [
            (stance.target.id, words)
            for stance in gold.stances.stances
            if stance.target.kind == "proposition"
            and len(words := tokens(" ".join(text[a:b] for a, b in stance.target_spans))) > 1
        ]
    wordings: dict[str, list[list[str]]] = defaultdict(list)
    for id_, words in rows:
        wordings[id_].append(words)
    return wordings
