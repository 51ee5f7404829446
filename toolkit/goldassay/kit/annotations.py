"""Annotations that there are already: the pass that a kit shows, and the one whose records it refers to."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from goldassay.checking import check_document_rows
from goldassay.errors import InvalidDataError
from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding
from goldassay.model.labels import LAYERS
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.stances import StancesRow
from goldassay.passes.load import GOLD, as_gold, load_pass, read_gold_documents

LayerRow = EntitiesRow | StancesRow | NumericFactsRow


def read_annotations(root: Path, name: str, documents: Mapping[str, Document]) -> dict[str, GoldDocument]:
    """A pass or the gold by document; a layer that it does not speak of is null.

    Raises:
        UsageError: There is no such pass.
        InvalidDataError: It cannot be read.
    """
    if name == GOLD:
        findings: list[Finding] = []
        gold = read_gold_documents(root, documents, findings)
        refuse_errors(findings)
        return gold
    authored, findings = load_pass(root, name)
    refuse_errors(findings)
    return {doc_id: as_gold(documents[doc_id], one) for doc_id, one in authored.items() if doc_id in documents}


def row_of(annotated: GoldDocument, layer: str) -> LayerRow | None:
    """The row of one layer."""
    if layer == "entities":
        return annotated.entities
    return annotated.stances if layer == "stances" else annotated.numeric_facts


def find_other_ids(one: GoldDocument, other: GoldDocument, layer: str) -> str | None:
    """A layer beside this one that two annotations have differently, so that ids mean different things in them."""
    for name in LAYERS:
        rows = row_of(one, name), row_of(other, name)
        if name != layer and None not in rows and rows[0] != rows[1]:
            return name
    return None


def check_layer(document: Document, row: LayerRow, beside: GoldDocument | None = None) -> list[Finding]:
    """Findings about a row and, if it stands beside others of its document, about what they say of each other."""
    rows: list[LayerRow | None] = [row]
    if beside is not None:
        rows = [beside.entities, beside.stances, beside.numeric_facts, row]
    return check_document_rows(
        document,
        next((one for one in reversed(rows) if isinstance(one, EntitiesRow)), None),
        next((one for one in reversed(rows) if isinstance(one, StancesRow)), None),
        next((one for one in reversed(rows) if isinstance(one, NumericFactsRow)), None),
    )


def refuse_errors(findings: Iterable[Finding]) -> None:
    """Raise `InvalidDataError` if there is an error among findings."""
    errors = [item for item in findings if item.severity == "error"]
    if errors:
        raise InvalidDataError(errors)
