"""Scores as flat rows: for CSV, for data frames, for whatever reads a table."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from goldassay.measures.measure import parse_measure
from goldassay.model.scorefile import Interval, Score, ScoreFile
from goldassay.report.select import select_scores

COLUMNS = (
    "system",
    "layer",
    "measure",
    "match",
    "view",
    "statistic",
    "average",
    "group",
    "value",
    "low",
    "high",
    "interval",
    "draws",
    "undefined_draws",
    "gold",
    "predicted",
    "right",
    "documents",
    "signature",
)
"""One row a score.

`draws` are the resamples behind the interval, or the values with one document left out behind a range;
`undefined_draws` those of them that are 0/0 and so outside it. `right` is the credit on the gold side. A profile's
metric has its path as measure and no match.
"""


def flat_rows(file: ScoreFile, measures: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The scores as rows of `COLUMNS`; null where a number is undefined, with 10 significant digits."""
    return [_row(file, score) for score in select_scores(file.scores, measures)]


def _row(file: ScoreFile, score: Score) -> dict[str, Any]:
    if score.profile is None:
        measure = parse_measure(score.measure)
        parts = (measure.match, measure.view, measure.statistic, measure.average)
    else:
        parts = ("", "", "", "")
    values = (
        file.provenance.system.name or "",
        score.layer,
        score.measure,
        *parts,
        score.group,
        _rounded(score.value),
        _rounded(score.interval.low),
        _rounded(score.interval.high),
        score.interval.kind,
        score.interval.resamples,
        undefined_draws(score.interval),
        score.counts.get("gold"),
        score.counts.get("predicted"),
        score.counts.get("credit_gold"),
        score.n_documents,
        file.signature,
    )
    return dict(zip(COLUMNS, values, strict=True))


def undefined_draws(interval: Interval) -> int | None:
    """In how many resamples the value is 0/0; null where there are none.

    >>> undefined_draws(Interval(kind="bootstrap", low=0.2, high=0.4, resamples=2000, undefined_share=0.0015))
    3
    """
    if interval.resamples is None or interval.undefined_share is None:
        return None
    return round(interval.undefined_share * interval.resamples)


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.10g}")


def render_csv(file: ScoreFile, measures: Sequence[str] = ()) -> str:
    """The rows as CSV (RFC 4180, LF ends) with a header line; undefined values are empty.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in flat_rows(file, measures))
    return out.getvalue()


def safe_cell(value: Any) -> Any:
    """The value, with an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
