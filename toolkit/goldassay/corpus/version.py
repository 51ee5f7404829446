"""The release rule: which part of the version a change must raise (Croissant 1.1 on semantic versions of data)."""

import re
from typing import Literal

from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted

Change = Literal["edited", "removed", "added", "packaging"]

PART_TO_RAISE: dict[Change, int] = {"edited": 0, "removed": 0, "added": 1, "packaging": 2}
"""The part of major.minor.patch: old records changed or gone is major, only new ones is minor, none at all is patch."""

_PARTS = ("major", "minor", "patch")
_VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", re.ASCII)


def parse_version(version: str) -> tuple[int, int, int] | None:
    """The three numbers of a version; null if it is none.

    >>> parse_version("1.10.0"), parse_version("1.0")
    ((1, 10, 0), None)
    """
    match = _VERSION.fullmatch(version)
    return None if match is None else (int(match[1]), int(match[2]), int(match[3]))


def plain_number(version: str) -> str:
    """A version without what stands after its numbers.

    >>> plain_number("1.10.0+dirty"), plain_number("1.0.0")
    ('1.10.0', '1.0.0')
    """
    return version.partition("+")[0]


def least_version(old: str, change: Change) -> str:
    """The smallest version that a change of the gold may be released under.

    >>> least_version("1.2.3", "edited"), least_version("1.2.3", "added"), least_version("1.2.3", "packaging")
    ('2.0.0', '1.3.0', '1.2.4')

    Raises:
        ValueError: The old version is none.
    """
    parts = parse_version(old)
    if parts is None:
        raise ValueError(f"{old!r} is no version; versions look like 1.2.3")
    raised = PART_TO_RAISE[change]
    return ".".join(str(n + 1 if place == raised else n if place < raised else 0) for place, n in enumerate(parts))


def check_version(
    old: str, new: str, change: Change, *, example: str | None = None, file: str | None = None
) -> list[Finding]:
    """E605 if the new version is none, or smaller than the change asks for; `example` names a record that asks for it.

    >>> check_version("1.0.0", "1.1.0", "edited")[0].expected
    '"2.0.0" or higher: records were edited, which is a major change'
    """
    needed, given = parse_version(least_version(old, change)), parse_version(new)
    if given is not None and needed is not None and given >= needed:
        return []
    what = "no record was touched" if change == "packaging" else f"records were {change}"
    what += f" ({example})" if example else ""
    part = _PARTS[PART_TO_RAISE[change]]
    expected = f"{quoted(least_version(old, change))} or higher: {what}, which is a {part} change"
    return [finding("E605", found=f"{quoted(new)} after {quoted(old)}", expected=expected, file=file)]
