"""Imports point downwards only; printing, file access and module names keep to their floors."""

import ast
from collections.abc import Iterator
from pathlib import Path

import goldassay

PACKAGE = Path(goldassay.__file__).parent
FLOORS = {
    "_version": 0,
    "model": 0,
    "lexicons": 0,
    "formats": 1,
    "corpus": 1,
    "match": 1,
    "tally": 2,
    "measures": 2,
    "profiles": 2,
    "stats": 2,
    "layers": 3,
    "extract": 3,
    "evaluate": 4,
    "profile_records": 4,
    "profile_scores": 4,
    "error_records": 4,
    "checking": 4,
    "checks": 4,
    "running": 4,
    "differences": 4,
    "resampling": 4,
    "item_outcomes": 4,
    "verdicts": 4,
    "judging": 4,
    "sample_size": 4,
    "answered": 5,
    "given": 5,
    "two_systems": 5,
    "detectable": 5,
    "gating": 5,
    "baseline": 5,
    "limits": 5,
    "systems": 5,
    "comparing": 5,
    "leaderboard": 5,
    "releasing": 5,
    "rescoring": 5,
    "report": 5,
    "reporting": 5,
    "hub": 5,
    "generate": 5,
    "api": 5,
    "scoring": 5,
    "score_files": 5,
    "bench": 5,
    "harness": 5,
    "gold": 4,
    "gold_diff": 4,
    "signing": 4,
    "naming": 4,
    "errors": 0,
    "passes": 4,
    "slots": 4,
    "stance_matrix": 4,
    "stance_tasks": 4,
    "agreement": 4,
    "concordance": 4,
    "record_query": 4,
    "kit": 4,
    "textfree": 4,
    "exchange": 4,
    "cli": 6,
    "pytest_plugin": 6,
    "__init__": 6,
    "__main__": 7,
}
# Floor L1 reads and writes: the corpus is read through the formats, and formats parse values with match's pure rules.
SIBLINGS = {
    ("errors", "model"),
    ("lexicons", "model"),
    ("corpus", "formats"),
    ("profiles", "measures"),
    ("profiles", "tally"),
    ("measures", "tally"),
    ("checking", "checks"),
    ("generate", "hub"),
    ("api", "report"),
    ("api", "given"),
    ("api", "scoring"),
    ("given", "scoring"),
    ("api", "score_files"),
    ("scoring", "report"),
    ("score_files", "report"),
    ("score_files", "scoring"),
    ("bench", "report"),
    ("bench", "api"),
    ("harness", "report"),
    ("harness", "scoring"),
    ("bench", "reporting"),
    ("reporting", "report"),
    ("reporting", "scoring"),
    ("reporting", "systems"),
    # L4 has an order of its own: slots, passes, checks, then what puts them together.
    ("passes", "slots"),
    ("checks", "slots"),
    ("checks", "passes"),
    ("gold", "checking"),
    ("gold_diff", "gold"),
    ("gold_diff", "slots"),
    ("agreement", "slots"),
    ("agreement", "passes"),
    ("agreement", "evaluate"),
    ("agreement", "signing"),
    ("signing", "gold"),
    ("signing", "profile_scores"),
    ("signing", "resampling"),
    ("concordance", "record_query"),
    ("exchange", "checking"),
    ("exchange", "gold"),
    ("exchange", "kit"),
    ("kit", "passes"),
    ("kit", "checking"),
    ("kit", "checks"),
    ("textfree", "checking"),
    ("error_records", "evaluate"),
    ("resampling", "evaluate"),
    ("differences", "evaluate"),
    ("differences", "resampling"),
    ("item_outcomes", "evaluate"),
    ("verdicts", "differences"),
    ("verdicts", "evaluate"),
    ("verdicts", "item_outcomes"),
    ("judging", "differences"),
    ("judging", "evaluate"),
    ("judging", "verdicts"),
    ("judging", "resampling"),
    ("sample_size", "differences"),
    ("sample_size", "evaluate"),
    ("sample_size", "judging"),
    ("sample_size", "resampling"),
    ("baseline", "systems"),
    ("limits", "report"),
    ("answered", "systems"),
    ("gating", "answered"),
    ("gating", "baseline"),
    ("gating", "comparing"),
    ("gating", "report"),
    ("gating", "scoring"),
    ("gating", "systems"),
    ("systems", "scoring"),
    ("comparing", "answered"),
    ("two_systems", "comparing"),
    ("two_systems", "detectable"),
    ("two_systems", "gating"),
    ("two_systems", "given"),
    ("two_systems", "limits"),
    ("two_systems", "report"),
    ("two_systems", "scoring"),
    ("detectable", "comparing"),
    ("detectable", "report"),
    ("detectable", "scoring"),
    ("detectable", "systems"),
    ("comparing", "systems"),
    ("releasing", "generate"),
    ("releasing", "report"),
    ("rescoring", "comparing"),
    ("rescoring", "report"),
    ("rescoring", "scoring"),
    ("rescoring", "systems"),
    ("leaderboard", "report"),
    ("comparing", "scoring"),
    ("comparing", "report"),
    ("profile_scores", "profile_records"),
    ("profile_scores", "evaluate"),
}
READERS = {
    "formats",
    "corpus",
    "hub",
    "cli",
    "running",
    "extract",
    "checking",
    "checks",
    "generate",
    "lexicons",
    "profiles",
    "api",
    "scoring",
    "score_files",
    "naming",
    "systems",
    "leaderboard",
    "kit",
    "exchange",
}


def parts(path: Path) -> str:
    """The top-level part of the package that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (
                [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "goldassay" else [node.module]
            )
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def breaches(part: str, source: str) -> list[str]:
    """What a module of this part may not do."""
    tree, found = ast.parse(source), []
    for name in imports(tree):
        if name.startswith("goldassay."):
            other = name.split(".")[1]
            if other == part or (other == "_version"):
                continue
            if FLOORS[other] > FLOORS[part] or (FLOORS[other] == FLOORS[part] and (part, other) not in SIBLINGS):
                found.append(f"{part} (L{FLOORS[part]}) imports {other} (L{FLOORS[other]})")
        if name.split(".")[0] == "numpy" and part in {"model", "formats", "corpus", "cli"}:
            found.append(f"{part} imports numpy")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "print" and part != "cli" and part != "extract":
                found.append(f"{part} prints")
            if node.func.id == "open" and part not in READERS:
                found.append(f"{part} opens a file")
    return found


def test_no_module_breaches_its_floor() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {breach}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for breach in breaches(parts(path), path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_planted_breach_is_seen() -> None:
    assert breaches("model", "from goldassay.layers import entities") == ["model (L0) imports layers (L3)"]
    assert breaches("tally", "import goldassay.measures.formulas") == ["tally (L2) imports measures (L2)"]
    assert breaches("match", "print(1)") == ["match prints"]
    assert breaches("measures", "open('x')") == ["measures opens a file"]
    assert breaches("model", "import numpy as np") == ["model imports numpy"]


def test_modules_are_small_and_named_after_what_they_hold() -> None:
    paths = sorted(PACKAGE.rglob("*.py"))
    assert len(paths) > 30
    too_long = [str(p.relative_to(PACKAGE)) for p in paths if len(p.read_text(encoding="utf-8").splitlines()) > 300]
    assert too_long == []
    assert [p.name for p in paths if p.stem in {"utils", "util", "helpers", "manager", "common", "misc"}] == []


def test_no_module_hides_a_public_function() -> None:
    """A module `goldassay.x`, once imported, is what `goldassay.x` gives: a function of that name would be gone."""
    assert set(goldassay.__all__) & set(FLOORS) == set()
