"""A kit read back: the annotator's files as files of a pass, and everything that could not be read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from goldassay.errors import UsageError
from goldassay.formats.authoring import SECTIONS
from goldassay.formats.label_studio import Task, parse_label_studio
from goldassay.kit.annotations import check_layer, find_other_ids, read_annotations
from goldassay.kit.layout import EXPORT, HEAD, TASKS, KitFormat, KitHead, require_layer, require_pass_name
from goldassay.kit.pass_file import add_layer, format_checked, pass_path, read_begun
from goldassay.kit.tools import ReadRow, read_from_brat, read_from_label_studio
from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted
from goldassay.model.provenance import Annotator, PassProvenance
from goldassay.passes.load import as_gold, read_documents


@dataclass(frozen=True, slots=True)
class ReturnedKit:
    """The files of the pass by their path in the corpus, none if there is an error; `read` counts what they hold."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    read: Mapping[str, int]


def read_kit(root: Path, folder: Path, layer: str, form: KitFormat, annotator: Annotator, date: str) -> ReturnedKit:
    """The pass that a kit's finished files make.

    The name of the annotator is that of the pass. A document that was not begun is left out with a warning (E305). If
    the pass has a document already and says nothing of the layer there, the layer is added to its file.

    Args:
        root: The root of the corpus.
        folder: The kit.
        layer: The layer it was made for.
        form: The tool it was made for.
        annotator: Who worked with it.
        date: When, as an ISO date.

    Raises:
        UsageError: There is no such kit in the folder, the name cannot be that of a pass, or the pass has the layer.
        InvalidDataError: The pass whose entities the kit names cannot be read.
    """
    require_layer(layer)
    require_pass_name(annotator.name)
    head = _read_head(folder, layer, form)
    findings: list[Finding] = []
    documents = read_documents(root, findings)
    provenance = PassProvenance(annotator=annotator, guidelines=head.guidelines, date=date, seen=_seen(head, annotator))
    named = _read_named(root, head, annotator, documents)
    files: dict[str, bytes] = {}
    read = dict.fromkeys(("documents", *SECTIONS[layer]), 0)
    read_form = _read_brat if form == "brat" else _read_label_studio
    for doc_id, file, got in read_form(folder, head, documents, findings):
        document = documents[doc_id]
        begun = read_begun(root, document, layer, provenance)
        beside = named.get(doc_id)
        if begun is not None:
            _refuse_other_ids(beside, as_gold(document, begun), head, annotator)
            beside = as_gold(document, begun)
        findings += got.findings
        if not _has_error(got.findings):
            checked = check_layer(document, got.row, beside)
            findings += [got.locate(item, file) for item in checked if begun is not None or _is_of(layer, item)]
        if not _has_error(findings):
            authored = add_layer(begun, document, layer, got.row, provenance)
            files[pass_path(annotator.name, doc_id).as_posix()] = format_checked(document, authored, findings).encode()
        read["documents"] += 1
        for name in SECTIONS[layer]:
            read[name] += len(getattr(got.row, name))
    return ReturnedKit({} if _has_error(findings) else dict(sorted(files.items())), tuple(findings), read)


def _seen(head: KitHead, annotator: Annotator) -> list[str]:
    """What the annotator was shown of others."""
    seen = ["text", "guidelines", head.format] + ([f"pass {head.prefilled}"] if head.prefilled is not None else [])
    own = (None, head.prefilled, annotator.name)
    return seen + ([f"entities of {head.entities}"] if head.entities not in own else [])


def _read_named(
    root: Path, head: KitHead, annotator: Annotator, documents: Mapping[str, Document]
) -> dict[str, GoldDocument]:
    """The annotations whose records the kit refers to; those of the annotator's own pass are read with its files."""
    if head.entities is None or head.entities == annotator.name:
        return {}
    return read_annotations(root, head.entities, documents)


def _refuse_other_ids(named: GoldDocument | None, begun: GoldDocument, head: KitHead, annotator: Annotator) -> None:
    """Refuse a kit that speaks in the ids of another annotation than the pass that it is to be added to."""
    differing = None if named is None else find_other_ids(named, begun, head.layer)
    if differing is not None:
        found = f"the kit names records of {head.entities}, and {annotator.name} has other {differing}"
        raise UsageError(f"{found}; make the kit with --entities {annotator.name}, or choose another name")


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(item.severity == "error" for item in findings)


