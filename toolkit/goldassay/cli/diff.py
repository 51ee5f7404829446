"""`goldassay diff`: what changed in the gold between two releases, or since one."""

from pathlib import Path

import click


@click.command()
@click.argument("older", metavar="A")
@click.argument("newer", required=False, metavar="[B]")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The checkout; else the nearest one."
)
def diff(older: str, newer: str | None, form: str, root: Path | None) -> None:
    """Show record by record what changed from release A to release B, by default to the files as they are.

    The first lines say what release the changes ask for.
    """
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.corpus.locate import find_root
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.releasing import diff_versions
    from goldassay.report.release_diff import encode_diff, render_diff_markdown, render_diff_text

    try:
        found = diff_versions(find_root(root), older, newer)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings, "Nothing was compared.")
    renderings = {"text": render_diff_text, "markdown": render_diff_markdown, "json": encode_diff}
    click.echo(renderings[form](found), nl=False)
