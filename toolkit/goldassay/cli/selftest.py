"""`goldassay selftest`: the numbers of official scorers beside ours."""

from pathlib import Path

import click


@click.command("selftest")
@click.option("--vectors", "first", multiple=True, metavar="FILE", help="Vector file; further ones may follow bare.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--exceptions", type=click.Path(path_type=Path), help="Another list of excepted numbers (TOML).")
@click.option("--show", default=20, show_default=True, type=click.IntRange(min=0), help="Differences to print.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def selftest(first: tuple[str, ...], files: tuple[str, ...], exceptions: Path | None, show: int, as_json: bool) -> None:
    """Compare every number of vector files with the profile that answers it.

    Exit code 1 if a number differs or has no profile, 3 if something cannot be read.
    """
    from goldassay.profiles.exceptions import find_exceptions_file, read_exceptions
    from goldassay.profiles.vectors import render_report, report_to_data, run_vectors

    paths = [Path(name) for name in (*first, *files)]
    if not paths:
        raise click.UsageError("name at least one vector file: goldassay selftest --vectors FILE...")
    listed = exceptions or find_exceptions_file()
    entries, findings = read_exceptions(listed) if listed else ((), [])
    report = run_vectors(paths, entries)
    report.findings[:0] = findings
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(report_to_data(report)), indent=2).decode())
    else:
        for line in render_report(report, show):
            click.echo(line)
    raise SystemExit(report.exit_code())
