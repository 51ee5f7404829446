"""Items read from brat's standoff, and whatever in the file belongs to none of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from goldassay.formats.brat import (
    Attribute,
    Equivalence,
    Normalization,
    Note,
    Relation,
    TextBound,
    find_lines,
    parse_brat,
)
from goldassay.formats.brat import Item as Annotation
from goldassay.formats.yaml_write import Tree
from goldassay.kit.brat_items import NOTE, marks_of
from goldassay.kit.items import Item, Kind, Kinds
from goldassay.kit.typed import parse_notes
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted
from goldassay.model.record import Span, spans_text

_NUMBERED = re.compile(r"[0-9]+$")


@dataclass(slots=True)
class _Event:
    """An item in the making."""

    kind: Kind
    spans: tuple[Span, ...]
    words: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    notes: dict[str, Tree] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def parse_brat_items(source: str, kinds: Kinds, text: str, *, file: str) -> tuple[list[Item], list[Finding]]:
    """The items of an `.ann` file; annotations that the layer has no use for are findings, with their line."""
    annotations, findings = parse_brat(source, text, file=file)
    reading = _Reading(kinds, text, file, find_lines(source), findings)
    return reading.read(annotations), findings


class _Reading:
    """Reading one file: what is known so far, and the findings."""

    def __init__(self, kinds: Kinds, text: str, file: str, lines: Mapping[str, int], findings: list[Finding]) -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        self.types = (*self.kinds, *marks_of(kinds))
        self.text, self.file, self.lines, self.findings = text, file, lines, findings
        self.marks: dict[str, TextBound] = {}
        self.events: dict[str, _Event] = {}
        self.used: set[str] = set()

    def report(self, code: str, id_: str, found: str, expected: str, fix: str | None = None) -> None:
        where = {"file": self.file, "line": self.lines.get(id_), "field": id_}
        self.findings.append(finding(code, found=found, expected=expected, fix=fix, **where))  # type: ignore[arg-type]

    def read(self, annotations: Sequence[Annotation]) -> list[Item]:
        self.marks = {one.id: one for one in annotations if isinstance(one, TextBound)}
        relations = [one for one in annotations if isinstance(one, Relation)]
        for one in relations:
            self._begin(one)
        for one in relations:
            if one.id in self.events:
                self._fill_roles(one)
        for annotation in annotations:
            if isinstance(annotation, Attribute):
                self._attribute(annotation)
            elif isinstance(annotation, Note):
                self._note(annotation)
            elif isinstance(annotation, (Equivalence, Normalization)):
                self._refuse(annotation)
        self._check_marks()
        return [
            Item(id_, one.kind.name, one.spans, one.words, one.labels, tuple(one.links), one.notes, one.lines)
            for id_, one in self.events.items()
        ]

    def _begin(self, relation: Relation) -> None:
        kind = self.kinds.get(relation.type)
        if relation.trigger is None or kind is None:
            expected = f"an event: {', '.join(self.kinds)}"
            self.report("E106", relation.id, quoted(relation.type), expected, "delete it, or say it so")
            return
        self.used.add(relation.trigger)
        # A trigger that is not there was reported on reading the lines.
        if relation.trigger in self.marks:
            spans = tuple(sorted(self.marks[relation.trigger].spans))
            self.events[relation.id] = _Event(kind, spans, lines={"": self.lines.get(relation.id, 1)})

    def _fill_roles(self, relation: Relation) -> None:
        event = self.events[relation.id]
        for role, end in relation.arguments:
            self.used.add(end)
            name = role if event.kind.called(role, "words", "link") else _NUMBERED.sub("", role)
            one = event.kind.called(name, "words", "link")
            if one is None:
                expected = ", ".join(known.shown for known in event.kind.carried("words", "link")) or "no role"
                self.report("E106", relation.id, f"the role {quoted(role)}", expected)
            elif (one.carrier == "link" and not one.many and event_ends(event, one.name)) or one.name in event.words:
                self.report("E107", relation.id, f"a second {one.shown}", "one", "add a fragment, or delete one")
            elif one.carrier == "words" and end in self.marks:
                event.words[one.name] = tuple(sorted(self.marks[end].spans))
            elif one.carrier == "link" and end in self.events and self.events[end].kind.name in one.ends:
                event.links.append((one.name, end))
            elif end in self.marks or end in self.events:
                expected = "marked words" if one.carrier == "words" else " or ".join(one.ends)
                self.report("E302", relation.id, f"{one.shown} to {end}", expected, "draw it to the other end")

    def _attribute(self, attribute: Attribute) -> None:
        event = self.events.get(attribute.target)
        one = event.kind.called(attribute.type, "label", "flag") if event is not None else None
        if event is None or one is None:
            known = event.kind.carried("label", "flag") if event is not None else ()
            expected = ", ".join(other.shown for other in known) or f"an attribute of an event: {', '.join(self.kinds)}"
            self.report("E106", attribute.id, f"{attribute.type} at {attribute.target}", expected, "delete it")
            return
        value = attribute.value or "true"
        if value not in one.labels:
            self.report("E106", attribute.id, f"{one.shown} {quoted(value)}", ", ".join(one.labels))
        elif event.labels.setdefault(one.name, value) != value:
            self.report("E107", attribute.id, f"a second {one.shown} of {attribute.target}", "one")
        event.lines[one.name] = self.lines.get(attribute.id, 1)

    def _note(self, note: Note) -> None:
        event = self.events.get(note.target)
        if event is None or note.type != NOTE:
            fix = 'write it at the event, as `note: "…"`' if event is None else "delete it"
            self.report(
                "E106", note.id, f"{note.type} at {note.target}", f"a note at an event: {', '.join(self.kinds)}", fix
            )
            return
        line = self.lines.get(note.id, 1)
        notes, found = parse_notes(note.text, file=self.file, line=line)
        self.findings += found
        for name, value in notes.items():
            if event.notes.setdefault(name, value) != value:
                self.report("E107", note.id, f"a second {name} of {note.target}", "one")
            event.lines[name] = line

    def _refuse(self, annotation: Equivalence | Normalization) -> None:
        id_ = "*" if isinstance(annotation, Equivalence) else annotation.id
        name = annotation.type if isinstance(annotation, Equivalence) else annotation.database
        self.report("E106", id_, quoted(name), "events, marked words, attributes and notes", "delete it")

    def _check_marks(self) -> None:
        """E106 for a stretch of an unknown type, E407 for one that no event takes."""
        for id_, mark in self.marks.items():
            words = quoted(spans_text(self.text, mark.spans))
            if mark.type not in self.types:
                self.report("E106", id_, f"{mark.type} {words}", ", ".join(self.types))
            elif id_ not in self.used:
                fix = "draw an arc to it from its event, or delete it"
                self.report("E407", id_, f"{mark.type} {words} in no event", "an event that it belongs to", fix)


def event_ends(event: _Event, name: str) -> bool:
    """Whether an event has a link of a name already."""
    return any(name == one for one, _ in event.links)
