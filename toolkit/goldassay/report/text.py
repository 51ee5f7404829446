"""A score file for a terminal."""

import io
from collections.abc import Sequence

from goldassay.measures.signature import drawn_unit
from goldassay.measures.totals import ALL
from goldassay.model.printable import printable
from goldassay.model.scorefile import ScoreFile
from goldassay.report.notices import grounding_line, notice_lines
from goldassay.report.profile_table import COLUMNS as COLUMNS_OF_PROFILES
from goldassay.report.profile_table import profile_heading, profile_of, profile_rows
from goldassay.report.select import select_scores, usual_scores
from goldassay.report.slips import COLUMNS as COLUMNS_OF_SLIPS
from goldassay.report.slips import TITLE as SLIPS_TITLE
from goldassay.report.slips import slip_rows
from goldassay.report.table import (
    COLUMNS,
    HEADLINES,
    LOWER,
    Row,
    cells,
    claim,
    format_headline,
    format_interval,
    headline_scores,
    left_out,
    score_rows,
)

_LONG = 1000
"""Characters of foreign text that are shown in one place."""

FITS = 100
"""Columns in which no name of a match is cut; a narrower terminal wraps whole lines."""


def render_text(
    file: ScoreFile, *, width: int = 100, color: bool = False, groups: bool = True, measures: Sequence[str] = ()
) -> str:
    """The three numbers first, then how to quote them, then a table for each layer and view.

    Args:
        file: What to show.
        width: Columns of the terminal.
        color: Whether to write terminal colours.
        groups: Whether to list the groups of the headline match as well (the other renderings list all groups).
        measures: Show the rows with these matches or starts of tokens, by every average; the usual rows for none.
    """
    from rich.console import Console
    from rich.text import Text

    if profile_of(file) is not None:
        table = render_cells("", COLUMNS_OF_PROFILES, profile_rows(file.scores), width=width, color=color)
        return "\n".join([*profile_heading(file), table, f"Signature: {file.signature}", ""])
    out = io.StringIO()
    console = Console(file=out, width=max(width, FITS), force_terminal=color, no_color=not color, highlight=False)
    where = file.provenance
    system = where.system.name or "predictions"
    console.print(Text(printable(f"{system} on {where.corpus} {where.version}, {where.split}", _LONG), style="bold"))
    if where.system.note:
        console.print(Text(printable(where.system.note, _LONG), style="italic"))
    for title, score in headline_scores(file.scores):
        value = format_headline(score)
        counts = "" if score is None else f"{format_interval(score.interval)}   {_counts(score.counts)}"
        console.print(Text(f"  {title:<46}{value:>8}   {counts}", style="bold"), soft_wrap=True)
    for line in file.quote_as:
        console.print(Text(f"Quote as: {printable(line, _LONG)}"), soft_wrap=True)
    intervals = [score.interval for score in file.scores]
    console.print(Text(claim(where.n_documents, intervals, unit=drawn_unit(file.signature))))
    console.print(Text(f"P, R, F1: higher is better; {LOWER}."))
    if measures:
        rows = score_rows(select_scores(file.scores, measures), average=None)
    else:
        rows = score_rows(usual_scores(file.scores))
    for layer, view in dict.fromkeys((row.layer, row.view) for row in rows):
        shown = [row for row in rows if (row.layer, row.view) == (layer, view)]
        console.print()
        listed = [row for row in shown if row.group == ALL or measures or _is_listed(row, groups)]
        title = "; ".join(part for part in (f"{layer}, {view}", left_out(shown)) if part is not None)
        console.print(_table(title, listed))
    if slips := slip_rows(select_scores(file.scores, measures)):
        out.write(f"\n{render_cells(SLIPS_TITLE, COLUMNS_OF_SLIPS, slips, width=width, color=color)}")
    looked_up = grounding_line(file.grounding)
    for line in [*([looked_up] if looked_up else []), *notice_lines(file.findings, where.n_documents)]:
        console.print(Text(line), soft_wrap=True)
    console.print(Text(f"\nSignature: {file.signature}"), soft_wrap=True)
    return out.getvalue()


def render_cells(
    title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, width: int = 100, color: bool = False
) -> str:
    """A plain table for a terminal; the first column is left as it is, long cells are folded."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    out = io.StringIO()
    table = Table(title=Text(printable(title, _LONG)), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for index, heading in enumerate(headings):
        table.add_column(Text(heading), overflow="fold", no_wrap=index == 0)
    for row in rows:
        table.add_row(*(Text(printable(cell, _LONG)) for cell in row))
    Console(file=out, width=width, force_terminal=color, no_color=not color, highlight=False).print(table)
    return out.getvalue()


def _is_listed(row: Row, groups: bool) -> bool:
    headlines = {(measure.layer, measure.view, measure.match) for measure, _ in HEADLINES}
    return groups and (row.layer, row.view, row.match) in headlines


def _counts(counts: dict[str, float]) -> str:
    return f"right {counts['credit_gold']:g} of {counts['gold']:g} gold, {counts['predicted']:g} predicted"


def _table(title: str, rows: list[Row]) -> object:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for index, name in enumerate(COLUMNS):
        table.add_column(name, justify="left" if index < 2 else "right")
    for row in rows:
        head = row.group == ALL
        shown = [printable(cell) for cell in cells(row)]
        table.add_row(*map(Text, shown if head else ["", *shown[1:]]), style="bold" if head else None)
    return table
