"""A score file for a terminal."""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from goldassay.measures.signature import drawn_unit
from goldassay.measures.totals import ALL
from goldassay.model.printable import printable
from goldassay.model.scorefile import ScoreFile
from goldassay.report.notices import document_lines, notice_lines
from goldassay.report.profile_table import COLUMNS as COLUMNS_OF_PROFILES
from goldassay.report.profile_table import profile_heading, profile_of, profile_rows
from goldassay.report.score_table import LEGEND, ScoreTable, score_tables
from goldassay.report.select import MORE, MORE_OF_ONE, select_scores, shown_scores
from goldassay.report.slips import COLUMNS as COLUMNS_OF_SLIPS
from goldassay.report.slips import TITLE as SLIPS_TITLE
from goldassay.report.slips import slip_rows
from goldassay.report.table import claim, format_headline, format_interval, headline_scores

if TYPE_CHECKING:
    from rich.text import Text

_LONG = 1000
"""Characters of foreign text that are shown in one place."""

FITS = 100
"""Columns in which no name of a match is cut; a narrower terminal wraps whole lines."""


def render_text(
    file: ScoreFile,
    *,
    width: int = 100,
    color: bool = False,
    measures: Sequence[str] = (),
    full: bool = False,
    errors: str = "",
) -> str:
    """What happened, first things first: the numbers to quote, documents, what was noticed, errors, then tables.

    Args:
        file: What to show.
        width: Columns of the terminal.
        color: Whether to write terminal colours.
        measures: Show the tables of these matches or starts of tokens alone (`report.select.shown_scores`).
        full: Show all usual tables instead of the first of each layer; of `measures` every view and average.
        errors: Lines about errors that stand above the tables.
    """
    from rich.console import Console
    from rich.text import Text

    if profile_of(file) is not None:
        table = render_cells("", COLUMNS_OF_PROFILES, profile_rows(file.scores), width=width, color=color)
        return "\n".join([*profile_heading(file), table, f"Signature: {file.signature}", ""])
    out = io.StringIO()
    console = Console(file=out, width=max(width, FITS), force_terminal=color, no_color=not color, highlight=False)
    for line in _head_lines(file):
        console.print(line, soft_wrap=True)
    unit = drawn_unit(file.signature)
    console.print(Text(claim(file.provenance.n_documents, [score.interval for score in file.scores], unit=unit)))
    for told in notice_lines(file):
        console.print(Text(told), soft_wrap=True)
    out.write(errors)
    tables = score_tables(shown_scores(file.scores, measures, full=full), unit=unit)
    if tables:
        console.print(Text(f"\n{LEGEND}"))
    for shown in tables:
        console.print()
        console.print(_table(shown))
    if slips := slip_rows(select_scores(file.scores, measures)):
        out.write(f"\n{render_cells(SLIPS_TITLE, COLUMNS_OF_SLIPS, slips, width=width, color=color)}")
    if measures and not tables:
        console.print(Text("\nNothing that was scored has such a measure."))
    elif not full:
        console.print(Text(f"\n{MORE if not measures else MORE_OF_ONE}"))
    console.print(Text(f"\nSignature: {file.signature}"), soft_wrap=True)
    return out.getvalue()


def _head_lines(file: ScoreFile) -> Iterator["Text"]:
    """Whose numbers on what, the numbers to quote, how to quote them, and which documents were answered."""
    from rich.text import Text

    where = file.provenance
    system = where.system.name or "predictions"
    yield Text(printable(f"{system} on {where.corpus} {where.version}, {where.split}", _LONG), style="bold")
    if where.system.note:
        yield Text(printable(where.system.note, _LONG), style="italic")
    for title, score in headline_scores(file.scores):
        counts = "" if score is None else f"{format_interval(score.interval)}   {_counts(score.counts)}"
        yield Text(f"  {title:<46}{format_headline(score):>8}   {counts}".rstrip(), style="bold")
    yield from (Text(f"Quote as: {printable(line, _LONG)}") for line in file.quote_as)
    yield from map(Text, document_lines(file.findings, where.n_documents))


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


def _counts(counts: dict[str, float]) -> str:
    return f"right {counts['credit_gold']:g} of {counts['gold']:g} gold, {counts['predicted']:g} predicted"


def _table(shown: ScoreTable) -> object:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    title = shown.title if shown.left is None else f"{shown.title}; {shown.left}"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for index, name in enumerate(shown.columns):
        # A long heading is set in two lines, so that its column stays as narrow as its numbers.
        table.add_column(name.replace("without ", "without\n"), justify="left" if index < 2 else "right")
    above = None
    for row, cells in shown.rows:
        told = [printable(cell) for cell in cells]
        table.add_row(
            *map(Text, told if row.match != above else ["", *told[1:]]), style="bold" if row.group == ALL else None
        )
        above = row.match
    return table
