"""CoNLL-2012: columns with names as brackets of one level and entities as brackets of any depth.

    #begin document (news-1); part 000
    news-1 0 0 Zenda - - - - - - (GPE) (0)
    #end document

Columns are parted by any white space where they are read and by tabs where they are written, because some readers
split at tabs alone. The format has words and no white space. Types stand with names only; the other mentions of an
entity have that of its names. It has no place for what is neither a name nor a mention of an entity.
"""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from goldassay.exchange.assembly import FoundMention, assemble, type_of
from goldassay.exchange.brackets import bracket_mentions, count_changed_types, opened_and_closed
from goldassay.exchange.documents import Ids, begin_line, escape_id, id_of
from goldassay.exchange.losses import Carried, count_outvoted, count_rest, with_entities
from goldassay.exchange.reading import UNTYPED, Counts, Line, Read, Reading, WriteOptions, Written
from goldassay.exchange.tokens import Sentence, Tokens, flat_mentions, join_tokens, sentence_spans, tokenize
from goldassay.formats.gold import GoldLine
from goldassay.model.printable import quoted
from goldassay.model.record import Span

CARRIES: tuple[Carried, ...] = ("mentions", "clusters", "sentences")

_BEGIN = re.compile(r"#begin document \(?(.*?)\)?(?:; part ([0-9]{1,6}))?\s*")
_CELL = re.compile(r"\((\d+)\)|\((\d+)|(\d+)\)")
_NAME = re.compile(r"(?:\(([^()*]+))?\*?(\))?")
_WORD, _NAMES, _LEAST = 3, 10, 5
"""The columns of the word and of names, and how many columns there must be."""


class _Document:
    """One document while its lines are read."""

    def __init__(self, doc_id: str, number: int) -> None:
        self.doc_id, self.number = doc_id, number
        self.sentences: list[Sentence] = []
        self.entities: list[tuple[str, int, int]] = []
        self.names: list[tuple[str, int, int]] = []
        self.open_entities: dict[str, list[tuple[int, int]]] = {}
        self.open_name: tuple[str, int, int] | None = None
        self.count = 0


def read_conll2012(reading: Reading) -> Read:
    """A file of the format; parts of a document beyond the first are documents of their own."""
    ids, lines = Ids(reading), []
    source = reading.text_of(reading.path)
    document: _Document | None = None
    opened = False
    for number, line in enumerate((source or "").split("\n"), start=1):
        line = line.removesuffix("\r")
        begin = _BEGIN.fullmatch(line)
        if begin is not None or line.startswith("#end document"):
            lines += _close(document, ids, reading)
            document = _Document(_name(begin), number) if begin is not None else None
        elif not line.strip():
            opened = False
            continue
        elif line.startswith("#"):
            reading.lost["comments"] += 1
        elif document is None:
            document = _Document(reading.path.stem, number)
            opened = _take(line.split(), number, document, False, reading)
            continue
        else:
            opened = _take(line.split(), number, document, opened, reading)
            continue
        opened = False
    return reading.done([*lines, *_close(document, ids, reading)])


def _name(begin: re.Match[str]) -> str:
    part = int(begin[2] or 0)
    return id_of(begin[1]) + (f"_part_{part:03}" if part else "")


def _take(columns: list[str], number: int, document: _Document, opened: bool, reading: Reading) -> bool:
    if len(columns) < _LEAST:
        found, expected = f"{len(columns)} columns", f"{_LEAST} or more, the fourth a word, the last the entities"
        reading.report("E105", found, expected, line=number, doc_id=document.doc_id)
        return opened
    if not opened:
        document.sentences.append([])
    document.sentences[-1].append(columns[_WORD])
    place, document.count = document.count, document.count + 1
    _take_entities(columns[-1], place, number, document, reading)
    if len(columns) > _NAMES + 1:
        _take_name(columns[_NAMES], place, number, document, reading)
    rest = columns[_WORD + 1 : _NAMES] + columns[_NAMES + 1 : -1]
    reading.lost["other columns of words"] += sum(one.strip("-*_") != "" for one in rest)
    return True


def _take_entities(cell: str, place: int, number: int, document: _Document, reading: Reading) -> None:
    parts = [] if cell in ("-", "_", "*") else cell.split("|")
    for part in parts:
        match = _CELL.fullmatch(part)
        if match is None:
            reading.report("E105", quoted(part), "(0, 0) or (0)", line=number, doc_id=document.doc_id)
        elif match[1] is not None:
            document.entities.append((match[1], place, place))
        elif match[2] is not None:
            document.open_entities.setdefault(match[2], []).append((place, number))
        elif document.open_entities.get(match[3]):
            document.entities.append((match[3], document.open_entities[match[3]].pop()[0], place))
        else:
            reading.report("E105", quoted(part), "a bracket that was opened", line=number, doc_id=document.doc_id)


def _take_name(cell: str, place: int, number: int, document: _Document, reading: Reading) -> None:
    match = _NAME.fullmatch(cell)
    if match is None:
        if cell not in ("-", "_"):
            reading.report("E105", quoted(cell), "(TYPE*, *, *) or (TYPE)", line=number, doc_id=document.doc_id)
        return
    if match[1] is not None:
        document.open_name = (id_of(match[1]), place, number)
    if match[2] is not None and document.open_name is None:
        reading.report("E105", quoted(cell), "a bracket that was opened", line=number, doc_id=document.doc_id)
    elif match[2] is not None and document.open_name is not None:
        document.names.append((document.open_name[0], document.open_name[1], place))
        document.open_name = None


