"""Running the profiles on vector files: every official number beside ours."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldassay.model.finding import Finding, finding, format_finding
from goldassay.profiles import profiles_answering
from goldassay.profiles.base import NoAnswer, Profile, Scores
from goldassay.profiles.cases import Case, read_cases
from goldassay.profiles.exceptions import ParityException
from goldassay.profiles.leaves import MISSING, Leaf, compare_leaves


@dataclass(frozen=True, slots=True)
class Difference:
    """One official number that ours does not equal."""

    file: str
    line: int
    case: str
    scorer: str
    path: tuple[str, ...]
    ours: Any
    theirs: Any


@dataclass(slots=True)
class VectorReport:
    """What a run over vector files found. Counts are of leaves.

    excepted and agreeing are by id of the exception: leaves left out, and those of them that ours equals all the same.
    unanswered is by scorer key: leaves for which there is no profile.
    """

    files: list[str] = field(default_factory=list)
    cases: int = 0
    compared: int = 0
    differences: list[Difference] = field(default_factory=list)
    excepted: Counter[str] = field(default_factory=Counter)
    agreeing: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, str] = field(default_factory=dict)
    unanswered: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def exit_code(self) -> int:
        """0 if all numbers agree, 1 if one differs or is unanswered, 3 if something could not be read."""
        if self.findings:
            return 3
        return 1 if self.differences or self.unanswered else 0


def run_vectors(paths: Iterable[Path], exceptions: Sequence[ParityException] = ()) -> VectorReport:
    """Compare all numbers of the files. Nothing raises on malformed lines: they become findings."""
    report = VectorReport(reasons={item.id: item.reason for item in exceptions})
    for path in paths:
        report.files.append(str(path))
        for item in read_cases(path):
            if isinstance(item, Finding):
                report.findings.append(item)
                continue
            report.cases += 1
            for scorer, theirs in item.expected.items():
                _run_scorer(item, scorer, theirs, exceptions, report)
    if report.cases and not report.findings and not (report.compared or report.excepted or report.unanswered):
        report.findings.append(
            finding("E407", found="cases without a number", expected="official numbers", fix="add some")
        )
    return report


def _run_scorer(
    case: Case, scorer: str, theirs: Any, exceptions: Sequence[ParityException], report: VectorReport
) -> None:
    profiles = [item for item in profiles_answering(scorer) if _reads(item, case)]
    try:
        ours: Any = score_case(case, profiles)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        found = f"{type(error).__name__}: {error}"
        report.findings.append(
            finding(
                "E105",
                found=found,
                expected=f"records that {profiles[0].name} can read",
                fix="mend the records of the case",
                file=case.file,
                line=case.line,
                field=f"expected.{scorer}",
            )
        )
        return
    tolerance = min((item.tolerance for item in profiles), default=0.0)
    for leaf in compare_leaves(ours, theirs, tolerance):
        covering = next((item for item in exceptions if item.covers(scorer, leaf.path, case.kind)), None)
        if covering is not None:
            report.excepted[covering.id] += 1
            report.agreeing[covering.id] += bool(profiles) and leaf.same
        elif not profiles:
            report.unanswered[scorer] += 1
        else:
            report.compared += 1
            if not leaf.same:
                report.differences.append(_describe(case, scorer, leaf))


def _reads(profile: Profile, case: Case) -> bool:
    """Whether the case holds such records. One without a record may be of any kind but tags, which show regardless."""
    return profile.kind == case.kind if case.kind else profile.kind != "tags"


def score_case(case: Case, profiles: Sequence[Profile]) -> Scores:
    """The numbers of all these profiles in one tree; no answer if none of them has one."""
    merged: dict[str, Any] = {}
    refusals: list[NoAnswer] = []
    for profile in profiles:
        scores = profile.score(case.documents, case.options)
        if isinstance(scores, NoAnswer):
            refusals.append(scores)
        else:
            _merge(merged, scores)
    if refusals and not merged:
        return refusals[0]
    return merged


def _merge(target: dict[str, Any], source: Mapping[str, Any]) -> None:
    for key, value in source.items():
        if isinstance(value, Mapping) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = dict(value) if isinstance(value, Mapping) else value


def _describe(case: Case, scorer: str, leaf: Leaf) -> Difference:
    return Difference(case.file, case.line, case.name, scorer, leaf.path, leaf.ours, leaf.theirs)


def render_report(report: VectorReport, shown: int = 20) -> Iterator[str]:
    """The report as lines of text; of the differences the first `shown`.

    >>> next(render_report(VectorReport(compared=3, excepted=Counter(x=2))))
    '3 numbers compared, 0 differ, 2 excepted'
    """
    unanswered = f", {report.unanswered.total()} unanswered" if report.unanswered else ""
    numbers = (
        f"{report.compared} numbers compared, {len(report.differences)} differ, {report.excepted.total()} excepted"
    )
    yield numbers + unanswered
    for name, count in sorted(report.excepted.items()):
        agree = f" ({report.agreeing[name]} of them agree all the same)" if report.agreeing[name] else ""
        yield f"  excepted {count} [{name}]{agree}: {report.reasons[name]}"
    for scorer, count in sorted(report.unanswered.items()):
        yield f"  unanswered {count}: no profile answers {scorer!r} for such records"
    for item in report.differences[:shown]:
        where = f"{item.file}:{item.line} {item.case} {item.scorer} {' '.join(item.path)}".rstrip()
        yield f"  differs {where}: ours {_show(item.ours)}, theirs {_show(item.theirs)}"
    if len(report.differences) > shown:
        yield f"  and {len(report.differences) - shown} more"
    yield from (format_finding(item) for item in report.findings)


def _show(value: Any) -> str:
    if isinstance(value, NoAnswer):
        return f"null ({value.reason})"
    text = "no such metric" if value is MISSING else repr(value)
    return text if len(text) <= 120 else f"{text[:119]}…"


def report_to_data(report: VectorReport) -> dict[str, Any]:
    """The report as data for JSON; all differences, with values that JSON cannot hold written as text."""
    return {
        "schema": 1,
        "files": report.files,
        "cases": report.cases,
        "compared": report.compared,
        "differ": len(report.differences),
        "excepted": report.excepted.total(),
        "unanswered": dict(sorted(report.unanswered.items())),
        "exceptions": [
            {"id": name, "count": count, "agree": report.agreeing[name], "reason": report.reasons[name]}
            for name, count in sorted(report.excepted.items())
        ],
        "differences": [
            {
                "file": item.file,
                "line": item.line,
                "case": item.case,
                "scorer": item.scorer,
                "path": list(item.path),
                "ours": _show(item.ours),
                "theirs": _show(item.theirs),
            }
            for item in report.differences
        ],
        "findings": report.findings,
    }
