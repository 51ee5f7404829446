"""L5: one set of predictions scored against one gold, with everything a report has to say of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from goldassay._version import __version__
from goldassay.checks.layer_answers import check_layer_answers
from goldassay.checks.mapped_labels import build_options, check_gold_labels, read_mapped_predictions
from goldassay.checks.pair_answers import with_pair_findings
from goldassay.error_records import ErrorLog, evaluate_with_errors
from goldassay.errors import InvalidDataError, UsageError
from goldassay.evaluate import Evaluation
from goldassay.formats.misplaced import diagnose_moved
from goldassay.formats.predictions import PredictionFile
from goldassay.formats.run_findings import select_findings
from goldassay.formats.truncation import diagnose_truncation
from goldassay.gold import Gold
from goldassay.layers import get_layers
from goldassay.layers.base import Pair
from goldassay.layers.unresolved import count_unresolved
from goldassay.match.columns import IntArray
from goldassay.measures.measure import parse_measure, suggest
from goldassay.measures.signature import short_signature
from goldassay.measures.totals import ALL
from goldassay.model.finding import Finding
from goldassay.model.predictions import Prediction
from goldassay.model.record import Span
from goldassay.model.scorefile import Grounding, Provenance, Score, ScoreFile, SystemProvenance
from goldassay.naming import describe_system
from goldassay.profile_scores import evaluate_profile
from goldassay.report.table import format_value, headline_scores
from goldassay.resampling import Resampling, estimate_intervals
from goldassay.signing import sign_options


@dataclass(frozen=True, slots=True)
class Scored:
    """A score file with the tallies it was divided from.

    errors     what is not right, if it was asked for
    positions  {view: `count_tenths` of gold mentions}, if errors were asked for or the predictions stop early
    source     the prediction file, or the bytes of a stream
    """

    file: ScoreFile
    evaluation: Evaluation
    errors: ErrorLog | None = None
    positions: Mapping[str, IntArray] = field(default_factory=dict)
    source: Path | bytes = b""


OnInvalid = Literal["error", "drop", "repair"]
Ids = Literal["own", "gold"]
SCHEMA = 1
DEFAULT_RESAMPLING = Resampling()
LISTED = 10
"""Folders that a message names."""

EXPECTED = "expected one JSON line a document, with an empty list where nothing was found"


def score_predictions(
    source: Path | BinaryIO,
    gold: Gold,
    *,
    layers: Sequence[str] | None = None,
    on_invalid: OnInvalid = "error",
    ids: Ids = "own",
    run: str | None = None,
    trim: Sequence[str] = (),
    labels: str | Path | None = None,
    errors: bool = False,
    profile: str | None = None,
    resampling: Resampling | None = DEFAULT_RESAMPLING,
    allow_empty: bool = False,
) -> Scored:
    """Score a prediction file, or a folder that `goldassay run` wrote, against gold.

    Args:
        source: A JSONL file, a folder with predictions.jsonl and run.json, or an open binary stream.
        gold: The annotated documents.
        layers: Layers to score; null for all that the predictions carry.
        on_invalid: `error` refuses files with errors; `drop` counts a bad item as a wrong one; `repair` mends what
            can be mended (offset units, white space) and says so.
        ids: What ids in the predictions mean: the line's own records, or the gold's.
        run: Which run to score, where the file holds several.
        trim: What is cut off the ends of mentions on both sides: determiners, titles, possessives.
        labels: A label map for entity types on both sides, by name or as a TOML file.
        errors: Also collect everything that is not right.
        profile: Score all mentions by the rules of this other scorer instead (docs/profiles).
        resampling: How intervals are estimated; null for none.
        allow_empty: Score predictions without a line as no answer to any document; else they are taken for a mishap.

    Raises:
        InvalidDataError: The predictions have errors and `on_invalid` is `error`, no line of them can be read, or gold
            labels are not in the map.
        UsageError: An unknown layer, run or map, or a file that cannot be read or has no line.
    """
    check_layers(layers)
    options = build_options(ids, trim, labels)
    if unknown := check_gold_labels(gold.documents, options.labels):
        raise InvalidDataError(unknown)
    path, system = _system(source)
    kept = path if isinstance(path, Path) else path.read()
    if not isinstance(kept, Path):
        path = NamedBytes(kept, str(getattr(path, "name", "<stream>")))
    documents = {item.document.doc_id: item.document for item in gold.documents}
    try:
        read = read_mapped_predictions(path, documents, options.labels, on_invalid=on_invalid, ids=ids)
    except OSError as error:
        raise UsageError(_say_unreadable(source, path, error)) from error
    name = str(path) if isinstance(path, Path) else str(getattr(path, "name", "<stream>"))
    read = with_pair_findings(read, gold.documents, name, on_invalid=on_invalid)
    if on_invalid == "error" and any(item.severity == "error" for item in read.findings):
        raise InvalidDataError(read.findings)
    if not (allow_empty or read.predictions):
        # To count bad items as wrong takes a line that says whose they are.
        about = [item.where.doc_id for item in read.findings if item.code != "E305"]
        if about and not any(about):
            raise InvalidDataError(read.findings)
        if not about:
            raise UsageError(f"{name} has no line, so there is nothing to score; {EXPECTED}")
    predictions = _one_run(read, run)
    cut = diagnose_truncation(documents.values(), predictions.values())
    moved = diagnose_moved(documents.values(), predictions.values(), gold_spans(gold))
    evaluation, log, positions = evaluate_with_errors(
        gold.documents,
        predictions,
        layers=layers if profile is None else (),
        options=options,
        errors=errors and profile is None,
        positions=cut is not None,
    )
    told: list[Finding] = []
    if profile is not None:
        file_name = str(path) if isinstance(path, Path) else None
        evaluation, told = evaluate_profile(profile, gold.documents, predictions, options, file=file_name)
    else:
        scored = dict.fromkeys(score.layer for score in evaluation.scores)
        told = list(check_layer_answers(predictions, gold.documents, scored, name))
    if resampling is not None and profile is None:
        evaluation = estimate_intervals(evaluation, gold.documents, resampling)
    signature = sign_options(
        gold,
        dict.fromkeys(score.layer for score in evaluation.scores),
        options,
        resampling if profile is None else None,
        on_invalid=on_invalid,
        run=run,
        profile=profile,
    )
    file = ScoreFile(
        schema=SCHEMA,
        signature=signature,
        quote_as=quote(gold, evaluation.scores, signature),
        provenance=Provenance(
            corpus=gold.name,
            version=gold.version,
            split=gold.split,
            fingerprint=gold.fingerprint,
            n_documents=len(gold.documents),
            predictions_sha256=hash_predictions(predictions),
            tool=__version__,
            system=system,
            annotators=gold.annotators,
        ),
        scores=list(evaluation.scores),
        findings=[*select_findings(read.findings, predictions), *(note for note in (cut, moved) if note), *told],
        grounding=_grounding(read),
        unresolved=count_unresolved(
            [Pair(item, said) for item in gold.documents if (said := predictions.get(item.document.doc_id))],
            list(dict.fromkeys(score.layer for score in evaluation.scores if score.profile is None)),
            options,
        ),
    )
    return Scored(file, evaluation, log, positions, kept)


def _say_unreadable(source: Path | BinaryIO, path: Path | BinaryIO, error: OSError) -> str:
    """What is wrong with the path; of a folder of runs, which runs there are."""
    runs = sorted(found.parent for found in source.glob("*/predictions.jsonl")) if isinstance(source, Path) else []
    if not runs:
        return f"cannot read {path}: {error.strerror}"
    named = ", ".join(run.name for run in runs[:LISTED]) + (f" and {len(runs) - LISTED} more" * (len(runs) > LISTED))
    return (
        f"{source} holds no predictions.jsonl, but {len(runs)} of its folders do: {named}. Name one of them, as in "
        f"`goldassay score {runs[0]}`; `goldassay report {source} --html FILE` shows them side by side"
    )


def gold_spans(gold: Gold) -> dict[str, set[tuple[Span, ...]]]:
    """The spans of the gold mentions of each document that is annotated with entities."""
    rows = [(item.document.doc_id, item.entities) for item in gold.documents]
    return {doc_id: {tuple(one.spans) for one in row.mentions} for doc_id, row in rows if row is not None}


class NamedBytes(BytesIO):
    """What was read from a stream, under the stream's name."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name = name


