"""Capitalised sequences: where names may stand in a sentence, before it is asked what they name."""

from collections.abc import Iterator
from dataclasses import dataclass

from goldassay.extract.gazetteer import Gazetteer, WordLists, match_name
from goldassay.extract.text import Sentence, Token, is_title, is_title_case, sentences_of
from goldassay.model.document import Document

OPENING_MARKS = frozenset("\"'“‘([—–-•*")
LONGEST_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Sequence:
    """Tokens `start` to `end` of a sentence, all of which may belong to names."""

    sentence: Sentence
    start: int
    end: int
    first_in_sentence: bool

    @property
    def tokens(self) -> Sentence:
        """The tokens of the sequence."""
        return self.sentence[self.start : self.end]

    @property
    def before(self) -> str:
        """The word before, empty at the start of the sentence."""
        return self.sentence[self.start - 1].text if self.start else ""

    @property
    def after(self) -> str:
        """The word after, empty at the end of the sentence."""
        return self.sentence[self.end].text if self.end < len(self.sentence) else ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the whole document says of its words: those with a capital inside sentences, those without one anywhere."""

    inside: frozenset[str]
    lower: frozenset[str]

    def is_name(self, word: str) -> bool:
        """Whether a word whose capital says nothing is a name elsewhere in the document."""
        return word in self.inside and word.lower() not in self.lower


def find_sequences(document: Document, gazetteer: Gazetteer, lists: WordLists) -> list[Sequence]:
    """All capitalised sequences of a document, in text order."""
    sentences = sentences_of(document)
    plain = [tokens for tokens in sentences if not is_title(document, tokens) and not is_title_case(tokens)]
    evidence = Evidence(
        inside=frozenset(
            token.text
            for tokens in plain
            for place, token in enumerate(tokens)
            if place > _opening(tokens) and token.is_name_like
        ),
        lower=frozenset(token.text for tokens in sentences for token in tokens if token.text.islower()),
    )
    found: list[Sequence] = []
    for tokens in sentences:
        suspect = is_title_case(tokens)
        found += _sequences(tokens, gazetteer, lists, evidence, suspect=suspect)
    return found


def _opening(tokens: Sentence) -> int:
    """The place of the first word."""
    return next((place for place, token in enumerate(tokens) if token.text not in OPENING_MARKS), 0)


def _sequences(
    tokens: Sentence, gazetteer: Gazetteer, lists: WordLists, evidence: Evidence, *, suspect: bool
) -> Iterator[Sequence]:
    """The sequences of one sentence; in a `suspect` one, such as a headline, a capital alone proves nothing."""
    named, first = _named(tokens, gazetteer, lists, evidence, suspect=suspect), _opening(tokens)
    start = 0
    while start < len(tokens):
        if not named[start]:
            start += 1
            continue
        end = start + 1
        while grown := _grow(tokens, named, lists, start, end):
            end = grown
        yield Sequence(tokens, start, end, start == first)
        start = end


def _named(
    tokens: Sentence, gazetteer: Gazetteer, lists: WordLists, evidence: Evidence, *, suspect: bool
) -> list[bool]:
    """For each token, whether it may be (part of) a name."""
    named, first, known_until = [], _opening(tokens), 0
    for place, token in enumerate(tokens):
        if match := match_name(gazetteer, tokens, place):
            known_until = max(known_until, place + match[0])
        word, proves_nothing = token.text, suspect or place == first
        if place < known_until:
            named.append(True)
        elif _is_plain(token, lists) or (proves_nothing and word.lower() in lists.function_words):
            named.append(False)
        elif suspect:
            named.append(evidence.is_name(word) or (token.is_acronym and len(word) <= LONGEST_ACRONYM))
        else:
            named.append(not proves_nothing or _may_open(tokens, place, lists, evidence))
    return named


def _is_plain(token: Token, lists: WordLists) -> bool:
    return not token.is_name_like or token.text in lists.calendar or token.text in lists.plain_acronyms


def _may_open(tokens: Sentence, place: int, lists: WordLists, evidence: Evidence) -> bool:
    """Whether the first word of a sentence may begin a name: more of one follows, or it is one elsewhere."""
    token = tokens[place]
    if token.is_acronym or evidence.is_name(token.text):
        return True
    if place + 1 == len(tokens):
        return False
    following = tokens[place + 1]
    goes_on = following.is_name_like and following.text not in lists.calendar
    return goes_on or following.text in lists.particles | {"’s", "'s"} or token.text in lists.abbreviated


def _grow(tokens: Sentence, named: list[bool], lists: WordLists, start: int, end: int) -> int | None:
    """Where the sequence ends when it takes in what follows: a name, or words that join one to it."""

    def is_named(place: int) -> bool:
        return place < len(tokens) and named[place]

    if end >= len(tokens):
        return None
    word, last = tokens[end].text, tokens[end - 1].text
    if named[end]:
        return end + 1
    if word == "." and last in lists.abbreviated and is_named(end + 1):
        return end + 2
    if word in lists.particles or word == "&":
        skip = end + 2 if end + 1 < len(tokens) and tokens[end + 1].text in lists.particles else end + 1
        return skip + 1 if is_named(skip) else None
    if word in ("of", "for") and last in lists.heads:
        skip = end + 2 if end + 1 < len(tokens) and tokens[end + 1].text == "the" else end + 1
        return skip + 1 if is_named(skip) else None
    inside = {token.text for token in tokens[start:end]}
    if word == "and" and is_named(end + 1) and inside & {"of", "for"}:
        return end + 2
    return end + 1 if word[0].isdigit() and last in lists.numbered else None
