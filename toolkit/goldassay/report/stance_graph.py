"""The picture of a stance graph, of one matrix or of the difference of two.

Entities are boxes, propositions have round corners, names that mean nothing in the gold a dashed frame. The sign of an
edge shows in its label, its line and its head, and only then in its colour; its width in the number of stances.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from goldassay.report.drawing import (
    BLACK,
    BLUE,
    CREAM,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    RED,
    WHITE,
    Point,
    Sheet,
    require_matplotlib,
    text_width,
    wrap_text,
)
from goldassay.report.stance_graph_layout import HEAD, MARGIN, SIZE, PlacedEdge, PlacedNode, lay_out
from goldassay.report.stance_selection import (
    EDGES_PER_NODE,
    TOP,
    WORDS,
    Edge,
    Shown,
    describe_edge,
    node_label,
    select_cells,
)
from goldassay.stance_matrix.cells import Matrix
from goldassay.stance_matrix.difference import Difference

SMALL = 8.0
"""Size of the labels of edges."""


@dataclass(frozen=True, slots=True)
class Line:
    """How an edge is drawn. `dash` are lengths of stroke and gap in widths of the line, empty for a solid one."""

    color: str
    dash: tuple[float, ...] = ()
    width: float = 1.0
    double: bool = False


SIGN_LINES = {1: Line(GREEN), -1: Line(RED, (4, 2.5)), 0: Line(GREY, (1, 2))}
STATUS_LINES = {
    "same": Line(GREY, width=0.7),
    "weaker": Line(GREY, (1, 2), 1.3),
    "stronger": Line(GREY, (6, 2), 1.3),
    "flipped": Line(RED, width=4.0),
    "missing": Line(BLUE, width=3.6, double=True),
    "extra": Line(ORANGE, (7, 2, 1.2, 2), 1.8),
}
LEGEND = {
    "same": "the system agrees",
    "weaker": "nearer to neutral than the gold",
    "stronger": "farther from neutral than the gold",
    "flipped": "the opposite: gold → system",
    "missing": "the system has nothing here",
    "extra": "the gold has nothing here",
}
_HEADS = {1: "favours: arrow", -1: "opposes: dashed, bar", 0: "neutral: dotted, ring"}


def draw_stance_graph(
    shown: Matrix | Difference, signature: str | None = None, *, top: int = TOP, heading: bool = True
) -> Sheet:
    """The stance graph of a matrix or a difference, with the `top` strongest holders and targets.

    Args:
        shown: What to draw.
        signature: What the numbers were computed from.
        top: Holders and targets in the picture.
        heading: Whether its title stands on the sheet; the sheet is called by it in any case.

    Raises:
        UsageError: matplotlib is not installed.
    """
    require_matplotlib()
    selected = select_cells(shown, top=top, edges_per_node=EDGES_PER_NODE)
    room = max((text_width(edge.label, SMALL, bold=True) for edge in selected.edges), default=0.0) + 11
    layout = lay_out(selected, room)
    width = max(layout.width, 560.0)
    title = f"Stance graph: {selected.name}"
    caption = [wrap_text(line, width - 2 * MARGIN, lines=3) for line in selected.caption]
    caption_y = MARGIN + (26 if heading else 4)
    top_y = caption_y + 12 * sum(map(len, caption)) + 16
    legend = _legend_rows(isinstance(shown, Difference))
    sheet = Sheet(width, top_y + layout.height + 30 + 17 * len(legend) + MARGIN, title, signature)
    if heading:
        sheet.text((MARGIN, MARGIN + 4), wrap_text(title, width - 2 * MARGIN, size=13, lines=1), size=13, bold=True)
    for n, line in enumerate(line for lines in caption for line in lines):
        sheet.text((MARGIN, caption_y + 12 * n), [line], color=GREY)
    for placed in layout.edges:
        curve = [(x, y + top_y) for x, y in placed.curve]
        _stroke(sheet, curve, line_of(placed.edge), describe_edge(placed.edge, selected.nodes))
    # Labels come after all lines, so that no line runs over one.
    for placed in layout.edges:
        _draw_end(sheet, placed, layout.label_width, top_y)
    for node in layout.nodes:
        _draw_node(sheet, node, selected, top_y)
    if not layout.nodes:
        sheet.text((MARGIN, top_y), ["no stance to draw"])
    _draw_legend(sheet, legend, top_y + layout.height + 30)
    return sheet


def line_of(edge: Edge) -> Line:
    """How an edge is drawn; the width grows with the logarithm of the number of stances, to 5 points.

    A difference shows the status by the line; the sign stays in the label and the head.
    """
    if edge.status is not None:
        return STATUS_LINES[edge.status]
    line = SIGN_LINES[edge.cell.sign]
    return Line(line.color, line.dash, min(1.0 + 0.8 * log2(edge.n), 5.0))


def _draw_end(sheet: Sheet, placed: PlacedEdge, label_width: float, top: float) -> None:
    line, edge = line_of(placed.edge), placed.edge
    (x, y), end = (placed.label[0], placed.label[1] + top), (placed.end[0], placed.end[1] + top)
    sheet.box((x, y - 6.5, label_width, 13), fill=WHITE, color=line.color, width=0.8, round_=True)
    sheet.text((x + label_width / 2, y), [edge.label], size=SMALL, align="center", bold=True)
    head = edge.other.sign if edge.status == "flipped" and edge.other is not None else edge.cell.sign
    _draw_head(sheet, (x + label_width, y), end, head, line)


def _stroke(sheet: Sheet, points: Sequence[Point], line: Line, title: str | None = None) -> None:
    style = (0, line.dash) if line.dash else "-"
    sheet.curve(points, edgecolor=line.color, linewidth=line.width, linestyle=style, title=title)
    if line.double:
        sheet.curve(points, edgecolor=WHITE, linewidth=line.width / 2.4)


def _draw_head(sheet: Sheet, start: Point, end: Point, sign: int, line: Line) -> None:
    """A triangle favours, a bar opposes, a ring is neutral."""
    thin = Line(line.color, (), max(min(line.width, 2.0), 1.0))
    x, y = end
    if sign > 0:
        _stroke(sheet, [start, (x - 6, y)], thin)
        sheet.shape([(x - 8, y - 4.5), (x - 8, y + 4.5), (x, y)], facecolor=line.color, edgecolor=line.color)
    elif sign < 0:
        _stroke(sheet, [start, (x - 3, y)], thin)
        _stroke(sheet, [(x - 3, y - 6), (x - 3, y + 6)], Line(line.color, (), 2.4))
    else:
        _stroke(sheet, [start, (x - 8, y)], thin)
        sheet.box((x - 8, y - 3.5, 7, 7), color=line.color, round_=True)


def _draw_node(sheet: Sheet, node: PlacedNode, selected: Shown, top: float) -> None:
    left, y, width, height = node.box
    known = selected.nodes[node.key]
    full = node_label(known)
    sheet.box(
        (left, y + top, width, height),
        fill=CREAM if known.kind == "proposition" else WHITE if known.kind == "unresolved" else PALE,
        color=BLACK,
        round_=known.kind == "proposition",
        dashed=known.kind == "unresolved",
        title=f"{known.kind}: {full}",
    )
    sheet.text((left + width / 2, y + top + height / 2), node.lines, size=SIZE, align="center")


def _legend_rows(difference: bool) -> list[list[tuple[Line | str, int, str]]]:
    """Rows of line or kind of node, sign of the head, explanation."""
    signs: list[tuple[Line | str, int, str]] = [(SIGN_LINES[sign], sign, _HEADS[sign]) for sign in (1, -1, 0)]
    if difference:
        neutral = {1: "favours: arrow", -1: "opposes: bar", 0: "neutral: ring"}
        signs = [(Line(BLACK), sign, words) for sign, words in neutral.items()]
    nodes: list[tuple[Line | str, int, str]] = [
        ("entity", 0, "entity"),
        ("proposition", 0, "proposition"),
        ("unresolved", 0, "? means nothing in the gold"),
    ]
    rows = [signs, nodes]
    if difference:
        lines = [(STATUS_LINES[status], 2, f"{WORDS.get(status, status)}: {words}") for status, words in LEGEND.items()]
        rows += [list(lines[:3]), list(lines[3:])]
        rows.append(
            [("text", 0, "+ − 0: the mean side, the gold's if it has one; ± beside it: stances of different signs")]
        )
    else:
        rows.append([("text", 0, "+ ×3: three stances; ± stances of different signs; the thicker, the more stances")])
    return rows


def _draw_legend(sheet: Sheet, rows: Sequence[Sequence[tuple[Line | str, int, str]]], top: float) -> None:
    sheet.curve([(MARGIN, top - 14), (MARGIN + 520, top - 14)], edgecolor=GREY, linewidth=0.6)
    for n, row in enumerate(rows):
        for column, (kind, sign, words) in enumerate(row):
            x, y = MARGIN + column * 205, top + 17 * n
            if isinstance(kind, Line):
                _stroke(sheet, [(x, y), (x + 30 - HEAD * (sign < 2), y)], kind)
                if sign < 2:
                    _draw_head(sheet, (x + 30 - HEAD, y), (x + 30, y), sign, kind)
            elif kind != "text":
                fill = {"proposition": CREAM, "entity": PALE, "unresolved": WHITE}[kind]
                dashed, round_ = kind == "unresolved", kind == "proposition"
                sheet.box((x, y - 5.5, 30, 11), fill=fill, round_=round_, dashed=dashed)
            sheet.text((x + (36 if kind != "text" else 0), y), [words], size=SMALL)
