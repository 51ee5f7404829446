"""Lines given as Python objects, as the JSONL file that they would be."""

import json
import os
from collections.abc import Iterable, Mapping
from io import TextIOBase
from typing import BinaryIO, TypeAlias

from goldassay.errors import UsageError
from goldassay.model.printable import printable

Lines: TypeAlias = str | os.PathLike[str] | BinaryIO | Iterable[Mapping[str, object]]
"""What functions take lines from: a path, an open binary stream, or a list of dicts, one a line."""

ACCEPTED = "a path, a stream opened in binary mode, or a list of dicts, one a line of JSONL"


def encode_objects(lines: object) -> bytes:
    r"""The bytes of the JSONL file that a list of dicts would be.

    Raises:
        UsageError: It is no list of dicts, or holds what JSON cannot say.

    >>> encode_objects([{"doc_id": "d1", "mentions": []}])
    b'{"doc_id": "d1", "mentions": []}\n'
    >>> encode_objects({"doc_id": "d1"})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    goldassay.errors.UsageError: found a dict, expected a path, a stream opened in binary mode, or a list of dicts, ...
    """
    if isinstance(lines, TextIOBase):
        raise UsageError(f"found a stream opened in text mode, expected {ACCEPTED}")
    if isinstance(lines, (str, bytes, bytearray, Mapping)) or not isinstance(lines, Iterable):
        raise UsageError(f"found {_a(lines)}, expected {ACCEPTED}")
    return b"".join(_encode(line, place) for place, line in enumerate(lines, start=1))


def _encode(line: object, place: int) -> bytes:
    if not isinstance(line, Mapping):
        raise UsageError(f"line {place}: found {_a(line)}, expected a dict")
    try:
        return json.dumps(dict(line), default=_plain_number).encode() + b"\n"
    except (TypeError, ValueError, RecursionError) as error:
        raise UsageError(f"line {place}: not to be written as JSON ({printable(str(error), 200)})") from None


def _plain_number(value: object) -> object:
    r"""A number of NumPy, as models and data frames give them, as one of Python.

    >>> import numpy as np
    >>> encode_objects([{"start": np.int64(7), "score": np.float32(0.5)}])
    b'{"start": 7, "score": 0.5}\n'
    """
    item = getattr(value, "item", None)
    if callable(item) and getattr(value, "shape", None) == ():
        return item()
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _a(value: object) -> str:
    """The kind of a value with its article.

    >>> _a(None), _a([]), _a(1)
    ('None', 'a list', 'an int')
    """
    name = type(value).__name__
    return "None" if value is None else f"{'an' if name[0].lower() in 'aeio' else 'a'} {name}"
