"""A gate's result, for a terminal, as Markdown, as JSON and as annotations that GitHub shows."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goldassay.item_outcomes import ItemKey, ItemText
from goldassay.measures.signature import drawn_unit, short_signature
from goldassay.measures.totals import ALL
from goldassay.model.printable import printable
from goldassay.model.scorefile import Score
from goldassay.report.comparison import format_p, short_name
from goldassay.report.findings import workflow_command
from goldassay.report.markdown import escape
from goldassay.report.table import count_noun
from goldassay.report.text import render_cells
from goldassay.stats.interval import FEW_UNITS
from goldassay.verdicts import GatedMeasure, GateResult, Limits

HEADINGS = ("measure", "group", "{unit}s", "baseline", "run", "drop", "p", "detectable", "verdict")
"""`p` after Holm's correction; `detectable`: the smallest drop that would be found in four of five cases."""

SHOWN = 10
"""Documents, groups or items listed in sentences; JSON has all."""


@dataclass(frozen=True, slots=True)
class GateReport:
    """A gate's result with what a report says of it.

    n_runs       of the baseline and of the run
    first        whether there was no baseline
    written      where a first run was written as the baseline; null where one was there, or the run is incomplete
    n_compared   documents that both sides answer in some layer
    gated        the scores that are gated, or will be once a first run is the baseline
    predictions  what stands for the predictions of each run, of the run's side and of the baseline's
    stale        documents to which the baseline has no answer at all
    stale_in     {layer: further documents that the baseline does not answer in it}
    texts        what to print of each lost item
    """

    run: str
    baseline: str
    n_runs: tuple[int, int]
    result: GateResult
    first: bool
    written: Path | None
    n_compared: int
    gated: Sequence[Score]
    predictions: tuple[Sequence[str], Sequence[str]]
    signature: str
    stale: Sequence[str] = ()
    stale_in: Mapping[str, Sequence[str]] = field(default_factory=dict)
    texts: Mapping[ItemKey, ItemText] = field(default_factory=dict)


def gate_headings(report: GateReport) -> list[str]:
    """The headings, with what was drawn."""
    return [heading.format(unit=drawn_unit(report.signature)) for heading in HEADINGS]


def gate_cells(one: GatedMeasure) -> list[str]:
    """The printed cells of a gated measure, as in `HEADINGS`."""
    return [
        short_name(one.measure),
        one.group,
        str(one.n_units),
        _number(one.baseline),
        _number(one.run),
        "–" if one.drop is None else f"{one.drop:+.3f}",
        format_p(one.p),
        "–" if one.detectable is None else f"{'≤ ' if one.at_most else ''}{one.detectable:.3f}",
        one.verdict,
    ]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def gate_lines(report: GateReport) -> Iterator[str]:
    """What the gate found, in sentences: reasons of a failure first, then what it could have seen."""
    yield from reason_lines(report)
    if report.written is not None:
        yield f"No baseline was there: {printable(report.run)} was written to {report.written}. Nothing was compared."
    if report.stale:
        yield f"{_documents(report.stale)} without an answer in the baseline left out; a new baseline would have them."
    for layer, missing in report.stale_in.items():
        yield f"{layer}: {_documents(missing)} without an answer in the baseline left out."
    for one in report.result.measures:
        yield from measure_lines(one, report.result.limits, drawn_unit(report.signature))


