"""YAML composed to nodes that know their lines, with everything refused that a form does not need.

PyYAML's composer gives the nodes; none of its constructors runs, so a plain `NO` or `2024-07-08` stays what it is until
the type of its field says otherwise. Anchors, aliases, merge keys and tags are findings, and nesting has a limit.
"""

from typing import Any

import yaml

from goldassay.model.finding import Finding, finding
from goldassay.model.printable import printable, quoted

DEEPEST = 32
"""Levels of nesting; the form needs nine."""

_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("bool", "float", "int", "map", "merge", "null", "seq", "str", "timestamp", "value")
)


class _NestedTooDeepError(yaml.YAMLError):
    pass


class _Composer(yaml.SafeLoader):
    """The safe loader up to its nodes, noting what is refused instead of resolving it."""

    def __init__(self, text: str, file: str) -> None:
        super().__init__(text)
        self.file = file
        self.depth = 0
        self.findings: list[Finding] = []

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        alias = isinstance(event, yaml.AliasEvent)
        if getattr(event, "anchor", None) is not None:
            self._refuse(event, f"the {'alias' if alias else 'anchor'} {event.anchor!r}")
        if alias:
            self.get_event()  # type: ignore[no-untyped-call]
            return yaml.ScalarNode("tag:yaml.org,2002:null", "", event.start_mark, event.end_mark)
        event.anchor = None
        if self.depth == DEEPEST:
            raise _NestedTooDeepError
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        if node is not None and node.tag not in _TAGS:
            self._refuse(event, f"the tag {node.tag!r}")
        return node

    def _refuse(self, event: Any, found: str) -> None:
        line = event.start_mark.line + 1
        expected = "values written out, without anchors, aliases and tags"
        found, fix = printable(found), "write the value itself"
        self.findings.append(finding("E105", found=found, expected=expected, fix=fix, file=self.file, line=line))


def compose_yaml(text: str, file: str) -> tuple[yaml.Node | None, list[Finding]]:
    r"""The root node of the one YAML document in a text; null if there is none or it is no YAML.

    >>> node, findings = compose_yaml("a: NO", "x.yaml")
    >>> node.value[0][1].value, findings
    ('NO', [])
    >>> [(item.code, item.where.line) for item in compose_yaml("a: &x 1\nb: [*x", "x.yaml")[1]]
    [('E105', 1), ('E105', 2), ('E102', 2)]
    """
    composer: _Composer | None = None
    try:
        composer = _Composer(text, file)
        node = composer.get_single_node()
    except yaml.YAMLError as error:
        return None, [*(composer.findings if composer else ()), _syntax_finding(error, text, file)]
    finally:
        if composer is not None:
            composer.dispose()
    if node is None:
        return None, [_unreadable("an empty file", file, 1)]
    return node, composer.findings


def is_null(node: yaml.Node) -> bool:
    """Whether a node is a plain `null`, `~` or nothing at all."""
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def line_of(node: yaml.Node) -> int:
    """The line a node begins in, from 1."""
    line: int = node.start_mark.line
    return line + 1


def _syntax_finding(error: yaml.YAMLError, text: str, file: str) -> Finding:
    if isinstance(error, _NestedTooDeepError):
        return _unreadable(f"more than {DEEPEST} levels of nesting", file, None)
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return _unreadable(f"the character {quoted(chr(error.character))}", file, line)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = " ".join(str(part) for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part)
    return _unreadable(printable(said or str(error), 200), file, mark.line + 1 if mark else None)


def _unreadable(found: str, file: str, line: int | None) -> Finding:
    return finding("E102", found=found, expected="one YAML document", fix="mend the YAML", file=file, line=line)
