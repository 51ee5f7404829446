"""A stance matrix, or the difference of two, as text, CSV and JSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from goldassay.model.printable import printable
from goldassay.report.flat import safe_cell
from goldassay.report.stance_selection import node_label, rank_cells, sign_mark
from goldassay.report.text import render_cells
from goldassay.stance_matrix.cells import Cell, CellKey, Matrix
from goldassay.stance_matrix.difference import Difference
from goldassay.stance_matrix.figures import Figure, Figures, measure_difference, polarisation
from goldassay.stance_matrix.nodes import Node

LISTED = 60
"""Cells that the text lists; the other forms have all."""
CELL_FIELDS = ("stances", "grade", "low", "high", "sign", "mixed", "documents", "core")
NODE_FIELDS = ("holder", "holder_kind", "holder_key", "target", "target_kind", "target_key")


def cell_values(cell: Cell | None) -> dict[str, object]:
    """`CELL_FIELDS` of a cell; all null where there is none."""
    if cell is None:
        return dict.fromkeys(CELL_FIELDS)
    numbers = (cell.n, _number(cell.grade), _number(cell.low), _number(cell.high), cell.sign)
    return dict(zip(CELL_FIELDS, (*numbers, cell.mixed, len(cell.documents), cell.core), strict=True))


def matrix_rows(matrix: Matrix) -> list[dict[str, object]]:
    """One flat record a cell."""
    return [_names(matrix.nodes, key) | cell_values(cell) for key, cell in matrix.cells.items()]


def difference_rows(difference: Difference) -> list[dict[str, object]]:
    """One flat record a cell of either matrix, with the status and both sides."""
    return [
        {
            **_names(difference.nodes, key),
            "status": change.status,
            **{f"gold_{name}": value for name, value in cell_values(change.gold).items()},
            **{f"system_{name}": value for name, value in cell_values(change.system).items()},
        }
        for key, change in difference.changes.items()
    ]


def render_matrix_csv(shown: Matrix | Difference, signature: str) -> str:
    """CSV with a header line; a field that does not apply is empty, the last is the signature."""
    rows = difference_rows(shown) if isinstance(shown, Difference) else matrix_rows(shown)
    both = [f"{side}_{name}" for side in ("gold", "system") for name in CELL_FIELDS]
    fields = ("status", *both) if isinstance(shown, Difference) else CELL_FIELDS
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=(*NODE_FIELDS, *fields, "signature"), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: safe_cell(value) for name, value in row.items()} | {"signature": signature} for row in rows)
    return out.getvalue()


def render_matrix_json(shown: Matrix | Difference, signature: str) -> str:
    """JSON: the nodes, the cells, the polarisation of propositions and, of a difference, its numbers and counts."""
    gold = shown.gold if isinstance(shown, Difference) else shown
    used = {name for key in (shown.changes if isinstance(shown, Difference) else shown.cells) for name in key}
    data: dict[str, object] = {
        "schema": 1,
        "signature": signature,
        "kind": gold.kind,
        "documents": gold.n_documents,
        "nodes": [
            {"key": node.key, "kind": node.kind, "label": node.label} for key, node in gold.nodes.items() if key in used
        ],
    }
    if isinstance(shown, Difference):
        data |= {
            "gold": gold.name,
            "system": shown.system.name,
            "figures": {name: _figure(figure) for name, figure in _named(measure_difference(shown))},
            "counts": shown.counts(),
            "polarisation": {"gold": _polarised(gold), "system": _polarised(shown.system)},
            "cells": [_nested(key, shown) for key in shown.changes],
        }
    else:
        cells = [{"holder": key[0], "target": key[1]} | cell_values(cell) for key, cell in shown.cells.items()]
        data |= {"matrix": shown.name, "polarisation": _polarised(shown), "cells": cells}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def render_matrix_text(
    shown: Matrix | Difference, signature: str | None = None, *, width: int = 100, color: bool = False
) -> str:
    """The numbers, the cells with most stances, the propositions on which holders differ most, the signature.

    A part of a page that has its own signature leaves it out.
    """
    gold = shown.gold if isinstance(shown, Difference) else shown
    lines = [f"Stance matrix, {gold.kind}, {gold.n_documents} documents: {printable(_title(shown))}", ""]
    if isinstance(shown, Difference):
        lines += [f"  {name:<44}{_shown(figure)}" for name, figure in _named(measure_difference(shown), words=True)]
        lines += ["  cells: " + ", ".join(f"{count} {status}" for status, count in shown.counts().items()), ""]
        headings: Sequence[str] = ("holder", "target", "gold", "system", "difference")
        rows: list[tuple[str, ...]] = [
            (*_labels(shown.nodes, key), _cell_text(one.gold), _cell_text(one.system), one.status)
            for key in rank_cells(shown)
            for one in (shown.changes[key],)
        ]
    else:
        headings = ("holder", "target", "sign", "mean grade", "stances", "documents", "counts")
        rows = [
            (*_labels(shown.nodes, key), sign_mark(cell), _mean(cell), str(cell.n), str(len(cell.documents)), counts)
            for key in rank_cells(shown)
            for cell in (shown.cells[key],)
            for counts in ("" if cell.core else "optional",)
        ]
    lines.append(render_cells("cells", headings, rows[:LISTED], width=width, color=color))
    if len(rows) > LISTED:
        lines.append(f"{len(rows) - LISTED} further cells with fewer stances: --format csv or json has all\n")
    signed = "" if signature is None else f"\nSignature: {signature}\n"
    return "\n".join(lines) + _polarised_text(shown, width=width, color=color) + signed


def _title(shown: Matrix | Difference) -> str:
    return f"{shown.system.name} against {shown.gold.name}" if isinstance(shown, Difference) else shown.name


def _polarised_text(shown: Matrix | Difference, *, width: int, color: bool) -> str:
    sides = (shown.gold, shown.system) if isinstance(shown, Difference) else (shown,)
    figures = [polarisation(matrix) for matrix in sides]
    keys = sorted({key for side in figures for key in side})
    # A proposition with a single holder has no polarisation to show.
    contested = [key for key in keys if any(key in side and side[key].value is not None for side in figures)]
    contested.sort(key=lambda key: [-(side[key].value or 0.0) if key in side else 0.0 for side in figures])
    if not contested:
        return ""
    absent = Figure(None, 0)
    rows = [
        [printable(sides[0].nodes[key].label, 200), *(_shown(side.get(key, absent)) for side in figures)]
        for key in contested[:LISTED]
    ]
    heading = ["gold", "system"] if isinstance(shown, Difference) else ["max − min"]
    title = "polarisation: largest minus smallest mean grade of a proposition's holders"
    # The first column of a table is not folded, so a long wording goes last.
    turned = [[*row[1:], row[0]] for row in rows]
    return "\n" + render_cells(title, (*heading, "proposition"), turned, width=width, color=color)


def _labels(nodes: Mapping[str, Node], key: CellKey) -> tuple[str, str]:
    return node_label(nodes[key[0]]), node_label(nodes[key[1]])


def _cell_text(cell: Cell | None) -> str:
    return "–" if cell is None else f"{sign_mark(cell)} {_mean(cell)} ×{cell.n}"


def _mean(cell: Cell) -> str:
    return "–" if cell.grade is None else f"{float(cell.grade):+.2f}" if cell.grade else "0.00"


def _shown(figure: Figure) -> str:
    return f"{'–' if figure.value is None else format(figure.value, '.3f')} (n {figure.n})"


_WORDS = {
    "precision": "cell precision",
    "recall": "cell recall",
    "f1": "cell F1",
    "sign_accuracy": "sign accuracy on the gold's cells",
    "spearman": "Spearman's rho of mean grades, shared cells",
}


def _named(figures: Figures, *, words: bool = False) -> list[tuple[str, Figure]]:
    return [(word if words else name, getattr(figures, name)) for name, word in _WORDS.items()]


def _nested(key: CellKey, shown: Difference) -> dict[str, object]:
    change = shown.changes[key]
    sides: dict[str, object] = {
        "gold": None if change.gold is None else cell_values(change.gold),
        "system": None if change.system is None else cell_values(change.system),
    }
    return {"holder": key[0], "target": key[1], "status": change.status, **sides}


def _polarised(matrix: Matrix) -> dict[str, object]:
    return {key: _figure(figure) for key, figure in polarisation(matrix).items()}


def _figure(figure: Figure) -> dict[str, object]:
    return {"value": None if figure.value is None else float(f"{figure.value:.10g}"), "n": figure.n}


def _names(nodes: Mapping[str, Node], key: CellKey) -> dict[str, object]:
    holder, target = nodes[key[0]], nodes[key[1]]
    values = (holder.label, holder.kind, holder.key, target.label, target.kind, target.key)
    return dict(zip(NODE_FIELDS, values, strict=True))


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(f"{float(value):.10g}")
