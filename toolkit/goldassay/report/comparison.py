"""A comparison of systems as a record, JSON and CSV."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from goldassay.differences import Difference
from goldassay.item_outcomes import ItemKey, ItemText
from goldassay.measures.measure import parse_measure
from goldassay.measures.signature import drawn_unit
from goldassay.report.flat import safe_cell, undefined_draws

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

    items          gold items that one has right more often, in the order of reports: layers take turns, and in each the
                   documents come first that weigh most in its difference
    stability      {system: share of items with one outcome in all its runs}; null with one run
    unanswered     {system: documents that a run of it says nothing of}; systems that answer all are not in it
    unanswered_in  {system: {compared layer: further documents that a run of it does not answer in it}}
    uncovered      {system: layers that only the other covers, which are not compared}
    predictions    what stands for the predictions of each run, of the first and of the second
    """

    first: str
    second: str
    n_runs: tuple[int, int]
    differences: Sequence[Difference]
    items: Sequence[ItemChange]
    stability: Mapping[str, float | None]
    signature: str
    unanswered: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unanswered_in: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    uncovered: Mapping[str, Sequence[str]] = field(default_factory=dict)
    predictions: tuple[Sequence[str], Sequence[str]] = ((), ())


def format_p(p: float | None) -> str:
    """A p-value: three decimals, small ones as a bound, a dash where it is undefined.

    >>> format_p(0.0004), format_p(0.04), format_p(None)
    ('<0.001', '0.040', '–')
    """
    return "–" if p is None else "<0.001" if p < 0.001 else f"{p:.3f}"


def short_name(token: str) -> str:
    """A measure in words that fit a table.

    >>> short_name("entities.f1(match=strict,view=names,avg=micro)")
    'entities strict F1, names'
    """
    measure = parse_measure(token)
    statistic = "F1" if measure.statistic == "f1" else measure.statistic
    average = "" if measure.average == "micro" else f", {measure.average}"
    return f"{measure.layer} {measure.match} {statistic}, {measure.view}{average}"


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
            "draws": item.interval.resamples,
            "undefined_draws": undefined_draws(item.interval),
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
            "predictions": {"first": list(one.predictions[0]), "second": list(one.predictions[1])},
            "signature": one.signature,
            "unit": drawn_unit(one.signature),
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
            "unanswered_in": {
                name: {layer: list(missing) for layer, missing in layers.items()}
                for name, layers in one.unanswered_in.items()
            },
            "uncovered": {name: list(layers) for name, layers in one.uncovered.items()},
        }
        for one in comparisons
    ]
    return json.dumps({"schema": 1, "comparisons": data}, ensure_ascii=False, indent=1) + "\n"


def signed_rows(comparisons: Sequence[Comparison]) -> list[dict[str, object]]:
    """The rows of all comparisons, each with its signature: what a table of its own needs."""
    return [row | {"signature": one.signature} for one in comparisons for row in comparison_rows(one)]


def render_comparisons_csv(comparisons: Sequence[Comparison]) -> str:
    """All differences as CSV with a header line, safe to open in a spreadsheet."""
    rows = signed_rows(comparisons)
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]) if rows else ["measure"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: safe_cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()
