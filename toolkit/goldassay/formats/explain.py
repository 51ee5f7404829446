"""Everything that keeps a JSON value from being a record, by a walk over the record's type.

A typed decoder stops at the first error of a line. This walk runs only on lines it refused, and finds all the others.
"""

import math
import re
from collections.abc import Iterator
from typing import Any

from msgspec import inspect as shapes

from goldassay.formats.explain_values import (
    check_label,
    check_number,
    check_string,
    closest,
    describe_type,
    fits,
    wrong_type,
)
from goldassay.formats.strict_json import Problem, RepeatedKeys
from goldassay.model.printable import printable, quoted

HABITS = {
    "label": "type",
    "category": "type",
    "cluster_id": "cluster",
    "document_id": "doc_id",
    "docid": "doc_id",
    "offsets": "spans",
    "facts": "numeric_facts",
    "numerics": "numeric_facts",
    "sentiment": "polarity",
}
"""Names that other schemes use, and ours for the same thing; asked before spelling is."""

_PLACES = frozenset({"start", "end", "spans", "offsets", "text", "nth"})
_AN_ENTITY = re.compile(r"entities\[[0-9]+\]")


def explain(value: object, record: Any) -> list[Problem]:
    """All problems that keep a decoded JSON value from being a `record`; none if it is one.

    Args:
        value: what `parse_json` or `json.loads` returns.
        record: a msgspec Struct type, or any other type that msgspec can decode.

    >>> from goldassay.model.stances import Target
    >>> explain({"kind": "entitty", "id": 3}, Target)[0].fix
    'did you mean "entity"?'
    """
    return explain_shape(value, shapes.type_info(record))


def explain_shape(value: object, shape: shapes.Type) -> list[Problem]:
    """`explain` for a type that was inspected before, so that a file's type is inspected once."""
    return list(_walk(value, shape, ""))


def _walk(value: object, shape: shapes.Type, path: str) -> Iterator[Problem]:
    if isinstance(value, float) and not math.isfinite(value):
        found = "NaN" if math.isnan(value) else "Infinity or a number beyond 1.8e308"
        yield Problem(path, "E108", found, "a finite number")
    elif isinstance(value, str) and (lone := _lone_surrogate(value)) is not None:
        found = f"the lone surrogate \\u{ord(value[lone]):04x} at character {lone}"
        yield Problem(path, "E101", found, "whole characters", "write the character itself or both halves of its pair")
    elif isinstance(shape, shapes.UnionType):
        yield from _walk_union(value, shape, path)
    elif isinstance(shape, shapes.Metadata):
        yield from _walk(value, shape.type, path)
    elif isinstance(shape, shapes.AnyType):
        yield from _walk_untyped(value, path)
    elif isinstance(shape, shapes.LiteralType):
        yield from check_label(value, shape, path)
    elif fits(value, shape):
        yield from _walk_fitting(value, shape, path)
    else:
        yield wrong_type(value, shape, path)


def _walk_fitting(value: object, shape: shapes.Type, path: str) -> Iterator[Problem]:
    if isinstance(value, dict):
        yield from _walk_members(value, shape, path)
    elif isinstance(value, list):
        yield from _walk_items(value, shape, path)
    elif isinstance(value, str):
        yield from check_string(value, shape, path)
    elif isinstance(value, (int, float)):
        yield from check_number(value, shape, path)


def _lone_surrogate(text: str) -> int | None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return None


def _walk_union(value: object, shape: shapes.UnionType, path: str) -> Iterator[Problem]:
    # The members of a union differ in their JSON kind, so at most one of them can have been meant.
    labels = [one for one in shape.types if isinstance(one, shapes.LiteralType)]
    fitting = [one for one in shape.types if not isinstance(one, shapes.LiteralType) and fits(value, one)]
    if fitting:
        yield from _walk(value, fitting[0], path)
    elif labels and isinstance(value, (str, int)) and not isinstance(value, bool):
        yield from check_label(value, labels[0], path)
    else:
        yield wrong_type(value, shape, path)


def _walk_untyped(value: object, path: str) -> Iterator[Problem]:
    if isinstance(value, dict):
        yield from _repeated_keys(value, path)
        for name, member in value.items():
            yield from _walk(member, shapes.AnyType(), _join(path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, shapes.AnyType(), f"{path}[{index}]")


def _walk_members(value: dict[str, object], shape: shapes.Type, path: str) -> Iterator[Problem]:
    yield from _repeated_keys(value, path)
    if isinstance(shape, shapes.DictType):
        for name, member in value.items():
            yield from _walk(member, shape.value_type, _join(path, name))
    elif isinstance(shape, shapes.StructType):
        yield from _walk_fields(value, shape, path)


def _walk_fields(value: dict[str, object], shape: shapes.StructType, path: str) -> Iterator[Problem]:
    fields = {field.encode_name: field for field in shape.fields}
    absent = [name for name in fields if name not in value]
    missing = [name for name in absent if fields[name].required]
    for name, member in value.items():
        if name in fields:
            yield from _walk(member, fields[name].type, _join(path, name))
        elif shape.forbid_unknown_fields:
            meant = HABITS[name] if HABITS.get(name) in absent else closest(name, absent)
            # A misspelt key is one mistake, not an unknown and a missing key.
            missing = [other for other in missing if other != meant]
            fix = f'did you mean "{meant}"?' if meant else None
            if name in _PLACES and _AN_ENTITY.fullmatch(path):
                fix = 'an entity has no place: list what stands in the text under "mentions"'
            yield Problem(_join(path, name), "E103", quoted(name), f"one of {', '.join(fields)}", fix)
    for name in missing:
        yield Problem(_join(path, name), "E104", f'no key "{name}"', describe_type(fields[name].type))


def _repeated_keys(value: dict[str, object], path: str) -> Iterator[Problem]:
    if isinstance(value, RepeatedKeys):
        for name in value.repeated:
            yield Problem(_join(path, name), "E107", f"{quoted(name)} more than once", "each key once in an object")


def _walk_items(value: list[object], shape: shapes.Type, path: str) -> Iterator[Problem]:
    if isinstance(shape, shapes.TupleType):
        if len(value) != len(shape.item_types):
            yield Problem(path, "E105", f"a list of {len(value)}", describe_type(shape))
            return
        item_shapes = shape.item_types
    elif isinstance(shape, (shapes.ListType, shapes.VarTupleType)):
        least, most = shape.min_length or 0, shape.max_length
        if len(value) < least or (most is not None and len(value) > most):
            yield Problem(path, "E105", f"a list of {len(value)}", f"{least} to {most or 'any number of'} items")
        item_shapes = (shape.item_type,) * len(value)
    else:
        return
    for index, (item, item_shape) in enumerate(zip(value, item_shapes, strict=True)):
        yield from _walk(item, item_shape, f"{path}[{index}]")


def _join(path: str, name: str) -> str:
    return f"{path}.{printable(name)}" if path else printable(name)
