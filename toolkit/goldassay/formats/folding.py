"""Text with its typography folded away, and the way back to the raw offsets.

Folding is NFKC, straight quotes, white space collapsed to one space and stripped; with `case` also case folding. It
goes unit by unit, a unit being a character with the combining characters after it, so that each folded character
knows the raw characters it came from. A match may only begin and end at the edge of a unit: half an `ﬁ` is no match.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from goldassay.model.record import Span

_STRAIGHT = str.maketrans(dict.fromkeys("‘’‚‛′ʼ´`‹›", "'") | dict.fromkeys("“”„‟″«»", '"'))
_JAMO = range(0x1160, 0x1200)
_UNSPACED = (range(0x0E00, 0x0F00), range(0x1000, 0x10A0), range(0x1780, 0x1800))
"""Thai, Lao, Burmese, Khmer; with the wide scripts of East Asia they are written without spaces between words."""


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text. `starts[i]` and `ends[i]` are the raw edges of the unit that character i came from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str, *, case: bool = False) -> str:
    r"""The folded string.

    >>> fold("  President\n“Yoon”’s "), fold("Straße", case=True)
    ('President "Yoon"\'s', 'strasse')
    """
    return fold_text(text, case=case).text


def fold_text(text: str, *, case: bool = False) -> FoldedText:
    """The folded text with its way back.

    >>> folded = fold_text("a ﬁne  day")
    >>> folded.text, folded.starts[:4]
    ('a fine day', (0, 1, 2, 2))
    """
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    known: dict[str, str] = {}  # units repeat, and folding one takes longer than looking it up
    for start, end in _units(text):
        unit = text[start:end]
        folded = known.get(unit)
        if folded is None:
            folded = known[unit] = _fold_unit(unit, case)
        for character in folded:
            if character == " " and (not characters or characters[-1] == " "):
                continue
            characters.append(character)
            starts.append(start)
            ends.append(end)
    keep = len(characters) - (characters[-1:] == [" "])
    return FoldedText("".join(characters[:keep]), tuple(starts[:keep]), tuple(ends[:keep]))


def find_folded(folded: FoldedText, needle: str) -> Iterator[Span]:
    """Raw spans of a folded string, in text order, at the edges of units.

    >>> list(find_folded(fold_text("the ‘Kursk’ and the 'Kursk'"), "'Kursk'"))
    [(4, 11), (20, 27)]
    """
    place = folded.text.find(needle) if needle else -1
    while place >= 0:
        last = place + len(needle) - 1
        opens = place == 0 or folded.starts[place - 1] != folded.starts[place]
        closes = last + 1 == len(folded.text) or folded.starts[last + 1] != folded.starts[last]
        if opens and closes:
            yield folded.starts[place], folded.ends[last]
        place = folded.text.find(needle, place + 1)


def at_word_boundaries(text: str, start: int, end: int) -> bool:
    """Whether a stretch neither begins nor ends inside a word.

    Letters, digits and combining marks make words; scripts written without spaces have a boundary everywhere.

    >>> at_word_boundaries("with it", 1, 3), at_word_boundaries("with it", 5, 7)
    (False, True)
    """
    if end < len(text) and unicodedata.combining(text[end]):
        return False
    return not (_joins(text, start) or _joins(text, end))


def _joins(text: str, place: int) -> bool:
    return 0 < place < len(text) and _in_word(text[place - 1]) and _in_word(text[place])


def _in_word(character: str) -> bool:
    if not (character.isalnum() or character == "_" or unicodedata.combining(character)):
        return False
    if ord(character) < _UNSPACED[0].start:
        return True
    unspaced = any(ord(character) in script for script in _UNSPACED)
    return not unspaced and unicodedata.east_asian_width(character) not in ("W", "F")


def _units(text: str) -> Iterator[Span]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _continues(text[place]):
            yield start, place
            start = place


def _continues(character: str) -> bool:
    """Whether NFKC may fuse the character with the one before it."""
    if character < "\u0300":
        return False
    if unicodedata.category(character)[0] == "M" or ord(character) in _JAMO:
        return True
    # The half-width sound marks of Katakana are letters that turn into combining marks.
    return unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) != 0


def _fold_unit(unit: str, case: bool) -> str:
    if unit.isascii() and len(unit) == 1:
        straight = "'" if unit == "`" else unit
    else:
        straight = unicodedata.normalize("NFKC", unit.translate(_STRAIGHT))
    if case:
        straight = unicodedata.normalize("NFKC", straight.casefold())
    return "".join(" " if character.isspace() else character for character in straight)
