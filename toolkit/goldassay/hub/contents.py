"""What a corpus holds, counted: for the papers that say how many documents there are and in which languages."""

from dataclasses import dataclass
from pathlib import Path

from goldassay.corpus.corpus import read_layer
from goldassay.corpus.layout import DOCUMENTS, find_splits
from goldassay.model.document import Document
from goldassay.model.finding import Finding

_SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"))


@dataclass(frozen=True, slots=True)
class Contents:
    """The number of documents in all splits, and their languages as BCP 47 tags, sorted.

    >>> Contents(2, ("en",)).size, Contents(1, ("en",)).articles
    ('n<1K', '1 news article')
    """

    documents: int
    languages: tuple[str, ...]

    @property
    def size(self) -> str:
        """The class of size that the Hugging Face Hub sorts data sets by."""
        return next((name for limit, name in _SIZES if self.documents < limit), "n>1M")

    @property
    def articles(self) -> str:
        """Their number in words."""
        return f"{self.documents} news article{'' if self.documents == 1 else 's'}"


def count_contents(root: Path) -> Contents:
    """Count what can be read; rows that cannot be are findings of the manifest."""
    ignored: list[Finding] = []
    found = [one for split in find_splits(root) for one in read_layer(root, DOCUMENTS, split, Document, ignored)]
    return Contents(len(found), tuple(sorted({one.language for one in found})))
