"""The numeric facts layer as items: facts at their number, further places of a fact as restatements, times.

A record in a record (`counted`, `event`, `base`) is typed, and its words are a stretch of their own. What a fact says
of another fact is a link by the type of it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from goldassay.kit.item_records import (
    Report,
    Sections,
    by_kind,
    convert_record,
    name_records,
    own_spans,
    tree_of,
)
from goldassay.kit.items import Field, Item, Kind, fields_of, make_item, said_of
from goldassay.model.labels import LinkType
from goldassay.model.numeric_facts import NumericFact, NumericFactsRow, NumericMention, Time
from goldassay.model.record import spans_text

FACT, RESTATEMENT, TIME = "Fact", "Restatement", "Time"
_KINDS = {"numeric fact": FACT, "time": TIME}
_PREFIXES = {FACT: "n", TIME: "t", RESTATEMENT: "r"}
_INFERRED = "_inferred"
_EXTENTS = (Field("span_spans", "words"), Field("full_spans", "words"))
_NESTED = {"counted": "spans", "event": "trigger_spans", "base": "spans"}
"""Records in a fact, and their field that holds spans."""
_RELATIONS = tuple(
    Field(f"{name}{mark}", "link", ends=(FACT,), many=True) for name in get_args(LinkType) for mark in ("", _INFERRED)
)
_ANCHOR = Field("anchor", "link", ends=(TIME,), typed=True, plain=True)

_OF_FACT = fields_of(NumericFact, "numeric_facts", _KINDS, main="number_spans", without=["mentions", "links"])
_OF_TIME = fields_of(Time, "times", _KINDS, main="spans", without=["anchor"])
NUMBER_KINDS = (
    Kind(FACT, (*_OF_FACT, *_EXTENTS, *(Field(f"{name}_spans", "words") for name in _NESTED), *_RELATIONS)),
    Kind(RESTATEMENT, (_OF_FACT[0], Field("fact", "link", ends=(FACT,)), *_EXTENTS)),
    Kind(TIME, (*_OF_TIME, _ANCHOR)),
)
"""What there is to mark in the layer."""

_FACT, _RESTATEMENT, _TIME = NUMBER_KINDS


def items_of_facts(row: NumericFactsRow, text: str) -> tuple[list[Item], Counter[str]]:
    """The row as items `E1`, `E2`, … in its order, and how much of it no item can carry."""
    named = [one.id for one in row.numeric_facts] + [one.id for one in row.times]
    ids = {id_: f"E{number}" for number, id_ in enumerate(named, start=1)}
    items: list[Item | None] = []
    lost = Counter({"numeric facts without a place": sum(not one.mentions for one in row.numeric_facts)})
    further = len(named)
    for fact in row.numeric_facts:
        for place, mention in enumerate(fact.mentions):
            said, spans = _said_of_mention(mention), mention.number.spans
            lost["extents without words"] += sum(not extent for extent in said.values())
            if place == 0:
                lost["links to no numeric fact"] += sum(link.to not in ids for link in fact.links)
                items.append(
                    _linked(make_item(_FACT, ids[fact.id], spans, said | _said_of_fact(fact), ids, text), fact, ids)
                )
                continue
            further += 1
            items.append(make_item(_RESTATEMENT, f"E{further}", spans, said | {"fact": fact.id}, ids, text))
    items += [make_item(_TIME, ids[one.id], one.spans, said_of(one), ids, text) for one in row.times]
    kept = [item for item in items if item is not None]
    lost["records of a text without a character"] += len(items) - len(kept)
    return _without_loose_ends(kept, lost), +lost


def _said_of_mention(mention: NumericMention) -> dict[str, Any]:
    """The extents beyond the number, each where it differs from the one inside."""
    number, span, full = mention.number.spans, mention.span.spans, mention.full.spans
    return ({"span_spans": span} if span != number else {}) | ({"full_spans": full} if full != span else {})


def _said_of_fact(fact: NumericFact) -> dict[str, Any]:
    said = said_of(fact)
    for name, spans in _NESTED.items():
        inner = getattr(fact, name)
        if inner is not None:
            said[name] = said_of(inner)
            said[f"{name}_spans"] = said[name].pop(spans, [])
            # An event that is but its trigger needs nothing typed.
            if not said[name] and said[f"{name}_spans"]:
                del said[name]
    if fact.value is not None:
        said["value"] = said_of(fact.value)
    return said


def _linked(item: Item | None, fact: NumericFact, ids: Mapping[str, str]) -> Item | None:
    """The item with what its fact says of other facts, in that order."""
    found = [(f"{one.type}{_INFERRED if one.inferred else ''}", ids[one.to]) for one in fact.links if one.to in ids]
    return None if item is None else replace(item, links=(*item.links, *found))


def _without_loose_ends(items: Sequence[Item], lost: Counter[str]) -> list[Item]:
    """The items without links to facts that have no place in the text."""
    known = {item.id for item in items}
    kept = []
    for item in items:
        links = tuple(link for link in item.links if link[1] in known)
        lost["links to numeric facts without a place"] += len(item.links) - len(links)
        kept.append(replace(item, links=links))
    return kept


def facts_of_items(items: Sequence[Item], report: Report) -> tuple[NumericFactsRow, Sections]:
    """The row that items say, its records in text order, without those that have findings; and whose item is where."""
    names = name_records(items, _PREFIXES, report)
    sections = by_kind(items, {"numeric_facts": FACT, "times": TIME})
    further: dict[str, list[Item]] = {}
    for item in items:
        if item.kind == RESTATEMENT:
            tree_of(item, _RESTATEMENT, names, report)
            if not item.ends("fact"):
                report.add("E407", item, "fact", "no fact", f"a link to the {FACT} that it restates")
            further.setdefault(next(iter(item.ends("fact")), ""), []).append(item)
    facts, times = [], []
    for item in sections["numeric_facts"]:
        tree = tree_of(item, _FACT, names, report)
        tree["mentions"] = [_mention(one, report.text) for one in (item, *further.get(item.id, ()))]
        _nest(tree, item, names)
        facts.append(convert_record(tree, NumericFact, item, report))
    for item in sections["times"]:
        tree = tree_of(item, _TIME, names, report) | _extent(own_spans(item), report.text)
        times.append(convert_record(tree, Time, item, report))
    row = NumericFactsRow(
        doc_id=report.doc_id,
        numeric_facts=[one for one in facts if one is not None],
        times=[one for one in times if one is not None],
    )
    return row, sections


def _mention(item: Item, text: str) -> dict[str, Any]:
    number = own_spans(item)
    span = [list(one) for one in item.words.get("span_spans", ())] or number
    full = [list(one) for one in item.words.get("full_spans", ())] or span
    return {"number": _extent(number, text), "span": _extent(span, text), "full": _extent(full, text)}


def _extent(spans: list[list[int]], text: str) -> dict[str, Any]:
    return {"spans": spans, "text": spans_text(text, [(start, end) for start, end in spans])}


def _nest(tree: dict[str, Any], item: Item, names: dict[str, str]) -> None:
    """Put stretches into the records that they belong to and links into their list, and read short forms.

    `value: 40` is the point, `counted: ship` the lemma.
    """
    for name in (*(f"{name}_spans" for name in _NESTED), *(one.name for one in (*_EXTENTS, *_RELATIONS))):
        tree.pop(name, None)
    for name, spans in _NESTED.items():
        words = [list(span) for span in item.words.get(f"{name}_spans", ())]
        inner = tree.get(name, {} if words else None)
        inner = {"lemma": inner} if isinstance(inner, str) and name != "event" else inner
        if isinstance(inner, dict):
            tree[name] = {spans: words, **inner}
    if isinstance(tree.get("value"), str):
        tree["value"] = {"lo": tree["value"], "hi": tree["value"]}
    relations = {one.name for one in _RELATIONS}
    tree["links"] = [
        {"type": name.removesuffix(_INFERRED), "to": names[end], "inferred": name.endswith(_INFERRED)}
        for name, end in item.links
        if name in relations and end in names
    ]
