"""The file of a pass: written for the first layer that an annotator hands in, added to for the next."""

from pathlib import Path

import msgspec

from goldassay.errors import UsageError
from goldassay.formats.authoring import AuthoredDocument, parse_authoring
from goldassay.formats.authoring_write import format_authoring
from goldassay.kit.annotations import LayerRow
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import LAYERS
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.provenance import PassProvenance
from goldassay.model.stances import StancesRow
from goldassay.passes.load import PASSES


def pass_path(name: str, doc_id: str) -> Path:
    """The file of a pass for a document, from the root of the corpus."""
    return PASSES / name / f"{doc_id}.yaml"


def read_begun(root: Path, document: Document, layer: str, provenance: PassProvenance) -> AuthoredDocument | None:
    """What the pass says of a document already, null where it has no file; a layer can be added to it.

    Raises:
        UsageError: The layer cannot be added: it is there, somebody else wrote the file or by another guideline,
            entities come too late, or the file holds comments and layout that would be lost.
    """
    path = pass_path(provenance.annotator.name, document.doc_id)
    if not (root / path).is_file():
        return None
    file = path.as_posix()
    try:
        text = (root / path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} exists and is not UTF-8; choose another name") from error
    begun, _ = parse_authoring(text, document, file=file)
    if begun is None or begun.provenance is None:
        raise UsageError(f"{file} exists and cannot be read; mend it (goldassay check), or choose another name")
    if layer in begun.layers:
        raise UsageError(f"{file} exists and has {layer}; choose another name")
    if layer == "entities":
        raise UsageError(f"{file} exists, and its records refer to entities of other ids; choose another name")
    own = begun.provenance
    if (own.annotator, own.guidelines) != (provenance.annotator, provenance.guidelines):
        raise UsageError(f"{file} exists, by another annotator or other guidelines; choose another name")
    if format_pass(document, begun, own) != text:
        raise UsageError(f"{file} exists, and its comments and layout would be lost; choose another name")
    return begun


def add_layer(
    begun: AuthoredDocument | None, document: Document, layer: str, row: LayerRow, provenance: PassProvenance
) -> AuthoredDocument:
    """The pass with a layer more; it has seen what either has, and was made on the later day."""
    doc_id = document.doc_id
    if begun is None or begun.provenance is None:
        begun = AuthoredDocument(
            doc_id=doc_id,
            provenance=provenance,
            layers=(),
            entities=EntitiesRow(doc_id=doc_id, entities=[], mentions=[]),
            stances=StancesRow(doc_id=doc_id, propositions=[], attributions=[], stances=[]),
            numeric_facts=NumericFactsRow(doc_id=doc_id, numeric_facts=[], times=[]),
        )
    before = begun.provenance or provenance
    seen = list(dict.fromkeys([*before.seen, *provenance.seen]))
    later = max(before.date, provenance.date)
    return AuthoredDocument(
        doc_id=doc_id,
        provenance=msgspec.structs.replace(before, seen=seen, date=later),
        layers=tuple(name for name in LAYERS if name == layer or name in begun.layers),
        entities=row if isinstance(row, EntitiesRow) else begun.entities,
        stances=row if isinstance(row, StancesRow) else begun.stances,
        numeric_facts=row if isinstance(row, NumericFactsRow) else begun.numeric_facts,
    )


def format_pass(document: Document, authored: AuthoredDocument, provenance: PassProvenance | None) -> str:
    """The authoring file of a pass."""
    return format_authoring(
        document, authored.entities, authored.stances, authored.numeric_facts, provenance, layers=authored.layers
    )


def format_checked(document: Document, authored: AuthoredDocument, findings: list[Finding]) -> str:
    """The authoring file of a pass, read back once to be sure of it."""
    form = format_pass(document, authored, authored.provenance)
    back, found = parse_authoring(form, document, file=f"{document.doc_id}.yaml")
    if back != authored:
        differing = finding(
            "E105", found="rows that the authoring form changes", expected="the same", doc_id=document.doc_id
        )
        findings += found or [differing]
    return form
