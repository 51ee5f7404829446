"""A build in a copy of what it reads and writes, so that a build that fails has changed nothing."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import msgspec

from goldassay.errors import InvalidDataError
from goldassay.formats.files import write_atomically
from goldassay.model.finding import Finding


def write_staged(
    root: Path, places: Sequence[Path], files: Mapping[Path, bytes], build: Callable[[Path], None]
) -> list[Path]:
    """Put files in place, build, and bring back what is new: all of it, or nothing if the build raises.

    Args:
        root: The checkout.
        places: The files and folders, relative to the root, that the build reads and writes; no others are copied.
        files: New content by path from the root, written first and in this order.
        build: Writes into the root it is given, which is the copy.

    Returns:
        The paths that were written or removed, relative to the root.

    Raises:
        InvalidDataError: The build found errors; their places are those of the checkout.
    """
    with tempfile.TemporaryDirectory(prefix="goldassay-") as folder:
        stage = Path(folder).resolve()
        before = _copy(root, stage, places)
        for path, content in files.items():
            (stage / path).parent.mkdir(parents=True, exist_ok=True)
            write_atomically(stage / path, [content])
        with _findings_of(root, stage):
            build(stage)
        after = {path: _hash(stage / path) for path in _list(stage, places)}
        changed = [path for path in dict.fromkeys([*files, *sorted(after)]) if after[path] != before.get(path)]
        for path in changed:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            write_atomically(root / path, [(stage / path).read_bytes()])
        gone = sorted(before.keys() - after.keys())
        for path in gone:
            (root / path).unlink(missing_ok=True)
    return [*changed, *gone]


def _copy(root: Path, stage: Path, places: Sequence[Path]) -> dict[Path, str]:
    """Copy the places; returns the hash of each file. What others change meanwhile in the root is not touched later."""
    hashes = {}
    for path in _list(root, places):
        content = (root / path).read_bytes()
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        (stage / path).write_bytes(content)
        hashes[path] = sha256(content).hexdigest()
    return hashes


def _list(root: Path, places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        found = root / place
        for path in sorted(found.rglob("*")) if found.is_dir() else [found]:
            if path.is_file():
                yield path.relative_to(root)


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


@contextmanager
def _findings_of(root: Path, stage: Path) -> Iterator[None]:
    try:
        yield
    except InvalidDataError as error:
        raise InvalidDataError([_move(item, root, stage) for item in error.findings]) from error


def _move(item: Finding, root: Path, stage: Path) -> Finding:
    file = item.where.file
    if file is None or not Path(file).is_relative_to(stage):
        return item
    moved = str(root / Path(file).relative_to(stage))
    return msgspec.structs.replace(item, where=msgspec.structs.replace(item.where, file=moved))
