"""A text known by hashes of its pieces, and restored from a copy that differs in typography or has lines more.

The text is folded (`formats.folding`: NFKC, straight quotes, single spaces) and cut at sentences into pieces of at
least eight words, of which only hashes are kept: a hash of fewer words could be guessed. A copy is folded in the same
way; where all pieces are found in it, they give the folded text, the typography that was noted gives the text, and its
SHA-256 says whether it is the very text. So a copy is restored exactly or refused, never nearly.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from goldassay.formats.folding import FoldedText, fold_text
from goldassay.textfree.records import Edit, Outline, Piece

LEAST_WORDS = 8
MOST_MISSING = 5
"""A copy that has none of the first so many pieces is another text."""


def outline_text(text: str, starts: Sequence[int], salt: str) -> Outline:
    r"""The outline of a text.

    Args:
        text: the text.
        starts: where its sentences start.
        salt: enters every hash; the document's id.

    >>> outline = outline_text("“No,” said Zenda.\n", [0], "d1")
    >>> outline.folded, len(outline.pieces), [edit.raw for edit in outline.edits]
    (17, 1, ['“', '”', '\n'])
    """
    folded = fold_text(text)
    return Outline(
        sha256=sha256(text.encode()).hexdigest(),
        length=len(text),
        folded=len(folded.text),
        pieces=[
            Piece(start, end, hash_piece(folded.text[start:end], salt)) for start, end in _cut(folded, sorted(starts))
        ],
        edits=list(_edits(text, folded)),
    )


@dataclass(frozen=True, slots=True)
class Restored:
    """The text, null if it was not found; the pieces that the copy lacks, and how many it has.

    A text that is null although no piece is missing has another hash. Of a copy that has none of the first pieces, no
    more than those are named.
    """

    text: str | None
    missing: list[Piece]
    found: int


def restore_text(outline: Outline, copy: str, salt: str) -> Restored:
    r"""The text of an outline, restored from a copy.

    Args:
        outline: What is known of the text.
        copy: The folded text of the copy (`formats.folding.fold`).
        salt: as in `outline_text`.

    >>> text = "Ruritania and Borduria signed a pact at Zenda on Monday.\nNobody knew who had written it or why.\n"
    >>> outline = outline_text(text, [0, 57], "d1")
    >>> copy = "Ruritania and Borduria signed a pact at Zenda on Monday. ADVERTISEMENT "
    >>> restore_text(outline, copy + "Nobody knew who had written it or why.", "d1").text == text
    True
    >>> restore_text(outline, copy + "Nobody knew who wrote it or why.", "d1").missing == outline.pieces[1:]
    True
    """
    found: list[str] = []
    missing: list[Piece] = []
    openings = _openings(copy)
    place = 0
    for piece in outline.pieces:
        start = _find(copy, piece, salt, openings, place)
        if start is None:
            missing.append(piece)
            if len(missing) == MOST_MISSING and not found:
                break
        else:
            place = start + piece.end - piece.start
            found.append(copy[start:place])
    if missing:
        return Restored(None, missing, len(found))
    text = _unfold(_join(outline, found), outline.edits)
    same = sha256(text.encode()).hexdigest() == outline.sha256
    return Restored(text if same else None, [], len(found))


def is_well_formed(outline: Outline) -> bool:
    """Whether pieces and edits follow each other inside the folded text, as `outline_text` makes them."""
    ends = [0, *(piece.end for piece in outline.pieces)]
    gaps = [piece.start - end for piece, end in zip(outline.pieces, ends, strict=False)]
    places = [0, *(place for edit in outline.edits for place in (edit.start, edit.end)), outline.folded]
    return (
        all(gap in (0, 1) for gap in gaps)
        and all(piece.start < piece.end for piece in outline.pieces)
        and ends[-1] == outline.folded
        and places == sorted(places)
    )


def hash_piece(words: str, salt: str) -> str:
    """64 bits of SHA-256, as 16 hexadecimal digits."""
    return sha256(f"{salt}\0{words}".encode()).hexdigest()[:16]


def _cut(folded: FoldedText, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pieces in text order, without the spaces between them; together they are all of the folded text."""
    text = folded.text
    cuts = [0]
    for start in [bisect_left(folded.starts, start) for start in starts]:
        if len(text[cuts[-1] : start].split()) >= LEAST_WORDS:
            cuts.append(start)
    if len(cuts) > 1 and len(text[cuts[-1] :].split()) < LEAST_WORDS:
        cuts.pop()
    for start, end in pairwise([*cuts, len(text)]):
        if start < end:
            yield start, start + len(text[start:end].rstrip(" "))


def _edits(text: str, folded: FoldedText) -> Iterator[Edit]:
    """The differences of the folded text to the text, each as small as can be."""
    size = len(folded.text)
    firsts = [i for i in range(size) if i == 0 or folded.starts[i] != folded.starts[i - 1]]
    # What folding dropped belongs to the unit before it, at the beginning of the text to an empty unit.
    places = [(0, 0, 0), *((i, j, folded.starts[i]) for i, j in pairwise([*firsts, size]))]
    for (first, last, start), (_, _, end) in pairwise([*places, (size, size, len(text))]):
        raw, plain = text[start:end], folded.text[first:last]
        if raw == plain:
            continue
        shared = 0
        while shared < min(len(raw), len(plain)) and raw[shared] == plain[shared]:
            shared += 1
        yield Edit(first + shared, last, raw[shared:])


def _unfold(folded: str, edits: Sequence[Edit]) -> str:
    parts, place = [], 0
    for edit in edits:
        parts += [folded[place : edit.start], edit.raw]
        place = edit.end
    return "".join([*parts, folded[place:]])


def _join(outline: Outline, found: Sequence[str]) -> str:
    """The folded text: the pieces, a space where there is one between two."""
    gaps = [after.start - before.end for before, after in pairwise(outline.pieces)]
    return "".join(part + " " * gap for part, gap in zip(found, [*gaps, 0], strict=False))


def _openings(copy: str) -> list[int]:
    """Where a piece may begin: anywhere but at a space and inside a word."""
    return [
        place
        for place, character in enumerate(copy)
        if character != " " and not (place and character.isalnum() and copy[place - 1].isalnum())
    ]


def _find(copy: str, piece: Piece, salt: str, openings: Sequence[int], place: int) -> int | None:
    """The first place of a piece from a place on, else its first place before that."""
    size, turn = piece.end - piece.start, bisect_left(openings, place)
    for start in (*openings[turn:], *openings[:turn]):
        if start + size <= len(copy) and hash_piece(copy[start : start + size], salt) == piece.hash:
            return start
    return None
