"""L5: the files of `goldassay score --out`."""

from collections.abc import Iterator
from pathlib import Path

import jsonlines

from goldassay.errors import UsageError
from goldassay.formats.files import write_atomically
from goldassay.scoring import Scored
from goldassay.tally.tally import Tally

PREDICTIONS = "predictions.jsonl"


def write_scores(folder: Path, scored: Scored) -> None:
    """Write score.json, report.md, tallies.jsonl (one line a layer, view and document) and files of errors to a folder.

    The predictions go there as predictions.jsonl, so that the folder can be compared and be the baseline of a gate.

    Raises:
        UsageError: The folder cannot be written.
    """
    from goldassay.report.errors import encode_errors
    from goldassay.report.jsonfile import encode_score_file
    from goldassay.report.markdown import render_markdown

    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy_predictions(scored.source, folder / PREDICTIONS)
        (folder / "score.json").write_text(encode_score_file(scored.file), encoding="utf-8")
        (folder / "report.md").write_text(render_markdown(scored.file, full=True), encoding="utf-8")
        with jsonlines.open(folder / "tallies.jsonl", "w", sort_keys=False) as writer:
            for tally in scored.evaluation.tallies:
                writer.write_all(tally_rows(tally))
        if scored.errors is not None:
            for name, text in encode_errors(scored.errors, scored.positions).items():
                (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {error.strerror}") from error


def copy_predictions(source: Path | bytes, target: Path) -> None:
    """Write the predictions that were scored to another file; the same file is left as it is.

    Raises:
        OSError: They cannot be read or written.
    """
    if isinstance(source, Path) and target.exists() and source.samefile(target):
        return
    write_atomically(target, [source.read_bytes() if isinstance(source, Path) else source])


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
