"""L4: what a system is called; every table calls it the same."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from goldassay.model.printable import printable
from goldassay.model.scorefile import SystemProvenance

PREDICTIONS = "predictions.jsonl"
_LIMIT = 200


class _RunHead(msgspec.Struct, frozen=True):
    """The part of run.json that names the system."""

    system: SystemProvenance


class _ScoreHead(msgspec.Struct, frozen=True):
    """The part of a score file that names the system."""

    provenance: _RunHead


def describe_system(path: Path) -> SystemProvenance:
    """What is known of the system whose predictions are in a file; it always has a name.

    The name is what `told_name` finds, else that of the folder; a file that is not called `predictions.jsonl` is called
    after itself.
    """
    if path.name != PREDICTIONS:
        return SystemProvenance(name=_plain(path.name))
    folder = path.resolve().parent
    known, unreadable = _read_run(path)
    note = "its run.json cannot be read" if unreadable else known.note
    return msgspec.structs.replace(known, name=told_name(path) or _plain(folder.name or str(folder)), note=note)


def told_name(path: Path) -> str | None:
    """What run.json beside `predictions.jsonl` calls the system, else what score.json of `score --out` there does."""
    if path.name != PREDICTIONS:
        return None
    name = _read_run(path)[0].name or _read_score(path)
    return _plain(name) if name else None


def name_system(source: Path, files: Sequence[Path]) -> str:
    """What a source of one or several prediction files is called: as all its runs are, else after its folder."""
    names = {describe_system(file).name or "" for file in files}
    return names.pop() if len(names) == 1 else _plain(source.resolve().name or str(source))


def name_runs(source: Path, files: Sequence[Path], name: str | None = None) -> list[str]:
    """What each run of a source is called where all are shown side by side.

    Runs of several systems are called as these are; runs of one system also after their folders.

    Args:
        source: The file or folder.
        files: Its prediction files.
        name: What to call the source, instead of what is known.
    """
    told = [told for path in files if (told := told_name(path))]
    if name is None and len(set(told)) == len(files) > 1:
        return told
    base = name or name_system(source, files)
    return [base if len(files) == 1 else f"{base}/{_plain(path.parent.name)}" for path in files]


def _read_run(predictions: Path) -> tuple[SystemProvenance, bool]:
    """What run.json says, and whether it is there but cannot be read."""
    path = predictions.parent / "run.json"
    if not path.is_file():
        return SystemProvenance(), False
    try:
        return msgspec.json.decode(path.read_bytes(), type=_RunHead).system, False
    except (msgspec.DecodeError, OSError):
        return SystemProvenance(), True


def _read_score(predictions: Path) -> str | None:
    try:
        return msgspec.json.decode(
            (predictions.parent / "score.json").read_bytes(), type=_ScoreHead
        ).provenance.system.name
    except (msgspec.DecodeError, OSError):
        return None


def _plain(name: str) -> str:
    return printable(name, _LIMIT)
