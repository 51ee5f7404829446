"""`goldassay bench`: all shipped baselines, run and scored."""

import sys
from pathlib import Path
from textwrap import wrap

import click

from goldassay.cli.options import gold_option


@click.command()
@gold_option
@click.option("--out", type=click.Path(path_type=Path), default=Path("runs/bench"), show_default=True)
def bench(gold_path: Path | None, out: Path) -> None:
    """Run every shipped baseline over the gold and print the score table."""
    from goldassay.api import load_gold
    from goldassay.bench import bench as run_bench
    from goldassay.bench import notes, table, what_it_shows, write_page
    from goldassay.cli.output import exit_invalid, exit_usage, terminal_width
    from goldassay.corpus.hard_negatives import read_hard_negatives
    from goldassay.corpus.locate import find_root
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.report.text import render_cells

    try:
        gold = load_gold(gold_path)
        in_corpus = gold_path is None or gold_path.is_dir()
        listed = read_hard_negatives(find_root(gold_path, option="--gold"), gold.split) if in_corpus else None
        rows = run_bench(gold, out, tell=lambda name: click.echo(f"running {name} …", err=True), hard_negatives=listed)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    title = f"{gold.name} {gold.version}, {gold.split}"
    click.echo(render_cells(title, *table(rows), width=terminal_width(), color=sys.stdout.isatty()), nl=False)
    for note in notes(rows):
        click.echo(note)
    for line in what_it_shows(rows, gold):
        click.echo("\n".join(wrap(line, terminal_width(), break_on_hyphens=False, break_long_words=False)))
    click.echo(f"Report: {out / 'report.md'}; one folder a system with its predictions, score.json and report.md")
    click.echo(f"Numbers and times found: {out / 'numbers-found.md'}")
    try:
        page = write_page(rows, gold, out, root=gold_path if gold_path is not None and gold_path.is_dir() else None)
    except UsageError as error:
        click.echo(f"No HTML report: {error}")
    else:
        click.echo(f"To read in a browser: {page}")
