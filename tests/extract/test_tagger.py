"""`sklearn-tagger` learns from sentences made by code, in seconds, and says the same every time."""

import time
from collections.abc import Callable

import numpy as np
import pytest

from goldassay.extract.gazetteer import load_gazetteer
from goldassay.extract.synthetic import OUTSIDE, make_sentences
from goldassay.extract.tagger import load
from goldassay.model.document import Document
from goldassay.model.labels import ENTITY_TYPES

MakeDocument = Callable[..., Document]
TEXT = (
    "President Marta Quill said on Monday that Iceland had signed the Selmouth Treaty. "
    "The Bank of Norway (BON) opened in Berlin."
)


@pytest.fixture(scope="module")
def extract() -> Callable[[Document], dict[str, list[dict[str, object]]]]:
    return load()  # type: ignore[return-value]


def test_clear_names_are_found_with_their_spans(extract, make_document: MakeDocument) -> None:  # type: ignore[no-untyped-def]
    document = make_document(TEXT)
    mentions = extract(document)["mentions"]
    for mention in mentions:
        [(start, end)] = mention["spans"]
        assert document.text[start:end] == mention["text"]
    named = {(mention["text"], mention["type"]) for mention in mentions}
    assert named >= {
        ("Marta Quill", "PERSON"),
        ("Iceland", "GPE"),
        ("BON", "ORG"),
        ("Berlin", "GPE"),
    }


def test_two_trainings_give_the_same_answers_within_the_time(extract, make_document: MakeDocument) -> None:  # type: ignore[no-untyped-def]
    start = time.process_time()
    again = load()
    assert time.process_time() - start < 10
    document = make_document(TEXT)
    assert again(document) == extract(document)


def test_made_sentences_are_the_same_for_a_seed_and_cover_every_type() -> None:
    gazetteer = load_gazetteer()
    first = list(make_sentences(gazetteer, count=300, seed=7))
    assert first == list(make_sentences(gazetteer, count=300, seed=7))
    assert first != list(make_sentences(gazetteer, count=300, seed=8))
    tags = {tag.removeprefix("B-").removeprefix("I-") for sentence in first for _, tag in sentence}
    assert tags == {*ENTITY_TYPES, OUTSIDE}
    for sentence in first:
        before = OUTSIDE
        for _, tag in sentence:
            assert not tag.startswith("I-") or before[2:] == tag[2:]
            before = tag
    assert np.mean([len(sentence) for sentence in first]) > 8
