"""A sheet to draw on: text, boxes and lines in points from the top left corner, written as SVG or PNG by matplotlib.

The SVG of one picture is the same to the byte in every run of one version of matplotlib. Texts stay texts, so they can
be searched and read aloud, and each part can carry a title with its full wording.
"""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from typing import Any

from goldassay.errors import UsageError
from goldassay.model.printable import printable

BLACK, GREY, PALE, WHITE, CREAM = "#000000", "#6b6b6b", "#ececec", "#ffffff", "#fbf7e6"
GREEN, RED, BLUE, ORANGE, PURPLE, SKY = "#009E73", "#D55E00", "#0072B2", "#E69F00", "#CC79A7", "#56B4E9"
"""Eight colours that all kinds of colour vision tell apart (Okabe and Ito, 2008)."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, width, height."""
LINE = 1.25
"""Distance of two lines of text, in sizes of the font."""
_FAMILY, _FALLBACK = "DejaVu Sans", "'DejaVu Sans', Verdana, Arial, sans-serif"
"""The font that is measured, and what a viewer without it takes: none of them is wider."""
_NAMED = re.compile(r'<g id="(t[0-9]+)">')
_RC: dict[Any, Any] = {
    "svg.hashsalt": "goldassay",
    "svg.fonttype": "none",
    "font.family": [_FAMILY],
    "path.simplify": False,
}


def require_matplotlib() -> None:
    """Make sure that pictures can be drawn.

    Raises:
        UsageError: matplotlib is not installed.
    """
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise UsageError("pictures need matplotlib; install it with: pip install 'goldassay[plots]'") from error


