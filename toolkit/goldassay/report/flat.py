"""Scores as flat rows: for CSV, for pandas, for whatever reads a table."""

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from goldassay.measures.measure import parse_measure
from goldassay.model.scorefile import Score, ScoreFile
from goldassay.report.select import select_scores

if TYPE_CHECKING:
    import pandas as pd

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
    "gold",
    "predicted",
    "right",
    "documents",
    "signature",
)
"""One row a score. `right` is the credit on the gold side; a profile's metric has its path as measure and no match."""


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
        score.counts.get("gold"),
        score.counts.get("predicted"),
        score.counts.get("credit_gold"),
        score.n_documents,
        file.signature,
    )
    return dict(zip(COLUMNS, values, strict=True))


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


def to_frame(file: ScoreFile, measures: Sequence[str] = ()) -> "pd.DataFrame":
    """The rows as a pandas data frame; needs the extra `hub`.

    Raises:
        ModuleNotFoundError: pandas is not installed.
    """
    import pandas as pd

    return pd.DataFrame(flat_rows(file, measures), columns=list(COLUMNS))
