"""What changed between two states of the gold, record by record, and the way back from the newer to the older.

A state is a table of plain JSON rows for each layer and split. The way back is exact: rows, records and keys return to
their places, so that the older files can be written again byte for byte.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import msgspec

from goldassay.corpus.layout import RECORDS
from goldassay.corpus.version import Change
from goldassay.errors import InvalidDataError
from goldassay.model.finding import finding
from goldassay.model.printable import quoted
from goldassay.model.record import Record

JsonRow: TypeAlias = dict[str, Any]
Tables: TypeAlias = dict[tuple[str, str], dict[str, JsonRow]]
"""{(layer, split): {doc_id: row}}; a file without rows is an empty table."""

_BY_WEIGHT: tuple[Literal["edited", "removed", "added"], ...] = ("edited", "removed", "added")


class RecordChange(Record, frozen=True, kw_only=True):
    """One record that is not what it was.

    kind      the list that the record stands in (`mentions`); null for the row of the document itself
    id        the record's id; null for the row, and for the order of a list
    change    `moved` says that a list has another order, and holds the ids in both
    at        the place of an added record in the newer list, of a removed one in the older
    before    the record as it was, null if it was not there; of an edited one the edited fields alone
    after     the record as it is now, likewise; where a field came or went both are whole
    """

    layer: str
    split: str
    doc_id: str
    kind: str | None = None
    id: str | None = None
    change: Literal["added", "removed", "edited", "moved"]
    at: int | None = None
    before: Any = None
    after: Any = None

    @property
    def is_sound(self) -> bool:
        """Whether both sides have the form that the kind of change asks for."""
        if self.change == "moved":
            sides = [self.before, self.after]
            return self.kind is not None and all(
                isinstance(side, list) and all(isinstance(one, str) for one in side) for side in sides
            )
        there = (isinstance(self.before, dict), isinstance(self.after, dict))
        forms = {"added": (False, True), "removed": (True, False), "edited": (True, True)}
        return there == forms[self.change] and (self.kind is None) == (self.id is None)

    @property
    def place(self) -> str:
        """Where the record stands, in words that are safe to show."""
        parts = [f"{self.layer} of {self.split}", quoted(self.doc_id)]
        parts += [self.kind] if self.kind else []
        parts += [quoted(self.id)] if self.id else []
        return ", ".join(parts)


def diff_rows(old: Tables, new: Tables) -> list[RecordChange]:
    """All changes from one state to another, by layer, split, document, kind and id.

    >>> rows = [{"d1": {"doc_id": "d1", "mentions": [{"id": "m1", "level": level}]}} for level in ("NAM", "NOM")]
    >>> (one,) = diff_rows({("entities", "dev"): rows[0]}, {("entities", "dev"): rows[1]})
    >>> one.change, one.id, one.before, one.after
    ('edited', 'm1', {'level': 'NAM'}, {'level': 'NOM'})
    """
    changes: list[RecordChange] = []
    for layer, split in sorted({*old, *new}, key=_layer_order):
        before, after = old.get((layer, split), {}), new.get((layer, split), {})
        for doc_id in sorted({*before, *after}):
            head: dict[str, Any] = {"layer": layer, "split": split, "doc_id": doc_id}
            changes += [RecordChange(**head, **change) for change in _diff(before.get(doc_id), after.get(doc_id))]
    return changes


def undo_changes(new: Tables, changes: Iterable[RecordChange]) -> Tables:
    """The state before the changes; `new` is left as it is.

    Raises:
        InvalidDataError: E601, the changes do not lead to this state.
    """
    tables: Tables = {key: dict(rows) for key, rows in new.items()}
    grouped: dict[tuple[str, str, str], list[RecordChange]] = {}
    for change in changes:
        grouped.setdefault((change.layer, change.split, change.doc_id), []).append(change)
    for (layer, split, doc_id), group in grouped.items():
        rows = tables.setdefault((layer, split), {})
        row = _undo(rows.pop(doc_id, None), group)
        if row is not None:
            rows[doc_id] = row
    return tables


def needed_change(changes: Sequence[RecordChange]) -> tuple[Change, RecordChange | None]:
    """What the changes are by the release rule, and the first record that makes them so.

    Order and form are packaging: the same records in another order are the same gold. A row that goes from one split to
    another is removed from the first.

    >>> needed_change([])
    ('packaging', None)
    """
    for kind in _BY_WEIGHT:
        for change in changes:
            if change.change == kind:
                return kind, change
    return "packaging", None


def count_changes(changes: Iterable[RecordChange]) -> dict[tuple[str, str], dict[str, int]]:
    """How many records were added, removed, edited, by layer and kind; the rows of documents have their layer's name.

    >>> count_changes([RecordChange(layer="documents", split="dev", doc_id="d1", change="added", after={})])
    {('documents', 'documents'): {'added': 1}}
    """
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for change in changes:
        of = counts.setdefault((change.layer, change.kind or change.layer), {})
        of[change.change] = of.get(change.change, 0) + 1
    return counts


def _layer_order(key: tuple[str, str]) -> tuple[int, str, str]:
    known = list(RECORDS)
    return (known.index(key[0]) if key[0] in known else len(known), *key)


def _encode(value: object) -> bytes:
    """The form in which values are compared: 1 is not 1.0, and keys in another order are another form."""
    return msgspec.json.encode(value)


def _diff(old: JsonRow | None, new: JsonRow | None) -> Iterator[dict[str, Any]]:
    sides = [row for row in (old, new) if row is not None]
    kinds = [name for name in sides[0] if all(_holds_records(row.get(name)) for row in sides)]
    before, after = (None if row is None else _without(row, kinds) for row in (old, new))
    if before is None or after is None:
        yield {"change": "added" if before is None else "removed", "before": before, "after": after}
    elif _encode(before) != _encode(after):
        yield {"change": "edited", **_edited(before, after)}
    for kind in kinds:
        yield from (
            {"kind": kind, **change} for change in _diff_lists((old or {}).get(kind, []), (new or {}).get(kind, []))
        )


def _holds_records(value: object) -> bool:
    """Whether this is a list of records with ids of their own; all other lists are plain values."""
    if not isinstance(value, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in value
    ):
        return False
    return len({one["id"] for one in value}) == len(value)


def _without(row: JsonRow, kinds: Sequence[str]) -> JsonRow:
    return {name: [] if name in kinds else value for name, value in row.items()}


def _edited(before: JsonRow, after: JsonRow) -> dict[str, JsonRow]:
    """The fields that differ; the whole records where their keys differ, so that keys can return to their order."""
    if list(before) != list(after):
        return {"before": before, "after": after}
    names = [name for name in before if _encode(before[name]) != _encode(after[name])]
    return {"before": {name: before[name] for name in names}, "after": {name: after[name] for name in names}}


def _diff_lists(old: Sequence[JsonRow], new: Sequence[JsonRow]) -> Iterator[dict[str, Any]]:
    before, after = ({one["id"]: (place, one) for place, one in enumerate(side)} for side in (old, new))
    if [id_ for id_ in before if id_ in after] != [id_ for id_ in after if id_ in before]:
        yield {"change": "moved", "before": list(before), "after": list(after)}
    for id_ in sorted({*before, *after}):
        if id_ not in after:
            yield {"id": id_, "change": "removed", "at": before[id_][0], "before": before[id_][1]}
        elif id_ not in before:
            yield {"id": id_, "change": "added", "at": after[id_][0], "after": after[id_][1]}
        elif _encode(before[id_][1]) != _encode(after[id_][1]):
            yield {"id": id_, "change": "edited", **_edited(before[id_][1], after[id_][1])}


def _undo(row: JsonRow | None, changes: Sequence[RecordChange]) -> JsonRow | None:
    own = next((change for change in changes if change.kind is None), None)
    if own is not None and own.change == "removed":
        _require(row is None, own)
        row = dict(own.before)
    _require(row is not None, changes[0])
    back = dict(row or {})
    for kind in dict.fromkeys(change.kind for change in changes if change.kind is not None):
        of_kind = [change for change in changes if change.kind == kind]
        _require(_holds_records(back.get(kind)), of_kind[0])
        back[kind] = _undo_list(back[kind], of_kind)
    if own is not None and own.change == "added":
        _require(_encode(back) == _encode(own.after), own)
        return None
    return _undo_fields(back, own) if own is not None and own.change == "edited" else back


def _undo_list(records: Sequence[JsonRow], changes: Sequence[RecordChange]) -> list[JsonRow]:
    found = {one["id"]: one for one in records}
    removed = sorted((change for change in changes if change.change == "removed"), key=lambda change: change.at or 0)
    order: list[str] | None = None
    for change in changes:
        id_ = change.id or ""
        if change.change == "moved":
            _require([one["id"] for one in records] == change.after, change)
            order = change.before
        elif change.change == "added":
            _require(id_ in found and _encode(found[id_]) == _encode(change.after), change)
            del found[id_]
        elif change.change == "edited":
            _require(id_ in found, change)
            found[id_] = _undo_fields(found[id_], change)
        else:
            _require(id_ not in found, change)
    if order is None:
        order = list(found)
        for change in removed:
            order.insert(change.at or 0, change.id or "")
    found |= {change.id or "": change.before for change in removed}
    _require(sorted(order) == sorted(found), changes[0])
    return [found[id_] for id_ in order]


def _undo_fields(record: JsonRow, change: RecordChange) -> JsonRow:
    before: Mapping[str, Any] = change.before
    after: Mapping[str, Any] = change.after
    if list(before) == list(after):
        _require(all(name in record and _encode(record[name]) == _encode(after[name]) for name in after), change)
        return {**record, **before}
    # Lists of records are empty on both sides here; their records have changes of their own and are back already.
    kept = [name for name in before if before[name] == [] == after.get(name)]
    _require(_encode(_without(record, kept)) == _encode(after), change)
    return {name: record[name] if name in kept else value for name, value in before.items()}


def _require(holds: bool, change: RecordChange) -> None:
    if not holds:
        found, expected = f"another state of {change.place}", "the state that the diff leads to"
        fix = "restore the files of annotations/releases"
        raise InvalidDataError([finding("E601", found=found, expected=expected, fix=fix, doc_id=change.doc_id)])
