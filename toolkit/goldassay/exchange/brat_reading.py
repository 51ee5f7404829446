"""Documents read from brat: its folder or one `.ann` file, ours or anybody's."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec

from goldassay.exchange.assembly import FoundEntity, FoundMention, assemble
from goldassay.exchange.brat import ENTITY_ID, ENTITY_TYPE, MENTION_ID
from goldassay.exchange.chains import Chains
from goldassay.exchange.documents import Ids, begin_line, id_of
from goldassay.exchange.gold_lines import rows_of
from goldassay.exchange.reading import Read, Reading
from goldassay.formats.brat import (
    Attribute,
    Equivalence,
    Item,
    Normalization,
    Note,
    Relation,
    TextBound,
    parse_brat,
)
from goldassay.formats.gold import GoldLine
from goldassay.kit.brat_entities import COREF, DATABASE, LEVEL, MEMBER, METONYM, NOTE, ROLLUP
from goldassay.kit.tools import KINDS, read_from_brat
from goldassay.model.printable import printable

MORE_LINKS = "links of a mark or an entity beyond the first"
_SAME = (COREF.casefold(), "coreference")


def read_brat(reading: Reading) -> Read:
    """All documents of a folder and the folders in it, or the one of an `.ann` file; its text stands beside each."""
    ids, lines = Ids(reading), []
    _count_other_files(reading)
    for path, name in _files(reading.path):
        doc_id = ids.accept(id_of(name))
        line = _read_document(path, doc_id, reading, ids) if doc_id is not None else None
        if line is not None:
            lines.append(line)
    return reading.done(lines)


def _files(path: Path) -> list[tuple[Path, str]]:
    """The texts or annotations of each document without their suffix, and its name: its path in the folder."""
    if not path.is_dir():
        return [(path.with_suffix(""), path.stem)]
    stems = {one.with_suffix("") for one in path.rglob("*") if one.suffix in (".ann", ".txt") and one.is_file()}
    return [(stem, stem.relative_to(path).as_posix()) for stem in sorted(stems)]


def _count_other_files(reading: Reading) -> None:
    """What else lies in the folder: brat's own are texts, annotations and configurations."""
    for one in reading.path.rglob("*") if reading.path.is_dir() else ():
        if one.suffix not in (".ann", ".txt", ".conf") and not one.name.startswith(".") and one.is_file():
            reading.lost[f"files {printable(one.suffix or 'without a suffix')} beside those of brat"] += 1


def _read_document(stem: Path, doc_id: str, reading: Reading, ids: Ids) -> GoldLine | None:
    beside, file = stem.with_name(f"{stem.name}.txt"), stem.with_name(f"{stem.name}.ann")
    if not beside.is_file():
        reading.report("E407", f"no {beside.name}", "the text beside its annotations", doc_id=doc_id)
        return None
    # Offsets count all characters of the file, one that looks like a byte order mark too.
    text = reading.text_of(beside, str(beside), mark="")
    source = reading.text_of(file, str(file)) if file.is_file() else ""
    if text is None or source is None:
        return None
    if not file.is_file():
        reading.assumed["texts without annotations, taken for not annotated"] += 1
        return begin_line(doc_id, text)
    return _Document(doc_id, text, source, str(file), reading).read()


