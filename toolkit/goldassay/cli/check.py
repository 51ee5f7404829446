"""`goldassay check`: every finding about annotations, predictions or the whole repository."""

import sys
from pathlib import Path
from typing import Literal, get_args

import click

from goldassay.checks.kinds import Kind


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[FILE]…")
@click.option(
    "--kind",
    type=click.Choice(get_args(Kind)),
    default=None,
    help="What the JSONL files hold; told from their keys if left out.",
)
@click.option(
    "--gold",
    type=click.Path(path_type=Path),
    help="Check against this: a checkout, corpus@VERSION, or a JSONL file of gold lines.",
)
@click.option("--consistency", is_flag=True, help="Also report names that are annotated in two ways (E607).")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--all", "every", is_flag=True, help="In text, print every finding, not the first of each code.")
def check(
    files: tuple[Path, ...],
    kind: Kind | None,
    gold: Path | None,
    consistency: bool,
    form: Literal["text", "json", "github"],
    every: bool,
) -> None:
    """Check FILEs (JSONL, authoring YAML, plain text for intake), or without FILE the gold: the corpus around here.

    Texts and offsets are checked against the documents among the FILEs, else against the gold. Exit code 3 if a finding
    is an error; warnings alone are fine.
    """
    from goldassay.checking import check_files, check_gold
    from goldassay.checks.texts import find_texts
    from goldassay.cli.output import INVALID, exit_invalid, exit_usage
    from goldassay.corpus.locate import find_root
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.report.findings import render_findings

    try:
        if files:
            findings = check_files(files, texts=find_texts(gold), kind=kind, consistency=consistency)
        else:
            findings = check_gold(gold, consistency=consistency)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings, "Nothing was checked.")
    except OSError as error:
        exit_usage(f"cannot read {error.filename}: {error.strerror}")
    click.echo(render_findings(findings, format=form, every=every, rest="--all shows them"), nl=False)
    if not files:
        click.echo(f"checked: {gold or find_root()}", err=True)
    if any(item.severity == "error" for item in findings):
        sys.exit(INVALID)
