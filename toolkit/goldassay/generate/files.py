"""The generated files of a checkout as a table: how each kind is written, and how it is found to be stale."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from goldassay.corpus.corpus import read_layer
from goldassay.corpus.layout import DOCUMENTS, METADATA, SPLIT, row_file
from goldassay.corpus.locate import MARKER
from goldassay.corpus.manifest import build_manifest, check_manifest, format_manifest, read_manifest
from goldassay.corpus.release_manifest import read_releases
from goldassay.corpus.releases import check_newest, sign_version
from goldassay.corpus.seeds import take_in_seeds
from goldassay.errors import InvalidDataError, UsageError
from goldassay.formats.files import write_atomically
from goldassay.formats.jsonl import encode_row
from goldassay.formats.schema import check_schemas, write_schemas
from goldassay.generate.papers import check_papers, write_papers
from goldassay.generate.staging import write_staged
from goldassay.generate.views import check_views, write_views
from goldassay.hub.citation import CITATION
from goldassay.hub.croissant import CROISSANT
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding

BUILD = "run `goldassay build`"
SCHEMAS = Path("annotations") / "schema"
README = Path("README.md")
PLACES = (*map(Path, ("corpus", "annotations", ".huggingface.yaml", "CHANGELOG.md")), README, CITATION, CROISSANT)
"""What a build reads and writes."""


@dataclass(frozen=True, slots=True)
class Generator:
    """One kind of generated file below a root; `check` gives findings relative to the root."""

    name: str
    write: Callable[[Path], None]
    check: Callable[[Path], list[Finding]]


def find_source_root(root: Path | None = None, *, start: Path | None = None) -> Path:
    """The checkout to build in: the one named, or the nearest folder upwards with a manifest or with seed texts.

    The installed release is never built in.

    Raises:
        UsageError: There is none.
    """
    here = (root or start or Path.cwd()).resolve()
    for folder in (here,) if root is not None else (here, *here.parents):
        if any((folder / mark).is_file() for mark in (MARKER, METADATA)):
            return folder
    where = "in" if root is not None else "at or above"
    raise UsageError(f"no checkout {where} {here}: neither {MARKER.as_posix()} nor {METADATA.as_posix()} is there")


def write_generated(root: Path, files: Mapping[Path, bytes] | None = None) -> None:
    """Write every generated file anew, in the order in which one feeds the next.

    Args:
        root: The checkout.
        files: Sources to be written with them, by path from the root; they are built from before they are written.

    Raises:
        InvalidDataError: A source has errors; nothing is written.
        UsageError: A package that a generator needs is not installed, or there is no README; nothing is written.
    """

    def build(stage: Path) -> None:
        for generator in GENERATORS:
            generator.write(stage)

    write_staged(root, PLACES, files or {}, build)


def check_generated(root: Path) -> list[Finding]:
    """Findings about all generated files that are not what their sources give (E608, and E601 for changed texts)."""
    return [item for generator in GENERATORS for item in generator.check(root)]


def render_documents(root: Path) -> tuple[bytes, list[Finding]]:
    """The documents of the seeds' split: those of the seed texts as they are now, and all others as they stand."""
    seeds, findings = take_in_seeds(root)
    documents = {one.doc_id: one for one in read_layer(root, DOCUMENTS, SPLIT, Document, findings)}
    documents |= {one.doc_id: one for one in seeds}
    return b"".join(encode_row(documents[doc_id]) + b"\n" for doc_id in sorted(documents)), findings


def _write_documents(root: Path) -> None:
    rows, findings = render_documents(root)
    if findings:
        raise InvalidDataError(findings)
    _write(root / row_file(DOCUMENTS, SPLIT), rows)


def _check_documents(root: Path) -> list[Finding]:
    rows, findings = render_documents(root)
    return findings or _compare(root, row_file(DOCUMENTS, SPLIT), rows, "the seed texts and their metadata")


def _write_manifest(root: Path) -> None:
    _write(root / MARKER, _render_manifest(root))


def _check_manifest(root: Path) -> list[Finding]:
    findings = check_manifest(root)
    return findings or _compare(root, MARKER, _render_manifest(root), "the files it names")


def _render_manifest(root: Path) -> bytes:
    """The manifest under the version that its gold may go under, `+dirty` from the first edit after a release."""
    fresh, releases = build_manifest(root), read_releases(root)
    check_newest(root, releases)
    older = read_manifest(root) if (root / MARKER).is_file() else None
    return format_manifest(msgspec.structs.replace(fresh, version=sign_version(fresh, releases, older)))


def _write_schemas(root: Path) -> None:
    (root / SCHEMAS).mkdir(parents=True, exist_ok=True)
    write_schemas(root / SCHEMAS)


def _check_schemas(root: Path) -> list[Finding]:
    return [_relative(item, root) for item in check_schemas(root / SCHEMAS)]


def _write_card(root: Path) -> None:
    from goldassay.hub.card import write_card

    try:
        write_card(root, read_manifest(root).version)
    except ModuleNotFoundError as error:
        raise UsageError(f"{README} needs the package {error.name!r}: pip install 'goldassay[hub]'") from error
    except FileNotFoundError as error:
        raise UsageError(f"{README} is missing; its front matter is generated, its text is not") from error


def _check_card(root: Path) -> list[Finding]:
    from goldassay.hub.card import check_card

    if not (root / README).is_file() or not (root / MARKER).is_file():
        return [finding("E608", found="no file", expected="front matter", fix=BUILD, file=README.as_posix())]
    try:
        return [_refit(item) for item in check_card(root, read_manifest(root).version)]
    except InvalidDataError:
        return []  # rows that cannot be read are findings of the manifest
    except ModuleNotFoundError as error:
        raise UsageError(f"{README} needs the package {error.name!r}: pip install 'goldassay[hub]'") from error


GENERATORS: tuple[Generator, ...] = (
    Generator("documents", _write_documents, _check_documents),
    Generator("manifest", _write_manifest, _check_manifest),
    Generator("schemas", _write_schemas, _check_schemas),
    Generator("views", write_views, check_views),
    Generator("papers", write_papers, check_papers),
    Generator("card", _write_card, _check_card),
)
"""In the order in which one feeds the next."""


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, [content])


def _compare(root: Path, path: Path, content: bytes, source: str) -> list[Finding]:
    if (root / path).is_file() and (root / path).read_bytes() == content:
        return []
    found = "other content" if (root / path).is_file() else "no file"
    return [finding("E608", found=found, expected=f"what {source} give", fix=BUILD, file=path.as_posix())]


def _relative(item: Finding, root: Path) -> Finding:
    file = None if item.where.file is None else Path(item.where.file).relative_to(root).as_posix()
    return _refit(msgspec.structs.replace(item, where=msgspec.structs.replace(item.where, file=file)))


def _refit(item: Finding) -> Finding:
    return msgspec.structs.replace(item, fix=BUILD)
