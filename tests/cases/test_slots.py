"""Versions of one document side by side: each planted difference is a disagreement, and nothing else is."""

import re

import pytest

from goldassay.checks.references import REFERENCES as CHECKED_REFERENCES
from goldassay.model.adjudication import Choice, Decision, Reading
from goldassay.passes.adjudication import lay_out_passes
from goldassay.passes.load import as_gold, as_version
from goldassay.slots.decisions import departures, settle
from goldassay.slots.disagreements import find_disagreements
from goldassay.slots.fields import RECORD_TYPES, REFERENCES, field_defaults, field_names
from goldassay.slots.layout import Slot, lay_out
from goldassay.slots.wording import says
from invented_passes import DOCUMENT, FIRST, PLANTED, TEXT, TOGETHER, at, author, expect, plant


def renumber(text: str) -> str:
    """The same pass with other ids, in another order."""
    return re.sub(r'"([easpnt])(\d)"', lambda match: f'"{match[1]}{90 - int(match[2])}"', text)


def disagreements(first: str, second: str) -> dict[str, tuple[str, ...]]:
    found = find_disagreements("demo-1", lay_out_passes(author(first), author(second)))
    assert len({one.id for one in found}) == len(found)
    return {one.id: one.fields for one in found}


def slots_of(second: str, gold: str | None = None) -> dict[str, Slot]:
    read = as_gold(DOCUMENT, author(gold)) if gold is not None else None
    return {f"{slot.kind}/{slot.id}": slot for slot in lay_out_passes(author(FIRST), author(second), read)}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_difference_is_listed_and_nothing_else(name: str) -> None:
    assert disagreements(FIRST, plant(name)) == expect(name)


@pytest.mark.parametrize("name", [name for name in PLANTED if "b:" not in "".join(PLANTED[name].expected)])
def test_ids_of_the_second_pass_do_not_matter(name: str) -> None:
    assert disagreements(FIRST, renumber(plant(name))) == expect(name)


def test_all_differences_together() -> None:
    assert disagreements(FIRST, plant(*TOGETHER)) == expect(*TOGETHER)


def test_a_pass_agrees_with_itself_under_other_ids() -> None:
    assert disagreements(FIRST, renumber(FIRST)) == {}


def test_what_only_the_second_pass_has_is_named_after_it() -> None:
    without = plant("a stance is missing", "a mention is missing")
    assert disagreements(without, FIRST) == {"demo-1/stances/b:s3": (), f"demo-1/mentions/e4@{at('a lawyer')}": ()}


def test_disagreements_do_not_depend_on_the_gold() -> None:
    """A gold that has dropped the record, renamed everything or differs elsewhere leaves ids and fields as they are."""
    second = plant("a stance is missing", "a fact has another value and status")
    wanted = expect("a stance is missing", "a fact has another value and status")
    for gold in (FIRST, second, renumber(FIRST), plant("an attribution is missing")):
        slots = lay_out_passes(author(FIRST), author(second), as_gold(DOCUMENT, author(gold)))
        assert {one.id: one.fields for one in find_disagreements("demo-1", slots)} == wanted


def test_fields_speak_in_the_ids_of_the_gold() -> None:
    slots = slots_of(FIRST, renumber(FIRST))
    stance = slots["stances/s1"]
    assert stance.name == "s89"
    assert stance.fields["a"] == stance.fields["b"] == stance.fields["gold"]
    assert stance.fields["a"]["holder"] == "e87"
    assert stance.fields["a"]["target"] == {"kind": "proposition", "id": "p89"}
    assert stance.fields["a"]["sources"] == ["AUTHOR", "e88"]
    assert slots["attributions/a2"].fields["b"]["antecedent"] == "a89"


def test_what_the_gold_lacks_is_called_after_the_pass() -> None:
    slots = slots_of(FIRST, plant("an attribution is missing"))
    assert slots["stances/s2"].fields["a"]["attribution"] == "a:a2"
    assert slots["stances/s2"].fields["gold"]["attribution"] is None


