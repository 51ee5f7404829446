"""The table of codes says every severity that a finding of a code can have, and no other one."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

import goldassay
from goldassay.cli.main import cli
from goldassay.model.finding import CODES

PACKAGE = Path(goldassay.__file__).parent
SEVERITIES = {"error", "warning", "info"}

# Calls whose severity is no constant, by module: what it is decided by. `on_invalid` turns errors of predictions into
# warnings, which holds for all codes alike and so is not said at each.
DECIDED = {
    "checks/adjudication.py": {"E305": {"error", "warning"}},
    "checks/duplicates.py": {"E206": {"error", "warning"}},
    "checks/pair_answers.py": "on_invalid",
    "checks/mapped_labels.py": "on_invalid",
    "formats/line_reading.py": "passed on",
    "model/finding.py": "passed on",
}


def constant(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def said_by(call: ast.Call) -> tuple[str | None, ast.expr | None]:
    """Code and severity of `finding(code, severity=…)` and `….note(code, severity, …)`."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    code = constant(call.args[0]) if call.args else None
    if name == "note" and len(call.args) > 1:
        return code, call.args[1]
    given = [one.value for one in call.keywords if one.arg == "severity"]
    return (code, given[0]) if name in ("finding", "report") and given else (None, None)


def calls() -> Iterator[tuple[str, str | None, ast.expr]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                code, severity = said_by(node)
                if severity is not None:
                    yield path.relative_to(PACKAGE).as_posix(), code, severity


def test_the_code_gives_the_severities_of_the_table() -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for module, code, severity in calls():
        value = constant(severity)
        if value in SEVERITIES and code is not None:
            said[code].add(value)
        else:
            decided = DECIDED[module]
            for one, values in decided.items() if isinstance(decided, dict) else ():
                said[one] |= values
    varying = {code: {severity for severity, _ in entry.elsewhere} for code, entry in CODES.items() if entry.elsewhere}
    assert {code: values - {CODES[code].severity} for code, values in said.items()} == varying


def test_the_list_says_what_check_says() -> None:
    lines = CliRunner().invoke(cli, ["list", "findings"]).stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[code, entry.severity] for code, entry in CODES.items()]
    told = {line.split()[0]: line for line in lines}
    assert told["E501"].endswith("(warning in predictions)")
    assert told["E502"].endswith("(info in predictions)")
    assert all(("(" in told[code]) == bool(entry.elsewhere) for code, entry in CODES.items())
