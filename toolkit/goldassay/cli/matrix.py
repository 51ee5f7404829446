"""`goldassay matrix`: who takes which side on whom and on what, as a table and as a picture."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from goldassay.cli.options import gold_option, ids_option, on_invalid_option, split_option

if TYPE_CHECKING:
    from goldassay.gold import Gold
    from goldassay.model.predictions import Prediction
    from goldassay.stance_matrix.cells import Matrix
    from goldassay.stance_matrix.difference import Difference

Of = Literal["gold", "system", "difference"]
Form = Literal["text", "csv", "json", "dot", "svg", "html"]


@click.command()
@click.argument("predictions", metavar="[PRED]", required=False, type=click.Path(path_type=Path))
@gold_option
@split_option
@click.option(
    "--of", type=click.Choice(["gold", "system", "difference"]), help="With PRED the difference, else the gold."
)
@click.option("--kind", type=click.Choice(["opinion", "belief"]), default="opinion", show_default=True)
@click.option("--rollup", is_flag=True, help="Lift people and nationalities to their state, by the gold's roll-up.")
@click.option("--run", "run_name", default=None, help="The run to take, where the file holds several.")
@on_invalid_option
@ids_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json", "dot", "svg", "html"]),
    default="text",
    show_default=True,
)
@click.option("--picture", type=click.Choice(["graph", "matrix"]), default="graph", show_default=True, help="For svg.")
@click.option(
    "--top", type=click.IntRange(min=1), default=25, show_default=True, help="Holders and targets in a picture."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file to write; else standard output.")
def matrix(
    predictions: Path | None,
    gold_path: Path | None,
    split: str | None,
    of: Of | None,
    kind: str,
    rollup: bool,
    run_name: str | None,
    on_invalid: Literal["error", "drop", "repair"],
    ids: Literal["own", "gold"],
    form: Form,
    picture: str,
    top: int,
    out: Path | None,
) -> None:
    """The stance matrix of the gold, of PRED, or their difference: a cell for each holder and target.

    PRED is a prediction file or a folder of `goldassay run`. Pictures (svg, html) need matplotlib: the extra `plots`.
    """
    from goldassay.api import load_gold
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.layers.base import Options
    from goldassay.naming import describe_system
    from goldassay.signing import sign_options
    from goldassay.stance_matrix.cells import build_matrices

    if predictions is None and of in ("system", "difference"):
        exit_usage(f"--of {of} needs predictions; name a prediction file")
    try:
        gold = load_gold(gold_path, split=split)
        if all(item.stances is None for item in gold.documents):
            exit_usage(f"no document of {gold.name} has annotated stances")
        said = None if predictions is None else _read(predictions, gold, run_name, on_invalid=on_invalid, ids=ids)
        options = Options(gold_ids=ids == "gold")
        more = {"matrix": f"{kind}.rollup" if rollup else kind}
        signature = sign_options(gold, ["stances"], options, None, on_invalid=on_invalid, run=run_name, more=more)
        both = build_matrices(
            gold.documents,
            said,
            kind=kind,
            rollup=rollup,
            options=options,
            names=("gold", "system" if predictions is None else describe_system(_file(predictions)).name or "system"),
        )
        rendered = _render(*both, of or ("gold" if said is None else "difference"), signature, form, picture, top)
        if out is not None:
            _write(out, rendered)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    if out is None:
        click.echo(rendered, nl=False)


def _file(source: Path) -> Path:
    return source / "predictions.jsonl" if source.is_dir() else source


def _read(
    source: Path,
    gold: "Gold",
    run: str | None,
    *,
    on_invalid: Literal["error", "drop", "repair"],
    ids: Literal["own", "gold"],
) -> "Mapping[str, Prediction]":
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.formats.predictions import read_predictions

    path = _file(source)
    try:
        read = read_predictions(
            path, {item.document.doc_id: item.document for item in gold.documents}, on_invalid=on_invalid, ids=ids
        )
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    if on_invalid == "error" and any(found.severity == "error" for found in read.findings):
        raise InvalidDataError(read.findings)
    names = sorted({str(item.run) for item in read.predictions})
    if len(names) > 1 and run is None:
        raise UsageError(f"the file holds {len(names)} runs ({', '.join(names)}); choose one with --run")
    if run is not None and run not in names:
        raise UsageError(f"no run {run!r}; the file holds {', '.join(names) or 'none'}")
    chosen = [item for item in read.predictions if run is None or item.run == run]
    if all(item.stances is None for item in chosen):
        raise UsageError(f"{path} says nothing of stances; its lines need the key `stances`")
    return {item.doc_id: item for item in chosen}


def _render(gold: "Matrix", system: "Matrix", of: Of, signature: str, form: Form, picture: str, top: int) -> str:
    from goldassay.cli.output import terminal_width
    from goldassay.report import stance_matrix as tables
    from goldassay.stance_matrix.difference import compare_matrices

    shown: Matrix | Difference = {"gold": gold, "system": system}.get(of) or compare_matrices(gold, system)
    if form == "csv":
        return tables.render_matrix_csv(shown, signature)
    if form == "json":
        return tables.render_matrix_json(shown, signature)
    if form == "text":
        return tables.render_matrix_text(shown, signature, width=terminal_width(), color=sys.stdout.isatty())
    if form == "dot":
        from goldassay.report.stance_dot import render_stance_dot

        return render_stance_dot(shown, signature)
    if form == "html":
        from goldassay.report.stance_page import render_matrix_page

        pages: Sequence[Matrix | Difference] = [gold, system, shown] if of == "difference" else [shown]
        return render_matrix_page(pages, signature, top=top)
    from goldassay.report.stance_graph import draw_stance_graph
    from goldassay.report.stance_heatmap import draw_stance_heatmap

    draw = draw_stance_graph if picture == "graph" else draw_stance_heatmap
    return draw(shown, signature, top=top).svg()


def _write(path: Path, rendered: str) -> None:
    from goldassay.errors import UsageError
    from goldassay.formats.files import write_atomically

    try:
        write_atomically(path, [rendered.encode()])
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
