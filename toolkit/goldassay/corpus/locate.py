"""Where the corpus lies: named outright, in the checkout around the working folder, by environment, or installed."""

import os
from collections.abc import Mapping
from pathlib import Path

from goldassay.corpus.version import parse_version
from goldassay.errors import UsageError

MARKER = Path("corpus") / "manifest.json"
"""The file that makes a folder the root of a corpus."""

VARIABLE = "GOLDASSAY_ROOT"
CORPUS = "corpus"
"""The name of the corpus found by itself, as in `--gold corpus@1.0.0`."""
INSTALLED = Path(__file__).resolve().parents[1] / "_data"
"""The release inside the installed package; a checkout does not have it."""


def is_root(folder: Path) -> bool:
    """Whether a folder is the root of a corpus."""
    return (folder / MARKER).is_file()


def find_checkout(start: Path | None = None) -> Path | None:
    """The nearest root at or above a folder, by default the working folder; null if there is none."""
    folder = (start or Path.cwd()).resolve()
    return next((place for place in (folder, *folder.parents) if is_root(place)), None)


def find_root(
    gold: Path | None = None, *, start: Path | None = None, environment: Mapping[str, str] | None = None
) -> Path:
    """The root of the corpus to use.

    Args:
        gold: a root named outright (`--gold`); nothing else is tried then.
        start: the folder from which a checkout is looked for upwards; by default the working folder.
        environment: by default the process's own.

    Raises:
        UsageError: The folder named outright or by GOLDASSAY_ROOT is no root, or there is none anywhere.
    """
    if gold is not None:
        return _require(gold, "--gold")
    checkout = find_checkout(start)
    if checkout is not None:
        return checkout
    named = (os.environ if environment is None else environment).get(VARIABLE)
    if named:
        return _require(Path(named), VARIABLE)
    if is_root(INSTALLED):
        return INSTALLED
    raise UsageError(
        f"no corpus: no {MARKER.as_posix()} at or above {(start or Path.cwd()).resolve()}, {VARIABLE} is not set, and "
        "the installed package carries none; name one with --gold"
    )


def split_source(source: Path | str | None) -> tuple[Path | None, str | None]:
    """The root and the release that a source names, each null where it names none.

    `corpus` is the corpus that `find_root` finds; a file or folder whose name looks like a release is what it is.

    >>> split_source("corpus@1.0.0"), split_source("1.0.0"), split_source("corpus")
    ((None, '1.0.0'), (None, '1.0.0'), (None, None))
    """
    if source is None:
        return None, None
    name = os.fspath(source)
    if name == CORPUS and not Path(name).is_file() and not is_root(Path(name)):
        return None, None
    if Path(name).exists():
        return Path(name), None
    if parse_version(name) is not None:
        return None, name
    place, _, version = name.rpartition("@")
    if parse_version(version) is None:
        return Path(name), None
    return (None if place in ("", CORPUS) else Path(place)), version


def _require(folder: Path, name: str) -> Path:
    if is_root(folder):
        return folder.resolve()
    raise UsageError(f"{name} {folder}: no corpus there, {MARKER.as_posix()} is missing")
