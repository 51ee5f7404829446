"""L5: the files of `goldassay score --out`."""

from collections.abc import Iterator
from pathlib import Path

import jsonlines

from goldassay.errors import UsageError
from goldassay.scoring import Scored
from goldassay.tally.tally import Tally


def write_scores(folder: Path, scored: Scored) -> None:
    """Write score.json, tallies.jsonl (one line a layer, view and document) and files of errors into a folder.

    Raises:
        UsageError: The folder cannot be written.
    """
    from goldassay.report.errors import encode_errors
    from goldassay.report.jsonfile import encode_score_file

    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "score.json").write_text(encode_score_file(scored.file), encoding="utf-8")
        with jsonlines.open(folder / "tallies.jsonl", "w", sort_keys=False) as writer:
            for tally in scored.evaluation.tallies:
                writer.write_all(tally_rows(tally))
        if scored.errors is not None:
            for name, text in encode_errors(scored.errors, scored.positions).items():
                (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {error.strerror}") from error


def tally_rows(tally: Tally) -> Iterator[dict[str, object]]:
    """One row a document: every column as a list with one number a group."""
    for index, unit in enumerate(tally.units):
        counts = {name: column[index].tolist() for name, column in tally.counts.items()}
        yield {
            "layer": tally.layer,
            "view": tally.view,
            "doc_id": unit,
            "groups": list(tally.groups),
            "counts": counts,
        }
