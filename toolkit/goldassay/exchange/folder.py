"""Folders that a conversion wrote, told by a list of their files, so that a repetition replaces these and no others."""

import re
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path

from goldassay.errors import UsageError
from goldassay.formats.files import write_atomically
from goldassay.model.printable import printable

LIST = ".goldassay-convert"
"""The list in the folder, a line a file, as `sha256sum` writes it and `sha256sum -c` checks it."""

_LINE = re.compile(r"([0-9a-f]{64})  ([^/\\\x00]+)")


def check_folder(folder: Path, force: bool) -> None:
    """Refuse a folder with files in it, unless a conversion wrote it and `force` says that it may be replaced.

    Raises:
        UsageError: With files that no conversion wrote, without `force`, or with files edited since.
    """
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    listed = read_list(folder)
    if listed is None:
        raise UsageError(f"{folder} is a folder with files in it that convert did not write; choose another name")
    if not force:
        raise UsageError(f"{folder} was written before; choose another name, or replace its files with --force")
    for name, hashes in listed.items():
        path = folder / name
        if _is_there(path) and not _is_one_of(path, hashes):
            raise UsageError(f"{path} was changed since convert wrote it; move it away, or choose another name")


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a folder that `check_folder` passed, with the list of them.

    What an earlier conversion wrote and this one does not is deleted; no other file is touched.

    Raises:
        UsageError: A file that no conversion wrote has the name of one to write. Nothing is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = read_list(folder) or {}
    foreign = sorted(name for name in files if name not in before and _is_there(folder / name))
    if foreign:
        raise UsageError(f"{folder / foreign[0]} is in the way and convert did not write it; choose another name")
    after = {name: {_hash(content)} for name, content in files.items()}
    # Until all is written the list has old files and new, so that a conversion that was broken off can be repeated.
    _write_list(folder, {name: before.get(name, set()) | after.get(name, set()) for name in before.keys() | after})
    for name in before.keys() - files.keys():
        if _is_one_of(folder / name, before[name]):
            (folder / name).unlink()
    for name, content in sorted(files.items()):
        write_atomically(folder / name, [content])
    _write_list(folder, after)


def read_list(folder: Path) -> dict[str, set[str]] | None:
    """The hashes of the files that a conversion wrote, by name; null where no conversion says so.

    Raises:
        UsageError: The list is none.
    """
    path = folder / LIST
    if path.is_symlink() or not path.is_file():
        return None
    found: dict[str, set[str]] = {}
    for line in path.read_bytes().decode("utf-8", errors="replace").splitlines():
        match = _LINE.fullmatch(line)
        if match is None or match[2] in (".", "..", LIST):
            raise UsageError(f"{printable(str(path))} is no list of files; delete the folder, or choose another name")
        found.setdefault(match[2], set()).add(match[1])
    return found


def _write_list(folder: Path, hashes: Mapping[str, Collection[str]]) -> None:
    lines = [f"{digest}  {name}\n" for name in sorted(hashes) for digest in sorted(hashes[name])]
    write_atomically(folder / LIST, ["".join(lines).encode()])


def _is_there(path: Path) -> bool:
    """Also a link that leads nowhere, through which a file would be written elsewhere."""
    return path.exists() or path.is_symlink()


def _is_one_of(path: Path, hashes: Collection[str]) -> bool:
    return path.is_file() and not path.is_symlink() and _hash(path.read_bytes()) in hashes


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
