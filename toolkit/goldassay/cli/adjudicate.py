"""`goldassay adjudicate`: where two passes disagree, and the file in which each disagreement is decided."""

from pathlib import Path

import click


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--doc", "docs", multiple=True, metavar="DOC", help="Only this document (repeatable).")
@click.option("--root", type=click.Path(path_type=Path), help="The root of a corpus; else the one around here.")
@click.option("--write", is_flag=True, help="Also write annotations/adjudication/DOC.jsonl; decided lines are kept.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def adjudicate(a: str, b: str, docs: tuple[str, ...], root: Path | None, write: bool, form: str) -> None:
    """List every disagreement of the annotation passes A and B, and write them down to be decided."""
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.corpus.locate import find_root
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.generate.files import find_source_root
    from goldassay.passes.compare import compare_passes, write_open
    from goldassay.report.disagreements import encode_disagreements, render_disagreements

    try:
        # What is written belongs into the checkout around here, never into one found elsewhere.
        place = find_source_root(root) if write else find_root(root, option="--root")
        compared = compare_passes(place, a, b, docs)
        written = write_open(place, a, b, compared) if write else []
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    click.echo(encode_disagreements(compared) if form == "json" else render_disagreements(compared), nl=False)
    for one in compared:
        for layer in one.unshared:
            click.echo(f"{one.doc_id}: {layer} is in one of the passes only and was not compared", err=True)
    for path in written:
        click.echo(f"Written: {path}", err=True)
