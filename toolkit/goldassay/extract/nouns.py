"""The noun that a number counts: the head of what follows it, found without parts of speech."""

from typing import NamedTuple

from goldassay.extract.text import Sentence
from goldassay.extract.words import words
from goldassay.model.record import Span

_LONGEST = 5
"""Words of a noun phrase; further ones are more likely a verb and what it governs."""

_IRREGULAR = {
    "children": "child",
    "feet": "foot",
    "geese": "goose",
    "men": "man",
    "mice": "mouse",
    "teeth": "tooth",
    "women": "woman",
}
_ENDS = words("noun_phrase_ends").union(*map(words, ("status_actual", "change_verbs", "price_words")))
_KEPT = frozenset(["ss", "us", "is"])


class Noun(NamedTuple):
    """A counted noun: its lemma, the place of its head, and the end of the phrase."""

    lemma: str
    span: Span
    end: int


def is_plural(word: str) -> bool:
    """Whether a lower-case word has the form of a plural noun.

    >>> [is_plural(word) for word in ("boats", "people", "less", "glass", "sank")]
    [True, True, False, False, False]
    """
    if word in words("irregular_plurals"):
        return True
    return len(word) > 3 and word.endswith("s") and word[-2:] not in _KEPT and word not in words("no_plural")


def lemma(word: str) -> str:
    """The singular of a plural noun, other words as they are, in lower case.

    >>> [lemma(word) for word in ("Boats", "cities", "branches", "women", "people", "houses", "bus")]
    ['boat', 'city', 'branch', 'woman', 'people', 'house', 'bus']
    """
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not is_plural(word) or word in words("irregular_plurals"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses", "zzes")) else word[:-1]


def find_noun(tokens: Sentence, after: int, *, one: bool = False) -> Noun | None:
    """The head of the noun phrase that begins at an offset: its first plural, else its last word.

    Args:
        tokens: the sentence.
        after: where the number ends.
        one: the number is one, and its noun no plural: the first word is taken.

    A following "of", with an article, is passed over: "dozens of the boats".

    >>> from goldassay.extract.text import tokenize
    >>> find_noun(tokenize("12 small fishing boats sank"), 2)
    Noun(lemma='boat', span=(17, 22), end=22)
    """
    start = next((place for place, token in enumerate(tokens) if token.start >= after), len(tokens))
    if start < len(tokens) and tokens[start].text == "-":
        start += 1
    if start < len(tokens) and tokens[start].text == "of":
        start += 1
        start += start < len(tokens) and tokens[start].text.lower() in ("the", "its", "their", "his", "her", "these")
    phrase = []
    for token in tokens[start : start + _LONGEST]:
        if not token.text[0].isalpha() or token.text.lower() in _ENDS:
            break
        phrase.append(token)
    if not phrase:
        return None
    plural = next((token for token in phrase if is_plural(token.text.lower()) and not token.text[0].isupper()), None)
    head = phrase[0] if one else plural or phrase[-1]
    return Noun(lemma(head.text), (head.start, head.end), head.end)