def reason_lines(report: GateReport) -> Iterator[str]:
    """Why a run is not passed, one sentence a reason; none for a pass."""
    result = report.result
    if result.unanswered:
        yield f"{_documents(result.unanswered)} without an answer: {_listed(result.unanswered)}. They are no drop."
    for layer, missing in result.unanswered_in.items():
        where = f"{layer}: {_documents(missing)} without an answer (no key, not even []): {_listed(missing)}"
        yield f"{where}. They are no drop."
    if report.first and report.written is None:
        yield "No baseline was there, and an incomplete run becomes none; nothing was compared."
    for layer in result.uncovered:
        yield f"The run answers nothing in {layer}, which the baseline covers."
    for one in result.measures:
        if one.verdict == "fail":
            yield failure_line(one, result.limits.max_drop)
    for token, value, limit in result.under:
        found = "not scored, or undefined" if value is None else f"{value:.4g}"
        yield f"{short_name(token)} is {found}; at least {limit:g} is asked for."
    if result.limits.items and result.lost_items:
        lost = [item_words(key, report.texts[key]) for key in result.lost_items]
        how_many = f"{len(lost)} gold items are" if len(lost) > 1 else "1 gold item is"
        yield f"{how_many} lost that the baseline has right: {_listed(lost, '; ')}."


def failure_line(one: GatedMeasure, max_drop: float) -> str:
    """The sentence of a failed measure, with the groups that lost most."""
    drop = one.drop or 0.0
    words = f"{_named(one)} is worse by {drop:.3f}, beyond the {max_drop:g} allowed (p {format_p(one.p)})."
    lost = [f"{g.group} {g.baseline:.3f} → {g.run:.3f} ({g.support} gold)" for g in one.groups[:SHOWN]]
    return f"{words} Lost in: {', '.join(lost)}." if lost else words


def measure_lines(one: GatedMeasure, limits: Limits, unit: str = "document") -> Iterator[str]:
    """What may be said of a measure that did not fail, and the smallest drop that the gate could see."""
    name, max_drop = _named(one), limits.max_drop
    if one.n_units < FEW_UNITS:
        few = f"{count_noun(one.n_units, unit)}: too few to establish a drop"
        yield f"{name}: {few}{'' if limits.items else '; judge single items with --items'}."
        return
    if one.drop is None:
        yield f"{name} is undefined (0/0) on a side: nothing to judge."
        return
    if one.verdict == "pass" and one.drop > max_drop:
        yield f"{name} is lower by {one.drop:.3f}; a drop beyond {max_drop:g} is not established."
    if one.detectable is None:
        yield f"{name}: the values do not vary over {unit}s, so the smallest detectable drop is unknown."
    elif one.at_most:
        yield (
            f"{name}: a drop of {one.detectable:.3f} would have been found in at least four of five cases "
            f"(the sides differ in {count_noun(one.difference.n_differing, unit)}, too few for a closer estimate)."
        )
    else:
        yield f"{name}: the smallest drop found in four of five cases is {one.detectable:.3f}."


def item_words(key: ItemKey, text: ItemText) -> str:
    """A lost item in words that are safe to show."""
    label = f" ({printable(text.label)})" if text.label else ""
    return f"{key.layer} {printable(key.doc_id)} {printable(key.item)} “{printable(text.text)}”{label}"


def _named(one: GatedMeasure) -> str:
    return short_name(one.measure) if one.group == ALL else f"{short_name(one.measure)}, {one.group}"


def _documents(names: Sequence[str]) -> str:
    return count_noun(len(names), "document")


def _listed(words: Sequence[str], between: str = ", ") -> str:
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return between.join(printable(word, 200) for word in words[:SHOWN]) + more


def title(report: GateReport) -> str:
    """The verdict with both sides."""
    how = f" ({report.n_runs[1]} runs against {report.n_runs[0]})" if max(report.n_runs) > 1 else ""
    return f"Gate: {report.result.verdict}. {printable(report.run)} against {printable(report.baseline)}{how}"


def render_gate_text(report: GateReport, *, width: int = 100, color: bool = False) -> str:
    """Verdict, table, sentences, signature."""
    parts = [f"{title(report)}\n"]
    if report.result.measures:
        rows = [gate_cells(one) for one in report.result.measures]
        parts.append(render_cells("", gate_headings(report), rows, width=max(width, 120), color=color))
    parts += [f"{line}\n" for line in gate_lines(report)]
    return "".join([*parts, f"Signature: {report.signature}\n"])


