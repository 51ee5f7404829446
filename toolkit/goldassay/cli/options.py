"""Options that several commands have: called, defaulted and explained alike in all of them."""

from pathlib import Path

import click

gold_option = click.option(
    "--gold", "gold_path", type=click.Path(path_type=Path), help="A checkout, corpus@VERSION, or JSONL gold lines."
)
split_option = click.option("--split", default=None, help="The split of the corpus; needed only where it has several.")
on_invalid_option = click.option(
    "--on-invalid",
    type=click.Choice(["error", "drop", "repair"]),
    default="error",
    show_default=True,
    help="Refuse files with errors, count what is bad as wrong, or mend what can be mended.",
)
ids_option = click.option(
    "--ids", type=click.Choice(["own", "gold"]), default="own", show_default=True, help="Whose ids they are."
)
trim_option = click.option(
    "--trim", default="", metavar="PARTS", help="Cut off mentions: determiners,titles,possessives."
)
labels_option = click.option(
    "--labels", default=None, metavar="MAP", help="Map entity types: conll2003, ontonotes, ace or a TOML file."
)
resamples_option = click.option(
    "--resamples", type=click.IntRange(min=1), default=2000, show_default=True, help="Draws of intervals and tests."
)
seed_option = click.option(
    "--seed", type=click.IntRange(min=0), default=13, show_default=True, help="Where random numbers start."
)
unit_option = click.option(
    "--unit",
    type=click.Choice(["document", "source"]),
    default="document",
    show_default=True,
    help="What is drawn: documents, or all documents of a source together.",
)
