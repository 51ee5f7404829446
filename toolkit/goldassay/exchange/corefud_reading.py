"""CoNLL-U read, with the entities of CorefUD 1 in its last column."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from goldassay.exchange.assembly import FoundMention, assemble
from goldassay.exchange.corefud import FIELDS, LEVEL, LINK, METONYM, SPACES
from goldassay.exchange.documents import Ids, begin_line, id_of
from goldassay.exchange.reading import Read, Reading
from goldassay.exchange.tokens import Tokens, sentence_spans
from goldassay.formats.gold import GoldLine
from goldassay.model.printable import quoted
from goldassay.model.record import Span

_COMMENT = re.compile(r"#\s*(newdoc(?: id)?|global\.Entity)\s*(?:=\s*(.*))?")
_ID = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9})|\.[0-9]{1,9})?")
_CHUNK = re.compile(r"\([^()]*\)?|[^()]+\)")
_PART = re.compile(r"(.*?)(?:\[([0-9]{1,4})/([0-9]{1,4})\])?", re.DOTALL)
_SPACE = re.compile(r"\\(?:u([0-9A-F]{4})|(.))", re.DOTALL)
_PLAIN = {mark[1]: space for space, mark in SPACES.items()}
_KNOWN = ("Entity", "SpaceAfter", "SpacesAfter", "SpacesBefore")
_COLUMNS, _MISC = 10, 9

Misc = Mapping[str, str]
"""The last column of a word, by the names in it."""


@dataclass(slots=True)
class _Surface:
    """A stretch of text with the words in it, several where the language contracts them; `first` opens a sentence."""

    form: str
    misc: Misc
    first: bool
    words: list[tuple[int, Misc]] = field(default_factory=list)


@dataclass(slots=True)
class _Document:
    """One document: where it begins in the file, what brackets say in which order, and its text."""

    doc_id: str
    number: int
    fields: Sequence[str]
    surfaces: list[_Surface] = field(default_factory=list)


def read_corefud(reading: Reading) -> Read:
    """A CoNLL-U file; documents begin at `# newdoc`. What is neither word, white space nor entity is counted."""
    source = reading.text_of(reading.path) or ""
    ids, lines = Ids(reading), []
    for document in _documents(source, reading):
        doc_id = ids.accept(document.doc_id, line=document.number)
        if doc_id is not None:
            lines.append(_line(document, doc_id, reading))
    return reading.done(lines)


def _documents(source: str, reading: Reading) -> list[_Document]:
    documents: list[_Document] = []
    fields: Sequence[str] = FIELDS.split("-")
    new, until = True, 0
    for number, line in enumerate(source.split("\n"), start=1):
        line = line.removesuffix("\r")
        comment = _COMMENT.fullmatch(line)
        if comment is not None and comment[1] == "global.Entity":
            fields = (comment[2] or FIELDS).strip().split("-")
            if documents and not documents[-1].surfaces:
                documents[-1].fields = fields
        elif comment is not None:
            name = id_of((comment[2] or "").strip()) or f"{reading.path.stem}-{len(documents) + 1}"
            documents.append(_Document(name, number, fields))
        elif not line.strip():
            new, until = True, 0
        elif not line.startswith("#"):
            if not documents:
                documents.append(_Document(reading.path.stem, number, fields))
            new, until = _take(line.split("\t"), number, documents[-1], (new, until), reading)
    return [one for one in documents if one.surfaces]


def _take(
    columns: Sequence[str], number: int, document: _Document, state: tuple[bool, int], reading: Reading
) -> tuple[bool, int]:
    """Take the line of a word. The state: whether a sentence begins here, and the last word of the surface begun."""
    new, until = state
    match = _ID.fullmatch(columns[0])
    if len(columns) != _COLUMNS or match is None:
        found, expected = f"{len(columns)} columns", f"{_COLUMNS} columns parted by tabs, the first a number"
        reading.report("E105", found, expected, line=number, doc_id=document.doc_id)
        return state
    misc = dict(one.partition("=")[::2] for one in columns[_MISC].split("|") if one != "_")
    said = [*columns[2:6], columns[8], *(columns[7:8] if columns[7] not in ("dep", "root") else ())]
    reading.lost["other columns of words"] += sum(one != "_" for one in said)
    for name in sorted(misc.keys() - set(_KNOWN)):
        reading.lost[f"{name} of words"] += 1
    if "." in columns[0]:
        reading.lost["empty words"] += 1
        reading.lost["brackets of entities at empty words"] += len(_CHUNK.findall(misc.get("Entity", "")))
        return state
    if match[2] is not None:
        document.surfaces.append(_Surface(columns[1], misc, new))
        return False, int(match[2])
    if int(match[1]) > until:
        document.surfaces.append(_Surface(columns[1], misc, new))
    document.surfaces[-1].words.append((number, misc))
    return False, until


def _line(document: _Document, doc_id: str, reading: Reading) -> GoldLine:
    text, tokens = _text(document.surfaces)
    words = [
        (number, misc, span)
        for surface, span in zip(document.surfaces, (one for listed in tokens for one in listed), strict=True)
        for number, misc in surface.words
    ]
    brackets = _Brackets(document.fields, doc_id, [span for _, _, span in words], reading)
    for place, (number, misc, _) in enumerate(words):
        brackets.take(misc.get("Entity", ""), place, number)
    entities, mentions = assemble(text, brackets.close(), reading)
    return begin_line(doc_id, text, sentences=sentence_spans(tokens), entities=entities, mentions=mentions)


def _text(surfaces: Sequence[_Surface]) -> tuple[str, Tokens]:
    """The text with its white space, and where each surface stands; a space that nothing says is none at the end."""
    parts: list[str] = []
    tokens: Tokens = []
    length = 0
    for place, one in enumerate(surfaces):
        before = _spaces(one.misc.get("SpacesBefore", ""))
        if one.first or not tokens:
            tokens.append([])
        tokens[-1].append((length + len(before), length + len(before) + len(one.form)))
        if "SpacesAfter" in one.misc:
            after = _spaces(one.misc["SpacesAfter"])
        else:
            after = "" if one.misc.get("SpaceAfter") == "No" or place + 1 == len(surfaces) else " "
        parts += [before, one.form, after]
        length += len(before) + len(one.form) + len(after)
    return "".join(parts), tokens


def _spaces(said: str) -> str:
    return _SPACE.sub(_space, said)


def _space(match: re.Match[str]) -> str:
    """The white space that a mark stands for; a mark for anything else stays as it is."""
    if match[1] is None:
        return _PLAIN.get(match[2], match[0])
    space = chr(int(match[1], 16))
    return space if space.isspace() else match[0]


@dataclass(slots=True)
class _Mention:
    """A mention in the making: its entity, how many stretches it has, what its bracket says, the words so far."""

    entity: str
    parts: int
    said: Misc
    stretches: list[Span] = field(default_factory=list)


class _Brackets:
    """The brackets of one document while its words go by."""

    def __init__(self, fields: Sequence[str], doc_id: str, spans: Sequence[Span], reading: Reading) -> None:
        self.fields, self.doc_id, self.spans, self.reading = fields, doc_id, spans, reading
        self.open: dict[str, list[tuple[int, int, _Mention]]] = defaultdict(list)
        self.begun: dict[tuple[str, int], list[_Mention]] = defaultdict(list)
        self.done: list[_Mention] = []

    def take(self, said: str, place: int, number: int) -> None:
        """The brackets at one word."""
        if "".join(_CHUNK.findall(said)) != said:
            self._report(quoted(said), "brackets such as (e1-person-1-, e1) or both", number)
            return
        for chunk in _CHUNK.findall(said):
            name = chunk.strip("()") if not chunk.startswith("(") else chunk.strip("()").split("-", 1)[0]
            if chunk.startswith("("):
                values = dict(zip(self.fields, chunk.strip("()").split("-", len(self.fields) - 1), strict=False))
                self.open[name].append((place, number, self._mention(name, values)))
            if chunk.endswith(")"):
                if not self.open[name]:
                    self._report(quoted(chunk), "a bracket that was opened", number)
                    continue
                first, _, mention = self.open[name].pop()
                mention.stretches.append((self.spans[first][0], self.spans[place][1]))

    def _report(self, found: str, expected: str, number: int) -> None:
        self.reading.report("E105", found, expected, line=number, doc_id=self.doc_id)

    def _mention(self, name: str, said: Misc) -> _Mention:
        match = _PART.fullmatch(name)
        if match is None or match[2] is None:
            self.done.append(_Mention(name, 1, said))
            return self.done[-1]
        entity, part, parts = match[1], int(match[2]), int(match[3])
        begun = self.begun[entity, parts]
        if part == 1 or not begun:
            self.done.append(_Mention(entity, parts, said))
            begun.append(self.done[-1])
        mention = begun[-1]
        if part == parts:
            begun.pop()
        return mention

    def close(self) -> Iterable[FoundMention]:
        """The mentions, with findings for brackets never closed and stretches that are not there."""
        for name, opened in self.open.items():
            for _, number, _ in opened:
                self._report(f"({name} that is never closed", "a closing bracket", number)
        for one in self.done:
            if len(one.stretches) == one.parts:
                yield self._found(one)
            elif one.stretches:
                found, expected = f"{len(one.stretches)} stretches of {one.entity}", f"{one.parts}"
                self.reading.report("E105", found, expected, doc_id=self.doc_id)

    def _found(self, one: _Mention) -> FoundMention:
        other = dict(part.partition(":")[::2] for part in one.said.get("other", "").split(",") if part)
        for name in sorted((other.keys() | one.said.keys()) - {LEVEL, METONYM, LINK, *_READ}):
            self.reading.lost[f"{name} of mentions"] += bool(other.get(name) or one.said.get(name))
        return FoundMention(
            spans=_merged(one.stretches),
            type=id_of(one.said.get("etype", "")) or None,
            cluster=one.entity,
            level=other.get(LEVEL),
            metonym=METONYM in other,
            kb_id=id_of(other[LINK]) if LINK in other else None,
        )


_READ = ("eid", "etype", "head", "other")
"""The fields of a bracket that are read; a head follows from nothing here, and is left out."""


def _merged(stretches: Sequence[Span]) -> tuple[Span, ...]:
    """Stretches in text order; two that share a contracted word become one."""
    merged: list[Span] = []
    for start, end in sorted(stretches):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
