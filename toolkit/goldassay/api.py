"""L5: the public functions. The command line calls these and prints what they return."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from goldassay.checking import check_files, check_gold
from goldassay.checks.texts import find_texts
from goldassay.corpus.corpus import Corpus, load_corpus
from goldassay.errors import UsageError
from goldassay.extract.registry import load_extractor
from goldassay.extract.runfile import CorpusRecord, RunRecord
from goldassay.formats.python_lines import Lines
from goldassay.given import AnyGold, load_given, open_lines, place_lines, rename_file
from goldassay.gold import Gold, load_gold
from goldassay.model.finding import Finding
from goldassay.model.scorefile import ScoreFile
from goldassay.report.frames import to_pandas
from goldassay.resampling import Resampling
from goldassay.running import run_extractor
from goldassay.score_files import write_scores
from goldassay.scoring import DEFAULT_RESAMPLING, Ids, OnInvalid, Scored, score_predictions

__all__ = [
    "Corpus",
    "Gold",
    "Resampling",
    "Scored",
    "check",
    "load_corpus",
    "load_gold",
    "run",
    "score",
    "score_predictions",
    "to_pandas",
    "write_scores",
]


def score(
    predictions: Lines,
    gold: AnyGold = None,
    *,
    layers: Sequence[str] | None = None,
    on_invalid: OnInvalid = "error",
    ids: Ids = "own",
    run: str | None = None,
    split: str | None = None,
    trim: Sequence[str] = (),
    labels: str | Path | None = None,
    profile: str | None = None,
    resampling: Resampling | None = DEFAULT_RESAMPLING,
) -> ScoreFile:
    """Score predictions as `goldassay score` does; the arguments are its options.

    Predictions are a JSONL file, the folder of a run, a stream opened in binary mode, or a list of dicts, one a
    document, as they would stand in the lines of the file.

    Raises:
        InvalidDataError: The gold or the predictions have errors.
        UsageError: Something named does not exist, or is of a kind that cannot be read.

    >>> lines = [{"doc_id": "seed-000", "mentions": []}, {"doc_id": "seed-002", "mentions": []}]
    >>> found = {item.measure: item.value for item in score(lines, resampling=None).scores if item.group == "all"}
    >>> found["entities.recall(match=strict,view=names,avg=micro)"]
    0.0
    """
    return score_predictions(
        open_lines(predictions),
        load_given(gold, split),
        layers=layers,
        on_invalid=on_invalid,
        ids=ids,
        run=run,
        trim=trim,
        labels=labels,
        profile=profile,
        resampling=resampling,
    ).file


def run(system: str, out: str | os.PathLike[str], *, gold: AnyGold = None, timeout: float | None = None) -> RunRecord:
    """Run an extractor over the documents of the gold as `goldassay run` does.

    Raises:
        UsageError: There is no such system, or the folder holds another system's run.
    """
    loaded = load_given(gold)
    documents = [item.document for item in loaded.documents]
    return run_extractor(load_extractor(system), documents, out, timeout=timeout, corpus=corpus_record(loaded))


def corpus_record(gold: Gold) -> CorpusRecord:
    """What run.json says of the documents that were read."""
    return CorpusRecord(name=gold.name, version=gold.version, split=gold.split, fingerprint=gold.fingerprint)


def check(*files: Lines, gold: str | os.PathLike[str] | None = None) -> list[Finding]:
    """Every finding about these files, or about the gold where none is named; empty if all is well.

    As `goldassay check` does: texts and offsets are checked against the documents among the files, else against the
    gold. A file may also be a stream opened in binary mode, or a list of dicts, one a line of JSONL.

    Raises:
        InvalidDataError: The release to check against is not what it was.
        UsageError: Something is of a kind that cannot be read, or is not there.

    >>> found = check([{"doc_id": "seed-000", "mentions": [{"start": 5, "end": 2, "type": "GPE"}]}])
    >>> [(item.code, item.where.file, item.where.doc_id) for item in found]
    [('E201', '<lines 1>', 'seed-000'), ('E305', '<lines 1>', 'seed-002')]
    """
    named = None if gold is None else Path(gold)
    if not files:
        return check_gold(named)
    with TemporaryDirectory() as folder:
        placed = {place_lines(file, number, Path(folder)): number for number, file in enumerate(files, start=1)}
        try:
            found = check_files(list(placed), texts=find_texts(named))
        except OSError as error:
            raise UsageError(f"cannot read {error.filename}: {error.strerror}") from error
        names = {str(path): f"<lines {number}>" for path, number in placed.items() if path.is_relative_to(folder)}
    return [rename_file(item, names) for item in found]
