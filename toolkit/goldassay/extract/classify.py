"""What a capitalised sequence names: states and peoples by the gazetteer, the rest by heads, titles and position."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from goldassay.extract.gazetteer import Gazetteer, Place, WordLists, match_name
from goldassay.extract.sequences import LONGEST_ACRONYM, OPENING_MARKS, Sequence
from goldassay.extract.text import Sentence, Token, span_of
from goldassay.extract.verbs import is_reporting_form
from goldassay.model.record import Span

_ALONE_ORG = frozenset({"Cabinet", "Congress", "Parliament", "Senate", "Treasury"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text; names with the same type and key name the same."""

    span: Span
    text: str
    type: str
    key: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What classification goes by: the gazetteer, the word lists, and what the document told before.

    surnames   last names of its persons, with the key of the full name
    places     single words that stood after a preposition of place
    """

    gazetteer: Gazetteer
    lists: WordLists
    surnames: Mapping[str, str]
    places: frozenset[str]


def classify(sequence: Sequence, guide: Guide) -> list[Name]:
    """The names in a sequence, in text order."""
    return [
        name
        for start, end, titled in _parts(sequence.tokens, guide.lists)
        for name in _classify_part(sequence, sequence.tokens[start:end], guide, titled=titled)
    ]


def _parts(tokens: Sentence, lists: WordLists) -> Iterator[tuple[int, int, bool]]:
    """Stretches between titles, and whether a title stands before; titles are no part of names.

    Words that look like titles belong to an organisation that ends after them ("General Assembly").
    """
    if _head_type(tokens, lists) is not None:
        yield 0, len(tokens), False
        return
    start, place, titled = 0, 0, False
    while place < len(tokens):
        length = _title_length(tokens, place, lists)
        if length == 0:
            place += 1
            continue
        if place > start:
            yield start, place, titled
        place += length
        start, titled = place, True
    if start < len(tokens):
        yield start, len(tokens), titled


def _title_length(tokens: Sentence, place: int, lists: WordLists) -> int:
    """How many tokens a title at this place has, its full stop included; 0 where there is none."""
    words = tuple(token.text for token in tokens[place : place + 3])
    for length in (3, 2, 1):
        if words[:length] in lists.titles and len(words) >= length:
            return length + (words[length:][:1] == (".",))
    return 0


def _head_type(tokens: Sentence, lists: WordLists) -> str | None:
    """The type that a head word gives to a whole sequence: an opener, or the last word before "of" or at the end."""
    words = [token.text for token in tokens]
    if words[0] in lists.openers and len(words) > 1:
        return lists.openers[words[0]]
    core = words[: next((place for place, word in enumerate(words) if word in ("of", "for")), len(words))]
    while core and core[-1][0].isdigit():
        core.pop()
    if not core or (len(words) == 1 and words[0] not in _ALONE_ORG):
        return None
    return lists.heads.get(core[-1])


def _classify_part(sequence: Sequence, tokens: Sentence, guide: Guide, *, titled: bool) -> Iterator[Name]:
    """The names in a stretch without titles."""
    whole = match_name(guide.gazetteer, tokens, 0)
    if whole is not None and whole[0] == len(tokens):
        yield _name(tokens, whole[1].type, whole[1].key)
        return
    kind = _head_type(tokens, guide.lists)
    if kind is not None:
        yield _name(tokens, kind)
        return
    in_place = tokens[0] == sequence.tokens[0] and _in_place(sequence, guide)
    start = place = 0
    while place < len(tokens):
        match = match_name(guide.gazetteer, tokens, place)
        if match is None or _is_part_of_person(tokens, start, place, match, in_place=in_place):
            place += 1
            continue
        yield from _unknown(sequence, tokens[start:place], guide, titled=titled)
        start, titled = place + match[0], False
        yield _name(tokens[place:start], match[1].type, match[1].key)
        place = start
    yield from _unknown(sequence, tokens[start:], guide, titled=titled)


def _is_part_of_person(tokens: Sentence, start: int, place: int, match: tuple[int, Place], *, in_place: bool) -> bool:
    """Whether the name of a state or capital is a first or last name here: "Chad Lorne", "Marta Jordan"."""
    length, known = match
    if length != 1 or known.type != "GPE":
        return False
    if place > start:
        return place == len(tokens) - 1 and place - start == 1
    return place == 0 and len(tokens) == 2 and not in_place


def _unknown(sequence: Sequence, tokens: Sentence, guide: Guide, *, titled: bool) -> Iterator[Name]:
    """The name that words which are in no list make, if they make one."""
    while tokens and not titled and _is_plain_opener(sequence, tokens[0], guide.lists, alone=len(tokens) == 1):
        tokens = tokens[1:]
    if not tokens:
        return
    if titled:
        yield _name(tokens, "PERSON", guide.surnames.get(tokens[-1].text) if len(tokens) == 1 else None)
    elif len(tokens) > 1:
        after_article = tokens[0] == sequence.tokens[0] and sequence.before.lower() == "the"
        is_group = after_article or any(token.is_acronym for token in tokens)
        yield _name(tokens, "ORG" if is_group else "PERSON")
    else:
        yield from _single(sequence, tokens[0], guide)


def _is_plain_opener(sequence: Sequence, token: Token, lists: WordLists, *, alone: bool) -> bool:
    """Whether a word has its capital only because something begins here."""
    if token.text in ("The", "A", "An"):
        return True
    opens = alone or (token == sequence.tokens[0] and (sequence.before in OPENING_MARKS or sequence.before == ":"))
    return opens and token.text.lower() in lists.function_words


def _single(sequence: Sequence, token: Token, guide: Guide) -> Iterator[Name]:
    """The type of a single unknown word, by its form and by the words beside it."""
    word, edge = token.text, token == sequence.tokens[0]
    if token.is_acronym and len(word.replace(".", "")) <= LONGEST_ACRONYM:
        yield _name([token], "PRODUCT" if any(char.isdigit() for char in word) else "ORG")
    elif any(char.isdigit() for char in word):
        yield _name([token], "PRODUCT")
    elif word in guide.lists.heads:
        return
    elif word in guide.surnames:
        yield _name([token], "PERSON", guide.surnames[word])
    elif word in guide.places or word.endswith(guide.lists.place_endings) or (edge and _in_place(sequence, guide)):
        yield _name([token], "GPE")
    elif edge and sequence.before.lower() == "the" and not is_reporting_form(sequence.after):
        yield _name([token], "ORG")
    else:
        yield _name([token], "PERSON")


def _in_place(sequence: Sequence, guide: Guide) -> bool:
    return sequence.before.lower() in guide.lists.place_prepositions


def _name(tokens: Sentence, kind: str, key: str | None = None) -> Name:
    """A name over these tokens; names of unknown things have their own words as key."""
    words = " ".join(token.text for token in tokens)
    return Name(span_of(tokens), words, kind, key or words.casefold())
