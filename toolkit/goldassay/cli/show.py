"""`goldassay show`: a document with its annotations, sentence by sentence."""

import sys
from pathlib import Path

import click

from goldassay.model.labels import LAYERS

_STYLES = (
    (r"^\S.*$", "bold"),
    (r"^ +[0-9]+  ", "bold"),
    (r"[\[\]]|\|[A-Z_]+(?: [^\]\s]+)?(?: [0-9]+/[0-9]+)?(?=\])", "cyan"),
    (r"«[^»]*»", "green"),
    (r"(?<=^ {5})[a-z]+(?=  )", "bold magenta"),
    (r"\b(?:rates|wants|believes|intends)\([^)]*\)", "yellow"),
    (r"‘[^’]*’", "italic"),
)
"""What is coloured in a terminal; patterns of one line each."""


@click.command()
@click.argument("doc_id", metavar="DOC")
@click.option("--layer", "layers", type=click.Choice(LAYERS), multiple=True, help="Only this layer; may be repeated.")
@click.option("--width", type=click.IntRange(min=40), help="Columns; by default those of the terminal.")
@click.option(
    "--gold", type=click.Path(path_type=Path), help="A checkout, corpus@VERSION, or gold lines; else the corpus."
)
def show(doc_id: str, layers: tuple[str, ...], width: int | None, gold: Path | None) -> None:
    """Print document DOC with its annotations, sentence by sentence; mentions stand in brackets."""
    from goldassay.cli.output import exit_invalid, exit_usage, terminal_width
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.gold import load_any_document
    from goldassay.report.show import render_document

    try:
        found = load_any_document(doc_id, gold)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings, "Nothing was shown.")
    rendered = render_document(
        found.document,
        found.entities,
        found.stances,
        found.numeric_facts,
        layers=layers or LAYERS,
        width=width or terminal_width(),
    )
    print_rendered(rendered)


def print_rendered(rendered: str) -> None:
    """In colours where a terminal reads along, plain everywhere else."""
    if not sys.stdout.isatty():
        click.echo(rendered, nl=False)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in rendered.splitlines():
        text = Text(line)
        for pattern, style in _STYLES:
            text.highlight_regex(pattern, style)
        console.print(text, soft_wrap=True)
