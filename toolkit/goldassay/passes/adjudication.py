"""The files of an adjudication: `annotations/adjudication/manifest.json` and one file of decisions a document."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from goldassay.formats.authoring import AuthoredDocument
from goldassay.formats.explain import explain
from goldassay.formats.jsonl import Row, read_rows, write_rows
from goldassay.formats.strict_json import parse_json
from goldassay.layers.base import GoldDocument
from goldassay.model.adjudication import Adjudicated, Manifest
from goldassay.model.finding import Finding, finding
from goldassay.passes.load import GOLD, as_version, gold_version
from goldassay.slots.disagreements import SIDES, Disagreement, told_fields
from goldassay.slots.fields import KIND_LAYER
from goldassay.slots.layout import Slot, lay_out
from goldassay.slots.wording import show

FOLDER = Path("annotations") / "adjudication"
MANIFEST = FOLDER / "manifest.json"
GUIDELINES = Path("annotations") / "guidelines"

_RULE = re.compile(r"\*\*([A-Z][0-9]+)\.")


def decisions_file(doc_id: str) -> Path:
    """The file of a document's decisions, relative to the root.

    >>> decisions_file("seed-002").as_posix()
    'annotations/adjudication/seed-002.jsonl'
    """
    return FOLDER / f"{doc_id}.jsonl"


def lay_out_passes(a: AuthoredDocument, b: AuthoredDocument, gold: GoldDocument | None = None) -> list[Slot]:
    """Two passes, and the gold if there is any, side by side in the layers of which both passes speak.

    Fields speak in the gold's ids where there is a gold.
    """
    versions = [as_version(side, authored) for side, authored in zip(SIDES, (a, b), strict=True)]
    annotated = gold is not None and (gold.entities or gold.stances or gold.numeric_facts)
    if gold is not None and annotated:
        versions.append(gold_version(gold))
    layers = set(a.layers) & set(b.layers)
    slots = lay_out(versions, reference=GOLD if annotated else None)
    return [slot for slot in slots if KIND_LAYER[slot.kind] in layers]


def read_manifest(root: Path, findings: list[Finding]) -> Manifest | None:
    """The manifest; null if there is none or none that can be read, which is then added to the findings."""
    path = root / MANIFEST
    if not path.is_file():
        return None
    value, syntax = parse_json(path.read_bytes())
    problems = [syntax] if syntax else explain(value, Manifest)
    shown = MANIFEST.as_posix()
    findings += [
        finding(one.code, found=one.found, expected=one.expected, fix=one.fix or None, file=shown, field=one.path)
        for one in problems
    ]
    return None if problems else msgspec.convert(value, Manifest)


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Write the manifest, indented, ended by LF."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    (root / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")


def read_decisions(root: Path, doc_id: str) -> tuple[list[Row[Adjudicated]], list[Finding]]:
    """The lines of a document's decisions that can be read, none if there is no file, and what is wrong with others."""
    path = root / decisions_file(doc_id)
    rows = list(read_rows(path, Adjudicated)) if path.is_file() else []
    shown = decisions_file(doc_id).as_posix()
    findings = [
        msgspec.structs.replace(one, where=msgspec.structs.replace(one.where, file=shown, doc_id=doc_id))
        for row in rows
        for one in row.findings
    ]
    return [row for row in rows if row.value is not None], findings


def merge_decisions(disagreements: Iterable[Disagreement], old: Sequence[Adjudicated], text: str) -> list[Adjudicated]:
    """A line for each disagreement, in order; what was decided stays as it is, also where nothing disagrees any more.

    Open lines are written afresh, and left out once there is no disagreement.
    """
    kept = {one.id: one for one in old if one.decision is not None or one.kind == "override"}
    lines = [kept.pop(one.id) if one.id in kept else open_line(one, text) for one in disagreements]
    return [*lines, *kept.values()]


def open_line(disagreement: Disagreement, text: str) -> Adjudicated:
    """The line of a disagreement that is not decided."""
    told = {side: told_fields(disagreement, side) for side in SIDES}
    shown = {
        side: None if fields is None else {name: show(name, value, text) for name, value in fields.items()}
        for side, fields in told.items()
    }
    return Adjudicated(id=disagreement.id, a=shown["a"], b=shown["b"])


def write_decisions(root: Path, doc_id: str, lines: Iterable[Adjudicated]) -> None:
    """Write a document's decisions; the file is replaced as a whole."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    write_rows(root / decisions_file(doc_id), lines)


def read_rules(root: Path) -> frozenset[str]:
    """The ids of the rules in the guidelines: whatever stands as `**E12.` in them."""
    pages: Mapping[Path, str] = {
        path: path.read_text(encoding="utf-8", errors="replace") for path in sorted((root / GUIDELINES).glob("*.md"))
    }
    return frozenset(rule for page in pages.values() for rule in _RULE.findall(page))
