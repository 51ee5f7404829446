"""The gold of the checkout as it is now, as plain rows that can be compared with a release."""

from pathlib import Path

import msgspec

from goldassay.corpus.corpus import read_layer
from goldassay.corpus.layout import RECORDS, find_splits, row_file
from goldassay.corpus.release_diff import Tables
from goldassay.corpus.release_files import encode_tables
from goldassay.errors import InvalidDataError
from goldassay.formats.jsonl import encode_row
from goldassay.model.finding import Finding, finding


def read_present(root: Path) -> Tables:
    """The rows of all files, in canonical form.

    Raises:
        InvalidDataError: A row cannot be read.
    """
    findings: list[Finding] = []
    tables: Tables = {}
    for split in find_splits(root):
        for layer, record in RECORDS.items():
            if (root / row_file(layer, split)).is_file():
                rows = read_layer(root, layer, split, record, findings)
                tables[layer, split] = {row.doc_id: msgspec.json.decode(encode_row(row)) for row in rows}
    if findings:
        raise InvalidDataError(findings)
    return tables


def check_canonical(root: Path, tables: Tables) -> list[Finding]:
    """E608 for each file whose bytes are not those its rows are written as: a release could not be rebuilt from it."""
    fix = "write it anew: `goldassay edit DOC`, then `goldassay build` on what it wrote"
    return [
        finding("E608", found="other bytes", expected="canonical rows sorted by document", fix=fix, file=path)
        for path, raw in encode_tables(tables).items()
        if (root / path).read_bytes() != raw
    ]
