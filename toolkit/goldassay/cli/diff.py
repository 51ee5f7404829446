"""`goldassay diff`: what changed in the gold between two releases, or since one; what differs between any two golds."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from goldassay.gold_diff.records import By


@click.command()
@click.argument("older", metavar="A")
@click.argument("newer", required=False, metavar="[B]")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option(
    "--by",
    type=click.Choice(["content", "id"]),
    help="Pair items by what they say, whatever their ids, or by ids alone.  [default: content; two versions: id]",
)
@click.option("--exit-code", is_flag=True, help="Leave with 1 if annotations differ.")
@click.option("--split", help="Of a corpus: the split; needed only where it has several.")
@click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The checkout; else the nearest one."
)
def diff(
    older: str,
    newer: str | None,
    form: str,
    by: "By | None",
    exit_code: bool,
    split: str | None,
    root: Path | None,
) -> None:
    """Show what differs between two golds, by default between A and the files of the checkout as they are.

    A and B are versions (1.0.0), corpus, corpus@1.0.0, a checkout, or a JSONL file of gold lines. Two versions are
    compared record by record, and the first lines say what release the changes ask for; of other golds the last line
    tells differences in annotations from those in the fields of documents.
    """
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.errors import InvalidDataError, UsageError

    try:
        if _are_versions(older, newer) and by is None:
            if split is not None:
                exit_usage("--split is for golds compared by content; two versions are compared in all splits")
            shown, differs = _diff_versions(older, newer, form, root)
        else:
            shown, differs = _diff_sources(older, newer or "corpus", form, by or "content", split, root)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings, "Nothing was compared.")
    click.echo(shown, nl=False)
    if exit_code and differs:
        sys.exit(1)


def _are_versions(older: str, newer: str | None) -> bool:
    from goldassay.corpus.version import parse_version

    return all(parse_version(name) is not None for name in (older, newer) if name is not None)


def _diff_versions(older: str, newer: str | None, form: str, root: Path | None) -> tuple[str, bool]:
    from goldassay.corpus.locate import find_root
    from goldassay.releasing import diff_versions
    from goldassay.report.release_diff import encode_diff, render_diff_markdown, render_diff_text

    found = diff_versions(find_root(root, option="--root"), older, newer)
    renderings = {"text": render_diff_text, "markdown": render_diff_markdown, "json": encode_diff}
    return renderings[form](found), found.annotations_differ


def _diff_sources(
    older: str, newer: str, form: str, by: "By", split: str | None, root: Path | None
) -> tuple[str, bool]:
    from goldassay.gold_diff.sources import diff_sources
    from goldassay.report.gold_diff import encode_gold_diff, render_gold_diff_markdown, render_gold_diff_text

    found = diff_sources(older, newer, root=root, split=split, by=by)
    renderings = {
        "text": render_gold_diff_text,
        "markdown": render_gold_diff_markdown,
        "json": encode_gold_diff,
    }
    return renderings[form](found), found.differences > 0