class _Document:
    """Reading one document."""

    def __init__(self, doc_id: str, text: str, source: str, file: str, reading: Reading) -> None:
        self.doc_id, self.text, self.source, self.file, self.reading = doc_id, text, source, file, reading
        self.items, found = parse_brat(source, text, file=file)
        reading.findings += found
        self.known = set(reading.findings)

    def read(self) -> GoldLine:
        events = [one for one in self.items if isinstance(one, Relation) and one.trigger is not None]
        layers = {kind.name: layer for layer, kinds in KINDS.items() for kind in kinds}
        rest = [one for one in self.items if not isinstance(one, Relation) or one.trigger is None]
        line = begin_line(self.doc_id, self.text)
        marks = {one.id: one for one in self.items if isinstance(one, TextBound)}
        for layer in KINDS:
            own = _belonging(self.items, [one for one in events if layers.get(one.type) == layer])
            if own:
                line = self._add_layer(line, layer, own)
            for id_ in own:
                marks.pop(id_, None)
            rest = [one for one in rest if not hasattr(one, "id") or one.id not in own]
        for one in events:
            if one.type not in layers:
                self.reading.lost[f"events {one.type}"] += 1
                marks.pop(str(one.trigger), None)
        return self._add_entities(line, marks, rest)

    def _add_layer(self, line: GoldLine, layer: str, own: Collection[str]) -> GoldLine:
        """The line with the layer that some annotations say; the others are blank lines, so that places stay right."""
        kept = [one if one.split("\t", 1)[0] in own else "" for one in self.source.split("\n")]
        document = rows_of(line)[0]
        got = read_from_brat(layer, "\n".join(kept), document, self.file)
        self.reading.findings += [one for one in got.findings if one not in self.known]
        lists = {name: tuple(getattr(got.row, name)) for name in got.row.__struct_fields__ if name != "doc_id"}
        return msgspec.structs.replace(line, **lists)

    def _add_entities(self, line: GoldLine, marks: Mapping[str, TextBound], rest: Sequence[Item]) -> GoldLine:
        said = self._said(marks, rest)
        chains = Chains(marks)
        links: dict[str, list[tuple[str, str]]] = defaultdict(list)
        linked: set[str] = set()
        for pair, name in self._links(marks, rest):
            linked |= set(pair)
            if name == COREF:
                chains.join(*pair)
            else:
                links[name].append(pair)
        by_id: dict[str, str] = {}
        for mark in marks:
            if ENTITY_ID in said[mark]:
                chains.join(mark, by_id.setdefault(said[mark][ENTITY_ID], mark))
        linked |= {mark for mark in marks if ENTITY_ID in said[mark]}
        names = _cluster_names(chains.groups(), said, linked)
        entities = self._entities(names, said, links)
        mentions = [_mention(one, said[one.id], names.get(one.id)) for one in marks.values()]
        built, listed = assemble(self.text, mentions, self.reading, entities=entities, keep_ids=True)
        return msgspec.structs.replace(line, entities=built, mentions=listed)

    def _said(self, marks: Mapping[str, TextBound], rest: Sequence[Item]) -> dict[str, dict[str, str]]:
        """What attributes, notes and links to databases say of each mark, by their types; the rest is counted."""
        named = {one.target for one in rest if isinstance(one, Note) and one.type == ENTITY_ID}
        said: dict[str, dict[str, str]] = {mark: {} for mark in marks}
        for one in rest:
            if not isinstance(one, (Attribute, Note, Normalization)):
                continue
            kind, value = _kind_and_value(one)
            # A free note of anybody's is not yet the name of an entity.
            if one.target not in marks or kind not in _KNOWN[type(one)] or (kind == NOTE and one.target not in named):
                self.reading.lost[f"{type(one).__name__.lower()}s {kind}"] += 1
            elif said[one.target].setdefault(kind, value) == value:
                continue
            elif kind == DATABASE:
                self.reading.lost[MORE_LINKS] += 1
            else:
                found, field = f"a second {kind}", f"{one.target} {one.id}"
                self.reading.report("E107", found, "one", doc_id=self.doc_id, field=field)
        return said

    def _links(self, marks: Mapping[str, TextBound], rest: Iterable[Item]) -> Iterable[tuple[tuple[str, str], str]]:
        for one in rest:
            if isinstance(one, Equivalence):
                for pair in pairwise([member for member in one.members if member in marks]):
                    yield pair, COREF
            elif isinstance(one, Relation):
                ends = [end for _, end in one.arguments]
                name = COREF if one.type.casefold() in _SAME else one.type
                if name in (COREF, ROLLUP, MEMBER) and len(ends) == 2 and set(ends) <= marks.keys():
                    yield (ends[0], ends[1]), name
                else:
                    self.reading.lost[f"relations {one.type}"] += 1

    def _entities(
        self,
        names: Mapping[str, str],
        said: Mapping[str, Mapping[str, str]],
        links: Mapping[str, Sequence[tuple[str, str]]],
    ) -> dict[str, FoundEntity]:
        """What is said of each entity at any of its marks; the first word counts, another one is E107.

        Of links the first counts too, and the others are counted: brat lets a mark have as many as it likes.
        """
        found: dict[str, dict[str, str]] = {name: {} for name in dict.fromkeys(names.values())}
        for mark, name in names.items():
            for kind in (NOTE, DATABASE, ENTITY_TYPE, ENTITY_ID):
                if kind not in said[mark] or found[name].setdefault(kind, said[mark][kind]) == said[mark][kind]:
                    continue
                if kind == DATABASE:
                    self.reading.lost[MORE_LINKS] += 1
                else:
                    self.reading.report("E107", f"a second {kind}", "one", doc_id=self.doc_id, field=mark)
        rollups = {names[one]: names[other] for one, other in reversed(links.get(ROLLUP, ()))}
        members: dict[str, list[str]] = defaultdict(list)
        for one, other in links.get(MEMBER, ()):
            if names[other] not in members[names[one]]:
                members[names[one]].append(names[other])
        return {
            name: FoundEntity(
                name=one.get(NOTE),
                kb_id=_plain(one.get(DATABASE)),
                type=_plain(one.get(ENTITY_TYPE)),
                rollup=rollups.get(name),
                members=tuple(members[name]),
            )
            for name, one in found.items()
        }


