"""L5: the predictions that a gate compares with: whether there are any, and writing the first."""

from pathlib import Path

from goldassay.errors import UsageError
from goldassay.formats.files import write_atomically
from goldassay.systems import PREDICTIONS, prediction_files


def has_predictions(baseline: Path) -> bool:
    """Whether there is a baseline to read; a folder that is not there, or empty, is none yet (hidden files aside)."""
    return baseline.is_file() or (
        baseline.is_dir() and any(not path.name.startswith(".") for path in baseline.iterdir())
    )


def write_baseline(run: Path, baseline: Path) -> Path:
    """Copy a run's predictions: to the file, if the name ends in .jsonl, else into the folder.

    Raises:
        UsageError: Several runs do not fit one file, or nothing can be written there.
    """
    files = prediction_files(run)
    if baseline.suffix == ".jsonl":
        if len(files) > 1:
            raise UsageError(f"{run} holds {len(files)} runs; name a folder as --baseline instead of {baseline}")
        targets = [baseline]
    elif len(files) == 1:
        targets = [baseline / PREDICTIONS]
    else:
        targets = [baseline / file.parent.name / PREDICTIONS for file in files]
    try:
        for file, target in zip(files, targets, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(target, [file.read_bytes()])
    except OSError as error:
        raise UsageError(f"cannot write the baseline {baseline}: {error.strerror}") from error
    return baseline
