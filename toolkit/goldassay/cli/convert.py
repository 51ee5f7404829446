"""`goldassay convert`: other tools' files into gold lines, and gold into other tools' files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldassay.exchange.convert import Conversion
    from goldassay.exchange.reading import OffsetUnit
    from goldassay.model.labels import Level

_UNITS = ["codepoints", "utf16", "bytes"]


@click.command()
@click.argument("source", metavar="IN")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--from", "source_format", metavar="FORMAT", help="The format of IN; else told from its looks.")
@click.option("--to", "target_format", metavar="FORMAT", help="The format of OUT; else told from its name.")
@click.option(
    "--types", multiple=True, metavar="OLD=NEW", help="Rename an entity type (repeatable); OLD= leaves it out."
)
@click.option(
    "--offsets",
    type=click.Choice(_UNITS),
    help="In what offsets in IN count, for spans and label-studio; else codepoints.",
)
@click.option(
    "--out-offsets",
    type=click.Choice(_UNITS),
    default="codepoints",
    show_default=True,
    help="In what offsets in OUT are to count, for spans.",
)
@click.option(
    "--no-comments",
    is_flag=True,
    help="For conll2003, iob2 and bilou: words and tags alone, without ids and texts in comments.",
)
@click.option(
    "--level",
    type=click.Choice(["NAM", "NOM", "PRO"]),
    default="NAM",
    show_default=True,
    help="The level of mentions in formats that know none.",
)
@click.option("--root", type=click.Path(path_type=Path), help="With `corpus`: its root; else the nearest checkout.")
@click.option("--split", help="With `corpus`: the split; needed only where it has several.")
@click.option("--force", is_flag=True, help="Replace OUT: a file, or a folder that convert wrote.")
def convert(
    source: str,
    out: Path,
    source_format: str | None,
    target_format: str | None,
    types: tuple[str, ...],
    offsets: "OffsetUnit | None",
    out_offsets: "OffsetUnit",
    no_comments: bool,
    level: "Level",
    root: Path | None,
    split: str | None,
    force: bool,
) -> None:
    """Convert IN (a file, a folder, or `corpus`) into OUT, and say in counts what could not be carried over.

    FORMAT is one of `goldassay list formats`; docs/formats.md says what each carries.
    """
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.exchange.convert import convert as convert_file
    from goldassay.exchange.reading import ReadOptions, WriteOptions

    wrong = [one for one in types if "=" not in one[1:]]
    if wrong:
        exit_usage(f"--types takes OLD=NEW, found {wrong[0]!r}")
    try:
        done = convert_file(
            source,
            out,
            source_format=source_format,
            target_format=target_format,
            types=dict(one.split("=", 1) for one in types),
            root=root,
            split=split,
            reading=ReadOptions(offsets=offsets, level=level),
            writing=WriteOptions(offsets=out_offsets, comments=not no_comments),
            force=force,
        )
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings, "Nothing was written.")
    except OSError as error:
        exit_usage(f"{error.filename}: {error.strerror}")
    _say(done, source, out)


def _say(done: "Conversion", source: str, out: Path) -> None:
    from goldassay.model.printable import printable
    from goldassay.report.findings import render_findings

    if done.findings:
        click.echo(render_findings(done.findings, format="text"), err=True, nl=False)
    plural = "s" * (done.documents != 1)
    click.echo(f"{printable(source)} ({done.source}) -> {out} ({done.target}): {done.documents} document{plural}")
    for note in done.notes:
        click.echo(f"note: {note}", err=True)
    _list(f"not taken from {done.source}", done.not_read)
    _list("taken for granted", done.assumed)
    _list(f"not carried by {done.target}", done.not_written)


def _list(title: str, counts: "Mapping[str, int]") -> None:
    listed = "".join(f"\n  {number:>6}  {what}" for what, number in sorted(counts.items()))
    click.echo(f"{title}:{listed or ' nothing'}", err=True)
