"""The stance graphs of the page: that of the gold, and for each run what it says otherwise."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldassay.errors import UsageError
from goldassay.layers.base import GoldDocument, Options
from goldassay.model.predictions import Prediction
from goldassay.report.drawing import BLACK, BLUE, CREAM, GREEN, GREY, ORANGE, PALE, RED, WHITE
from goldassay.report.stance_graph import draw_stance_graph
from goldassay.report.stance_matrix import render_matrix_text
from goldassay.stance_matrix.cells import Matrix, build_matrices
from goldassay.stance_matrix.difference import Difference, compare_matrices

TOP = 12
"""Holders and targets in a drawing; more are no longer read."""

COLORS = {
    WHITE: "sheet",
    BLACK: "ink",
    GREY: "grey",
    PALE: "entity",
    CREAM: "proposition",
    GREEN: "green",
    RED: "red",
    BLUE: "blue",
    ORANGE: "orange",
}
"""What the page's style calls the colours of a drawing, to give them other values where it is dark."""

_STYLED = re.compile("|".join(COLORS), re.IGNORECASE)


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
    table = render_matrix_text(shown, width=120)
    try:
        drawn = draw_stance_graph(shown, top=TOP, heading=False).svg(prefix)
    except UsageError:
        return Graph(title, None, table)
    return Graph(title, name_colors(drawn[drawn.index("<svg ") :]), table)


def name_colors(svg: str) -> str:
    """The drawing with names for its colours; what is no name falls back on the colour itself.

    >>> name_colors('<path style="stroke: #009e73"/><text>#009e73</text>')
    '<path style="stroke: var(--graph-green, #009e73)"/><text>#009e73</text>'
    """

    def named(tag: re.Match[str]) -> str:
        return _STYLED.sub(lambda found: f"var(--graph-{_NAMES[found[0].lower()]}, {found[0]})", tag[0])

    # In texts every `>` and `<` is escaped, so that this finds tags alone.
    return re.sub(r"<[^>]+>", named, svg)


_NAMES = {color.lower(): name for color, name in COLORS.items()}