_KNOWN: dict[type, tuple[str, ...]] = {
    Attribute: (LEVEL, METONYM),
    Note: (NOTE, ENTITY_ID, MENTION_ID, ENTITY_TYPE),
    Normalization: (DATABASE,),
}
"""What is read of marks, by the kind of annotation."""


def _kind_and_value(one: Attribute | Note | Normalization) -> tuple[str, str]:
    if isinstance(one, Normalization):
        return one.database, one.entry
    return (one.type, one.text) if isinstance(one, Note) else (one.type, one.value or "")


def _plain(word: str | None) -> str | None:
    return None if word is None else id_of(word)


def _mention(mark: TextBound, said: Mapping[str, str], cluster: str | None) -> FoundMention:
    return FoundMention(
        spans=tuple(sorted(mark.spans)),
        type=id_of(mark.type),
        cluster=cluster,
        level=said.get(LEVEL),
        metonym=METONYM in said,
        kb_id=_plain(said.get(DATABASE)) if cluster is None else None,
        id=_plain(said.get(MENTION_ID)) or f"m{mark.id[1:]}",
    )


def _belonging(items: Sequence[Item], events: Sequence[Relation]) -> set[str]:
    """The ids of events and of all that belongs to them: their words, attributes and notes."""
    own = {one.id for one in events}
    marks = {end for one in events for _, end in one.arguments if end.startswith("T")}
    marks |= {str(one.trigger) for one in events}
    said = (one for one in items if isinstance(one, (Attribute, Note, Normalization)))
    return own | marks | {one.id for one in said if one.target in own}


def _cluster_names(
    groups: Iterable[Sequence[str]], said: Mapping[str, Mapping[str, str]], linked: Collection[str]
) -> dict[str, str]:
    """The entity of each mark that has one: called by its id, else numbered past the ids that there are."""
    taken = {id_of(one[ENTITY_ID]) for one in said.values() if ENTITY_ID in one}
    names: dict[str, str] = {}
    number = 0
    for group in groups:
        if not set(group) & set(linked):
            continue
        name = next((id_of(said[mark][ENTITY_ID]) for mark in group if ENTITY_ID in said[mark]), None)
        while name is None or (name in taken and not any(ENTITY_ID in said[mark] for mark in group)):
            number += 1
            name = f"e{number}"
        names |= dict.fromkeys(group, name)
    return names
