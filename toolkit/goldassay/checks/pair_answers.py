"""Answers to pairs that the gold does not ask: what only the gold's stances can tell."""

from collections.abc import Iterator, Sequence

import msgspec

from goldassay.formats.explain_values import closest
from goldassay.formats.line_reading import COUNTED, OnInvalid
from goldassay.formats.predictions import PredictionFile
from goldassay.layers.base import GoldDocument
from goldassay.layers.given_pairs import list_pairs
from goldassay.model.finding import Finding, finding
from goldassay.model.predictions import Prediction
from goldassay.model.printable import quoted


def with_pair_findings(
    read: PredictionFile, gold: Sequence[GoldDocument], file: str, *, on_invalid: OnInvalid
) -> PredictionFile:
    """The file with an E302 for each answer to an unknown pair: an error, or a warning where bad data is scored."""
    if all(prediction.stance_pairs is None for prediction in read.predictions):
        return read
    documents = {item.document.doc_id: item for item in gold}
    found = [
        item
        for prediction in read.predictions
        for item in check_answers(prediction, documents[prediction.doc_id], file, on_invalid=on_invalid)
    ]
    return msgspec.structs.replace(read, findings=(*read.findings, *found))


def check_answers(prediction: Prediction, gold: GoldDocument, file: str, *, on_invalid: OnInvalid) -> Iterator[Finding]:
    """A finding for each answer whose id is none of the document's pairs."""
    known = [pair.id for pair in list_pairs(gold)]
    for index, said in enumerate(prediction.stance_pairs or ()):
        if said.id is None or said.id in known:
            continue
        near = closest(said.id, known)
        fix = (
            f"did you mean {quoted(near)}?" if near is not None else "answer the ids of `goldassay tasks stance-pairs`"
        )
        yield finding(
            "E302",
            found=quoted(said.id),
            expected=f"one of the {len(known)} pairs that are asked of the document",
            fix=fix if on_invalid == "error" else f"{COUNTED}; {fix}",
            file=file,
            line=prediction.line,
            doc_id=prediction.doc_id,
            field=f"stance_pairs[{index}].id",
            severity="error" if on_invalid == "error" else "warning",
        )
