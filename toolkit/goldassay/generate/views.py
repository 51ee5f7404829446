"""The generated views `corpus/full` and `corpus/tokens`: made from the documents and layers, never edited."""

from pathlib import Path

from goldassay.corpus.corpus import load_corpus
from goldassay.corpus.layout import VIEWS, find_splits, view_file
from goldassay.corpus.tables import config_rows
from goldassay.errors import InvalidDataError
from goldassay.formats.files import write_atomically
from goldassay.formats.jsonl import encode_row
from goldassay.model.finding import Finding, finding


def render_views(root: Path) -> dict[Path, bytes]:
    """The files of the views with their bytes; a view without rows has no file.

    Raises:
        InvalidDataError: A row cannot be read.
    """
    files: dict[Path, bytes] = {}
    for split in find_splits(root):
        corpus = load_corpus(root, split=split)
        for name in VIEWS:
            rows = config_rows(corpus, name)
            if rows:
                files[view_file(name, split)] = b"".join(encode_row(row) + b"\n" for row in rows)
    return files


def write_views(root: Path) -> None:
    """Write the views anew and remove those of splits that are gone.

    Raises:
        InvalidDataError: A row cannot be read; nothing is written.
    """
    files = render_views(root)
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(root / path, [content])
    for path in _present(root) - files.keys():
        (root / path).unlink()


def check_views(root: Path) -> list[Finding]:
    """E608 for each file of a view that is missing, of other content, or of no split; none where rows are unreadable.

    (The manifest's check lists those.)
    """
    try:
        files = render_views(root)
    except InvalidDataError:
        return []
    stale = []
    for path in sorted(files.keys() | _present(root)):
        content = (root / path).read_bytes() if (root / path).is_file() else None
        if content != files.get(path):
            found = "no file" if content is None else "rows of another state of the gold"
            expected = "what the documents and layers give" if path in files else "no such file"
            stale.append(finding("E608", found=found, expected=expected, file=path.as_posix()))
    return stale


def _present(root: Path) -> set[Path]:
    return {path.relative_to(root) for name in VIEWS for path in (root / "corpus" / name).glob("*.jsonl")}
