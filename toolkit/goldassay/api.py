"""L5: the public functions. The command line calls these and prints what they return."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Literal

import jsonlines
import msgspec

from goldassay._version import __version__
from goldassay.checking import check_corpus, check_files
from goldassay.corpus.corpus import Corpus, load_corpus
from goldassay.corpus.locate import find_root
from goldassay.errors import InvalidDataError, UsageError
from goldassay.evaluate import Evaluation, Observer, evaluate
from goldassay.extract.registry import load_extractor
from goldassay.extract.runfile import CorpusRecord, RunRecord
from goldassay.formats.predictions import PredictionFile, read_predictions
from goldassay.gold import Gold, load_gold
from goldassay.layers import get_layers
from goldassay.layers.base import Options
from goldassay.measures.measure import suggest
from goldassay.measures.signature import format_signature, short_signature
from goldassay.model.finding import Finding
from goldassay.model.predictions import Prediction
from goldassay.model.scorefile import Provenance, Score, ScoreFile, SystemProvenance
from goldassay.report.table import format_value, headline_scores
from goldassay.running import run_extractor
from goldassay.tally.tally import Tally


@dataclass(frozen=True, slots=True)
class Scored:
    """A score file with the tallies it was divided from."""

    file: ScoreFile
    evaluation: Evaluation


OnInvalid = Literal["error", "drop", "repair"]
Ids = Literal["own", "gold"]
SCHEMA = 1
__all__ = [
    "Corpus",
    "Gold",
    "Scored",
    "check",
    "load_corpus",
    "load_gold",
    "run",
    "score",
    "score_predictions",
    "write_scores",
]


def score(
    predictions: str | Path | BinaryIO,
    gold: str | Path | Gold | None = None,
    *,
    layers: Sequence[str] | None = None,
    on_invalid: OnInvalid = "error",
    ids: Ids = "own",
    run: str | None = None,
    split: str | None = None,
) -> ScoreFile:
    """Score predictions as `goldassay score` does; the arguments are its options.

    Raises:
        InvalidDataError: The gold or the predictions have errors.
        UsageError: Something named does not exist.
    """
    loaded = gold if isinstance(gold, Gold) else load_gold(None if gold is None else Path(gold), split=split)
    source = Path(predictions) if isinstance(predictions, str) else predictions
    return score_predictions(source, loaded, layers=layers, on_invalid=on_invalid, ids=ids, run=run).file


def run(
    system: str, out: str | Path, *, gold: str | Path | Gold | None = None, timeout: float | None = None
) -> RunRecord:
    """Run an extractor over the documents of the gold as `goldassay run` does.

    Raises:
        UsageError: There is no such system, or the folder holds another system's run.
    """
    loaded = gold if isinstance(gold, Gold) else load_gold(None if gold is None else Path(gold))
    documents = [item.document for item in loaded.documents]
    return run_extractor(load_extractor(system), documents, out, timeout=timeout, corpus=corpus_record(loaded))


def corpus_record(gold: Gold) -> CorpusRecord:
    """What run.json says of the documents that were read."""
    return CorpusRecord(name=gold.name, version=gold.version, split=gold.split, fingerprint=gold.fingerprint)


def check(*files: str | Path) -> list[Finding]:
    """Every finding about these files, or about the corpus where none is named; empty if all is well."""
    if files:
        return check_files([Path(file) for file in files])
    return check_corpus(find_root())


def score_predictions(
    source: Path | BinaryIO,
    gold: Gold,
    *,
    layers: Sequence[str] | None = None,
    on_invalid: OnInvalid = "error",
    ids: Ids = "own",
    run: str | None = None,
    observe: Observer | None = None,
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
        observe: Called with each alignment, for error reports.

    Raises:
        InvalidDataError: The predictions have errors and `on_invalid` is `error`.
        UsageError: An unknown layer or run, or a file that cannot be read.
    """
    check_layers(layers)
    path, system = _system(source)
    documents = {item.document.doc_id: item.document for item in gold.documents}
    try:
        read = read_predictions(path, documents, on_invalid=on_invalid, ids=ids)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    if on_invalid == "error" and any(item.severity == "error" for item in read.findings):
        raise InvalidDataError(read.findings)
    predictions = _one_run(read, run)
    evaluation = evaluate(
        gold.documents, predictions, layers=layers, options=Options(gold_ids=ids == "gold"), observe=observe
    )
    signature = _signature(gold, evaluation, on_invalid=on_invalid, ids=ids, run=run)
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
            predictions_sha256=sha256(msgspec.json.encode(sorted(predictions.items()))).hexdigest(),
            tool=__version__,
            system=system,
            annotators=gold.annotators,
        ),
        scores=list(evaluation.scores),
        findings=list(read.findings),
    )
    return Scored(file, evaluation)


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
    where = f"{gold.name} {gold.version}, {gold.split}, {documents}"
    return [f"{'; '.join(found) or 'nothing scored'} on {where} [{short_signature(signature)}]"]


