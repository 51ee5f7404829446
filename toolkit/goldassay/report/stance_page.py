"""A page of stance matrices: the numbers, and the pictures of gold, system and difference, in one file of HTML."""

from collections.abc import Sequence
from html import escape

from goldassay.report.stance_graph import draw_stance_graph
from goldassay.report.stance_heatmap import draw_stance_heatmap
from goldassay.report.stance_matrix import render_matrix_text
from goldassay.report.stance_selection import TOP
from goldassay.stance_matrix.cells import Matrix
from goldassay.stance_matrix.difference import Difference

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; margin: 2em; background: #fff; color: #000; }}
figure {{ margin: 1em 0; overflow-x: auto; }}
pre {{ overflow-x: auto; }}
</style>
</head>
<body>
<h1>{title}</h1>
"""


def render_matrix_page(shown: Sequence[Matrix | Difference], signature: str, *, top: int = TOP) -> str:
    """One page with no script and nothing from outside; all text from data is escaped.

    Args:
        shown: What to show, in this order: a matrix, or gold, system and their difference.
        signature: What the numbers were computed from.
        top: Holders and targets in a picture.

    Raises:
        UsageError: matplotlib is not installed.
    """
    last = shown[-1]
    kind = last.gold.kind if isinstance(last, Difference) else last.kind
    parts = [_HEAD.format(title=escape(f"Stance matrix, {kind}"))]
    for number, one in enumerate(shown):
        name = "difference" if isinstance(one, Difference) else one.name
        parts.append(f"<h2>{escape(name)}</h2>\n")
        for letter, draw in (("g", draw_stance_graph), ("m", draw_stance_heatmap)):
            svg = draw(one, signature, top=top).svg(f"{letter}{number}-")
            parts.append(f"<figure>\n{svg[svg.index('<svg ') :]}</figure>\n")
    parts.append(f"<h2>numbers and cells</h2>\n<pre>{escape(render_matrix_text(last, signature, width=120))}</pre>\n")
    return "".join([*parts, "</body>\n</html>\n"])
