"""A kit read back: the annotator's files as files of a pass, and everything that could not be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from goldassay.checking import check_document_rows
from goldassay.errors import UsageError
from goldassay.formats.authoring import parse_authoring
from goldassay.formats.authoring_write import format_authoring
from goldassay.formats.label_studio import Task, parse_label_studio
from goldassay.kit.brat_entities import parse_brat_entities
from goldassay.kit.label_studio_entities import markup_of_task
from goldassay.kit.layout import EXPORT, HEAD, TASKS, KitFormat, KitHead, require_layer, require_pass_name
from goldassay.kit.markup import Markup, assemble_entities
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding, finding
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.printable import quoted
from goldassay.model.provenance import Annotator, PassProvenance
from goldassay.model.stances import StancesRow
from goldassay.passes.load import PASSES, read_documents


@dataclass(frozen=True, slots=True)
class ReturnedKit:
    """The files of the pass by their path in the corpus, none if there is an error; `read` counts what they hold."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    read: Mapping[str, int]


def read_kit(root: Path, folder: Path, layer: str, form: KitFormat, annotator: Annotator, date: str) -> ReturnedKit:
    """The pass that a kit's finished files make.

    The name of the annotator is that of the pass. A document that was not begun is left out with a warning (E305).

    Args:
        root: The root of the corpus.
        folder: The kit.
        layer: The layer it was made for.
        form: The tool it was made for.
        annotator: Who worked with it.
        date: When, as an ISO date.

    Raises:
        UsageError: There is no such kit in the folder, or the name cannot be that of a pass.
    """
    require_layer(layer)
    require_pass_name(annotator.name)
    head = _read_head(folder, layer, form)
    findings: list[Finding] = []
    documents = read_documents(root, findings)
    seen = ["text", "guidelines", form] + ([f"pass {head.prefilled}"] if head.prefilled is not None else [])
    provenance = PassProvenance(annotator=annotator, guidelines=head.guidelines, date=date, seen=seen)
    files: dict[str, bytes] = {}
    read = {"documents": 0, "entities": 0, "mentions": 0}
    read_form = _read_brat if form == "brat" else _read_label_studio
    for doc_id, file, markup in read_form(folder, head, documents, findings):
        row, found = assemble_entities(markup, documents[doc_id], file)
        errors = [item for item in found if item.severity == "error"]
        findings += found if errors else [*found, *check_document_rows(documents[doc_id], row)]
        path = PASSES / annotator.name / f"{doc_id}.yaml"
        if not any(item.severity == "error" for item in findings):
            files[path.as_posix()] = _format(documents[doc_id], row, provenance, findings).encode()
        for name, number in (("documents", 1), ("entities", len(row.entities)), ("mentions", len(row.mentions))):
            read[name] += number
    failed = any(item.severity == "error" for item in findings)
    return ReturnedKit({} if failed else dict(sorted(files.items())), tuple(findings), read)


def _format(document: Document, row: EntitiesRow, provenance: PassProvenance, findings: list[Finding]) -> str:
    """The authoring file, read back once to be sure of it."""
    doc_id = document.doc_id
    stances = StancesRow(doc_id=doc_id, propositions=[], attributions=[], stances=[])
    facts = NumericFactsRow(doc_id=doc_id, numeric_facts=[], times=[])
    form = format_authoring(document, row, stances, facts, provenance, layers=("entities",))
    back, found = parse_authoring(form, document, file=f"{doc_id}.yaml")
    if back is None or back.entities != row:
        differing = finding("E105", found="rows that the authoring form changes", expected="the same", doc_id=doc_id)
        findings += found or [differing]
    return form


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
) -> Iterator[tuple[str, str, Markup]]:
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
            markup, found = parse_brat_entities(source, documents[doc_id].text, file=file)
            findings += found
            yield doc_id, file, markup
        elif len(findings) == known:
            findings.append(_not_begun(doc_id, file))


def _read_label_studio(
    folder: Path, head: KitHead, documents: Mapping[str, Document], findings: list[Finding]
) -> Iterator[tuple[str, str, Markup]]:
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
            markup, found_there = markup_of_task(done[doc_id], file)
            findings += found_there
            yield doc_id, file, markup
        else:
            findings.append(_not_begun(doc_id, file))
