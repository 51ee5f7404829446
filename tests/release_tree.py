"""A small checkout with an invented corpus, built, and ways to edit it: what the tests of releases start from."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from goldassay.corpus.layout import RECORDS
from goldassay.formats import jsonl
from goldassay.generate.files import write_generated

TEXT = "Zenda met Dol in Mora."
NAMES = {"Zenda": (0, 5, "GPE"), "Dol": (10, 13, "PERSON"), "Mora": (17, 21, "GPE")}
Row = dict[str, Any]


def document_row(doc_id: str, text: str = TEXT) -> Row:
    return {
        "doc_id": doc_id,
        "title": None,
        "text": text,
        "language": "en",
        "dct": None,
        "dct_evidence": None,
        "source": "composed",
        "rights": "free",
        "origin": "composed",
        "sha256": sha256(text.encode()).hexdigest(),
        "sentences": [[0, len(text)]],
    }


def entities_row(doc_id: str, names: list[str]) -> Row:
    """One entity and one mention a name: e0 and m0 are Zenda, e1 and m1 Dol, e2 and m2 Mora."""
    numbers = [list(NAMES).index(name) for name in names]
    entities = [
        {"id": f"e{n}", "type": NAMES[name][2], "name": name, "kb_id": None, "rollup": None, "members": []}
        for n, name in zip(numbers, names, strict=True)
    ]
    mentions = [
        {
            "id": f"m{n}",
            "entity": f"e{n}",
            "spans": [list(NAMES[name][:2])],
            "text": name,
            "level": "NAM",
            "metonym": False,
        }
        for n, name in zip(numbers, names, strict=True)
    ]
    return {"doc_id": doc_id, "entities": entities, "mentions": mentions}


def build_tree(root: Path) -> Path:
    """Two documents: d1 with Zenda and Dol, d2 with all three names; built, released nowhere yet."""
    write_rows(root / "corpus/documents/validation.jsonl", [document_row("d1"), document_row("d2", f"{TEXT} Again.")])
    rows = [entities_row("d1", ["Zenda", "Dol"]), entities_row("d2", list(NAMES))]
    write_rows(root / "annotations/entities/validation.jsonl", rows)
    (root / "README.md").write_text("# A corpus\n", encoding="utf-8")
    write_generated(root)
    return root


def write_rows(path: Path, rows: list[Row]) -> None:
    """The rows as the corpus keeps them, in canonical form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    jsonl.write_rows(path, [msgspec.convert(row, RECORDS[path.parent.name]) for row in rows])


def edit_entities(root: Path, change: Callable[[dict[str, Row]], object]) -> None:
    """Change the rows of the entities, given by document, and build."""
    path = root / "annotations/entities/validation.jsonl"
    rows = {row["doc_id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    change(rows)
    write_rows(path, [rows[doc_id] for doc_id in sorted(rows)])
    write_generated(root)


def add_mora(rows: dict[str, Row]) -> None:
    """One more name in d1: an addition."""
    rows["d1"] = entities_row("d1", list(NAMES))


def retype_dol(rows: dict[str, Row]) -> None:
    """Dol of d1 becomes an organisation: an edit of an entity, not of its mention."""
    rows["d1"]["entities"][1]["type"] = "ORG"


def remove_dol(rows: dict[str, Row]) -> None:
    """Dol of d2 goes: a removal."""
    rows["d2"] = entities_row("d2", ["Zenda", "Mora"])


def reorder(rows: dict[str, Row]) -> None:
    """The mentions of d2 the other way round: the same gold."""
    rows["d2"]["mentions"].reverse()


def row_files(root: Path) -> dict[str, bytes]:
    """The files of rows as they are, by path from the root."""
    paths = [*root.glob("corpus/documents/*.jsonl"), *root.glob("annotations/entities/*.jsonl")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
