"""`goldassay cite`: how to cite the data and the toolkit."""

from pathlib import Path

import click


@click.command()
@click.option("--only", type=click.Choice(["data", "software"]), help="One of the two; else both.")
@click.option("--format", "form", type=click.Choice(["bibtex", "text"]), default="bibtex", show_default=True)
@click.option("--root", type=click.Path(path_type=Path), help="The root of a corpus; else the one around here.")
def cite(only: str | None, form: str, root: Path | None) -> None:
    """Print citations of the corpus (with version and fingerprint) and of the toolkit."""
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.corpus.locate import find_root
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.hub.cite import cite_data, cite_software, render_bibtex, render_citation

    render = render_bibtex if form == "bibtex" else render_citation
    try:
        works = [cite_data(find_root(root, option="--root"))] if only != "software" else []
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    works += [cite_software()] if only != "data" else []
    click.echo("\n".join(render(work) for work in works), nl=False)
