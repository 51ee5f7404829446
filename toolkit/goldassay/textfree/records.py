"""The lines of a text-free file: a head, then one line a document."""

from typing import Any, Literal

import msgspec

from goldassay.corpus.manifest import Manifest
from goldassay.model.record import Id, Offset, Record
from goldassay.model.views import CANARY

RIGHTS = "Annotations CC BY 4.0. The texts belong to their publishers and are not in this file."


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of the folded text and its hash, 16 hexadecimal digits."""

    start: Offset
    end: Offset
    hash: str


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """What folding changed: in the text, `raw` stands for these characters of the folded text."""

    start: Offset
    end: Offset
    raw: str


class Outline(Record, frozen=True, kw_only=True):
    """What a text is known by without its words: hash, lengths, the hashes of its pieces, its typography.

    `sha256` is that of the text in UTF-8; `length` and `folded` count code points of the text and of the folded text.
    """

    sha256: str
    length: Offset
    folded: Offset
    pieces: list[Piece]
    edits: list[Edit]


class TextFreeHead(Record, frozen=True, kw_only=True):
    """The first line: the version of the form, and the manifest of the corpus."""

    textfree: Literal[1] = 1
    canary: str = CANARY
    rights: str = RIGHTS
    manifest: Manifest


class TextFreeDocument(Record, frozen=True, kw_only=True):
    """A document: its outline, its record without the text, and its rows without surfaces and quotations."""

    doc_id: Id
    split: str
    outline: Outline
    document: dict[str, Any]
    entities: dict[str, Any] | None = None
    stances: dict[str, Any] | None = None
    numeric_facts: dict[str, Any] | None = None
