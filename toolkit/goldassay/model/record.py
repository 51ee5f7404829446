"""What all records share: frozen structs that know no unknown keys, ids, spans and the text of a span."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

Offset = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Span = tuple[Offset, Offset]
"""Half-open `[start, end)` in Unicode code points of the raw text."""

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every typed record: immutable; an unknown key is an error, never ignored."""


def spans_text(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The surface of a span: its fragments joined by one space.

    >>> spans_text("North and South Ruritania", [(0, 5), (16, 25)])
    'North Ruritania'
    """
    return " ".join(text[start:end] for start, end in spans)
