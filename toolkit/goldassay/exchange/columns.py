r"""Token columns with a tag for each token: CoNLL-2003 and its like, in IOB1, IOB2, IOE1, IOE2, IOBES or BILOU.

A token is a line; its first column is the word, its last the tag; a blank line ends a sentence. What these formats
lack of a text, its white space, goes into comments, which other readers have to pass over:

    # doc_id = news-1
    # text = "Zenda fell.\nNobody knew."

With them the text comes back character by character. Without them tokens are joined by one space and sentences by a
line end, which is said in counts. Tags are read leniently, as conlleval reads them.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence

from goldassay.exchange.assembly import FoundMention, assemble
from goldassay.exchange.documents import Ids, begin_line, escape_id, id_of, is_writable
from goldassay.exchange.losses import Carried, count_rest, with_entities
from goldassay.exchange.reading import UNTYPED, Counts, Line, Read, Reading, WriteOptions, Written
from goldassay.exchange.tokens import (
    Sentence,
    Tokens,
    flat_mentions,
    join_tokens,
    place_tokens,
    sentence_spans,
    tokenize,
)
from goldassay.formats.gold import GoldLine
from goldassay.formats.tags import decode_lenient, encode_tags, parse_tag
from goldassay.model.printable import quoted

CARRIES: tuple[Carried, ...] = ("mentions", "sentences")

_COMMENT = re.compile(r"#\s*(doc_id|newdoc id|text|sent_id|id)\s*=\s*(.*)")
_SEPARATOR = re.compile(r"[ \t]+")
_DOCSTART = "-DOCSTART-"
_LETTERS = frozenset("OBIESLU")


class _Block:
    """One document of a file while its lines are read."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.doc_id: str | None = None
        self.text: str | None = None
        self.sentences: list[Sentence] = []
        self.texts: list[str] = []
        self.tags: list[list[str]] = []
        self.lines: list[int] = []

    @property
    def empty(self) -> bool:
        return not self.sentences and self.doc_id is None and self.text is None


def read_columns(reading: Reading) -> Read:
    """A file of token columns; documents begin at `-DOCSTART-` or at a comment with an id."""
    source = reading.text_of(reading.path)
    ids, lines = Ids(reading), []
    blocks = _blocks(source, reading) if source is not None else []
    for place, block in enumerate(blocks, start=1):
        stem = reading.path.stem if len(blocks) == 1 else f"{reading.path.stem}-{place}"
        doc_id = ids.accept(stem if block.doc_id is None else block.doc_id, line=block.number)
        line = _line(block, doc_id, reading) if doc_id is not None else None
        if line is not None:
            lines.append(line)
    return reading.done(lines)


def _blocks(source: str, reading: Reading) -> list[_Block]:
    blocks = [_Block(1)]
    opened = False
    for number, line in enumerate(source.split("\n"), start=1):
        line = line.removesuffix("\r")
        comment = _COMMENT.fullmatch(line)
        columns = _SEPARATOR.split(line.strip(" \t")) if line.strip(" \t") else []
        if comment is not None:
            _take_comment(comment, number, blocks)
            opened = False
        elif columns and columns[0] == _DOCSTART:
            if not blocks[-1].empty:
                blocks.append(_Block(number))
            opened = False
        elif not columns:
            opened = False
        elif line.startswith("#") and not _is_tag(columns[-1]):
            reading.lost["comments"] += 1
        else:
            opened = _take_token(columns, number, blocks[-1], opened, reading)
    return [block for block in blocks if not block.empty]


def _take_comment(comment: re.Match[str], number: int, blocks: list[_Block]) -> None:
    name, value = comment[1], comment[2]
    if name in ("doc_id", "newdoc id"):
        if not blocks[-1].empty:
            blocks.append(_Block(number))
        blocks[-1].doc_id = id_of(value.strip())
    elif name == "text":
        whole = _whole_text(value)
        if whole is not None:
            blocks[-1].text = whole
        else:
            blocks[-1].texts.append(value)


def _is_tag(word: str) -> bool:
    return word == "O" or (word[0] in _LETTERS and word[1:2] == "-")


def _whole_text(value: str) -> str | None:
    """The text of a document, which is written as a JSON string; null where the comment has a sentence as it is."""
    try:
        text = json.loads(value)
    except ValueError:
        return None
    return text if isinstance(text, str) else None


