"""Where a walk over YAML nodes stands, what it reports, and how it reads scalars: by the type of the field alone."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from msgspec import inspect as shapes

from goldassay.formats.explain_values import check_label, check_number, check_string, describe_type
from goldassay.formats.quotes import Regions
from goldassay.formats.strict_json import Problem
from goldassay.formats.yaml_nodes import is_null, line_of
from goldassay.model.finding import Finding
from goldassay.model.finding import finding as make_finding
from goldassay.model.printable import quoted

Implied = Mapping[tuple[type, str], object]
"""Required fields that a form may leave out, with the value that stands for them until they are derived."""

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_BOOLEANS = {"true": True, "false": False}
_COLLECTIONS: dict[type[yaml.Node], str] = {yaml.MappingNode: "keys and values", yaml.SequenceNode: "a list"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a walk needs: the text that quotes are looked for in, the names for findings, and the findings so far."""

    text: str
    file: str
    doc_id: str | None = None
    implied: Implied = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the walk stands; `regions` null says that the context was not found, so its quotes are not looked for."""

    reading: Reading
    path: str
    regions: Regions | None

    def at(self, step: str, regions: Regions | None = None) -> "Place":
        """The place one step further down."""
        return Place(self.reading, f"{self.path}{step}".lstrip("."), regions)

    def report(self, node: yaml.Node, problem: Problem | Finding) -> None:
        """Note a finding at a node's line."""
        item = make_finding(
            problem.code,
            found=problem.found,
            expected=problem.expected,
            fix=problem.fix,
            file=self.reading.file,
            line=line_of(node),
            doc_id=self.reading.doc_id,
            field=self.path or None,
        )
        self.reading.findings.append(item)

    def report_all(self, node: yaml.Node, problems: Iterable[Problem]) -> None:
        """Note all findings of one node."""
        for problem in problems:
            self.report(node, problem)

    def report_kind(self, node: yaml.Node, expected: str, fix: str | None = None) -> None:
        """Note that a node is of the wrong kind."""
        found = "nothing" if is_null(node) else _COLLECTIONS.get(type(node)) or quoted(node.value)
        self.report(node, Problem("", "E105", found, expected, fix))


def read_scalar(node: yaml.Node, shape: shapes.Type, here: Place) -> str | int | bool | None:
    """The value of a scalar by its field's type: text stays text, integers and booleans are plain.

    Null stands for what could not be read, which is then among the findings.
    """
    if not isinstance(node, yaml.ScalarNode) or is_null(node):
        here.report_kind(node, describe_type(shape))
        return None
    return _SCALARS[type(shape)](node, shape, here)


def _read_string(node: yaml.ScalarNode, shape: shapes.Type, here: Place) -> str:
    value: str = node.value
    here.report_all(node, check_string(value, shape, here.path))
    return value


def _read_label(node: yaml.ScalarNode, shape: shapes.LiteralType, here: Place) -> str:
    value: str = node.value
    here.report_all(node, check_label(value, shape, here.path))
    return value


def _read_integer(node: yaml.ScalarNode, shape: shapes.Type, here: Place) -> int | None:
    if node.style is not None or _INTEGER.fullmatch(node.value) is None:
        fix = "write it without quotation marks" if _INTEGER.fullmatch(node.value) else None
        here.report_kind(node, "an integer", fix)
        return None
    value = int(node.value)
    here.report_all(node, check_number(value, shape, here.path))
    return value


def _read_boolean(node: yaml.ScalarNode, _: shapes.Type, here: Place) -> bool | None:
    if node.style is None and node.value in _BOOLEANS:
        return _BOOLEANS[node.value]
    here.report_kind(node, "true or false", "write true or false, without quotation marks")
    return None


_SCALARS: dict[type[shapes.Type], Callable[[yaml.ScalarNode, Any, Place], str | int | bool | None]] = {
    shapes.StrType: _read_string,
    shapes.LiteralType: _read_label,
    shapes.IntType: _read_integer,
    shapes.BoolType: _read_boolean,
}
