"""The hard negatives of a corpus: a list beside the layers, of no weight in any score."""

from pathlib import Path

from goldassay.corpus.layout import SPLIT
from goldassay.errors import InvalidDataError
from goldassay.formats.jsonl import read_rows
from goldassay.model.finding import Finding
from goldassay.model.hard_negatives import HardNegativesRow

FOLDER = Path("annotations") / "hard_negatives"


def read_hard_negatives(root: Path, split: str = SPLIT) -> dict[str, HardNegativesRow]:
    """The hard negatives of a split by document; none if the corpus lists none.

    Raises:
        InvalidDataError: A line cannot be read.
    """
    path = root / FOLDER / f"{split}.jsonl"
    findings: list[Finding] = []
    rows: dict[str, HardNegativesRow] = {}
    for row in read_rows(path, HardNegativesRow) if path.is_file() else ():
        findings += row.findings
        if row.value is not None:
            rows[row.value.doc_id] = row.value
    if findings:
        raise InvalidDataError(findings)
    return rows
