"""Fields as people read and write them: spans as quotes with their place, and whether a decided value is in the gold.

A fragment is shown as `quote@start-end`; in a decided value it may also be the bare quote or a pair of offsets.
"""

import json
import re
from typing import Any

from goldassay.model.printable import printable
from goldassay.slots.fields import UNORDERED, is_span_field, sort_key

_PLACED = re.compile(r"(.*)@(\d+)-(\d+)", re.DOTALL)
_LEFT_OUT: tuple[Any, ...] = (None, [], False)


def show(name: str, value: Any, text: str) -> Any:
    """A field's value with quotes for spans.

    >>> show("cue_spans", [[5, 9]], "Anna said no"), show("grade", -1, "")
    (['said@5-9'], -1)
    """
    if is_span_field(name):
        return [f"{text[start:end]}@{start}-{end}" for start, end in value]
    if isinstance(value, dict):
        return {key: show(key, item, text) for key, item in value.items()}
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [show("", item, text) for item in value]
    return value


def says(decided: Any, name: str, value: Any, text: str) -> bool:
    """Whether a field has the decided value.

    Inside objects, what is left out counts as empty, false or an inclusive bound; lists whose order says nothing are
    compared as sets.

    >>> text = "Anna said no"
    >>> [says(decided, "cue_spans", [[5, 9]], text) for decided in ("said", ["said@5-9"], [[5, 9]], ["said@0-4"])]
    [True, True, True, False]
    >>> says({"lo": "3", "hi": "3"}, "value", {"lo": "3", "hi": "3", "lo_inc": True, "hi_inc": True}, text)
    True
    """
    if is_span_field(name):
        items = decided if isinstance(decided, list) else [decided]
        return len(items) == len(value) and all(map(lambda one, span: _is_fragment(one, span, text), items, value))
    if isinstance(value, dict) and isinstance(decided, dict):
        extra = [key for key in decided if key not in value]
        return not extra and all(_has(decided, key, item, text) for key, item in value.items())
    if isinstance(value, list) and isinstance(decided, list):
        if len(value) != len(decided):
            return False
        if name in UNORDERED and not any(isinstance(item, dict) for item in value):
            return sorted(decided, key=sort_key) == value
        if name in UNORDERED:
            return all(any(says(one, "", item, text) for one in decided) for item in value)
        return all(says(one, "", item, text) for one, item in zip(decided, value, strict=True))
    return type(decided) is type(value) and bool(decided == value)


def _has(decided: dict[str, Any], key: str, value: Any, text: str) -> bool:
    if key in decided:
        return says(decided[key], key, value, text)
    return value is True if key.endswith("_inc") else value in _LEFT_OUT


def _is_fragment(decided: Any, span: list[int], text: str) -> bool:
    start, end = span
    if isinstance(decided, list):
        return decided == span
    if not isinstance(decided, str):
        return False
    placed = _PLACED.fullmatch(decided)
    if placed is not None and placed[1] == text[start:end]:
        return [int(placed[2]), int(placed[3])] == span
    return decided == text[start:end]


def shorten(value: Any, limit: int = 120) -> str:
    """A value on one line, as compact JSON without quotation marks around a lone string."""
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return printable(words, limit)
