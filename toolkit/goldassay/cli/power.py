"""`goldassay power`: what a pair of systems on these documents can show."""

import sys
from pathlib import Path
from typing import Literal

import click

from goldassay.cli.share import Share

SHARE = Share(inner=True)


@click.command()
@click.argument("first", type=click.Path(path_type=Path), metavar="A")
@click.argument("second", type=click.Path(path_type=Path), metavar="B")
@click.option("--difference", type=SHARE, default=None, metavar="D", help="A difference you want to be able to detect.")
@click.option("--gold", "gold_path", type=click.Path(path_type=Path), help="A checkout, or a JSONL file of gold lines.")
@click.option("--split", default=None, help="The split of the corpus; needed only where it has several.")
@click.option("--layer", "layers", multiple=True, help="Only this layer (repeatable).")
@click.option("--measure", "measures", multiple=True, help="A match or the start of a token; the headlines by default.")
@click.option("--groups", is_flag=True, help="Each group (type, dimension, kind) as well.")
@click.option("--alpha", type=SHARE, default=0.05, show_default=True, help="Level of the two-sided test.")
@click.option("--power", "chance", type=SHARE, default=0.8, show_default=True, help="Chance of finding it.")
@click.option("--unit", type=click.Choice(["document", "source"]), default="document", show_default=True)
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
    unit: Literal["document", "source"],
    form: str,
) -> None:
    """The smallest difference between A and B that these documents could show, and how many more a smaller one takes.

    A and B are prediction files, folders with predictions.jsonl, or folders of runs.
    """
    from goldassay.api import load_gold
    from goldassay.cli.output import exit_invalid, exit_usage, terminal_width
    from goldassay.comparing import wanted_scores
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.layers.base import Options
    from goldassay.report.power import render_power_json, render_power_text
    from goldassay.report.select import check_measures
    from goldassay.resampling import Resampling
    from goldassay.sample_size import pair_power
    from goldassay.signing import sign_options
    from goldassay.systems import read_system

    try:
        check_measures(measures)
        gold = load_gold(gold_path, split=split)
        one, other = (read_system(source, gold, layers=layers or None) for source in (first, second))
        scores = [score for score in one.evaluations[0].scores if not layers or score.layer in layers]
        wanted = wanted_scores(scores, measures, groups=groups)
        found = pair_power(
            one.evaluations,
            other.evaluations,
            gold.documents,
            wanted,
            Resampling(unit=unit),
            difference=difference,
            alpha=alpha,
            power=chance,
        )
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    if not found:
        exit_usage("nothing to estimate: no measure that was asked for is scored for both systems")
    asked = "" if difference is None else f".difference{difference:g}"
    more = {"power": f"alpha{alpha:g}.power{chance:g}.{unit}{asked}"}
    shown = sorted({one.measure.split(".")[0] for one in found})
    signature = sign_options(gold, shown, Options(), None, more=more)
    if form == "json":
        click.echo(render_power_json(found, signature, alpha=alpha, power=chance, difference=difference), nl=False)
    else:
        width, color = terminal_width(), sys.stdout.isatty()
        click.echo(
            render_power_text(
                found, signature, alpha=alpha, power=chance, difference=difference, width=width, color=color
            ),
            nl=False,
        )
