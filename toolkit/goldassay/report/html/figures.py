"""The tables and bars of the page as rows of strings and numbers, so that the template only lays them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from goldassay.error_records import ErrorLog
from goldassay.layers.numeric_matches import slip_match
from goldassay.match.slip import SLIPS
from goldassay.measures.measure import Measure
from goldassay.measures.totals import ALL
from goldassay.model.printable import printable
from goldassay.model.scorefile import Score, ScoreFile
from goldassay.report.errors import confusion_to_data
from goldassay.report.html.entries import Entry
from goldassay.report.select import usual_scores
from goldassay.report.table import HEADLINES, cells, format_interval, format_value, score_rows

FURTHER: tuple[tuple[Measure, str], ...] = (
    (Measure("coreference", "f1", "conll", "all"), "coreference: CoNLL F1"),
    (Measure("attributions", "f1", "relation", "relations"), "attributions: F1 of relations"),
    (Measure("times", "f1", "whole", "expressions"), "times: F1 of span, type and value"),
)
"""Shown beside the numbers to quote, if any system has them."""


@dataclass(frozen=True, slots=True)
class ShownRun:
    """One system's run in a report.

    name     how the page calls it; unique in the report
    file     its scores
    log      its errors
    entries  what the document view shows, by document id
    note     what has to be said beside its numbers, or empty
    """

    name: str
    file: ScoreFile
    log: ErrorLog
    entries: Mapping[str, Sequence[Entry]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """How far two annotators agree, for the page's score table.

    who      the sentence that says who they are and what that means
    figures  {measure token: (F1 with the first as gold, sizes in words)}
    """

    who: str
    figures: Mapping[str, tuple[float | None, str]] = field(default_factory=dict)


class Cell(NamedTuple):
    """One number of the score table with what belongs to it; empty strings where there is nothing to say."""

    value: str
    interval: str = ""
    detail: str = ""


def shown_measures(runs: Sequence[ShownRun]) -> list[tuple[Measure, str]]:
    """The columns of the score table: the numbers to quote, and further ones that some run has."""
    there = {score.measure for run in runs for score in run.file.scores}
    return [*HEADLINES, *(row for row in FURTHER if str(row[0]) in there)]


def headline_table(
    runs: Sequence[ShownRun], agreement: AgreementLine | None
) -> tuple[list[str], list[tuple[str, str, list[Cell]]], list[Cell] | None]:
    """Headings; for each run its name, note and cells; the annotators' agreement by the same measures."""
    columns = shown_measures(runs)
    rows = [(run.name, run.note, [_cell(_find(run, measure)) for measure, _ in columns]) for run in runs]
    agreed = None
    if agreement is not None and agreement.figures:
        agreed = [_agreed(agreement.figures.get(str(measure))) for measure, _ in columns]
    return [title for _, title in columns], rows, agreed


def _find(run: ShownRun, measure: Measure, group: str = ALL) -> Score | None:
    token = str(measure)
    return next((one for one in run.file.scores if one.measure == token and one.group == group), None)


def _cell(score: Score | None) -> Cell:
    if score is None:
        return Cell("not covered")
    sizes = [f"{score.counts[name]:g} {name}" for name in ("gold", "predicted") if name in score.counts]
    interval = format_interval(score.interval)
    return Cell(format_value(score), "" if interval == "–" else interval, ", ".join(sizes))


def _agreed(figure: tuple[float | None, str] | None) -> Cell:
    if figure is None:
        return Cell("not measured")
    return Cell("–" if figure[0] is None else f"{figure[0]:.3f}", "", figure[1])


class Bar(NamedTuple):
    """One system's value in one group: its place in the report, 0 to 1 or null, and in words."""

    run: int
    value: float | None
    shown: str
    sizes: str


class BarChart(NamedTuple):
    """One measure by group: a title, then for each group its bars."""

    title: str
    layer: str
    groups: list[tuple[str, list[Bar]]]


def bar_charts(runs: Sequence[ShownRun]) -> list[BarChart]:
    """A chart for each shown measure that has groups; groups without gold and predictions in every run are left out."""
    charts = []
    for measure, title in shown_measures(runs):
        by_group: dict[str, list[Bar]] = {}
        for number, run in enumerate(runs):
            for score in run.file.scores:
                if score.measure == str(measure) and score.group != ALL and any(score.counts.values()):
                    sizes = f"{score.counts.get('gold', 0):g} gold, {score.counts.get('predicted', 0):g} predicted"
                    bar = Bar(number, score.value, format_value(score), sizes)
                    by_group.setdefault(score.group, []).append(bar)
        if len(by_group) > 1 or any(group != "clusters" for group in by_group):
            charts.append(BarChart(title, measure.layer, list(by_group.items())))
    return charts


class HeatMap(NamedTuple):
    """A confusion table without empty rows and columns; a cell is a count, its share of the row's largest, its kind."""

    run: int
    columns: list[str]
    rows: list[tuple[str, list[tuple[int, float, str]], int]]


def heat_maps(runs: Sequence[ShownRun], view: str = "names") -> list[HeatMap]:
    """One confusion of entity types for each run that has one; gold in rows, predicted in columns."""
    maps = []
    for number, run in enumerate(runs):
        table = run.log.confusion.get(view)
        if table is None:
            continue
        data = confusion_to_data(run.log)
        counts = table.tolist()
        rows = [i for i, row in enumerate(counts) if any(row)]
        columns = [j for j in range(len(data["columns"])) if any(row[j] for row in counts)]
        shown = []
        for i in rows:
            top = max(counts[i]) or 1
            line = [
                (counts[i][j], counts[i][j] / top, "right" if data["rows"][i] == data["columns"][j] else "error")
                for j in columns
            ]
            shown.append((data["rows"][i], line, sum(counts[i])))
        maps.append(HeatMap(number, [data["columns"][j] for j in columns], shown))
    return maps


def slip_table(runs: Sequence[ShownRun]) -> tuple[list[int], list[tuple[str, list[str]]]]:
    """Runs with aligned numeric facts, and for each slip that occurs how many facts and what share of the aligned."""
    tokens = {
        shown: str(Measure("numeric_facts", "rate", slip_match(label), "aligned")) for label, shown in SLIPS.items()
    }
    having = [
        number for number, run in enumerate(runs) if any(one.measure in tokens.values() for one in run.file.scores)
    ]
    rows = []
    for shown, token in tokens.items():
        found = [
            next((one for one in runs[number].file.scores if one.measure == token and one.group == ALL), None)
            for number in having
        ]
        if any(one is not None and one.value for one in found):
            rows.append((shown, [_slip(one) for one in found]))
    return having, rows


def _slip(score: Score | None) -> str:
    if score is None or score.value is None:
        return "–"
    return f"{score.counts['credit_gold']:g} of {score.counts['gold']:g}"


def full_tables(run: ShownRun) -> list[tuple[str, list[list[str]]]]:
    """The usual scores of a run: for each layer and view a title and rows of printed cells."""
    tables: dict[str, list[list[str]]] = {}
    for row in score_rows(usual_scores(run.file.scores), average=None):
        tables.setdefault(f"{row.layer}, {row.view}", []).append([printable(cell) for cell in cells(row)])
    return list(tables.items())
