"""`goldassay run`: an extractor in, predictions out."""

import contextlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldassay.cli.options import gold_option, split_option

if TYPE_CHECKING:
    from goldassay.extract.command import Command
    from goldassay.extract.runfile import RunRecord
    from goldassay.model.document import Document
    from goldassay.running import Progress

_SHOWN, _FINDINGS = 5, 3
NOTHING_ANSWERED = 1


@click.command()
@click.argument("system")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the run.")
@gold_option
@split_option
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=120.0,
    show_default=True,
    help="Seconds for each document; the first one's include loading the system.",
)
@click.option("--command", "command_line", default=None, help="A program that answers documents; SYSTEM is its name.")
@click.option("--layer", "layers", multiple=True, help="With --command: a layer that it covers (repeatable).")
@click.option("--seen-seeds/--unseen-seeds", default=None, help="With --command: has it seen the seed articles?")
@click.option("--family", default=None, help="With --command: the family of the model behind it.")
@click.option("--resume/--no-resume", default=True, show_default=True, help="Keep answers of an earlier run.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but warnings.")
def run(
    system: str,
    out: Path,
    gold_path: Path | None,
    split: str | None,
    timeout: float,
    command_line: str | None,
    layers: tuple[str, ...],
    seen_seeds: bool | None,
    family: str | None,
    resume: bool,
    quiet: bool,
) -> None:
    """Run SYSTEM (a name of `goldassay list systems`, or module:function) over the corpus.

    Writes predictions.jsonl and run.json. A document that it cannot answer is recorded and costs no other one. Exit
    code 0 if any document is answered, 1 if none is; errors in answers are a warning.
    """
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.extract.runfile import CorpusRecord
    from goldassay.gold import load_gold
    from goldassay.running import run_extractor

    try:
        extractor = _extractor(system, command_line, layers, seen_seeds, family)
        gold = load_gold(gold_path, split=split)
        corpus = CorpusRecord(name=gold.name, version=gold.version, split=gold.split, fingerprint=gold.fingerprint)
        documents = [item.document for item in gold.documents]
        with _progress(system, len(documents), quiet=quiet) as progress:
            record = run_extractor(
                extractor, documents, out, timeout=timeout, resume=resume, progress=progress, corpus=corpus
            )
    except UsageError as error:
        exit_usage(str(error))
    except OSError as error:
        exit_usage(f"cannot run {system}: {error}")
    except InvalidDataError as error:
        exit_invalid(error.findings)
    _report(record, out, quiet=quiet)
    _report_errors(out, {document.doc_id: document for document in documents}, gold_path)
    if record.documents and all(item.status != "ok" for item in record.documents):
        sys.exit(NOTHING_ANSWERED)


def _extractor(
    system: str, command_line: str | None, layers: tuple[str, ...], seen_seeds: bool | None, family: str | None
) -> "Command":
    from goldassay.errors import UsageError
    from goldassay.extract.command import command_system
    from goldassay.extract.isolated import isolated
    from goldassay.extract.registry import check_label

    if command_line is None:
        if layers or seen_seeds is not None or family is not None:
            raise UsageError(
                "--layer, --seen-seeds and --family describe a --command; a Python system says them itself"
            )
        return isolated(system)
    check_label(system, layers)
    covered = {"layers": frozenset(layers)} if layers else {}
    return command_system(system, command_line, seen_seeds=seen_seeds, family=family, **covered)


@contextlib.contextmanager
def _progress(system: str, total: int, *, quiet: bool) -> Iterator["Progress | None"]:
    """A progress bar, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(system, total=total)
        yield lambda _: bar.advance(task)


def _report(record: "RunRecord", out: Path, *, quiet: bool) -> None:
    from goldassay.extract.runfile import count_statuses, unanswered
    from goldassay.model.printable import printable

    total, missing = len(record.documents), unanswered(record)
    if not quiet:
        click.echo(f"{total - len(missing)} of {total} documents answered. Written to {out}")
    if missing:
        counts = ", ".join(f"{status} {count}" for status, count in count_statuses(record).items() if status != "ok")
        click.echo(f"Warning: {len(missing)} of {total} documents are unanswered ({counts}):", err=True)
        for item in missing[:_SHOWN]:
            click.echo(f"  {printable(item.doc_id)}: {item.status}: {printable(item.message or '', 200)}", err=True)
        more = f"  and {len(missing) - _SHOWN} more; " if len(missing) > _SHOWN else "  "
        click.echo(f"{more}all of them are in {out / 'run.json'}. Scores count them as empty.", err=True)


def _report_errors(out: Path, documents: "Mapping[str, Document]", gold_path: Path | None) -> None:
    """How many answers break the rules, with the first findings: scoring would come to them only later."""
    import shlex

    from goldassay.checks.other_files import check_predictions
    from goldassay.model.finding import format_finding
    from goldassay.model.printable import printable
    from goldassay.running import PREDICTIONS

    path = out / PREDICTIONS
    errors = [item for item in check_predictions(path, [documents]) if item.severity == "error"]
    if not errors:
        return
    total, wrong = len(path.read_bytes().splitlines()), len({item.where.line for item in errors})
    have = f"{wrong} of {total} answers {'has' if wrong == 1 else 'have'}"
    click.echo(f"Warning: {have} errors, {len(errors)} in all:", err=True)
    for item in errors[:_FINDINGS]:
        click.echo(f"  {printable(format_finding(item), 300)}", err=True)
    more = f"and {len(errors) - _FINDINGS} more; " if len(errors) > _FINDINGS else ""
    gold = "" if gold_path is None else f" --gold {shlex.quote(str(gold_path))}"
    click.echo(
        f"  {more}`goldassay check {shlex.quote(str(path))}{gold}` lists all. `goldassay score` refuses such a file, "
        "or with --on-invalid drop counts what is wrong in it as wrong.",
        err=True,
    )
