"""Tokens of English news text: words, numbers and marks with their offsets, sentence by sentence."""

import re
from itertools import pairwise
from typing import NamedTuple

from goldassay.corpus.sentences import split_sentences
from goldassay.model.document import Document
from goldassay.model.record import Span

_WORD = r"[^\W\d_]+(?:[-\u2010\u2011][^\W_]+)*(?:['’](?!s\b)[^\W\d_]+)*"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|(?<![\w.])[A-Z]\.(?=\s+[A-Z])|{_WORD}|['’]s\b|\d+(?:[.,]\d+)*\w*(?:-\w+)*|\S"
)
_STOPS = frozenset(".?!")


class Token(NamedTuple):
    """A token and where it stands in the document."""

    text: str
    start: int
    end: int

    @property
    def is_name_like(self) -> bool:
        """Whether a capital says that it may be a name: "Kyiv", "al-Rashid", "U.N.", not "I"."""
        return self.text != "I" and self.text[0].isalpha() and any(part[:1].isupper() for part in self.text.split("-"))

    @property
    def is_acronym(self) -> bool:
        """Two capitals or more and nothing else but dots and digits: "WTO", "U.N.", "G7"."""
        letters = self.text.replace(".", "")
        return len(letters) > 1 and letters[0].isalpha() and letters.isalnum() and letters.isupper()


Sentence = list[Token]


def tokenize(text: str, start: int = 0, end: int | None = None) -> Sentence:
    """The tokens of a stretch of text.

    >>> [token.text for token in tokenize("Ms. O’Dea’s 1,200-ton ship, the U.S.S. J. Ros, isn't here.")]
    ['Ms', '.', 'O’Dea', '’s', '1,200-ton', 'ship', ',', 'the', 'U.S.S.', 'J.', 'Ros', ',', "isn't", 'here', '.']
    """
    return [
        Token(match.group(), *match.span()) for match in _TOKEN.finditer(text, start, len(text) if end is None else end)
    ]


def sentences_of(document: Document) -> list[Sentence]:
    """The tokens of each sentence: of the document's own sentences, or of those the corpus' rules find."""
    spans = document.sentences or split_sentences(document.text)
    return [tokens for start, end in spans if (tokens := tokenize(document.text, start, end))]


def is_title(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence is (part of) the document's title."""
    title = document.title
    return title is not None and title[0] <= sentence[0].start and sentence[-1].end <= title[1]


def is_title_case(sentence: Sentence) -> bool:
    """Whether capitals say nothing here because nearly all longer words have them and no full stop ends it: a headline.

    >>> is_title_case(tokenize("Sylda Mayor Opens New Harbour")), is_title_case(tokenize("Sylda opens a new harbour"))
    (True, False)
    """
    if sentence[-1].text in _STOPS or (len(sentence) > 1 and sentence[-2].text in _STOPS):
        return False
    words = [token.text for token in sentence[1:] if token.text.isalpha() and len(token.text) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)


def adjacent(text: str, tokens: Sentence) -> bool:
    """Whether nothing but spaces stands between these tokens.

    >>> text = "Ana Mora"
    >>> adjacent(text, tokenize(text))
    True
    """
    return all(text[left.end : right.start].isspace() or left.end == right.start for left, right in pairwise(tokens))


def span_of(tokens: Sentence) -> Span:
    """From the first token's start to the last one's end."""
    return tokens[0].start, tokens[-1].end
