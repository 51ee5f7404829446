"""`goldassay dehydrate`: the corpus without its texts."""

from pathlib import Path

import click


@click.command()
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; else printed.")
@click.option("--root", type=click.Path(path_type=Path), help="The root of a corpus; else the one around here.")
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
def dehydrate(out: Path | None, root: Path | None, force: bool) -> None:
    """Write all annotations with offsets and hashes, but none of the texts; `goldassay rehydrate` puts them back."""
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.corpus.locate import find_root
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.formats.files import write_atomically
    from goldassay.textfree.dehydrate import dehydrate_corpus

    if out is not None and out.exists() and not force:
        exit_usage(f"{out} exists; choose another name, or replace it with --force")
    try:
        content = dehydrate_corpus(find_root(root, option="--root"))
        if out is None:
            click.echo(content, nl=False)
        else:
            write_atomically(out, [content])
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    except OSError as error:
        exit_usage(f"{error.filename}: {error.strerror}")
