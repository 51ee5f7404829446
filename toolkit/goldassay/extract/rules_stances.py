"""Baseline `rules-stances`: who takes which side on what, by reporting verbs, polar words and the nearest names.

Verbs, their acts and dimensions, and polar words are the lists of the annotation guidelines. The holder is the verb's
subject; the target is its object, a name alone or the phrase as it stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldassay.extract.base import Extract
from goldassay.extract.classify import Guide, Name
from goldassay.extract.clauses import (
    Clause,
    find_subject,
    follows_content,
    is_negated,
    is_passive,
    is_verb,
    lay_names,
    name_end,
    object_end,
    shares_subject,
)
from goldassay.extract.rules_mentions import find_names, load_guide
from goldassay.extract.text import sentences_of, span_of
from goldassay.extract.verbs import FoundVerb, find_verbs
from goldassay.extract.words import words
from goldassay.lexicons import load_lexicon
from goldassay.model.document import Document
from goldassay.model.labels import Act
from goldassay.model.record import Span, spans_text

_POLARITY = {-1: "against", 0: "neutral", 1: "favor"}
_VERACITY = {-1: "denied", 0: "uncommitted", 1: "affirmed"}
_SIGNS: dict[Act, int] = {
    "accuse": 1,
    "commit": 1,
    "concede": 1,
    "criticize": -1,
    "deny": -1,
    "plan": 1,
    "private": 1,
    "reject": -1,
    "request": 1,
    "support": 1,
    "state": 1,
    "threaten": 1,
    "warn": -1,
}
"""The side that an act takes on the content of its verb, in the dimension of the verb."""

_OTHER_SIGNS = {"doubt": -1, "fear": -1, "worry": -1, "regret": -1, "question": 0}
"""Verbs that differ from their act."""

_ADDRESSED: dict[Act, int] = {"accuse": -1, "request": 0, "threaten": -1, "warn": -1}
"""Acts aimed at somebody, with the sign towards them; the words after the addressee are the content."""

_ENDINGS = ("", "s", "es", "d", "ed", "ing", "ly")


@dataclass(frozen=True, slots=True)
class Polar:
    """The polar words, by lemma."""

    signs: Mapping[str, int]

    def sign(self, word: str) -> int:
        """The sign of a word or of what is left of it without an ending; 0 where it has none."""
        stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
        return next((self.signs[stem] for stem in stems if stem in self.signs), 0)


@dataclass(frozen=True, slots=True)
class Found:
    """A stance before it is written."""

    holder: Name
    target: Span
    sign: int
    expression: Span
    verb: FoundVerb
    dimension: str
    toward: Name | None = None


def load() -> Extract:
    """The extract function, with gazetteer and lexicons read."""
    guide, polar = load_guide(), Polar({row.lemma: row.sign for row in load_lexicon("polarity")})
    return lambda document: {"stances": list(_format(document, find_stances(document, guide, polar)))}


def find_stances(document: Document, guide: Guide, polar: Polar) -> list[Found]:
    """The stances of a document in text order, each holder's side on each target once."""
    names = find_names(document, guide)
    found: dict[tuple[str, str, int, str], Found] = {}
    for tokens in sentences_of(document):
        for stance in _of_sentence(lay_names(tokens, names), names, polar):
            target = document.text[slice(*stance.target)].casefold()
            found.setdefault((stance.holder.key, target, stance.sign, stance.dimension), stance)
    return list(found.values())


def _of_sentence(clause: Clause, names: Sequence[Name], polar: Polar) -> Iterator[Found]:
    since, holder = 0, None
    verbs = [verb for verb in find_verbs(clause.tokens) if is_verb(clause, verb)]
    for place, verb in enumerate(verbs):
        following = verbs[place + 1] if place + 1 < len(verbs) else None
        passive = is_passive(clause, verb)
        end = object_end(clause, verb.end, following.start if following else None)
        if passive:
            holder = _doer(clause, verb, end)
        elif holder is None or not shares_subject(clause, verb):
            start = clause.tokens[verb.start].start
            holder = find_subject(clause, verb, since, [name for name in names if name.span[1] <= start])
        content = _stretch(clause, verb, since, end, passive=passive)
        if holder is not None and content is not None:
            stance = _read_stance(clause, verb, holder, content, polar)
            if stance is not None and stance.target != holder.span:
                yield stance
        since = verb.end


def _doer(clause: Clause, verb: FoundVerb, end: int) -> Name | None:
    """The name after "by"."""
    place = next((place for place in range(verb.end, end) if clause.word(place) == "by"), end)
    return clause.first_name(place, end)