def test_a_reference_to_nothing_is_no_agreement() -> None:
    """The second pass refers to an attribution that it does not have, under the id that the first one gives it."""
    dangling = plant("an attribution is missing").replace(
        'expression_spans: "denied"', 'expression_spans: "denied"\n    attribution: "a2"'
    )
    assert disagreements(FIRST, dangling) == expect("an attribution is missing")


def test_three_versions_stand_in_one_slot() -> None:
    versions = [as_version(name, author(renumber(FIRST) if name == "b" else FIRST)) for name in ("a", "b", "c")]
    slots = lay_out(versions)
    assert all(set(slot.records) == {"a", "b", "c"} for slot in slots)
    assert len(slots) == 4 + 6 + 2 + 1 + 2 + 3 + 1


def test_coordinated_holders_of_one_expression_are_told_apart() -> None:
    """Two stances share expression, target and dimension; the grade of the second holder differs."""
    joint = FIRST.replace("numeric_facts:", _stance("s4", "e4") + _stance("s5", "e2") + "\nnumeric_facts:")
    other = FIRST.replace("numeric_facts:", _stance("s4", "e2", grade=-1) + _stance("s5", "e4") + "\nnumeric_facts:")
    assert disagreements(joint, other) == {"demo-1/stances/s5": ("grade",)}


def _stance(id_: str, holder: str, grade: int = 1) -> str:
    return f"""
  - id: "{id_}"
    holder: "{holder}"
    target: {{kind: "entity", id: "e3"}}
    dimension: "evaluation"
    grade: {grade}
    act: "support"
    expression_spans: "the denial"
    sources: ["AUTHOR"]
"""


def test_references_are_those_that_are_checked() -> None:
    """What the check of references knows to be an id is compared as one; targets, anchors and premises apart."""
    checked = {
        (item.collection, item.field): item.kinds[0].replace(" ", "_")
        for item in CHECKED_REFERENCES
        if item.collection != "times"
    }
    kinds = {"entities": "entity"}
    own = {
        (kind, field): kinds.get(referred, referred.removesuffix("s"))
        for kind, fields in REFERENCES.items()
        for field, referred in fields.items()
    }
    assert own == checked


def test_every_field_is_compared_or_named_as_not_compared() -> None:
    left_out = {kind: set(RECORD_TYPES[kind].__struct_fields__) - set(field_names(kind)) for kind in RECORD_TYPES}
    assert left_out == {
        "entities": {"id", "name"},
        "mentions": {"id", "text"},
        "propositions": {"id", "gloss"},
        "times": {"id", "text", "note"},
        "attributions": {"id"},
        "stances": {"id", "note"},
        "numeric_facts": {"id", "note"},
    }


@pytest.mark.parametrize(
    ("decision", "fields"),
    [
        ("a", {"grade": 1, "act": "support"}),
        ("b", {"grade": 2, "act": "private"}),
        ({"grade": "b", "act": "a"}, {"grade": 2, "act": "support"}),
        ({"grade": Reading(value=-1), "act": "a"}, {"grade": Reading(value=-1), "act": "support"}),
        (
            {"grade": "a", "act": "b", "tier": Reading(value="optional")},
            {"grade": 1, "act": "private", "tier": Reading(value="optional")},
        ),
    ],
)
def test_a_decision_makes_the_record(decision: Decision, fields: dict[str, object]) -> None:
    slot = slots_of(plant("a stance has another grade and act"))["stances/s3"]
    expected = settle(slot, decision)
    assert expected.open == ()
    assert expected.fields == {**slot.fields["a"], **fields}


