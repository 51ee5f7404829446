"""Tables for papers: LaTeX with booktabs, intervals below the numbers, and marks for established differences."""

from collections.abc import Sequence

from goldassay.measures.measure import RATIOS
from goldassay.measures.signature import drawn_unit
from goldassay.model.printable import printable
from goldassay.model.scorefile import Interval, ScoreFile
from goldassay.report.comparison import Comparison, format_p, short_name
from goldassay.report.select import select_scores, usual_scores
from goldassay.report.table import claim, format_value, left_out, score_rows
from goldassay.stats.interval import FEW_UNITS

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "…": r"\ldots{}",
    "–": "--",
}
_MARKS = ((0.001, "***"), (0.01, "**"), (0.05, "*"))


def escape_latex(text: str) -> str:
    r"""Text with LaTeX's special characters written out, on one line.

    >>> escape_latex("50% of a_b {x}")
    '50\\% of a\\_b \\{x\\}'
    """
    folded = " ".join(text.split())
    return "".join(_SPECIAL.get(char, char) for char in printable(folded, limit=len(folded) + 1))


def significance_mark(p: float | None) -> str:
    """Stars for a corrected p-value; the note under the table says what they mean.

    >>> significance_mark(0.004), significance_mark(0.2), significance_mark(None)
    ('**', '', '')
    """
    return next((mark for limit, mark in _MARKS if p is not None and p <= limit), "")


def format_ends(interval: Interval) -> str:
    """An interval in small print; a range that is none stands without brackets."""
    if interval.low is None or interval.high is None:
        return ""
    ends = f"{interval.low:.3f}, {interval.high:.3f}"
    inner = f"[{ends}]" if interval.kind == "bootstrap" else ends.replace(", ", " to ")
    return rf"{{\footnotesize {inner}}}"


def render_latex(file: ScoreFile, measures: Sequence[str] = ()) -> str:
    """The score table of a short report, one block a layer and view; needs the LaTeX package booktabs."""
    scores = select_scores(file.scores, measures) if measures else usual_scores(file.scores)
    rows = [row for row in score_rows(scores) if row.group == "all" or measures]
    lines = [r"\begin{tabular}{llrrrlrr}", r"\toprule"]
    lines += [r"match & group & P & R & F\textsubscript{1} & interval & gold & predicted \\"]
    for layer, view in dict.fromkeys((row.layer, row.view) for row in rows):
        shown = [row for row in rows if (row.layer, row.view) == (layer, view)]
        title = "; ".join(part for part in (f"{layer}, {view}", left_out(shown)) if part)
        lines += [r"\midrule", rf"\multicolumn{{8}}{{l}}{{\textit{{{escape_latex(title)}}}}} \\"]
        for row in shown:
            main = next((row.scores[name] for name in ("f1", *RATIOS) if name in row.scores), None)
            counts = {} if main is None else main.counts
            cells = [row.match, row.group, *(format_value(row.scores.get(name)) for name in ("precision", "recall"))]
            cells += [format_value(main)]
            tail = ["" if main is None else format_ends(main.interval)]
            tail += [f"{counts[name]:g}" if name in counts else "" for name in ("gold", "predicted")]
            lines.append(" & ".join([*map(escape_latex, cells), *tail]) + r" \\")
    intervals = [score.interval for score in file.scores]
    said = claim(file.provenance.n_documents, intervals, unit=drawn_unit(file.signature))
    notes = [f"% {escape_latex(line)}" for line in (*file.quote_as, said, file.signature)]
    return "\n".join([*notes, *lines, r"\bottomrule", r"\end{tabular}", ""])


def render_comparison_latex(comparisons: Sequence[Comparison]) -> str:
    """Differences of systems with intervals and stars after Holm's correction."""
    lines = [r"\begin{tabular}{llrrrlr}", r"\toprule"]
    lines += [r"measure & group & first & second & change & interval & $p$ (Holm) \\"]
    for one in comparisons:
        pair = f"{one.first} (first) and {one.second} (second)"
        lines += [r"\midrule", rf"\multicolumn{{7}}{{l}}{{\textit{{{escape_latex(pair)}}}}} \\"]
        for item in one.differences:
            numbers = ["" if value is None else f"{value:.3f}" for value in (item.first, item.second)]
            change = "" if item.difference is None else f"${item.difference:+.3f}$"
            mark = significance_mark(item.corrected) if item.n_units >= FEW_UNITS else ""
            cells = [escape_latex(short_name(item.measure)), escape_latex(item.group), *numbers, change + mark]
            cells += [format_ends(item.interval), escape_latex(format_p(item.corrected))]
            lines.append(" & ".join(cells) + r" \\")
    note = (
        r"\multicolumn{7}{l}{\footnotesize *** $p \le .001$, ** $p \le .01$, * $p \le .05$ after Holm's correction} \\"
    )
    signatures = [f"% {escape_latex(one.signature)}" for one in comparisons]
    return "\n".join([*signatures, *lines, r"\bottomrule", note, r"\end{tabular}", ""])