def hash_predictions(predictions: Mapping[str, Prediction]) -> str:
    """A hash of what was said of every document, whatever the order of lines."""
    said = [(doc_id, msgspec.structs.replace(item, line=None)) for doc_id, item in sorted(predictions.items())]
    return sha256(msgspec.json.encode(said)).hexdigest()


def _grounding(read: PredictionFile) -> Grounding | None:
    """Null where every prediction came with offsets."""
    found = read.grounding
    if not found.total:
        return None
    return Grounding(strings=found.total, ambiguous=found.ambiguous, ungrounded=found.ungrounded)


def check_layers(layers: Sequence[str] | None) -> None:
    """Refuse names of layers that do not exist.

    Raises:
        UsageError: Names the unknown layer and the nearest known one.
    """
    known = list(get_layers())
    for name in layers or ():
        if name not in known:
            raise UsageError(f"no layer {name!r}; {suggest(name, known)}")


def quote(gold: Gold, scores: Sequence[Score], signature: str) -> list[str]:
    """How to quote the result: the headline numbers with corpus, version, split, sizes and short signature."""
    documents = f"{len(gold.documents)} document{'s' if len(gold.documents) != 1 else ''}"
    found = [
        f"{title} {format_value(score)} ({score.support} gold)"
        for title, score in headline_scores(scores)
        if score is not None
    ]
    found = found or list(_quote_others(scores))
    where = f"{gold.name} {gold.version}, {gold.split}, {documents}"
    profiles = [f"numbers by the rules of {name}" for name in dict.fromkeys(score.profile for score in scores) if name]
    return [f"{'; '.join(found or profiles) or 'nothing scored'} on {where} [{short_signature(signature)}]"]


