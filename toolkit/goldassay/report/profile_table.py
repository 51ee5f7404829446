"""Numbers by the rules of another scorer, for a terminal and as Markdown: one row a metric, never a headline."""

from collections.abc import Sequence

from goldassay.model.finding import format_finding
from goldassay.model.printable import printable
from goldassay.model.scorefile import Score, ScoreFile
from goldassay.report.table import claim, format_value

COLUMNS = ("metric", "P", "R", "F1", "other", "counts")
"""Headings of `profile_rows`."""
_RATES = ("precision", "recall", "f1")
_SHORT = {"p": "precision", "r": "recall"}
"""As some scorers call them."""
_LONG = 1000


def profile_of(file: ScoreFile) -> str | None:
    """The profile that the numbers of a score file follow; null for the default measures."""
    return next((score.profile for score in file.scores), None)


def profile_rows(scores: Sequence[Score]) -> list[list[str]]:
    """Cells of one row a metric, in the order of the scores; what is no precision, recall or F1 is named."""
    metrics: dict[str, dict[str, Score]] = {}
    for score in scores:
        metric, _, statistic = score.measure.rpartition(".")
        metrics.setdefault(metric or score.measure, {})[_SHORT.get(statistic, statistic) if metric else ""] = score
    rows = []
    for metric, found in metrics.items():
        other = [f"{name} {format_value(score)}".strip() for name, score in found.items() if name not in _RATES]
        counts = next(iter(found.values())).counts
        rows.append(
            [
                metric,
                *(format_value(found.get(name)) for name in _RATES),
                ", ".join(other),
                ", ".join(f"{name} {number:.10g}" for name, number in counts.items()),
            ]
        )
    return rows


def profile_heading(file: ScoreFile) -> list[str]:
    """What stands above the table: whose rules these are, how to quote them, and what was left out or refused."""
    where = file.provenance
    system = where.system.name or "predictions"
    head = f"{system} on {where.corpus} {where.version}, {where.split}, by the rules of {profile_of(file)}"
    lines = [printable(line, _LONG) for line in (head, *(f"Quote as: {line}" for line in file.quote_as))]
    lines.append(claim(max((score.n_documents for score in file.scores), default=where.n_documents)))
    return lines + [f"Noticed: {printable(format_finding(item), _LONG)}" for item in file.findings]
