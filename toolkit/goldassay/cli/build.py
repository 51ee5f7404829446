"""`goldassay build`: authoring files into rows, sources into generated files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from goldassay.model.finding import Finding


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE]…")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; report what would change (exit code 3).")
@click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The checkout; else the nearest one."
)
def build(files: tuple[Path, ...], only_check: bool, root: Path | None) -> None:
    """Compile authoring FILEs into the corpus, or without FILE write all generated files anew.

    With FILEs the rows of their documents are replaced, unless any of them has an error: then every finding is listed
    and nothing is written. Afterwards the generated files (documents, manifest, schemas, views, croissant.json, front
    matter of the README, version and day of CITATION.cff) are written, so that they are never older than the rows. A
    build that fails has written nothing, and with --check nothing is written either way.
    """
    from goldassay.cli.output import INVALID, exit_usage
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.generate.files import find_source_root
    from goldassay.report.findings import render_findings

    try:
        found = find_source_root(root)
        findings = _check(found, files) if only_check else _build(found, files)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        findings = list(error.findings)
    except OSError as error:
        exit_usage(f"{error.filename}: {error.strerror}")
    if findings:
        click.echo(render_findings(findings, format="text"), err=True, nl=False)
    if any(item.severity == "error" for item in findings):
        sys.exit(INVALID)
    click.echo(f"{found}: {'everything is fresh' if only_check else 'built'}")


def _build(root: Path, files: tuple[Path, ...]) -> list["Finding"]:
    from goldassay.generate.files import write_generated
    from goldassay.generate.rows import compile_files, encode_compiled

    if not files:
        write_generated(root)
        return []
    compiled = compile_files(root, files)
    rows = encode_compiled(compiled)
    write_generated(root, rows)
    for path in rows:
        click.echo(path.as_posix())
    return list(compiled.findings)


def _check(root: Path, files: tuple[Path, ...]) -> list["Finding"]:
    from goldassay.generate.files import check_generated
    from goldassay.generate.rows import check_compiled, compile_files

    return check_compiled(root, compile_files(root, files)) if files else check_generated(root)
