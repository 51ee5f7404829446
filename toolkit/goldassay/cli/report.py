"""`goldassay report`: one or more runs as one HTML file."""

from pathlib import Path
from typing import Literal

import click

from goldassay.cli.options import (
    gold_option,
    ids_option,
    labels_option,
    on_invalid_option,
    resamples_option,
    seed_option,
    split_option,
    trim_option,
    unit_option,
)


@click.command()
@click.argument("runs", nargs=-1, required=True, metavar="RUN...", type=click.Path(path_type=Path))
@click.option(
    "--html", "html_path", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write."
)
@gold_option
@split_option
@click.option("--layer", "layers", multiple=True, help="Show only this layer (repeatable).")
@trim_option
@labels_option
@on_invalid_option
@ids_option
@resamples_option
@seed_option
@unit_option
@click.option("--no-intervals", is_flag=True, help="Estimate no intervals.")
def report(
    runs: tuple[Path, ...],
    html_path: Path,
    gold_path: Path | None,
    split: str | None,
    layers: tuple[str, ...],
    trim: str,
    labels: str | None,
    on_invalid: Literal["error", "drop", "repair"],
    ids: Literal["own", "gold"],
    resamples: int,
    seed: int,
    unit: Literal["document", "source"],
    no_intervals: bool,
) -> None:
    """Write one HTML file that shows scores, errors and every document of each RUN.

    A RUN is a prediction file, a folder with predictions.jsonl, or a folder of runs. All are scored now, on one gold.
    The file opens from disk and loads nothing.
    """
    from goldassay.api import load_gold
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.formats.files import write_atomically
    from goldassay.reporting import report_html
    from goldassay.resampling import Resampling

    try:
        page = report_html(
            runs,
            load_gold(gold_path, split=split),
            root=gold_path if gold_path is not None and gold_path.is_dir() else None,
            layers=layers or None,
            trim=[name.strip() for name in trim.split(",") if name.strip()],
            labels=labels,
            on_invalid=on_invalid,
            ids=ids,
            resampling=None if no_intervals else Resampling(resamples=resamples, seed=seed, unit=unit),
        )
        write_atomically(html_path, [page.encode()])
    except UsageError as error:
        exit_usage(str(error))
    except OSError as error:
        exit_usage(f"cannot write {html_path}: {error.strerror}")
    except InvalidDataError as error:
        exit_invalid(error.findings)
    click.echo(f"Written to {html_path}")
