"""Two annotations of the same documents, ready to compare, each as gold and as prediction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from goldassay.agreement.figures import Annotation
from goldassay.errors import InvalidDataError, UsageError
from goldassay.formats.authoring import AuthoredDocument
from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding
from goldassay.model.labels import LAYERS
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.stances import StancesRow
from goldassay.passes.load import GOLD, load_pass, read_documents, read_gold_documents


@dataclass(frozen=True, slots=True)
class Pair:
    """Two annotations of one document, both without the layers that only one of them has."""

    document: Document
    a: AuthoredDocument
    b: AuthoredDocument


def read_annotations(
    root: Path, names: Sequence[str]
) -> tuple[dict[str, Document], dict[str, dict[str, AuthoredDocument]]]:
    """The documents of a corpus, and some of its annotations by name and document; `gold` is the gold.

    Raises:
        UsageError: There is no pass of a name.
        InvalidDataError: A document, a pass or the gold cannot be read.
    """
    findings: list[Finding] = []
    documents = read_documents(root, findings)
    annotations: dict[str, dict[str, AuthoredDocument]] = {}
    for name in names:
        if name == GOLD:
            gold = read_gold_documents(root, documents, findings)
            annotations[name] = {doc_id: as_authored(one) for doc_id, one in gold.items()}
        else:
            annotations[name], found = load_pass(root, name, documents)
            findings += found
    if any(item.severity == "error" for item in findings):
        raise InvalidDataError(findings)
    return documents, annotations


def as_authored(gold: GoldDocument) -> AuthoredDocument:
    """The gold of a document as if it were a pass without provenance."""
    doc_id = gold.document.doc_id
    return AuthoredDocument(
        doc_id=doc_id,
        provenance=None,
        layers=tuple(layer for layer in LAYERS if getattr(gold, layer) is not None),
        entities=gold.entities or EntitiesRow(doc_id=doc_id, entities=[], mentions=[]),
        stances=gold.stances or StancesRow(doc_id=doc_id, propositions=[], attributions=[], stances=[]),
        numeric_facts=gold.numeric_facts or NumericFactsRow(doc_id=doc_id, numeric_facts=[], times=[]),
    )


def pair_up(
    documents: Mapping[str, Document],
    a: Mapping[str, AuthoredDocument],
    b: Mapping[str, AuthoredDocument],
    layers: Sequence[str],
) -> list[Pair]:
    """The documents on which both annotations speak of a layer, by id.

    Raises:
        UsageError: There is none.
    """
    pairs = []
    for doc_id in sorted(a.keys() & b.keys()):
        # All shared layers stay, asked for or not: stances and facts are matched by the entities they speak of.
        shared = tuple(layer for layer in LAYERS if layer in a[doc_id].layers and layer in b[doc_id].layers)
        if not set(shared).isdisjoint(layers):
            one, other = (msgspec.structs.replace(side[doc_id], layers=shared) for side in (a, b))
            pairs.append(Pair(documents[doc_id], one, other))
    if not pairs:
        raise UsageError(f"no document has {' or '.join(layers)} in both annotations")
    return pairs


def describe(name: str, annotation: Mapping[str, AuthoredDocument]) -> Annotation:
    """Who made an annotation, by what its files say (the first document's word counts)."""
    heads = [one.provenance for _, one in sorted(annotation.items()) if one.provenance is not None]
    if not heads:
        return Annotation(name=name)
    return Annotation(
        name=name,
        annotator=heads[0].annotator,
        guidelines=", ".join(dict.fromkeys(head.guidelines for head in heads)),
    )
