"""The text-free form of a corpus: everything but the texts."""

from pathlib import Path
from typing import Any

import msgspec

from goldassay.corpus.corpus import Corpus, by_doc_id, load_corpus
from goldassay.corpus.layout import LAYERS, LayerRow, find_splits
from goldassay.corpus.manifest import read_manifest
from goldassay.corpus.sentences import split_sentences
from goldassay.errors import InvalidDataError
from goldassay.formats.jsonl import encode_row
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import printable
from goldassay.textfree.elision import TextWords, strip_words
from goldassay.textfree.outline import outline_text
from goldassay.textfree.records import TextFreeDocument, TextFreeHead


def dehydrate_corpus(root: Path) -> bytes:
    """The text-free file of all splits of a corpus: a head with its manifest, and a line for each document.

    Raises:
        InvalidDataError: A row cannot be read, or a surface is not what its spans give.
    """
    lines: list[msgspec.Struct] = [TextFreeHead(manifest=read_manifest(root))]
    for split in find_splits(root):
        lines += dehydrate(load_corpus(root, split=split))
    return b"".join(encode_row(line) + b"\n" for line in lines)


def dehydrate(corpus: Corpus) -> list[TextFreeDocument]:
    """The documents of a corpus without their texts.

    Raises:
        InvalidDataError: A surface is not what its spans give, so that it could not be put back.
    """
    rows: dict[str, dict[str, LayerRow]] = {layer: by_doc_id(getattr(corpus, layer)) for layer in LAYERS}
    findings: list[Finding] = []
    lines = []
    for document in corpus.documents:
        own = {layer: table[document.doc_id] for layer, table in rows.items() if document.doc_id in table}
        try:
            lines.append(dehydrate_document(document, own, corpus.split))
        except ValueError as error:
            found, expected = printable(str(error), 200), "the text at the spans"
            findings.append(finding("E203", found=found, expected=expected, doc_id=document.doc_id))
    if findings:
        raise InvalidDataError(findings)
    return lines


def dehydrate_document(document: Document, rows: dict[str, LayerRow], split: str) -> TextFreeDocument:
    """One document without its text.

    Raises:
        ValueError: A surface is not what its spans give.
    """
    words = TextWords(document.text)
    starts = [start for start, _ in document.sentences or split_sentences(document.text)]
    plain: dict[str, dict[str, Any]] = {layer: strip_words(_plain(row), words) for layer, row in rows.items()}
    rest = {name: value for name, value in _plain(document).items() if name != "text"}
    return TextFreeDocument(
        doc_id=document.doc_id,
        split=split,
        outline=outline_text(document.text, starts, document.doc_id),
        document=strip_words(rest, words),
        **plain,
    )


def _plain(record: msgspec.Struct) -> dict[str, Any]:
    value: dict[str, Any] = msgspec.json.decode(encode_row(record))
    return value
