"""Records as annotation tools know them: a stretch of text with a label, what is chosen or typed for it, and links.

What a tool shows for each field follows from the field's type and from the table of references, so that a new field of
a record needs no code here: spans are stretches of their own, closed label sets are choices, references to records of
the same layer are links, and all the rest is typed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import inspect as shapes

from goldassay.checks.references import REFERENCES, Reference
from goldassay.formats.yaml_records import holds_spans
from goldassay.formats.yaml_write import Tree
from goldassay.model.record import Span

Carrier = Literal["words", "label", "flag", "link", "note"]

ID = "id"
WORDLESS = "wordless"
"""The flag of an item whose record has no words of its own: it stands on others, because a tool needs a place."""

_FEW = 7
"""Numbers of a range up to which it is offered as a choice."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a tool holds of one field.

    labels   of a label, what there is to choose
    ends     of a link, the kinds of item it may end at
    many     of a link, whether there may be several
    typed    of a link, whether it may also be typed, because not all that it may name is an item
    plain    of what is typed, whether it is any text; else it is YAML
    """

    name: str
    carrier: Carrier
    labels: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    many: bool = False
    typed: bool = False
    plain: bool = False

    @property
    def may_be_typed(self) -> bool:
        """Whether it may stand among what is typed, where a tool takes any key."""
        return self.is_typed or (self.carrier == "link" and self.plain)

    @property
    def is_typed(self) -> bool:
        """Whether an annotator types it, or may."""
        return self.carrier == "note" or self.typed

    @property
    def shown(self) -> str:
        """The name by which tools show it.

        >>> Field("content_spans", "words").shown, Field("grounds_of", "link").shown
        ('Content', 'GroundsOf')
        """
        words = self.name.removesuffix("_spans") if self.carrier == "words" else self.name
        return "".join(part.capitalize() for part in words.split("_"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of item (`Stance`) and its fields; its own stretch of text is none of them."""

    name: str
    fields: tuple[Field, ...]

    def carried(self, *carriers: Carrier) -> tuple[Field, ...]:
        """The fields with one of these carriers."""
        return tuple(one for one in self.fields if one.carrier in carriers)

    def called(self, name: str, *carriers: Carrier) -> Field | None:
        """The field that tools show by a name."""
        return next((one for one in self.carried(*carriers) if one.shown == name), None)


Kinds = tuple[Kind, ...]
"""What there is to mark in a layer."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record as it stands in a tool; `lines` says in which line of the file each field was read, `""` the item."""

    id: str
    kind: str
    spans: tuple[Span, ...]
    words: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    links: tuple[tuple[str, str], ...] = ()
    notes: Mapping[str, Tree] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def ends(self, name: str) -> list[str]:
        """The items that its links of a name end at."""
        return [end for one, end in self.links if one == name]


def fields_of(
    record: type, collection: str, kinds: Mapping[str, str], *, main: str | None, without: Iterable[str] = ()
) -> tuple[Field, ...]:
    """The fields of a record as a tool holds them.

    Args:
        record: The type of the record.
        collection: The list of the row that holds such records, as the table of references calls it.
        kinds: The kinds of item of the layer by what the table of references calls their records.
        main: The field whose spans are the item's own stretch; null where it has no such field.
        without: Fields that the layer carries in a way of its own.
    """
    references = {one.field: one for one in REFERENCES if one.collection == collection}
    found = [Field(WORDLESS, "flag", ("true",))] if main is not None else []
    shape, hints = shapes.type_info(record), get_type_hints(record)
    skipped = {ID, main, *without} | ({"text"} if main == "spans" else set())
    for one in shape.fields if isinstance(shape, shapes.StructType) else ():
        if one.name not in skipped:
            found.append(_field(one, hints[one.name], references.get(one.name), kinds))
    return (*found, Field(ID, "note", plain=True))


def _field(one: shapes.Field, hint: object, reference: Reference | None, kinds: Mapping[str, str]) -> Field:
    bare = _without_null(one.type)
    named = reference.kinds if reference is not None else ()
    ends = tuple(kinds[kind] for kind in named if kind in kinds)
    if holds_spans(one.name):
        return Field(one.name, "words")
    if ends:
        many = isinstance(bare, shapes.ListType)
        return Field(one.name, "link", ends=ends, many=many, typed=not kinds.keys() >= set(named), plain=not many)
    if isinstance(bare, shapes.BoolType) and one.default is False:
        return Field(one.name, "flag", ("true",))
    labels = tuple(_labels(bare, hint))
    if labels:
        return Field(one.name, "label", labels)
    return Field(one.name, "note", plain=isinstance(bare, shapes.StrType))


def _labels(shape: shapes.Type, hint: object) -> Iterator[str]:
    """The closed set of a type's values in words and in the order of the scheme, nothing if it is open."""
    if isinstance(shape, shapes.LiteralType):
        literal = next((one for one in get_args(hint) if get_origin(one) is Literal), hint)
        yield from (str(value) for value in get_args(literal))
    elif isinstance(shape, shapes.IntType) and None not in (shape.ge, shape.le):
        least, most = int(shape.ge or 0), int(shape.le or 0)
        yield from (str(number) for number in range(least, most + 1) if most - least < _FEW)


def _without_null(shape: shapes.Type) -> shapes.Type:
    if isinstance(shape, shapes.UnionType):
        kinds = [one for one in shape.types if not isinstance(one, shapes.NoneType)]
        return kinds[0] if len(kinds) == 1 else shape
    return shape


def said_of(record: msgspec.Struct) -> dict[str, Any]:
    """What a record says beyond the defaults of its fields, as plain values."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    for one in msgspec.structs.fields(record):
        default = one.default if one.default_factory is msgspec.NODEFAULT else one.default_factory()
        if getattr(record, one.name) == default:
            del plain[one.name]
    return plain


def make_item(
    kind: Kind, id_: str, spans: Iterable[Iterable[int]], said: Mapping[str, Any], ids: Mapping[str, str], text: str
) -> Item | None:
    """An item from what its record says; `ids` gives the items of records by the records' ids.

    References to records that have no item are typed. An item whose record has no words takes those of another field
    of it, or else the first of the text, with a flag; null where the text has none.
    """
    own = as_spans(spans)
    words = {one.name: as_spans(said[one.name]) for one in kind.carried("words") if said.get(one.name)}
    labels = {one.name: str(said[one.name]) for one in kind.carried("label") if one.name in said}
    labels |= {one.name: "true" for one in kind.carried("flag") if said.get(one.name)}
    notes: dict[str, Tree] = {
        one.name: said[one.name] for one in kind.carried("note") if said.get(one.name) is not None
    }
    links: list[tuple[str, str]] = []
    for one in kind.carried("link"):
        value = said.get(one.name, [])
        named = value if isinstance(value, list) else [value]
        if all(end in ids for end in named):
            links += [(one.name, ids[end]) for end in named]
        else:
            notes[one.name] = value
    if not own:
        labels |= {WORDLESS: "true"} if any(one.name == WORDLESS for one in kind.fields) else {}
        own = next(iter(words.values()), ((0, 1),) if text else ())
    return Item(id_, kind.name, own, words, labels, tuple(links), notes) if own else None


def as_spans(spans: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    """Spans as the records hold them."""
    return tuple((start, end) for start, end in spans)
