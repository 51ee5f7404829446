"""The configurations of the data set and their features, derived from the record types: the two cannot drift apart."""

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.record import Record
from goldassay.model.stances import StancesRow
from goldassay.model.views import CLASS_LABEL, FullRow, TokensRow

CONFIGS: dict[str, type[Record]] = {
    "full": FullRow,
    "documents": Document,
    "entities": EntitiesRow,
    "stances": StancesRow,
    "numeric_facts": NumericFactsRow,
    "tokens": TokensRow,
}
"""Configuration name and the record that a row is; the first is the default."""

DEFAULT = next(iter(CONFIGS))


def dataset_features(record: type[Record], *, class_labels: bool = True) -> Any:
    """`datasets.Features` of a record type.

    Labels stay strings, but for tags, which are class labels unless told otherwise; offsets are int32; a span is a list
    of exactly two. Needs the extra `hub`.

    >>> from goldassay.model.entities import Mention
    >>> dataset_features(Mention)["level"]
    Value('string')
    >>> dataset_features(TokensRow)["ner_tags"].feature.names[:3]
    ['O', 'B-PERSON', 'I-PERSON']
    """
    from datasets import Features

    return Features(_struct(record, class_labels))


def list_records(record: type[Record]) -> dict[str, type[Record]]:
    """The fields of a row that are lists of records, with the type of those.

    >>> sorted(list_records(EntitiesRow))
    ['entities', 'mentions']
    """
    found = {}
    for field in msgspec.structs.fields(record):
        items = [get_args(part)[0] for part in (field.type, *get_args(field.type)) if get_origin(part) is list]
        if items and isinstance(items[0], type) and issubclass(items[0], Record):
            found[field.name] = items[0]
    return found


def _struct(record: type, class_labels: bool) -> dict[str, Any]:
    return {field.encode_name: _feature(field.type, class_labels) for field in msgspec.structs.fields(record)}


def _feature(type_: Any, class_labels: bool) -> Any:
    from datasets import ClassLabel, List, Value

    origin, args = get_origin(type_), get_args(type_)
    if origin is Annotated:
        names = next(((meta.extra or {}).get(CLASS_LABEL) for meta in args[1:]), None)
        return ClassLabel(names=list(names)) if names and class_labels else _feature(args[0], class_labels)
    if origin in (Union, types.UnionType):
        return _feature(next(part for part in args if part is not types.NoneType), class_labels)
    if origin is Literal:
        return Value("string")
    if origin is list:
        return List(_feature(args[0], class_labels))
    if origin is tuple:
        return List(_feature(args[0], class_labels), length=len(args))
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        return _struct(type_, class_labels)
    return Value({str: "string", bool: "bool", int: "int32"}[type_])
