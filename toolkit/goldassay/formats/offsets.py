"""Which unit a system counted its offsets in, told from the surfaces it gave, and the way back to code points.

Units of counting: code points, `utf-16` (JavaScript, Java, .NET), `bytes` (UTF-8), `crlf` (every line end counted as
two characters). On top of any of them the end may be inclusive and all offsets may be shifted by a constant. A name
such as `utf-16, inclusive end` or `shifted by +1` says all of it; `convert_offsets` reads it back.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from goldassay.model.record import Span, spans_text

Located = tuple[Sequence[tuple[int, int]], str]
"""Spans as a system gave them, and the surface it gave with them."""

_CODE_POINTS = "code points"
_UNITS = (_CODE_POINTS, "utf-16", "bytes", "crlf")
_INCLUSIVE = "inclusive end"
_SHIFTED = "shifted by "
_NEAR = 1
"""A shift by so little is believed from a single item; a larger one must be seen in two places."""


@dataclass(frozen=True, slots=True)
class _Unit:
    base: str = _CODE_POINTS
    inclusive: bool = False
    shift: int = 0

    @property
    def name(self) -> str:
        parts = [
            self.base if self.base != _CODE_POINTS else "",
            _INCLUSIVE if self.inclusive else "",
            f"{_SHIFTED}{self.shift:+d}" if self.shift else "",
        ]
        return ", ".join(part for part in parts if part) or _CODE_POINTS


def diagnose_offsets(text: str, items: Sequence[Located]) -> str | None:
    """Name the unit that makes all surfaces right which differ from the text at their offsets.

    Null where no surface differs, or where no one unit explains all that do. The simplest unit wins: no shift before
    any, an exclusive end before an inclusive one, code points before UTF-16, bytes and CRLF, a small shift before a
    large one. `shifted by +3` means that the offsets given are 3 too large.

    >>> diagnose_offsets("🚀 Kyiv and Oslo", [([(3, 7)], "Kyiv"), ([(12, 16)], "Oslo")])
    'utf-16'
    >>> diagnose_offsets("Kyiv and Oslo", [([(0, 3)], "Kyiv"), ([(9, 12)], "Oslo")])
    'inclusive end'
    """
    wrong = [(spans, surface) for spans, surface in items if spans and not _agrees(text, spans, surface)]
    if not wrong:
        return None
    prefixes = {base: _prefix(text, base) for base in _UNITS}
    for unit in _candidates(text, wrong, prefixes):
        if all(_agrees(text, _convert(prefixes[unit.base], spans, unit), surface) for spans, surface in wrong):
            return unit.name
    return None


def convert_offsets(text: str, spans: Iterable[tuple[int, int]], unit: str) -> tuple[Span, ...] | None:
    """Spans counted in `unit`, a name as `diagnose_offsets` gives it, as half-open spans of code points.

    Null where an offset lies outside the text, inside a character (half a surrogate pair, the middle of a byte
    sequence), or where a span would be empty.

    >>> convert_offsets("🚀 Kyiv", [(3, 7)], "utf-16"), convert_offsets("🚀 Kyiv", [(1, 7)], "utf-16")
    (((2, 6),), None)

    Raises:
        ValueError: There is no such unit.
    """
    parsed = _parse(unit)
    return _convert(_prefix(text, parsed.base), spans, parsed)


def _parse(name: str) -> _Unit:
    unit = _Unit()
    for part in name.split(", "):
        if part in _UNITS:
            unit = _Unit(part, unit.inclusive, unit.shift)
        elif part == _INCLUSIVE:
            unit = _Unit(unit.base, True, unit.shift)
        elif part.startswith(_SHIFTED):
            unit = _Unit(unit.base, unit.inclusive, int(part.removeprefix(_SHIFTED)))
        else:
            raise ValueError(f"no offset unit {name!r}; units are {', '.join(_UNITS)}, {_INCLUSIVE}, {_SHIFTED}<n>")
    return unit


def _width(character: str, base: str) -> int:
    code = ord(character)
    if base == "utf-16":
        return 1 + (code > 0xFFFF)
    if base == "bytes":
        return 1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF)
    return 1 + (base == "crlf" and character == "\n")


def _prefix(text: str, base: str) -> Sequence[int]:
    """The offset of each code point in the unit, and one entry for the end of the text."""
    if base == _CODE_POINTS:
        return range(len(text) + 1)
    return list(accumulate((_width(character, base) for character in text), initial=0))


def _index(prefix: Sequence[int], offset: int) -> int | None:
    place = bisect_left(prefix, offset)
    return place if place < len(prefix) and prefix[place] == offset else None


def _convert(prefix: Sequence[int], spans: Iterable[tuple[int, int]], unit: _Unit) -> tuple[Span, ...] | None:
    converted: list[Span] = []
    for start, end in spans:
        first = _index(prefix, start - unit.shift)
        last = _index(prefix, end - unit.shift + unit.inclusive)
        if first is None or last is None or first >= last:
            return None
        converted.append((first, last))
    return tuple(converted)


def _agrees(text: str, spans: Sequence[tuple[int, int]] | None, surface: str) -> bool:
    inside = spans is not None and all(0 <= start < end <= len(text) for start, end in spans)
    return inside and spans_text(text, spans or ()) == surface


def _candidates(text: str, wrong: Sequence[Located], prefixes: dict[str, Sequence[int]]) -> Iterator[_Unit]:
    plain = [_Unit(base, inclusive) for inclusive in (False, True) for base in _UNITS]
    yield from plain
    single = [(spans[0], surface) for spans, surface in wrong if len(spans) == 1 and surface]
    if not single:
        return
    places = {span[0] for span, _ in single}
    (start, _), surface = min(single)
    shifted = [
        _Unit(unit.base, unit.inclusive, shift)
        for unit in plain
        for shift in (start - prefixes[unit.base][place] for place in _occurrences(text, surface))
        if shift and (abs(shift) <= _NEAR or len(places) > 1)
    ]
    yield from sorted(
        shifted, key=lambda unit: (plain.index(_Unit(unit.base, unit.inclusive)), abs(unit.shift), unit.shift)
    )


def _occurrences(text: str, surface: str) -> Iterator[int]:
    place = text.find(surface)
    while place >= 0:
        yield place
        place = text.find(surface, place + 1)
