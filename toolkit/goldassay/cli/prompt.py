"""`goldassay prompt`: the questions for chat models, and their answers as predictions."""

import json
import sys
from pathlib import Path

import click

from goldassay.cli.options import gold_option, split_option

LAYERS = click.Choice(["entities", "stances", "numeric_facts"])


@click.group()
def prompt() -> None:
    """Ask any chat model the same thing: write prompts, show the schema of the answer, read answers."""


@prompt.command("write")
@click.option("--layer", "layers", multiple=True, type=LAYERS, help="Ask for this layer only (repeatable).")
@gold_option
@split_option
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The JSONL file to write.")
def write(layers: tuple[str, ...], gold_path: Path | None, split: str | None, out: Path) -> None:
    """Write one line a document: doc_id, version of the wording, messages."""
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.extract.chat import check_layers, prompt_version, write_prompts
    from goldassay.formats.files import write_atomically
    from goldassay.gold import load_gold

    try:
        documents = [item.document for item in load_gold(gold_path, split=split).documents]
        write_atomically(out, write_prompts(documents, check_layers(layers)))
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    except OSError as error:
        exit_usage(f"cannot write {out}: {error.strerror}")
    click.echo(f"{out}: {len(documents)} prompts, wording {prompt_version()}")


@prompt.command("schema")
@click.option("--layer", "layers", multiple=True, type=LAYERS, help="Ask for this layer only (repeatable).")
def schema(layers: tuple[str, ...]) -> None:
    """Print the JSON Schema of an answer, for interfaces that hold a model to one."""
    from goldassay.extract.chat import check_layers
    from goldassay.formats.chat_answer import answer_schema

    click.echo(json.dumps(answer_schema(check_layers(layers)), ensure_ascii=False, indent=2))


@prompt.command("read")
@click.argument("answers", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The predictions to write.")
def read(answers: Path, out: Path) -> None:
    """Turn ANSWERS (JSONL lines of doc_id and answer) into predictions.

    Every answer that holds a JSON object gives a line, right or wrong; the others are listed, and end with exit code 3
    after the rest was written.
    """
    from goldassay.cli.output import INVALID, exit_usage
    from goldassay.extract.chat import read_answers
    from goldassay.formats.files import write_atomically
    from goldassay.model.finding import Finding
    from goldassay.report.findings import render_findings

    try:
        found = list(read_answers(answers.read_bytes().splitlines(keepends=True), file=str(answers)))
        lines = [item for item in found if not isinstance(item, Finding)]
        write_atomically(out, [(json.dumps(line, ensure_ascii=False) + "\n").encode() for line in lines])
    except OSError as error:
        exit_usage(f"cannot read {answers} or write {out}: {error.strerror}")
    findings = [item for item in found if isinstance(item, Finding)]
    click.echo(f"{out}: {len(lines)} documents answered, {len(findings)} findings")
    if findings:
        click.echo(render_findings(findings), err=True, nl=False)
        sys.exit(INVALID)
