"""A comparison of systems for readers: on a terminal and as Markdown."""

from collections.abc import Iterator, Sequence

from goldassay.differences import Difference
from goldassay.measures.signature import drawn_unit
from goldassay.measures.totals import ALL
from goldassay.model.printable import printable
from goldassay.report.comparison import FITS, Comparison, ItemChange, format_p, short_name
from goldassay.report.flat import undefined_draws
from goldassay.report.markdown import escape
from goldassay.report.score_table import spread_heading
from goldassay.report.significance import MEANING, significance_mark
from goldassay.report.table import count_noun, format_interval
from goldassay.report.text import render_cells
from goldassay.stats.interval import FEW_UNITS

HEADINGS = ("measure", "group", "first", "second", "change", "{spread}", "p", "Holm", "+/-/=")
"""The spread is an interval or a range; `+/-/=`: documents in which the second value is larger, smaller, equal."""

NAMED = 3
"""Documents named in a sentence, and listed for a measure in Markdown."""

LISTED = 5
"""Documents listed for a measure on a terminal."""

UNDEFINED = "°"
"""Stands behind an interval some of whose draws are undefined."""

COLUMNS = ("layer", "document", "item", "text", "right in")
"""Columns of the list of items."""

_NOISE = 1e-12


def headings(comparison: Comparison) -> list[str]:
    """The columns of a comparison's table."""
    intervals = [item.interval for item in comparison.differences]
    spread = spread_heading(intervals, unit=drawn_unit(comparison.signature))
    return [heading.format(spread=spread) for heading in HEADINGS]


def difference_cells(item: Difference) -> list[str]:
    """The printed cells of a difference, as in `HEADINGS`."""
    return [
        short_name(item.measure),
        item.group,
        _number(item.first),
        _number(item.second),
        "–" if item.difference is None else f"{item.difference:+.3f}",
        format_interval(item.interval) + (UNDEFINED if undefined_draws(item.interval) else ""),
        format_p(item.p),
        format_p(item.corrected),
        "/".join(map(str, item.wins)),
    ]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def verdict_lines(item: Comparison, alpha: float = 0.05) -> Iterator[str]:
    """What the tests let one say, in sentences. Too few documents establish nothing, however small p is."""
    yield from _unanswered_lines(item)
    yield from _uncovered_lines(item)
    for n in sorted({one.n_units for one in item.differences if one.n_units < FEW_UNITS}):
        tests = {one.test for one in item.differences if one.n_units == n and one.p is not None}
        how = "; p is the exact share of swaps" if tests == {"exact"} else ""
        few = count_noun(n, drawn_unit(item.signature))
        yield f"{few}: too few to establish a difference between systems{how}."
    established = [one for one in item.differences if is_established(one, alpha)]
    for one in established:
        better = item.second if (one.difference or 0) > 0 else item.first
        where = f"{short_name(one.measure)}, {one.group}"
        yield f"{better} is larger in {where} (p {format_p(one.corrected)} after Holm's correction)."
    if item.differences and not established:
        yield f"No difference is established at {alpha:g} after Holm's correction; that does not show equality."
    yield from _undefined_lines(item)
    yield from _run_lines(item)


def _unanswered_lines(item: Comparison) -> Iterator[str]:
    for name, missing in item.unanswered.items():
        how_many = count_noun(len(missing), "document")
        yield f"{name} has no answer to {how_many}, counted as empty: {_named(missing)}."
    for name, layers in item.unanswered_in.items():
        for layer, missing in layers.items():
            how_many = count_noun(len(missing), "document")
            yield f"{name} has no answer in {layer} to {how_many}, counted as empty there: {_named(missing)}."


def _uncovered_lines(item: Comparison) -> Iterator[str]:
    for name, layers in item.uncovered.items():
        yield f"{name} does not cover {', '.join(layers)}, which the other does: not compared."


def _undefined_lines(item: Comparison) -> Iterator[str]:
    for one in item.differences:
        if lost := undefined_draws(one.interval):
            drawn = "draws" if one.interval.kind == "bootstrap" else f"values without one {drawn_unit(item.signature)}"
            where = f"{short_name(one.measure)}, {one.group}"
            yield f"{UNDEFINED} {where}: {lost} of {one.interval.resamples} {drawn} are undefined (0/0) and left out."


def _run_lines(item: Comparison) -> Iterator[str]:
    if max(item.n_runs) > 1:
        chances = "; both chances are in p" if any(one.p is not None for one in item.differences) else ""
        yield f"Runs: {item.n_runs[0]} of {item.first}, {item.n_runs[1]} of {item.second}{chances}."
        if min(item.n_runs) == 1:
            yield "A system with one run gives no measure of its chance: the interval is too narrow on that side."
    for name, share in item.stability.items():
        if share is not None:
            yield f"{name}: {100 * share:.1f} % of gold items have one outcome in all runs."


