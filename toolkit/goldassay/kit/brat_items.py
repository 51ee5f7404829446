"""Items in brat: an event at the words of each, its stretches and links as roles, choices as attributes, a note."""

from collections import Counter
from collections.abc import Iterator, Sequence

from goldassay.formats.brat import Attribute, Note, Relation, TextBound, format_brat
from goldassay.formats.brat import Item as Annotation
from goldassay.kit.items import Field, Item, Kind, Kinds
from goldassay.kit.typed import format_notes
from goldassay.model.record import Span

NOTE = "AnnotatorNotes"
_COLOURS = ("#b3d1ff", "#ffd9b3", "#d9ffb3")


def brat_item_configuration(kinds: Kinds) -> dict[str, str]:
    """The files that tell brat what there is to annotate, by name."""
    marks = marks_of(kinds)
    events = "".join(f"{kind.name}\t{', '.join(_roles(kind))}\n" for kind in kinds)
    drawing = [
        f"{kind.name}\tbgColor:{colour}, borderColor:darken" for kind, colour in zip(kinds, _COLOURS, strict=True)
    ]
    attributes = "".join(f"{_attribute(name, kinds)}\n" for name in _attribute_names(kinds))
    return {
        "annotation.conf": (
            f"[entities]\n{chr(10).join(marks)}\n\n[relations]\n<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n\n"
            f"[events]\n{events}\n[attributes]\n{attributes}"
        ),
        "visual.conf": (
            "[labels]\n\n[drawing]\nSPAN_DEFAULT\tfgColor:black, bgColor:lightgray, borderColor:darken\n"
            f"{chr(10).join(drawing)}\nARC_DEFAULT\tcolor:black, arrowHead:triangle-5\n"
        ),
    }


def marks_of(kinds: Kinds) -> list[str]:
    """The types of the stretches that belong to items, each once."""
    return list(dict.fromkeys(one.shown for kind in kinds for one in kind.carried("words")))


def _roles(kind: Kind) -> Iterator[str]:
    """The roles of an event: any stretch may fill one that takes words, so that a stretch can serve twice."""
    for one in kind.carried("words"):
        yield f"{one.shown}?:<ENTITY>"
    for one in kind.carried("link"):
        yield f"{one.shown}{'*' if one.many else '?'}:{'|'.join(one.ends)}"


def _attribute_names(kinds: Kinds) -> list[str]:
    return list(dict.fromkeys(one.shown for kind in kinds for one in kind.carried("label", "flag")))


def _attribute(name: str, kinds: Kinds) -> str:
    having = [(kind, one) for kind in kinds if (one := kind.called(name, "label", "flag")) is not None]
    where, (_, first) = "|".join(kind.name for kind, _ in having), having[0]
    values = f", Value:{'|'.join(first.labels)}" if first.carrier == "label" else ""
    return f"{name}\tArg:{where}{values}"


def format_brat_items(items: Sequence[Item], kinds: Kinds, text: str) -> tuple[str, Counter[str]]:
    """An `.ann` file with the items, and how much of them brat has no way to say: nothing, for it takes any note."""
    by_name = {kind.name: kind for kind in kinds}
    marks: dict[tuple[str, tuple[Span, ...]], str] = {}
    events, rest = [], []
    for item in items:
        kind = by_name[item.kind]
        trigger = _mark(marks, item.kind, item.spans)
        roles = [(one.shown, _mark(marks, one.shown, item.words[one.name])) for one in _worded(kind, item)]
        roles += _numbered(item, kind)
        events.append(Relation(id=item.id, type=item.kind, arguments=tuple(roles), trigger=trigger))
        rest.append(item)
    stretches = [TextBound(id=id_, type=type_, spans=spans) for (type_, spans), id_ in marks.items()]
    said = [one for item in rest for one in _said(item, by_name[item.kind])]
    return format_brat([*stretches, *events, *_with_ids(said)], text), Counter()


def _mark(marks: dict[tuple[str, tuple[Span, ...]], str], type_: str, spans: tuple[Span, ...]) -> str:
    """The id of a stretch; the same words in the same part are one stretch."""
    return marks.setdefault((type_, spans), f"T{len(marks) + 1}")


def _worded(kind: Kind, item: Item) -> list[Field]:
    return [one for one in kind.carried("words") if one.name in item.words]


def _numbered(item: Item, kind: Kind) -> list[tuple[str, str]]:
    """The links as roles in their order; brat numbers a role that is filled again."""
    shown = {one.name: one.shown for one in kind.carried("link")}
    counts: Counter[str] = Counter()
    roles = []
    for name, end in item.links:
        counts[name] += 1
        roles.append((f"{shown[name]}{counts[name] if counts[name] > 1 else ''}", end))
    return roles


def _said(item: Item, kind: Kind) -> Iterator[tuple[str, str, str | None]]:
    """Type, target and value of each attribute of an item, and of its note, which has the type of notes."""
    for one in kind.carried("label", "flag"):
        if one.name in item.labels:
            yield one.shown, item.id, item.labels[one.name] if one.carrier == "label" else None
    if item.notes:
        yield NOTE, item.id, format_notes(dict(item.notes))


def _with_ids(said: Sequence[tuple[str, str, str | None]]) -> Iterator[Annotation]:
    attributes = notes = 0
    for type_, target, value in said:
        if type_ == NOTE:
            notes += 1
            yield Note(id=f"#{notes}", type=NOTE, target=target, text=value or "")
        else:
            attributes += 1
            yield Attribute(id=f"A{attributes}", type=type_, target=target, value=value)
