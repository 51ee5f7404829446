"""What commands share in printing: renderings of a score file, and how bad data or wrong usage ends."""

import shutil
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from goldassay.model.finding import Finding
from goldassay.model.scorefile import ScoreFile

USAGE, INVALID = 2, 3


def render(file: ScoreFile, form: str, measures: Sequence[str] = (), *, full: bool = False, errors: str = "") -> str:
    """The score file as text, JSON, Markdown, CSV or LaTeX; of `measures` alone where some are named.

    JSON and CSV hold every score of them, tables for people those of `report.select.shown_scores`. `errors` are lines
    that the text shows above its tables.
    """
    if form == "json":
        from msgspec.structs import replace

        from goldassay.report.jsonfile import encode_score_file
        from goldassay.report.select import select_scores

        return encode_score_file(replace(file, scores=select_scores(file.scores, measures)))
    if form == "markdown":
        from goldassay.report.markdown import render_markdown

        return render_markdown(file, measures, full=full)
    if form == "csv":
        from goldassay.report.flat import render_csv

        return render_csv(file, measures)
    if form == "latex":
        from goldassay.report.latex import render_latex

        return render_latex(file, measures, full=full)
    from goldassay.report.text import render_text

    width, color = terminal_width(), sys.stdout.isatty()
    return render_text(file, width=width, color=color, measures=measures, full=full, errors=errors)


def terminal_width() -> int:
    """Columns of the terminal; 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns


def exit_usage(message: str) -> NoReturn:
    """Print the message and leave with exit code 2."""
    click.echo(f"Error: {message}", err=True)
    sys.exit(USAGE)


def advise_invalid(findings: Sequence[Finding]) -> str:
    """What to do about invalid predictions: to count bad items as wrong helps only where lines can be read."""
    readable = any(item.where.field is not None for item in findings if item.severity == "error")
    drop = "; bad predictions can be scored as wrong ones with --on-invalid drop" if readable else ""
    return f"Mend the data{drop}."


def exit_invalid(findings: Sequence[Finding], consequence: str = "The data has errors; nothing was done.") -> NoReturn:
    """Print the errors, the first of each code, and what follows from them, and leave with exit code 3.

    Warnings beside them are counted.
    """
    from goldassay.report.findings import render_findings

    errors = [item for item in findings if item.severity == "error"] or list(findings)
    rest = "`goldassay check --all` lists them"
    click.echo(render_findings(errors, format="text", rest=rest), err=True, nl=False)
    if len(errors) < len(findings):
        click.echo(f"and {len(findings) - len(errors)} of lesser weight, which `goldassay check` lists", err=True)
    click.echo(consequence, err=True)
    sys.exit(INVALID)