def _signature(gold: Gold, evaluation: Evaluation, *, on_invalid: str, ids: str, run: str | None) -> str:
    layers = dict.fromkeys(tally.layer for tally in evaluation.tallies)
    parts = {
        "corpus": gold.name,
        "data": gold.version,
        "split": gold.split,
        "fp": gold.fingerprint[:8],
        "match": "tiered.v1+identity.v1+facts.v1",
        "proposition-f1": f"{Options().proposition_f1:g}",
        "labels": "none",
        "trim": "none",
        "invalid": on_invalid,
        "ids": ids,
        **({"run": run} if run is not None else {}),
        "tool": __version__,
    }
    return format_signature("+".join(layers) or "none", parts)


def _system(source: Path | BinaryIO) -> tuple[Path | BinaryIO, SystemProvenance]:
    """The prediction file itself, and what its run.json says of the system."""
    if not isinstance(source, Path):
        return source, SystemProvenance()
    record = (source if source.is_dir() else source.parent) / "run.json"
    path = source / "predictions.jsonl" if source.is_dir() else source
    if not record.is_file() or path.name != "predictions.jsonl":
        return path, SystemProvenance()
    try:
        said = msgspec.json.decode(record.read_bytes(), type=RunHead).system
    except (msgspec.DecodeError, OSError):
        return path, SystemProvenance(note="its run.json cannot be read")
    return path, said


class RunHead(msgspec.Struct, frozen=True):
    """The part of run.json that a report shows."""

    system: SystemProvenance


def _one_run(read: PredictionFile, run: str | None) -> dict[str, Prediction]:
    runs = list(dict.fromkeys(item.run for item in read.predictions))
    if run is None and len(runs) > 1:
        names = ", ".join(sorted(str(name) for name in runs))
        raise UsageError(f"the file holds {len(runs)} runs ({names}); choose one with --run")
    if run is not None and run not in runs:
        raise UsageError(f"no run {run!r}; {suggest(run, [str(name) for name in runs])}")
    return {item.doc_id: item for item in read.predictions if item.run == (run if run is not None else item.run)}


def write_scores(folder: Path, scored: Scored) -> None:
    """Write score.json and tallies.jsonl (one line a layer, view and document) into a folder.

    Raises:
        UsageError: The folder cannot be written.
    """
    from goldassay.report.jsonfile import encode_score_file

    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "score.json").write_text(encode_score_file(scored.file), encoding="utf-8")
        with jsonlines.open(folder / "tallies.jsonl", "w", sort_keys=False) as writer:
            for tally in scored.evaluation.tallies:
                writer.write_all(tally_rows(tally))
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {error.strerror}") from error


def tally_rows(tally: Tally) -> Iterator[dict[str, object]]:
    """One row a document: every column as a list with one number a group."""
    for index, unit in enumerate(tally.units):
        counts = {name: column[index].tolist() for name, column in tally.counts.items()}
        yield {
            "layer": tally.layer,
            "view": tally.view,
            "doc_id": unit,
            "groups": list(tally.groups),
            "counts": counts,
        }
