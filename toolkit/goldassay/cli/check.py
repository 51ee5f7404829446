"""`goldassay check`: every finding about annotations, predictions or the whole repository."""

import sys
from pathlib import Path

import click


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[FILE]…")
@click.option(
    "--kind",
    type=click.Choice(["documents", "entities", "stances", "numeric_facts", "hard_negatives", "gold", "predictions"]),
    default=None,
    help="What the JSONL files hold; told from their keys if left out.",
)
@click.option("--consistency", is_flag=True, help="Also report names that are annotated in two ways (E607).")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
def check(files: tuple[Path, ...], kind: str | None, consistency: bool, form: str) -> None:
    """Check FILEs (JSONL, authoring YAML, plain text for intake), or without FILE the corpus around this folder.

    Lists every finding. Exit code 3 if one of them is an error; warnings alone are fine.
    """
    from goldassay.checking import check_corpus, check_files
    from goldassay.cli.output import INVALID, exit_usage
    from goldassay.corpus.locate import find_checkout, find_root
    from goldassay.errors import UsageError
    from goldassay.report.findings import render_findings

    try:
        if files:
            findings = check_files(files, root=find_checkout(), kind=kind, consistency=consistency)  # type: ignore[arg-type]
        else:
            findings = check_corpus(find_root(), consistency=consistency)
    except UsageError as error:
        exit_usage(str(error))
    except OSError as error:
        exit_usage(f"cannot read {error.filename}: {error.strerror}")
    click.echo(render_findings(findings, format=form), nl=False)  # type: ignore[arg-type]
    if any(item.severity == "error" for item in findings):
        sys.exit(INVALID)
