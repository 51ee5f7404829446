"""What is found when two golds are compared, as records."""

from typing import Any, Literal

from goldassay.model.record import Record

By = Literal["content", "id"]
Side = Literal["removed", "added"]
"""Only in the first gold, only in the second."""


class ItemChange(Record, frozen=True, kw_only=True):
    """One item that is not what it was.

    kind    the list that it stands in (`mentions`)
    id      its id in the first gold; of an added one in the second
    before  the item as it was, null if it was not there; of a changed one the changed fields alone
    after   the item as it is, likewise; ids of items of both golds are those of the first, other ids end in ` (new)`
    """

    layer: str
    kind: str
    doc_id: str
    id: str
    change: Literal["added", "removed", "changed"]
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


class LayerChange(Record, frozen=True, kw_only=True):
    """A layer that is annotated in a document of one gold alone, with items or without."""

    layer: str
    doc_id: str
    change: Side


class DocumentChange(Record, frozen=True, kw_only=True):
    """A document of one gold alone, or the fields of one of both that differ, before and after."""

    doc_id: str
    change: Literal["added", "removed", "changed"]
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


class KindCount(Record, frozen=True, kw_only=True):
    """How many items of a kind there are in both golds, and how many of them differ.

    renamed  items of both golds that have another id, whether they differ or not; no difference by itself
    """

    layer: str
    kind: str
    before: int = 0
    after: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    renamed: int = 0


class GoldDifference(Record, frozen=True, kw_only=True):
    """Two golds compared.

    a, b       what they are called
    by         whether items were paired by what they say or by their ids alone
    shared     how many documents both have
    counts     for each kind of item that either has
    documents  documents of one side, and those whose fields differ
    layers     layers of one side, in documents of both
    changes    items
    """

    a: str
    b: str
    by: By
    shared: int
    counts: tuple[KindCount, ...]
    documents: tuple[DocumentChange, ...]
    layers: tuple[LayerChange, ...]
    changes: tuple[ItemChange, ...]

    @property
    def differences(self) -> int:
        """Differences in annotations: items, layers and documents of one side, and other texts under one id."""
        texts = sum("text" in (one.before or ()) for one in self.documents if one.change == "changed")
        alone = sum(one.change != "changed" for one in self.documents)
        return len(self.changes) + len(self.layers) + alone + texts
