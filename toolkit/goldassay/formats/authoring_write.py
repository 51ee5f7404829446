"""Records written in the authoring form: spans as the clearest quotes, derived fields and defaults left out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from goldassay.formats.authoring import SECTIONS, number_mentions
from goldassay.formats.quotes import Quote, Regions, find_stretch, quote_span, share_stretch, whole
from goldassay.formats.yaml_records import CONTEXT, holds_spans, is_extent
from goldassay.formats.yaml_write import Tree, block
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Mention
from goldassay.model.finding import Finding
from goldassay.model.labels import LAYERS
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.provenance import PassProvenance
from goldassay.model.record import Span
from goldassay.model.stances import StancesRow


def format_authoring(
    document: Document,
    entities_row: EntitiesRow,
    stances_row: StancesRow,
    numeric_row: NumericFactsRow,
    provenance: PassProvenance | None = None,
    *,
    layers: Sequence[str] = LAYERS,
) -> str:
    """The authoring file of a document: what `parse_authoring` reads back to the same rows, byte for byte the same.

    Mentions under one entity come in the order of the row. Their ids are left out where building would give the same.
    Only `layers` are written; of the others the file says nothing.
    """
    head: dict[str, Tree] = {"doc": document.doc_id}
    if provenance is not None:
        head |= _tree(provenance, document.text, whole(document.text))
    entities, loose = _entity_sections(entities_row, _other_ids(entities_row, stances_row, numeric_row), document.text)
    sections: dict[str, Tree] = {"entities": entities} if "entities" in layers else {}
    if loose and "entities" in layers:
        sections["mentions"] = loose
    for row, layer in ((stances_row, "stances"), (numeric_row, "numeric_facts")):
        for name in SECTIONS[layer] if layer in layers else ():
            records = getattr(row, name)
            sections[name] = [_tree(record, document.text, whole(document.text)) for record in records]
    parts = [head, *({name: tree} for name, tree in sections.items())]
    return "\n\n".join("\n".join(block(part)) for part in parts) + "\n"


def _other_ids(entities_row: EntitiesRow, stances_row: StancesRow, numeric_row: NumericFactsRow) -> set[str]:
    """The ids of all records that are no mentions."""
    lists = [entities_row.entities]
    lists += [getattr(stances_row, name) for name in SECTIONS["stances"]]
    lists += [getattr(numeric_row, name) for name in SECTIONS["numeric_facts"]]
    return {record.id for records in lists for record in records}


def _entity_sections(row: EntitiesRow, taken: set[str], text: str) -> tuple[list[Tree], list[Tree]]:
    """The entities with their mentions under them, and the mentions that stand under none."""
    first = {entity.id: place for place, entity in reversed(list(enumerate(row.entities)))}
    under: dict[int, list[Mention]] = defaultdict(list)
    for mention in row.mentions:
        under[first.get(mention.entity or "", len(first))].append(mention)
    loose = under.pop(len(first), [])
    written = [mention for place in sorted(under) for mention in under[place]] + loose
    bare = [msgspec.structs.replace(mention, id="") for mention in written]
    numbered = number_mentions(bare, taken) == written
    implied = {"entity"} | ({"id"} if numbered else set())
    entities: list[Tree] = []
    for place, entity in enumerate(row.entities):
        tree = _tree(entity, text, whole(text))
        mentions = [_tree(mention, text, whole(text), implied) for mention in under.get(place, ())]
        entities.append({**tree, "mentions": mentions} if mentions else tree)
    dangling = implied - {"entity"}
    return entities, [_tree(one, text, whole(text), implied if one.entity is None else dangling) for one in loose]


def _tree(record: msgspec.Struct, text: str, regions: Regions, implied: set[str] | None = None) -> dict[str, Tree]:
    """A record as keys and values, quotes for spans; `implied` names fields to leave out."""
    fields = msgspec.structs.fields(record)
    skipped = (implied or set()) | _derived(record)
    # A record inside one that has chosen a stretch keeps to it.
    stretch = _choose_stretch(record, text) if regions == whole(text) else None
    inside = (stretch,) if stretch else regions
    tree: dict[str, Tree] = {}
    for one, around in zip(fields, _regions_by_field(record, inside), strict=True):
        value = getattr(record, one.name)
        if one.name not in skipped and (one.required or value != _default(one)):
            tree[one.encode_name] = _value(one.name, value, text, around)
    if stretch is None:
        return tree
    lead: dict[str, Tree] = {key: tree.pop(key) for key in ("id", "spans") if key in tree}
    return {**lead, CONTEXT: text[slice(*stretch)], **tree}


def _choose_stretch(record: msgspec.Struct, text: str) -> Span | None:
    """The context of a record: that of its one fragment, or one that serves several; null where quotes do without."""
    fragments = list(_fragments(record))
    if len(fragments) != 1:
        return share_stretch(text, fragments)
    context = quote_span(text, fragments[0], whole(text)).context
    stretch = find_stretch(text, context) if isinstance(context, str) else None
    return None if isinstance(stretch, Finding) else stretch


def _value(name: str, value: Any, text: str, regions: Regions) -> Tree:
    if holds_spans(name):
        return _quotes(value, text, regions)
    if isinstance(value, msgspec.Struct):
        extent = _extent_spans(value)
        return _tree(value, text, regions) if extent is None else _quotes(extent, text, regions)
    if isinstance(value, list):
        return [_value("", item, text, regions) for item in value]
    plain: Tree = value
    return plain


def _quotes(spans: Sequence[Span], text: str, regions: Regions) -> Tree:
    quotes = [_quote(quote_span(text, span, regions)) for span in spans]
    return quotes[0] if len(quotes) == 1 else quotes


def _quote(quote: Quote) -> Tree:
    tree: dict[str, Tree] = msgspec.to_builtins(quote)
    return quote.quote if len(tree) == 1 else tree


def _default(one: msgspec.structs.FieldInfo) -> Any:
    return one.default if one.default_factory is msgspec.NODEFAULT else one.default_factory()


def _derived(record: msgspec.Struct) -> set[str]:
    return {"text"} if {"spans", "text"} <= set(record.__struct_fields__) else set()


def _extent_spans(value: Any) -> list[Span] | None:
    """The spans of an extent, null for anything else."""
    if isinstance(value, msgspec.Struct) and is_extent(value.__struct_fields__):
        spans: list[Span] = getattr(value, "spans", [])
        return spans
    return None


def _regions_by_field(record: msgspec.Struct, around: Regions) -> list[Regions]:
    """Where the quotes of each field are looked for: in a record of extents, inside the extent of the next field."""
    extents = [_extent_spans(getattr(record, name)) for name in record.__struct_fields__]
    if None in extents:
        return [around] * len(extents)
    return [*(extent or () for extent in extents[1:]), around]


def _fragments(record: msgspec.Struct) -> Iterator[Span]:
    """The fragments whose quotes a stretch of the record would serve; records with an id choose their own."""
    names = record.__struct_fields__
    extents = [_extent_spans(getattr(record, name)) for name in names]
    if None not in extents:
        yield from extents[-1] or ()
        return
    for name in names:
        value = getattr(record, name)
        if holds_spans(name):
            yield from value
            continue
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, msgspec.Struct) and "id" not in inner.__struct_fields__:
                yield from _fragments(inner)
