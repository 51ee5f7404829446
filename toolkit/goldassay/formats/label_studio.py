"""Label Studio's JSON for spans of plain text: a list of tasks, each with its text and results of annotation.

A result either says one thing of a region (its labels, a choice, what was typed) or links two regions; results of one
region share its id. Offsets are code points in present versions; older exports count UTF-16, which the words give away.
A region is one stretch: the format has no discontinuous spans.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from goldassay.formats.offsets import convert_offsets, diagnose_offsets
from goldassay.formats.strict_json import parse_json
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted
from goldassay.model.record import Span

CONTROLS = {"labels": "labels", "choices": "choices", "textarea": "text"}
"""The types of result that a region can have, with the key under which their values stand."""


class Region(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text with what the controls of the page say of it: values by the name of the control.

    `kinds` gives the type of a control, a key of `CONTROLS`.
    """

    id: str
    span: Span
    values: dict[str, tuple[str, ...]]
    kinds: dict[str, str]


class RegionLink(msgspec.Struct, frozen=True, kw_only=True):
    """A directed link between two regions."""

    start: str
    end: str
    labels: tuple[str, ...] = ()


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A text to annotate, and its annotation; `annotated` is false where there is none."""

    data: dict[str, str]
    regions: tuple[Region, ...] = ()
    links: tuple[RegionLink, ...] = ()
    annotated: bool = True


def format_label_studio(tasks: Sequence[Task], *, control: str = "text") -> str:
    """Tasks as JSON to import, with their annotation where there is one.

    Args:
        tasks: The tasks; each has its text in `data["text"]`.
        control: The name of the text in the labelling configuration, by which Label Studio also calls the variable.
    """
    items = [_format_task(task, control) for task in tasks]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _format_task(task: Task, control: str) -> dict[str, Any]:
    if not task.annotated:
        return {"data": task.data}
    results: list[dict[str, Any]] = []
    for region in task.regions:
        start, end = region.span
        for name, values in region.values.items():
            kind = region.kinds[name]
            value: dict[str, Any] = {"start": start, "end": end, "text": task.data["text"][start:end]}
            value[CONTROLS[kind]] = list(values)
            results.append({"id": region.id, "from_name": name, "to_name": control, "type": kind, "value": value})
    for link in task.links:
        ends = {"from_id": link.start, "to_id": link.end, "direction": "right"}
        results.append({"type": "relation", **ends, "labels": list(link.labels)})
    return {"data": task.data, "annotations": [{"result": results}]}


def parse_label_studio(raw: bytes, *, file: str) -> tuple[list[Task], list[Finding]]:
    """The tasks of a JSON export (not the smaller `JSON-MIN`), and everything in it that cannot be read.

    Each region's words are compared with the text at its offsets: other words are E203 and the region is left out,
    unless one other unit of offsets makes all of them right; then they are converted, with a warning (E204).

    Args:
        raw: the file.
        file: the name that findings carry.
    """
    value, problem = parse_json(raw)
    if problem is not None:
        return [], [finding(problem.code, found=problem.found, expected=problem.expected, fix=problem.fix, file=file)]
    if not isinstance(value, list):
        fix = "export as JSON from the project's page"
        return [], [finding("E105", found=type(value).__name__, expected="a list of tasks", fix=fix, file=file)]
    findings: list[Finding] = []
    tasks = [_Reading(file, f"[{place}]", findings).task(item) for place, item in enumerate(value)]
    return [task for task in tasks if task is not None], findings


class _Reading:
    """Reading one task: the findings, and where they are."""

    def __init__(self, file: str, place: str, findings: list[Finding]) -> None:
        self.file, self.place, self.findings = file, place, findings

    def report(self, code: str, found: str, expected: str, field: str = "", fix: str | None = None) -> None:
        place = f"{self.place}{field}"
        self.findings.append(finding(code, found=found, expected=expected, fix=fix, file=self.file, field=place))

    def task(self, item: object) -> Task | None:
        data = item.get("data") if isinstance(item, Mapping) else None
        if not isinstance(item, Mapping) or not isinstance(data, Mapping) or not isinstance(data.get("text"), str):
            self.report(
                "E105", "no text", "a task with `data` that has a `text`", fix="export as JSON, not as JSON-MIN"
            )
            return None
        plain = {str(name): one for name, one in data.items() if isinstance(one, str)}
        results = self._results(item.get("annotations"))
        if results is None:
            return Task(data=plain, annotated=False)
        regions = self._regions([one for one in results if one.get("type") != "relation"], plain["text"])
        links = [self._link(one) for one in results if one.get("type") == "relation"]
        return Task(data=plain, regions=tuple(regions), links=tuple(one for one in links if one is not None))

    def _results(self, annotations: object) -> list[Mapping[str, Any]] | None:
        """The results of the one annotation of a task; those that the annotator cancelled do not count."""
        listed = annotations if isinstance(annotations, list) else []
        found = [one for one in listed if isinstance(one, Mapping) and one.get("was_cancelled") is not True]
        if len(found) > 1:
            fix = "export the annotations of one annotator"
            self.report("E306", f"{len(found)} annotations", "one", ".annotations", fix)
            return None
        if not found:
            return None
        results = found[0].get("result")
        good = [one for one in results if isinstance(one, Mapping)] if isinstance(results, list) else []
        if not isinstance(results, list) or len(good) != len(results):
            self.report("E105", "no list of objects", "a list of results", ".annotations[0].result")
        return good

    def _link(self, result: Mapping[str, Any]) -> RegionLink | None:
        ends, labels = (result.get("from_id"), result.get("to_id")), result.get("labels") or []
        if not all(isinstance(one, str) for one in ends) or not isinstance(labels, list):
            self.report("E105", "a relation without ends", "from_id, to_id and labels")
            return None
        start, end = (ends[1], ends[0]) if result.get("direction") == "left" else ends
        return RegionLink(start=str(start), end=str(end), labels=tuple(str(one) for one in labels))

    def _regions(self, results: Sequence[Mapping[str, Any]], text: str) -> list[Region]:
        spans: dict[str, Span] = {}
        words: dict[str, str] = {}
        values: dict[str, dict[str, tuple[str, ...]]] = {}
        kinds: dict[str, dict[str, str]] = {}
        for result in results:
            said = _said_of_region(result)
            if said is None:
                found = f"{quoted(str(result.get('from_name')))} of type {quoted(str(result.get('type')))}"
                expected = f"{', '.join(CONTROLS)} on a stretch of text, or a relation"
                self.report("E105", found, expected, f" {result.get('id')}", "delete it")
                continue
            id_, name, span, surface = said.id, said.name, said.span, said.words
            if spans.setdefault(id_, span) != span:
                self.report("E105", f"offsets {span}", f"{spans[id_]} as in the region's other results", f" {id_}")
            if surface is not None:
                words.setdefault(id_, surface)
            if values.setdefault(id_, {}).setdefault(name, said.values) != said.values:
                self.report("E107", f"a second {quoted(name)}", "one", f" {id_}")
            kinds.setdefault(id_, {})[name] = said.kind
        kept = self._check_words(spans, words, text)
        return [Region(id=id_, span=span, values=values[id_], kinds=kinds[id_]) for id_, span in kept.items()]

    def _check_words(self, spans: Mapping[str, Span], words: Mapping[str, str], text: str) -> dict[str, Span]:
        """The regions whose offsets fit their words, converted where one other unit explains all that do not."""
        wrong = [id_ for id_, span in spans.items() if not _fits(span, words.get(id_), text)]
        unit = diagnose_offsets(text, [([spans[id_]], _unescape(words[id_])) for id_ in wrong if id_ in words])
        kept = dict(spans)
        for id_ in wrong:
            start, end = spans[id_]
            converted = convert_offsets(text, [spans[id_]], unit) if unit is not None and id_ in words else None
            if converted is None:
                found = f"span {start} to {end} outside or with other words"
                self.report("E203", found, quoted(words.get(id_, "a stretch of the text")), f" {id_}")
                del kept[id_]
                continue
            place, fix = f"{self.place} {id_}", "check it: moved to where its words stand"
            report = finding(
                "E204", found=f"{unit} in {start} to {end}", expected="code points", fix=fix,
                file=self.file, field=place, severity="warning",
            )  # fmt: skip
            self.findings.append(report)
            kept[id_] = converted[0]
        return kept


class _Said(NamedTuple):
    """What one result says of a region; `words` is the surface it gives, if any."""

    id: str
    name: str
    kind: str
    span: Span
    values: tuple[str, ...]
    words: str | None


def _said_of_region(result: Mapping[str, Any]) -> _Said | None:
    """A result as read, null where it is none of the kinds known here."""
    id_, name, kind, value = (result.get(key) for key in ("id", "from_name", "type", "value"))
    if not (isinstance(id_, str) and isinstance(name, str) and kind in CONTROLS and isinstance(value, Mapping)):
        return None
    start, end, said = value.get("start"), value.get("end"), value.get(CONTROLS[kind])
    listed = [said] if isinstance(said, str) else said
    if type(start) is not int or type(end) is not int or not isinstance(listed, list):
        return None
    # Of what was typed, `text` holds the value; elsewhere it is the surface.
    surface = value.get("text") if kind != "textarea" else None
    words = surface if isinstance(surface, str) else None
    return _Said(id_, name, kind, (start, end), tuple(str(one) for one in listed), words)


def _fits(span: Span, words: str | None, text: str) -> bool:
    start, end = span
    return 0 <= start < end <= len(text) and (words is None or text[start:end] in (words, _unescape(words)))


def _unescape(words: str) -> str:
    """Words with the line ends that some versions write as a backslash and an n."""
    return words.replace("\\n", "\n")