def _take_token(columns: list[str], number: int, block: _Block, opened: bool, reading: Reading) -> bool:
    """Add a token to the sentence that is open, or to a new one; whether a sentence is open then."""
    if len(columns) < 2:
        reading.report("E105", quoted(columns[0]), "a word and a tag", line=number, fix="add the tag")
        return opened
    tag = columns[-1]
    if not _is_tag(tag):
        reading.report("E106", quoted(tag), "a tag such as O, B-ORG or I-ORG", line=number)
        tag = "O"
    if not opened:
        block.sentences.append([])
        block.tags.append([])
    block.sentences[-1].append(columns[0])
    block.tags[-1].append(tag)
    block.lines.append(number)
    reading.lost["other columns of tokens"] += sum(one.strip("_-*OX") != "" for one in columns[1:-1])
    return True


def _line(block: _Block, doc_id: str, reading: Reading) -> GoldLine | None:
    text = block.text
    if text is None and len(block.texts) == len(block.sentences):
        text = "\n".join(block.texts) if block.texts else None
    if text is None:
        text, tokens = join_tokens(block.sentences)
        reading.assumed["documents without their text, tokens joined by one space"] += 1
    else:
        placed = place_tokens(text, block.sentences)
        if isinstance(placed, int):
            words = [word for sentence in block.sentences for word in sentence]
            found, expected = quoted(words[placed]), "the tokens of the text in its comment, one after another"
            reading.report("E203", found, expected, line=block.lines[placed], doc_id=doc_id)
            return None
        tokens = placed
    if not is_writable(text):
        reading.report("E101", "half of a surrogate pair", "text in Unicode", line=block.number, doc_id=doc_id)
        return None
    found_mentions = []
    for sentence, tags in zip(tokens, block.tags, strict=True):
        for type_, first, last in decode_lenient([parse_tag(tag) for tag in tags]):
            span = sentence[first][0], sentence[last - 1][1]
            found_mentions.append(FoundMention((span,), None if type_ == UNTYPED else id_of(type_)))
    entities, mentions = assemble(text, found_mentions, reading)
    return begin_line(doc_id, text, sentences=sentence_spans(tokens), entities=entities, mentions=mentions)


def write_conll2003(lines: Sequence[Line], options: WriteOptions) -> Written:
    """Four columns parted by spaces, the second and third empty, tags in IOB2."""
    # Of the ways to write the line before a document, the one that spaCy knows; the others look at its first word.
    return _write(lines, options, "IOB2", lambda word, tag: f"{word} _ _ {tag}", f"{_DOCSTART} -X- O O\n\n")


def write_iob2(lines: Sequence[Line], options: WriteOptions) -> Written:
    """A word and its tag in IOB2, parted by a tab."""
    return _write(lines, options, "IOB2", lambda word, tag: f"{word}\t{tag}")


def write_bilou(lines: Sequence[Line], options: WriteOptions) -> Written:
    """A word and its tag in BILOU, parted by a tab."""
    return _write(lines, options, "BILOU", lambda word, tag: f"{word}\t{tag}")


def _write(
    lines: Sequence[Line], options: WriteOptions, scheme: str, row: Callable[[str, str], str], head: str = ""
) -> Written:
    lost: Counts = Counter()
    parts: list[str] = []
    kept = with_entities(lines, lost)
    for line in kept:
        lost += count_rest(line, CARRIES)
        tokens = tokenize(line, lost)
        parts.append(head)
        if options.comments:
            parts.append(f"# doc_id = {escape_id(line.doc_id)}\n# text = {_quoted(line.text)}\n")
        else:
            _count_without_comments(line, tokens, lost)
        parts += _sentences(line, tokens, scheme, row, lost)
    if not options.comments and not head:
        lost["ends of documents, which become one"] += max(0, len(kept) - 1)
    return Written({"": "".join(parts).encode()}, lost, len(kept))


def _count_without_comments(line: GoldLine, tokens: Tokens, lost: Counts) -> None:
    words = [[line.text[start:end] for start, end in sentence] for sentence in tokens]
    lost["texts of documents, of which the words are left"] += join_tokens(words)[0] != line.text
    lost["ids of documents"] += 1


def _quoted(text: str) -> str:
    """The text as a JSON string on one line, also for readers that end lines as Unicode does."""
    said = json.dumps(text, ensure_ascii=False)
    return re.sub("[\x85\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", said)


def _sentences(line: GoldLine, tokens: Tokens, scheme: str, row: Callable[[str, str], str], lost: Counts) -> list[str]:
    parts = []
    for sentence, own in zip(tokens, flat_mentions(line, tokens, lost), strict=True):
        tags = encode_tags([(escape_id(type_), first, last) for type_, first, last in own], len(sentence), scheme)
        words = [line.text[start:end] for start, end in sentence]
        parts.append("".join(f"{row(word, tag)}\n" for word, tag in zip(words, tags, strict=True)) + "\n")
    return parts or ["\n"]
