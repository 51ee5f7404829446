"""The gold follows from two passes: where they agree it says the same, where they differ it says what was decided."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from goldassay.errors import UsageError
from goldassay.formats.authoring import AuthoredDocument
from goldassay.formats.jsonl import Row
from goldassay.layers.base import GoldDocument
from goldassay.model.adjudication import Adjudicated, Manifest
from goldassay.model.finding import Finding, Severity, finding
from goldassay.model.labels import LAYERS
from goldassay.model.printable import quoted
from goldassay.passes.adjudication import (
    FOLDER,
    MANIFEST,
    decisions_file,
    lay_out_passes,
    read_decisions,
    read_manifest,
    read_rules,
)
from goldassay.passes.load import read_gold_documents, read_passes
from goldassay.slots.decisions import departures, settle
from goldassay.slots.disagreements import disputed_fields, slot_id
from goldassay.slots.layout import Slot
from goldassay.slots.wording import shorten, show


def check_adjudication(root: Path) -> list[Finding]:
    """E609 for disagreements without a decision, E610 for gold that does not follow; nothing without a folder.

    A decision needs a reason (E407), a rule that the guidelines have (E302), and a disagreement it is about (E302),
    unless it is an override of what both passes say.
    """
    if not (root / FOLDER).is_dir():
        return []
    findings: list[Finding] = []
    manifest = read_manifest(root, findings)
    if manifest is None:
        missing = finding(
            "E609",
            found="no file",
            expected="the two passes",
            fix="name them: a, b, guidelines",
            file=MANIFEST.as_posix(),
        )
        return findings or [missing]
    try:
        passes = read_passes(root, (manifest.a, manifest.b))
    except UsageError as error:
        return [
            finding("E304", found=str(error), expected="two passes", fix="correct a or b", file=MANIFEST.as_posix())
        ]
    findings += passes.findings
    if passes.findings:
        return findings
    gold = read_gold_documents(root, passes.documents, findings)
    rules = read_rules(root)
    findings += _check_files(root, passes.documents)
    for doc_id in sorted(passes.documents):
        both = passes.passes[manifest.a].get(doc_id), passes.passes[manifest.b].get(doc_id)
        findings += _check_pair(root, doc_id, manifest, both, gold[doc_id], rules)
    return findings


def _check_files(root: Path, documents: Mapping[str, object]) -> Iterator[Finding]:
    for path in sorted((root / FOLDER).glob("*.jsonl")):
        if path.stem not in documents:
            file = decisions_file(path.stem).as_posix()
            yield finding("E304", found=quoted(path.stem), expected="a document", fix="rename the file", file=file)


def _check_pair(
    root: Path,
    doc_id: str,
    manifest: Manifest,
    both: tuple[AuthoredDocument | None, AuthoredDocument | None],
    gold: GoldDocument,
    rules: frozenset[str],
) -> list[Finding]:
    a, b = both
    if a is None or b is None:
        absent = " and ".join(name for name, one in ((manifest.a, a), (manifest.b, b)) if one is None)
        found, expected = f"no file of {absent}", "two passes of each document"
        severity: Severity = "warning" if a is b else "error"
        fix = "annotate it, or leave it out of the gold"
        return [finding("E305", found=found, expected=expected, fix=fix, doc_id=doc_id, severity=severity)]
    rows, findings = read_decisions(root, doc_id)
    findings += _check_layers(doc_id, manifest, a, b, gold)
    slots = {slot_id(doc_id, slot): slot for slot in lay_out_passes(a, b, gold)}
    decided: dict[str, Row[Adjudicated]] = {}
    for row in rows:
        findings += _check_decision(row, doc_id, slots, decided, rules)
    text = gold.document.text
    for id_, slot in slots.items():
        findings += _check_slot(id_, slot, decided.get(id_), doc_id, text)
    return findings


def _check_layers(
    doc_id: str, manifest: Manifest, a: AuthoredDocument, b: AuthoredDocument, gold: GoldDocument
) -> Iterator[Finding]:
    """A layer that a pass does not speak of cannot be compared, so nothing is known of its gold."""
    for layer in LAYERS:
        absent = [name for name, one in ((manifest.a, a), (manifest.b, b)) if layer not in one.layers]
        if not absent or (len(absent) == 2 and getattr(gold, layer) is None):
            continue
        found, expected = f"no {layer} in {' and '.join(absent)}", "the layer in both passes"
        fix = "annotate it, or leave it out of the gold"
        severity: Severity = "error" if len(absent) == 1 else "warning"
        yield finding("E305", found=found, expected=expected, fix=fix, doc_id=doc_id, severity=severity)


def _check_decision(
    row: Row[Adjudicated],
    doc_id: str,
    slots: Mapping[str, Slot],
    decided: dict[str, Row[Adjudicated]],
    rules: frozenset[str],
) -> Iterator[Finding]:
    """What is wrong with a decision by itself; it is noted as the one on its slot."""
    line = row.value
    if line is None:
        return
    place = _Place(doc_id, row.line)
    if line.id in decided:
        yield place.find("E301", f"{quoted(line.id)} again", "one decision on a record", line.id)
    slot = slots.get(line.id)
    if slot is None:
        fix = "correct the id, or leave the line out"
        yield place.find("E302", quoted(line.id), "the id of a record of a pass or the gold", line.id, fix)
        return
    if line.kind == "disagreement" and disputed_fields(slot) is None:
        fix = "leave the line out, or make it an override"
        yield place.find("E302", "a decision where the passes agree", "a disagreement", line.id, fix)
    decided.setdefault(line.id, row)
    if line.decision is None:
        if line.kind == "override":
            yield place.find("E609", "open: what the gold says instead", "a decision", line.id)
        return
    if not line.reason.strip():
        yield place.find("E407", "no reason", "why it was decided so", f"{line.id}.reason")
    if line.rule not in rules:
        yield place.find("E302", quoted(line.rule), "a rule of annotations/guidelines", f"{line.id}.rule")


def _check_slot(id_: str, slot: Slot, row: Row[Adjudicated] | None, doc_id: str, text: str) -> Iterator[Finding]:
    line = row.value if row is not None else None
    place = _Place(doc_id, row.line if row is not None else None)
    expected = settle(slot, line.decision if line is not None else None)
    if expected.open:
        yield place.find("E609", f"open: {'; '.join(expected.open)}", "a decision", id_)
        return
    for name, (wanted, found) in departures(slot, expected, text).items():
        words = [_say(name, value, text) for value in (found, wanted)]
        yield place.find("E610", words[0], words[1], f"{id_}.{name}" if name else id_)


def _say(name: str, value: object, text: str) -> str:
    """A value of the gold or of a decision; for a whole record, whether it is there."""
    if not name:
        return "no record" if value is None else "a record"
    decided = getattr(value, "value", value)
    return shorten(decided if decided is not value else show(name, value, text))


class _Place(msgspec.Struct, frozen=True):
    """Where the decisions on a document stand."""

    doc_id: str
    line: int | None

    def find(self, code: str, found: str, expected: str, field: str, fix: str | None = None) -> Finding:
        return finding(
            code,
            found=found,
            expected=expected,
            fix=fix,
            file=decisions_file(self.doc_id).as_posix(),
            line=self.line,
            doc_id=self.doc_id,
            field=field.removeprefix(f"{self.doc_id}/"),
        )
