"""What annotators type at an item: keys and values as in the authoring form, in one line."""

import msgspec
import yaml

from goldassay.formats.yaml_nodes import compose_yaml, is_null
from goldassay.formats.yaml_write import Tree, flow
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted


def format_notes(notes: dict[str, Tree]) -> str:
    r"""Keys and values in one line, whatever the values hold.

    >>> print(format_notes({"holder": "e5", "grade_alt": [1], "note": 'not "sure"'}))
    holder: "e5", grade_alt: [1], note: "not \"sure\""
    """
    return flow(notes)[1:-1]


def parse_notes(text: str, *, file: str, line: int | None = None) -> tuple[dict[str, Tree], list[Finding]]:
    """Keys and values from one line; scalars stay strings until the type of their field is known, nothing is null.

    >>> parse_notes("holder: e5, grade_alt: [1], toward: null", file="d.ann")[0]
    {'holder': 'e5', 'grade_alt': ['1'], 'toward': None}
    """
    inside = text.strip()
    tree, findings = parse_value(inside if inside.startswith("{") else f"{{{inside}}}", file=file, line=line)
    return (tree if isinstance(tree, dict) else {}), findings


def parse_value(text: str, *, file: str, line: int | None = None) -> tuple[Tree, list[Finding]]:
    """One value as the authoring form writes it, its scalars as strings."""
    node, findings = compose_yaml(text, file)
    findings = [_at(item, line) for item in findings]
    if node is None or findings:
        return None, findings
    return _tree(node, findings, file, line), findings


def _at(item: Finding, line: int | None) -> Finding:
    fix = "write `key: value, key: value`, with quotation marks around text"
    return msgspec.structs.replace(item, where=msgspec.structs.replace(item.where, line=line), fix=fix)


def _tree(node: yaml.Node, findings: list[Finding], file: str, line: int | None) -> Tree:
    if isinstance(node, yaml.SequenceNode):
        return [_tree(item, findings, file, line) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        return None if is_null(node) else str(node.value)
    tree: dict[str, Tree] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            findings.append(finding("E105", found="a list or mapping", expected="a word as key", file=file, line=line))
        elif key.value in tree:
            found = f"{quoted(key.value)} twice"
            findings.append(finding("E107", found=found, expected="each key once", file=file, line=line))
        else:
            tree[key.value] = _tree(value, findings, file, line)
    return tree
