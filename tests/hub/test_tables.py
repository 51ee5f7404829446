"""A loaded corpus as tables of other libraries: the same values in all of them, and in `load_dataset`."""

import dataclasses
import os
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"

from goldassay.corpus.corpus import Corpus, load_corpus
from goldassay.corpus.features import CONFIGS, dataset_features
from goldassay.errors import UsageError
from goldassay.model.views import TAGS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(ROOT)


@pytest.mark.parametrize("config", sorted(CONFIGS))
def test_all_tables_hold_the_rows(corpus: Corpus, config: str) -> None:
    rows = corpus.to_rows(config)
    sentences = sum(len(document.sentences) for document in corpus.documents)
    assert len(rows) == (sentences if config == "tokens" else len(corpus.documents)) > 0
    assert corpus.to_arrow(config).to_pylist() == rows
    assert corpus.to_polars(config).to_dicts() == rows
    frame = corpus.to_pandas(config)
    assert list(frame.columns) == list(rows[0])
    assert frame["doc_id"].tolist() == [row["doc_id"] for row in rows]
    data = corpus.to_datasets(config)
    assert data.features == dataset_features(CONFIGS[config])
    expected = (
        [row | {"ner_tags": [TAGS.index(tag) for tag in row["ner_tags"]]} for row in rows]
        if config == "tokens"
        else rows
    )
    assert list(data) == expected


@pytest.mark.parametrize(
    ("config", "records"), [("entities", "mentions"), ("full", "mentions"), ("stances", "stances"), ("full", "times")]
)
def test_one_row_a_record(corpus: Corpus, config: str, records: str) -> None:
    rows = corpus.to_rows(config, records=records)
    layers = (*corpus.entities, *corpus.stances, *corpus.numeric_facts)
    number = sum(len(getattr(row, records, ())) for row in layers)
    assert len(rows) == number > 0
    assert {row["doc_id"] for row in rows} == {"seed-000", "seed-002"}
    assert corpus.to_arrow(config, records=records).to_pylist() == rows
    assert corpus.to_pandas(config, records=records).shape == (number, len(rows[0]))
    assert corpus.to_polars(config, records=records).height == corpus.to_datasets(config, records=records).num_rows


def test_whole_numbers_with_gaps_stay_whole_in_pandas(corpus: Corpus) -> None:
    signs = corpus.to_pandas("stances", records="stances")["toward_sign"]
    assert signs.isna().any()
    assert set(signs.dropna()) <= {-1, 0, 1}
    assert str(signs.dtype) == "Int64"


def test_what_is_not_there_is_named(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="no configuration 'mentions'; there is full, documents"):
        corpus.to_rows("mentions")
    with pytest.raises(UsageError, match="no records 'quotes' in 'stances'; there is propositions"):
        corpus.to_pandas("stances", records="quotes")


def test_a_split_without_annotations_has_nulls_not_empty_lists(corpus: Corpus) -> None:
    bare = dataclasses.replace(corpus, entities=(), stances=(), numeric_facts=())
    assert [row["mentions"] for row in bare.to_rows()] == [None, None]
    assert [row["mentions"] for row in bare.to_datasets()] == [None, None]
    assert bare.to_rows("tokens") == bare.to_rows(records="mentions") == []
    assert bare.to_pandas("tokens").shape == (0, 6)
    assert bare.to_arrow("tokens").num_rows == 0
