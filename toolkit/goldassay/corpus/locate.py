"""Where the corpus lies: named outright, around the working folder, by environment, or with the package."""

import os
from collections.abc import Mapping
from pathlib import Path

from goldassay.corpus.version import parse_version
from goldassay.errors import NoCorpusError, UsageError

MARKER = Path("corpus") / "manifest.json"
"""The file that makes a folder the root of a corpus."""

VARIABLE = "GOLDASSAY_ROOT"
CORPUS = "corpus"
"""The name of the corpus found by itself, as in `--gold corpus@1.0.0`."""
INSTALLED = Path(__file__).resolve().parents[1] / "_data"
"""The release inside the installed package; a checkout does not have it."""
HOME = Path(__file__).resolve().parents[3]
"""The checkout that an editable install lies in; for an installed package a folder without a corpus."""


def is_root(folder: Path) -> bool:
    """Whether a folder is the root of a corpus."""
    return (folder / MARKER).is_file()


def find_checkout(start: Path | None = None) -> Path | None:
    """The nearest root at or above a folder, by default the working folder; null if there is none."""
    folder = (start or Path.cwd()).resolve()
    return next((place for place in (folder, *folder.parents) if is_root(place)), None)


def find_root(
    gold: Path | None = None,
    *,
    start: Path | None = None,
    environment: Mapping[str, str] | None = None,
    option: str | None = None,
) -> Path:
    """The root of the corpus to use.

    The first of: the one named outright, the checkout around the working folder, the one that the environment names,
    the release inside the installed package, the checkout that the package itself lies in.

    Args:
        gold: a root named outright; nothing else is tried then.
        start: the folder from which a checkout is looked for upwards; by default the working folder.
        environment: by default the process's own.
        option: the option of the command line that gives `gold`, so that messages can name it.

    Raises:
        UsageError: The folder named outright or by GOLDASSAY_ROOT is no root.
        NoCorpusError: There is none anywhere.
    """
    if gold is not None:
        return _require(gold, option)
    checkout = find_checkout(start)
    if checkout is not None:
        return checkout
    named = (os.environ if environment is None else environment).get(VARIABLE)
    if named:
        return _require(Path(named), VARIABLE)
    for place in (INSTALLED, HOME):
        if is_root(place):
            return place
    outright = "" if option is None else f", or name one with {option}"
    raise NoCorpusError(
        f"no corpus: no {MARKER.as_posix()} at or above {(start or Path.cwd()).resolve()}, {VARIABLE} is not set, and "
        f"the package carries none; work inside a checkout, set {VARIABLE} to one{outright}"
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


def _require(folder: Path, name: str | None) -> Path:
    if is_root(folder):
        return folder.resolve()
    said = folder if name is None else f"{name} {folder}"
    raise UsageError(f"{said}: no corpus there, {MARKER.as_posix()} is missing")
