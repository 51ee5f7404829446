"""The picture of a stance matrix as an ordered table of cells; it holds more than a graph before it turns illegible.

Every cell that has a stance carries its sign as a symbol; colour and shade only repeat it.
"""

from goldassay.report.drawing import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    RED,
    WHITE,
    Sheet,
    require_matplotlib,
    wrap_text,
)
from goldassay.report.stance_graph import LEGEND
from goldassay.report.stance_selection import (
    TOP,
    WORDS,
    Edge,
    Shown,
    describe_edge,
    node_label,
    select_cells,
    sign_mark,
)
from goldassay.stance_matrix.cells import Cell, Matrix
from goldassay.stance_matrix.difference import Difference

MARGIN, SIZE, SMALL = 24.0, 9.0, 7.5
WIDE, TALL = 44.0, 30.0
"""A cell, in points."""
ROW_LABEL, COLUMN_LABEL = 190.0, 170.0
STRONG = 1.5
"""Size of the mean grade from which the symbol is doubled and the shade full."""
SHADES = {-2: RED, -1: "#f3c9a8", 0: "#f0f0f0", 1: "#b5d5ec", 2: BLUE}
"""Orange against blue, which no kind of colour blindness confuses; a full shade is read by white symbols."""
FRAMES = {
    "same": ("#f4f4f4", GREY, 0.6, None),
    "weaker": ("#f4f4f4", BLACK, 1.2, "...."),
    "stronger": ("#f4f4f4", BLACK, 1.2, "----"),
    "flipped": ("#f3c9a8", RED, 2.6, None),
    "missing": (WHITE, BLUE, 2.6, None),
    "extra": ("#fbe3b0", ORANGE, 1.4, "////"),
}
"""Fill, frame, width of the frame and hatch of a cell of the difference."""


def draw_stance_heatmap(shown: Matrix | Difference, signature: str | None = None, *, top: int = TOP) -> Sheet:
    """The `top` strongest holders as rows, the strongest targets as columns, entities before propositions.

    Raises:
        UsageError: matplotlib is not installed.
    """
    require_matplotlib()
    selected = select_cells(shown, top=top)
    title = f"Stance matrix: {selected.name}"
    left = MARGIN + ROW_LABEL + 10
    width = max(left + WIDE * len(selected.targets) + MARGIN, 640.0)
    caption = [line for text in selected.caption for line in wrap_text(text, width - 2 * MARGIN)]
    grid = MARGIN + 26 + 12 * len(caption) + COLUMN_LABEL + 16
    bottom = grid + TALL * len(selected.holders)
    sheet = Sheet(width, bottom + 24 + 64 + MARGIN, title, signature)
    sheet.text((MARGIN, MARGIN + 4), wrap_text(title, width - 2 * MARGIN, size=13, lines=1), size=13, bold=True)
    for n, line in enumerate(caption):
        sheet.text((MARGIN, MARGIN + 26 + 12 * n), [line], color=GREY)
    _draw_labels(sheet, selected, left, grid)
    at_row = {key: grid + TALL * n for n, key in enumerate(selected.holders)}
    at_column = {key: left + WIDE * n for n, key in enumerate(selected.targets)}
    for edge in selected.edges:
        _draw_cell(sheet, edge, selected, at_column[edge.target], at_row[edge.holder])
    if not selected.edges:
        sheet.text((MARGIN, grid), ["no stance to draw"])
    _draw_legend(sheet, bottom + 24, difference=isinstance(shown, Difference))
    return sheet


def symbol(cell: Cell) -> str:
    """The sign of a cell, doubled where its mean grade is at least 1.5 from 0.

    >>> from fractions import Fraction
    >>> [symbol(Cell(1, Fraction(g), Fraction(g), Fraction(g), (g > 0) - (g < 0), False, ("d",))) for g in (2, -1, 0)]
    ['++', '−', '0']
    """
    mark = sign_mark(cell)
    return mark[0] + mark if abs(float(cell.grade or 0)) >= STRONG else mark


