"""The page: one file that loads nothing. Data goes into it through an engine that escapes, or as escaped JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import Any

from goldassay.errors import UsageError
from goldassay.gold import UNKNOWN_ANNOTATORS
from goldassay.measures.signature import drawn_unit
from goldassay.model.document import Document
from goldassay.model.printable import printable
from goldassay.model.scorefile import Provenance
from goldassay.report.html.charts import bar_charts, heat_maps, slip_table
from goldassay.report.html.data import System, build_document, build_index
from goldassay.report.html.figures import AgreementLine, ShownRun, full_tables, headline_table
from goldassay.report.html.graphs import Graph
from goldassay.report.notices import document_lines, notice_lines
from goldassay.report.score_table import LEGEND
from goldassay.report.table import claim

PAGE = "goldassay.report.html"
SCRIPTS = ("text.js", "state.js", "marks.js", "panels.js", "address.js", "app.js")
"""In the order in which they stand in the page: each uses what comes before it."""


def render_page(
    documents: Sequence[Document],
    runs: Sequence[ShownRun],
    *,
    agreement: AgreementLine | None = None,
    rules: Mapping[str, str] | None = None,
    graphs: Sequence[Graph] = (),
) -> str:
    """The whole report as one HTML file.

    Args:
        documents: The texts, in the order in which they are listed.
        runs: What is shown, all scored against one gold; at least one.
        agreement: How far annotators of this gold agree; null where nothing is known of it.
        rules: Texts of guideline rules by id; null for gold that was not made by these guidelines.
        graphs: Drawings of stances.

    Raises:
        UsageError: The template engine is not installed, or there is nothing to show.
    """
    if not runs:
        raise UsageError("nothing was scored; a report needs at least one run")
    where = runs[0].file.provenance
    systems = [System(printable(run.name), run.entries, run.layers, run.unanswered) for run in runs]
    index = build_index(documents, systems, rules, about=_about(where))
    layers = [name for name, _ in index["layers"]]
    blocks = [build_document(document, [run.entries for run in runs], layers) for document in documents]
    index["first"], index["second"] = first_shown(runs)
    slip_runs, slips = slip_table(runs)
    return _template()(
        corpus=printable(where.corpus),
        version=printable(where.version),
        split=printable(where.split),
        fingerprint=where.fingerprint[:8],
        tool=where.tool,
        n_documents=where.n_documents,
        annotators="" if where.annotators == UNKNOWN_ANNOTATORS else printable(where.annotators),
        claim=claim(
            where.n_documents,
            [score.interval for run in runs for score in run.file.scores],
            unit=drawn_unit(runs[0].file.signature),
        ),
        agreement=None if agreement is None else agreement.who,
        order="Systems stand in the order in which they were given: this is no ranking." if len(runs) > 1 else "",
        headlines=headline_table(runs, agreement),
        notes=[(run.name, run.note) for run in runs if run.note],
        charts=bar_charts(runs),
        maps=heat_maps(runs),
        graphs=[
            {"title": graph.title, "svg": graph.svg and _safe(graph.svg), "table": graph.table} for graph in graphs
        ],
        slip_runs=slip_runs,
        slips=slips,
        runs=[_about_run(run) for run in runs],
        legend=LEGEND,
        n_layers=max(len(layers), 1),
        style=_safe(_read("style.css")),
        script=_safe('"use strict";\n' + "\n".join(_read(name) for name in SCRIPTS)),
        index=_safe(encode_json(index)),
        blocks=[_safe(encode_json(block)) for block in blocks],
    )


def encode_json(data: Mapping[str, Any]) -> str:
    r"""JSON that may stand inside a script element: nothing but ASCII, and no character that HTML reads.

    >>> encode_json({"text": "</script>&"})
    '{"text":"\\u003c/script\\u003e\\u0026"}'
    """
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for char in "<>&\x7f":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def first_shown(runs: Sequence[ShownRun]) -> tuple[int, int]:
    """The runs that a page opens with: one or two as given; of more the one with most right items, alone.

    A run that says nothing would hide what the page is for; which one opens first ranks nothing.
    """
    if len(runs) <= 2:
        return 0, 1 if len(runs) == 2 else -1
    right = [sum(entry.verdict == "right" for found in run.entries.values() for entry in found) for run in runs]
    return right.index(max(right)), -1


def _about(where: Provenance) -> dict[str, str]:
    return {
        "corpus": f"{printable(where.corpus)} {printable(where.version)}, {printable(where.split)}",
        "fingerprint": where.fingerprint,
    }


def _about_run(run: ShownRun) -> dict[str, Any]:
    where = run.file.provenance
    system = " ".join(part for part in (where.system.name, where.system.version) if part)
    lines = [f"System: {printable(system)}"] if system else []
    lines += [f"Note: {printable(where.system.note, 1000)}"] if where.system.note else []
    lines += [*document_lines(run.file.findings, where.n_documents), *notice_lines(run.file)]
    return {
        "name": run.name,
        "quotes": [printable(line, 1000) for line in run.file.quote_as],
        "signature": run.file.signature,
        "lines": lines,
        "tables": full_tables(run),
    }


def _read(name: str) -> str:
    return resources.files(PAGE).joinpath("page", name).read_text(encoding="utf-8")


def _safe(markup: str) -> Any:
    """Markup of our own, or JSON that is escaped already; the engine escapes everything else."""
    from markupsafe import Markup

    return Markup(markup)  # noqa: S704  (never called on text from data)


def _template() -> Callable[..., str]:
    try:
        from jinja2 import Environment, StrictUndefined
    except ModuleNotFoundError as error:
        raise UsageError("an HTML report needs jinja2: pip install 'goldassay[report]'") from error
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["printable"] = printable
    render: Callable[..., str] = environment.from_string(_read("template.html.j2")).render
    return render
