"""A kit made: all its files as bytes, from the texts, the guideline and, if asked for, a pass to begin with."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from goldassay.checking import check_document_rows
from goldassay.errors import InvalidDataError, UsageError
from goldassay.formats.label_studio import format_label_studio
from goldassay.kit.brat_entities import brat_configuration, format_brat_entities
from goldassay.kit.label_studio_entities import label_studio_configuration, task_of_entities
from goldassay.kit.layout import (
    CONFIGURATION,
    GUIDELINE,
    HEAD,
    README,
    TASKS,
    TEXTS,
    KitFormat,
    KitHead,
    read_guideline,
    require_layer,
)
from goldassay.kit.markup import Markup, mark_entities
from goldassay.kit.readme import format_readme
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding
from goldassay.passes.load import GOLD, load_pass, read_documents, read_gold_documents


@dataclass(frozen=True, slots=True)
class Kit:
    """The files of a kit by their path in it, and how much of the pass shown they cannot carry."""

    files: Mapping[str, bytes]
    lost: Mapping[str, int]


def make_kit(
    root: Path, layer: str, form: KitFormat, *, doc_ids: Sequence[str] = (), prefilled: str | None = None
) -> Kit:
    """The files of a kit.

    Args:
        root: The root of the corpus.
        layer: The layer to annotate; kits exist for `entities`.
        form: The tool.
        doc_ids: The documents, by default all.
        prefilled: The pass to show, or `gold`; null for an empty kit.

    Raises:
        UsageError: No such layer, document or pass, or no kit for the layer.
        InvalidDataError: The documents or the pass cannot be read, or a mention to show has neither entity nor type.
    """
    require_layer(layer)
    guideline, version = read_guideline(root, layer)
    documents = _documents(root, doc_ids)
    lost: Counter[str] = Counter()
    shown = _markups(_entities(root, prefilled, documents), documents, lost)
    hashes = {doc_id: document.sha256 for doc_id, document in documents.items()}
    head = KitHead(layer=layer, format=form, guidelines=version, prefilled=prefilled, documents=hashes)
    files = {
        HEAD: msgspec.json.format(msgspec.json.encode(head), indent=1).decode() + "\n",
        GUIDELINE: guideline,
        README: format_readme(head),
        **{f"{TEXTS}/{doc_id}.txt": document.text for doc_id, document in documents.items()},
    }
    if form == "brat":
        files |= _brat_files(documents, shown, lost)
    else:
        tasks = [task_of_entities(doc_id, one.text, shown.get(doc_id)) for doc_id, one in documents.items()]
        files |= {CONFIGURATION: label_studio_configuration(), TASKS: format_label_studio(tasks)}
    if prefilled is not None:
        lost["documents that it does not annotate"] += len(documents.keys() - shown.keys())
    return Kit({path: content.encode() for path, content in sorted(files.items())}, +lost)


def _documents(root: Path, doc_ids: Sequence[str]) -> dict[str, Document]:
    findings: list[Finding] = []
    known = read_documents(root, findings)
    _refuse(findings)
    missing = [doc_id for doc_id in doc_ids if doc_id not in known]
    if missing:
        raise UsageError(f"no document {missing[0]!r}; there is {', '.join(sorted(known)[:10]) or 'none'}")
    unfit = [doc_id for doc_id in doc_ids or known if Path(doc_id).name != doc_id or doc_id.startswith(".")]
    if unfit:
        raise UsageError(f"{unfit[0]!r} cannot be the name of a file; leave the document out")
    return {doc_id: known[doc_id] for doc_id in sorted(doc_ids or known)}


def _refuse(findings: Iterable[Finding]) -> None:
    errors = [item for item in findings if item.severity == "error"]
    if errors:
        raise InvalidDataError(errors)


def _entities(root: Path, prefilled: str | None, documents: Mapping[str, Document]) -> dict[str, EntitiesRow]:
    """The rows to show by document; those of other documents are not looked at."""
    if prefilled is None:
        return {}
    if prefilled == GOLD:
        findings: list[Finding] = []
        gold = read_gold_documents(root, documents, findings)
        _refuse(findings)
        return {doc_id: one.entities for doc_id, one in gold.items() if one.entities is not None}
    authored, findings = load_pass(root, prefilled)
    _refuse(findings)
    return {
        doc_id: one.entities for doc_id, one in authored.items() if "entities" in one.layers and doc_id in documents
    }


def _markups(
    rows: Mapping[str, EntitiesRow], documents: Mapping[str, Document], lost: Counter[str]
) -> dict[str, Markup]:
    findings: list[Finding] = []
    found = {}
    for doc_id, row in rows.items():
        findings += check_document_rows(documents[doc_id], row)
        found[doc_id], more = mark_entities(row)
        lost += more
    _refuse(findings)
    return found


def _brat_files(documents: Mapping[str, Document], shown: Mapping[str, Markup], lost: Counter[str]) -> dict[str, str]:
    files = {f"brat/{name}": content for name, content in brat_configuration().items()}
    for doc_id, document in documents.items():
        content, more = format_brat_entities(shown.get(doc_id, Markup(())), document.text)
        lost += more
        files |= {f"brat/{doc_id}.txt": document.text, f"brat/{doc_id}.ann": content}
    return files
