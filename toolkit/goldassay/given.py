"""L5: gold and lines as public functions take them: paths, streams, lists of dicts."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import TextIOBase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, TypeAlias, cast

import msgspec

from goldassay.errors import InvalidDataError, UsageError
from goldassay.formats.python_lines import Lines, encode_objects
from goldassay.gold import Gold, load_gold
from goldassay.model.finding import Finding
from goldassay.scoring import NamedBytes

AnyGold: TypeAlias = str | os.PathLike[str] | Gold | None
"""Gold as functions take it: a path, a release by name (`corpus@1.0.0`), what `load_gold` gave; null for the corpus."""


@contextmanager
def placed_lines(*files: Lines) -> Iterator[list[Path]]:
    """The files as paths; findings about what is no file name it `<lines N>`."""
    with TemporaryDirectory() as folder:
        paths = [place_lines(file, number, Path(folder)) for number, file in enumerate(files, start=1)]
        names = {str(path): f"<lines {n}>" for n, path in enumerate(paths, start=1) if path.is_relative_to(folder)}
        try:
            yield paths
        except InvalidDataError as error:
            raise InvalidDataError([rename_file(item, names) for item in error.findings]) from None


def place_lines(file: Lines, number: int, folder: Path) -> Path:
    """Where a file is; what is none is written into the folder."""
    source = open_lines(file)
    if isinstance(source, Path):
        return source
    path = folder / f"{number}.jsonl"
    path.write_bytes(source.read())
    return path


def rename_file(item: Finding, names: Mapping[str, str]) -> Finding:
    """A finding about a file under the name that the caller knows it by."""
    where = item.where
    if where.file is None or where.file not in names:
        return item
    return msgspec.structs.replace(item, where=msgspec.structs.replace(where, file=names[where.file]))


def load_given(gold: AnyGold, split: str | None = None) -> Gold:
    """The gold that was given; that of the corpus for null.

    Raises:
        UsageError: It is of a kind that is no gold.
    """
    if isinstance(gold, Gold):
        return gold
    if gold is not None and not isinstance(gold, (str, os.PathLike)):
        raise UsageError(
            f"gold: found a {type(gold).__name__}, expected a path, the name of a release such as 'corpus@1.0.0', "
            "or what load_gold gives"
        )
    return load_gold(None if gold is None else Path(gold), split=split)


def open_lines(lines: object) -> Path | BinaryIO:
    """A path, or a stream of lines."""
    if isinstance(lines, (str, os.PathLike)):
        return Path(lines)
    if hasattr(lines, "read") and not isinstance(lines, TextIOBase):
        return cast(BinaryIO, lines)
    return NamedBytes(encode_objects(lines), "<lines>")
