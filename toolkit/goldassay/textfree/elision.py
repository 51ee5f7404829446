"""Records without the words of the text, and with them again.

Surfaces (a `text` beside `spans`) become null: the spans give them. In every other string a run of five or more words
that stands in the text is replaced by its offsets, whoever wrote it down. Shorter strings stay: names, lemmas, labels.
"""

import re
from collections.abc import Sequence
from typing import Any

from goldassay.model.record import spans_text

RUN = 5
PARTS = "parts"
"""The key of a string that was taken apart: a list of strings and of `[start, end]` in the text."""

_WORD = re.compile(r"\w+")

Part = str | list[int]


class TextWords:
    """The words of a text, and where each run of five of them begins first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [match.span() for match in _WORD.finditer(text)]
        self.folded = [text[start:end].casefold() for start, end in self.spans]
        self.runs: dict[tuple[str, ...], int] = {}
        for place in range(len(self.folded) - RUN + 1):
            self.runs.setdefault(tuple(self.folded[place : place + RUN]), place)


def strip_words(value: Any, words: TextWords) -> Any:
    """A plain value (dictionaries, lists, strings …) without surfaces and without quotations.

    Raises:
        ValueError: A surface is not what its spans give.

    >>> words = TextWords("Zenda said it would never give up the two bridges.")
    >>> strip_words({"spans": [[0, 5]], "text": "Zenda", "note": "it would never give up: a refusal"}, words)
    {'spans': [[0, 5]], 'text': None, 'note': {'parts': [[11, 33], ': a refusal']}}
    """
    if isinstance(value, dict):
        kept = dict(value)
        if "spans" in kept and isinstance(kept.get("text"), str):
            if kept["text"] != spans_text(words.text, kept["spans"]):
                raise ValueError(f"surface {kept['text']!r} at {kept['spans']}")
            kept["text"] = None
        return {key: strip_words(inner, words) for key, inner in kept.items()}
    if isinstance(value, list | tuple):
        return [strip_words(inner, words) for inner in value]
    if isinstance(value, str):
        parts = _take_apart(value, words)
        return value if all(isinstance(part, str) for part in parts) else {PARTS: parts}
    return value


def restore_words(value: Any, text: str) -> Any:
    """The value as it was before `strip_words`.

    Raises:
        ValueError: It is not of the form that `strip_words` gives.

    >>> restore_words({"spans": [[0, 5]], "text": None, "note": {"parts": [[0, 5], "!"]}}, "Zenda fell.")
    {'spans': [[0, 5]], 'text': 'Zenda', 'note': 'Zenda!'}
    """
    if isinstance(value, dict):
        if value.keys() == {PARTS}:
            return "".join(_part(part, text) for part in value[PARTS])
        inner = {key: restore_words(one, text) for key, one in value.items()}
        if "spans" in inner and inner.get("text", "") is None:
            inner["text"] = spans_text(text, inner["spans"])
        return inner
    if isinstance(value, list):
        return [restore_words(one, text) for one in value]
    return value


def _part(part: Any, text: str) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, list) and len(part) == 2 and all(isinstance(place, int) for place in part):
        start, end = part
        if 0 <= start < end <= len(text):
            return text[start:end]
    raise ValueError(f"part {part!r}, which is neither a string nor offsets of the text")


def _take_apart(string: str, words: TextWords) -> list[Part]:
    own = [match.span() for match in _WORD.finditer(string)]
    folded = [string[start:end].casefold() for start, end in own]
    parts: list[Part] = []
    done, place = 0, 0
    while place <= len(own) - RUN:
        first = words.runs.get(tuple(folded[place : place + RUN]))
        if first is None:
            place += 1
            continue
        size = RUN
        while folded[place + size : place + size + 1] == words.folded[first + size : first + size + 1] != []:
            size += 1
        parts.append(string[done : own[place][0]])
        parts += _refer(string, own[place : place + size], words.text, words.spans[first : first + size])
        done = own[place + size - 1][1]
        place += size
    return [part for part in [*parts, string[done:]] if part]


def _refer(string: str, own: Sequence[tuple[int, int]], text: str, there: Sequence[tuple[int, int]]) -> list[Part]:
    """A run of words as offsets, as few as can be; a word that the text writes otherwise stays, and so do its marks."""
    parts: list[Part] = []
    for place, ((start, end), (first, last)) in enumerate(zip(own, there, strict=True)):
        same = string[start:end] == text[first:last]
        if place:
            between = string[own[place - 1][1] : start]
            before = parts[-1]
            if same and isinstance(before, list) and text[before[1] : first] == between:
                before[1] = last
                continue
            parts.append(between)
        parts.append([first, last] if same else string[start:end])
    return parts