def test_what_is_open_is_said() -> None:
    slot = slots_of(plant("a stance has another grade and act"))["stances/s3"]
    assert settle(slot, None).open == ("grade, act",)
    assert settle(slot, {"grade": "a"}).open == ("act",)
    assert settle(slot, {"grade": "neither", "act": "a"}).open == ("grade, for which 'neither' has no value",)
    assert settle(slot, {"grade": "a", "act": "a", "mood": "a"}).open == ("mood, which is no field of stances",)
    alone = slots_of(plant("a stance is missing"))["stances/s3"]
    assert settle(alone, None).open == ("the record",)
    assert settle(alone, {"grade": "b"}).open == ("grade, for which 'b' has no value",)


def test_a_record_of_one_pass_is_kept_dropped_or_mended() -> None:
    slot = slots_of(plant("a stance is missing"))["stances/s3"]
    assert settle(slot, "a").fields == slot.fields["a"]
    assert settle(slot, "b").fields is None
    assert settle(slot, "neither").fields is None
    assert settle(slot, {"tier": Reading(value="optional")}).fields == {
        **slot.fields["a"],
        "tier": Reading(value="optional"),
    }
    assert settle(slot, {"expression_spans": "neither"}).fields == {**slot.fields["a"], "expression_spans": []}


def test_a_record_of_the_gold_alone_needs_all_its_required_fields() -> None:
    first = plant("a stance is missing")
    slots = lay_out_passes(author(first), author(first), as_gold(DOCUMENT, author(FIRST)))
    slot = next(slot for slot in slots if slot.id == "gold:s3")
    assert departures(slot, settle(slot, None), TEXT) == {"": (None, slot.fields["gold"])}
    part = settle(slot, {"holder": Reading(value="e4"), "act": Reading(value="support")})
    assert part.open == ("target, which needs a value", "dimension, which needs a value", "grade, which needs a value")
    whole: dict[str, Choice] = {
        "holder": Reading(value="e4"),
        "holder_spans": Reading(value="Anna Holt"),
        "target": Reading(value={"kind": "proposition", "id": "p2"}),
        "target_spans": Reading(value=["the denial"]),
        "dimension": Reading(value="evaluation"),
        "grade": Reading(value=1),
        "act": Reading(value="support"),
        "expression_spans": Reading(value=[f"praised@{at('praised')}"]),
        "sources": Reading(value=["AUTHOR"]),
    }
    assert departures(slot, settle(slot, whole), TEXT) == {}
    assert set(departures(slot, settle(slot, {**whole, "grade": Reading(value=2)}), TEXT)) == {"grade"}


def test_optional_fields_have_defaults() -> None:
    assert set(field_names("stances")) - set(field_defaults("stances")) == {
        "holder",
        "target",
        "dimension",
        "grade",
        "act",
    }


@pytest.mark.parametrize(
    ("decided", "name", "value", "right"),
    [
        ("Tuesday", "spans", [[38, 45]], True),
        ("Monday", "spans", [[38, 45]], False),
        ([], "spans", [[38, 45]], False),
        ([38, 45], "spans", [[38, 45]], False),
        ([[38, 45]], "spans", [[38, 45]], True),
        ([["38", 45]], "spans", [[38, 45]], False),
        (["e2", "e1"], "members", ["e1", "e2"], True),
        (["e2", "e1"], "sources", ["e1", "e2"], False),
        (True, "grade", 1, False),
        (1, "grade", 1, True),
        (None, "value", None, True),
        ({"lemma": "tank"}, "counted", {"lemma": "tank", "entity": None, "spans": []}, True),
        ({"lemma": "tank"}, "counted", {"lemma": "tank", "entity": "e1", "spans": []}, False),
        ({"lemma": "tank", "mood": 1}, "counted", {"lemma": "tank", "entity": None, "spans": []}, False),
        ({"lo": "1", "hi": "2"}, "value", {"lo": "1", "hi": "2", "lo_inc": True, "hi_inc": False}, False),
        ([{"to": "n2", "type": "x"}], "links", [{"type": "x", "to": "n2", "inferred": False}], True),
    ],
)
def test_decided_values(decided: object, name: str, value: object, right: bool) -> None:
    assert says(decided, name, value, TEXT) is right
