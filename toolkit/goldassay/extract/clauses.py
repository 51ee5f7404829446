"""Who says it, and what follows: the subject and the object of a reporting verb by the words around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from goldassay.extract.classify import Name
from goldassay.extract.text import Sentence
from goldassay.extract.verbs import FoundVerb
from goldassay.extract.words import words

_ACTORS = frozenset(["GPE", "ORG"])
_REACH = 8
"""Tokens between verb and subject after a quotation: "said the mayor of Selmouth, Marta Quill"."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with its names by token: `names[i]` is the name that token `i` belongs to, or null."""

    tokens: Sentence
    names: Sequence[Name | None]

    def word(self, place: int) -> str:
        """The word at a place in lower case; empty outside the sentence."""
        return self.tokens[place].text.lower() if 0 <= place < len(self.tokens) else ""

    def first_name(self, start: int, end: int) -> Name | None:
        """The first name in a stretch."""
        return next((name for name in self.names[start:end] if name is not None), None)

    def begins_name(self, place: int) -> bool:
        """Whether a name that can act begins at a place: not a people's adjective."""
        name = self.names[place]
        return name is not None and name.type != "NORP" and (place == 0 or self.names[place - 1] is not name)


def lay_names(tokens: Sentence, names: Sequence[Name]) -> Clause:
    """Put the names of a document on the tokens of a sentence."""
    inside = [name for name in names if tokens[0].start <= name.span[0] < tokens[-1].end]
    return Clause(
        tokens,
        [next((name for name in inside if name.span[0] <= token.start < name.span[1]), None) for token in tokens],
    )


def is_verb(clause: Clause, found: FoundVerb) -> bool:
    """Whether a form is used as a verb: not "the report", "its plans", "a denied boarding", "opposing sides"."""
    before = clause.word(found.start - 1)
    if found.gerund and before not in words("be"):
        return False
    return before not in words("before_noun") or (before in words("be") and (found.participle or found.gerund))


def is_passive(clause: Clause, found: FoundVerb) -> bool:
    """Whether a form of "be" stands before a participle, an adverb between them allowed."""
    return found.participle and not words("be").isdisjoint({clause.word(found.start - 1), clause.word(found.start - 2)})


def is_negated(clause: Clause, found: FoundVerb) -> bool:
    """Whether a negation stands within three words before the verb."""
    near = [clause.word(place) for place in range(found.start - 3, found.start)]
    return any(word in words("negations") or word.endswith(("n't", "n’t")) for word in near)


def find_subject(clause: Clause, found: FoundVerb, since: int, earlier: Sequence[Name]) -> Name | None:
    """The subject of an active verb, or null.

    Args:
        clause: the sentence.
        found: the verb.
        since: the end of the verb before it; names before that belong to that verb.
        earlier: the names of the text before the verb, for "he" and "it".
    """
    before = clause.word(found.start - 1)
    if before in words("personal"):
        return next((name for name in reversed(earlier) if name.type == "PERSON"), None)
    if before in words("impersonal"):
        return next((name for name in reversed(earlier) if name.type in _ACTORS), None)
    if follows_content(clause, found):
        after = _direct_names(clause, found.end, min(found.end + _REACH, object_end(clause, found.end)))
        if after:
            return after[0]
    nearest = _direct_names(clause, since, found.start)
    return nearest[-1] if nearest else None


def follows_content(clause: Clause, found: FoundVerb) -> bool:
    """Whether the verb stands behind what it reports: "“…,” insisted Quill", "The plan had failed, said Quill"."""
    before, mark = clause.word(found.start - 1), clause.word(found.start - 2)
    if before in words("closing_quotes") or (before == "," and mark in words("closing_quotes")):
        return True
    after = name_end(clause, found.end)
    return before == "," and after > found.end and clause.word(after) in words("clause_ends") | {","}


def name_end(clause: Clause, start: int) -> int:
    """Where the name that stands at a place ends; `start` where none stands there."""
    if not (start < len(clause.tokens) and clause.begins_name(start)):
        return start
    ends = (place for place in range(start, len(clause.tokens)) if clause.names[place] is not clause.names[start])
    return next(ends, len(clause.tokens))


def _direct_names(clause: Clause, start: int, end: int) -> list[Name]:
    """The names in a stretch; those after a preposition only where there is no other."""
    starts = [place for place in range(start, end) if clause.begins_name(place)]
    direct = [place for place in starts if clause.word(place - 1) not in words("prepositions")]
    return [name for place in direct or starts if (name := clause.names[place]) is not None]


def shares_subject(clause: Clause, found: FoundVerb) -> bool:
    """Whether the verb goes on from the one before: "… and denied it"."""
    return clause.word(found.start - 1) in words("joints")


def object_end(clause: Clause, start: int, next_verb: int | None = None) -> int:
    """Where the words that depend on a verb end: at a mark, before a clause of its own, or before "and" with a verb."""
    for place in range(start, len(clause.tokens)):
        if place + 1 == next_verb and clause.word(place) in words("joints"):
            return place
        if clause.word(place) in words("clause_ends"):
            return place
        if clause.word(place) == "," and clause.word(place + 1) in words("after_comma"):
            return place
    return len(clause.tokens)
