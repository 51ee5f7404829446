"""The standoff format of brat (Stenetorp et al. 2012): typed spans, relations, attributes, notes, links to databases.

A line of an `.ann` file stands for one annotation; offsets are code points, ends exclusive. What brat's own page gets
wrong is caught on reading: its offsets slip by one for each character beyond the Basic Multilingual Plane, which the
text in the line gives away. Line ends inside a span are written as spaces, as brat does.
"""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from goldassay.formats.offsets import convert_offsets, diagnose_offsets
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted
from goldassay.model.record import Span, spans_text


class TextBound(msgspec.Struct, frozen=True, kw_only=True):
    """A typed span (`T1`); a discontinuous one has several fragments."""

    id: str
    type: str
    spans: tuple[Span, ...]


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """A typed relation (`R1`) or event (`E1`, with its trigger): roles and the ids that fill them."""

    id: str
    type: str
    arguments: tuple[tuple[str, str], ...]
    trigger: str | None = None


class Equivalence(msgspec.Struct, frozen=True, kw_only=True):
    """A set of annotations that stand for the same thing (`*`)."""

    type: str
    members: tuple[str, ...]


class Attribute(msgspec.Struct, frozen=True, kw_only=True):
    """An attribute (`A1`, in old files `M1`) of another annotation; null stands for a flag that is set."""

    id: str
    type: str
    target: str
    value: str | None = None


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A free note on another annotation (`#1`)."""

    id: str
    type: str
    target: str
    text: str


class Normalization(msgspec.Struct, frozen=True, kw_only=True):
    """A link to an entry of a database (`N1`)."""

    id: str
    target: str
    database: str
    entry: str
    text: str = ""


Item = TextBound | Relation | Equivalence | Attribute | Note | Normalization

_FORMS: dict[str, str] = {
    "T": "T1<TAB>type start end<TAB>text, fragments as start end;start end",
    "R": "R1<TAB>type Arg1:T1 Arg2:T2",
    "E": "E1<TAB>type:T1 role:T2 …",
    "*": "*<TAB>type T1 T2 …",
    "A": "A1<TAB>type T1, with a value after it or none",
    "M": "M1<TAB>type T1, with a value after it or none",
    "#": "#1<TAB>type T1<TAB>text",
    "N": "N1<TAB>Reference T1 database:entry<TAB>text",
}
_EXTENT = re.compile(r"(\S+) ([0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*)")


def parse_brat(source: str, text: str, *, file: str) -> tuple[list[Item], list[Finding]]:
    r"""Read an `.ann` file: its annotations in the order of the lines, and everything that is wrong with it.

    Args:
        source: the file.
        text: the text it annotates. A span whose words are not those of the text is left out (E203), unless one other
            unit of offsets makes all such words right: then it is converted, with a warning (E204).
        file: the name that findings carry.

    >>> items, findings = parse_brat("T1\tGPE 3 11\tBorduria\nA1\tLevel T1 NAM", "𝔘 Borduria", file="d.ann")
    >>> items[0], findings[0].found
    (TextBound(id='T1', type='GPE', spans=((2, 10),)), 'utf-16 in 3 to 11')
    """
    items: list[Item] = []
    located: dict[int, tuple[int, str]] = {}
    findings: list[Finding] = []
    seen: set[str] = set()
    # Only line feeds end a line: the words of a span may hold other characters that str.splitlines takes for line ends.
    for number, line in enumerate(source.split("\n"), start=1):
        line = line.removesuffix("\r")
        if not line.strip():
            continue
        item, words = _parse_line(line)
        if item is None:
            expected = _FORMS.get(line[0], "a line that begins with T, R, E, A, N, # or *")
            fix = "write the line as brat does, or delete it"
            findings.append(finding("E105", found=quoted(line), expected=expected, fix=fix, file=file, line=number))
            continue
        if not isinstance(item, Equivalence):
            if item.id in seen:
                findings.append(finding("E301", found=item.id, expected="each id once", file=file, line=number))
            seen.add(item.id)
        if isinstance(item, TextBound):
            located[len(items)] = number, words
        items.append(item)
    findings += _check_targets(items, file)
    return _check_words(items, located, text, file, findings)


def find_lines(source: str) -> dict[str, int]:
    r"""The line of each annotation of an `.ann` file by its id, from 1; of an id that stands twice, the first.

    >>> find_lines("T1\tGPE 3 11\tBorduria\n\nA1\tLevel T1 NAM")
    {'T1': 1, 'A1': 3}
    """
    found: dict[str, int] = {}
    for number, line in enumerate(source.split("\n"), start=1):
        if line.strip():
            found.setdefault(line.split("\t", 1)[0], number)
    return found


def _parse_line(line: str) -> tuple[Item | None, str]:
    id_, *parts = line.split("\t", 2)
    parts = [*parts, "", ""]
    head, rest = parts[0], parts[1]
    # brat leaves a space after an event that has no roles.
    words = head.rstrip(" ").split(" ")
    read = _READERS.get(line[0])
    if read is None or (len(words) < 2 and read is not _event) or not all(words) or (id_ != "*" and len(id_) < 2):
        return None, ""
    return read(id_, words, rest), rest


def _text_bound(id_: str, words: Sequence[str], rest: str) -> Item | None:
    match = _EXTENT.fullmatch(" ".join(words))
    if match is None:
        return None
    spans = tuple((int(start), int(end)) for start, end in (part.split(" ") for part in match[2].split(";")))
    return TextBound(id=id_, type=match[1], spans=spans)


def _relation(id_: str, words: Sequence[str], rest: str) -> Item | None:
    pairs = [(role, target) for role, mark, target in (word.partition(":") for word in words[1:]) if mark and target]
    if len(pairs) != len(words) - 1 or len(pairs) < 2:
        return None
    return Relation(id=id_, type=words[0], arguments=tuple(pairs))


def _event(id_: str, words: Sequence[str], rest: str) -> Item | None:
    pairs = [(role, target) for role, mark, target in (word.partition(":") for word in words if word) if mark]
    if len(pairs) != len(words):
        return None
    return Relation(id=id_, type=pairs[0][0], arguments=tuple(pairs[1:]), trigger=pairs[0][1])


def _equivalence(id_: str, words: Sequence[str], rest: str) -> Item | None:
    return Equivalence(type=words[0], members=tuple(words[1:])) if len(words) > 2 else None


def _attribute(id_: str, words: Sequence[str], rest: str) -> Item | None:
    if len(words) > 3:
        return None
    return Attribute(id=id_, type=words[0], target=words[1], value=words[2] if len(words) == 3 else None)


def _note(id_: str, words: Sequence[str], rest: str) -> Item | None:
    return Note(id=id_, type=words[0], target=words[1], text=rest) if len(words) == 2 else None


def _normalization(id_: str, words: Sequence[str], rest: str) -> Item | None:
    database, mark, entry = words[2].partition(":") if len(words) == 3 else ("", "", "")
    return Normalization(id=id_, target=words[1], database=database, entry=entry, text=rest) if mark else None


_READERS: dict[str, Callable[[str, Sequence[str], str], Item | None]] = {
    "T": _text_bound,
    "R": _relation,
    "E": _event,
    "*": _equivalence,
    "A": _attribute,
    "M": _attribute,
    "#": _note,
    "N": _normalization,
}


def _check_targets(items: Sequence[Item], file: str) -> Iterator[Finding]:
    known = {item.id for item in items if not isinstance(item, Equivalence)}
    for item in items:
        for target in _targets(item):
            if target not in known:
                name = item.type if isinstance(item, Equivalence) else item.id
                fix = "delete the line, or give it an annotation that is there"
                yield finding(
                    "E302", found=quoted(target), expected="an id of the file", fix=fix, file=file, field=name
                )


def _targets(item: Item) -> tuple[str, ...]:
    if isinstance(item, Relation):
        return (*([item.trigger] if item.trigger else []), *(target for _, target in item.arguments))
    if isinstance(item, Equivalence):
        return item.members
    return () if isinstance(item, TextBound) else (item.target,)


def _check_words(
    items: Sequence[Item], located: dict[int, tuple[int, str]], text: str, file: str, findings: list[Finding]
) -> tuple[list[Item], list[Finding]]:
    """The annotations whose spans fit their words, converted where one other unit explains all that do not."""
    flat = text.replace("\n", " ")
    spans = {place: item.spans for place, item in enumerate(items) if isinstance(item, TextBound)}
    wrong = {place for place in spans if not _fits(spans[place], located[place][1], flat)}
    unit = diagnose_offsets(flat, [(spans[place], located[place][1]) for place in sorted(wrong)])
    kept: list[Item] = []
    for place, item in enumerate(items):
        if place not in wrong or not isinstance(item, TextBound):
            kept.append(item)
            continue
        line, words = located[place]
        extent = ", ".join(f"{start} to {end}" for start, end in item.spans)
        converted = convert_offsets(flat, item.spans, unit) if unit is not None else None
        if converted is None:
            found = f"span {extent} outside or with other words"
            findings.append(finding("E203", found=found, expected=quoted(words), file=file, line=line, field=item.id))
            continue
        report = finding(
            "E204", found=f"{unit} in {extent}", expected="code points", fix="check it: moved to where its words stand",
            file=file, line=line, field=item.id, severity="warning",
        )  # fmt: skip
        findings.append(report)
        kept.append(msgspec.structs.replace(item, spans=converted))
    return kept, findings


def _fits(spans: Sequence[Span], words: str, flat: str) -> bool:
    return all(0 <= start < end <= len(flat) for start, end in spans) and spans_text(flat, spans) == words


def format_brat(items: Sequence[Item], text: str) -> str:
    r"""An `.ann` file, a line an annotation, in the order given.

    >>> spans = ((0, 5), (16, 24))
    >>> format_brat([TextBound(id="T1", type="GPE", spans=spans)], "North and South Borduria")
    'T1\tGPE 0 5;16 24\tNorth Borduria\n'

    Raises:
        ValueError: A type, id, value or entry holds white space, or a note a line end: brat has no way to say that.
    """
    return "".join(f"{_format_item(item, text)}\n" for item in items)


def _format_item(item: Item, text: str) -> str:
    if isinstance(item, TextBound):
        extent = ";".join(f"{start} {end}" for start, end in item.spans)
        return _line(item.id, [item.type], f" {extent}\t{spans_text(text, item.spans)}".replace("\n", " "))
    if isinstance(item, Relation):
        head = item.type if item.trigger is None else f"{item.type}:{item.trigger}"
        return _line(item.id, [head, *(f"{role}:{target}" for role, target in item.arguments)])
    if isinstance(item, Equivalence):
        return _line("*", [item.type, *item.members])
    if isinstance(item, Attribute):
        return _line(item.id, [item.type, item.target, *([] if item.value is None else [item.value])])
    if isinstance(item, Note):
        return _line(item.id, [item.type, item.target], f"\t{item.text}")
    return _line(item.id, ["Reference", item.target, f"{item.database}:{item.entry}"], f"\t{item.text}")


def _line(id_: str, words: Sequence[str], rest: str = "") -> str:
    line = f"{id_}\t{' '.join(words)}{rest}"
    if any(not word or re.search(r"\s", word) for word in (id_, *words)) or "\n" in line or line.endswith("\r"):
        raise ValueError(f"brat cannot hold {line!r}")
    return line
