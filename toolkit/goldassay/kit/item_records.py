"""Items read back as records: ids given, references resolved, and every problem said where the annotator can see it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from msgspec import inspect as shapes

from goldassay.formats.explain import explain_shape
from goldassay.formats.explain_values import closest
from goldassay.kit.items import ID, WORDLESS, Item, Kind
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted
from goldassay.model.record import spans_text

T = TypeVar("T")

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Report:
    """The findings about the items of one document's file."""

    file: str
    doc_id: str
    text: str
    findings: list[Finding] = field(default_factory=list)

    def add(self, code: str, item: Item, name: str, found: str, expected: str, fix: str | None = None) -> None:
        """Note a finding about a field of an item; an empty name stands for the item."""
        line = item.lines.get(re.split(r"[.\[]", name)[0], item.lines.get(""))
        words = quoted(spans_text(self.text, item.spans))
        place = " ".join(part for part in (item.id, item.kind, words, name) if part)
        report = finding(
            code, found=found, expected=expected, fix=fix, file=self.file, line=line, doc_id=self.doc_id, field=place
        )
        self.findings.append(report)


Sections = dict[str, list[Item]]
"""The items by the list of the row that holds their records, in its order."""


def by_kind(items: Iterable[Item], kinds: Mapping[str, str]) -> Sections:
    """The items of each list in text order; `kinds` gives the kind of item of each list."""
    ordered = in_text_order(items)
    return {name: [item for item in ordered if item.kind == kind] for name, kind in kinds.items()}


def in_text_order(items: Iterable[Item]) -> list[Item]:
    """Items by the place of their words, those of one place as they came."""
    return sorted(items, key=lambda item: (item.spans[0][0], item.spans[-1][1]))


def name_records(items: Iterable[Item], prefixes: Mapping[str, str], report: Report) -> dict[str, str]:
    """The id of each item's record: the one typed at it, else a prefix by its kind and a number in text order."""
    ordered = in_text_order(items)
    typed = {item.id: item.notes[ID] for item in ordered if item.notes.get(ID) is not None}
    names: dict[str, str] = {}
    numbers = dict.fromkeys(prefixes.values(), 0)
    for item in ordered:
        given, prefix = typed.get(item.id), prefixes[item.kind]
        if given is not None and not isinstance(given, str):
            report.add("E105", item, ID, "a list or mapping", "a word")
        if isinstance(given, str):
            names[item.id] = given
            continue
        numbers[prefix] += 1
        while f"{prefix}{numbers[prefix]}" in typed.values():
            numbers[prefix] += 1
        names[item.id] = f"{prefix}{numbers[prefix]}"
    return names


def tree_of(item: Item, kind: Kind, names: Mapping[str, str], report: Report) -> dict[str, Any]:
    """What an item says, by field, as plain values; keys that its kind does not know are E103.

    Links to items that are no records are left out: whoever read them has reported them.
    """
    tree: dict[str, Any] = {ID: names[item.id]}
    for one in kind.fields:
        ends = [names[end] for end in item.ends(one.name) if end in names]
        if one.carrier == "words" and one.name in item.words:
            tree[one.name] = [list(span) for span in item.words[one.name]]
        elif one.carrier == "label" and one.name in item.labels:
            tree[one.name] = item.labels[one.name]
        elif one.carrier == "flag" and one.name != WORDLESS and one.name in item.labels:
            tree[one.name] = True
        elif one.carrier == "link" and ends:
            tree[one.name] = ends if one.many else ends[0]
    allowed = [one.name for one in kind.fields if one.may_be_typed]
    for name, value in item.notes.items():
        if name not in allowed:
            meant = closest(name, allowed)
            fix = f'did you mean "{meant}"?' if meant else None
            report.add("E103", item, name, quoted(name), f"one of {', '.join(allowed)}", fix)
        elif name in tree and name != ID:
            report.add("E107", item, name, f"{name} both drawn and typed", "one of the two")
        elif value is not None and name != ID:
            tree[name] = value
    return tree


def own_spans(item: Item) -> list[list[int]]:
    """The spans of the item's own words, none if it stands on others."""
    return [] if WORDLESS in item.labels else [list(span) for span in item.spans]


def convert_record(tree: Mapping[str, Any], record: type[T], item: Item, report: Report) -> T | None:
    """The record that a tree is, or null with all that keeps it from being one."""
    shape = shapes.type_info(record)
    value = _read_scalars(tree, shape)
    problems = explain_shape(value, shape)
    for one in problems:
        if one.code == "E104":
            report.add("E407", item, one.path, f"no {one.path}", one.expected)
        else:
            report.add(one.code, item, one.path, one.found, one.expected, one.fix)
    return None if problems else msgspec.convert(value, record)


def _read_scalars(value: Any, shape: shapes.Type) -> Any:
    """A tree with its words read as the numbers and truths that their types ask for; what is neither stays."""
    if isinstance(shape, shapes.UnionType):
        kinds = [one for one in shape.types if not isinstance(one, shapes.NoneType)]
        return _read_scalars(value, kinds[0]) if len(kinds) == 1 else value
    if isinstance(shape, shapes.StructType) and isinstance(value, Mapping):
        types = {one.encode_name: one.type for one in shape.fields}
        return {key: _read_scalars(item, types[key]) if key in types else item for key, item in value.items()}
    if isinstance(shape, shapes.ListType):
        if isinstance(value, str) and not isinstance(shape.item_type, shapes.StructType):
            value = [part.strip() for part in value.split(",")]
        return [_read_scalars(item, shape.item_type) for item in value] if _is_list(value) else value
    if not isinstance(value, str):
        return value
    if isinstance(shape, shapes.IntType) and _INTEGER.fullmatch(value):
        return int(value)
    return _BOOLEANS.get(value, value) if isinstance(shape, shapes.BoolType) else value


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
