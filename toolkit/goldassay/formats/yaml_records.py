"""YAML nodes read as records, by a walk over the record's type: every problem is collected, nothing is guessed.

What the type calls text is text, however YAML would read it; integers and booleans are read only where the type says
so. Fields that hold spans hold quotes (`quotes`); a surface `text` beside `spans` is derived. One rule says which
fields those are, so that a new field of a record needs no code here.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
import yaml
from msgspec import inspect as shapes

from goldassay.formats.explain_values import closest, describe_type
from goldassay.formats.quotes import Quote, find_stretch, locate_quote, whole
from goldassay.formats.strict_json import Problem
from goldassay.formats.yaml_nodes import is_null, line_of
from goldassay.formats.yaml_scalars import Place, Reading, read_scalar
from goldassay.model.finding import Finding
from goldassay.model.printable import printable, quoted
from goldassay.model.record import Span, spans_text

T = TypeVar("T")

CONTEXT = "in"
"""The key of a record's own context."""

Entries = dict[str, tuple[yaml.Node, yaml.Node]]
"""Key node and value node by key."""

_QUOTE = shapes.type_info(Quote)


def holds_spans(name: str) -> bool:
    """Whether a field of that name holds spans, which a form writes as quotes.

    >>> [holds_spans(name) for name in ("spans", "cue_spans", "text")]
    [True, True, False]
    """
    return name == "spans" or name.endswith("_spans")


def is_extent(names: Iterable[str]) -> bool:
    """Whether fields of these names are nothing but spans and their surface: written as the quotes alone."""
    return set(names) == {"spans", "text"}


def read_record(node: yaml.Node, record: type[T], reading: Reading) -> T | None:
    """The record a node stands for; its values are meaningless if the reading has findings.

    >>> from goldassay.formats.yaml_nodes import compose_yaml
    >>> from goldassay.model.numeric_facts import Time
    >>> node, _ = compose_yaml('{id: t1, spans: last Friday, type: DATE, value_text_only: XXXX-WXX-5}', "x.yaml")
    >>> read_record(node, Time, Reading("It came last Friday.", "x.yaml")).spans
    [(8, 19)]
    """
    here = Place(reading, "", whole(reading.text))
    value: T | None = _read(node, shapes.type_info(record), here)
    return value


def _read(node: yaml.Node, shape: shapes.Type, here: Place) -> Any:
    if isinstance(shape, shapes.UnionType):
        kinds = [one for one in shape.types if not isinstance(one, shapes.NoneType)]
        if is_null(node) and len(kinds) < len(shape.types):
            return None
        shape = kinds[0]
    if isinstance(shape, shapes.StructType):
        return _read_struct(node, shape, here)
    if isinstance(shape, shapes.ListType):
        return _read_list(node, shape, here)
    return read_scalar(node, shape, here)


def _read_list(node: yaml.Node, shape: shapes.ListType, here: Place) -> list[Any] | None:
    if not isinstance(node, yaml.SequenceNode):
        here.report_kind(
            node, "a list", "write [] where there is none" if is_null(node) else "put it in square brackets"
        )
        return None
    return [_read(item, shape.item_type, here.at(f"[{i}]", here.regions)) for i, item in enumerate(node.value)]


def _read_struct(node: yaml.Node, shape: shapes.StructType, here: Place) -> Any:
    names = [one.encode_name for one in shape.fields]
    if is_extent(names):
        spans = _read_spans(node, here)
        return shape.cls(spans=spans, text=spans_text(here.reading.text, spans))
    if not isinstance(node, yaml.MappingNode):
        here.report_kind(node, f"keys and values ({shape.cls.__name__})")
        return None
    entries = _read_entries(node, here)
    here = _enter_context(entries, names, here)
    derived = {"text"} if {"spans", "text"} <= set(names) else set()
    fields = [one for one in shape.fields if one.encode_name not in derived]
    misspelt = _refuse_unknown(entries, [one.encode_name for one in fields], derived, here)
    values = _read_fields(fields, entries, here)
    for one in fields:
        if one.name not in values:
            values[one.name] = _absent(node, shape, one, here, excused=one.encode_name in misspelt)
    if derived:
        values["text"] = spans_text(here.reading.text, values["spans"])
    return shape.cls(**values)


def _read_fields(fields: list[shapes.Field], entries: Entries, here: Place) -> dict[str, Any]:
    """The values of the fields that are there, by the fields' names."""
    values: dict[str, Any] = {}
    regions = here.regions
    nested = all(isinstance(one.type, shapes.StructType) and _holds_extent(one.type) for one in fields)
    # In a record of extents each lies in the one that follows it, so the widest is read first.
    for one in reversed(fields) if nested else fields:
        if one.encode_name not in entries:
            regions = None if nested else regions
            continue
        below, value = here.at(f".{one.encode_name}", regions), entries[one.encode_name][1]
        if holds_spans(one.encode_name):
            values[one.name] = _read_spans(value, below, required=one.required)
        else:
            values[one.name] = _read(value, one.type, below)
        if nested:
            regions = values[one.name].spans or None
    return values


