"""`goldassay leaderboard`: committed results as one table."""

import sys
from pathlib import Path

import click


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--write", "page", type=click.Path(path_type=Path, dir_okay=False), help="Put the table into this page.")
@click.option("--check", is_flag=True, help="Only say whether the page has the table (exit 1 if not).")
def leaderboard(results: Path, page: Path | None, check: bool) -> None:
    """Put the score files in the folders of RESULTS side by side, with intervals and versions."""
    from goldassay.cli.output import exit_usage
    from goldassay.errors import UsageError
    from goldassay.formats.files import write_atomically
    from goldassay.leaderboard import read_results, render_leaderboard, replace_table

    if check and page is None:
        exit_usage("--check needs --write PAGE")
    try:
        table = render_leaderboard(read_results(results), page)
        if page is None:
            click.echo(table, nl=False)
            return
        old = page.read_text(encoding="utf-8")
        new = replace_table(old, table)
    except UsageError as error:
        exit_usage(str(error))
    except OSError as error:
        exit_usage(f"cannot read {page}: {error.strerror}")
    if check:
        fresh = old == new
        click.echo(f"{page}: {'fresh' if fresh else f'stale; run goldassay leaderboard {results} --write {page}'}")
        sys.exit(0 if fresh else 1)
    write_atomically(page, [new.encode()])
    click.echo(f"Written to {page}")
