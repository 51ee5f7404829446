"""What a pair of systems on these documents can show: text and JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from goldassay.report.comparison import short_name
from goldassay.report.text import render_cells
from goldassay.sample_size import PairPower
from goldassay.stats.interval import FEW_UNITS

HEADINGS = ("measure", "group", "documents", "first", "second", "correlation", "detectable", "needed", "more")


def power_cells(one: PairPower) -> list[str]:
    """The printed cells, as in `HEADINGS`."""
    return [
        short_name(one.measure),
        one.group,
        str(one.n_units),
        *(_number(value) for value in one.values),
        _number(one.correlation),
        _number(one.detectable),
        "–" if one.needed is None else str(one.needed),
        "–" if one.more is None else str(one.more),
    ]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def power_lines(found: Sequence[PairPower], alpha: float, power: float, difference: float | None) -> Iterator[str]:
    """What the table says, in sentences."""
    yield (
        f"detectable: the smallest true difference that a two-sided test at {alpha:g} finds in {100 * power:g} % of "
        "samples like this one, with the correlation of this pair."
    )
    if difference is not None:
        yield f"needed: documents like these in all, to detect {difference:g}; more: how many of them are missing."
    for one in found:
        if one.n_units < FEW_UNITS:
            yield f"{short_name(one.measure)}: {one.n_units} documents are too few to estimate an error from."
        elif one.detectable is None:
            yield f"{short_name(one.measure)}: the systems do not differ in any document, or a value is undefined."


def render_power_text(
    found: Sequence[PairPower],
    signature: str,
    *,
    alpha: float,
    power: float,
    difference: float | None,
    width: int = 100,
    color: bool = False,
) -> str:
    """Table, sentences, signature."""
    table = render_cells("", HEADINGS, [power_cells(one) for one in found], width=max(width, 112), color=color)
    lines = [*power_lines(found, alpha, power, difference), "", f"Signature: {signature}"]
    return table + "".join(f"{line}\n" for line in lines)


def render_power_json(
    found: Sequence[PairPower], signature: str, *, alpha: float, power: float, difference: float | None
) -> str:
    """The same as JSON, numbers with 10 significant digits."""
    rows = [{name: _rounded(value) for name, value in asdict(one).items()} for one in found]
    wanted = {"alpha": alpha, "power": power, "difference": difference}
    data = {"schema": 1, "signature": signature, **wanted, "measures": rows}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.10g}")
    return [_rounded(item) for item in value] if isinstance(value, tuple) else value
