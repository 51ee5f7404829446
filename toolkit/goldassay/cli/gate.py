"""`goldassay gate`: is a run worse than its baseline?"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

import click

from goldassay.cli.options import (
    gold_option,
    ids_option,
    labels_option,
    on_invalid_option,
    resamples_option,
    seed_option,
    split_option,
    trim_option,
    unit_option,
)
from goldassay.cli.share import Share

if TYPE_CHECKING:
    from goldassay.report.gate import GateReport

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--baseline",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR|PREDICTIONS",
    help="Earlier predictions, or a folder with them; written from RUN where there is none.",
)
@click.option("--require-baseline", is_flag=True, help="Refuse where there is no baseline, as for a mistyped path.")
@gold_option
@split_option
@click.option("--max-drop", type=Share(), default=0.005, show_default=True, help="A drop that is fine.")
@click.option(
    "--alpha",
    type=Share(inner=True),
    default=0.01,
    show_default=True,
    help="Chance of failing a run that is no worse.",
)
@click.option(
    "--fail-under", multiple=True, metavar="M=X", help="Fail if a measure (or a layer's headline) is under X."
)
@click.option("--measure", "measures", multiple=True, help="Gate this match or token; the headlines by default.")
@click.option("--layer", "layers", multiple=True, help="Gate only this layer (repeatable).")
@click.option("--gate-groups", is_flag=True, help="Gate each group (type, dimension, kind) as well.")
@click.option("--items", is_flag=True, help="Fail for every gold item that most runs have lost.")
@on_invalid_option
@trim_option
@labels_option
@ids_option
@resamples_option
@seed_option
@unit_option
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option("--junit", type=FILE, metavar="FILE", help="Write JUnit XML.")
@click.option("--summary", type=FILE, metavar="FILE", help="Append Markdown, as to $GITHUB_STEP_SUMMARY.")
@click.option("--badge", type=FILE, metavar="FILE", help="Write a shields.io endpoint badge.")
@click.option("--json", "json_file", type=FILE, metavar="FILE", help="Write the whole result.")
@click.option("--github", type=click.File("w", encoding="utf-8"), metavar="FILE", help="Annotations; - to print them.")
def gate(
    run: Path,
    baseline: Path,
    require_baseline: bool,
    gold_path: Path | None,
    split: str | None,
    max_drop: float,
    alpha: float,
    fail_under: tuple[str, ...],
    measures: tuple[str, ...],
    layers: tuple[str, ...],
    gate_groups: bool,
    items: bool,
    on_invalid: Literal["error", "drop", "repair"],
    trim: str,
    labels: str | None,
    ids: Literal["own", "gold"],
    resamples: int,
    seed: int,
    unit: Literal["document", "source"],
    form: str,
    junit: Path | None,
    summary: Path | None,
    badge: Path | None,
    json_file: Path | None,
    github: TextIO | None,
) -> None:
    """Fail if RUN is worse than the baseline by more than is allowed, and more than chance explains.

    Both are prediction files, folders with predictions.jsonl, or folders of runs; both are scored now, on one gold.
    Exit codes: 0 pass or inconclusive, 1 fail, 4 documents without an answer, in a gated layer or at all.
    """
    from goldassay.api import load_gold
    from goldassay.checks.mapped_labels import build_options
    from goldassay.cli.output import advise_invalid, exit_invalid, exit_usage
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.gating import gate_files
    from goldassay.limits import parse_limits
    from goldassay.resampling import Resampling
    from goldassay.verdicts import Limits

    try:
        report = gate_files(
            run,
            baseline,
            load_gold(gold_path, split=split),
            limits=Limits(max_drop, alpha, parse_limits(fail_under), items),
            layers=layers or None,
            measures=measures,
            groups=gate_groups,
            options=build_options(ids, [name.strip() for name in trim.split(",") if name.strip()], labels),
            on_invalid=on_invalid,
            resampling=Resampling(resamples=resamples, seed=seed, unit=unit),
            require_baseline=require_baseline,
        )
        _write(report, junit, summary, badge, json_file)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings, f"Nothing was judged. {advise_invalid(error.findings)}")
    click.echo(_render(report, form), nl=False)
    if github is not None:
        from goldassay.report.gate import render_annotations

        click.echo(render_annotations(report), file=github, nl=False)
    sys.exit(report.result.exit_code)


def _render(report: "GateReport", form: str) -> str:
    from goldassay.cli.output import terminal_width
    from goldassay.report import gate as rendering

    if form == "json":
        return rendering.render_gate_json(report)
    if form == "markdown":
        return rendering.render_gate_markdown(report)
    return rendering.render_gate_text(report, width=terminal_width(), color=sys.stdout.isatty())


def _write(
    report: "GateReport", junit: Path | None, summary: Path | None, badge: Path | None, json_file: Path | None
) -> None:
    from goldassay.errors import UsageError
    from goldassay.report.badge import render_badge
    from goldassay.report.gate import render_gate_json, render_gate_markdown
    from goldassay.report.junit import render_junit

    for path, render in ((junit, render_junit), (badge, render_badge), (json_file, render_gate_json)):
        if path is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(render(report), encoding="utf-8")
            except OSError as error:
                raise UsageError(f"cannot write {path}: {error.strerror}") from error
    if summary is not None:
        try:
            with summary.open("a", encoding="utf-8") as file:
                file.write(render_gate_markdown(report))
        except OSError as error:
            raise UsageError(f"cannot write {summary}: {error.strerror}") from error
