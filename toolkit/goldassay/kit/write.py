"""A kit made: all its files as bytes, from the texts, the guideline and, if asked for, a pass to begin with."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from goldassay.errors import UsageError
from goldassay.formats.label_studio import format_label_studio
from goldassay.kit.annotations import LayerRow, check_layer, find_other_ids, read_annotations, refuse_errors, row_of
from goldassay.kit.layout import (
    GUIDELINE,
    HEAD,
    README,
    REFERENCES,
    TASKS,
    TEXTS,
    KitFormat,
    KitHead,
    read_guideline,
    require_layer,
)
from goldassay.kit.readme import format_readme
from goldassay.kit.references import format_references
from goldassay.kit.tools import configure, show_in_brat, show_in_label_studio
from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.finding import Finding
from goldassay.passes.load import read_documents


@dataclass(frozen=True, slots=True)
class Kit:
    """The files of a kit by their path in it, and how much of the pass shown they cannot carry."""

    files: Mapping[str, bytes]
    lost: Mapping[str, int]


def make_kit(
    root: Path,
    layer: str,
    form: KitFormat,
    *,
    doc_ids: Sequence[str] = (),
    prefilled: str | None = None,
    entities: str | None = None,
) -> Kit:
    """The files of a kit.

    Args:
        root: The root of the corpus.
        layer: The layer to annotate.
        form: The tool.
        doc_ids: The documents, by default all.
        prefilled: The pass to show, or `gold`; null for an empty kit.
        entities: The pass, or `gold`, whose entities the records of another layer name; by default the one to show.

    Raises:
        UsageError: No such layer, document or pass, or entities to name in the layer of the entities.
        InvalidDataError: The documents or a pass cannot be read, or what is to be shown has errors.
    """
    require_layer(layer)
    if layer == "entities" and entities is not None:
        raise UsageError("a kit for entities takes no entities from elsewhere")
    guideline, version = read_guideline(root, layer)
    documents = _documents(root, doc_ids)
    shown = _rows(root, layer, prefilled, documents)
    named = None if layer == "entities" else entities or prefilled
    hashes = {doc_id: document.sha256 for doc_id, document in documents.items()}
    head = KitHead(layer=layer, format=form, guidelines=version, prefilled=prefilled, documents=hashes, entities=named)
    files = {
        HEAD: msgspec.json.format(msgspec.json.encode(head), indent=1).decode() + "\n",
        GUIDELINE: guideline,
        README: format_readme(head),
        **{f"{TEXTS}/{doc_id}.txt": document.text for doc_id, document in documents.items()},
        **configure(layer, form),
    }
    for doc_id, one in _named(root, layer, named, prefilled, documents).items():
        files[f"{REFERENCES}/{doc_id}.txt"] = format_references(one, layer)
    made, lost = (_brat_files if form == "brat" else _label_studio_files)(layer, documents, shown)
    if prefilled is not None:
        lost["documents that it does not annotate"] += len(documents.keys() - shown.keys())
    files |= made
    return Kit({path: content.encode() for path, content in sorted(files.items())}, +lost)


def _documents(root: Path, doc_ids: Sequence[str]) -> dict[str, Document]:
    findings: list[Finding] = []
    known = read_documents(root, findings)
    refuse_errors(findings)
    missing = [doc_id for doc_id in doc_ids if doc_id not in known]
    if missing:
        raise UsageError(f"no document {missing[0]!r}; there is {', '.join(sorted(known)[:10]) or 'none'}")
    unfit = [doc_id for doc_id in doc_ids or known if Path(doc_id).name != doc_id or doc_id.startswith(".")]
    if unfit:
        raise UsageError(f"{unfit[0]!r} cannot be the name of a file; leave the document out")
    return {doc_id: known[doc_id] for doc_id in sorted(doc_ids or known)}


def _rows(root: Path, layer: str, prefilled: str | None, documents: Mapping[str, Document]) -> dict[str, LayerRow]:
    """The rows to show by document; those of other documents are not looked at."""
    annotated = {} if prefilled is None else read_annotations(root, prefilled, documents)
    rows = {doc_id: row for doc_id, one in annotated.items() if (row := row_of(one, layer)) is not None}
    refuse_errors(found for doc_id, row in rows.items() for found in check_layer(documents[doc_id], row))
    return rows


def _named(
    root: Path, layer: str, named: str | None, prefilled: str | None, documents: Mapping[str, Document]
) -> dict[str, GoldDocument]:
    """The annotations to refer to by document; what is shown has to speak in the same ids."""
    if named is None:
        return {}
    found = read_annotations(root, named, documents)
    shown = {} if prefilled in (None, named) else read_annotations(root, str(prefilled), documents)
    for doc_id in sorted(found.keys() & shown.keys()):
        differing = find_other_ids(found[doc_id], shown[doc_id], layer)
        if differing is not None:
            raise UsageError(f"{prefilled} and {named} have other {differing} in {doc_id}; leave --entities out")
    return found


def _brat_files(
    layer: str, documents: Mapping[str, Document], shown: Mapping[str, LayerRow]
) -> tuple[dict[str, str], Counter[str]]:
    files: dict[str, str] = {}
    lost: Counter[str] = Counter()
    for doc_id, document in documents.items():
        content, more = show_in_brat(layer, shown.get(doc_id), document.text)
        lost += more
        files |= {f"brat/{doc_id}.txt": document.text, f"brat/{doc_id}.ann": content}
    return files, lost


def _label_studio_files(
    layer: str, documents: Mapping[str, Document], shown: Mapping[str, LayerRow]
) -> tuple[dict[str, str], Counter[str]]:
    tasks, lost = [], Counter[str]()
    for doc_id, document in documents.items():
        task, more = show_in_label_studio(layer, shown.get(doc_id), document)
        tasks.append(task)
        lost += more
    return {TASKS: format_label_studio(tasks)}, lost
