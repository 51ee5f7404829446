"""Token tags and the spans they stand for: IOB1, IOB2, IOE1, IOE2, IOBES, BILOU, read leniently or strictly.

Sources: Ramshaw and Marcus (1995); Tjong Kim Sang and Veenstra (1999) for the IOB and IOE variants.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

TypedSpan = tuple[str, int, int]
"""Type, first token, token after the last."""


class Tag(NamedTuple):
    """A tag taken apart: the letter and the type (`_` where the tag names none)."""

    letter: str
    type: str


OUTSIDE = Tag("O", "_")

Pattern = tuple[frozenset[str] | None, frozenset[str] | None, bool | None]
"""Letters of the token before, letters of this token, whether the types are the same; null for any."""


class Scheme(NamedTuple):
    """A tagging scheme: its letters, and between which neighbours a chunk starts, goes on and has ended."""

    name: str
    letters: frozenset[str]
    start: tuple[Pattern, ...]
    inside: tuple[Pattern, ...]
    end: tuple[Pattern, ...]


class TagError(ValueError):
    """A tag cannot be read: it is empty, or its letter is not of the scheme."""


def build_scheme(name: str, letters: str, start: str, inside: str, end: str) -> Scheme:
    """A scheme from patterns written as `before|this|types`, types being `=`, `!` or `*`, letters `*` for any.

    >>> build_scheme("IOB2", "IOB", "*|B|*", "BI|I|=", "BI|OB|* BI|I|!").inside[0][2]
    True
    """

    def pattern(text: str) -> Pattern:
        before, this, types = text.split("|")
        return (
            None if before == "*" else frozenset(before),
            None if this == "*" else frozenset(this),
            {"=": True, "!": False, "*": None}[types],
        )

    parts = (tuple(pattern(text) for text in field.split()) for field in (start, inside, end))
    return Scheme(name, frozenset(letters), *parts)


SCHEMES: dict[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        build_scheme("IOB1", "IOB", "OB|I|* I|I|! BI|B|=", "BI|I|=", "BI|O|* BI|I|! I|B|* B|B|="),
        build_scheme("IOB2", "IOB", "*|B|*", "BI|I|=", "BI|OB|* BI|I|!"),
        build_scheme("IOE1", "IOE", "OE|IE|* I|IE|!", "I|IE|=", "I|O|* I|IE|! E|IE|="),
        build_scheme("IOE2", "IOE", "OE|IE|* I|IE|!", "I|IE|=", "E|*|*"),
        build_scheme("IOBES", "IOBES", "*|BS|*", "BI|IE|=", "ES|*|*"),
        build_scheme("BILOU", "IOBLU", "*|BU|*", "BI|IL|=", "LU|*|*"),
    )
}


def parse_tag(tag: str, *, suffix: bool = False) -> Tag:
    """Take a tag apart at its first hyphen (with `suffix`, its last; the letter then stands at the end).

    Raises:
        TagError: The tag is empty.

    >>> parse_tag("B-MISC-X"), parse_tag("PER-B", suffix=True), parse_tag("O")
    (Tag(letter='B', type='MISC-X'), Tag(letter='B', type='PER'), Tag(letter='O', type='_'))
    """
    if not tag:
        raise TagError("found an empty tag, expected a letter such as O, B or I")
    if suffix:
        return Tag(tag[-1], tag[:-1].rsplit("-", 1)[0] or "_")
    return Tag(tag[0], tag[1:].split("-", 1)[-1] or "_")


def decode_lenient(tags: Sequence[Tag], *, last: str = "EL", single: str = "SU") -> list[TypedSpan]:
    """Spans as conlleval reads them: no tag is dropped; a lone `I` opens a chunk. Right for all six schemes.

    `last` and `single` are the letters that end a chunk and that stand alone. Unknown letters split on types only.

    >>> decode_lenient([parse_tag(tag) for tag in ["I-A", "B-A", "I-B", "O", "U-A"]])
    [('A', 0, 1), ('A', 1, 2), ('B', 2, 3), ('A', 4, 5)]
    """
    spans: list[TypedSpan] = []
    previous, begin = Tag("O", ""), 0
    closing, opening = last + single, "B" + single
    for index, tag in enumerate([*tags, OUTSIDE]):
        changed = previous.type != tag.type
        if (
            previous.letter in closing
            or (previous.letter in "BI" and tag.letter in opening + "O")
            or (previous.letter not in "O." and changed)
        ):
            spans.append((previous.type, begin, index))
        if (
            tag.letter in opening
            or (previous.letter in closing + "O" and tag.letter in last + "I")
            or (tag.letter not in "O." and changed)
        ):
            begin = index
        previous = tag
    return spans


def decode_strict(tags: Sequence[Tag], scheme: Scheme) -> list[TypedSpan]:
    """Spans as the scheme writes them; a chunk that does not end by the scheme's rules is dropped.

    Raises:
        TagError: A letter is not of the scheme.

    >>> tags = [parse_tag(tag) for tag in ["B-A", "I-A", "O", "B-A", "E-A"]]
    >>> decode_strict(tags, SCHEMES["IOBES"])  # the first chunk lacks its E
    [('A', 3, 5)]
    """
    for tag in tags:
        if tag.letter not in scheme.letters:
            letters = ", ".join(sorted(scheme.letters))
            raise TagError(f"found letter {tag.letter!r}, expected one of {letters} ({scheme.name})")
    spans: list[TypedSpan] = []
    extended = [*tags, OUTSIDE]
    index, previous = 0, OUTSIDE
    while index < len(tags):
        begin = index
        index += 1
        if _fits(scheme.start, previous, extended[begin]):
            while _fits(scheme.inside, extended[index - 1], extended[index]):
                index += 1
            if _fits(scheme.end, extended[index - 1], extended[index]):
                spans.append((extended[begin].type, begin, index))
        previous = extended[index - 1]
    return spans


def _fits(patterns: Iterable[Pattern], before: Tag, this: Tag) -> bool:
    same = before.type == this.type
    return any(
        (first is None or before.letter in first)
        and (second is None or this.letter in second)
        and (types is None or types == same)
        for first, second, types in patterns
    )


def encode_tags(spans: Iterable[TypedSpan], length: int, scheme: str = "IOB2") -> list[str]:
    """Tags of `length` tokens for spans that do not overlap.

    Raises:
        TagError: Two spans overlap, or a span is empty or leaves the tokens.

    >>> encode_tags([("A", 0, 2), ("A", 2, 3)], 4, "IOB1"), encode_tags([("A", 0, 2), ("A", 2, 3)], 4, "BILOU")
    (['I-A', 'I-A', 'B-A', 'O'], ['B-A', 'L-A', 'U-A', 'O'])
    """
    tags = ["O"] * length
    ordered = sorted(spans, key=lambda span: span[1:])
    for index, (kind, start, end) in enumerate(ordered):
        if not 0 <= start < end <= length or any(tag != "O" for tag in tags[start:end]):
            raise TagError(f"span {start}-{end} overlaps another, is empty or leaves the {length} tokens")
        before = index > 0 and ordered[index - 1][::2] == (kind, start)
        after = index + 1 < len(ordered) and ordered[index + 1][:2] == (kind, end)
        tags[start:end] = [f"{letter}-{kind}" for letter in _letters(scheme, end - start, before=before, after=after)]
    return tags


def _letters(scheme: str, size: int, *, before: bool, after: bool) -> str:
    """Letters of one chunk; `before` and `after` say whether a chunk of the same type touches it."""
    first, last, single = {
        "IOB1": ("B" if before else "I", "I", "B" if before else "I"),
        "IOB2": ("B", "I", "B"),
        "IOE1": ("I", "E" if after else "I", "E" if after else "I"),
        "IOE2": ("I", "E", "E"),
        "IOBES": ("B", "E", "S"),
        "BILOU": ("B", "L", "U"),
    }[scheme]
    return single if size == 1 else first + "I" * (size - 2) + last
