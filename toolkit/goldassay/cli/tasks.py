"""`goldassay tasks`: questions out, to be answered in a prediction file."""

from pathlib import Path

import click

from goldassay.cli.options import gold_option, split_option


@click.command()
@click.argument("kind", type=click.Choice(["stance-pairs"]))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The JSONL file to write.")
@gold_option
@split_option
def tasks(kind: str, out: Path, gold_path: Path | None, split: str | None) -> None:
    """Write the holder-target pairs of the gold, one a line, without an answer.

    Answers are prediction lines: {"doc_id": …, "stance_pairs": [{"id": …, "label": "favor"}]}, the label being favor,
    neutral or against; `goldassay score PRED --layer stance_pairs` scores them.
    """
    import msgspec

    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.formats.files import write_atomically
    from goldassay.gold import load_gold
    from goldassay.stance_tasks import list_tasks

    try:
        gold = load_gold(gold_path, split=split)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    lines = [msgspec.json.encode(task) + b"\n" for task in list_tasks(gold.documents)]
    try:
        write_atomically(out, lines)
    except OSError as error:
        exit_usage(f"cannot write {out}: {error.strerror}")
    documents = len(gold.documents)
    click.echo(f"{out}: {len(lines)} pairs of {documents} document{'s' if documents != 1 else ''}")