def _close(document: _Document | None, ids: Ids, reading: Reading) -> list[GoldLine]:
    doc_id = ids.accept(document.doc_id, line=document.number) if document is not None else None
    if document is None or doc_id is None:
        return []
    left = [(entity, number) for entity, opened in document.open_entities.items() for _, number in opened]
    left += [(document.open_name[0], document.open_name[2])] if document.open_name is not None else []
    for name, number in left:
        reading.report("E105", f"({name} that is never closed", "a closing bracket", line=number, doc_id=doc_id)
    text, tokens = join_tokens(document.sentences)
    reading.assumed["documents without their text, words joined by one space"] += 1
    places = [place for sentence in tokens for place in sentence]

    def span(first: int, last: int) -> Span:
        return places[first][0], places[last][1]

    types = {span(first, last): type_ for type_, first, last in document.names}
    found = [
        FoundMention((span(first, last),), types.get(span(first, last)), cluster=entity)
        for entity, first, last in document.entities
    ]
    held = {one.spans[0] for one in found}
    found += [FoundMention((place,), type_) for place, type_ in types.items() if place not in held]
    entities, mentions = assemble(text, found, reading)
    return [begin_line(doc_id, text, sentences=sentence_spans(tokens), entities=entities, mentions=mentions)]


def write_conll2012(lines: Sequence[Line], options: WriteOptions) -> Written:
    """Twelve columns: document, part, number and word, six empty ones, names and entities."""
    lost: Counts = Counter()
    parts = []
    for line in with_entities(lines, lost):
        lost += count_rest(line, CARRIES)
        parts.append(_document(line, lost))
    return Written({"": "".join(parts).encode()}, lost, len(parts))


def _document(line: GoldLine, lost: Counts) -> str:
    tokens = tokenize(line, lost)
    names = _names(line, tokens)
    inside = {id_ for id_, _ in names.values()}
    homed = tuple(one for one in line.mentions or () if one.entity is not None or one.id not in inside)
    bracketed = bracket_mentions(
        msgspec.structs.replace(line, mentions=homed), tokens, lost, gaps=False, homeless=False
    )
    held = {one.mention.spans[0] for one in bracketed}
    # A mention of an entity whose brackets have no place is left out as a name too, or it would belong to nobody.
    out = {one.id for one in homed if one.entity is not None} - {one.mention.id for one in bracketed}
    names = {place: name for place, name in names.items() if name[0] not in out}
    alone = [one for one in line.mentions or () if one.entity is None and one.id in inside]
    lost["mentions without an entity"] += sum(one.spans[0] in held for one in alone)
    _count_types(line, tokens, names, [one.mention.id for one in bracketed], lost)
    words = [[line.text[start:end] for start, end in sentence] for sentence in tokens]
    lost["documents whose white space is not kept"] += join_tokens(words)[0] != line.text
    numbers = {key: str(number) for number, key in enumerate(dict.fromkeys(one.key for one in bracketed))}
    cells = {
        word: "|".join(f"{'(' * opens}{numbers[one.key]}{')' * closes}" for opens, closes, one, _ in brackets)
        for word, brackets in opened_and_closed(bracketed).items()
    }
    shown = _name_cells(names)
    name = re.sub("^#", "%23", escape_id(line.doc_id))
    rows = []
    for place, sentence in enumerate(words):
        for number, word in enumerate(sentence):
            at = place, number
            columns = [name, "0", str(number), word, *"------", shown.get(at, "*"), cells.get(at, "-")]
            rows.append("\t".join(columns) + "\n")
        rows.append("\n")
    return f"#begin document ({name}); part 000\n{''.join(rows)}#end document\n"


_Names = dict[tuple[int, int, int], tuple[str, str]]
"""The mention and the type of each name by its words."""


def _names(line: GoldLine, tokens: Tokens) -> _Names:
    """The names that the column of names can hold, which is one level deep."""
    entities = {one.id: one for one in line.entities or ()}
    called = tuple(one for one in line.mentions or () if one.level == "NAM" and type_of(one, entities) != UNTYPED)
    chunks = flat_mentions(msgspec.structs.replace(line, mentions=called), tokens, Counter())
    ids = {(one.spans[0], type_of(one, entities)): one.id for one in called if len(one.spans) == 1}
    names: _Names = {}
    for sentence, own in enumerate(chunks):
        for type_, first, last in own:
            span = tokens[sentence][first][0], tokens[sentence][last - 1][1]
            names[sentence, first, last] = ids[span, type_], type_
    return names


def _name_cells(names: _Names) -> dict[tuple[int, int], str]:
    cells: dict[tuple[int, int], str] = {}
    for (sentence, first, last), (_, type_) in names.items():
        label = re.sub(r"[()*]", lambda match: f"%{ord(match[0]):02X}", escape_id(type_))
        cells[sentence, first] = f"({label})" if last - first == 1 else f"({label}*"
        if last - first > 1:
            cells[sentence, last - 1] = "*)"
    return cells


def _count_types(line: GoldLine, tokens: Tokens, names: _Names, kept: Sequence[str], lost: Counts) -> None:
    entities = {one.id: one for one in line.entities or ()}
    by_span = {
        (tokens[sentence][first][0], tokens[sentence][last - 1][1]): type_
        for (sentence, first, last), (_, type_) in names.items()
    }
    mentions = {one.id: one for one in line.mentions or ()}
    shown = {id_: by_span.get(mentions[id_].spans[0]) for id_ in kept}
    count_changed_types(entities, mentions.values(), shown, lost)
    lost += count_outvoted(line, shown, links=False)
