"""The error record: one line of errors.jsonl, what was annotated, what was predicted, and what is wrong."""

import msgspec

from goldassay.model.record import Span

MISSED, SPURIOUS = "missed", "spurious"
"""Verdicts of an item that met nothing: of the gold, of the predictions."""


class ErrorRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One gold item, one predicted item, or a pair of both, that is not right.

    `gold` and `predicted` are ids; a predicted item without an id has its position in its line (from 0). The side that
    an error does not have is null. `overlap` is the Jaccard overlap of the characters of both, 0 to 1, null where
    nothing was aligned by place. The sentence is the one in which the gold item (else the predicted one) starts, null
    where the item has no place in the text. `reason` says what of the predicted item matches nothing: a name nothing
    of the gold, a string nothing of the text; null where all of it does.
    """

    layer: str
    view: str
    doc_id: str
    gold: str | None
    predicted: str | int | None
    verdict: str
    gold_text: str | None
    predicted_text: str | None
    gold_label: str | None
    predicted_label: str | None
    gold_spans: tuple[Span, ...]
    predicted_spans: tuple[Span, ...]
    overlap: float | None
    sentence: Span | None
    sentence_text: str | None
    reason: str | None = None
