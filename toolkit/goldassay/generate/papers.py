"""The papers of the data that follow from it: croissant.json, and the version in CITATION.cff."""

from pathlib import Path

from goldassay.corpus.locate import MARKER
from goldassay.corpus.manifest import Manifest, read_manifest
from goldassay.corpus.releases import DIRTY
from goldassay.errors import InvalidDataError
from goldassay.formats.files import write_atomically
from goldassay.hub.citation import check_citation, read_citation, write_version
from goldassay.hub.croissant import CROISSANT, check_croissant, render_croissant
from goldassay.model.finding import Finding


def write_papers(root: Path) -> None:
    """Set the version of CITATION.cff, if there is one, and write croissant.json.

    Raises:
        InvalidDataError: CITATION.cff breaks its format.
    """
    manifest = read_manifest(root)
    write_version(root, citable_version(manifest))
    citation, findings = read_citation(root)
    if findings:
        raise InvalidDataError(findings)
    write_atomically(root / CROISSANT, [render_croissant(root, manifest, citation)])


def check_papers(root: Path) -> list[Finding]:
    """Findings about both files; none where the manifest cannot be read, which is a finding of its own."""
    if not (root / MARKER).is_file():
        return []
    try:
        manifest = read_manifest(root)
    except InvalidDataError:
        return []
    citation, _ = read_citation(root)
    return [*check_citation(root, citable_version(manifest)), *check_croissant(root, manifest, citation)]


def citable_version(manifest: Manifest) -> str:
    """The number of the version; edits since its release do not make another work."""
    return manifest.version.removesuffix(DIRTY)
