"""A gate's result as JUnit XML: one case a question, named by measure tokens, so that names stay from run to run.

Numbers stand in messages only: a name with a number in it would look like a new test in every run.
`docs/gate-junit.xsd` is the form.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

from goldassay.gate import GatedMeasure
from goldassay.measures.signature import drawn_unit
from goldassay.measures.totals import ALL
from goldassay.report.comparison import short_name
from goldassay.report.gate import GateReport, failure_line, item_words, measure_lines

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
    yield _answered_case(report)
    for layer in report.result.uncovered:
        yield Case(f"{PACKAGE}.{layer}", "covered", "error", f"the run answers nothing in {layer}")
    if report.written is not None:
        yield Case(f"{PACKAGE}.documents", "baseline", "skipped", "there was no baseline; this run was written as one")
    for one in report.result.measures:
        yield _measure_case(report, one)
    under = {token: (value, limit) for token, value, limit in report.result.under}
    for token, limit in report.result.limits.fail_under.items():
        if token in under:
            found = "undefined" if under[token][0] is None else f"{under[token][0]:.4g}"
            message = f"{short_name(token)} is {found}; at least {limit:g} is asked for"
            yield Case(f"{PACKAGE}.fail-under", token, "failure", message)
        else:
            yield Case(f"{PACKAGE}.fail-under", token)
    if report.result.limits.items and report.written is None:
        lost = [item_words(key, report.texts[key]) for key in report.result.lost_items]
        yield Case(f"{PACKAGE}.items", "kept", "failure" if lost else None, "\n".join(lost))


def _answered_case(report: GateReport) -> Case:
    missing = report.result.unanswered
    if not missing:
        return Case(f"{PACKAGE}.documents", "answered")
    return Case(f"{PACKAGE}.documents", "answered", "error", f"without an answer: {', '.join(missing)}")


def _measure_case(report: GateReport, one: GatedMeasure) -> Case:
    layer = one.measure.split(".")[0]
    name = one.measure if one.group == ALL else f"{one.measure}[{xml_text(one.group)}]"
    match one.verdict:
        case "fail":
            return Case(f"{PACKAGE}.{layer}", name, "failure", failure_line(one, report.result.limits.max_drop))
        case "inconclusive":
            return Case(
                f"{PACKAGE}.{layer}",
                name,
                "skipped",
                " ".join(measure_lines(one, report.result.limits, drawn_unit(report.signature))),
            )
        case "pass":
            return Case(f"{PACKAGE}.{layer}", name)
