"""Laws of the diff between two states of the gold: it leads back exactly, and says what kind of change it is."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldassay.corpus.release_diff import (
    RecordChange,
    Tables,
    diff_rows,
    needed_change,
    undo_changes,
)
from goldassay.corpus.release_files import HEAD, encode_tables, format_diff, format_kept, parse_tables
from goldassay.errors import InvalidDataError
from goldassay.formats.jsonl import iterate_rows

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from([0.0, 1.0, 0.1, 1e20]),
    st.text(max_size=3),
    st.lists(st.integers(0, 1), max_size=2),
    st.lists(st.fixed_dictionaries({"id": st.sampled_from(["a", "b"])}), max_size=2),  # an id may stand twice
)
FIELDS = st.dictionaries(st.sampled_from(["type", "text", "spans", "links"]), VALUES, max_size=3)
RECORDS = st.lists(
    st.builds(lambda id_, fields: {"id": id_, **fields}, st.sampled_from(["r1", "r2", "r3", "r4"]), FIELDS),
    max_size=4,
    unique_by=lambda record: record["id"],
)
ROWS = st.builds(
    lambda fields, lists: {**fields, **lists},
    st.dictionaries(st.sampled_from(["title", "mentions", "times"]), VALUES, max_size=2),
    st.dictionaries(st.sampled_from(["mentions", "times"]), RECORDS, max_size=2),
)
DOCUMENTS = st.dictionaries(st.sampled_from(["d1", "d2", "d3"]), ROWS, max_size=3).map(
    lambda rows: {doc_id: {"doc_id": doc_id, **row} for doc_id, row in rows.items()}
)
TABLES = st.dictionaries(
    st.sampled_from([("documents", "dev"), ("entities", "dev"), ("entities", "other")]), DOCUMENTS, max_size=3
)


def rows_only(tables: Tables) -> dict[str, bytes]:
    """Files with rows: whether an empty one is there is said by the manifest of a release, not by the diff."""
    return {path: raw for path, raw in encode_tables(tables).items() if raw}


def undone_or_refused(tables: Tables, changes: list[RecordChange]) -> Tables | None:
    try:
        return undo_changes(tables, changes)
    except InvalidDataError as error:
        if any(item.code != "E601" for item in error.findings):
            raise
        return None


def written_and_read(changes: list[RecordChange]) -> list[RecordChange]:
    head, *lines = format_diff(changes).splitlines(keepends=True)
    assert head == HEAD
    rows = list(iterate_rows(lines, RecordChange, file="diff", duplicates=False))
    assert [item for row in rows for item in row.findings] == []
    return [row.value for row in rows if row.value is not None]


@given(TABLES, TABLES)
def test_a_diff_leads_back_byte_for_byte(old: Tables, new: Tables) -> None:
    changes = written_and_read(diff_rows(old, new))
    assert all(change.is_sound for change in changes)
    before = copy.deepcopy(new)
    assert rows_only(undo_changes(new, changes)) == rows_only(old)
    assert encode_tables(new) == encode_tables(before)


@given(TABLES, TABLES, TABLES)
def test_diffs_chain(first: Tables, second: Tables, third: Tables) -> None:
    back = undo_changes(undo_changes(third, diff_rows(second, third)), diff_rows(first, second))
    assert rows_only(back) == rows_only(first)


@given(TABLES, TABLES)
def test_no_change_is_reported_exactly_where_there_is_none(old: Tables, new: Tables) -> None:
    assert diff_rows(old, old) == []
    assert (diff_rows(old, new) == []) == (rows_only(old) == rows_only(new))


@given(TABLES)
def test_the_first_rows_are_additions_and_their_loss_is_a_removal(tables: Tables) -> None:
    some = any(tables.values())
    assert needed_change(diff_rows({}, tables))[0] == ("added" if some else "packaging")
    assert needed_change(diff_rows(tables, {}))[0] == ("removed" if some else "packaging")


@given(TABLES, TABLES, TABLES)
def test_a_diff_applied_to_another_state_is_refused_or_does_nothing_there(
    old: Tables, new: Tables, other: Tables
) -> None:
    """Where it is applied without complaint, every record that it names was as the diff says."""
    changes = diff_rows(old, new)
    undone = undone_or_refused(other, changes)
    if undone is None:
        return
    touched = {(change.layer, change.split, change.doc_id) for change in changes}
    for (layer, split), rows in undone.items():
        for doc_id, row in rows.items():
            if (layer, split, doc_id) not in touched:
                assert row == other[layer, split][doc_id]


@given(TABLES)
def test_kept_rows_and_files_are_read_back_as_written(tables: Tables) -> None:
    assert rows_only(parse_tables(encode_tables(tables))) == rows_only(tables)
    head, *lines = format_kept(tables).splitlines(keepends=True)
    assert (head, len(lines)) == (HEAD, sum(map(len, tables.values())))


def record(id_: str, **fields: Any) -> dict[str, Any]:
    return {"id": id_, **fields}


@pytest.mark.parametrize(
    ("old", "new", "kind", "lines"),
    [
        ([record("m1")], [record("m1"), record("m2")], "added", [("added", "m2")]),
        ([record("m1"), record("m2")], [record("m2")], "removed", [("removed", "m1")]),
        ([record("m1", text="Zenda")], [record("m1", text="Mora")], "edited", [("edited", "m1")]),
        ([record("m1"), record("m2")], [record("m2"), record("m1")], "packaging", [("moved", None)]),
        ([record("m1", n=1)], [record("m1", n=1.0)], "edited", [("edited", "m1")]),
        ([record("m1"), record("m2")], [record("m3"), record("m1")], "removed", [("removed", "m2"), ("added", "m3")]),
    ],
)
def test_small_diffs(old: list[Any], new: list[Any], kind: str, lines: list[tuple[str, str | None]]) -> None:
    states: list[Tables] = [{("entities", "dev"): {"d1": {"doc_id": "d1", "mentions": side}}} for side in (old, new)]
    changes = diff_rows(states[0], states[1])
    assert [(change.change, change.id) for change in changes] == lines
    assert needed_change(changes)[0] == kind


def test_a_document_that_goes_to_another_split_is_removed_from_the_first() -> None:
    rows = {"d1": {"doc_id": "d1"}}
    changes = diff_rows({("documents", "dev"): rows}, {("documents", "other"): rows})
    assert [(change.split, change.change) for change in changes] == [("dev", "removed"), ("other", "added")]
    assert needed_change(changes)[0] == "removed"
