"""A score file for a terminal."""

import io
from collections.abc import Sequence

from goldassay.measures.totals import ALL
from goldassay.model.scorefile import ScoreFile
from goldassay.report.table import COLUMNS, HEADLINES, Row, cells, claim, format_value, headline_scores, score_rows


def render_text(file: ScoreFile, *, width: int = 100, color: bool = False, groups: bool = True) -> str:
    """The three numbers first, then how to quote them, then a table for each layer and view.

    Args:
        file: What to show.
        width: Columns of the terminal.
        color: Whether to write terminal colours.
        groups: Whether to list the groups of the headline match as well (the other renderings list all groups).
    """
    from rich.console import Console
    from rich.text import Text

    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=color, no_color=not color, highlight=False)
    where = file.provenance
    system = where.system.name or "predictions"
    console.print(Text(f"{system} on {where.corpus} {where.version}, {where.split}", style="bold"))
    if where.system.note:
        console.print(Text(where.system.note, style="italic"))
    for title, score in headline_scores(file.scores):
        value = "not covered" if score is None else format_value(score)
        counts = "" if score is None else _counts(score.counts)
        console.print(Text(f"  {title:<46}{value:>8}   {counts}", style="bold"))
    for line in file.quote_as:
        console.print(Text(f"Quote as: {line}"), soft_wrap=True)
    console.print(Text(claim(where.n_documents)))
    rows = score_rows(file.scores)
    for layer, view in dict.fromkeys((row.layer, row.view) for row in rows):
        shown = [row for row in rows if (row.layer, row.view) == (layer, view)]
        console.print()
        console.print(_table(f"{layer}, {view}", [row for row in shown if row.group == ALL or _is_listed(row, groups)]))
    if file.findings:
        errors = sum(item.severity == "error" for item in file.findings)
        console.print(Text(f"\n{len(file.findings)} findings ({errors} errors); `goldassay check` lists them"))
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
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for index, heading in enumerate(headings):
        table.add_column(Text(heading), overflow="fold", no_wrap=index == 0)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
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

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for index, name in enumerate(COLUMNS):
        table.add_column(name, justify="left" if index < 2 else "right")
    for row in rows:
        head = row.group == ALL
        table.add_row(*(cells(row) if head else ["", *cells(row)[1:]]), style="bold" if head else None)
    return table
