"""Findings for people, programs and GitHub: sorted, so that the same findings always give the same bytes."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

import msgspec

from goldassay.model.finding import CODES, Finding, Severity, Where
from goldassay.model.printable import printable

Format = Literal["text", "json", "github"]

_NO_FILE = "(no file)"
_LIMIT = 2000
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render_findings(
    findings: Iterable[Finding],
    format: Format = "text",  # noqa: A002 - the option's name
    *,
    every: bool = False,
    rest: str = "",
) -> str:
    r"""Findings as text (grouped by file), as a JSON list, or as workflow commands that GitHub shows at the line.

    Control characters and terminal escapes never pass. Every rendering ends with a line feed.

    Args:
        findings: In any order.
        format: Text is for people and shows the first 10 of each code, 50 in all; the others show every finding.
        every: Show every finding in text, too.
        rest: Where those can be seen that are only counted.

    >>> from goldassay.model.finding import finding
    >>> bad = finding("E202", found="end 512", expected="at most 498", file="p.jsonl", line=17, doc_id="d1")
    >>> print(render_findings([bad]), end="")
    p.jsonl
      17  E202  d1: span outside the text: found end 512, expected at most 498; count code points from 0, end exclusive
    1 error
    """
    ordered = sorted((_printable(item) for item in findings), key=sort_key)
    if format == "json":
        return json.dumps(msgspec.to_builtins(ordered), ensure_ascii=False, indent=1) + "\n"
    if format == "github":
        return "".join(f"{_workflow_command(item)}\n" for item in ordered)
    return _render_text(ordered, ordered if every else select_first(ordered), rest)


def select_first(findings: Sequence[Finding], each: int = 10, most: int = 50) -> list[Finding]:
    """The first findings of each code, in their order: at most `each` of a code and `most` in all.

    Where `most` is too few, the first of every code comes before a second one, and errors before warnings.
    """
    seen: Counter[str] = Counter()
    places = []
    for place, item in enumerate(findings):
        if seen[item.code] < each:
            places.append((seen[item.code] > 0, _SEVERITIES.index(item.severity), place))
        seen[item.code] += 1
    return [findings[place] for place in sorted(place for _, _, place in sorted(places)[:most])]


def sort_key(item: Finding) -> tuple[object, ...]:
    """By file, line, document, field with its numbers in order, then code and words."""
    where = item.where
    steps = [(int(step), "") if step.isdigit() else (-1, step) for step in re.split(r"([0-9]+)", where.field or "")]
    return (
        where.file or "",
        where.line or 0,
        where.doc_id or "",
        steps,
        item.code,
        item.found,
        item.expected,
        item.fix,
    )


def summarize(findings: Sequence[Finding]) -> str:
    """How many findings of each severity, in words.

    >>> summarize([])
    'no findings'
    """
    counts = {severity: sum(item.severity == severity for item in findings) for severity in _SEVERITIES}
    words = [f"{n} {name}{'s' if n > 1 and name != 'info' else ''}" for name, n in counts.items() if n]
    return ", ".join(words) or "no findings"


def _printable(item: Finding) -> Finding:
    where = Where(
        file=None if item.where.file is None else printable(item.where.file, _LIMIT),
        line=item.where.line,
        doc_id=None if item.where.doc_id is None else printable(item.where.doc_id, _LIMIT),
        field=None if item.where.field is None else printable(item.where.field, _LIMIT),
    )
    found, expected, fix = (printable(words, _LIMIT) for words in (item.found, item.expected, item.fix))
    return msgspec.structs.replace(item, where=where, found=found, expected=expected, fix=fix)


def _message(item: Finding) -> str:
    place = " ".join(part for part in (item.where.doc_id, item.where.field) if part)
    title = CODES[item.code].title if item.code in CODES else "finding"
    words = f"{title}: found {item.found}, expected {item.expected}; {item.fix}"
    return f"{place}: {words}" if place else words


def _render_text(findings: Sequence[Finding], shown: Sequence[Finding], rest: str) -> str:
    lines = []
    for file, group in groupby(shown, key=lambda item: item.where.file or _NO_FILE):
        items = list(group)
        width = max(len(str(item.where.line or "")) for item in items)
        lines.append(file)
        for item in items:
            number = str(item.where.line or "").rjust(width)
            mark = "" if item.severity == "error" else f" {item.severity}"
            lines.append(f"  {number}  {item.code}{mark}  {_message(item)}")
    left = Counter(item.code for item in findings) - Counter(item.code for item in shown)
    if left:
        codes = ", ".join(f"{count} {code}" for code, count in sorted(left.items()))
        lines.append(f"{left.total()} more like these ({codes}){f'; {rest}' if rest else ''}")
    return "\n".join([*lines, summarize(findings)]) + "\n"


def _workflow_command(item: Finding) -> str:
    return workflow_command(
        _COMMANDS[item.severity],
        _message(item),
        file=item.where.file,
        line=item.where.line,
        title=f"{item.code} {_title(item)}",
    )


def workflow_command(command: str, message: str, **properties: str | int | None) -> str:
    """A line that GitHub shows as an annotation: `error`, `warning` or `notice`, its properties and its words, escaped.

    >>> workflow_command("error", "50 % lost", title="gate: entities", line=None)
    '::error title=gate%3A entities::50 %25 lost'
    """
    given = ",".join(
        f"{name}={_escape_property(str(value))}" for name, value in properties.items() if value is not None
    )
    return f"::{command} {given}::{_escape_data(message)}"


def _title(item: Finding) -> str:
    return CODES[item.code].title if item.code in CODES else "finding"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
