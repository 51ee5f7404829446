"""Systems that stop reading are told by where their predictions end, and by nothing else."""

import random

import msgspec
import pytest

from goldassay.formats.truncation import diagnose_truncation
from goldassay.model.document import Document
from goldassay.model.predictions import PredictedMention, Prediction


def document(doc_id: str, length: int) -> Document:
    return Document(
        doc_id=doc_id,
        title=None,
        text="x" * length,
        language="en",
        dct=None,
        dct_evidence=None,
        source="",
        rights="",
        origin="composed",
        sha256="",
        sentences=[],
    )


def prediction(doc_id: str, starts: list[int]) -> Prediction:
    mentions = tuple(PredictedMention(spans=((start, start + 1),), type="GPE") for start in starts)
    return Prediction(doc_id=doc_id, mentions=mentions)


def read_up_to(window: int | None, lengths: list[int], every: int = 50) -> tuple[list[Document], list[Prediction]]:
    documents = [document(f"d{i}", length) for i, length in enumerate(lengths)]
    predictions = [
        prediction(item.doc_id, list(range(0, min(len(item.text), window or len(item.text)), every)))
        for item in documents
    ]
    return documents, predictions


def test_a_window_is_found_and_worded() -> None:
    # A window of 1,900 characters: starts 0, 50, … 1850, so that the last predicted offset in the long ones is 1,851.
    found = diagnose_truncation(*read_up_to(1900, [3000, 4000, 1000]))
    assert found is not None
    assert (found.code, found.severity) == ("E505", "info")
    assert found.found == "nothing predicted after character 1851 in 2 of 3 documents"


def test_a_single_document_can_show_it() -> None:
    assert diagnose_truncation(*read_up_to(300, [2500])) is not None
    assert diagnose_truncation(*read_up_to(300, [2500], every=300)) is None  # one mention: chance would do


@pytest.mark.parametrize("lengths", [[3000, 4000, 1000], [2500], [800] * 40])
def test_a_reader_of_whole_documents_is_not_accused(lengths: list[int]) -> None:
    assert diagnose_truncation(*read_up_to(None, lengths)) is None


def test_short_documents_cannot_show_it() -> None:
    assert diagnose_truncation(*read_up_to(1900, [2000, 1500, 900])) is None


def test_one_prediction_beyond_the_window_does_not_hide_it() -> None:
    documents, predictions = read_up_to(1900, [4000] * 20)
    predictions[3] = prediction("d3", [0, 3000])
    found = diagnose_truncation(documents, predictions)
    assert found is not None
    assert found.found == "nothing predicted after character 1851 in 19 of 20 documents"


def test_sparse_predictions_anywhere_are_not_a_window() -> None:
    draw = random.Random(5)
    for _ in range(50):
        documents = [document(f"d{i}", draw.randint(1500, 5000)) for i in range(draw.choice([1, 2, 3, 30]))]
        predictions = [
            prediction(item.doc_id, sorted(draw.randrange(len(item.text)) for _ in range(draw.choice([1, 2, 5]))))
            for item in documents
        ]
        assert diagnose_truncation(documents, predictions) is None


def test_nothing_to_see() -> None:
    assert diagnose_truncation([], []) is None
    assert diagnose_truncation([document("d", 100)], [Prediction(doc_id="d")]) is None
    assert diagnose_truncation([document("d", 100)], [Prediction(doc_id="other", mentions=())]) is None
    ungrounded = Prediction(doc_id="d", mentions=(PredictedMention(spans=(), type="GPE"),))
    assert diagnose_truncation([document("d", 100)], [ungrounded]) is None


def test_the_order_of_documents_does_not_matter() -> None:
    documents, predictions = read_up_to(1900, [3000, 4000, 1000, 5000])
    turned = diagnose_truncation(documents[::-1], predictions[::-1])
    assert turned == diagnose_truncation(documents, predictions)
    assert turned is not None
    assert msgspec.json.encode(turned)