def _is_of(layer: str, item: Finding) -> bool:
    """Whether a finding is about the layer and not about what stands beside it."""
    return (item.where.field or "").split("[")[0] in ("", *SECTIONS[layer])


def _read_head(folder: Path, layer: str, form: KitFormat) -> KitHead:
    path = folder / HEAD
    try:
        head = msgspec.json.decode(path.read_bytes(), type=KitHead)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"no kit in {folder}: {HEAD} cannot be read ({error})") from error
    if (head.layer, head.format) != (layer, form):
        raise UsageError(f"the kit in {folder} is one of {head.layer} for {head.format}, not of {layer} for {form}")
    return head


def _read_text(path: Path, file: str, findings: list[Finding]) -> str | None:
    """A file as text, null with a finding where it is no UTF-8, null without one where there is none."""
    raw = path.read_bytes() if path.is_file() else None
    try:
        return None if raw is None else raw.decode("utf-8")
    except UnicodeDecodeError as error:
        findings.append(finding("E101", found=f"byte 0x{error.object[error.start]:02x}", expected="UTF-8", file=file))
        return None


def _judge_document(
    doc_id: str, text: str | None, head: KitHead, documents: Mapping[str, Document], file: str
) -> Finding | None:
    """What keeps a document's annotation from being read: it is not one of the kit, or its text has changed."""
    if doc_id not in head.documents or doc_id not in documents:
        return finding("E304", found=quoted(doc_id), expected="a document of the kit and the corpus", file=file)
    document = documents[doc_id]
    if head.documents[doc_id] != document.sha256:
        fix, found = "read the kit with the corpus it was made from", "the text of another version of the corpus"
        return finding("E601", found=found, expected=document.sha256, fix=fix, file=file, doc_id=doc_id)
    if text is not None and text != document.text:
        found, fix = "another text than that of the document", "restore the text; offsets count in it"
        return finding("E601", found=found, expected="the text of the kit", fix=fix, file=file, doc_id=doc_id)
    return None


def _not_begun(doc_id: str, file: str) -> Finding:
    fix = "annotate it, or leave it at that: the pass will not have it"
    return finding("E305", found="no annotation", expected="one a document", fix=fix, file=file, doc_id=doc_id)


def _read_brat(
    folder: Path, head: KitHead, documents: Mapping[str, Document], findings: list[Finding]
) -> Iterator[tuple[str, str, ReadRow]]:
    there = {path.stem for path in (folder / "brat").glob("*.ann")}
    for doc_id in sorted(there | head.documents.keys()):
        file = f"brat/{doc_id}.ann"
        text = _read_text(folder / "brat" / f"{doc_id}.txt", f"brat/{doc_id}.txt", findings)
        problem = _judge_document(doc_id, text, head, documents, file)
        if problem is not None:
            findings.append(problem)
            continue
        known = len(findings)
        source = _read_text(folder / file, file, findings)
        if source is not None and source.strip():
            yield doc_id, file, read_from_brat(head.layer, source, documents[doc_id], file)
        elif len(findings) == known:
            findings.append(_not_begun(doc_id, file))


def _read_label_studio(
    folder: Path, head: KitHead, documents: Mapping[str, Document], findings: list[Finding]
) -> Iterator[tuple[str, str, ReadRow]]:
    file = EXPORT if (folder / EXPORT).is_file() else TASKS
    if not (folder / file).is_file():
        found, fix = f"no {EXPORT}", "export the project as JSON and save it there"
        findings.append(finding("E407", found=found, expected="the annotated tasks", fix=fix, file=EXPORT))
        return
    tasks, found_here = parse_label_studio((folder / file).read_bytes(), file=file)
    findings += found_here
    done: dict[str, Task] = {}
    for task in tasks:
        doc_id = task.data.get("doc_id", "")
        problem = _judge_document(doc_id, task.data["text"], head, documents, file)
        if problem is None and doc_id in done:
            fix = "keep one of the tasks"
            problem = finding("E306", found="a second task", expected="one", fix=fix, file=file, doc_id=doc_id)
        if problem is not None:
            findings.append(problem)
        else:
            done[doc_id] = task
    for doc_id in sorted(head.documents):
        if doc_id in done and done[doc_id].annotated:
            yield doc_id, file, read_from_label_studio(head.layer, done[doc_id], documents[doc_id], file)
        else:
            findings.append(_not_begun(doc_id, file))
