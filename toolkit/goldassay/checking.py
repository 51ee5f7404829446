"""L4: everything that must hold of annotations and predictions, as findings; nothing here raises on bad data."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from goldassay.checks.consistency import check_consistency
from goldassay.checks.decisions import check_decisions
from goldassay.checks.document import check_rows
from goldassay.checks.gathering import RECORDS, Gathered, check_gathered, gather_file, locate, put_together
from goldassay.checks.kinds import Kind, sniff_kind
from goldassay.checks.other_files import check_authoring, check_predictions, check_text
from goldassay.checks.splits import check_split
from goldassay.checks.texts import Splits, Texts, require_gold, splits_of, tell_unchecked
from goldassay.checks.walk import Rows
from goldassay.corpus.layout import DOCUMENTS, METADATA, SEEDS, VIEWS, row_file, view_file
from goldassay.corpus.locate import find_root, split_source
from goldassay.corpus.manifest import check_manifest
from goldassay.corpus.release_manifest import RELEASES
from goldassay.corpus.releases import check_releases
from goldassay.corpus.seeds import take_in_seeds
from goldassay.errors import UsageError
from goldassay.formats.schema import check_schemas
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding, finding
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.printable import quoted
from goldassay.model.stances import StancesRow

__all__ = ["check_corpus", "check_document_rows", "check_files", "check_gold"]

_KINDS: tuple[Kind, ...] = ("documents", "entities", "stances", "numeric_facts", "hard_negatives")
_AUTHORING = (".yaml", ".yml")
_PLAIN = (".txt",)
_CHECKED = (".jsonl", *_AUTHORING, *_PLAIN)
_BESIDE_SCORES = ("tallies.jsonl", "errors.jsonl")
"""What `goldassay score --out` writes beside the predictions."""


def check_document_rows(
    document: Document | None,
    entities: EntitiesRow | None = None,
    stances: StancesRow | None = None,
    numeric_facts: NumericFactsRow | None = None,
) -> list[Finding]:
    """Findings about the rows of one document, each with its field.

    A row that is null is not at hand: what refers into it is not judged, and without a document no surface is.

    >>> row = EntitiesRow(doc_id="d1", entities=[], mentions=[])
    >>> check_document_rows(None, row)
    []
    """
    return check_rows(Rows(document, entities, stances, numeric_facts))


def check_files(
    paths: Sequence[Path], *, texts: Texts | None = None, kind: Kind | None = None, consistency: bool = False
) -> list[Finding]:
    """Findings about files, checked together: layers against documents, references across layers.

    Args:
        paths: JSONL of any kind, authoring YAML, plain texts for intake; a folder stands for the files in it.
        texts: What `find_texts` found: the texts where `paths` bring no documents of their own, or beside these if
            they were asked for by name. Without any text E308 tells that texts and offsets were not checked. Null
            for the files alone.
        kind: What the JSONL files hold; null tells it from their place and keys.
        consistency: Also report names that are annotated in two ways (E607).

    Raises:
        OSError: A file is not there or cannot be read.
    """
    at_hand = texts or Texts()
    files = sorted({file for path in paths for file in _expand(path)} | ({at_hand.file} if at_hand.file else set()))
    kinds = {file: kind or _sniff(file) for file in files if file.suffix not in (*_AUTHORING, *_PLAIN)}
    if at_hand.file is not None:
        kinds[at_hand.file] = "gold"
    gatherings = _gather(kinds)
    splits: Splits = [split for gathered in gatherings for split in splits_of(gathered)]
    if at_hand.named or not splits:
        splits = [*splits, *at_hand.splits]
    documents = {doc_id: document for split in splits for doc_id, document in split.items()}
    findings = [item for gathered in gatherings for item in check_gathered(gathered, documents)]
    for file in files:
        if file in kinds:
            findings += check_predictions(file, splits) if kinds[file] == "predictions" else ()
        elif file.suffix in _AUTHORING:
            findings += check_authoring(file, documents)
        else:
            findings += check_text(file, _known_texts(file, files, documents, at_hand.root))
    findings += check_decisions(file for file, held in kinds.items() if held == "adjudication")
    for gathered in gatherings if consistency else ():
        findings += _check_consistency(gathered)
    return findings + (list(tell_unchecked(kinds)) if texts is not None and not splits else [])


def _gather(kinds: Mapping[Path, Kind]) -> list[Gathered]:
    """The rows of all files of rows together, and each file of gold lines, which is a corpus of its own, by itself."""
    together = Gathered()
    gatherings = [together]
    for file, kind in kinds.items():
        if kind == "gold":
            gatherings.append(Gathered())
            gather_file(gatherings[-1], file, kind)
        elif kind in RECORDS:
            gather_file(together, file, kind)
        if kind == "documents" and file.parent.name == DOCUMENTS:
            n_documents = sum(placed.file == str(file) for placed in together.rows["documents"].values())
            together.findings += check_split(file.stem, n_documents, file=str(file))
    return gatherings


def check_corpus(root: Path, *, consistency: bool = False) -> list[Finding]:
    """Findings about a checkout: every row, every split, adjudication, hashes, releases, intake, generated schemas.

    Files are named relative to the root, so that the findings are the same wherever the checkout lies.
    """
    # Comparing passes needs numpy, which checking files does not.
    from goldassay.checks.adjudication import check_adjudication

    gathered = Gathered()
    for kind in _KINDS:
        for file in _row_files(root, kind):
            gather_file(gathered, file, kind, name=_shown(file, root))
    findings = check_gathered(gathered, {})
    findings += _check_splits(gathered, root)
    if consistency:
        findings += _check_consistency(gathered)
    findings += check_adjudication(root)
    documents, problems = take_in_seeds(root)
    findings += problems
    findings += _check_seed_documents(gathered, documents)
    findings += check_manifest(root)
    findings += check_releases(root)
    findings += check_schemas(root / "annotations" / "schema")
    # Reading errors may come from the rows and again from the manifest that is built of them.
    return list(dict.fromkeys(_relative(item, root) for item in findings))


def check_gold(gold: Path | None = None, *, consistency: bool = False) -> list[Finding]:
    """Findings about the gold named, a checkout or a file of gold lines, or about the corpus found by itself.

    Raises:
        UsageError: There is no such gold, or it is a release, which was checked when it was cut.
    """
    place, version = split_source(gold)
    if version is not None:
        raise UsageError(f"release {version} was checked when it was cut; name a checkout or files")
    require_gold(place)
    if place is not None and place.is_file():
        return check_files([place], kind="gold", consistency=consistency)
    return check_corpus(find_root(place, option="--gold"), consistency=consistency)


def _row_files(root: Path, kind: Kind) -> list[Path]:
    return sorted((root / row_file(kind, "any")).parent.glob("*.jsonl"))


def _expand(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = [
        file
        for file in path.rglob("*")
        if file.suffix in _CHECKED
        and file.is_file()
        and file.name not in _BESIDE_SCORES
        # Hidden folders hold environments and caches, not data.
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    ]
    # What a release keeps and what is generated of the rows would be the same documents a second time.
    passed_over = {RELEASES.parts, *(view_file(name, "any").parent.parts for name in VIEWS)}
    files = [file for file in files if file.resolve().parent.parts[-2:] not in passed_over]
    return sorted(file for file in files if file.name != METADATA.name)


def _sniff(path: Path) -> Kind:
    with path.open("rb") as lines:
        return sniff_kind(path, lines)


def _known_texts(
    file: Path, files: Sequence[Path], documents: Mapping[str, Document], root: Path | None
) -> dict[str, str]:
    """The other texts that a text may duplicate: those of the same call, and the corpus unless it came from there."""
    known = {other.stem: _lenient_text(other) for other in files if other.suffix in _PLAIN and other != file}
    seeds = None if root is None else (root / SEEDS).resolve()
    if file.resolve().parent != seeds:
        known |= {doc_id: document.text for doc_id, document in documents.items()}
    return known


def _lenient_text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _check_splits(gathered: Gathered, root: Path) -> list[Finding]:
    """Names of splits, and rows that stand in another split than their document."""
    findings: list[Finding] = []
    documents = gathered.rows["documents"]
    for file in _row_files(root, "documents"):
        shown = _shown(file, root)
        findings += check_split(file.stem, sum(placed.file == shown for placed in documents.values()), file=shown)
    for kind, rows in gathered.rows.items():
        for doc_id in sorted(rows.keys() & documents.keys() if kind != "documents" else ()):
            split, own = Path(rows[doc_id].file).stem, Path(documents[doc_id].file).stem
            if split != own:
                findings.append(
                    finding(
                        "E304",
                        found=f"{quoted(doc_id)} in {split}",
                        expected=f"the document's own split, {own}",
                        fix="move the line",
                        file=rows[doc_id].file,
                        line=rows[doc_id].line,
                        doc_id=doc_id,
                    )
                )
    return findings


def _check_seed_documents(gathered: Gathered, documents: Sequence[Document]) -> Iterator[Finding]:
    """E608 for rows of documents that are not what the seed texts and their metadata give."""
    for fresh in documents:
        placed = gathered.rows["documents"].get(fresh.doc_id)
        if placed is None or placed.row == fresh:
            continue
        fields = [name for name in fresh.__struct_fields__ if getattr(placed.row, name) != getattr(fresh, name)]
        yield finding(
            "E608",
            found=f"{', '.join(fields)} other than the seed text and its metadata give",
            expected="the document as it was taken in",
            fix="run `goldassay build`, or mend the metadata",
            file=placed.file,
            line=placed.line,
            doc_id=fresh.doc_id,
        )


def _check_consistency(gathered: Gathered) -> list[Finding]:
    doc_ids = sorted(gathered.rows["entities"])
    found = check_consistency(put_together(gathered.rows_of(doc_id)) for doc_id in doc_ids)
    return [locate(item, gathered.rows_of(item.where.doc_id or "")) for item in found]


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _relative(item: Finding, root: Path) -> Finding:
    path = None if item.where.file is None else Path(item.where.file)
    if path is None or not path.is_relative_to(root):
        return item
    return msgspec.structs.replace(item, where=msgspec.structs.replace(item.where, file=_shown(path, root)))
