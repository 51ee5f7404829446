"""E407: what may not stay empty."""

from typing import Any

import pytest
from sound_rows import VALID, check, put, sound, told

from goldassay.checking import check_document_rows
from goldassay.checks.required import check_document
from goldassay.formats.jsonl import read_rows
from goldassay.model.document import Document

FACT = "numeric_facts.numeric_facts.0"


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("entities.entities.0.name", " ", "entities[0].name"),
        ("entities.mentions.0.spans", [], "mentions[0].spans"),
        ("stances.propositions.0.gloss", "", "propositions[0].gloss"),
        ("stances.stances.0.expression_spans", [], "stances[0].expression_spans"),
        ("stances.stances.0.toward", None, "stances[0].toward"),
        ("stances.stances.0.toward_sign", None, "stances[0].toward_sign"),
        (f"{FACT}.mentions", [], "numeric_facts[0].mentions"),
        (f"{FACT}.mentions.0.span.spans", [], "numeric_facts[0].mentions[0].span.spans"),
        (f"{FACT}.value", None, "numeric_facts[0].value"),
        (f"{FACT}.value", {"lo": None, "hi": None}, "numeric_facts[0].value"),
        (f"{FACT}.counted.lemma", "", "numeric_facts[0].counted.lemma"),
        (f"{FACT}.sources", [], "numeric_facts[0].sources"),
        (f"{FACT}.commitment", ["certain"], "numeric_facts[0].commitment"),
        (f"{FACT}.commitment", ["certain"] * 3, "numeric_facts[0].commitment"),
        ("numeric_facts.times.0.spans", [], "times[0].spans"),
        ("numeric_facts.times.0.value_resolved", "2024-07-09", "times[0].resolved_by"),
        ("numeric_facts.times.0.resolved_by", "external", "times[0].value_resolved"),
    ],
)
def test_each_required_field(path: str, value: Any, field: str) -> None:
    assert ("E407", field) in told(put(sound(), path, value))


def test_what_excuses_an_empty_field() -> None:
    stance = "stances.stances.0"
    without = put(sound(), f"{stance}.expression_spans", [])
    assert told(put(without, f"{stance}.tier", "optional")) == []
    assert told(put(put(without, f"{stance}.tier", "core"), f"{stance}.inferred", True)) == []
    vague = put(put(sound(), f"{FACT}.value", None), f"{FACT}.magnitude", 1)
    assert told(vague) == []
    assert told(put(put(sound(), f"{FACT}.value", None), f"{FACT}.kind", "score")) == []
    implicit = put(put(sound(), f"{FACT}.mentions", []), f"{FACT}.tier", "implicit")
    assert told(implicit) == []
    identifier = put(put(put(sound(), f"{FACT}.sources", []), f"{FACT}.commitment", []), f"{FACT}.kind", "identifier")
    assert told(identifier) == []


def test_resolved_times_need_their_grounds() -> None:
    time = "numeric_facts.times.0"
    rows = put(sound(), f"{time}.value_resolved", "2024-07-09")
    assert told(put(rows, f"{time}.resolved_by", "inferred")) == [("E407", "times[0].premises")]
    assert told(put(rows, f"{time}.resolved_by", "metadata")) == [("E407", "times[0].resolved_by")]
    assert told(put(rows, "document.dct", "2024-07-10")) == []


def test_a_mention_without_entity_needs_a_type() -> None:
    assert told(put(sound(), "entities.mentions.0.entity", None))[0] == ("E407", "mentions[0].type")
    assert told(put(put(sound(), "entities.mentions.0.entity", None), "entities.mentions.0.type", "GPE")) == []


def unmentioned(**fields: Any) -> dict[str, Any]:
    rows = sound()
    rows["entities"]["entities"].append({"id": "e9", "type": "GPE", "name": "Zenda", **fields})
    return rows


def test_an_entity_needs_a_mention_or_a_reason_to_be_there() -> None:
    assert told(unmentioned()) == [("E407", "entities[4]")]
    assert told(put(unmentioned(), "entities.entities.0.rollup", "e9")) == []
    assert told(put(unmentioned(), "entities.entities.0.members", ["e9"])) == []
    assert told(put(unmentioned(), "stances.stances.0.toward", "e9")) == []
    assert told(put(unmentioned(), f"{FACT}.subject", "e9")) == []
    partial = unmentioned()
    del partial["stances"]
    assert told(partial) == []


def test_what_the_corpus_must_know_of_a_document() -> None:
    document = next(read_rows(VALID / "documents.jsonl", Document)).value
    assert document is not None
    assert list(check_document(document)) == []
    from msgspec.structs import replace

    bare = replace(document, source="", rights=" ", origin="derived")
    assert [item.where.field for item in check_document(bare)] == ["source", "rights", "derived_from", "edit"]
    assert check_document_rows(bare) == []


def test_findings_name_the_document() -> None:
    (item,) = check(put(sound(), "entities.entities.0.name", ""))
    assert item.where.doc_id == "demo-1"
