"""Which files a corpus is made of, and which records they hold."""

from pathlib import Path
from typing import TypeAlias

from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.labels import LAYERS
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.stances import StancesRow

LayerRow: TypeAlias = EntitiesRow | StancesRow | NumericFactsRow
AnyRow: TypeAlias = Document | LayerRow

DOCUMENTS = "documents"
RECORDS: dict[str, type[AnyRow]] = {
    DOCUMENTS: Document,
    "entities": EntitiesRow,
    "stances": StancesRow,
    "numeric_facts": NumericFactsRow,
}
"""The documents and each layer with the record of one line."""

SEEDS = Path("corpus") / "seeds"
METADATA = SEEDS / "metadata.yaml"
SPLIT = "validation"
"""The split of the seed texts, and the one loaded where none is named."""

VIEWS = ("full", "tokens")
"""Generated of the rows. They hold the texts, so they stand under corpus/, whose rights are not those of annotations/.
"""


def row_file(name: str, split: str) -> Path:
    """The file of the documents or of a layer, relative to the root.

    >>> row_file("stances", "validation").as_posix()
    'annotations/stances/validation.jsonl'
    """
    folder = Path("corpus") / DOCUMENTS if name == DOCUMENTS else Path("annotations") / name
    return folder / f"{split}.jsonl"


def view_file(name: str, split: str) -> Path:
    """The file of a generated view, relative to the root.

    >>> view_file("tokens", "validation").as_posix()
    'corpus/tokens/validation.jsonl'
    """
    return Path("corpus") / name / f"{split}.jsonl"


def find_splits(root: Path) -> list[str]:
    """The names of the splits that have documents, sorted."""
    return sorted(path.stem for path in (root / row_file(DOCUMENTS, SPLIT)).parent.glob("*.jsonl"))


__all__ = [
    "DOCUMENTS",
    "LAYERS",
    "METADATA",
    "RECORDS",
    "SEEDS",
    "SPLIT",
    "VIEWS",
    "AnyRow",
    "LayerRow",
    "find_splits",
    "row_file",
    "view_file",
]
