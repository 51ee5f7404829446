"""The entities layer in brat: what a mark, a link and an entity's fields look like there, both ways."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from goldassay.formats.brat import (
    Attribute,
    Equivalence,
    Item,
    Normalization,
    Note,
    Relation,
    TextBound,
    format_brat,
    parse_brat,
)
from goldassay.kit.markup import Links, Mark, Markup
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import ENTITY_TYPES, LEVELS

COREF, ROLLUP, MEMBER = "Coref", "Rollup", "Member"
LEVEL, METONYM = "Level", "Metonym"
NOTE, DATABASE = "AnnotatorNotes", "Wikidata"
_COLOURS = (
    "#ffb3b3",
    "#ffd9b3",
    "#fff0b3",
    "#d9ffb3",
    "#b3ffd9",
    "#b3f0ff",
    "#b3d1ff",
    "#d1b3ff",
    "#ffb3e6",
    "#d9d9d9",
)


def brat_configuration() -> dict[str, str]:
    """The files that tell brat what there is to annotate, by name."""
    types, any_ = "\n".join(ENTITY_TYPES), "Arg1:<ENTITY>, Arg2:<ENTITY>"
    relations = "\n".join(f"{name}\t{any_}" for name in (COREF, ROLLUP, MEMBER))
    overlap = f"<OVERLAP>\t{any_}, <OVL-TYPE>:<ANY>"
    level = f"{LEVEL}\tArg:<ENTITY>, Value:{'|'.join(LEVELS)}"
    drawing = "\n".join(
        f"{name}\tbgColor:{colour}, borderColor:darken" for name, colour in zip(ENTITY_TYPES, _COLOURS, strict=True)
    )
    return {
        "annotation.conf": (
            f"[entities]\n{types}\n\n[relations]\n{overlap}\n{relations}\n\n[events]\n\n"
            f"[attributes]\n{level}\n{METONYM}\tArg:<ENTITY>\n"
        ),
        "visual.conf": (
            f"[labels]\n{COREF} | Coref | =\n{ROLLUP} | Rollup | Up\n{MEMBER} | Member | M\n\n"
            f"[drawing]\nSPAN_DEFAULT\tfgColor:black, bgColor:white, borderColor:darken\n{drawing}\n"
            f"ARC_DEFAULT\tcolor:black, arrowHead:triangle-5\n{COREF}\tcolor:grey, dashArray:3-3\n"
            f"{LEVEL}\tglyph:(N)|(n)|(p), position:left\n{METONYM}\tglyph:(M)\n"
        ),
        "tools.conf": f"[normalization]\n{DATABASE}\t<URL>:https://www.wikidata.org/, <URLBASE>:https://www.wikidata.org/wiki/%s\n",
    }


def format_brat_entities(markup: Markup, text: str) -> tuple[str, Counter[str]]:
    """An `.ann` file with the marks, and how much of them brat has no way to say."""
    lost: Counter[str] = Counter()
    return format_brat(list(_items(markup, lost)), text), lost


def _items(markup: Markup, lost: Counter[str]) -> Iterator[Item]:
    attributes = notes = entries = 0
    for mark in markup.marks:
        yield TextBound(id=mark.id, type=mark.type, spans=mark.spans)
        said = [(LEVEL, mark.level)] + ([(METONYM, None)] if mark.metonym else [])
        for name, value in said:
            attributes += 1
            yield Attribute(id=f"A{attributes}", type=name, target=mark.id, value=value)
        if mark.name is not None and _is_note(mark.name):
            notes += 1
            yield Note(id=f"#{notes}", type=NOTE, target=mark.id, text=mark.name)
        elif mark.name is not None:
            lost["names longer than a line"] += 1
        if mark.kb_id is not None and _is_word(mark.kb_id):
            entries += 1
            yield Normalization(id=f"N{entries}", target=mark.id, database=DATABASE, entry=mark.kb_id)
        elif mark.kb_id is not None:
            lost["database entries with white space"] += 1
    links = [(COREF, one) for one in markup.same]
    links += [(ROLLUP, one) for one in markup.rollups] + [(MEMBER, one) for one in markup.members]
    for number, (name, (one, other)) in enumerate(links, start=1):
        yield Relation(id=f"R{number}", type=name, arguments=(("Arg1", one), ("Arg2", other)))


def _is_note(name: str) -> bool:
    return "\n" not in name and not name.endswith("\r")


def _is_word(entry: str) -> bool:
    return bool(entry) and not any(character.isspace() for character in entry)


def parse_brat_entities(source: str, text: str, *, file: str) -> tuple[Markup, list[Finding]]:
    """The marks of an `.ann` file; annotations that the layer has no use for are findings."""
    items, findings = parse_brat(source, text, file=file)
    findings += [_unused(item, file) for item in items if not _is_used(item)]
    levels = _collect(items, Attribute, LEVEL, findings, file)
    names = _collect(items, Note, NOTE, findings, file)
    entries = _collect(items, Normalization, DATABASE, findings, file)
    metonyms = {item.target for item in items if isinstance(item, Attribute) and item.type == METONYM}
    marks = tuple(
        Mark(
            id=item.id,
            spans=tuple(sorted(item.spans)),
            type=item.type,
            level=levels.get(item.id),
            metonym=item.id in metonyms,
            name=names.get(item.id) or None,
            kb_id=entries.get(item.id),
        )
        for item in items
        if isinstance(item, TextBound)
    )
    same = [pair for item in items if isinstance(item, Equivalence) for pair in pairwise(item.members)]
    links = {name: _links(items, name) for name in (COREF, ROLLUP, MEMBER)}
    return Markup(marks, (*links[COREF], *same), links[ROLLUP], links[MEMBER]), findings


def _links(items: Sequence[Item], name: str) -> Links:
    relations = [item for item in items if isinstance(item, Relation) and item.type == name]
    return tuple((one.arguments[0][1], one.arguments[1][1]) for one in relations)


def _collect(
    items: Sequence[Item],
    type_: type[Attribute] | type[Note] | type[Normalization],
    name: str,
    findings: list[Finding],
    file: str,
) -> dict[str, str]:
    """The value of one attribute, note or database by mark; a second value for a mark is E107."""
    found: dict[str, str] = {}
    for item in items:
        if not isinstance(item, (Attribute, Note, Normalization)) or not isinstance(item, type_):
            continue
        kind, value = _said(item)
        if kind != name:
            continue
        if found.setdefault(item.target, value) != value:
            report = finding(
                "E107", found=f"a second {name}", expected="one", file=file, field=f"{item.target} {item.id}"
            )
            findings.append(report)
    return found


def _said(item: Attribute | Note | Normalization) -> tuple[str, str]:
    if isinstance(item, Normalization):
        return item.database, item.entry
    return (item.type, item.text) if isinstance(item, Note) else (item.type, item.value or "")


def _is_used(item: Item) -> bool:
    if isinstance(item, TextBound):
        return True
    if isinstance(item, Equivalence):
        return all(member.startswith("T") for member in item.members)
    if isinstance(item, Relation):
        roles = tuple(role for role, _ in item.arguments)
        marks = item.trigger is None and all(target.startswith("T") for _, target in item.arguments)
        return marks and item.type in (COREF, ROLLUP, MEMBER) and roles == ("Arg1", "Arg2")
    return item.target.startswith("T") and _said(item)[0] in (LEVEL, METONYM, NOTE, DATABASE)


def _unused(item: Item, file: str) -> Finding:
    id_ = "*" if isinstance(item, Equivalence) else item.id
    name = item.database if isinstance(item, Normalization) else item.type
    expected = f"{COREF}, {ROLLUP}, {MEMBER}, {LEVEL}, {METONYM}, {DATABASE} or a note, on marks"
    return finding(
        "E106", found=f"{id_} {name}", expected=expected, fix="delete it, or say it so", file=file, field=id_
    )
