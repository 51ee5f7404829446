"""`goldassay compare`: two or more systems on the same documents."""

import sys
from pathlib import Path
from typing import Literal

import click

from goldassay.cli.options import (
    gold_option,
    ids_option,
    labels_option,
    resamples_option,
    seed_option,
    split_option,
    trim_option,
    unit_option,
)

FORMATS = ["text", "markdown", "json", "csv", "latex"]


@click.command()
@click.argument("systems", nargs=-1, required=True, metavar="A B [C...]", type=click.Path(path_type=Path))
@gold_option
@split_option
@click.option("--layer", "layers", multiple=True, help="Compare only this layer (repeatable).")
@click.option("--measure", "measures", multiple=True, help="A match or the start of a token; the headlines by default.")
@click.option("--groups", is_flag=True, help="Compare in each group (type, dimension, kind) as well.")
@trim_option
@labels_option
@ids_option
@resamples_option
@seed_option
@unit_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--items", type=click.IntRange(min=0), default=10, show_default=True, help="Items listed, in text and Markdown."
)
def compare(
    systems: tuple[Path, ...],
    gold_path: Path | None,
    split: str | None,
    layers: tuple[str, ...],
    measures: tuple[str, ...],
    groups: bool,
    trim: str,
    labels: str | None,
    ids: Literal["own", "gold"],
    resamples: int,
    seed: int,
    unit: Literal["document", "source"],
    form: str,
    items: int,
) -> None:
    """Compare system A with B (and C ...): paired tests of every measure asked for.

    Each is a prediction file, a folder with predictions.jsonl, or a folder of runs. All are scored now, on one gold.
    """
    from goldassay.api import load_gold
    from goldassay.checks.mapped_labels import build_options
    from goldassay.cli.output import exit_invalid, exit_usage, terminal_width
    from goldassay.comparing import compare_files
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.report import comparison, comparison_text
    from goldassay.resampling import Resampling

    try:
        found = compare_files(
            systems,
            load_gold(gold_path, split=split),
            layers=layers or None,
            measures=measures,
            groups=groups,
            options=build_options(ids, [name.strip() for name in trim.split(",") if name.strip()], labels),
            resampling=Resampling(resamples=resamples, seed=seed, unit=unit),
        )
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    if form == "json":
        click.echo(comparison.render_comparisons_json(found), nl=False)
    elif form == "csv":
        click.echo(comparison.render_comparisons_csv(found), nl=False)
    elif form == "latex":
        from goldassay.report.latex import render_comparison_latex

        click.echo(render_comparison_latex(found), nl=False)
    elif form == "markdown":
        click.echo("\n".join(comparison_text.render_comparison_markdown(one, items=items) for one in found), nl=False)
    else:
        width, color = terminal_width(), sys.stdout.isatty()
        for one in found:
            click.echo(comparison_text.render_comparison_text(one, width=width, color=color, items=items), nl=False)
