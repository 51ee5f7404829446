"""A comparison of systems, for a terminal, as Markdown, JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from goldassay.compare import Difference
from goldassay.item_outcomes import ItemKey, ItemText
from goldassay.measures.measure import parse_measure
from goldassay.measures.signature import drawn_unit
from goldassay.model.printable import printable
from goldassay.report.flat import safe_cell
from goldassay.report.markdown import escape
from goldassay.report.table import count_noun, format_interval
from goldassay.report.text import render_cells
from goldassay.stats.interval import FEW_UNITS

HEADINGS = ("measure", "group", "first", "second", "change", "interval", "p", "Holm", "+/-/=")
"""`+/-/=`: documents in which the second value is larger, smaller, equal."""

NAMED = 3
"""Documents named in a sentence."""

FITS = 112
"""Columns in which no interval has to be folded; a narrower terminal wraps whole lines."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A gold item whose share of runs that get it right differs between the systems."""

    key: ItemKey
    text: ItemText
    first: float
    second: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems side by side.

    stability   {system: share of items with one outcome in all its runs}; null with one run
    unanswered  {system: documents that a run of it has no line for}; systems that answer all are not in it
    """

    first: str
    second: str
    n_runs: tuple[int, int]
    differences: Sequence[Difference]
    items: Sequence[ItemChange]
    stability: Mapping[str, float | None]
    signature: str
    unanswered: Mapping[str, Sequence[str]] = field(default_factory=dict)


def format_p(p: float | None) -> str:
    """A p-value: three decimals, small ones as a bound, a dash where it is undefined.

    >>> format_p(0.0004), format_p(0.04), format_p(None)
    ('<0.001', '0.040', '–')
    """
    return "–" if p is None else "<0.001" if p < 0.001 else f"{p:.3f}"


def difference_cells(item: Difference) -> list[str]:
    """The printed cells of a difference, as in `HEADINGS`."""
    return [
        short_name(item.measure),
        item.group,
        _number(item.first),
        _number(item.second),
        "–" if item.difference is None else f"{item.difference:+.3f}",
        format_interval(item.interval),
        format_p(item.p),
        format_p(item.corrected),
        "/".join(map(str, item.wins)),
    ]


def short_name(token: str) -> str:
    """A measure in words that fit a table.

    >>> short_name("entities.f1(match=strict,view=names,avg=micro)")
    'entities strict F1, names'
    """
    measure = parse_measure(token)
    statistic = "F1" if measure.statistic == "f1" else measure.statistic
    average = "" if measure.average == "micro" else f", {measure.average}"
    return f"{measure.layer} {measure.match} {statistic}, {measure.view}{average}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def verdict_lines(item: Comparison, alpha: float = 0.05) -> Iterator[str]:
    """What the tests let one say, in sentences. Too few documents establish nothing, however small p is."""
    unit = drawn_unit(item.signature)
    for name, missing in item.unanswered.items():
        how_many = count_noun(len(missing), "document")
        yield f"{name} has no answer to {how_many}, counted as empty: {_named(missing)}."
    for n in sorted({one.n_units for one in item.differences if one.n_units < FEW_UNITS}):
        tests = {one.test for one in item.differences if one.n_units == n and one.p is not None}
        how = "; p is the exact share of swaps" if tests == {"exact"} else ""
        yield f"{count_noun(n, unit)}: too few to establish a difference between systems{how}."
    enough = [one for one in item.differences if one.n_units >= FEW_UNITS]
    established = [one for one in enough if is_established(one, alpha)]
    for one in established:
        better = item.second if (one.difference or 0) > 0 else item.first
        where = f"{short_name(one.measure)}, {one.group}"
        yield f"{better} is larger in {where} (p {format_p(one.corrected)} after Holm's correction)."
    if item.differences and not established:
        yield f"No difference is established at {alpha:g} after Holm's correction; that does not show equality."
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


def influence_rows(difference: Difference, n: int = 10) -> list[tuple[str, float]]:
    """The documents whose removal changes the difference most, and by how much they raise it."""
    ranked = sorted(difference.influence.items(), key=lambda item: (-abs(item[1]), item[0]))
    return [(unit, change) for unit, change in ranked if change][:n]


def render_comparison_text(comparison: Comparison, *, width: int = 100, color: bool = False, items: int = 10) -> str:
    """Table, verdicts, the documents and items that made the difference."""
    title = f"{comparison.first} (first) and {comparison.second} (second)"
    rows = [difference_cells(item) for item in comparison.differences]
    parts = [render_cells(title, HEADINGS, rows, width=max(width, FITS), color=color)]
    parts += [f"{printable(line, 1000)}\n" for line in verdict_lines(comparison)]
    unit = drawn_unit(comparison.signature)
    for difference in comparison.differences[:1]:
        ranked = influence_rows(difference)
        if ranked:
            whole = difference.difference or 0.0
            shown = [[name, f"{whole - change:+.4f}"] for name, change in ranked]
            parts.append("\n" + render_cells(f"{unit}s that weigh most", (unit, "difference without it"), shown))
    if comparison.items and items:
        shown = [
            [change.key.layer, change.key.doc_id, change.key.item, change.text.text, _outcome(change)]
            for change in comparison.items[:items]
        ]
        headings = ("layer", "document", "item", "text", "right in")
        more = f" (first {items} of {len(comparison.items)})" if len(comparison.items) > items else ""
        parts.append("\n" + render_cells(f"items that differ{more}", headings, shown, width=width, color=color))
    return "".join([*parts, f"Signature: {comparison.signature}\n"])


def _outcome(change: ItemChange) -> str:
    if {change.first, change.second} == {0.0, 1.0}:
        return "first only" if change.first else "second only"
    return f"{100 * change.first:.0f} % / {100 * change.second:.0f} % of runs"


def render_comparison_markdown(comparison: Comparison) -> str:
    """The same table as Markdown; everything from data is escaped."""
    lines = [f"### {escape(comparison.first)} (first) and {escape(comparison.second)} (second)", ""]
    lines += [f"| {' | '.join(HEADINGS)} |", f"|{'---|' * len(HEADINGS)}"]
    lines += [f"| {' | '.join(map(escape, difference_cells(item)))} |" for item in comparison.differences]
    lines += ["", *(f"{escape(line)}  " for line in verdict_lines(comparison))]
    lines += ["", f"Signature: `{comparison.signature}`", ""]
    return "\n".join(lines)


def comparison_rows(comparison: Comparison) -> list[dict[str, object]]:
    """One flat record a difference, with numbers in 10 significant digits."""
    return [
        {
            "first_system": comparison.first,
            "second_system": comparison.second,
            "measure": item.measure,
            "group": item.group,
            "first": _rounded(item.first),
            "second": _rounded(item.second),
            "difference": _rounded(item.difference),
            "interval_kind": item.interval.kind,
            "low": _rounded(item.interval.low),
            "high": _rounded(item.interval.high),
            "p": _rounded(item.p),
            "p_holm": _rounded(item.corrected),
            "test": item.test,
            "documents": item.n_units,
            "documents_differing": item.n_differing,
            "larger": item.wins[0],
            "smaller": item.wins[1],
            "equal": item.wins[2],
        }
        for item in comparison.differences
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.10g}")


def render_comparisons_json(comparisons: Sequence[Comparison]) -> str:
    """All comparisons as JSON: the rows, the influence of documents, and the items."""
    data = [
        {
            "first": one.first,
            "second": one.second,
            "runs": list(one.n_runs),
            "signature": one.signature,
            "differences": [
                row | {"influence": {unit: _rounded(change) for unit, change in item.influence.items()}}
                for row, item in zip(comparison_rows(one), one.differences, strict=True)
            ],
            "items": [
                {
                    "layer": change.key.layer,
                    "doc_id": change.key.doc_id,
                    "item": change.key.item,
                    "text": change.text.text,
                    "label": change.text.label,
                    "first": change.first,
                    "second": change.second,
                }
                for change in one.items
            ],
            "stability": dict(one.stability),
            "unanswered": {name: list(missing) for name, missing in one.unanswered.items()},
        }
        for one in comparisons
    ]
    return json.dumps({"schema": 1, "comparisons": data}, ensure_ascii=False, indent=1) + "\n"


def render_comparisons_csv(comparisons: Sequence[Comparison]) -> str:
    """All differences as CSV with a header line, safe to open in a spreadsheet."""
    rows = [row | {"signature": one.signature} for one in comparisons for row in comparison_rows(one)]
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]) if rows else ["measure"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: safe_cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()
