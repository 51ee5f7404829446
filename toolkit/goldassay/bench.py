"""L5: run every shipped baseline over the gold, score it, and put the headline numbers side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldassay.api import Scored, corpus_record, score_predictions, write_scores
from goldassay.errors import UsageError
from goldassay.extract.registry import SHIPPED, load_extractor
from goldassay.extract.runfile import read_run
from goldassay.formats.predictions import read_predictions
from goldassay.gold import Gold
from goldassay.model.hard_negatives import HardNegativesRow
from goldassay.model.scorefile import Score
from goldassay.report.found_table import Finder, render_found
from goldassay.report.markdown import escape, render_markdown
from goldassay.report.table import claim, format_headline, headline_scores
from goldassay.reporting import Source, report_html
from goldassay.running import PREDICTIONS, run_extractor

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
    finders = []
    for name in sorted(systems):
        record = read_run(out / name)
        if record is not None:
            read = read_predictions(out / name / PREDICTIONS, documents, on_invalid="drop")
            predictions = {prediction.doc_id: prediction for prediction in read.predictions}
            finders.append(Finder(name, frozenset(record.system.layers), predictions))
    return render_found(gold.documents, finders, hard_negatives)


def _row(name: str, gold: Gold, out: Path) -> BenchRow:
    layers = tuple(sorted(SHIPPED[name].layers))
    try:
        extractor = load_extractor(name)
    except UsageError as error:
        return BenchRow(name, layers, None, str(error))
    documents = [item.document for item in gold.documents]
    record = run_extractor(extractor, documents, out, timeout=TIMEOUT, resume=False, corpus=corpus_record(gold))
    unanswered = [item for item in record.documents if item.status != "ok"]
    scored = score_predictions(out, gold, layers=layers)
    write_scores(out, scored)
    (out / "report.md").write_text(render_markdown(scored.file), encoding="utf-8")
    said = [SHIPPED[name].note or "", f"{len(unanswered)} documents unanswered" if unanswered else ""]
    said += [f"{item.doc_id}: {item.message}" for item in record.documents if item.status == "ok" and item.message]
    return BenchRow(name, layers, scored, "; ".join(note for note in said if note))


def table(rows: Sequence[BenchRow]) -> tuple[list[str], list[list[str]]]:
    """Headings and cells: a system a row, a headline number a column, in alphabetical order: this is no ranking."""
    headings = ["system", *(title for title, _ in headline_scores([]))]
    cells = []
    for row in rows:
        scores = headline_scores(row.scored.file.scores) if row.scored else headline_scores([])
        values = [format_headline(score) for _, score in scores]
        cells.append([row.system, *values])
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


def _has_no_headline(scores: Sequence[Score]) -> bool:
    return not any(score is not None for _, score in headline_scores(scores))


def render_bench(rows: Sequence[BenchRow], gold: Gold) -> str:
    """The table of all systems as Markdown, with links to their reports."""
    headings, cells = table(rows)
    lines = [f"# Baselines on {gold.name} {gold.version}, {gold.split}", "", claim(len(gold.documents)), ""]
    lines += [f"| {' | '.join(headings)} |", f"|{'---|' * len(headings)}"]
    for row, (system, *rest) in zip(rows, cells, strict=True):
        name = f"[{system}]({system}/report.md)" if row.scored else system
        lines.append(f"| {' | '.join([name, *(escape(cell) for cell in rest)])} |")
    lines += ["", *(f"- {escape(note)}" for note in notes(rows))]
    lines += ["", f"Number by number: [{FOUND}]({FOUND})"]
    signatures = [f"- {row.system}: `{row.scored.file.signature}`" for row in rows if row.scored]
    return "\n".join([*lines, "", "Signatures:", "", *signatures, ""])
