"""`goldassay rescore`: did the system change, or the gold?"""

import sys
from pathlib import Path
from typing import Literal

import click

from goldassay.cli.options import ids_option, labels_option, on_invalid_option, split_option, trim_option


@click.command()
@click.argument("predictions", metavar="PRED", type=click.Path(exists=True, path_type=Path))
@click.option("--from", "older", required=True, metavar="VERSION", help="The release to score on first.")
@click.option("--to", "newer", default=None, metavar="VERSION", help="The release to score on then; else the files.")
@click.option("--against", type=click.Path(exists=True, path_type=Path), metavar="PRED2", help="A second system.")
@click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The checkout; else the nearest one."
)
@split_option
@click.option("--layer", "layers", multiple=True, help="Score only this layer (repeatable).")
@click.option("--measure", "measures", multiple=True, help="A match or the start of a token; the headlines by default.")
@on_invalid_option
@ids_option
@trim_option
@labels_option
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option("--items", type=click.IntRange(min=0), default=10, show_default=True, help="Items listed in each table.")
def rescore(
    predictions: Path,
    older: str,
    newer: str | None,
    against: Path | None,
    root: Path | None,
    split: str | None,
    layers: tuple[str, ...],
    measures: tuple[str, ...],
    on_invalid: Literal["error", "drop", "repair"],
    ids: Literal["own", "gold"],
    trim: str,
    labels: str | None,
    form: str,
    items: int,
) -> None:
    """Score PRED on two releases of the gold and say what the gold changed, item by item.

    With --against, the whole change from PRED on the older gold to PRED2 on the newer is split into what the gold and
    what the system changed. Whether the systems differ is asked of `goldassay compare`.
    """
    from goldassay.checks.mapped_labels import build_options
    from goldassay.cli.output import exit_invalid, exit_usage, terminal_width
    from goldassay.corpus.locate import find_root
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.report import rescore as report
    from goldassay.rescoring import rescore_files

    try:
        found = rescore_files(
            predictions,
            older,
            newer,
            root=find_root(root, option="--root"),
            against=against,
            split=split,
            layers=layers or None,
            measures=measures,
            options=build_options(ids, [name.strip() for name in trim.split(",") if name.strip()], labels),
            on_invalid=on_invalid,
            ids=ids,
        )
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings, "Nothing was scored.")
    if form == "json":
        click.echo(report.encode_rescored(found), nl=False)
    elif form == "markdown":
        click.echo(report.render_rescored_markdown(found, items=items), nl=False)
    else:
        color = sys.stdout.isatty()
        click.echo(report.render_rescored_text(found, width=terminal_width(), color=color, items=items), nl=False)
