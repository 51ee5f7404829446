"""A loaded corpus as tables of other libraries: the same values in all of them, and in `load_dataset`."""

import dataclasses
import os
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"

from goldassay.corpus.corpus import Corpus, load_corpus
from goldassay.corpus.features import CONFIGS, dataset_features, list_records
from goldassay.corpus.views import flat_mentions
from goldassay.errors import UsageError
from goldassay.model.entities import EntitiesRow, Entity, Mention
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


@pytest.mark.parametrize("config", ["entities", "full"])
def test_a_row_a_mention_says_what_its_entity_says(corpus: Corpus, config: str) -> None:
    """The nested rows leave the type to the entity; a flat row has all of it, and is otherwise the record."""
    nested = {(row["doc_id"], one["id"]): one for row in corpus.to_rows("entities") for one in row["mentions"]}
    entities = {(row["doc_id"], one["id"]): one for row in corpus.to_rows("entities") for one in row["entities"]}
    assert {one["type"] for one in nested.values()} == {None}
    rows = corpus.to_rows(config, records="mentions")
    assert len(rows) == len(nested)
    for row in rows:
        own, entity = nested[row["doc_id"], row["id"]], entities[row["doc_id"], row["entity"]]
        joined = {"type": entity["type"], "kb_id": entity["kb_id"], "entity_name": entity["name"]}
        assert row == {"doc_id": row["doc_id"], **own, **joined}
    frame = corpus.to_pandas(config, records="mentions")
    assert frame["type"].tolist() == [row["type"] for row in rows]
    assert frame["kb_id"].notna().any()
    assert corpus.to_datasets(config, records="mentions").to_list() == rows


def test_the_own_type_and_link_of_a_mention_hold() -> None:
    land = Entity(id="e1", type="GPE", name="Ruritania", kb_id="NIL")
    place = {"spans": [(0, 4)], "text": "here", "level": "NOM"}
    mentions = [
        Mention(id="m1", entity="e1", type="ORG", kb_id="Q1", **place),
        Mention(id="m2", entity=None, type="LOC", **place),
        Mention(id="m3", entity=None, **place),
    ]
    rows = flat_mentions(EntitiesRow(doc_id="d", entities=[land], mentions=mentions))
    assert [(row.type, row.kb_id, row.entity_name) for row in rows] == [
        ("ORG", "Q1", "Ruritania"),
        ("LOC", None, None),
        (None, None, None),
    ]


def test_a_column_without_a_value_is_none_that_a_join_would_fill(corpus: Corpus) -> None:
    """Empty in every row: what no document of the corpus has, never what stands in another table."""
    empty = {
        (config, records, name)
        for config in CONFIGS
        for records in list_records(CONFIGS[config])
        for frame in (corpus.to_rows(config, records=records),)
        for name in frame[0]
        if all(row[name] in (None, []) for row in frame)
    }
    assert {records for _, records, _ in empty} == {"attributions", "numeric_facts", "times"}
    assert not {name for _, _, name in empty} & {"type", "kb_id", "entity_name", "name", "text"}


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


@pytest.mark.parametrize(
    ("version", "number", "said"),
    [
        ("2.0.1", "2.0.1", "goldassay-news 2.0.1"),
        ("2.0.1+dirty", "2.0.1", "goldassay-news 2.0.1+dirty, not a release"),
        ("unversioned", None, "goldassay-news unversioned"),
    ],
)
def test_a_data_set_says_which_version_it_is(corpus: Corpus, version: str, number: str | None, said: str) -> None:
    info = dataclasses.replace(corpus, version=version).to_datasets("tokens").info
    assert (None if info.version is None else str(info.version), info.description) == (number, said)


def test_a_release_says_which_version_it_is() -> None:
    assert str(load_corpus(ROOT, version="1.0.0").to_datasets("stances", records="stances").info.version) == "1.0.0"