def render_gate_markdown(report: GateReport) -> str:
    """The same as Markdown, for a job summary; everything from data is escaped."""
    lines = [f"### {escape(title(report))}", ""]
    if report.result.measures:
        lines += [f"| {' | '.join(gate_headings(report))} |", f"|{'---|' * len(HEADINGS)}"]
        lines += [f"| {' | '.join(map(escape, gate_cells(one)))} |" for one in report.result.measures]
        lines.append("")
    lines += [f"- {escape(line)}" for line in gate_lines(report)]
    for one in report.result.measures:
        if one.groups:
            lines += ["", f"What {escape(short_name(one.measure))} lost:", ""]
            lines += ["| group | gold | baseline | run |", "|---|---|---|---|"]
            lines += [
                f"| {escape(g.group)} | {g.support} | {g.baseline:.3f} | {g.run:.3f} |" for g in one.groups[:SHOWN]
            ]
    return "\n".join([*lines, "", f"Signature: `{report.signature}`", ""])


def render_annotations(report: GateReport) -> str:
    """Workflow commands: an error for each reason, a notice for a new baseline or for what could not be judged."""
    named = f"goldassay gate [{short_signature(report.signature)}]"
    lines = [workflow_command("error", line, title=named) for line in reason_lines(report)]
    if not lines and report.result.verdict == "inconclusive":
        told = list(gate_lines(report))
        lines = [workflow_command("warning", line, title=f"{named}: inconclusive") for line in told[:SHOWN]]
    if report.written is not None:
        words = f"{report.run} was written as the baseline; nothing was compared"
        lines.append(workflow_command("warning", printable(words, 300), title=f"{named}: new baseline"))
    return "".join(f"{line}\n" for line in lines)


def render_gate_json(report: GateReport) -> str:
    """The whole result as JSON, numbers with 10 significant digits."""
    result = report.result
    data = {
        "schema": 1,
        "verdict": result.verdict,
        "exit_code": result.exit_code,
        "run": report.run,
        "baseline": report.baseline,
        "runs": list(report.n_runs),
        "signature": report.signature,
        "limits": {
            "max_drop": result.limits.max_drop,
            "alpha": result.limits.alpha,
            "fail_under": dict(result.limits.fail_under),
            "items": result.limits.items,
        },
        "predictions": {
            side: list(hashes) for side, hashes in zip(("run", "baseline"), report.predictions, strict=True)
        },
        "unit": drawn_unit(report.signature),
        "baseline_written": report.written is not None,
        "documents_compared": report.n_compared,
        "unanswered": list(result.unanswered),
        "unanswered_in": {layer: list(missing) for layer, missing in result.unanswered_in.items()},
        "uncovered_layers": list(result.uncovered),
        "not_in_baseline": list(report.stale),
        "not_in_baseline_in": {layer: list(missing) for layer, missing in report.stale_in.items()},
        "under": [{"measure": name, "value": _rounded(value), "limit": limit} for name, value, limit in result.under],
        "measures": [_measure_record(one) for one in result.measures],
        "lost_items": [
            {
                "layer": key.layer,
                "doc_id": key.doc_id,
                "item": key.item,
                "text": report.texts[key].text,
                "label": report.texts[key].label,
            }
            for key in result.lost_items
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _measure_record(one: GatedMeasure) -> dict[str, object]:
    interval = one.difference.interval
    return {
        "measure": one.measure,
        "group": one.group,
        "verdict": one.verdict,
        "documents": one.n_units,
        "baseline": _rounded(one.baseline),
        "run": _rounded(one.run),
        "drop": _rounded(one.drop),
        "difference_interval": {"kind": interval.kind, "low": _rounded(interval.low), "high": _rounded(interval.high)},
        "p": _rounded(one.p),
        "detectable": _rounded(one.detectable),
        "detectable_is_bound": one.at_most,
        "groups": [
            {"group": g.group, "gold": g.support, "baseline": _rounded(g.baseline), "run": _rounded(g.run)}
            for g in one.groups
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.10g}")
