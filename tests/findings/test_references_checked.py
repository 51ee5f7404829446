"""E301 to E303: ids, references, cycles."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sound_rows import TYPES, check, put, sound, told

from goldassay.checks.cycles import find_cycles
from goldassay.checks.references import REFERENCES, Reference
from goldassay.checks.walk import iterate_values

ROW_OF = {
    name: row
    for row in ("entities", "stances", "numeric_facts")
    for name in TYPES[row].__struct_fields__
    if name != "doc_id"
}
WITH_EVENT = {
    "trigger_spans": [[0, 9]],
    "roles": [{"role": "agent", "entity": "e3"}],
}


def with_reference(reference: Reference, value: str) -> dict[str, dict[str, object]]:
    """The sound rows with one reference set, the records around it made where there are none."""
    rows = sound()
    row = ROW_OF[reference.collection]
    record = rows[row][reference.collection][0]
    record.setdefault("event", WITH_EVENT) if reference.collection == "numeric_facts" else None
    first, _, rest = reference.field.partition(".")
    if not rest:
        record[first] = [value] if isinstance(record.get(first), list) else value
    elif first == "links":
        record["links"] = [{"type": "updates", "to": value}]
    elif first == "event":
        record["event"] = {**WITH_EVENT, "roles": [{"role": "agent", "entity": value}]}
    else:
        record[first] = {"lemma": "tank", "entity": value}
    return rows


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda one: f"{one.collection}.{one.field}")
def test_a_reference_to_nothing_is_found_in_every_field(reference: Reference) -> None:
    findings = [item for item in check(with_reference(reference, "nobody")) if item.code == "E302"]
    (item,) = findings
    assert item.found == '"nobody"'
    assert (item.where.field or "").startswith(f"{reference.collection}[0].{reference.field.split('.')[0]}")


def test_every_string_field_that_can_hold_an_id_is_in_the_table() -> None:
    """A new reference field must not be forgotten: every free string is either a reference or listed here."""
    prose = {"id", "doc_id", "name", "text", "kb_id", "gloss", "note", "unit", "grain", "mod", "expr", "anchor"}
    prose |= {"value_text_only", "value_resolved", "begin", "end"}
    known = {(one.collection, one.field.split(".")[0]) for one in REFERENCES}
    for collection, row in ROW_OF.items():
        record = TYPES[row].__annotations__[collection].__args__[0]
        for field in msgspec.structs.fields(record):
            text = str(field.type)
            free = "str" in text and "Literal" not in text and "Value" not in text
            assert not free or field.name in prose or (collection, field.name) in known, (collection, field.name)


def test_an_id_of_another_kind_is_no_reference() -> None:
    (item,) = check(put(sound(), "stances.stances.0.holder", "p1"))[:1]
    assert (item.code, item.found, item.expected) == ("E302", '"p1", the id of a proposition', "the id of an entity")
    assert told(put(sound(), "stances.stances.0.target", {"kind": "entity", "id": "p1"})) == [
        ("E302", "stances[0].target.id")
    ]


def test_a_name_in_place_of_an_id_is_recognised() -> None:
    item = check(put(sound(), "stances.stances.0.holder", "borduria"))[0]
    assert item.fix == 'write "e3", the id of that entity'


def test_what_refers_into_a_layer_that_is_not_at_hand_is_not_judged() -> None:
    rows = sound()
    del rows["entities"], rows["numeric_facts"]
    assert told(rows) == []
    assert told(put(rows, "stances.stances.0.attribution", "a9")) == [("E302", "stances[0].attribution")]


def test_reserved_names_are_no_ids() -> None:
    rows = put(sound(), "stances.attributions.0.source", "IMPLICIT")
    rows = put(rows, "stances.stances.0.holder", "IMPLICIT")
    rows = put(rows, "stances.stances.1.sources", ["AUTHOR", "IMPLICIT"])
    assert told(rows) == []
    assert told(put(sound(), "stances.stances.0.toward", "AUTHOR"))[0] == ("E302", "stances[0].toward")


@pytest.mark.parametrize(
    ("anchor", "sound_anchor"),
    [("DCT", True), (None, True), ("speech:a1", True), ("speech:a9", False), ("t9", False), ("speech:e1", False)],
)
def test_anchors_are_references(anchor: str | None, sound_anchor: bool) -> None:
    expected = [] if sound_anchor else [("E302", "times[0].anchor")]
    assert told(put(sound(), "numeric_facts.times.0.anchor", anchor)) == expected


def test_ids_are_unique_across_the_layers_of_a_document() -> None:
    rows = put(sound(), "numeric_facts.numeric_facts.0.id", "s1")
    (item,) = check(rows)
    assert (item.code, item.found) == ("E301", '"s1" again, the id of a stance')


def test_values_are_found_through_lists_and_past_nulls() -> None:
    fact = msgspec.convert(sound()["numeric_facts"], TYPES["numeric_facts"]).numeric_facts[0]
    assert list(iterate_values(fact, "f", "event.roles.entity")) == [
        ("f.event.roles[0].entity", "e3"),
        ("f.event.roles[1].entity", "e4"),
    ]
    assert list(iterate_values(fact, "f", "base.entity")) == []
    assert list(iterate_values(fact, "f", "sources")) == [("f.sources[0]", "AUTHOR"), ("f.sources[1]", "e2")]


def test_cycles_of_each_relation() -> None:
    assert told(put(sound(), "entities.entities.0.rollup", "e1")) == [("E303", "entities[0].rollup")]
    assert told(put(sound(), "entities.entities.0.members", ["e1"])) == [("E303", "entities[0].members")]
    assert told(put(sound(), "numeric_facts.times.0.anchor", "t1")) == [("E303", "times[0].anchor")]
    assert ("E303", "attributions[0].parent") in told(put(sound(), "stances.attributions.0.parent", "a1"))
    assert told(put(sound(), "stances.attributions.1.antecedent", "a2")) == [("E303", "attributions[1].antecedent")]
    assert told(put(sound(), "stances.stances.1.grounds_of", "s2")) == [("E303", "stances[1].grounds_of")]


def facts(*links: list[dict[str, str]]) -> dict[str, object]:
    rows = sound()
    first = rows["numeric_facts"]["numeric_facts"][0]
    rows["numeric_facts"]["numeric_facts"] = [
        {**first, "id": f"n{i}", "note": None, "magnitude": i, "links": own} for i, own in enumerate(links)
    ]
    return rows


def test_part_and_total_are_one_relation_from_two_ends() -> None:
    both = facts([{"type": "part_of", "to": "n1"}], [{"type": "total_of", "to": "n0"}])
    assert told(both) == []
    against = facts([{"type": "part_of", "to": "n1"}], [{"type": "part_of", "to": "n0"}])
    assert told(against) == [("E303", "numeric_facts[0].links")]
    across = facts([{"type": "part_of", "to": "n1"}, {"type": "total_of", "to": "n1"}], [])
    assert told(across) == [("E303", "numeric_facts[0].links")]


def test_relations_that_hold_both_ways_may_be_written_both_ways() -> None:
    same = facts([{"type": "same_as", "to": "n1"}], [{"type": "same_as", "to": "n0"}])
    assert told(same) == []
    assert told(facts([{"type": "contradicts", "to": "n0"}])) == [("E303", "numeric_facts[0].links")]
    rows = put(put(sound(), "stances.stances.0.same_as", "s2"), "stances.stances.1.same_as", "s1")
    assert told(rows) == []


nodes = st.integers(0, 7).map(str)


@given(st.dictionaries(nodes, st.lists(nodes, max_size=3), max_size=8))
def test_cycles_are_found_if_and_only_if_there_are_some(edges: dict[str, list[str]]) -> None:
    def reaches(start: str, goal: str) -> bool:
        seen: set[str] = set()
        front = list(edges.get(start, ()))
        while front:
            node = front.pop()
            if node == goal:
                return True
            if node not in seen:
                seen.add(node)
                front += edges.get(node, ())
        return False

    cycles = find_cycles(edges)
    assert bool(cycles) == any(reaches(node, node) for node in edges)
    for cycle in cycles:
        assert cycle[0] == cycle[-1]
        assert all(after in edges[before] for before, after in pairwise(cycle))
    inside = [node for cycle in cycles for node in cycle[1:]]
    assert len(inside) == len(set(inside))
