"""`goldassay power`: what a pair of systems on these documents can show."""

import sys
from pathlib import Path
from typing import Literal

import click

from goldassay.cli.options import (
    gold_option,
    ids_option,
    labels_option,
    on_invalid_option,
    split_option,
    trim_option,
    unit_option,
)
from goldassay.cli.share import Share

SHARE = Share(inner=True)


@click.command()
@click.argument("first", type=click.Path(path_type=Path), metavar="A")
@click.argument("second", type=click.Path(path_type=Path), metavar="B")
@click.option("--difference", type=SHARE, default=None, metavar="D", help="A difference you want to be able to detect.")
@gold_option
@split_option
@click.option("--layer", "layers", multiple=True, help="Only this layer (repeatable).")
@click.option("--measure", "measures", multiple=True, help="A match or the start of a token; the headlines by default.")
@click.option("--groups", is_flag=True, help="Each group (type, dimension, kind) as well.")
@click.option("--alpha", type=SHARE, default=0.05, show_default=True, help="Level of the two-sided test.")
@click.option("--power", "chance", type=SHARE, default=0.8, show_default=True, help="Chance of finding it.")
@on_invalid_option
@trim_option
@labels_option
@ids_option
@unit_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def power(
    first: Path,
    second: Path,
    difference: float | None,
    gold_path: Path | None,
    split: str | None,
    layers: tuple[str, ...],
    measures: tuple[str, ...],
    groups: bool,
    alpha: float,
    chance: float,
    on_invalid: Literal["error", "drop", "repair"],
    trim: str,
    labels: str | None,
    ids: Literal["own", "gold"],
    unit: Literal["document", "source"],
    form: str,
) -> None:
    """The smallest difference between A and B that these documents could show, and how many more a smaller one takes.

    A and B are prediction files, folders with predictions.jsonl, or folders of runs.
    """
    from goldassay.api import load_gold
    from goldassay.checks.mapped_labels import build_options
    from goldassay.cli.output import exit_invalid, exit_usage, terminal_width
    from goldassay.detectable import power_files
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.report.power import render_power_json, render_power_text

    try:
        found = power_files(
            first,
            second,
            load_gold(gold_path, split=split),
            difference=difference,
            layers=layers or None,
            measures=measures,
            groups=groups,
            alpha=alpha,
            power=chance,
            options=build_options(ids, [name.strip() for name in trim.split(",") if name.strip()], labels),
            on_invalid=on_invalid,
            unit=unit,
        )
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    if form == "json":
        click.echo(render_power_json(found), nl=False)
    else:
        click.echo(render_power_text(found, width=terminal_width(), color=sys.stdout.isatty()), nl=False)
