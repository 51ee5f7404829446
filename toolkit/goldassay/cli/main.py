"""The command `goldassay`: a table of commands, each imported when it is called."""

import importlib
import os
from collections.abc import Sequence

import click

from goldassay._version import __version__

COMMANDS: dict[str, str] = {
    "adjudicate": "List the disagreements of two annotation passes and write them down to be decided.",
    "agree": "Measure the agreement of two annotation passes, or of a pass and the gold.",
    "bench": "Run and score every shipped baseline.",
    "build": "Compile authoring files into the corpus; regenerate generated files.",
    "check": "Check annotations and predictions; list every finding.",
    "cite": "Print how to cite the data and the toolkit.",
    "compare": "Compare systems on the same documents with paired tests.",
    "convert": "Convert other tools' files into gold, and gold into theirs; count what is lost.",
    "dehydrate": "Write the corpus without its texts.",
    "diff": "Show what changed in the gold between two releases, or since one.",
    "edit": "Write a document's gold as an authoring file.",
    "explain": "Say in words what a signature means.",
    "find": "Find annotations by their fields; print each in its context.",
    "gate": "Fail if a run is worse than its baseline; for continuous integration.",
    "kit": "Write what an annotator needs for a pass of their own, and read it back.",
    "leaderboard": "Put the committed results of all systems into one table.",
    "list": "List layers, measures, systems and finding codes.",
    "matrix": "Tabulate and draw who takes which side on whom and what: gold, a system, their difference.",
    "power": "Say what difference between two systems these documents could show.",
    "prompt": "Write prompts for chat models and read their answers as predictions.",
    "rehydrate": "Put a text-free corpus and your copies of the texts together, verified.",
    "release": "Cut a release of the corpus.",
    "report": "Write scores, errors and documents of runs as one HTML file.",
    "rescore": "Split a change of scores into what the gold and what the system changed.",
    "run": "Run an extractor over the corpus.",
    "score": "Score predictions against the gold.",
    "selftest": "Compare the scorer with other scorers' published numbers.",
    "show": "Print a document with its annotations.",
    "tasks": "Write the questions of a task, without their answers.",
}
"""Name and one-line help of each command; `--help` imports none of them."""


class LazyGroup(click.Group):
    """Looks commands up in `COMMANDS` and imports `goldassay.cli.<name>` only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or null if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"goldassay.cli.{cmd_name}")
        command: click.Command = getattr(module, "list_" if cmd_name == "list" else cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion for a misspelt command."""
        if args and args[0] not in COMMANDS:
            from goldassay.measures.measure import suggest

            ctx.fail(f"no command {args[0]!r}; {suggest(args[0], sorted(COMMANDS))}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="goldassay")
def cli() -> None:
    """Score extractors of entities, stances and numeric facts against gold annotation."""


def main(args: Sequence[str] | None = None) -> None:
    """Entry point of the command.

    Exit codes: 0 fine, 1 below a threshold or numbers differ, 2 wrong usage, 3 invalid data, 4 documents without an
    answer (gate).
    """
    # Starting BLAS threads costs more than scoring a small file; the library itself never touches the environment.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cli(args=None if args is None else list(args), prog_name="goldassay")
