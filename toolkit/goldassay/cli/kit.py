"""`goldassay kit`: what an annotator needs for a pass of their own, written out and read back."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldassay.model.labels import LAYERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldassay.kit.layout import KitFormat


@click.command()
@click.argument("doc_ids", nargs=-1, metavar="[DOC]…")
@click.option("--layer", required=True, type=click.Choice(LAYERS), help="The layer to annotate.")
@click.option("--format", "form", required=True, type=click.Choice(["brat", "label-studio"]), help="The tool.")
@click.option("--out", type=click.Path(path_type=Path), help="Write a kit into this new folder.")
@click.option("--from", "prefilled", metavar="PASS", help="Show this pass, or `gold`, to begin with.")
@click.option(
    "--entities", metavar="PASS", help="With another layer: whose entities to name; by default those of --from."
)
@click.option("--read", "folder", type=click.Path(path_type=Path), help="Read a finished kit from this folder.")
@click.option("--name", help="With --read: the name of the annotator and of the pass.")
@click.option("--annotator-kind", "kind", type=click.Choice(["human", "model"]), help="With --read: who annotated.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="With --read: when; by default today.")
@click.option("--root", type=click.Path(path_type=Path), help="The root of the corpus; else the nearest checkout.")
def kit(
    doc_ids: tuple[str, ...],
    layer: str,
    form: "KitFormat",
    out: Path | None,
    prefilled: str | None,
    entities: str | None,
    folder: Path | None,
    name: str | None,
    kind: str | None,
    date: datetime.datetime | None,
    root: Path | None,
) -> None:
    """Write an annotation kit for documents DOC (by default all) into a folder, or read a finished kit back as a pass.

    Writing takes --out, reading takes --read, --name and --annotator-kind.
    """
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.errors import InvalidDataError, UsageError

    reading = (folder, name, kind)
    if (out is None) == (folder is None):
        exit_usage("write a kit with --out, or read one with --read")
    if out is not None and (any(reading) or date is not None):
        exit_usage("--name, --annotator-kind and --date go with --read")
    if folder is not None and (any((prefilled, entities, doc_ids)) or not all(reading)):
        exit_usage("--read takes --name and --annotator-kind, and no --from, --entities or documents")
    try:
        if out is not None:
            _write(root, out, layer, form, doc_ids, prefilled, entities)
        elif folder is not None:
            _read(root, folder, layer, form, str(name), str(kind), date)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    except OSError as error:
        exit_usage(f"{error.filename}: {error.strerror}")


def _write(
    root: Path | None,
    out: Path,
    layer: str,
    form: "KitFormat",
    doc_ids: tuple[str, ...],
    prefilled: str | None,
    entities: str | None,
) -> None:
    from goldassay.cli.output import exit_usage
    from goldassay.corpus.locate import find_root
    from goldassay.kit.write import make_kit

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        exit_usage(f"{out} exists and is not an empty folder; choose another name")
    made = make_kit(
        find_root(root, option="--root"), layer, form, doc_ids=doc_ids, prefilled=prefilled, entities=entities
    )
    _write_files(out, made.files)
    click.echo(f"{out}: a kit of {len(made.files)} files; begin with {out / 'README.md'}")
    if prefilled is not None:
        lost = ", ".join(f"{number} {what}" for what, number in sorted(made.lost.items()))
        click.echo(f"not carried over from {prefilled}: {lost or 'nothing'}")


def _read(
    root: Path | None,
    folder: Path,
    layer: str,
    form: "KitFormat",
    name: str,
    kind: str,
    date: datetime.datetime | None,
) -> None:
    import msgspec

    from goldassay.cli.output import exit_invalid
    from goldassay.generate.files import find_source_root
    from goldassay.kit.read import read_kit
    from goldassay.model.provenance import Annotator
    from goldassay.report.findings import render_findings, summarize

    found = find_source_root(root)
    annotator = msgspec.convert({"name": name, "kind": kind}, Annotator)
    day = (date or datetime.datetime.now(tz=datetime.UTC)).date().isoformat()
    returned = read_kit(found, folder, layer, form, annotator, day)
    if any(item.severity == "error" for item in returned.findings):
        exit_invalid(returned.findings, "Not all of the kit could be read; nothing was written.")
    if returned.findings:
        click.echo(render_findings(returned.findings, format="text"), err=True, nl=False)
    _write_files(found, returned.files)
    for path in returned.files:
        click.echo(path)
    read = ", ".join(f"{number} {what}" for what, number in returned.read.items())
    click.echo(f"read: {read}; not read: {summarize(returned.findings)}")


def _write_files(folder: Path, files: "Mapping[str, bytes]") -> None:
    from goldassay.formats.files import write_atomically

    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / path, [content])
