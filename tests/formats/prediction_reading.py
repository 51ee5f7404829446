"""A document and its prediction lines, for the tests that read them."""

import io
import json
from typing import Any

from goldassay.formats.line_reading import OnInvalid
from goldassay.formats.predictions import PredictionFile, read_predictions
from goldassay.model.document import Document
from goldassay.model.predictions import Prediction

TEXT = "🚀 Kyiv said it won’t send some 40 tanks to Oslo. Oslo denied it on Monday."
# In code points: Kyiv 2–6, said 7–11, some 40 tanks 26–39, 40 31–33, Oslo 43–47 and 49–53, denied 54–60, Monday 67–73.


def document(doc_id: str = "d1", text: str = TEXT) -> Document:
    return Document(
        doc_id=doc_id,
        title=None,
        text=text,
        language="en",
        dct=None,
        dct_evidence=None,
        source="",
        rights="",
        origin="composed",
        sha256="",
        sentences=[],
    )


DOCUMENTS = {"d1": document()}
GPE = {"type": "GPE"}


def lines(*items: dict[str, Any] | bytes) -> list[bytes]:
    return [item if isinstance(item, bytes) else json.dumps(item).encode() + b"\n" for item in items]


def read(*items: dict[str, Any] | bytes, on_invalid: OnInvalid = "error", **options: Any) -> PredictionFile:
    return read_predictions(
        io.BytesIO(b"".join(lines(*items))), DOCUMENTS, file="p.jsonl", on_invalid=on_invalid, **options
    )


def predict(on_invalid: OnInvalid = "error", **layers: Any) -> Prediction:
    """The prediction of a line that has no error."""
    file = read({"doc_id": "d1"} | layers, on_invalid=on_invalid)
    assert [item for item in file.findings if item.severity == "error"] == []
    return file.predictions[0]


def codes(*items: dict[str, Any] | bytes, on_invalid: OnInvalid = "error") -> list[tuple[str, str, str | None]]:
    found = read(*items, on_invalid=on_invalid).findings
    return [(item.code, item.severity, item.where.field) for item in found]
