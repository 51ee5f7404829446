"""Laws of comparing golds: nothing differs from itself, whatever its ids and order; every changed field is seen; and
after a round trip through brat nothing differs where the conversion counted nothing as lost."""

import random
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from exchange_lines import gold_lines, there_and_back
from field_lines import CASE_IDS, CASES, LINE, build
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from merged_gold import TEXT, Merged, merged

from goldassay.exchange.gold_lines import line_of, rows_of
from goldassay.exchange.losses import DOCUMENT_FIELDS
from goldassay.formats.gold import GoldLine
from goldassay.gold import load_gold
from goldassay.gold_diff.diff import diff_golds
from goldassay.gold_diff.records import By, GoldDifference
from goldassay.layers.base import GoldDocument
from goldassay.model.entities import Mention

KINDS = ("entities", "mentions", "propositions", "attributions", "stances", "numeric_facts", "times")


def gold(line: GoldLine) -> GoldDocument:
    return GoldDocument(*rows_of(line))


def diff(one: GoldLine, other: GoldLine, by: By = "content") -> GoldDifference:
    return diff_golds([gold(one)], [gold(other)], by=by)


def whole(drawn: Merged) -> GoldLine:
    return msgspec.convert(msgspec.to_builtins(drawn), GoldLine)


def lines() -> st.SearchStrategy[GoldLine]:
    return gold_lines() | merged().map(whole)


def renamed(line: GoldLine, seed: int) -> GoldLine:
    """The line with other ids, some of them exchanged, and the items of each list in another order."""
    dice = random.Random(seed)
    value: dict[str, Any] = msgspec.to_builtins(line)
    ids = [item["id"] for kind in KINDS for item in value[kind] or ()]
    others = [*ids[: len(ids) // 2], *(f"new-{number}" for number in range(len(ids)))][: len(ids)]
    dice.shuffle(others)
    names = dict(zip(ids, others, strict=True))

    def walk(one: Any, key: str = "") -> Any:
        if isinstance(one, dict):
            return {name: walk(item, name) for name, item in one.items()}
        if isinstance(one, list):
            return [walk(item, key) for item in one]
        if key in ("text", "name", "gloss", "lemma") or not isinstance(one, str):
            return one
        head, _, tail = one.rpartition("speech:")
        return f"speech:{names.get(tail, tail)}" if head == "" and one != tail else names.get(one, one)

    for kind in KINDS:
        if value[kind] is not None:
            value[kind] = [walk(item) for item in value[kind]]
            dice.shuffle(value[kind])
    return msgspec.convert(value, GoldLine)


@given(line=lines(), by=st.sampled_from(["content", "id"]))
@settings(max_examples=60, deadline=None)
def test_nothing_differs_from_itself(line: GoldLine, by: By) -> None:
    found = diff(line, line, by)
    assert (found.differences, found.documents) == (0, ())
    assert not any(one.renamed for one in found.counts)


@given(line=lines(), seed=st.integers(0, 1 << 30))
@settings(max_examples=150, deadline=None)
def test_ids_and_order_are_no_difference(line: GoldLine, seed: int) -> None:
    found = diff(line, renamed(line, seed))
    assert found.changes == ()


def test_ids_and_order_of_the_corpus_are_no_difference() -> None:
    documents = [line_of(one) for one in load_gold().documents]
    found = diff_golds(map(gold, documents), [gold(renamed(one, 7)) for one in documents])
    assert found.differences == 0
    assert all(one.renamed for one in found.counts)


@given(one=lines(), other=lines())
@settings(max_examples=60, deadline=None)
def test_both_ways_count_the_same_items(one: GoldLine, other: GoldLine) -> None:
    """An item is on one side, or on both: what is added one way is removed the other way, and sizes add up."""
    there = diff(one, msgspec.structs.replace(other, doc_id=one.doc_id, text=one.text))
    for count in there.counts:
        assert count.before - count.removed == count.after - count.added
        assert count.changed <= count.before - count.removed
    back = diff(msgspec.structs.replace(other, doc_id=one.doc_id, text=one.text), one, by="id")
    forth = diff(one, msgspec.structs.replace(other, doc_id=one.doc_id, text=one.text), by="id")
    assert [(c.added, c.removed, c.changed) for c in forth.counts] == [
        (c.removed, c.added, c.changed) for c in back.counts
    ]


@pytest.mark.parametrize("by", ["content", "id"])
@pytest.mark.parametrize(("kind", "field", "value"), CASES, ids=CASE_IDS)
def test_every_changed_field_is_one_changed_item(kind: str, field: str, value: dict[str, Any], by: By) -> None:
    found = diff(build(LINE), build(value), by)
    assert [(one.kind, one.change) for one in found.changes] == [(kind, "changed")], field


def carried(drawn: Merged) -> GoldLine:
    """The line without what brat is known to lose: with a mention of every entity, and a place for every fact."""
    line = whole(drawn)
    mentions = [
        msgspec.structs.replace(one, kb_id=None if one.entity else one.kb_id or None) for one in line.mentions or ()
    ]
    mentions += [
        Mention(id=f"first-{one.id}", entity=one.id, spans=[(2, 6)], text=TEXT[2:6], level="NAM")
        for one in line.entities or ()
    ]
    facts = {one.id: one for one in line.numeric_facts or () if one.mentions}
    linked = [
        msgspec.structs.replace(one, links=[link for link in one.links if link.to in facts]) for one in facts.values()
    ]
    numbers = {"numeric_facts": tuple(linked) or None, "times": line.times or None}
    return msgspec.structs.replace(line, origin="news", mentions=tuple(mentions), **numbers)


def back_from_brat(line: GoldLine) -> tuple[GoldLine, set[str]]:
    """The line after a round trip, and what was counted as lost."""
    with tempfile.TemporaryDirectory() as folder:
        read, lost = there_and_back([line], "brat", Path(folder))
    (back,) = read.lines
    assert isinstance(back, GoldLine)
    return back, set(lost)


@given(line=gold_lines() | merged().map(carried))
@settings(max_examples=150, deadline=None)
def test_brat_changes_nothing_where_nothing_is_counted(line: GoldLine) -> None:
    back, lost = back_from_brat(line)
    assume(not lost)
    found = diff(line, back)
    assert (found.changes, found.layers, found.documents) == ((), (), ())


KINDS_OF = {
    "entities without a mention": {"entities"},
    "links to or from entities without a mention": {"entities"},
    "links of single mentions (their entity's are written)": {"mentions"},
    "numeric facts without a place": {"numeric_facts"},
    "links to no numeric fact": {"numeric_facts"},
    "links to numeric facts without a place": {"numeric_facts"},
    "extents without words": {"numeric_facts"},
    "layers of stances with nothing in them": {"propositions", "attributions", "stances"},
    "layers of numeric_facts with nothing in them": {"numeric_facts", "times"},
}
"""Which kinds of item each of the counts is about."""


@given(line=merged().map(whole))
@settings(max_examples=100, deadline=None)
def test_brat_changes_no_kind_of_item_that_no_count_is_about(line: GoldLine) -> None:
    back, lost = back_from_brat(line)
    found = diff(line, back)
    fields = {one for one in lost if one in DOCUMENT_FIELDS.values()}
    about = set().union(*(KINDS_OF[one] for one in lost - fields))
    assert {one.kind for one in found.changes} <= about
    assert {DOCUMENT_FIELDS[name] for one in found.documents for name in one.before or ()} == fields
