"""Features of each configuration, derived from the record types, so that rows and types cannot drift apart."""

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.record import Record
from goldassay.model.stances import StancesRow

CONFIGS: dict[str, type[Record]] = {
    "documents": Document,
    "entities": EntitiesRow,
    "stances": StancesRow,
    "numeric_facts": NumericFactsRow,
}
"""Configuration name and the record that a row is."""


def dataset_features(record: type[Record]) -> Any:
    """`datasets.Features` of a record type.

    Labels stay strings; offsets are int32; a span is a list of exactly two. Needs the extra `hub`.

    >>> from goldassay.model.entities import Mention
    >>> dataset_features(Mention)["level"]
    Value('string')
    """
    from datasets import Features

    return Features(_struct(record))


def _struct(record: type) -> dict[str, Any]:
    return {field.encode_name: _feature(field.type) for field in msgspec.structs.fields(record)}


def _feature(type_: Any) -> Any:
    from datasets import List, Value

    origin, args = get_origin(type_), get_args(type_)
    if origin is Annotated:
        return _feature(args[0])
    if origin in (Union, types.UnionType):
        return _feature(next(part for part in args if part is not types.NoneType))
    if origin is Literal:
        return Value("string")
    if origin is list:
        return List(_feature(args[0]))
    if origin is tuple:
        return List(_feature(args[0]), length=len(args))
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        return _struct(type_)
    return Value({str: "string", bool: "bool", int: "int32"}[type_])
