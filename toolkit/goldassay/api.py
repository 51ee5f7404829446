"""L5: the public functions. The command line calls these and prints what they return."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from goldassay.checking import check_corpus, check_files
from goldassay.corpus.corpus import Corpus, load_corpus
from goldassay.corpus.locate import find_root
from goldassay.extract.registry import load_extractor
from goldassay.extract.runfile import CorpusRecord, RunRecord
from goldassay.gold import Gold, load_gold
from goldassay.model.finding import Finding
from goldassay.model.scorefile import ScoreFile
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
    trim: Sequence[str] = (),
    labels: str | Path | None = None,
    profile: str | None = None,
    resampling: Resampling | None = DEFAULT_RESAMPLING,
) -> ScoreFile:
    """Score predictions as `goldassay score` does; the arguments are its options.

    Raises:
        InvalidDataError: The gold or the predictions have errors.
        UsageError: Something named does not exist.
    """
    loaded = gold if isinstance(gold, Gold) else load_gold(None if gold is None else Path(gold), split=split)
    source = Path(predictions) if isinstance(predictions, str) else predictions
    return score_predictions(
        source,
        loaded,
        layers=layers,
        on_invalid=on_invalid,
        ids=ids,
        run=run,
        trim=trim,
        labels=labels,
        profile=profile,
        resampling=resampling,
    ).file


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
