"""The signature: one line from which a stranger can repeat the number."""

from collections.abc import Mapping
from hashlib import sha256


def format_signature(layers: str, parts: Mapping[str, str]) -> str:
    """`goldassay:layers|key:value|…`, keys in the given order.

    >>> format_signature("entities", {"data": "0.1.0", "split": "validation"})
    'goldassay:entities|data:0.1.0|split:validation'
    """
    return "|".join((f"goldassay:{layers}", *(f"{key}:{value}" for key, value in parts.items())))


def short_signature(signature: str) -> str:
    """Eight hexadecimal digits that stand for a signature in tables.

    >>> short_signature("goldassay:entities|data:0.1.0")
    '13ef919f'
    """
    return sha256(signature.encode()).hexdigest()[:8]
