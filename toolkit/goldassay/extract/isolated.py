"""Python extractors by name, run in a worker process of their own."""

import subprocess
import sys

import msgspec

from goldassay.extract.base import UnknownSystemError
from goldassay.extract.command import Command
from goldassay.extract.registry import SHIPPED, shipped_labels
from goldassay.extract.runfile import SystemRecord
from goldassay.extract.worker import UNKNOWN_SYSTEM
from goldassay.model.printable import printable

_DESCRIBE_SECONDS = 300


def isolated(spec: str) -> Command:
    """The system of this name as a command: a worker of this Python interpreter that loads it.

    A foreign function is imported only in the worker, which says what it covers.

    Raises:
        UnknownSystemError: There is none, or it cannot be loaded.
    """
    if spec in SHIPPED:
        return Command(argv=_worker(spec), own=True, **shipped_labels(spec))
    record = _ask_for_description(spec)
    return Command(
        name=record.name,
        argv=_worker(spec),
        own=True,
        version=record.version,
        layers=frozenset(record.layers),
        seen_seeds=record.seen_seeds,
        family=record.family,
        note=record.note,
        packages=tuple(record.packages),
        code=record.code,
    )


def _worker(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-P", "-m", "goldassay.extract.worker", *arguments)


def _ask_for_description(spec: str) -> SystemRecord:
    try:
        done = subprocess.run(  # noqa: S603  # our own worker
            _worker("--describe", spec),
            check=False,
            capture_output=True,
            timeout=_DESCRIBE_SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise UnknownSystemError(f"{spec!r} did not load within {_DESCRIBE_SECONDS} s") from None
    said = done.stderr.decode("utf-8", errors="replace").strip()
    if done.returncode != 0:
        last = printable(said.splitlines()[-1] if said else f"exit code {done.returncode}", 400)
        raise UnknownSystemError(last if done.returncode == UNKNOWN_SYSTEM else f"{spec!r} cannot be loaded: {last}")
    return msgspec.json.decode(done.stdout, type=SystemRecord)
