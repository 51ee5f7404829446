"""`goldassay release`: cut a release of the corpus."""

from pathlib import Path

import click


@click.command()
@click.argument("version")
@click.option("--date", default=None, metavar="YYYY-MM-DD", help="The day to state in the release; none by default.")
@click.option("--notes", default=None, metavar="TEXT", help="What users of the corpus should know of it.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what the release would hold.")
@click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The checkout; else the nearest one."
)
def release(version: str, date: str | None, notes: str | None, dry_run: bool, root: Path | None) -> None:
    """Release the gold of this checkout as VERSION.

    Edited or removed records raise the first number, added ones the second, anything else the third. Refused, with
    exit code 3, where generated files are stale, the gold has errors, a released file was changed, or the number is too
    small or taken. Writes the manifest and the diff to annotations/releases, the version to corpus/manifest.json and
    README.md, and a section to CHANGELOG.md.
    """
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.generate.files import find_source_root
    from goldassay.releasing import prepare_release, write_release
    from goldassay.report.changelog import render_section

    try:
        found = find_source_root(root)
        prepared = prepare_release(found, version, date=date, notes=notes)
        written = [] if dry_run else write_release(found, prepared)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings, "Nothing was released.")
    except OSError as error:
        exit_usage(f"{error.filename}: {error.strerror}")
    click.echo(render_section(prepared.release, prepared.diff), nl=False)
    for path in written:
        click.echo(f"written: {path}")
    if dry_run:
        click.echo("Nothing was written.")