class Sheet:
    """A light sheet of a width and height in points; y grows downwards."""

    def __init__(self, width: float, height: float, title: str, description: str | None = None) -> None:
        from matplotlib.figure import Figure

        self._titles: dict[str, str] = {}
        self._title, self._description = title, description
        self.figure = Figure(figsize=(width / 72, height / 72), facecolor=WHITE)
        self._axes: Any = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.axis("off")
        self.texts: list[Box] = []
        """Where text was put, for whoever wants to know whether two texts overlap."""

    def text(
        self,
        at: Point,
        lines: Sequence[str],
        *,
        size: float = 9,
        align: str = "left",
        color: str = BLACK,
        bold: bool = False,
        upright: bool = False,
        title: str | None = None,
    ) -> None:
        """Lines of text whose block is centred at the height of `at`; `upright` turns it to be read from below."""
        step, longest = size * LINE, max((text_width(line, size, bold=bold) for line in lines), default=0.0)
        x, y = at
        for n, line in enumerate(lines):
            shift = (n - (len(lines) - 1) / 2) * step
            place = (x + shift, y) if upright else (x, y + shift)
            artist = self._axes.text(
                *place,
                line,
                fontsize=size,
                color=color,
                fontweight="bold" if bold else "normal",
                ha="center" if upright else align,
                va=("bottom" if align == "left" else "center") if upright else "center",
                rotation=90 if upright else 0,
                fontfamily=_FAMILY,
                parse_math=False,
                usetex=False,
            )
            self._name(artist, title)
        tall = len(lines) * step
        if upright:
            self.texts.append((x - tall / 2, y - longest, tall, longest))
        else:
            left = {"left": x, "center": x - longest / 2, "right": x - longest}[align]
            self.texts.append((left, y - tall / 2, longest, tall))

    def box(
        self,
        box: Box,
        *,
        fill: str = WHITE,
        color: str = BLACK,
        width: float = 1.0,
        round_: bool = False,
        dashed: bool = False,
        hatch: str | None = None,
        title: str | None = None,
    ) -> None:
        """A rectangle, or one with round corners."""
        from matplotlib.patches import FancyBboxPatch, Rectangle

        left, top, wide, tall = box
        look: dict[str, Any] = {
            "facecolor": fill,
            "edgecolor": color,
            "linewidth": width,
            "linestyle": (0, (4, 2)) if dashed else "-",
            "hatch": hatch,
        }
        if round_:
            r = min(9.0, tall / 2, wide / 2)
            shape: Any = FancyBboxPatch((left, top), wide, tall, boxstyle=f"round,pad=0,rounding_size={r}", **look)
        else:
            shape = Rectangle((left, top), wide, tall, **look)
        self._axes.add_patch(shape)
        self._name(shape, title)

    def curve(self, points: Sequence[Point], *, title: str | None = None, **look: Any) -> None:
        """A line through two points, or a cubic Bézier curve of four, with matplotlib's properties of patches."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        codes = [Path.MOVETO, *[Path.CURVE4 if len(points) == 4 else Path.LINETO] * (len(points) - 1)]
        patch = PathPatch(Path(list(points), codes), fill=False, capstyle="butt", **look)
        self._axes.add_patch(patch)
        self._name(patch, title)

    def shape(self, points: Sequence[Point], **look: Any) -> None:
        """A closed polygon."""
        from matplotlib.patches import Polygon

        self._axes.add_patch(Polygon(list(points), closed=True, **look))

    def svg(self, prefix: str = "") -> str:
        """The sheet as SVG, with a title for the whole and for each part that has one.

        Args:
            prefix: Goes before all ids, so that several pictures can stand in one page.
        """
        out = io.StringIO()
        with _drawing():
            self.figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, facecolor=WHITE)
        # Only tags are rewritten: in texts every `>` is escaped.
        svg = re.sub(r"<[^>]+>", lambda found: self._rewrite(found[0], prefix), out.getvalue())
        return "".join(f"{line.rstrip()}\n" for line in svg.splitlines())

    def _rewrite(self, tag: str, prefix: str) -> str:
        named = _NAMED.fullmatch(tag)
        tag = tag.replace(f"'{_FAMILY}'", _FALLBACK)
        if prefix:
            tag = re.sub(r'( id="|url\(#|href="#)', lambda found: found[1] + prefix, tag)
        if tag.startswith("<svg "):
            described = (
                "" if self._description is None else f"<desc>{escape(printable(self._description, 2000))}</desc>"
            )
            return tag.replace("<svg ", '<svg role="img" ', 1) + _title(self._title) + described
        return tag + _title(self._titles[named[1]]) if named else tag

    def png(self, dpi: int = 100) -> bytes:
        """The sheet as PNG."""
        out = io.BytesIO()
        with _drawing():
            self.figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None}, facecolor=WHITE)
        return out.getvalue()

    def _name(self, artist: Any, title: str | None) -> None:
        if title is not None:
            name = f"t{len(self._titles)}"
            self._titles[name] = title
            artist.set_gid(name)


def _title(text: str) -> str:
    return f"<title>{escape(printable(text, 1000))}</title>"


@contextmanager
def _drawing() -> Iterator[None]:
    """Our settings, whatever a user's matplotlibrc says; a script that the font lacks is left to the viewer's fonts."""
    import matplotlib as mpl

    with mpl.rc_context(_RC), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph|Matplotlib currently does not support")
        yield


@lru_cache(maxsize=20000)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    with _drawing():
        font = FontProperties(family=_FAMILY, size=size, weight="bold" if bold else "normal")
        return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def wrap_text(text: str, width: float, *, size: float = 9, lines: int = 3) -> list[str]:
    """Lines no wider than `width` points; what does not fit in `lines` of them is cut and ends with an ellipsis."""
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < lines:
        line = _fitting(rest, width, size)
        found.append(line)
        rest = rest[len(line) :].lstrip()
    if rest and found:
        last = found[-1]
        while last and text_width(f"{last}…", size) > width:
            last = last[:-1]
        found[-1] = f"{last.rstrip()}…"
    return found or [""]


def _fitting(text: str, width: float, size: float) -> str:
    """The longest start of the text that is no wider, up to a space if it can be; at least one character."""
    n = 1
    while n < len(text) and text_width(text[: n + 1], size) <= width:
        n += 1
    if n == len(text) or text[n] == " ":
        return text[:n]
    space = text.rfind(" ", 0, n)
    return text[:space] if space > 0 else text[:n]
