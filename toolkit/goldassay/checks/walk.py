"""Records found again by their place: the lists of a document's rows, and fields by path."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.record import Span
from goldassay.model.stances import StancesRow

LayerRow = EntitiesRow | StancesRow | NumericFactsRow

COLLECTIONS: dict[str, str] = {
    "entities": "entity",
    "mentions": "mention",
    "propositions": "proposition",
    "attributions": "attribution",
    "stances": "stance",
    "numeric_facts": "numeric fact",
    "times": "time",
}
"""The lists of the three rows, and what each of them holds. No two rows share the name of a list."""


class Rows(NamedTuple):
    """What is known of one document; null for what is not at hand, which is not the same as empty."""

    document: Document | None = None
    entities: EntitiesRow | None = None
    stances: StancesRow | None = None
    numeric_facts: NumericFactsRow | None = None

    @property
    def layers(self) -> tuple[LayerRow, ...]:
        """The layers at hand."""
        return tuple(row for row in (self.entities, self.stances, self.numeric_facts) if row is not None)

    @property
    def doc_id(self) -> str:
        """The document's id, from whichever row is at hand; empty if none is."""
        return next((row.doc_id for row in (self.document, *self.layers) if row is not None), "")


class Found(NamedTuple):
    """A record with its place, such as `stances[3]`."""

    path: str
    record: msgspec.Struct


class SpanField(NamedTuple):
    """A field that holds spans, with the surface the record gives for it, if it gives one."""

    path: str
    spans: tuple[Span, ...]
    surface: str | None


def iterate_records(row: LayerRow, collection: str) -> Iterator[Found]:
    """The records of one list of a row, in order; nothing if the row has no such list."""
    for index, record in enumerate(getattr(row, collection, ())):
        yield Found(f"{collection}[{index}]", record)


def iterate_values(record: msgspec.Struct, path: str, field: str) -> Iterator[tuple[str, str]]:
    """All strings that a dotted field leads to, through lists and past nulls, with their places.

    >>> from goldassay.model.entities import Entity
    >>> group = Entity(id="e3", type="GPE", name="both", members=["e1", "e2"])
    >>> list(iterate_values(group, "entities[2]", "members"))
    [('entities[2].members[0]', 'e1'), ('entities[2].members[1]', 'e2')]
    """
    name, _, rest = field.partition(".")
    value = getattr(record, name)
    if isinstance(value, str):
        yield f"{path}.{name}", value
        return
    if not value:
        return
    several = isinstance(value, list)
    for index, item in enumerate(value if several else [value]):
        place = f"{path}.{name}[{index}]" if several else f"{path}.{name}"
        if isinstance(item, msgspec.Struct):
            yield from iterate_values(item, place, rest)
        elif isinstance(item, str):
            yield place, item


def iterate_span_fields(record: msgspec.Struct, path: str = "") -> Iterator[SpanField]:
    """All spans in fields named `spans` or `…_spans`, however deep; the surface of `spans` is the `text` beside it.

    >>> from goldassay.model.numeric_facts import Extent
    >>> list(iterate_span_fields(Extent(spans=[(0, 4)], text="Four")))
    [SpanField(path='spans', spans=((0, 4),), surface='Four')]
    """
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if not value or isinstance(value, str):
            continue
        place = f"{path}.{name}" if path else name
        if name == "spans" or name.endswith("_spans"):
            yield SpanField(place, tuple(value), getattr(record, "text", None) if name == "spans" else None)
        elif isinstance(value, msgspec.Struct):
            yield from iterate_span_fields(value, place)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, msgspec.Struct):
                    yield from iterate_span_fields(item, f"{place}[{index}]")
