"""Prediction files: one JSON line a document, any layers together, read into `Prediction`s with all findings.

Every line passes four stops: decoded (`jsonl`), cleared of what is no record (`salvage`), its offset unit told
(`line_unit`), its items read with their places and references. What an invalid item comes to is the caller's choice:

- `error`: the line gives no prediction, and its findings are errors; nothing should be scored.
- `drop`: the item keeps its turn, so that it counts as predicted, and aligns with nothing; findings are warnings.
- `repair`: what can be repaired is, and each repair is an info finding; the rest is dropped.

Strings without offsets that are not in the text are no error under any of them: they stand nowhere and are counted.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import IO

import msgspec

from goldassay.formats.explain_values import closest
from goldassay.formats.grounding import GroundingCounts
from goldassay.formats.jsonl import ONE_LINE, Row, iterate_rows, tell_no_lines
from goldassay.formats.line_reading import COUNTED, LEFT_OUT, Ids, LineReading, OnInvalid
from goldassay.formats.line_unit import diagnose_unit, say_conversion
from goldassay.formats.predicted_attributions import read_attributions
from goldassay.formats.predicted_entities import own_entity_ids, read_entities, read_mentions, read_propositions
from goldassay.formats.predicted_facts import read_facts
from goldassay.formats.predicted_pairs import read_pairs
from goldassay.formats.predicted_stances import read_stances
from goldassay.formats.predicted_times import read_times
from goldassay.formats.prediction_line import PredictionLine
from goldassay.formats.salvage import Salvaged, item_of, salvage_line
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.predictions import Prediction
from goldassay.model.printable import quoted

Answered = dict[str | None, set[str]]
"""The documents answered so far, by run."""


class PredictionRow(msgspec.Struct, frozen=True, kw_only=True):
    """What one line gave. The last row of a file has no line and says which documents are missing.

    `dropped` items count as predicted and align with nothing; `repaired` places and labels were corrected.
    """

    line: int | None
    prediction: Prediction | None
    findings: tuple[Finding, ...] = ()
    grounding: GroundingCounts = GroundingCounts()
    dropped: int = 0
    repaired: int = 0


class PredictionFile(msgspec.Struct, frozen=True, kw_only=True):
    """A whole file: predictions in the order of the documents and then of the runs, and the sums over its lines."""

    predictions: tuple[Prediction, ...]
    findings: tuple[Finding, ...]
    grounding: GroundingCounts
    dropped: int
    repaired: int


def read_predictions(
    source: str | os.PathLike[str] | IO[bytes],
    documents: Mapping[str, Document],
    *,
    file: str | None = None,
    on_invalid: OnInvalid = "error",
    ids: Ids = "own",
) -> PredictionFile:
    """Read a prediction file, or an open binary stream, against the documents it is about.

    Args:
        source: A path, or a stream of lines such as `sys.stdin.buffer`.
        documents: The documents of the gold, by id.
        file: The name that findings carry; by default the path or the name of the stream.
        on_invalid: What becomes of invalid items; see the module.
        ids: Whose ids `{"entity": …}` and the like name.

    Raises:
        OSError: There is no such file, or it cannot be read.
    """
    is_path = isinstance(source, (str, os.PathLike))
    name = file or str(source if is_path else getattr(source, "name", "<stream>"))
    with Path(source).open("rb") if isinstance(source, (str, os.PathLike)) else nullcontext(source) as lines:
        rows = list(iterate_predictions(lines, documents, file=name, on_invalid=on_invalid, ids=ids))
    order = {doc_id: place for place, doc_id in enumerate(documents)}
    predictions = [row.prediction for row in rows if row.prediction is not None]
    findings = [found for row in rows for found in row.findings]
    n_lines = sum(row.line is not None for row in rows)
    return PredictionFile(
        predictions=tuple(sorted(predictions, key=lambda item: (order[item.doc_id], item.run or ""))),
        findings=(*_under_policy(tell_no_lines(findings, n_lines, file=name), on_invalid), *findings),
        grounding=sum((row.grounding for row in rows), GroundingCounts()),
        dropped=sum(row.dropped for row in rows),
        repaired=sum(row.repaired for row in rows),
    )


def iterate_predictions(
    lines: Iterable[bytes],
    documents: Mapping[str, Document],
    *,
    file: str,
    on_invalid: OnInvalid = "error",
    ids: Ids = "own",
) -> Iterator[PredictionRow]:
    """Read line by line; each line that is not blank gives one row, and a last row says what is missing.

    `{"entity": "e1"}` in a line means the line's own entities, unless `ids` is `gold`.
    """
    answered: Answered = {}
    last: list[bytes] = []
    for row in iterate_rows(_remember(lines, last), PredictionLine, file=file):
        saved = Salvaged(row.value) if row.value is not None else salvage_line(last[0], repair=on_invalid == "repair")
        if saved.line is None:
            yield PredictionRow(line=row.line, prediction=None, findings=_under_policy(row.findings, on_invalid))
            continue
        refusal = _refuse(saved.line, documents, answered, file, row.line)
        if refusal is not None:
            findings = _under_policy((*row.findings, refusal), on_invalid)
            yield PredictionRow(line=row.line, prediction=None, findings=findings)
            continue
        reading = LineReading(documents[saved.line.doc_id], file, row.line, on_invalid, ids, saved.invalid)
        _tell_salvage(reading, row, saved)
        yield _read_line(reading, saved.line)
    yield PredictionRow(line=None, prediction=None, findings=tuple(_missing(documents, answered, file)))


def _remember(lines: Iterable[bytes], last: list[bytes]) -> Iterator[bytes]:
    for line in lines:
        last[:] = [line]
        yield line


def _refuse(
    line: PredictionLine, documents: Mapping[str, Document], answered: Answered, file: str, number: int
) -> Finding | None:
    """Why the whole line cannot be read; if it can, its document is answered from now on."""
    doc_id, run = line.doc_id, _run(line)
    if doc_id not in documents:
        near = closest(doc_id, list(documents)) if len(documents) <= 1000 else None
        fix = f"did you mean {quoted(near)}? Else leave the line out" if near is not None else None
        found, expected = quoted(doc_id), f"one of the {len(documents)} documents of the gold"
        return finding("E304", found=found, expected=expected, fix=fix, file=file, line=number, doc_id=doc_id)
    done = answered.setdefault(run, set())
    if doc_id in done:
        found = f"a second line{'' if run is None else f' of run {quoted(run)}'}"
        expected = "one line a document and run"
        return finding("E306", found=found, expected=expected, fix=ONE_LINE, file=file, line=number, doc_id=doc_id)
    done.add(doc_id)
    return None


def _run(line: PredictionLine) -> str | None:
    return str(line.run) if line.run is not None else None


def _under_policy(findings: Iterable[Finding], on_invalid: OnInvalid) -> tuple[Finding, ...]:
    """Findings for a line that is left out: errors, or warnings where invalid data does not stop the scoring."""
    if on_invalid == "error":
        return tuple(findings)
    return tuple(
        msgspec.structs.replace(item, severity="warning", fix=f"the line was left out; {item.fix}")
        if item.severity == "error"
        else item
        for item in findings
    )


def _tell_salvage(reading: LineReading, row: Row[PredictionLine], saved: Salvaged) -> None:
    for mended in saved.repairs:
        problem = mended.problem
        reading.repair(problem.code, at=problem.path, found=problem.found, expected=problem.expected, done=mended.done)
    for problem in saved.problems:
        reading.reject(
            problem.code,
            at=problem.path,
            found=problem.found,
            expected=problem.expected,
            fix=problem.fix,
            meanwhile=COUNTED if item_of(problem) is not None else LEFT_OUT,
        )
    if row.findings and not saved.problems and not saved.repairs:
        reading.rejected += 1
        reading.findings += _under_policy(row.findings, reading.on_invalid)


def _read_line(reading: LineReading, line: PredictionLine) -> PredictionRow:
    if line.text is not None and line.text != reading.document.text:
        fix = "predict on the gold's own text, else offsets may be off"
        found = f"a text of {len(line.text)} characters"
        expected = f"the document's text of {len(reading.document.text)} characters"
        reading.note("E203", "warning", at="text", found=found, expected=expected, fix=fix)
    reading.own_entities = own_entity_ids(line)
    reading.own_propositions = frozenset(item.id for item in line.propositions or ())
    diagnose_unit(reading, line)
    prediction = Prediction(
        doc_id=line.doc_id,
        run=_run(line),
        entities=read_entities(reading, line.entities or ()),
        propositions=read_propositions(reading, line.propositions or ()),
        mentions=read_mentions(reading, line) if line.mentions is not None else None,
        stances=read_stances(reading, line.stances) if line.stances is not None else None,
        stance_pairs=read_pairs(reading, line.stance_pairs) if line.stance_pairs is not None else None,
        attributions=read_attributions(reading, line.attributions) if line.attributions is not None else None,
        numeric_facts=read_facts(reading, line.numeric_facts) if line.numeric_facts is not None else None,
        times=read_times(reading, line.times) if line.times is not None else None,
        line=reading.line,
    )
    say_conversion(reading)
    refused = any(item.severity == "error" for item in reading.findings)
    return PredictionRow(
        line=reading.line,
        prediction=None if refused else prediction,
        findings=tuple(reading.findings),
        grounding=reading.grounding,
        dropped=reading.dropped,
        repaired=reading.repaired,
    )


def _missing(documents: Mapping[str, Document], answered: Answered, file: str) -> Iterator[Finding]:
    for run in sorted(answered or {None: set()}, key=lambda name: name or ""):
        of = "" if run is None else f" of run {quoted(run)}"
        for doc_id in documents:
            if doc_id not in answered.get(run, ()):
                found = f"no line{of} for the document"
                yield finding("E305", found=found, expected="a line for each document", file=file, doc_id=doc_id)
