"""The tables of a score report, the same in every form: one a layer and view, what is no F1 in one of its own.

Every heading is true of every row beneath it: a rate is not shown as an F1, what it counts (29 missed of 30) not as
right, and a range that is no interval is not called one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goldassay.layers import get_layers
from goldassay.measures.measure import RATIOS
from goldassay.measures.totals import ALL, LEFT
from goldassay.model.scorefile import Interval, Score
from goldassay.report.table import Row, format_count, format_interval, format_value, score_rows

PARTS = ("match", "group", "P", "R", "F1", "{spread}", "gold", "predicted", "credit")
"""Headings of matches with precision, recall and F1. `credit` is what the gold earned: right items or parts of them."""

RATIO_PARTS = ("match", "group", "{number}", "{spread}", "of", "counted")
"""Headings of matches with one number: what it is a share or mean of, and how much was counted there."""


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """One table.

    title  layer and view; of a table of ratios also what its numbers are
    left   how many items the view leaves out, in words; null for none
    rows   the rows with their printed cells, as many as there are columns
    """

    title: str
    layer: str
    view: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Row, tuple[str, ...]], ...]
    left: str | None = None


def score_tables(scores: Sequence[Score], *, unit: str = "document") -> list[ScoreTable]:
    """Tables of these scores in their order; `unit` is what intervals draw or leave out, `document` or `source`.

    >>> score_tables([])
    []
    """
    rows = score_rows(scores, average=None)
    found = []
    for layer, view in dict.fromkeys((row.layer, row.view) for row in rows):
        own = [row for row in rows if (row.layer, row.view) == (layer, view)]
        ratios = [row for row in own if _is_ratio(row)]
        others = [row for row in own if not _is_ratio(row)]
        if others:
            found.append(_table(f"{layer}, {view}", others, _headings(PARTS, others, unit), left_out(others)))
        if ratios:
            what = _number_name(ratios)
            headings = _headings(RATIO_PARTS, ratios, unit)
            found.append(_table(f"{layer}, {view}: {what}s", ratios, headings, None if others else left_out(ratios)))
    return found


def _table(title: str, rows: Sequence[Row], columns: tuple[str, ...], left: str | None) -> ScoreTable:
    shown = tuple((row, tuple(_ratio_cells(row) if _is_ratio(row) else _cells(row))) for row in rows)
    return ScoreTable(title, rows[0].layer, rows[0].view, columns, shown, left)


def _is_ratio(row: Row) -> bool:
    return any(name in row.scores for name in RATIOS)


def _number_name(rows: Sequence[Row]) -> str:
    return "rate" if all("rate" in row.scores for row in rows) else "value"


def _headings(parts: Sequence[str], rows: Sequence[Row], unit: str) -> tuple[str, ...]:
    spread = spread_heading((_main(row).interval for row in rows), unit=unit)
    return tuple(part.format(spread=spread, number=_number_name(rows)) for part in parts)


def spread_heading(intervals: Iterable[Interval], *, unit: str = "document") -> str:
    """What a column of these intervals is called: an interval only where there is one.

    >>> spread_heading([Interval(kind="leave_one_out", low=0.5, high=0.75)])
    'range without one document'
    >>> spread_heading([Interval(kind="bootstrap", low=0.5, high=0.75, level=0.95), Interval()], unit="source")
    '95 % interval'
    >>> spread_heading([Interval()])
    'interval'
    """
    kinds = {interval.kind: interval for interval in intervals if interval.kind != "none"}
    names = []
    if "bootstrap" in kinds:
        names.append(f"{100 * (kinds['bootstrap'].level or 0):g} % interval")
    if "leave_one_out" in kinds:
        names.append(f"range without one {unit}")
    return ", or ".join(names) or "interval"


def _main(row: Row) -> Score:
    """The number that the row is about: F1, else its one number, else what it has."""
    names = ("f1", *RATIOS, "recall", "precision")
    return next(row.scores[name] for name in names if name in row.scores)


def _head(row: Row) -> Iterator[str]:
    yield f"{row.match} ↓" if _lower_is_better(row) else row.match
    yield row.group if row.average == "micro" else f"{row.group}, {row.average}"


def _cells(row: Row) -> Iterator[str]:
    main = _main(row)
    yield from _head(row)
    yield from (format_value(row.scores.get(name)) for name in ("precision", "recall", "f1"))
    yield format_interval(main.interval)
    yield from (format_count(main, name) for name in ("gold", "predicted", "credit_gold"))


def _ratio_cells(row: Row) -> Iterator[str]:
    main = _main(row)
    yield from _head(row)
    yield format_value(main)
    yield format_interval(main.interval)
    yield from (format_count(main, name) for name in ("gold", "credit_gold"))


def _lower_is_better(row: Row) -> bool:
    layer = get_layers().get(row.layer)
    return layer is not None and any(
        match.best == 0 for match in layer.matches if (match.name, match.view) == (row.match, row.view)
    )


LEGEND = "P, R, F1: higher is better; ↓: lower is better. Credit: gold items that are right, or parts of them."
"""What stands above the tables of a report."""


def left_out(rows: Sequence[Row]) -> str | None:
    """How many items of each side the view of these rows leaves out of its sizes; null if none.

    >>> left_out([]) is None
    True
    """
    score = next((score for row in rows if row.group == ALL for score in row.scores.values()), None)
    left = [format_count(score, name) for name in LEFT]
    return f"left out: {left[0]} gold, {left[1]} predicted" if set(left) - {"–", "0"} else None
