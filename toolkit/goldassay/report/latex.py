"""Tables for papers: LaTeX with booktabs, intervals below the numbers, and marks for established differences."""

from collections.abc import Sequence

from goldassay.measures.signature import drawn_unit
from goldassay.model.printable import printable
from goldassay.model.scorefile import Interval, ScoreFile
from goldassay.report.comparison import Comparison, format_p, short_name
from goldassay.report.score_table import PARTS, RATIO_PARTS, ScoreTable, score_tables, spread_heading
from goldassay.report.select import shown_scores
from goldassay.report.significance import significance_mark
from goldassay.report.table import claim

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
    "↓": r"$\downarrow$",
}


def escape_latex(text: str) -> str:
    r"""Text with LaTeX's special characters written out, on one line.

    >>> escape_latex("50% of a_b {x}")
    '50\\% of a\\_b \\{x\\}'
    """
    folded = " ".join(text.split())
    return "".join(_SPECIAL.get(char, char) for char in printable(folded, limit=len(folded) + 1))


def latex_comment(text: str) -> str:
    r"""A comment on one line; it needs no escapes, and a signature can be copied out of it as it is.

    >>> latex_comment("numeric_facts,\nof 2 documents")
    '% numeric_facts, of 2 documents'
    """
    folded = " ".join(text.split())
    return f"% {printable(folded, limit=len(folded) + 1)}"


def format_ends(interval: Interval) -> str:
    """An interval in small print; a range that is none stands without brackets."""
    if interval.low is None or interval.high is None:
        return ""
    ends = f"{interval.low:.3f}, {interval.high:.3f}"
    inner = f"[{ends}]" if interval.kind == "bootstrap" else ends.replace(", ", " to ")
    return rf"{{\footnotesize {inner}}}"


def render_latex(file: ScoreFile, measures: Sequence[str] = (), *, full: bool = False) -> str:
    """The tables of `render_text`, rates apart, one block a layer and view; needs the LaTeX package booktabs."""
    unit = drawn_unit(file.signature)
    tables = score_tables(shown_scores(file.scores, measures, full=full), unit=unit)
    said = claim(file.provenance.n_documents, [score.interval for score in file.scores], unit=unit)
    lines = [latex_comment(line) for line in (*file.quote_as, said, file.signature)]
    for size in sorted({len(table.columns) for table in tables}, reverse=True):
        lines += _tabular([table for table in tables if len(table.columns) == size])
    return "\n".join([*lines, ""])


def _tabular(tables: Sequence[ScoreTable]) -> list[str]:
    """Tables of as many columns as one; the headings are told again where they change."""
    size = len(tables[0].columns)
    lines = [rf"\begin{{tabular}}{{ll{'r' * (size - 2)}}}"]
    for above, table in zip((None, *tables), tables, strict=False):
        if above is None or above.columns != table.columns:
            headings = " & ".join(map(escape_latex, table.columns)).replace("F1", r"F\textsubscript{1}")
            lines += [r"\toprule" if above is None else r"\midrule", rf"{headings} \\"]
        title = table.title if table.left is None else f"{table.title}; {table.left}"
        lines += [r"\midrule", rf"\multicolumn{{{size}}}{{l}}{{\textit{{{escape_latex(title)}}}}} \\"]
        spread = RATIO_PARTS.index("{spread}") if size == len(RATIO_PARTS) else PARTS.index("{spread}")
        for _, cells in table.rows:
            shown = [escape_latex(cell.replace("…", " to ")) for cell in cells]
            shown[spread] = rf"{{\footnotesize {shown[spread]}}}"
            lines.append(" & ".join(shown) + r" \\")
    return [*lines, r"\bottomrule", r"\end{tabular}"]


def render_comparison_latex(comparisons: Sequence[Comparison]) -> str:
    """Differences of systems with intervals and stars after Holm's correction."""
    spread = spread_heading(
        (item.interval for one in comparisons for item in one.differences),
        unit=drawn_unit(comparisons[0].signature) if comparisons else "document",
    )
    lines = [r"\begin{tabular}{llrrrlr}", r"\toprule"]
    lines += [rf"measure & group & first & second & change & {escape_latex(spread)} & $p$ (Holm) \\"]
    for one in comparisons:
        pair = f"{one.first} (first) and {one.second} (second)"
        lines += [r"\midrule", rf"\multicolumn{{7}}{{l}}{{\textit{{{escape_latex(pair)}}}}} \\"]
        for item in one.differences:
            numbers = ["" if value is None else f"{value:.3f}" for value in (item.first, item.second)]
            change = "" if item.difference is None else f"${item.difference:+.3f}$"
            mark = significance_mark(item)
            cells = [escape_latex(short_name(item.measure)), escape_latex(item.group), *numbers, change + mark]
            cells += [format_ends(item.interval), escape_latex(format_p(item.corrected))]
            lines.append(" & ".join(cells) + r" \\")
    note = (
        r"\multicolumn{7}{l}{\footnotesize *** $p \le .001$, ** $p \le .01$, * $p \le .05$ after Holm's correction} \\"
    )
    signatures = [latex_comment(one.signature) for one in comparisons]
    return "\n".join([*signatures, *lines, r"\bottomrule", note, r"\end{tabular}", ""])