def _stretch(clause: Clause, verb: FoundVerb, since: int, end: int, *, passive: bool) -> tuple[int, int] | None:
    """The tokens that the verb is about: after it, before it in the passive and after a quotation; null for none."""
    before_verb = passive or follows_content(clause, verb)
    if before_verb and verb.verb.dimension is None and not passive:
        since = 0
    start, stop = (since, verb.start) if before_verb else (verb.end, end)
    if passive:
        stop = next((place for place in range(start, stop) if clause.word(place) in words("be")), stop)
    return _trim(clause, start, stop)


def _trim(clause: Clause, start: int, stop: int) -> tuple[int, int] | None:
    """The stretch without words that only join it to the verb; null for a lone pronoun, which names nothing."""
    while start < stop and clause.word(start) in words("openers"):
        start += 1
    while start < stop and clause.word(stop - 1) in words("marks"):
        stop -= 1
    is_nothing = start >= stop or (start + 1 == stop and clause.word(start) in words("pronouns"))
    return None if is_nothing else (start, stop)


def _read_stance(clause: Clause, verb: FoundVerb, holder: Name, content: tuple[int, int], polar: Polar) -> Found | None:
    """The stance that a verb and its content express, or null where they take no side."""
    entry, expression = verb.verb, span_of(clause.tokens[verb.start : verb.end])
    if entry.act == "state" and entry.dimension in (None, "evaluation"):
        return _evaluation(clause, verb, holder, content, polar)
    sign = _OTHER_SIGNS.get(entry.lemma, _SIGNS[entry.act])
    if is_negated(clause, verb):
        if entry.lemma not in words("neg_raising"):
            return None
        sign = -sign
    toward = None
    if entry.act in _ADDRESSED:
        toward, after = _addressee(clause, content[0])
        content = _trim(clause, after, content[1]) or content
    target = _target(clause, content, alone=entry.act in ("criticize", "support", "reject"))
    return Found(holder, target, sign, expression, verb, entry.dimension or "position", toward)


def _addressee(clause: Clause, start: int) -> tuple[Name | None, int]:
    """The name that stands at a place, and where it ends; of "Iceland’s Ministry of Trade" the second."""
    end = name_end(clause, start)
    if end == start:
        return None, start
    if clause.word(end) in ("’s", "'s") and name_end(clause, end + 1) > end + 1:
        return _addressee(clause, end + 1)
    return clause.names[start], end


def _target(clause: Clause, content: tuple[int, int], *, alone: bool) -> Span:
    """A name where the object is one, else the whole phrase."""
    name = clause.names[content[0]]
    if alone and name is not None:
        after = name_end(clause, content[0])
        if after >= content[1] or clause.word(after) in words("grounds") | words("marks"):
            return name.span
    return span_of(clause.tokens[slice(*content)])


def _evaluation(clause: Clause, verb: FoundVerb, holder: Name, content: tuple[int, int], polar: Polar) -> Found | None:
    """What a neutral verb reports, where a polar word rates it: of a name in it, else of the whole."""
    signs = {place: sign for place in range(*content) if (sign := polar.sign(clause.word(place)))}
    if not signs or is_negated(clause, verb):
        return None
    place, sign = next(iter(signs.items()))
    if "not" in (clause.word(place - 1), clause.word(place - 2)):
        sign = -sign
    named = next((name for name in clause.names[slice(*content)] if name is not None and name != holder), None)
    target = named.span if named is not None else span_of(clause.tokens[slice(*content)])
    return Found(holder, target, sign, span_of([clause.tokens[place]]), verb, "evaluation")


def _format(document: Document, stances: Sequence[Found]) -> Iterator[dict[str, object]]:
    """Stances as prediction items, holder and target as surface text with its place."""
    for stance in stances:
        belief, act = stance.dimension == "belief", stance.verb.verb.act
        side = {"veracity": _VERACITY[stance.sign]} if belief else {"polarity": _POLARITY[stance.sign]}
        item: dict[str, object] = {
            **side,
            "holder": spans_text(document.text, [stance.holder.span]),
            "holder_spans": [list(stance.holder.span)],
            "target": spans_text(document.text, [stance.target]),
            "target_spans": [list(stance.target)],
            "dimension": stance.dimension,
            "act": act,
            "expression_spans": [list(stance.expression)],
        }
        if stance.toward is not None:
            item["toward"] = spans_text(document.text, [stance.toward.span])
            item["toward_sign"] = _ADDRESSED[act]
        yield item