def _holds_extent(shape: shapes.StructType) -> bool:
    return is_extent(one.encode_name for one in shape.fields)


def _absent(node: yaml.Node, shape: shapes.StructType, one: shapes.Field, here: Place, *, excused: bool) -> Any:
    """The value of a field that is not there: its default, or a finding unless its key was found misspelt."""
    if one.default_factory is not msgspec.NODEFAULT:
        return one.default_factory()
    if not one.required:
        return msgspec.UNSET if one.default is msgspec.NODEFAULT else one.default
    key = (shape.cls, one.name)
    if key in here.reading.implied:
        return here.reading.implied[key]
    expected = "a quote" if holds_spans(one.encode_name) else describe_type(one.type)
    if not excused:
        below = here.at(f".{one.encode_name}")
        below.report(node, Problem("", "E104", f"no key {quoted(one.encode_name)}", expected))
    return [] if holds_spans(one.encode_name) else None


def _read_entries(node: yaml.MappingNode, here: Place) -> Entries:
    """Key and value nodes by key; a key that stands twice is a finding, and its first value is kept."""
    entries: Entries = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            here.report_kind(key, "a word as key")
        elif key.value in entries:
            below = here.at(f".{printable(key.value)}")
            first = line_of(entries[key.value][0])
            below.report(key, Problem("", "E107", f"{quoted(key.value)} again, after line {first}", "each key once"))
        else:
            entries[key.value] = (key, value)
    return entries


def _enter_context(entries: Entries, names: list[str], here: Place) -> Place:
    """Follow a record's own `in`; the key is taken out of the entries."""
    if CONTEXT in names or CONTEXT not in entries:
        return here
    node = entries.pop(CONTEXT)[1]
    below = here.at(f".{CONTEXT}")
    if not isinstance(node, yaml.ScalarNode) or is_null(node) or not node.value:
        below.report_kind(node, "a stretch of the text")
        return here.at("")
    stretch = find_stretch(here.reading.text, node.value)
    if isinstance(stretch, Finding):
        below.report(node, stretch)
        return here.at("")
    return here.at("", (stretch,))


def _refuse_unknown(entries: Entries, known: list[str], derived: set[str], here: Place) -> set[str]:
    """E103 for each unknown key; returns the keys that were probably meant."""
    misspelt = set()
    for name, (key, _) in entries.items():
        if name in known:
            continue
        meant = closest(name, [other for other in known if other not in entries])
        misspelt |= {meant} if meant else set()
        fix = f'did you mean "{meant}"?' if meant else None
        if name in derived:
            fix = "leave it out: it is derived from the quotes"
        below = here.at(f".{printable(name)}")
        below.report(key, Problem("", "E103", quoted(name), f"one of {', '.join(known)}", fix))
    return misspelt


def _read_spans(node: yaml.Node, here: Place, *, required: bool = True) -> list[Span]:
    """The fragments that one quote or a list of quotes means."""
    listed = isinstance(node, yaml.SequenceNode)
    if listed and not node.value and required:
        here.report(node, Problem("", "E407", "no quote", "at least one quote"))
    items = enumerate(node.value) if listed else [(None, node)]
    spans: list[Span] = []
    for place, item in items:
        below = here if place is None else here.at(f"[{place}]", here.regions)
        span = _read_quote(item, below)
        if span is not None and spans and span[0] < spans[-1][1]:
            found = f"{quoted(here.reading.text[slice(*span)])} before the end of the fragment above it"
            below.report(item, Problem("", "E205", found, "fragments in text order, apart"))
        elif span is not None:
            spans.append(span)
    return spans


def _read_quote(node: yaml.Node, here: Place) -> Span | None:
    if isinstance(node, yaml.ScalarNode) and not is_null(node):
        quote: Quote | None = Quote(quote=node.value)
    elif isinstance(node, yaml.MappingNode):
        before = len(here.reading.findings)
        quote = _read(node, _QUOTE, here)
        quote = None if len(here.reading.findings) > before else quote
    else:
        here.report_kind(node, "a quote", "write [] where there is none" if is_null(node) else None)
        return None
    if quote is None or (here.regions is None and quote.context is msgspec.UNSET):
        return None
    place = locate_quote(here.reading.text, quote, here.regions or ())
    if isinstance(place, Finding):
        here.report(node, place)
        return None
    return place
