"""`goldassay report`: one or more runs as one HTML file."""

from pathlib import Path
from typing import Literal

import click


@click.command()
@click.argument("runs", nargs=-1, required=True, metavar="RUN...", type=click.Path(path_type=Path))
@click.option(
    "--html", "html_path", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write."
)
@click.option("--gold", "gold_path", type=click.Path(path_type=Path), help="A checkout, or a JSONL file of gold lines.")
@click.option("--split", default=None, help="The split of the corpus; needed only where it has several.")
@click.option("--layer", "layers", multiple=True, help="Show only this layer (repeatable).")
@click.option("--trim", default="", metavar="PARTS", help="Cut off mentions: determiners,titles,possessives.")
@click.option("--labels", default=None, metavar="MAP", help="Map entity types, as in `goldassay score`.")
@click.option("--on-invalid", type=click.Choice(["error", "drop", "repair"]), default="error", show_default=True)
@click.option("--ids", type=click.Choice(["own", "gold"]), default="own", show_default=True, help="Whose ids they are.")
@click.option(
    "--resamples", type=click.IntRange(min=1), default=2000, show_default=True, help="Draws of the bootstrap."
)
@click.option("--seed", type=click.IntRange(min=0), default=13, show_default=True, help="Where random numbers start.")
@click.option(
    "--unit",
    type=click.Choice(["document", "source"]),
    default="document",
    show_default=True,
    help="What is drawn: documents, or all documents of a source together.",
)
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
