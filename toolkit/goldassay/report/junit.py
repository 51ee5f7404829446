"""A gate's result as JUnit XML: one case a question, named by measure tokens, so that names stay from run to run.

Numbers stand in messages only: a name with a number in it would look like a new test in every run.
`docs/gate-junit.xsd` is the form.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

from goldassay.measures.signature import drawn_unit
from goldassay.measures.totals import ALL
from goldassay.model.scorefile import Score
from goldassay.report.comparison import short_name
from goldassay.report.gate import GateReport, failure_line, item_words, measure_lines
from goldassay.verdicts import GatedMeasure

NAME, PACKAGE = "goldassay gate", "goldassay.gate"
Outcome = Literal["failure", "error", "skipped"]

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold: control characters, half surrogate pairs, noncharacters."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question and its answer; `outcome` null for a pass."""

    classname: str
    name: str
    outcome: Outcome | None = None
    message: str = ""


def render_junit(report: GateReport) -> str:
    """JUnit XML: failures are drops and limits, errors are missing answers, what could not be judged is skipped."""
    cases = list(gate_cases(report))
    counts = {"tests": len(cases)} | {
        name: sum(case.outcome == outcome for case in cases)
        for name, outcome in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    }
    numbers = {name: str(count) for name, count in counts.items()}
    root = ElementTree.Element("testsuites", {"name": NAME, **numbers})
    suite = ElementTree.SubElement(root, "testsuite", {"name": NAME, **numbers})
    properties = ElementTree.SubElement(suite, "properties")
    ElementTree.SubElement(properties, "property", {"name": "signature", "value": xml_text(report.signature)})
    for case in cases:
        place = ElementTree.SubElement(suite, "testcase", {"classname": case.classname, "name": case.name})
        if case.outcome is not None:
            ElementTree.SubElement(place, case.outcome, {"message": xml_text(case.message)})
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def xml_text(text: str) -> str:
    r"""Text without the characters that XML cannot hold.

    >>> xml_text("bell \x07, half a pair \ud800, tab\t")
    'bell , half a pair , tab\t'
    """
    return _NOT_XML.sub("", text)


def gate_cases(report: GateReport) -> Iterator[Case]:
    """The questions of a gate, in an order that does not depend on the answers."""
    yield _answered_case("documents", report.result.unanswered)
    for layer in dict.fromkeys([*(score.layer for score in report.gated), *report.result.unanswered_in]):
        if layer in report.result.uncovered:
            yield Case(f"{PACKAGE}.{layer}", "answered", "error", _silent(layer))
        else:
            yield _answered_case(layer, report.result.unanswered_in.get(layer, ()))
    judged = {(one.measure, one.group): one for one in report.result.measures}
    for score in report.gated:
        yield _gated_case(report, score, judged.get((score.measure, score.group)))
    under = {token: (value, limit) for token, value, limit in report.result.under}
    for token, limit in report.result.limits.fail_under.items():
        if token in under:
            found = "undefined" if under[token][0] is None else f"{under[token][0]:.4g}"
            message = f"{short_name(token)} is {found}; at least {limit:g} is asked for"
            yield Case(f"{PACKAGE}.fail-under", token, "failure", message)
        else:
            yield Case(f"{PACKAGE}.fail-under", token)
    if report.result.limits.items and report.first:
        yield Case(f"{PACKAGE}.items", "kept", "skipped", _unjudged(report))
    elif report.result.limits.items:
        lost = [item_words(key, report.texts[key]) for key in report.result.lost_items]
        yield Case(f"{PACKAGE}.items", "kept", "failure" if lost else None, "\n".join(lost))


def _answered_case(what: str, missing: Sequence[str]) -> Case:
    if not missing:
        return Case(f"{PACKAGE}.{what}", "answered")
    return Case(f"{PACKAGE}.{what}", "answered", "error", f"without an answer: {', '.join(missing)}")


def _silent(layer: str) -> str:
    return f"the run answers nothing in {layer}"


def _unjudged(report: GateReport) -> str:
    """Why a first run is judged by nothing."""
    if report.written is None:
        return "there is no baseline, and an incomplete run becomes none"
    return "there was no baseline; this run was written as one"


def _gated_case(report: GateReport, score: Score, judged: GatedMeasure | None) -> Case:
    """The case of a score that is gated, also where there was nothing to judge: its name stays."""
    name = score.measure if score.group == ALL else f"{score.measure}[{xml_text(score.group)}]"
    place = f"{PACKAGE}.{score.layer}"
    if report.first:
        return Case(place, name, "skipped", _unjudged(report))
    if score.layer in report.result.uncovered:
        return Case(place, name, "error", _silent(score.layer))
    if judged is None:
        return Case(place, name, "error", f"there is no document that both sides answer in {score.layer}")
    if judged.verdict == "fail":
        return Case(place, name, "failure", failure_line(judged, report.result.limits.max_drop))
    if judged.verdict == "inconclusive":
        lines = measure_lines(judged, report.result.limits, drawn_unit(report.signature))
        return Case(place, name, "skipped", " ".join(lines))
    return Case(place, name)
