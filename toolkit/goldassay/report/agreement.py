"""Annotator agreement as text, JSON and Markdown, always with what the annotators are."""

from collections.abc import Callable, Sequence

import msgspec

from goldassay.agreement.figures import Agreement, Annotation, Figure
from goldassay.model.printable import printable, quoted
from goldassay.passes.load import GOLD
from goldassay.report.markdown import escape
from goldassay.report.table import claim

DASH = "–"
COLUMNS = ("measure", "agreement", "swapped", "compared")


def encode_agreements(agreements: Sequence[Agreement]) -> str:
    """As indented JSON; undefined numbers are null."""
    return msgspec.json.format(msgspec.json.encode(agreements), indent=1).decode() + "\n"


def render_agreements(agreements: Sequence[Agreement]) -> str:
    """As text: for each two annotations who they are, then a table a layer."""
    return "\n".join(_text(one) for one in agreements)


def render_agreements_markdown(agreements: Sequence[Agreement]) -> str:
    """As Markdown, safe to paste: everything that came from data is escaped."""
    return "\n".join(_markdown(one) for one in agreements)


def describe_side(side: Annotation) -> str:
    """Who made an annotation.

    >>> describe_side(Annotation(name="gold"))
    'gold: the gold of the corpus'
    """
    if side.annotator is None:
        return f"{printable(side.name)}: {'the gold of the corpus' if side.name == GOLD else 'annotator not stated'}"
    who = side.annotator
    parts = [f"{who.kind} annotator {quoted(who.name)}"]
    parts += [f"family {printable(who.family)}"] if who.family else []
    parts += [f"version {printable(who.version)}"] if who.version else []
    parts += [f"guidelines {printable(side.guidelines)}"] if side.guidelines else []
    return f"{printable(side.name)}: {', '.join(parts)}"


def caution(one: Annotation, other: Annotation) -> str | None:
    """What must be kept in mind of these two annotators; null if nothing."""
    a, b = one.annotator, other.annotator
    if GOLD in (one.name, other.name):
        return "The gold was made from annotation passes: this is no agreement of independent annotators."
    if a is None or b is None or "model" not in (a.kind, b.kind):
        return None
    if a.kind == b.kind and a.family == b.family:
        return "Both annotators are models of one family: what they err in alike counts as agreement here."
    return None


def format_number(value: float | None) -> str:
    """Three decimals, a dash where it is undefined.

    >>> format_number(0.5), format_number(None)
    ('0.500', '–')
    """
    return DASH if value is None else f"{value:.3f}"


def _compared(figure: Figure) -> str:
    """What was compared: aligned pairs, or the items of both sides."""
    if "pairs" in figure.counts:
        return f"{figure.counts['pairs']:g} pairs"
    sizes = [number for name, number in figure.counts.items() if name != "right"]
    return " : ".join(f"{number:g}" for number in sizes)


def _cells(figure: Figure) -> tuple[str, str, str, str]:
    value = format_number(figure.value)
    swapped = format_number(figure.swapped) if figure.swapped is not None else value
    return figure.title, value, swapped if swapped != value else "", _compared(figure)


def _head(agreement: Agreement, show: Callable[[str], str]) -> list[str]:
    names = (agreement.a.name, agreement.b.name)
    what = "Agreement" if GOLD in names else "Annotator agreement"
    title = f"{what} of {' and '.join(show(printable(name)) for name in names)}"
    lines = [title, *(show(describe_side(side)) for side in (agreement.a, agreement.b))]
    warning = caution(agreement.a, agreement.b)
    return [*lines, claim(len(agreement.documents)), *([warning] if warning else [])]


def _layers(agreement: Agreement) -> dict[str, list[Figure]]:
    layers: dict[str, list[Figure]] = {}
    for figure in agreement.figures:
        layers.setdefault(figure.layer, []).append(figure)
    return layers


def _text(agreement: Agreement) -> str:
    rows = [_cells(figure) for figure in agreement.figures]
    width = max((len(row[0]) for row in (*rows, COLUMNS)), default=0)
    lines = [*_head(agreement, str), ""]
    for layer, figures in _layers(agreement).items():
        lines.append(layer)
        for title, value, swapped, compared in (COLUMNS, *map(_cells, figures)):
            lines.append(f"  {title:<{width}}  {value:>9}  {swapped:>7}  {compared}".rstrip())
        lines.append("")
    lines += [_LEGEND, f"Signature: {agreement.signature}"]
    return "\n".join(lines) + "\n"


def _markdown(agreement: Agreement) -> str:
    head = _head(agreement, escape)
    lines = [f"## {head[0]}", "", *(f"{line}  " for line in head[1:])]
    for layer, figures in _layers(agreement).items():
        lines += ["", f"### {layer}", "", f"| {' | '.join(COLUMNS)} |", "|---|--:|--:|---|"]
        lines += [f"| {escape(title)} | {' | '.join(rest)} |" for title, *rest in map(_cells, figures)]
    return "\n".join([*lines, "", _LEGEND, "", f"Signature: `{agreement.signature}`", ""])


_LEGEND = (
    "agreement: with the first as gold where a measure needs one; swapped: with the second, where that differs; "
    "– undefined."
)
