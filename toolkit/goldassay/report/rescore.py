"""A change of scores between two states of the gold and two systems, for a terminal, as Markdown and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from goldassay.corpus.release_diff import RecordChange
from goldassay.item_outcomes import ItemKey, ItemText
from goldassay.model.printable import printable, quoted
from goldassay.report.comparison import FITS, short_name
from goldassay.report.markdown import escape
from goldassay.report.release_diff import describe_change
from goldassay.report.text import render_cells

DASH = "–"
ITEM_HEADINGS = ("layer", "document", "item", "text", "right", "what changed in the gold")


@dataclass(frozen=True, slots=True)
class RescoredMeasure:
    """One measure: the first system on the older and on the newer gold, the second (if there is one) on the newer."""

    measure: str
    older: float | None
    newer: float | None
    second: float | None

    @property
    def by_gold(self) -> float | None:
        """What the gold changed; null where a value is undefined."""
        return _less(self.newer, self.older)

    @property
    def by_system(self) -> float | None:
        """What the system changed."""
        return _less(self.second, self.newer)

    @property
    def total(self) -> float | None:
        """The whole change, the sum of both."""
        return _less(self.second, self.older)


@dataclass(frozen=True, slots=True)
class RescoredItem:
    """A gold item with another outcome: shares of runs that have it right, null where the gold lacks it."""

    key: ItemKey
    text: ItemText
    before: float | None
    after: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldSide:
    """One of the two states of the gold."""

    version: str
    n_documents: int
    signature: str


@dataclass(frozen=True, slots=True)
class Rescored:
    """Everything that `goldassay rescore` says; `second` is null where one system was given."""

    first: str
    second: str | None
    sides: tuple[GoldSide, GoldSide]
    rows: Sequence[RescoredMeasure]
    by_gold: Sequence[RescoredItem]
    by_system: Sequence[RescoredItem]


def short_change(change: RecordChange) -> str:
    """A change in one line that is safe to show.

    >>> short_change(RecordChange(layer="entities", split="dev", doc_id="d1", kind="mentions", id="m1", change="edited",
    ...     before={"level": "NAM"}, after={"level": "NOM"}))
    'mentions "m1" edited: level "NAM" → "NOM"'
    """
    return f"{change.kind} {quoted(change.id or '')} {change.change}: {'; '.join(describe_change(change))}"


def headings(rescored: Rescored) -> list[str]:
    """Of the table of measures."""
    older, newer = (printable(side.version) for side in rescored.sides)
    first = printable(rescored.first)
    names = ["measure", f"{first} on {older}", f"on {newer}", "gold changed"]
    if rescored.second is not None:
        names += [f"{printable(rescored.second)} on {newer}", "system changed", "total"]
    return names


def measure_cells(row: RescoredMeasure, *, both: bool) -> list[str]:
    """Cells as in `headings`."""
    cells = [short_name(row.measure), _number(row.older), _number(row.newer), _signed(row.by_gold)]
    return [*cells, _number(row.second), _signed(row.by_system), _signed(row.total)] if both else cells


def item_cells(item: RescoredItem) -> list[str]:
    """Cells as in `ITEM_HEADINGS`."""
    text = printable(item.text.text, 40)
    outcome = f"{_outcome(item.before)} → {_outcome(item.after)}"
    reason = "; ".join(item.reasons) or DASH
    return [item.key.layer, printable(item.key.doc_id), printable(item.key.item), text, outcome, reason]


def render_rescored_text(rescored: Rescored, *, width: int = 100, color: bool = False, items: int = 10) -> str:
    """The table of measures and the items behind each part of the change."""
    rows = [measure_cells(row, both=rescored.second is not None) for row in rescored.rows]
    parts = [render_cells(_title(rescored), headings(rescored), rows, width=max(width, FITS), color=color)]
    for title, found, columns in _item_tables(rescored):
        if found and items:
            more = f" (first {items} of {len(found)})" if len(found) > items else ""
            shown = [item_cells(item)[:columns] for item in found[:items]]
            table = render_cells(title + more, ITEM_HEADINGS[:columns], shown, width=max(width, FITS), color=color)
            parts.append("\n" + table)
    parts += [f"Signature on {printable(side.version)}: {side.signature}\n" for side in rescored.sides]
    return "".join(parts)


def render_rescored_markdown(rescored: Rescored, *, items: int = 10) -> str:
    """The same as Markdown; everything from data is escaped."""
    rows = [measure_cells(row, both=rescored.second is not None) for row in rescored.rows]
    lines = [f"### {escape(_title(rescored))}", "", *_table(headings(rescored), rows), ""]
    for title, found, columns in _item_tables(rescored):
        if found and items:
            more = f" (first {items} of {len(found)})" if len(found) > items else ""
            shown = [item_cells(item)[:columns] for item in found[:items]]
            lines += [f"**{title}{more}**", "", *_table(ITEM_HEADINGS[:columns], shown), ""]
    lines += [f"Signature on {escape(side.version)}: `{side.signature}`  " for side in rescored.sides]
    return "\n".join(lines) + "\n"


def encode_rescored(rescored: Rescored) -> str:
    """As JSON: values and both parts of the change in 10 significant digits, and all items."""
    data = {
        "schema": 1,
        "first": rescored.first,
        "second": rescored.second,
        "older": _side(rescored.sides[0]),
        "newer": _side(rescored.sides[1]),
        "measures": [
            {
                "measure": row.measure,
                "first_on_older": _rounded(row.older),
                "first_on_newer": _rounded(row.newer),
                "second_on_newer": _rounded(row.second),
                "gold_changed": _rounded(row.by_gold),
                "system_changed": _rounded(row.by_system),
                "total": _rounded(row.total),
            }
            for row in rescored.rows
        ],
        "items_gold_changed": list(map(_item, rescored.by_gold)),
        "items_system_changed": list(map(_item, rescored.by_system)),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _title(rescored: Rescored) -> str:
    sizes = [f"{side.version} ({side.n_documents} documents)" for side in rescored.sides]
    return printable(f"From gold {sizes[0]} to gold {sizes[1]}", 200)


def _item_tables(rescored: Rescored) -> list[tuple[str, Sequence[RescoredItem], int]]:
    """Title, items and number of columns of each table."""
    tables = [("Items behind “gold changed”", rescored.by_gold, len(ITEM_HEADINGS))]
    return [*tables, ("Items behind “system changed”", rescored.by_system, len(ITEM_HEADINGS) - 1)]


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    head = [f"| {' | '.join(map(escape, names))} |", f"|{'---|' * len(names)}"]
    return [*head, *(f"| {' | '.join(map(escape, row))} |" for row in rows)]


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _number(value: float | None) -> str:
    return DASH if value is None else f"{value:.3f}"


def _signed(value: float | None) -> str:
    return DASH if value is None else f"{value:+.3f}"


def _outcome(share: float | None) -> str:
    if share is None:
        return "not gold"
    return {0.0: "no", 1.0: "yes"}.get(share, f"{100 * share:.0f} % of runs")


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.10g}")


def _side(side: GoldSide) -> dict[str, object]:
    return {"version": side.version, "documents": side.n_documents, "signature": side.signature}


def _item(item: RescoredItem) -> dict[str, object]:
    return {
        "layer": item.key.layer,
        "doc_id": item.key.doc_id,
        "item": item.key.item,
        "text": item.text.text,
        "before": item.before,
        "after": item.after,
        "gold_changes": list(item.reasons),
    }