def _quote_others(scores: Sequence[Score]) -> Iterator[str]:
    """Of layers outside the three numbers, the first F1 of each by its whole token."""
    told: set[str] = set()
    for score in scores:
        if score.profile is None and score.layer not in told and score.group == ALL:
            measure = parse_measure(score.measure)
            if (measure.statistic, measure.average) == ("f1", "micro"):
                told.add(score.layer)
                yield f"{score.measure} {format_value(score)} ({score.support} gold)"


def _system(source: Path | BinaryIO) -> tuple[Path | BinaryIO, SystemProvenance]:
    """The prediction file itself, and what is known of the system."""
    if not isinstance(source, Path):
        return source, SystemProvenance()
    path = source / "predictions.jsonl" if source.is_dir() else source
    return path, describe_system(path)


def _one_run(read: PredictionFile, run: str | None) -> dict[str, Prediction]:
    """The lines of one run; the empty name is that of the lines that name none, where others do."""
    runs = list(dict.fromkeys(item.run or "" for item in read.predictions))
    if run is None and len(runs) > 1:
        names = ", ".join(sorted(name or "'' for lines without a run" for name in runs))
        raise UsageError(f"the file holds {len(runs)} runs ({names}); choose one with --run")
    if run is not None and run not in runs:
        raise UsageError(f"no run {run!r}; {suggest(run, [name or repr(name) for name in runs])}")
    return {item.doc_id: item for item in read.predictions if run is None or (item.run or "") == run}
