"""What the manifest of a release says of its layers, compared with its rows."""

from collections.abc import Sequence
from hashlib import sha256

import msgspec

from goldassay.corpus.manifest import LayerEntry, fingerprint_hashes
from goldassay.corpus.release_diff import JsonRow, Tables
from goldassay.corpus.release_manifest import RESTORE, Release, release_file, split_path
from goldassay.model.finding import Finding, finding


def check_layers(tables: Tables, release: Release) -> list[Finding]:
    """E601 for all that a manifest says of its layers and the rows do not: which there are, rows, counts, fingerprints.

    Counted from the rows as they were written, whatever the records have become since.
    """
    file = release_file(release.version).as_posix()
    named = [(entry.layer, entry.split) for entry in release.layers]
    if sorted(named) != sorted(split_path(entry.path) for entry in release.files):
        found, expected = "other layers than files", "one layer for each file"
        return [finding("E601", found=found, expected=expected, fix=RESTORE, file=file, field="layers")]
    findings = []
    for place, entry in enumerate(release.layers):
        counted = count_layer(entry.layer, entry.split, list(tables.get((entry.layer, entry.split), {}).values()))
        for name in ("rows", "counts", "fingerprint"):
            said, own = (_show(getattr(one, name)) for one in (entry, counted))
            if getattr(entry, name) != getattr(counted, name):
                found, expected = f"{said} for {entry.layer} of {entry.split}", f"{own}, that of the rows"
                field = f"layers[{place}].{name}"
                findings.append(finding("E601", found=found, expected=expected, fix=RESTORE, file=file, field=field))
    return findings


def count_layer(layer: str, split: str, rows: Sequence[JsonRow]) -> LayerEntry:
    """What a manifest says of a layer, from plain rows.

    >>> count_layer("documents", "dev", [{"doc_id": "d1", "title": [0, 4], "sentences": [[0, 4]]}]).counts
    {'sentences': 1}
    """
    names = [name for name, value in rows[0].items() if isinstance(value, list) and not _is_span(value)] if rows else []
    return LayerEntry(
        layer=layer,
        split=split,
        rows=len(rows),
        counts={name: sum(len(row[name]) for row in rows) for name in names},
        fingerprint=fingerprint_hashes((row["doc_id"], sha256(msgspec.json.encode(row)).hexdigest()) for row in rows),
    )


def _is_span(value: Sequence[object]) -> bool:
    return len(value) == 2 and all(isinstance(one, int) for one in value)


def _show(value: object) -> str:
    return f"{value[:16]}…" if isinstance(value, str) else f"{value}"
