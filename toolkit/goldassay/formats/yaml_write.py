"""Plain values written as YAML for people: quoted strings, short records in one line, long ones in a block.

The bytes depend on the value alone. Only what the authoring form needs is here: mappings whose keys are plain words,
lists, strings, integers, booleans and null.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Tree: TypeAlias = "str | int | bool | Sequence[Tree] | Mapping[str, Tree] | None"

WIDTH = 110
"""Columns up to which a record may stand in one line."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def quote_string(text: str) -> str:
    r"""A string between double quotes; whatever does not print is escaped, so that nothing is lost on the way back.

    >>> print(quote_string('“soft”\u00a0"hard"\n'))
    "“soft”\xa0\"hard\"\n"
    """
    return '"' + "".join(_ESCAPES.get(char) or (char if char.isprintable() else _escape(char)) for char in text) + '"'


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def flow(tree: Tree) -> str:
    """A value in one line.

    >>> flow({"id": "p1", "about": ["e1", "e2"], "inferred": True})
    '{id: "p1", about: ["e1", "e2"], inferred: true}'
    """
    if isinstance(tree, str):
        return quote_string(tree)
    if isinstance(tree, Mapping):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, Sequence):
        return "[" + ", ".join(flow(value) for value in tree) + "]"
    return "null" if tree is None else str(tree).lower()


def block(tree: Mapping[str, Tree] | Sequence[Tree], indent: int = 0) -> Iterator[str]:
    r"""The lines of a mapping or list that is written as a block.

    >>> print("\n".join(block({"doc": "d1", "times": [{"id": "t1", "spans": "Friday"}]})))
    doc: "d1"
    times:
      - {id: "t1", spans: "Friday"}
    """
    pad = " " * indent
    for key, value in tree.items() if isinstance(tree, Mapping) else ((None, value) for value in tree):
        mark = f"{pad}- " if key is None else f"{pad}{key}: "
        if isinstance(value, (str, int)) or value is None or _is_short(value, WIDTH - len(mark)):
            yield mark + flow(value)
        elif key is not None:
            yield mark.rstrip()
            yield from block(value, indent + 2)
        else:
            lines = block(value, indent + 2)
            yield mark + next(lines)[indent + 2 :]
            yield from lines


def _is_short(tree: Mapping[str, Tree] | Sequence[Tree], room: int) -> bool:
    """Whether a record or list stands in one line: it fits, and holds no list of records."""
    if not tree:
        return True
    inner = tree.values() if isinstance(tree, Mapping) else ()
    lists = [tree, *inner] if isinstance(tree, Sequence) else [*inner]
    if any(isinstance(one, Sequence) and any(isinstance(item, Mapping) for item in one) for one in lists):
        return False
    return len(flow(tree)) <= room
