"""A loaded corpus as the tables of other libraries, straight from its records: no cache, nothing guessed."""

from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol, cast

import msgspec

from goldassay.corpus.features import CONFIGS, DEFAULT, dataset_features, list_records
from goldassay.corpus.version import parse_version, plain_number
from goldassay.corpus.views import flat_mentions, full_row, token_rows
from goldassay.errors import UsageError
from goldassay.formats.jsonl import encode_row
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.record import Record
from goldassay.model.stances import StancesRow
from goldassay.model.views import FlatMention, FullRow

if TYPE_CHECKING:
    import datasets
    import pandas as pd
    import polars as pl
    import pyarrow as pa


MENTIONS = "mentions"


class HasLayers(Protocol):
    """Documents with the rows of all layers, as a `Corpus` has them."""

    @property
    def documents(self) -> Sequence[Document]:
        """The documents, sorted by id."""

    @property
    def entities(self) -> Sequence[EntitiesRow]:
        """The rows of the entities layer."""

    @property
    def stances(self) -> Sequence[StancesRow]:
        """The rows of the stances layer."""

    @property
    def numeric_facts(self) -> Sequence[NumericFactsRow]:
        """The rows of the numeric facts layer."""


class HasVersion(Protocol):
    """Something with a name and a version, as a `Corpus` has them."""

    @property
    def name(self) -> str:
        """The name of the corpus."""

    @property
    def version(self) -> str:
        """Its version; a release, or the manifest's."""


def config_rows(corpus: HasLayers, config: str) -> list[Record]:
    """The rows of a configuration, in the order of the documents.

    Raises:
        UsageError: There is no such configuration.
    """
    if config not in CONFIGS:
        raise UsageError(f"no configuration {config!r}; there is {', '.join(CONFIGS)}")
    entities = {row.doc_id: row for row in corpus.entities}
    if config == "full":
        stances = {row.doc_id: row for row in corpus.stances}
        numeric = {row.doc_id: row for row in corpus.numeric_facts}
        return [
            full_row(one, entities.get(one.doc_id), stances.get(one.doc_id), numeric.get(one.doc_id))
            for one in corpus.documents
        ]
    if config == "tokens":
        annotated = [one for one in corpus.documents if one.doc_id in entities]
        return [row for one in annotated for row in token_rows(one, entities[one.doc_id])]
    return list(getattr(corpus, config))


class Tables:
    """What turns a corpus into tables: one row a document (a sentence in `tokens`), or one row a record.

    `config` is a configuration of the data set (`full`, `documents`, `entities`, `stances`, `numeric_facts`, `tokens`).
    `records` names a list of its rows, such as `mentions`: then each record is a row, with its `doc_id` before it, and
    a mention has the type, the link and the name of its entity.
    """

    __slots__ = ()

    def to_rows(self, config: str = DEFAULT, *, records: str | None = None) -> list[dict[str, Any]]:
        """Plain dictionaries, as the JSON lines have them.

        Raises:
            UsageError: There is no such configuration, or no such list of records in it.
        """
        rows = config_rows(cast("HasLayers", self), config)
        if records is None:
            return [_plain(row) for row in rows]
        _record_type(config, records)
        doc_id = attrgetter("doc_id")
        return [{"doc_id": doc_id(row), **_plain(one)} for row in rows for one in _list(row, records)]

    def to_datasets(self, config: str = DEFAULT, *, records: str | None = None) -> "datasets.Dataset":
        """A Hugging Face data set with the same features as `load_dataset` gives; needs the extra `hub`.

        Its `info` has the version in three numbers, and name and version in full as description.
        """
        datasets = _import("datasets")
        rows = self.to_rows(config, records=records)
        features = _features(config, records, class_labels=True)
        info = datasets.DatasetInfo(features=features, **_describe(cast("HasVersion", self)))
        return datasets.Dataset.from_list(rows, features=features, info=info)

    def to_arrow(self, config: str = DEFAULT, *, records: str | None = None) -> "pa.Table":
        """An Arrow table; tags are strings. Needs the extra `hub`."""
        pyarrow, _ = _import("pyarrow"), _import("datasets")
        rows = self.to_rows(config, records=records)
        schema = pyarrow.schema(_features(config, records, class_labels=False).type)
        return pyarrow.Table.from_pylist(rows, schema=schema)

    def to_pandas(self, config: str = DEFAULT, *, records: str | None = None) -> "pd.DataFrame":
        """A data frame; nested values stay lists and dictionaries, ids stay strings. Needs the extra `hub`."""
        pandas = _import("pandas")
        rows = self.to_rows(config, records=records)
        names = _columns(config, records)
        columns = {name: pandas.Series([row[name] for row in rows], dtype=object) for name in names}
        return cast("pd.DataFrame", pandas.DataFrame(columns).convert_dtypes())

    def to_polars(self, config: str = DEFAULT, *, records: str | None = None) -> "pl.DataFrame":
        """A data frame of polars, which you install yourself beside the extra `hub`; tags are strings."""
        return cast("pl.DataFrame", _import("polars").from_arrow(self.to_arrow(config, records=records)))


def _describe(corpus: HasVersion) -> dict[str, str]:
    number = plain_number(corpus.version)
    if parse_version(number) is None:
        return {"description": f"{corpus.name} {corpus.version}"}
    said = "" if corpus.version == number else ", not a release"
    return {"version": number, "description": f"{corpus.name} {corpus.version}{said}"}


def _plain(row: Record) -> dict[str, Any]:
    """A row as its JSON line has it."""
    return cast("dict[str, Any]", msgspec.json.decode(encode_row(row)))


def _list(row: Record, records: str) -> Sequence[Record]:
    """The records of a row, each as a row of its own."""
    if records == MENTIONS and isinstance(row, (EntitiesRow, FullRow)):
        return flat_mentions(row)
    return getattr(row, records) or ()


def _features(config: str, records: str | None, *, class_labels: bool) -> Any:
    if records is None:
        return dataset_features(CONFIGS[config], class_labels=class_labels)
    from datasets import Features, Value

    own = dataset_features(_record_type(config, records), class_labels=class_labels)
    return Features({"doc_id": Value("string"), **own})


def _columns(config: str, records: str | None) -> list[str]:
    if records is None:
        return list(CONFIGS[config].__struct_fields__)
    return ["doc_id", *_record_type(config, records).__struct_fields__]


def _record_type(config: str, records: str) -> type[Record]:
    known = list_records(CONFIGS[config])
    if records not in known:
        raise UsageError(f"no records {records!r} in {config!r}; there is {', '.join(known) or 'none'}")
    return FlatMention if records == MENTIONS else known[records]


def _import(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        hint = "pip install polars" if name == "polars" else "pip install 'goldassay[hub]'"
        raise UsageError(f"this needs the package {error.name!r}: {hint}") from error
