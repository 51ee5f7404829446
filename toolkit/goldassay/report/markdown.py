"""A score file as Markdown, safe to paste: everything that came from data is escaped."""

import re
from collections.abc import Sequence

from goldassay.measures.signature import drawn_unit
from goldassay.model.printable import printable
from goldassay.model.scorefile import ScoreFile
from goldassay.report.notices import document_lines, notice_lines
from goldassay.report.profile_table import COLUMNS as COLUMNS_OF_PROFILES
from goldassay.report.profile_table import profile_heading, profile_of, profile_rows
from goldassay.report.score_table import LEGEND, score_tables, spread_heading
from goldassay.report.select import select_scores, shown_scores
from goldassay.report.slips import COLUMNS as COLUMNS_OF_SLIPS
from goldassay.report.slips import TITLE as SLIPS_TITLE
from goldassay.report.slips import slip_rows
from goldassay.report.table import claim, format_count, format_headline, format_interval, headline_scores

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")
_HARMLESS = re.compile(r"[\w .,+…–↓\[\]-]*")


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


def render_markdown(file: ScoreFile, measures: Sequence[str] = (), *, full: bool = False) -> str:
    """The same as `render_text`: numbers to quote, documents, what was noticed, then the tables.

    Args:
        file: What to show.
        measures: Show the tables of these matches or starts of tokens alone (`report.select.shown_scores`).
        full: Show all usual tables instead of the first of each layer; of `measures` every view and average.
    """
    if profile_of(file) is not None:
        return _render_profile(file)
    where, unit = file.provenance, drawn_unit(file.signature)
    quoted = headline_scores(file.scores)
    spread = spread_heading((score.interval for _, score in quoted if score is not None), unit=unit)
    system = where.system.name or "predictions"
    head = [f"{system} on {where.corpus} {where.version}, {where.split}", where.system.note or ""]
    lines = [f"{escape(line)}  " for line in head if line]
    lines += ["", *_head(("number to quote", "value", spread, "right", "gold", "predicted"))]
    for title, score in quoted:
        counts = [format_count(score, name) for name in ("credit_gold", "gold", "predicted")]
        interval = "–" if score is None else format_interval(score.interval)
        lines.append(f"| {' | '.join((title, format_headline(score), interval, *counts))} |")
    said = [*(f"Quote as: {line}" for line in file.quote_as), *document_lines(file.findings, where.n_documents)]
    said.append(claim(where.n_documents, [score.interval for score in file.scores], unit=unit))
    lines += ["", *(f"{escape(line)}  " for line in (*said, *notice_lines(file)))]
    tables = score_tables(shown_scores(file.scores, measures, full=full), unit=unit)
    lines += ["", LEGEND] if tables else []
    for table in tables:
        lines += ["", f"### {table.title}", "", *_head(table.columns)]
        lines += [f"| {' | '.join(map(_cell, cells))} |" for _, cells in table.rows]
        lines += ["", table.left] if table.left is not None else []
    if slips := slip_rows(select_scores(file.scores, measures)):
        lines += ["", f"### {SLIPS_TITLE}", "", *_head(COLUMNS_OF_SLIPS)]
        lines += [f"| {' | '.join(row)} |" for row in slips]
    lines += ["", f"Signature: `{file.signature}`", ""]
    return "\n".join(lines)


def _head(columns: Sequence[str]) -> tuple[str, str]:
    return f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"


def _render_profile(file: ScoreFile) -> str:
    lines = [f"{escape(line)}  " for line in profile_heading(file)]
    lines += ["", *_head(COLUMNS_OF_PROFILES)]
    lines += [f"| {' | '.join(map(escape, row))} |" for row in profile_rows(file.scores)]
    return "\n".join([*lines, "", f"Signature: `{file.signature}`", ""])
