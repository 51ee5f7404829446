"""The stance graphs of the page: that of the gold, and for each run what it says otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldassay.errors import UsageError
from goldassay.layers.base import GoldDocument, Options
from goldassay.model.predictions import Prediction
from goldassay.report.stance_graph import draw_stance_graph
from goldassay.report.stance_matrix import render_matrix_text
from goldassay.stance_matrix.cells import Matrix, build_matrices
from goldassay.stance_matrix.difference import Difference, compare_matrices

TOP = 12
"""Holders and targets in a drawing; more are no longer read."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A drawing of stances.

    svg    SVG markup in which all text from data is escaped; null where nothing can draw it
    table  the same in words and numbers
    """

    title: str
    svg: str | None
    table: str


def draw_graphs(
    gold: Sequence[GoldDocument], runs: Sequence[tuple[str, Mapping[str, Prediction]]], options: Options
) -> list[Graph]:
    """Drawings of who takes which side on what (opinions, people lifted to their states): gold, then differences.

    Args:
        gold: The annotated documents.
        runs: Name and predictions of each run that says anything of stances.
        options: As the runs were scored.

    Without matplotlib there are no pictures, only tables.
    """
    graphs: list[Graph] = []
    for number, (name, said) in enumerate(runs):
        names = ("gold", name)
        own, other = build_matrices(gold, said, rollup=True, options=options, names=names)
        if not graphs:
            graphs.append(_graph("The gold: who takes which side on whom and on what", own, "gold-"))
        graphs.append(_graph(f"{name}: where it differs from the gold", compare_matrices(own, other), f"run{number}-"))
    return graphs


def _graph(title: str, shown: Matrix | Difference, prefix: str) -> Graph:
    try:
        drawn = draw_stance_graph(shown, top=TOP).svg(prefix)
    except UsageError:
        return Graph(title, None, render_matrix_text(shown, width=120))
    return Graph(title, drawn[drawn.index("<svg ") :], render_matrix_text(shown, width=120))
