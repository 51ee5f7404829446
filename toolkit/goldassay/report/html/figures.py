"""The runs that a page shows, and its tables of scores as rows of strings, so that the template only lays them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from goldassay.error_records import ErrorLog
from goldassay.measures.measure import Measure
from goldassay.measures.signature import drawn_unit
from goldassay.measures.totals import ALL
from goldassay.model.printable import printable
from goldassay.model.scorefile import Interval, Score, ScoreFile
from goldassay.report.html.entries import Entry
from goldassay.report.html.quoted import FURTHER
from goldassay.report.score_table import score_tables, spread_heading
from goldassay.report.select import usual_scores
from goldassay.report.table import HEADLINES, count_noun, format_interval, format_value


@dataclass(frozen=True, slots=True)
class ShownRun:
    """One system's run in a report.

    name        how the page calls it; unique in the report
    file        its scores
    log         its errors
    entries     what the document view shows, by document id
    note        what has to be said beside its numbers, or empty
    unanswered  {layer: ids of documents annotated in it that the system did not answer}
    """

    name: str
    file: ScoreFile
    log: ErrorLog
    entries: Mapping[str, Sequence[Entry]]
    note: str = ""
    unanswered: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def layers(self) -> list[str]:
        """The layers that it was scored on."""
        return list(dict.fromkeys(score.layer for score in self.file.scores))


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """How far two annotators agree, for the page's score table.

    who      the sentence that says who they are and what that means
    figures  {measure token: (F1 with the first as gold, sizes in words)}
    """

    who: str
    figures: Mapping[str, tuple[float | None, str]] = field(default_factory=dict)


class Cell(NamedTuple):
    """One number of the score table with what belongs to it; empty strings where there is nothing to say.

    value     the number, or why there is none
    interval  its interval or range
    detail    how much was counted
    warning   how many documents were not answered
    """

    value: str
    interval: str = ""
    detail: str = ""
    warning: str = ""


class HeadlineTable(NamedTuple):
    """The numbers to quote.

    headings  for each column its layer and its measure
    rows      for each run its name and cells
    agreed    the annotators' agreement by the same measures; null where it is not known
    spread    what the ranges beside the numbers are; empty where there are none
    """

    headings: list[tuple[str, str]]
    rows: list[tuple[str, list[Cell]]]
    agreed: list[Cell] | None
    spread: str


def shown_measures(runs: Sequence[ShownRun]) -> list[tuple[Measure, str]]:
    """The columns of the score table: the numbers to quote, and further ones that some run has."""
    there = {score.measure for run in runs for score in run.file.scores}
    return [*HEADLINES, *(row for row in FURTHER if str(row[0]) in there)]


def headline_table(runs: Sequence[ShownRun], agreement: AgreementLine | None) -> HeadlineTable:
    """Headings; for each run its name and cells; the annotators' agreement by the same measures."""
    columns = shown_measures(runs)
    found = [[_find(run, measure) for measure, _ in columns] for run in runs]
    rows = [
        (run.name, [_cell(run, score, measure.layer) for score, (measure, _) in zip(scores, columns, strict=True)])
        for run, scores in zip(runs, found, strict=True)
    ]
    agreed = None
    if agreement is not None and agreement.figures:
        agreed = [_agreed(agreement.figures.get(str(measure))) for measure, _ in columns]
    intervals = [score.interval for scores in found for score in scores if score is not None]
    headings = [(layer, measure) for _, title in columns for layer, _, measure in [title.partition(": ")]]
    return HeadlineTable(headings, rows, agreed, spread_name(intervals, runs))


def _find(run: ShownRun, measure: Measure, group: str = ALL) -> Score | None:
    token = str(measure)
    return next((one for one in run.file.scores if one.measure == token and one.group == group), None)


def spread_name(intervals: Sequence[Interval], runs: Sequence[ShownRun]) -> str:
    """What these intervals are called, empty where there is none."""
    if all(interval.kind == "none" for interval in intervals):
        return ""
    return spread_heading(intervals, unit=drawn_unit(runs[0].file.signature))


def _cell(run: ShownRun, score: Score | None, layer: str) -> Cell:
    if score is None:
        return Cell("not covered")
    sizes = [f"{score.counts[name]:g} {name}" for name in ("gold", "predicted") if name in score.counts]
    missing = len(run.unanswered.get(layer, ()))
    warning = f"no answer for {missing} of {count_noun(score.n_documents, 'document')}" if missing else ""
    return Cell(format_value(score), format_ends(score.interval), ", ".join(sizes), warning)


def format_ends(interval: Interval) -> str:
    """Both ends of an interval as everywhere; empty where there is none."""
    return format_interval(interval).removesuffix("–")


def _agreed(figure: tuple[float | None, str] | None) -> Cell:
    if figure is None:
        return Cell("not measured")
    return Cell("–" if figure[0] is None else f"{figure[0]:.3f}", "", figure[1])


class FullTable(NamedTuple):
    """One table of a run's usual scores: its title, its headings and its printed cells."""

    title: str
    columns: list[str]
    rows: list[list[str]]


def full_tables(run: ShownRun) -> list[FullTable]:
    """The usual scores of a run: for each layer and view a table."""
    tables = score_tables(usual_scores(run.file.scores), unit=drawn_unit(run.file.signature))
    return [
        FullTable(
            table.title if table.left is None else f"{table.title}; {table.left}",
            list(table.columns),
            [[printable(cell) for cell in cells] for _, cells in table.rows],
        )
        for table in tables
    ]
