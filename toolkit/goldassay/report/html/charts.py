"""Bars, confusions and slips of the page as rows of strings and numbers, so that the template only lays them out."""

from collections.abc import Sequence
from typing import NamedTuple

from goldassay.layers.numeric_matches import slip_match
from goldassay.match.slip import SLIPS
from goldassay.measures.measure import Measure
from goldassay.measures.totals import ALL
from goldassay.model.scorefile import Score
from goldassay.report.errors import confusion_to_data
from goldassay.report.html.figures import ShownRun, format_ends, shown_measures, spread_name
from goldassay.report.table import format_value


class Bar(NamedTuple):
    """One system's value in one group: its place in the report, 0 to 1 or null, in words, and its interval.

    ends   where the interval starts and how long it is, in shares of the bar; null where there is none
    range  the interval in words; empty where there is none
    """

    run: int
    value: float | None
    shown: str
    sizes: str
    ends: tuple[float, float] | None = None
    range: str = ""


class BarChart(NamedTuple):
    """One measure by group: a title, what the ranges on its bars are, then for each group its bars."""

    title: str
    layer: str
    spread: str
    groups: list[tuple[str, list[Bar]]]


def bar_charts(runs: Sequence[ShownRun]) -> list[BarChart]:
    """A chart for each shown measure that has groups; groups without gold and predictions in every run are left out."""
    charts = []
    for measure, title in shown_measures(runs):
        by_group: dict[str, list[Bar]] = {}
        intervals = []
        for number, run in enumerate(runs):
            for score in run.file.scores:
                if score.measure == str(measure) and score.group != ALL and any(score.counts.values()):
                    by_group.setdefault(score.group, []).append(_bar(number, score))
                    intervals.append(score.interval)
        if len(by_group) > 1 or any(group != "clusters" for group in by_group):
            charts.append(BarChart(title, measure.layer, spread_name(intervals, runs), list(by_group.items())))
    return charts


def _bar(run: int, score: Score) -> Bar:
    sizes = f"{score.counts.get('gold', 0):g} gold, {score.counts.get('predicted', 0):g} predicted"
    low, high = score.interval.low, score.interval.high
    ends = None if low is None or high is None else (max(low, 0.0), min(high, 1.0) - max(low, 0.0))
    return Bar(run, score.value, format_value(score), sizes, ends, format_ends(score.interval))


class HeatMap(NamedTuple):
    """A confusion table without empty rows and columns; a cell is a count, its share of its row, its kind."""

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
            total = sum(counts[i])
            line = [
                (counts[i][j], counts[i][j] / total, "right" if data["rows"][i] == data["columns"][j] else "error")
                for j in columns
            ]
            shown.append((data["rows"][i], line, total))
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
