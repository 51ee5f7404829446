"""Items read from a task of Label Studio, and whatever in it belongs to none of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from goldassay.formats.label_studio import Region, Task
from goldassay.formats.yaml_write import Tree
from goldassay.kit.brat_items import marks_of
from goldassay.kit.fragments import find_following, find_wholes, report_in_task
from goldassay.kit.items import Field, Item, Kind, Kinds
from goldassay.kit.label_studio_items import MARKED, controls_of, links_of
from goldassay.kit.typed import parse_value
from goldassay.model.finding import Finding
from goldassay.model.printable import quoted
from goldassay.model.record import Span


def items_of_task(task: Task, kinds: Kinds, file: str) -> tuple[list[Item], list[Finding]]:
    """The items of a task; regions and links that the layer has no use for are findings."""
    findings: list[Finding] = []
    return _Reading(task, kinds, file, findings).read(), findings


class _Reading:
    """Reading one task: what its regions are, and the findings."""

    def __init__(self, task: Task, kinds: Kinds, file: str, findings: list[Finding]) -> None:
        self.task, self.kinds, self.file, self.findings = task, {kind.name: kind for kind in kinds}, file, findings
        self.marks, self.roles, self.controls = marks_of(kinds), links_of(kinds), controls_of(kinds)
        self.spans: dict[str, tuple[Span, ...]] = {}
        self.types: dict[str, str] = {}

    def report(self, code: str, field: str, found: str, expected: str, fix: str | None = None) -> None:
        self.findings.append(report_in_task(self.task, self.file, code, found, expected, field, fix))

    def read(self) -> list[Item]:
        regions = {region.id: region for region in self.task.regions}
        following = find_following(self.task, regions, self.roles, self.findings, self.file)
        wholes = find_wholes(self.task, following, self.findings, self.file)
        whole = {part: id_ for id_, parts in wholes.items() for part in parts}
        said = {id_: self._merge([regions[part] for part in parts]) for id_, parts in wholes.items()}
        for id_, parts in wholes.items():
            self.spans[id_] = tuple(sorted(regions[part].span for part in parts))
            self._classify(id_, said[id_])
        links: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for link in self.task.links:
            if link.start in whole and link.end in whole and len(link.labels) == 1 and link.labels[0] in self.roles:
                links[whole[link.start]].append((link.labels[0], whole[link.end]))
        items = [
            self._item(id_, self.kinds[type_], said[id_], links[id_])
            for id_, type_ in self.types.items()
            if type_ in self.kinds
        ]
        self._check_marks(links)
        return items

    def _merge(self, parts: Sequence[Region]) -> dict[str, str]:
        """What the fragments say; whichever of them says something says it for all."""
        said: dict[str, list[str]] = defaultdict(list)
        for part in parts:
            for name, values in part.values.items():
                if name != MARKED and name not in self.controls:
                    self.report("E106", part.id, quoted(name), ", ".join(self.controls), "delete it")
                else:
                    said[name] += [value for value in values if value and value not in said[name]]
        for name, several in said.items():
            if len(several) > 1:
                self.report("E107", parts[0].id, " and ".join(quoted(one) for one in several), f"one {name}")
        return {name: several[0] for name, several in said.items() if several}

    def _classify(self, id_: str, said: dict[str, str]) -> None:
        type_ = said.pop(MARKED, "")
        if type_ in self.kinds or type_ in self.marks:
            self.types[id_] = type_
            for name in said if type_ in self.marks else ():
                self.report("E106", id_, f"{name} at a {type_}", "it at an item", "delete it, or change the label")
        else:
            self.report("E106", id_, quoted(type_), ", ".join((*self.kinds, *self.marks)))

    def _item(self, id_: str, kind: Kind, said: Mapping[str, str], links: Sequence[tuple[str, str]]) -> Item:
        fields = {one.name: one for one in kind.fields}
        labels: dict[str, str] = {}
        notes: dict[str, Tree] = {}
        for name, value in said.items():
            one = fields.get(name)
            if one is None:
                self.report(
                    "E106", id_, f"{name} at a {kind.name}", ", ".join(fields), "delete it, or change the label"
                )
            elif one.is_typed:
                notes[name] = self._read_typed(value, one, id_)
            elif value not in (one.labels if one.carrier == "label" else (one.name,)):
                self.report("E106", id_, f"{name} {quoted(value)}", ", ".join(one.labels))
            else:
                labels[name] = value if one.carrier == "label" else "true"
        words, ends = self._read_links(id_, kind, links)
        return Item(id_, kind.name, self.spans[id_], words, labels, tuple(ends), notes)

    def _read_typed(self, value: str, one: Field, id_: str) -> Tree:
        if one.plain:
            return value
        tree, found = parse_value(value, file=self.file)
        for item in found:
            self.report(item.code, f"{id_} {one.name}", item.found, "the value as in the authoring form", item.fix)
        return tree

    def _read_links(
        self, id_: str, kind: Kind, links: Sequence[tuple[str, str]]
    ) -> tuple[dict[str, tuple[Span, ...]], list[tuple[str, str]]]:
        words: dict[str, tuple[Span, ...]] = {}
        ends: list[tuple[str, str]] = []
        for shown, end in links:
            one = kind.called(shown, "words", "link")
            type_ = self.types.get(end, "")
            if one is None:
                expected = ", ".join(other.shown for other in kind.carried("words", "link")) or "no relation"
                self.report(
                    "E106", f"{id_} {end}", f"{shown} from a {kind.name}", expected, "draw it from the other end"
                )
            elif one.name in words or (one.carrier == "link" and not one.many and any(one.name == n for n, _ in ends)):
                self.report(
                    "E107", f"{id_} {end}", f"a second {shown}", "one", "link fragments in a row, or delete one"
                )
            elif one.carrier == "words" and type_ in self.marks:
                words[one.name] = self.spans[end]
            elif one.carrier == "link" and type_ in one.ends:
                ends.append((one.name, end))
            elif type_:
                expected = " or ".join(one.ends) if one.carrier == "link" else one.shown
                self.report("E302", f"{id_} {end}", f"{shown} to a {type_}", expected, "draw it to the other end")
        return words, ends

    def _check_marks(self, links: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """E407 for stretches that belong to no item, E106 for relations that begin at one."""
        items = [id_ for id_, type_ in self.types.items() if type_ in self.kinds]
        used = {end for id_ in items for _, end in links.get(id_, ())}
        for id_, type_ in self.types.items():
            if type_ in self.kinds:
                continue
            start, end = self.spans[id_][0][0], self.spans[id_][-1][1]
            words = quoted(self.task.data["text"][start:end])
            if links.get(id_):
                fix = "draw it from the other end"
                self.report(
                    "E106", id_, f"a relation from {type_} {words}", f"one from a {' or '.join(self.kinds)}", fix
                )
            elif id_ not in used:
                fix = "draw a relation to it from its item, or delete it"
                self.report("E407", id_, f"{type_} {words} without an item", "an item that it belongs to", fix)
