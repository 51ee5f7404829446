"""`goldassay score`: predictions in, scores out."""

import sys
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

FORMATS = ["text", "json", "markdown", "csv", "latex"]


@click.command()
@click.argument("predictions", metavar="PRED")
@gold_option
@split_option
@click.option("--layer", "layers", multiple=True, help="Score only this layer (repeatable).")
@click.option("--run", "run_name", default=None, help="The run to score, where the file holds several.")
@on_invalid_option
@ids_option
@trim_option
@labels_option
@click.option(
    "--measure",
    "measures",
    multiple=True,
    help="Show only this match (its usual rows), or all rows that the start of a token names (repeatable).",
)
@click.option("--full", is_flag=True, help="Show all usual tables; of a --measure every view and average.")
@click.option("--profile", metavar="NAME", help="Score by another scorer's rules; `goldassay list profiles`.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="A folder for scores, counts, errors and predictions.")
@resamples_option
@seed_option
@unit_option
@click.option("--no-intervals", is_flag=True, help="Estimate no intervals.")
@click.option("--top-errors", type=click.IntRange(min=0), default=0, help="Print N places or items that are wrong.")
def score(
    predictions: str,
    gold_path: Path | None,
    split: str | None,
    layers: tuple[str, ...],
    run_name: str | None,
    on_invalid: Literal["error", "drop", "repair"],
    ids: Literal["own", "gold"],
    trim: str,
    labels: str | None,
    measures: tuple[str, ...],
    full: bool,
    profile: str | None,
    form: str,
    out: Path | None,
    resamples: int,
    seed: int,
    unit: Literal["document", "source"],
    no_intervals: bool,
    top_errors: int,
) -> None:
    """Score PRED (a JSONL file, a folder of `goldassay run`, or - for standard input) against the gold."""
    from goldassay.api import load_gold, score_predictions, write_scores
    from goldassay.cli.output import advise_invalid, exit_invalid, exit_usage, render
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.report.select import check_measures
    from goldassay.resampling import Resampling

    if top_errors and form != "text":
        exit_usage("--top-errors prints text; leave --format out, or write errors.jsonl with --out")
    if profile is not None and (layers or measures):
        exit_usage("a profile has its own layer and measures; leave --layer and --measure out")
    source = sys.stdin.buffer if predictions == "-" else Path(predictions)
    try:
        check_measures(measures)
        gold = load_gold(gold_path, split=split)
        scored = score_predictions(
            source,
            gold,
            layers=layers or None,
            on_invalid=on_invalid,
            ids=ids,
            run=run_name,
            trim=[name.strip() for name in trim.split(",") if name.strip()],
            labels=labels,
            profile=profile,
            errors=out is not None or top_errors > 0,
            resampling=None if no_intervals else Resampling(resamples=resamples, seed=seed, unit=unit),
        )
        if out is not None:
            write_scores(out, scored)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings, f"Nothing was scored. {advise_invalid(error.findings)}")
    errors = ""
    if form == "text":
        from goldassay.report.errors import render_error_sections

        errors = render_error_sections(scored.file.findings, scored.errors, scored.positions, top_errors)
    click.echo(render(scored.file, form, measures, full=full, errors=errors), nl=False)
    if out is not None and form == "text":
        click.echo(f"Written to {out}")
