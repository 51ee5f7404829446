"""L5: run every shipped baseline over the gold, score it, and put the headline numbers side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from goldassay.api import Scored, corpus_record, score_predictions, write_scores
from goldassay.errors import UsageError
from goldassay.extract.registry import SHIPPED, load_extractor
from goldassay.extract.runfile import read_run
from goldassay.formats.predictions import read_predictions
from goldassay.gold import Gold
from goldassay.layers import order_layers
from goldassay.layers.base import Options
from goldassay.model.hard_negatives import HardNegativesRow
from goldassay.model.scorefile import Score
from goldassay.report.found_table import LAYERS, Finder, render_found
from goldassay.report.headlines import format_spread, headline_claim, shared_line
from goldassay.report.markdown import escape
from goldassay.report.table import claim, headline_scores
from goldassay.reporting import Source, report_html
from goldassay.running import PREDICTIONS, run_extractor
from goldassay.signing import sign_options

TIMEOUT = 300.0
"""Seconds a document may take; the slowest shipped baseline needs about ten for its first one."""

FOUND, PAGE = "numbers-found.md", "report.html"


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One system: its scores, or why it has none."""

    system: str
    layers: tuple[str, ...]
    scored: Scored | None
    note: str


def bench(
    gold: Gold,
    out: Path,
    *,
    tell: Callable[[str], None],
    hard_negatives: Mapping[str, HardNegativesRow] | None = None,
) -> list[BenchRow]:
    """Run and score all shipped baselines, write each to `out/<system>`, and the table to `out/report.md`.

    `out/numbers-found.md` says which numbers and times of the gold each of them found, and how
    many hard negatives it took for numbers where those are given.

    A system whose packages are not installed is listed with what it needs, never left out in silence.
    """
    rows = []
    for name in sorted(SHIPPED):
        tell(name)
        rows.append(_row(name, gold, out / name))
    (out / "report.md").write_text(render_bench(rows, gold), encoding="utf-8")
    systems = [row.system for row in rows if row.scored]
    found = render_numbers_found(out, gold, systems, hard_negatives=hard_negatives)
    (out / FOUND).write_text(found, encoding="utf-8")
    return rows


def write_page(rows: Sequence[BenchRow], gold: Gold, out: Path, *, root: Path | None = None) -> Path:
    """Write the HTML report of all systems that scored to `out/report.html`, and return its path.

    Raises:
        UsageError: The template engine is not installed.
    """
    sources = [Source(out / row.system, row.system, row.layers, row.note) for row in rows if row.scored]
    page = out / PAGE
    page.write_text(report_html(sources, gold, root=root), encoding="utf-8")
    return page


def render_numbers_found(
    out: Path,
    gold: Gold,
    systems: Iterable[str] = SHIPPED,
    *,
    hard_negatives: Mapping[str, HardNegativesRow] | None = None,
) -> str:
    """The table of numbers and times found, from the predictions and run files that `bench` wrote to `out`."""
    documents = {item.document.doc_id: item.document for item in gold.documents}
    policy: Final = "drop"
    finders = []
    for name in sorted(systems):
        record = read_run(out / name)
        if record is not None:
            read = read_predictions(out / name / PREDICTIONS, documents, on_invalid=policy)
            predictions = {prediction.doc_id: prediction for prediction in read.predictions}
            finders.append(Finder(name, frozenset(record.system.layers), predictions))
    signature = sign_options(gold, LAYERS, Options(), None, on_invalid=policy)
    return render_found(gold.documents, finders, hard_negatives, signature=signature)


def _row(name: str, gold: Gold, out: Path) -> BenchRow:
    layers = tuple(order_layers(SHIPPED[name].layers))
    try:
        extractor = load_extractor(name)
    except UsageError as error:
        return BenchRow(name, layers, None, str(error))
    documents = [item.document for item in gold.documents]
    record = run_extractor(extractor, documents, out, timeout=TIMEOUT, resume=False, corpus=corpus_record(gold))
    unanswered = [item for item in record.documents if item.status != "ok"]
    scored = score_predictions(out, gold, layers=layers)
    write_scores(out, scored)
    said = [SHIPPED[name].note or "", f"{len(unanswered)} documents unanswered" if unanswered else ""]
    said += [f"{item.doc_id}: {item.message}" for item in record.documents if item.status == "ok" and item.message]
    return BenchRow(name, layers, scored, "; ".join(note for note in said if note))


def table(rows: Sequence[BenchRow]) -> tuple[list[str], list[list[str]]]:
    """Headings and cells: a system a row, a headline number with its interval a column.

    In alphabetical order: this is no ranking.
    """
    headings = ["system", *(title for title, _ in headline_scores([]))]
    cells = []
    for row in rows:
        scores = headline_scores(row.scored.file.scores) if row.scored else headline_scores([])
        cells.append([row.system, *(format_spread(score) for _, score in scores)])
    return headings, cells


def notes(rows: Sequence[BenchRow]) -> list[str]:
    """What has to be said beside the numbers: who knows the seed articles, who failed, who scored elsewhere only."""
    told = []
    for row in rows:
        scores = row.scored.file.scores if row.scored else []
        others = row.scored.file.quote_as if row.scored and _has_no_headline(scores) else []
        parts = [part for part in (row.note, *(f"none of the three: {line}" for line in others)) if part]
        told += [f"{row.system}: {'; '.join(parts)}"] if parts else []
    return told


def what_it_shows(rows: Sequence[BenchRow], gold: Gold) -> list[str]:
    """What the documents let one say of the numbers, and the part of the signatures that all systems share."""
    files = [row.scored.file for row in rows if row.scored]
    return [headline_claim(files), shared_line(files[0].signature)] if files else [claim(len(gold.documents))]


def _has_no_headline(scores: Sequence[Score]) -> bool:
    return not any(score is not None for _, score in headline_scores(scores))


def render_bench(rows: Sequence[BenchRow], gold: Gold) -> str:
    """The table of all systems as Markdown, with links to their reports."""
    headings, cells = table(rows)
    said, *shared = what_it_shows(rows, gold)
    lines = [f"# Baselines on {gold.name} {gold.version}, {gold.split}", "", said, ""]
    lines += [f"| {' | '.join(headings)} |", f"|{'---|' * len(headings)}"]
    for row, (system, *rest) in zip(rows, cells, strict=True):
        name = f"[{system}]({system}/report.md)" if row.scored else system
        lines.append(f"| {' | '.join([name, *(escape(cell) for cell in rest)])} |")
    lines += ["", *(f"- {escape(note)}" for note in notes(rows)), *(line for one in shared for line in ("", one))]
    lines += ["", f"Number by number: [{FOUND}]({FOUND})"]
    signatures = [f"- {row.system}: `{row.scored.file.signature}`" for row in rows if row.scored]
    return "\n".join([*lines, "", "Signatures:", "", *signatures, ""])
