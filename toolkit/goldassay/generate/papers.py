"""The papers of the data that follow from it: croissant.json, and version and day in CITATION.cff."""

from pathlib import Path

from goldassay.corpus.locate import MARKER
from goldassay.corpus.manifest import read_manifest
from goldassay.errors import InvalidDataError
from goldassay.formats.files import write_atomically
from goldassay.hub.citation import check_citation, find_edition, read_citation, write_edition
from goldassay.hub.croissant import CROISSANT, check_croissant, render_croissant
from goldassay.model.finding import Finding


def write_papers(root: Path) -> None:
    """Set version and day of CITATION.cff, if there is one, and write croissant.json.

    Raises:
        InvalidDataError: CITATION.cff breaks its format, or a release cannot be read.
    """
    manifest = read_manifest(root)
    edition = find_edition(root, manifest.version)
    write_edition(root, edition)
    citation, findings = read_citation(root)
    if findings:
        raise InvalidDataError(findings)
    write_atomically(root / CROISSANT, [render_croissant(root, manifest, citation, edition.day(citation))])


def check_papers(root: Path) -> list[Finding]:
    """Findings about both files; none where manifest or releases cannot be read, which are findings of their own."""
    if not (root / MARKER).is_file():
        return []
    try:
        manifest = read_manifest(root)
        edition = find_edition(root, manifest.version)
    except InvalidDataError:
        return []
    citation, _ = read_citation(root)
    stale = check_croissant(root, manifest, citation, edition.day(citation))
    return [*check_citation(root, edition), *stale]
