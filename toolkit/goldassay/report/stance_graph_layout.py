"""Where the nodes and edges of a stance graph stand.

Holders stand on the left, what is only a target on the right; a stance on another holder goes round the left side.
Every edge has a port of its own at both ends and its label stands at the port of the target, so no label can cover
another, however many edges there are. Force-directed layouts do not give this, and change with the processor.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from goldassay.report.drawing import LINE, Box, Point, wrap_text
from goldassay.report.stance_selection import Edge, Shown, node_label

NODE_WIDTH, SIZE, PADDING = 176.0, 9.0, 9.0
PORT, SPACE = 16.0, 12.0
"""Height of a port, and of the space between two nodes."""
BETWEEN, MARGIN = 330.0, 24.0
HEAD = 16.0
"""Room for the head of an arrow."""
SWEEPS = 8


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node with its box and the lines of its label."""

    key: str
    box: Box
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedEdge:
    """An edge from the port of its holder to that of its target; `curve` ends at `label`, a line leads on to `end`.

    label  where the label begins on the side of the holder; it is as wide as the layout's `label_width`
    round  whether it goes round the left side
    """

    edge: Edge
    curve: tuple[Point, Point, Point, Point]
    label: Point
    end: Point
    round: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A graph in points; the top of the drawing is 0."""

    width: float
    height: float
    label_width: float
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]


def lay_out(shown: Shown, label_width: float) -> Layout:
    """The layout of a selection. `label_width` is the room for the label of an edge, in points."""
    left = list(shown.holders)
    right = [key for key in shown.targets if key not in set(left)]
    left, right = order_columns(left, right, shown.edges)
    round_edges = [edge for edge in shown.edges if edge.target in set(left)]
    lane = HEAD + label_width + 60 + min(4 * len(round_edges), 120) if round_edges else 0.0
    x_left = MARGIN + lane
    x_right = x_left + NODE_WIDTH + BETWEEN
    lines = {key: tuple(wrap_text(node_label(shown.nodes[key]), NODE_WIDTH - 2 * PADDING)) for key in (*left, *right)}
    ports = _count_ports(shown.edges, set(left))
    boxes: dict[str, Box] = {}
    columns = [(left, x_left), (right, x_right)]
    heights = {key: _height(len(lines[key]), ports[key]) for key in lines}
    tall = [sum(heights[key] + SPACE for key in keys) for keys, _ in columns]
    for (keys, x), own in zip(columns, tall, strict=True):
        y, gap = 0.0, SPACE + (max(tall) - own) / max(len(keys), 1)
        for key in keys:
            boxes[key] = (x, y + (gap - SPACE) / 2, NODE_WIDTH, heights[key])
            y += heights[key] + gap
    return Layout(
        width=(x_right if right else x_left) + NODE_WIDTH + MARGIN,
        height=max(tall, default=0.0),
        label_width=label_width,
        nodes=tuple(PlacedNode(key, boxes[key], lines[key]) for key in (*left, *right)),
        edges=tuple(_place_edges(shown.edges, boxes, set(left), label_width)),
    )


def order_columns(left: list[str], right: list[str], edges: Sequence[Edge]) -> tuple[list[str], list[str]]:
    """Both columns by the mean place of what each node is joined to, to and fro, so that few edges cross.

    The barycentre heuristic of Sugiyama, Tagawa and Toda (1981); ties keep their order.

    >>> from fractions import Fraction
    >>> from goldassay.stance_matrix.cells import Cell
    >>> cell = Cell(1, Fraction(1), Fraction(1), Fraction(1), 1, False, ("d1",))
    >>> order_columns(["a", "b"], ["x", "y"], [Edge("a", "y", cell), Edge("b", "x", cell)])
    (['a', 'b'], ['y', 'x'])
    """
    joined: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        joined[edge.holder].append(edge.target)
        joined[edge.target].append(edge.holder)
    for _ in range(SWEEPS):
        right = sorted(right, key=_mean_place(left, right, joined))
        left = sorted(left, key=_mean_place(right, left, joined))
    return left, sorted(right, key=_mean_place(left, right, joined))


def _mean_place(others: list[str], own: list[str], joined: dict[str, list[str]]) -> Callable[[str], float]:
    at = {key: n / max(len(others), 1) for n, key in enumerate(others)}
    stays = {key: n / max(len(own), 1) for n, key in enumerate(own)}

    def place(key: str) -> float:
        places = [at[other] for other in joined[key] if other in at]
        return sum(places) / len(places) if places else stays[key]

    return place


def _count_ports(edges: Sequence[Edge], left: set[str]) -> dict[str, int]:
    """How many ports each node needs on its fuller side."""
    out, round_, into = (defaultdict[str, int](int) for _ in range(3))
    for edge in edges:
        if edge.target in left:
            round_[edge.holder] += 1
            round_[edge.target] += 1
        else:
            out[edge.holder] += 1
            into[edge.target] += 1
    return defaultdict(int, {key: max(out[key], round_[key], into[key]) for key in {*out, *round_, *into}})


def _height(lines: int, ports: int) -> float:
    return max(lines * SIZE * LINE + 2 * PADDING, ports * PORT)


def _place_edges(edges: Sequence[Edge], boxes: dict[str, Box], left: set[str], label_width: float) -> list[PlacedEdge]:
    """Ports in the order of what is at the other end, so that edges of one node do not cross at it."""
    middle = {key: box[1] + box[3] / 2 for key, box in boxes.items()}
    at_port: dict[tuple[str, str], list[tuple[float, int, str]]] = defaultdict(list)
    for n, edge in enumerate(edges):
        side = "round" if edge.target in left else "across"
        at_port[edge.holder, side].append((middle[edge.target], n, "from"))
        at_port[edge.target, side].append((middle[edge.holder], n, "to"))
    height: dict[tuple[int, str], float] = {}
    for (key, _), ends in at_port.items():
        _, top, _, tall = boxes[key]
        for place, (_, n, end) in enumerate(sorted(ends)):
            height[n, end] = top + tall / 2 + (place - (len(ends) - 1) / 2) * min(PORT, tall / len(ends))
    total = max((top + tall for _, top, _, tall in boxes.values()), default=1.0)
    placed = []
    for n, edge in enumerate(edges):
        y1, y2 = height[n, "from"], height[n, "to"]
        x1, x2 = boxes[edge.holder][0], boxes[edge.target][0]
        round_ = edge.target in left
        stop = x2 - HEAD - label_width
        if round_:
            # The farther round it goes, the farther out, so that nested edges stay apart.
            bend = stop - (stop - 4) * min(0.3 + abs(y2 - y1) / total, 1.25)
            curve = ((x1, y1), (bend, y1), (bend, y2), (stop, y2))
        else:
            bend = (stop - x1 - NODE_WIDTH) * 0.45
            curve = ((x1 + NODE_WIDTH, y1), (x1 + NODE_WIDTH + bend, y1), (stop - bend, y2), (stop, y2))
        placed.append(PlacedEdge(edge, curve, (stop, y2), (x2, y2), round_))
    return placed
