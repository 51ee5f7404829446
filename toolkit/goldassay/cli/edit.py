"""`goldassay edit`: a document's gold as an authoring file."""

from pathlib import Path

import click


@click.command()
@click.argument("doc_id", metavar="DOC")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; else printed.")
@click.option("--gold", type=click.Path(path_type=Path), help="The root of the corpus; else the nearest checkout.")
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
def edit(doc_id: str, out: Path | None, gold: Path | None, force: bool) -> None:
    """Write the gold of document DOC as an authoring file, to be changed and compiled with `goldassay build`."""
    from goldassay.cli.output import INVALID, exit_usage
    from goldassay.corpus.corpus import load_document
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.formats.files import write_atomically
    from goldassay.generate.rows import format_document
    from goldassay.report.findings import render_findings

    if out is not None and out.exists() and not force:
        exit_usage(f"{out} exists; choose another name, or replace it with --force")
    try:
        form = format_document(load_document(doc_id, gold))
        if out is None:
            click.echo(form, nl=False)
        else:
            write_atomically(out, [form.encode()])
            click.echo(f"{out}: change it, then run `goldassay build {out}`", err=True)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        click.echo(render_findings(error.findings, format="text"), err=True, nl=False)
        raise click.exceptions.Exit(INVALID) from error
    except OSError as error:
        exit_usage(f"{error.filename}: {error.strerror}")
