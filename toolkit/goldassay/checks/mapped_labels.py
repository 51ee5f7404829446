"""Extent and label maps at the border: finding them, reading predictions under them, naming labels they do not have."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import msgspec

from goldassay.errors import UsageError
from goldassay.formats.foreign_labels import replace_labels, restore_labels
from goldassay.formats.line_reading import Ids, OnInvalid
from goldassay.formats.predictions import PredictionFile, read_predictions
from goldassay.layers.base import GoldDocument, LabelMap, Options
from goldassay.layers.mention_maps import LabelMapError, load_label_maps, parse_label_map, trim_names
from goldassay.layers.mentions import mention_type
from goldassay.measures.measure import suggest
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.predictions import Prediction
from goldassay.model.printable import quoted


def build_options(ids: Ids, trim: Sequence[str], labels: str | Path | None) -> Options:
    """The options of these names; what is trimmed stands in the order in which it is.

    Raises:
        UsageError: There is no such label map, or nothing of this name can be trimmed.
    """
    known = trim_names()
    for name in trim:
        if name not in known:
            raise UsageError(f"nothing called {name!r} to trim; {suggest(name, list(known))}")
    kept = tuple(name for name in known if name in trim)
    return Options(gold_ids=ids == "gold", trim=kept, labels=find_label_map(labels))


def find_label_map(source: str | Path | None) -> LabelMap | None:
    """The label map of this name, or in this TOML file; null for none.

    Raises:
        UsageError: There is neither, or the file holds no label map.
    """
    if source is None:
        return None
    known = load_label_maps()
    if str(source) in known:
        return known[str(source)]
    try:
        return parse_label_map(Path(source).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        names = ", ".join(known)
        raise UsageError(f"no label map {str(source)!r}: it is none of {names}, and no file to read") from error
    except LabelMapError as error:
        raise UsageError(f"{source}: {error}") from error


def check_gold_labels(documents: Sequence[GoldDocument], labels: LabelMap | None) -> list[Finding]:
    """A finding for each gold mention whose label the map does not have."""
    return [] if labels is None else [found for item in documents for found in _check_document(item, labels)]


def _check_document(item: GoldDocument, labels: LabelMap) -> Iterator[Finding]:
    if item.entities is None:
        return
    types = {entity.id: str(entity.type) for entity in item.entities.entities}
    for index, mention in enumerate(item.entities.mentions):
        label = mention_type(mention, types)
        if label is not None and label not in labels.table:
            yield _unknown(label, labels, doc_id=item.document.doc_id, field=f"mentions[{index}].type")


def read_mapped_predictions(
    source: Path | BinaryIO,
    documents: Mapping[str, Document],
    labels: LabelMap | None,
    *,
    on_invalid: OnInvalid,
    ids: Ids,
) -> PredictionFile:
    """Read predictions whose entity types may be any label of the map; they keep their own labels.

    A label of the scheme that the map does not have is an error, or under another policy a warning: the mention then
    counts as a wrong one.

    Raises:
        OSError: There is no such file, or it cannot be read.
    """
    if labels is None:
        return read_predictions(source, documents, on_invalid=on_invalid, ids=ids)
    lines = source.read_bytes() if isinstance(source, Path) else source.read()
    name = str(source) if isinstance(source, Path) else str(getattr(source, "name", "<stream>"))
    content, foreign = replace_labels(lines.splitlines(keepends=True), labels.table)
    read = read_predictions(BytesIO(content), documents, file=name, on_invalid=on_invalid, ids=ids)
    findings = list(read.findings)
    predictions = []
    for prediction in (restore_labels(item, foreign) for item in read.predictions):
        found = list(_check_prediction(prediction, labels, name, on_invalid))
        findings += found
        predictions.append(prediction)
    return msgspec.structs.replace(read, predictions=tuple(predictions), findings=tuple(findings))


def _check_prediction(prediction: Prediction, labels: LabelMap, file: str, on_invalid: OnInvalid) -> Iterator[Finding]:
    for index, mention in enumerate(prediction.mentions or ()):
        if mention.type is not None and mention.type not in labels.table:
            yield _unknown(
                mention.type,
                labels,
                file=file,
                line=prediction.line,
                doc_id=prediction.doc_id,
                field=f"mentions[{index}].type",
                severity="error" if on_invalid == "error" else "warning",
            )


def _unknown(label: str, labels: LabelMap, **where: object) -> Finding:
    return finding(
        "E106",
        found=quoted(label),
        expected=f"a label of the map {labels.name}",
        fix="add the label to the map; map it to an empty string to leave it out of both counts",
        **where,  # type: ignore[arg-type]
    )
