"""A score file as Markdown, safe to paste: everything that came from data is escaped."""

import re
from collections.abc import Sequence

from goldassay.measures.signature import drawn_unit
from goldassay.model.printable import printable
from goldassay.model.scorefile import ScoreFile
from goldassay.report.profile_table import COLUMNS as COLUMNS_OF_PROFILES
from goldassay.report.profile_table import profile_heading, profile_of, profile_rows
from goldassay.report.select import select_scores
from goldassay.report.slips import COLUMNS as COLUMNS_OF_SLIPS
from goldassay.report.slips import TITLE as SLIPS_TITLE
from goldassay.report.slips import slip_rows
from goldassay.report.table import (
    COLUMNS,
    LOWER,
    cells,
    claim,
    format_headline,
    format_interval,
    headline_scores,
    left_out,
    score_rows,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")
_HARMLESS = re.compile(r"[\w .,+…–\[\]-]*")


def escape(text: str) -> str:
    r"""Text with Markdown's special characters escaped, line breaks folded and what is not printable written out.

    >>> escape("a|b <script>")
    'a\\|b \\<script\\>'
    """
    folded = " ".join(text.split())
    return _SPECIAL.sub(r"\\\1", printable(folded, limit=len(folded) + 1))


def _cell(text: str) -> str:
    """A cell of a table: names of our own stand as they are, a group of somebody's label map is escaped."""
    return text if _HARMLESS.fullmatch(text) else escape(text)


def render_markdown(file: ScoreFile, measures: Sequence[str] = ()) -> str:
    """The three numbers to quote, how to quote them, and one table a layer and view with every average.

    Args:
        file: What to show.
        measures: Show only rows with these matches or starts of tokens; all rows for none.
    """
    if profile_of(file) is not None:
        return _render_profile(file)
    lines = ["| number to quote | value | interval |", "|---|---|---|"]
    for title, score in headline_scores(file.scores):
        interval = "–" if score is None else format_interval(score.interval)
        lines.append(f"| {title} | {format_headline(score)} | {interval} |")
    intervals = [score.interval for score in file.scores]
    said = claim(file.provenance.n_documents, intervals, unit=drawn_unit(file.signature)) + f" {LOWER}."
    lines += ["", *(f"Quote as: {escape(line)}  " for line in file.quote_as), "", said]
    rows = score_rows(select_scores(file.scores, measures), average=None)
    for layer, view in dict.fromkeys((row.layer, row.view) for row in rows):
        lines += ["", f"### {layer}, {view}", "", f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
        shown = [row for row in rows if (row.layer, row.view) == (layer, view)]
        lines += [f"| {' | '.join(map(_cell, cells(row)))} |" for row in shown]
        lines += ["", left] if (left := left_out(shown)) is not None else []
    if slips := slip_rows(select_scores(file.scores, measures)):
        lines += ["", f"### {SLIPS_TITLE}", "", f"| {' | '.join(COLUMNS_OF_SLIPS)} |", f"|{'---|' * 3}"]
        lines += [f"| {' | '.join(row)} |" for row in slips]
    lines += ["", f"Signature: `{file.signature}`", ""]
    return "\n".join(lines)


def _render_profile(file: ScoreFile) -> str:
    lines = [f"{escape(line)}  " for line in profile_heading(file)]
    lines += ["", f"| {' | '.join(COLUMNS_OF_PROFILES)} |", f"|{'---|' * len(COLUMNS_OF_PROFILES)}"]
    lines += [f"| {' | '.join(map(escape, row))} |" for row in profile_rows(file.scores)]
    return "\n".join([*lines, "", f"Signature: `{file.signature}`", ""])
