"""One JSON text read strictly: every reason to refuse it is named, and repeated keys are kept in sight."""

import json
from typing import NamedTuple

from goldassay.model.printable import printable

BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "a UTF-8 byte order mark",
    b"\xff\xfe": "a UTF-16 byte order mark",
    b"\xfe\xff": "a UTF-16 byte order mark",
}
_LITERALS = ("true", "false", "null", "-", "\\u")


class Problem(NamedTuple):
    """One thing wrong with a value: its path inside the line, a finding code, and the words of the finding."""

    path: str
    code: str
    found: str
    expected: str
    fix: str | None = None


class RepeatedKeys(dict[str, object]):
    """A JSON object in which keys stood more than once; `repeated` names them, the last value of each is kept."""

    repeated: tuple[str, ...] = ()


def parse_json(line: bytes) -> tuple[object, Problem | None]:
    """The value of one line, or None with the problem that makes it no JSON.

    An object with repeated keys becomes a `RepeatedKeys`; NaN, Infinity and numbers too large become non-finite floats.

    >>> parse_json(b'{"a": [1, 2}')[1]
    Problem(path='', code='E102', found="column 12: Expecting ',' delimiter", expected='JSON', fix=None)
    """
    marks = [name for mark, name in BYTE_ORDER_MARKS.items() if line.startswith(mark)]
    if marks:
        fix = "save the file as UTF-8 without a byte order mark"
        return None, Problem("", "E101", marks[0], "UTF-8 that starts without one", fix)
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"byte 0x{line[error.start]:02x} at position {error.start} of the line ({error.reason})"
        return None, Problem("", "E101", found, "UTF-8")
    try:
        value: object = json.loads(text, object_pairs_hook=_collect_members, parse_int=_parse_integer)
    except json.JSONDecodeError as error:
        return None, _syntax_problem(text, error)
    except RecursionError:
        return None, Problem("", "E102", "lists or objects nested absurdly deep", "a record", "flatten the line")
    return value, None


def _collect_members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    marked = RepeatedKeys(members)
    names = [name for name, _ in pairs]
    marked.repeated = tuple(name for name in members if names.count(name) > 1)
    return marked


def _parse_integer(digits: str) -> int | float:
    # Python refuses to read integers of thousands of digits; to us they are out of range like 1e999.
    try:
        return int(digits)
    except ValueError:
        return float("-inf") if digits.startswith("-") else float("inf")


def _syntax_problem(text: str, error: json.JSONDecodeError) -> Problem:
    where = f"column {error.pos + 1}: {printable(error.msg)}"
    rest = text[error.pos :].strip()
    cut_off = (
        not rest or error.msg.startswith("Unterminated string") or any(word.startswith(rest) for word in _LITERALS)
    )
    if cut_off and text.lstrip()[:1] in ("{", "["):
        return Problem("", "E102", f"a line that breaks off ({where})", "a whole JSON object", "write the line again")
    return Problem("", "E102", where, "JSON")