def is_established(item: Difference, alpha: float) -> bool:
    """Whether a difference may be called one: enough documents, and a small p after correction."""
    return item.n_units >= FEW_UNITS and item.corrected is not None and item.corrected <= alpha


def _named(documents: Sequence[str]) -> str:
    more = f" and {len(documents) - NAMED} more" if len(documents) > NAMED else ""
    return ", ".join(printable(name) for name in documents[:NAMED]) + more


def influence_rows(difference: Difference, n: int = LISTED) -> list[tuple[str, float]]:
    """The documents whose removal changes the difference most, and by how much they raise it.

    Ranked without the noise of the last digits, so that documents that weigh the same stand in the order of their ids.
    """
    ranked = sorted(difference.influence.items(), key=lambda item: (-round(abs(item[1]), 12), item[0]))
    return [(unit, change) for unit, change in ranked if abs(change) > _NOISE][:n]


def influence_lists(comparison: Comparison, n: int) -> Iterator[tuple[str, list[list[str]]]]:
    """For each measure over all groups a title, and the documents that weigh most with the difference without them."""
    unit = drawn_unit(comparison.signature)
    for one in comparison.differences:
        if one.group == ALL and (ranked := influence_rows(one, n)):
            whole = one.difference or 0.0
            yield (
                f"{unit}s that weigh most in {short_name(one.measure)}",
                [[name, f"{whole - change:+.4f}"] for name, change in ranked],
            )


def item_rows(comparison: Comparison, n: int) -> tuple[str, list[list[str]]]:
    """A title and the first items that differ, as in `COLUMNS`."""
    shown = comparison.items[:n]
    more = f" (first {len(shown)} of {len(comparison.items)})" if len(comparison.items) > len(shown) else ""
    rows = [[one.key.layer, one.key.doc_id, one.key.item, one.text.text, _outcome(one)] for one in shown]
    return f"items that differ{more}", rows


def _outcome(change: ItemChange) -> str:
    if {change.first, change.second} == {0.0, 1.0}:
        return "first only" if change.first else "second only"
    return f"{100 * change.first:.0f} % / {100 * change.second:.0f} % of runs"


def render_comparison_text(comparison: Comparison, *, width: int = 100, color: bool = False, items: int = 10) -> str:
    """Table, verdicts, the documents and items that made the difference."""
    title = f"{comparison.first} (first) and {comparison.second} (second)"
    rows = [difference_cells(item) for item in comparison.differences]
    parts = [render_cells(title, headings(comparison), rows, width=max(width, FITS), color=color)]
    parts += [f"{printable(line, 1000)}\n" for line in verdict_lines(comparison)]
    columns = (drawn_unit(comparison.signature), "difference without it")
    for words, shown in influence_lists(comparison, LISTED):
        parts.append(f"\n{words}\n{render_cells('', columns, shown, color=color)}")
    words, shown = item_rows(comparison, items)
    if shown:
        parts.append(f"\n{words}\n{render_cells('', COLUMNS, shown, width=width, color=color)}")
    return "".join([*parts, f"Signature: {comparison.signature}\n"])


def render_comparison_markdown(comparison: Comparison, *, items: int = 10) -> str:
    """The same as Markdown, with stars for what is established; everything from data is escaped."""
    lines = [f"### {escape(comparison.first)} (first) and {escape(comparison.second)} (second)", ""]
    rows = [[*difference_cells(item)] for item in comparison.differences]
    for item, row in zip(comparison.differences, rows, strict=True):
        row[HEADINGS.index("change")] += significance_mark(item)
    lines += _markdown_table(headings(comparison), rows)
    if any(map(significance_mark, comparison.differences)):
        lines += ["", escape(f"{MEANING}.")]
    lines += ["", *(f"{escape(line)}  " for line in verdict_lines(comparison))]
    columns = (drawn_unit(comparison.signature), "difference without it")
    for words, shown in influence_lists(comparison, NAMED):
        lines += ["", f"{escape(_capital(words))}:", "", *_markdown_table(columns, shown)]
    words, shown = item_rows(comparison, items)
    if shown:
        lines += ["", f"{escape(_capital(words))}:", "", *_markdown_table(COLUMNS, shown)]
    lines += ["", f"Signature: `{comparison.signature}`", ""]
    return "\n".join(lines)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _markdown_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [f"| {' | '.join(map(escape, row))} |" for row in rows]
    return [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *cells]
