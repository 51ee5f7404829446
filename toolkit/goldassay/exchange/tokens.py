"""Tokens of a text and back: words in their sentences, their places, and mentions laid down on them.

Words are those of the token view (`layers.tokens`), cut further where a mention begins or ends inside one, so that
every mention ends with a word.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from goldassay.corpus.sentences import split_sentences
from goldassay.exchange.assembly import type_of
from goldassay.exchange.reading import Counts
from goldassay.formats.gold import GoldLine
from goldassay.formats.tags import TypedSpan
from goldassay.layers.tokens import split_words
from goldassay.model.entities import Mention
from goldassay.model.record import Span

Sentence = list[str]
"""The words of a sentence."""

Tokens = list[list[Span]]
"""The places of the words of each sentence."""

SENTENCES_MADE = "sentences made for documents that have none"
SENTENCES_MOVED = "sentences whose ends moved to those of words"
"""What becomes of sentences where every word must be in one."""

Place = tuple[int, int, int]
"""A stretch of words: the sentence, its first word, the word after its last."""


def tokenize(line: GoldLine, lost: Counts) -> Tokens:
    """The words of a line's text by sentence; white space alone gives none.

    >>> from collections import Counter
    >>> line = GoldLine(doc_id="d", text="Zenda fell. Why?")
    >>> [len(sentence) for sentence in tokenize(line, Counter())]
    [3, 2]
    """
    edges = {edge for one in line.mentions or () for span in one.spans for edge in span}
    words: list[Span] = []
    for start, end in split_words(line.text):
        cuts = [start, *sorted(edge for edge in edges if start < edge < end), end] if end - start > 1 else [start, end]
        lost["words cut in parts at the edge of a mention"] += len(cuts) > 2
        words += list(pairwise(cuts))
    starts = sorted({start for start, _ in line.sentences or split_sentences(line.text)})
    tokens = _by_sentence(words, starts)
    made = set(sentence_spans(tokens))
    if line.sentences:
        lost[SENTENCES_MOVED] += max(len(set(line.sentences) - made), len(made - set(line.sentences)))
    else:
        lost[SENTENCES_MADE] += len(made)
    return tokens


def _by_sentence(words: Iterable[Span], starts: Sequence[int]) -> Tokens:
    sentences: Tokens = []
    place = 0
    for word in words:
        new = not sentences
        while place < len(starts) and starts[place] <= word[0]:
            place, new = place + 1, True
        if new:
            sentences.append([])
        sentences[-1].append(word)
    return sentences


def sentence_spans(tokens: Tokens) -> tuple[Span, ...]:
    """Where each sentence stands, from its first word to its last."""
    return tuple((sentence[0][0], sentence[-1][1]) for sentence in tokens if sentence)


def join_tokens(sentences: Iterable[Sentence]) -> tuple[str, Tokens]:
    r"""A text of words joined by one space, sentences by a line end, and where the words stand in it.

    >>> join_tokens([["Zenda", "fell"], ["Why"]])
    ('Zenda fell\nWhy', [[(0, 5), (6, 10)], [(11, 14)]])
    """
    parts: list[str] = []
    tokens: Tokens = []
    length = 0
    for sentence in sentences:
        tokens.append([])
        for place, word in enumerate(sentence):
            if parts:
                parts.append(" " if place else "\n")
                length += 1
            parts.append(word)
            tokens[-1].append((length, length + len(word)))
            length += len(word)
    return "".join(parts), tokens


def place_tokens(text: str, sentences: Iterable[Sentence]) -> Tokens | int:
    """Where the words stand in their text, nothing but white space between them; or the number of the first that fails.

    >>> place_tokens("Zenda  fell.", [["Zenda", "fell", "."]]), place_tokens("Zenda fell", [["fell"]])
    ([[(0, 5), (7, 11), (11, 12)]], 0)
    """
    tokens: Tokens = []
    cursor = number = 0
    for sentence in sentences:
        tokens.append([])
        for word in sentence:
            while cursor < len(text) and text[cursor].isspace() and not text.startswith(word, cursor):
                cursor += 1
            if not text.startswith(word, cursor):
                return number
            tokens[-1].append((cursor, cursor + len(word)))
            cursor += len(word)
            number += 1
    return tokens


class TokenPlaces:
    """Which words begin and end at an offset."""

    def __init__(self, tokens: Tokens) -> None:
        self._starts = {span[0]: (s, w) for s, one in enumerate(tokens) for w, span in enumerate(one)}
        self._ends = {span[1]: (s, w + 1) for s, one in enumerate(tokens) for w, span in enumerate(one)}

    def find(self, span: Span) -> Place | None:
        """The words of a span, all in one sentence; null where it has none that begin and end with it."""
        first, last = self._starts.get(span[0]), self._ends.get(span[1])
        if first is None or last is None or first[0] != last[0] or first[1] >= last[1]:
            return None
        return first[0], first[1], last[1]


def place_mentions(line: GoldLine, tokens: Tokens, lost: Counts) -> dict[str, Place]:
    """The words of each mention of one stretch by its id; the other mentions are counted as lost."""
    places = TokenPlaces(tokens)
    found: dict[str, Place] = {}
    for one in line.mentions or ():
        if len(one.spans) > 1:
            lost["discontinuous mentions"] += 1
            continue
        place = places.find(one.spans[0])
        if place is None:
            lost["mentions across sentences, or with white space at an end"] += 1
        else:
            found[one.id] = place
    return found


def flat_mentions(line: GoldLine, tokens: Tokens, lost: Counts) -> list[list[TypedSpan]]:
    """Stretches of words with their types by sentence, none of which overlap: of those that do the longest stays."""
    entities = {one.id: one for one in line.entities or ()}
    places = place_mentions(line, tokens, lost)
    chunks: list[list[TypedSpan]] = [[] for _ in tokens]
    taken: set[tuple[int, int]] = set()

    def order(one: Mention) -> tuple[int, int, str]:
        return one.spans[0][0] - one.spans[0][1], one.spans[0][0], type_of(one, entities)

    for one in sorted((one for one in line.mentions or () if one.id in places), key=order):
        sentence, first, last = places[one.id]
        own = {(sentence, word) for word in range(first, last)}
        if own & taken:
            lost["nested or crossing mentions"] += 1
            continue
        taken |= own
        chunks[sentence].append((type_of(one, entities), first, last))
    return [sorted(one, key=lambda chunk: chunk[1:]) for one in chunks]
