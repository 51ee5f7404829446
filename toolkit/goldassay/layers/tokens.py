"""The token view of mentions and their tags; how mentions become flat chunks of words is told in `formats.words`."""

from collections.abc import Iterable

from goldassay.formats.tags import encode_tags
from goldassay.formats.words import UNTYPED, Chunk, flat_chunks, flat_labels, split_words
from goldassay.match.columns import SpanItem
from goldassay.model.document import Document

__all__ = ["UNTYPED", "Chunk", "flat_chunks", "flat_labels", "split_words", "to_bio"]


def to_bio(document: Document, mentions: Iterable[SpanItem], scheme: str = "IOB2") -> list[tuple[str, str]]:
    """Every word of the document with its tag, valid in the scheme (one of `formats.tags.SCHEMES`).

    Nested, crossing and discontinuous mentions are flattened, so tags do not give all of them back.

    Args:
        document: The document.
        mentions: Its mentions as `(spans, type, id)`, such as `layers.mentions.gold_items` gives.
        scheme: IOB1, IOB2, IOE1, IOE2, IOBES or BILOU.

    Raises:
        KeyError: There is no such scheme.
    """
    words = split_words(document.text)
    tags = encode_tags(flat_chunks(words, mentions), len(words), scheme)
    return [(document.text[start:end], tag) for (start, end), tag in zip(words, tags, strict=True)]
