"""The changes between two states of the gold, for a terminal, as Markdown and as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from goldassay.corpus.layout import DOCUMENTS
from goldassay.corpus.release_diff import RecordChange, count_changes, needed_change
from goldassay.corpus.version import PART_TO_RAISE
from goldassay.model.printable import printable, quoted
from goldassay.report.markdown import escape

PARTS = ("major", "minor", "patch")
CHANGES = ("added", "removed", "edited", "moved")
HEADINGS = ("layer", "records", *CHANGES)
"""`moved` counts lists whose records have another order."""

VALUE = 60
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class GoldDiff:
    """Two states of the gold and the changes from the older to the newer."""

    older: str
    newer: str
    changes: Sequence[RecordChange]

    @property
    def part(self) -> str:
        """Which part of the version these changes raise: major, minor or patch."""
        return PARTS[PART_TO_RAISE[needed_change(self.changes)[0]]]

    @property
    def annotations_differ(self) -> bool:
        """Whether any record is another one, order and the fields of documents beside their text left aside."""
        return any(
            one.change != "moved"
            and (one.layer != DOCUMENTS or one.change != "edited" or one.before.get("text") != one.after.get("text"))
            for one in self.changes
        )


def summary_line(diff: GoldDiff) -> str:
    """What a release with these changes has to be, and why."""
    change, example = needed_change(diff.changes)
    if example is None:
        return f"No record changed; a {diff.part} release."
    n = sum(one.change == change for one in diff.changes)
    first = f", first {example.place}" if n > 1 else f": {example.place}"
    return f"{n} record{'s' if n > 1 else ''} {change}{first}; a {diff.part} release."


def count_rows(diff: GoldDiff) -> list[list[str]]:
    """Cells as in `HEADINGS`, one row a layer and kind."""
    return [
        [layer, kind, *(str(counts.get(change, 0)) for change in CHANGES)]
        for (layer, kind), counts in count_changes(diff.changes).items()
    ]


def describe_change(change: RecordChange) -> Iterator[str]:
    """What became of a record, in lines that are safe to show: one a field that was edited.

    >>> edited = RecordChange(layer="entities", split="dev", doc_id="d1", kind="entities", id="e1", change="edited",
    ...     before={"type": "GPE"}, after={"type": "ORG"})
    >>> list(describe_change(edited))
    ['type "GPE" → "ORG"']
    """
    if change.change == "moved":
        yield "in another order"
    elif change.change == "edited":
        for name in dict.fromkeys([*change.before, *change.after]):
            before, after = (show_value(side, name) for side in (change.before, change.after))
            if before != after:
                yield f"{printable(name)} {before} → {after}"
    else:
        yield show_excerpt(change.before if change.change == "removed" else change.after)


def render_diff_text(diff: GoldDiff) -> str:
    """Counts, what release they ask for, and every change below its record."""
    lines = [f"{printable(diff.older)} → {printable(diff.newer)}", summary_line(diff)]
    rows = [list(HEADINGS), *count_rows(diff)]
    if len(rows) > 1:
        widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
        lines += ["", *("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows), ""]
    for change in diff.changes:
        lines.append(f"{change.change} {change.place}")
        lines += [f"    {line}" for line in describe_change(change)]
    return "\n".join(lines) + "\n"


def render_diff_markdown(diff: GoldDiff) -> str:
    """The same as Markdown; everything from the data is escaped."""
    lines = [f"### {escape(diff.older)} → {escape(diff.newer)}", "", escape(summary_line(diff)), ""]
    if diff.changes:
        lines += [*count_table(diff), ""]
    for change in diff.changes:
        said = "; ".join(map(escape, describe_change(change)))
        lines.append(f"- **{change.change}** {escape(change.place)}: {said}")
    return "\n".join(lines).rstrip() + "\n"


def count_table(diff: GoldDiff) -> list[str]:
    """The lines of a Markdown table of counts."""
    rows = [HEADINGS, ("---",) * len(HEADINGS), *count_rows(diff)]
    return [f"| {' | '.join(row if row[0] == '---' else map(escape, row))} |" for row in rows]


def encode_diff(diff: GoldDiff) -> str:
    """As indented JSON: the two states, the part of the version to raise, and the changes as in the release's file."""
    value = {"older": diff.older, "newer": diff.newer, "part": diff.part, "changes": list(diff.changes)}
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def show_value(record: dict[str, Any], name: str) -> str:
    """A field of a record, cut and safe to show."""
    if name not in record:
        return "nothing"
    value = record[name]
    return quoted(value, VALUE) if isinstance(value, str) else printable(msgspec.json.encode(value).decode(), VALUE)


def show_excerpt(record: dict[str, Any]) -> str:
    """The first words that a record has to show, else its whole beginning."""
    for name in ("text", "name", "gloss", "value_text"):
        if isinstance(record.get(name), str):
            return quoted(record[name], VALUE)
    return printable(msgspec.json.encode(record).decode(), VALUE)
