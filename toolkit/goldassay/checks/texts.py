"""The texts that files are checked against where they bring none of their own: a corpus, a release, or gold lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldassay.checks.gathering import Gathered, gather_file
from goldassay.checks.kinds import Kind
from goldassay.corpus.corpus import by_doc_id, load_corpus
from goldassay.corpus.layout import DOCUMENTS, find_splits, row_file
from goldassay.corpus.locate import find_root, split_source
from goldassay.corpus.releases import load_release
from goldassay.errors import NoCorpusError, UsageError
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding

Splits = Sequence[Mapping[str, Document]]
"""The documents of each file of documents: predictions answer whole splits."""

_AGAINST_TEXTS = frozenset({"predictions", "entities", "stances", "numeric_facts", "hard_negatives"})


@dataclass(frozen=True, slots=True)
class Texts:
    """What is at hand to check against; all empty where nothing was found.

    root    the checkout that the texts are of, if they are of one as it is now
    splits  documents by id, a mapping for each split
    file    a file of gold lines, to be checked along with the others and to give the texts
    named   whether they were asked for by name, and so come before any other texts
    """

    root: Path | None = None
    splits: Splits = ()
    file: Path | None = None
    named: bool = False


def find_texts(gold: Path | None = None) -> Texts:
    """The texts of the gold named (a checkout, a release, a file of gold lines), or of the corpus found by itself.

    Without a name, and without a corpus, there are none.

    Raises:
        UsageError: There is no gold of that name.
        InvalidDataError: The release named is not what it was.
    """
    source, version = split_source(gold)
    if source is not None and source.is_file():
        if version is not None:
            raise UsageError("a file of gold lines has no releases; name a checkout, or leave the version out")
        return Texts(file=source, named=True)
    require_gold(source)
    if gold is None:
        try:
            root = find_root()
        except NoCorpusError:
            return Texts()
    else:
        root = find_root(source, option="--gold")
    if version is None:
        return Texts(root=root, splits=read_splits(root), named=gold is not None)
    names = load_release(root, version).splits
    released = [by_doc_id(load_corpus(root, split=name, version=version).documents) for name in names]
    return Texts(splits=released, named=True)


def require_gold(place: Path | None) -> None:
    """Nothing, unless a place was named where there is no file or folder.

    Raises:
        UsageError: There is none.
    """
    if place is not None and not place.exists():
        raise UsageError(f"no gold at {place}; name a checkout, a release or a JSONL file of gold lines")


def read_splits(root: Path) -> Splits:
    """The documents of a checkout that can be read; what is wrong with the others is told where it is checked."""
    gathered = Gathered()
    for split in find_splits(root):
        gather_file(gathered, root / row_file(DOCUMENTS, split), "documents")
    return splits_of(gathered)


def splits_of(gathered: Gathered) -> list[dict[str, Document]]:
    """The documents gathered, a mapping for each file they came from."""
    splits: dict[str, dict[str, Document]] = {}
    for doc_id, placed in gathered.rows["documents"].items():
        if isinstance(placed.row, Document):
            splits.setdefault(placed.file, {})[doc_id] = placed.row
    return list(splits.values())


def tell_unchecked(kinds: Mapping[Path, Kind]) -> Iterator[Finding]:
    """E308 for each file that would have been checked against texts, had there been any."""
    for file, kind in kinds.items():
        if kind in _AGAINST_TEXTS:
            found, expected = "no gold", "the gold that the file is about"
            yield finding("E308", found=found, expected=expected, file=str(file))
