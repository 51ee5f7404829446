"""What a pair of systems on these documents can show: text and JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from goldassay.report.comparison import short_name
from goldassay.report.table import count_noun
from goldassay.report.text import render_cells
from goldassay.resampling import Unit
from goldassay.sample_size import PairPower
from goldassay.stats.interval import FEW_UNITS

HEADINGS = ("measure", "group", "{unit}s", "first", "second", "correlation", "detectable", "needed {unit}s", "more")


@dataclass(frozen=True, slots=True)
class PowerReport:
    """What a pair of systems on these documents can show, measure by measure.

    unit        what is drawn and counted: `document` or `source`
    alpha       level of the two-sided test
    power       chance of finding a difference that is there
    difference  what one wants to be able to detect; null if nothing was named
    """

    first: str
    second: str
    measures: Sequence[PairPower]
    signature: str
    unit: Unit
    alpha: float
    power: float
    difference: float | None


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


def power_lines(report: PowerReport) -> Iterator[str]:
    """What the table says, in sentences."""
    unit, difference = report.unit, report.difference
    yield (
        f"detectable: the smallest true difference that a two-sided test at {report.alpha:g} finds in "
        f"{100 * report.power:g} % of samples like this one, with the correlation of this pair."
    )
    if difference is not None:
        yield f"needed: {unit}s like these in all, to detect {difference:g}; more: how many of them are missing."
    for one in report.measures:
        name = short_name(one.measure)
        if one.n_units < FEW_UNITS:
            verb = "is" if one.n_units == 1 else "are"
            yield f"{name}: {count_noun(one.n_units, unit)} {verb} too few to estimate an error from."
        elif one.detectable is None:
            yield f"{name}: the systems do not differ in any {unit}, or a value is undefined."
        elif difference is not None and one.needed is None:
            yield f"{name}: runs differ too much for any number of {unit}s; take more runs."


def render_power_text(report: PowerReport, *, width: int = 100, color: bool = False) -> str:
    """Table, sentences, signature."""
    headings = [heading.format(unit=report.unit) for heading in HEADINGS]
    table = render_cells(
        "", headings, [power_cells(one) for one in report.measures], width=max(width, 120), color=color
    )
    lines = [*power_lines(report), "", f"Signature: {report.signature}"]
    return table + "".join(f"{line}\n" for line in lines)


def render_power_json(report: PowerReport) -> str:
    """The same as JSON, numbers with 10 significant digits."""
    data = {
        "schema": 1,
        "signature": report.signature,
        "first": report.first,
        "second": report.second,
        "unit": report.unit,
        "alpha": report.alpha,
        "power": report.power,
        "difference": report.difference,
        "measures": [{name: _rounded(value) for name, value in asdict(one).items()} for one in report.measures],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.10g}")
    return [_rounded(item) for item in value] if isinstance(value, tuple) else value
