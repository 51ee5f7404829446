"""`goldassay rehydrate`: a text-free corpus and somebody's texts, put together and verified."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from goldassay.corpus.release_manifest import Release
    from goldassay.textfree.rehydrate import Rehydrated


@click.command()
@click.argument("text_free", metavar="TEXTFREE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--texts", required=True, type=click.Path(path_type=Path), help="A folder with your copies of the texts.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write.")
@click.option("--partial", is_flag=True, help="Write the documents that verify even if others are refused.")
def rehydrate(text_free: Path, texts: Path, out: Path, partial: bool) -> None:
    """Put the texts back into the text-free corpus TEXTFREE and write it to --out, ready for `--gold`.

    A text is taken as it is if its hash is right. Else it is restored from your copy, which may differ in line ends,
    white space, quotation marks and Unicode form, and may have other lines in between; where words differ the document
    is refused, and the places are listed. A document comes back exactly or not at all. A version that is no release
    known here gets the ending +unverified.
    """
    from goldassay.cli.output import INVALID, exit_invalid, exit_usage
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.model.printable import printable
    from goldassay.report.findings import render_findings
    from goldassay.textfree.rehydrate import UNVERIFIED, read_text_free, rehydrate
    from goldassay.textfree.texts import read_texts

    try:
        if out.is_dir() and any(out.iterdir()):
            exit_usage(f"{out} is not empty; name a new folder")
        source = read_text_free(text_free)
        found = rehydrate(source, read_texts(texts), _known_releases())
        errors = any(item.severity == "error" for item in found.findings)
        documents = sum(len(rows) for (name, _), rows in found.tables.items() if name == "documents")
        if errors and not (partial and documents):
            exit_invalid(found.findings, "Nothing was written.")
        _write(out, found)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings, "Nothing was written.")
    except OSError as error:
        exit_usage(f"{error.filename}: {error.strerror}")
    click.echo(render_findings(found.findings, format="text") if found.findings else "", err=True, nl=False)
    click.echo(f"{out}: {documents} of {len(source.documents)} documents, each verified by its SHA-256")
    if found.manifest.version.endswith(UNVERIFIED):
        click.echo(f"Version {printable(found.manifest.version)}: no release known here has this gold.")
    if errors:
        raise click.exceptions.Exit(INVALID)


def _known_releases() -> "list[Release]":
    """The releases of the corpus around here and of the installed one."""
    from goldassay.corpus.locate import HOME, INSTALLED, find_checkout
    from goldassay.corpus.release_manifest import read_releases

    roots = [root for root in (find_checkout(), INSTALLED, HOME) if root is not None]
    return [release for root in roots for release in read_releases(root)]


def _write(out: Path, found: "Rehydrated") -> None:
    from goldassay.formats.files import write_atomically

    for path, content in found.files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(out / path, [content])
