"""Taking a text in: what is refused, and the document that is made of it."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

import msgspec

from goldassay.corpus.sentences import split_sentences
from goldassay.errors import InvalidDataError
from goldassay.formats.quotes import Quote, locate_quote, whole
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import Origin
from goldassay.model.printable import quoted
from goldassay.model.record import Record, Span

NEAR = 0.8
"""Jaccard similarity of two texts' sets of five-word sequences from which they count as near duplicates.

A reprint with another headline or a changed last paragraph lies above it; two reports of one event by different
writers share far fewer than half of their sequences."""

SHINGLE = 5

_MARKS = (
    (b"\xef\xbb\xbf", "a UTF-8 byte order mark"),
    (b"\xff\xfe", "a UTF-16 byte order mark"),
    (b"\xfe\xff", "a UTF-16 byte order mark"),
)
_HEX = re.compile(r"(?:[0-9a-f]{2})+", re.IGNORECASE)
# UTF-8 read as Windows-1252: the first byte of a multi-byte character shows as one of these letters, its second as a
# character that never follows such a letter in any language.
_MOJIBAKE = re.compile("â€[^A-Za-z]|[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


class TextMetadata(Record, frozen=True, kw_only=True):
    """What is known of a text beside itself; the title is a quote of it, and what is unknown is said to be."""

    title: str | None
    language: str
    dct: str | None
    dct_evidence: str | None
    source: str
    rights: str
    origin: Origin


def check_intake(raw: bytes, *, doc_id: str, known: Mapping[str, str]) -> list[Finding]:
    r"""Everything that speaks against taking a text into the corpus.

    Args:
        raw: the file as it came.
        doc_id: the id the document would get, for the findings.
        known: the texts the corpus has, by id; one under the same id is passed over, so that a text can be checked
            again.

    >>> [item.code for item in check_intake(b"One line.\r\nAnother.", doc_id="d1", known={})]
    ['E604']
    """
    text, findings = _decode(raw)
    if text is not None:
        findings += _check_text(text)
        findings += _check_known(text, {other: words for other, words in known.items() if other != doc_id})
    located = [msgspec.structs.replace(item.where, doc_id=doc_id) for item in findings]
    return [msgspec.structs.replace(item, where=where) for item, where in zip(findings, located, strict=True)]


def locate_title(text: str, title: str | None) -> Span | Finding | None:
    r"""The span of a title, its first occurrence; a finding if the text does not have it.

    >>> locate_title("Borduria denies it\n\nBorduria denies it.", "Borduria denies it")
    (0, 18)
    """
    return None if title is None else locate_quote(text, Quote(quote=title, nth=1), whole(text))


def take_in(raw: bytes, *, doc_id: str, metadata: TextMetadata) -> Document:
    """The document of a text that `check_intake` has let pass: the whole file decoded, nothing stripped.

    Raises:
        InvalidDataError: The text is not UTF-8, or its title does not stand in it.
    """
    text, findings = _decode(raw)
    title = None if text is None else locate_title(text, metadata.title)
    if text is None or isinstance(title, Finding):
        raise InvalidDataError([title] if isinstance(title, Finding) else findings)
    return Document(
        doc_id=doc_id,
        title=title,
        text=text,
        language=metadata.language,
        dct=metadata.dct,
        dct_evidence=metadata.dct_evidence,
        source=metadata.source,
        rights=metadata.rights,
        origin=metadata.origin,
        sha256=sha256(raw).hexdigest(),
        sentences=split_sentences(text),
    )


def similarity(one: str, other: str) -> float:
    """Jaccard similarity of two texts' five-word sequences, 0 to 1; letters and digits count, case does not.

    Shorter texts are compared as one sequence.

    >>> similarity("It rained in Zenda all day.", "it rained in ZENDA, all day"), similarity("A b.", "A c.")
    (1.0, 0.0)
    """
    return _jaccard(_shingles(one), _shingles(other))


def _jaccard(left: frozenset[tuple[str, ...]], right: frozenset[tuple[str, ...]]) -> float:
    return len(left & right) / len(left | right)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(max(len(words) - SHINGLE, 0) + 1))


def _decode(raw: bytes) -> tuple[str | None, list[Finding]]:
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return None, [finding("E603", found=name, expected="UTF-8 without a byte order mark")]
    if raw.count(0) * 4 >= len(raw) > 0:
        return None, [finding("E603", found=f"{raw.count(0)} zero bytes, as in UTF-16", expected="UTF-8")]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        where = raw.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{raw[error.start]:02x} in line {where}"
    try:
        lone = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None, [finding("E101", found=found, expected="UTF-8")]
    half = next(char for char in lone if "\ud800" <= char <= "\udfff")
    return None, [finding("E604", found=f"the lone surrogate {quoted(half)}", expected="whole characters")]


def _check_text(text: str) -> Iterator[Finding]:
    if not text.strip():
        yield finding("E407", found="an empty text", expected="an article")
    if _is_hex_dump(text):
        yield finding("E603", found=f"a hex dump, {quoted(text.strip(), 40)}", expected="the text itself")
    if "\ufffd" in text:
        found = f"{text.count(chr(0xFFFD))} replacement characters, the marks of an earlier decoding error"
        yield finding("E603", found=found, expected="the text before it was damaged")
    if wrong := _MOJIBAKE.search(text):
        found = f"{quoted(wrong.group())} in line {_line(text, wrong)}, UTF-8 that was read as Windows-1252"
        yield finding("E603", found=found, expected="the text decoded as UTF-8")
    if bad := _CONTROL.search(text):
        found = f"{quoted(bad.group())} in line {_line(text, bad)}, {len(_CONTROL.findall(text))} such in all"
        yield finding("E604", found=found, expected="text with LF as its only control character, besides tabs")


def _is_hex_dump(text: str) -> bool:
    """Whether most words are pairs of hexadecimal digits, and not for being a table of decimal numbers."""
    words = re.sub(r"0x|\\x|[,;:]", " ", text).split()
    pairs = [word for word in words if _HEX.fullmatch(word)]
    lettered = sum(not word.isdigit() for word in pairs)
    return sum(map(len, pairs)) >= 64 and len(pairs) >= 0.6 * len(words) and lettered >= 0.1 * len(pairs)


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def _check_known(text: str, known: Mapping[str, str]) -> Iterator[Finding]:
    own = _shingles(text)
    for other in sorted(known):
        if text == known[other]:
            yield finding("E602", found=f"the text of {quoted(other)}", expected="a new text")
        elif (near := _jaccard(own, _shingles(known[other]))) >= NEAR:
            found = f"{near:.2f} of its five-word sequences in common with {quoted(other)}"
            yield finding("E602", found=found, expected=f"less than {NEAR}")
