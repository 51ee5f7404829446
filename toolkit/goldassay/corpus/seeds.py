"""The seed texts: plain files byte for byte as they came, and what is known of them in metadata.yaml."""

from pathlib import Path

import msgspec

from goldassay.corpus.intake import TextMetadata, check_intake, locate_title, take_in
from goldassay.corpus.layout import METADATA, SEEDS
from goldassay.formats.yaml_nodes import compose_yaml
from goldassay.formats.yaml_records import read_record
from goldassay.formats.yaml_scalars import Reading
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.record import Id, Record


class Seed(TextMetadata, frozen=True, kw_only=True):
    """One seed text: its document id and the name of its file beside metadata.yaml."""

    doc_id: Id
    file: str

    @property
    def path(self) -> str:
        """Its path from the root."""
        return (SEEDS / self.file).as_posix()


class Seeds(Record, frozen=True, kw_only=True):
    """The file metadata.yaml."""

    texts: list[Seed]


def read_seeds(root: Path) -> tuple[list[Seed], list[Finding]]:
    """What metadata.yaml says; no seeds and no findings where there is no such file."""
    path, shown = root / METADATA, METADATA.as_posix()
    if not path.is_file():
        return [], []
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return [], [finding("E101", found=f"byte 0x{error.object[error.start]:02x}", expected="UTF-8", file=shown)]
    node, findings = compose_yaml(text, shown)
    if node is None:
        return [], findings
    reading = Reading(text="", file=shown)
    seeds = read_record(node, Seeds, reading)
    findings += reading.findings
    if seeds is None or findings:
        return [], findings
    names = [seed.file for seed in seeds.texts if Path(seed.file).name != seed.file]
    findings += [finding("E105", found=name, expected="the name of a file beside it", file=shown) for name in names]
    missing = [seed.path for seed in seeds.texts if not names and not (root / seed.path).is_file()]
    findings += [finding("E601", found="no file", expected="the text of a seed", file=path) for path in missing]
    return ([], findings) if findings else (seeds.texts, [])


def take_in_seeds(root: Path) -> tuple[list[Document], list[Finding]]:
    """The documents of all seeds, sorted by id, each checked as for intake and against those before it."""
    seeds, findings = read_seeds(root)
    documents: dict[str, Document] = {}
    for seed in sorted(seeds, key=lambda seed: seed.doc_id):
        raw = (root / seed.path).read_bytes()
        known = {doc_id: document.text for doc_id, document in documents.items()}
        problems = check_intake(raw, doc_id=seed.doc_id, known=known)
        if seed.doc_id in documents:
            problems.append(finding("E306", found="a second text of that id", expected="one text an id"))
        title = None if problems else locate_title(raw.decode("utf-8"), seed.title)
        problems += [title] if isinstance(title, Finding) else []
        if not problems:
            documents[seed.doc_id] = take_in(raw, doc_id=seed.doc_id, metadata=seed)
        findings += [_at(item, seed) for item in problems]
    return list(documents.values()), findings


def _at(item: Finding, seed: Seed) -> Finding:
    where = msgspec.structs.replace(item.where, file=seed.path, doc_id=seed.doc_id)
    return msgspec.structs.replace(item, where=where)
