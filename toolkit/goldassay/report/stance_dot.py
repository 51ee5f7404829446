"""A stance matrix, or a difference, in the DOT language, for Graphviz and other programs that draw graphs."""

from goldassay.report.stance_graph import line_of
from goldassay.report.stance_selection import Edge, describe_edge, list_edges, node_label
from goldassay.stance_matrix.cells import Matrix
from goldassay.stance_matrix.difference import Difference
from goldassay.stance_matrix.nodes import Node

HEADS = {1: "normal", 0: "odot", -1: "tee"}
STYLES = {"entity": "solid", "proposition": "rounded", "unresolved": "dashed"}


def quote_dot(text: str) -> str:
    r"""A string of the DOT language; it stands for this text and nothing else.

    >>> print(quote_dot('a "b" \\N'))
    "a \"b\" \\N"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def render_stance_dot(shown: Matrix | Difference, signature: str) -> str:
    """All cells that count, with the signature as the graph's comment; a program that draws may leave out thin ones."""
    edges = sorted(list_edges(shown), key=lambda edge: (edge.holder, edge.target))
    used = {key for edge in edges for key in (edge.holder, edge.target)}
    number = {key: f"n{n}" for n, key in enumerate(key for key in shown.nodes if key in used)}
    lines = [
        "digraph stances {",
        f"  comment={quote_dot(signature)};",
        "  rankdir=LR;",
        "  node [fontname=sans]; edge [fontname=sans];",
    ]
    lines += [f"  {name} [{_attributes(_of_node(shown.nodes[key]))}];" for key, name in number.items()]
    lines += [
        f"  {number[edge.holder]} -> {number[edge.target]} [{_attributes(_of_edge(edge, shown))}];" for edge in edges
    ]
    return "\n".join([*lines, "}", ""])


def _of_node(node: Node) -> dict[str, str]:
    label = node_label(node)
    return {"label": label, "shape": "box", "style": STYLES[node.kind], "tooltip": f"{node.kind}: {label}"}


def _of_edge(edge: Edge, shown: Matrix | Difference) -> dict[str, str]:
    line = line_of(edge)
    head = edge.other.sign if edge.status == "flipped" and edge.other is not None else edge.cell.sign
    # Two colours in a list are two parallel lines.
    color = f"{line.color}:{line.color}" if line.double else line.color
    return {
        "label": edge.label,
        "arrowhead": HEADS[head],
        "style": _dot_style(line.dash),
        "color": color,
        "penwidth": f"{1.2 if line.double else line.width:.2f}",
        "weight": str(edge.n),
        "tooltip": describe_edge(edge, shown.nodes),
    }


def _dot_style(dash: tuple[float, ...]) -> str:
    if not dash:
        return "solid"
    return "dotted" if dash[0] <= 1 else "dashed"


def _attributes(values: dict[str, str]) -> str:
    return ", ".join(f"{name}={quote_dot(value)}" for name, value in values.items())
