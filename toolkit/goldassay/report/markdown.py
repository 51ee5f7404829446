"""A score file as Markdown, safe to paste: everything that came from data is escaped."""

import re

from goldassay.model.scorefile import ScoreFile
from goldassay.report.table import COLUMNS, cells, claim, format_value, headline_scores, score_rows

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")


def escape(text: str) -> str:
    r"""Text with Markdown's special characters escaped and line breaks folded.

    >>> escape("a|b <script>")
    'a\\|b \\<script\\>'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def render_markdown(file: ScoreFile) -> str:
    """The three numbers to quote, how to quote them, and one table a layer and view."""
    lines = ["| number to quote | value |", "|---|---|"]
    lines += [f"| {title} | {format_value(score)} |" for title, score in headline_scores(file.scores)]
    lines += ["", *(f"Quote as: {escape(line)}  " for line in file.quote_as), "", claim(file.provenance.n_documents)]
    rows = score_rows(file.scores)
    for layer, view in dict.fromkeys((row.layer, row.view) for row in rows):
        lines += ["", f"### {layer}, {view}", "", f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
        lines += [f"| {' | '.join(cells(row))} |" for row in rows if (row.layer, row.view) == (layer, view)]
    lines += ["", f"Signature: `{file.signature}`", ""]
    return "\n".join(lines)