def _draw_labels(sheet: Sheet, selected: Shown, left: float, grid: float) -> None:
    right, bottom = left + WIDE * len(selected.targets), grid + TALL * len(selected.holders)
    for n, key in enumerate(selected.holders):
        y, label = grid + TALL * n, node_label(selected.nodes[key])
        sheet.curve([(left, y), (right, y)], edgecolor="#d8d8d8", linewidth=0.5)
        lines = wrap_text(label, ROW_LABEL - 10, lines=2)
        sheet.text((left - 8, y + TALL / 2), lines, align="right", size=SIZE, title=f"holder: {label}")
    for n, key in enumerate(selected.targets):
        x, node = left + WIDE * n, selected.nodes[key]
        sheet.curve([(x, grid), (x, bottom)], edgecolor="#d8d8d8", linewidth=0.5)
        label = node_label(node)
        lines = wrap_text(label, COLUMN_LABEL - 16, size=SMALL + 0.5, lines=3)
        sheet.text(
            (x + WIDE / 2, grid - 8),
            lines,
            size=SMALL + 0.5,
            upright=True,
            title=f"target ({node.kind}): {label}",
        )
    sheet.curve([(left, bottom), (right, bottom)], edgecolor="#d8d8d8", linewidth=0.5)
    sheet.curve([(right, grid), (right, bottom)], edgecolor="#d8d8d8", linewidth=0.5)
    n_entities = sum(selected.nodes[key].kind != "proposition" for key in selected.targets)
    if 0 < n_entities < len(selected.targets):
        x = left + WIDE * n_entities
        sheet.curve([(x, grid - COLUMN_LABEL), (x, bottom)], edgecolor=BLACK, linewidth=1.4)


def _draw_cell(sheet: Sheet, edge: Edge, selected: Shown, x: float, y: float) -> None:
    title = describe_edge(edge, selected.nodes)
    box = (x + 1.5, y + 1.5, WIDE - 3, TALL - 3)
    middle = x + WIDE / 2
    if edge.status is None:
        shade = edge.cell.sign * (2 if abs(float(edge.cell.grade or 0)) >= STRONG else 1)
        ink = WHITE if abs(shade) == 2 else BLACK
        sheet.box(box, fill=SHADES[shade], color=GREY, width=0.5, title=title)
        sheet.text((middle, y + 10.5), [symbol(edge.cell)], size=11, bold=True, align="center", color=ink)
        sheet.text((middle, y + 23), [f"×{edge.n}"], size=SMALL, align="center", color=ink)
        return
    fill, color, width, hatch = FRAMES[edge.status]
    sheet.box(box, fill=fill, color=color, width=width, hatch=hatch, title=title)
    word = WORDS.get(edge.status, edge.status)
    if hatch is not None:
        sheet.box((x + 4, y + 4, WIDE - 8, TALL - 8), fill=fill, color=fill, width=0)
    mark = edge.label if edge.status == "flipped" else sign_mark(edge.cell)
    sheet.text((middle, y + 10.5), [mark], size=10, bold=True, align="center")
    sheet.text((middle, y + 21.5), [word], size=SMALL, align="center")


def _draw_legend(sheet: Sheet, top: float, *, difference: bool) -> None:
    if difference:
        for n, (status, words) in enumerate(LEGEND.items()):
            fill, color, width, hatch = FRAMES[status]
            x, y = MARGIN + 205 * (n % 3), top + 20 * (n // 3)
            sheet.box((x, y - 7, 22, 14), fill=fill, color=color, width=width, hatch=hatch)
            sheet.text((x + 28, y), [f"{WORDS.get(status, status)}: {words}"], size=SMALL)
        line = (
            "the gold's sign, of an extra cell the system's; ± stances of different signs; ? means nothing in the gold"
        )
        sheet.text((MARGIN, top + 42), [line], size=SMALL)
        return
    marks = {2: "++ strongly favours", 1: "+ favours", 0: "0 neutral", -1: "− opposes", -2: "−− strongly opposes"}
    for n, (shade, words) in enumerate(marks.items()):
        x = MARGIN + 124 * n
        sheet.box((x, top - 7, 22, 14), fill=SHADES[shade], color=GREY, width=0.5)
        sheet.text((x + 28, top), [words], size=SMALL)
    line = f"doubled from a mean grade of {STRONG} on; ± stances of different signs; ×2: two stances; empty: no stance"
    sheet.text((MARGIN, top + 22), [line], size=SMALL)
