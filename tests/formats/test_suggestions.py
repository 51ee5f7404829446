"""What a finding suggests where other schemes' habits are met: labels, places of entities, lines a layer."""

import json

import pytest

from goldassay.formats.explain import explain
from goldassay.formats.explain_values import LABEL_HABITS, closest_label
from goldassay.formats.jsonl import tell_no_lines
from goldassay.formats.prediction_line import PredictionLine
from goldassay.formats.predictions import iterate_predictions
from goldassay.formats.salvage import salvage_line
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import ENTITY_TYPES, LEVELS, NUMERIC_KINDS

DOCUMENT = Document(
    doc_id="d1",
    title=None,
    text="Zenda met Dol.",
    language="en",
    dct=None,
    dct_evidence=None,
    source="",
    rights="",
    origin="composed",
    sha256="",
    sentences=[],
)


def fixes(**line: object) -> dict[str, str | None]:
    return {problem.path: problem.fix for problem in explain({"doc_id": "d1", **line}, PredictionLine)}


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("LOCATION", "LOC"),
        ("Location", "LOC"),
        ("PER", "PERSON"),
        ("per", "PERSON"),
        ("ORGANISATION", "ORG"),
        ("Country", "GPE"),
        ("gpe", "GPE"),
        ("PERSN", "PERSON"),
    ],
)
def test_a_label_of_another_scheme_has_a_suggestion(label: str, meant: str) -> None:
    said = fixes(mentions=[{"start": 0, "end": 5, "type": label}])
    assert said == {"mentions[0].type": f'did you mean "{meant}"?'}


def test_labels_of_other_fields_have_suggestions_and_strange_ones_none() -> None:
    stance = {"holder": "Zenda", "target": "Dol"}
    assert fixes(stances=[stance | {"polarity": "positive"}]) == {"stances[0].polarity": 'did you mean "favor"?'}
    assert fixes(stances=[stance | {"polarity": "purple"}]) == {"stances[0].polarity": None}
    assert fixes(mentions=[{"start": 0, "end": 5, "type": "MOOD"}]) == {"mentions[0].type": None}


def test_every_suggestion_is_a_label_and_no_label_gives_way_to_another() -> None:
    schemes = (ENTITY_TYPES, LEVELS, NUMERIC_KINDS, ("favor", "neutral", "against"))
    assert all(any(meant in scheme for scheme in schemes) for meant in LABEL_HABITS.values())
    for scheme in schemes:
        assert [closest_label(label.lower(), scheme) for label in scheme] == list(scheme)


def test_a_foreign_label_is_suggested_and_never_repaired() -> None:
    line = json.dumps({"doc_id": "d1", "mentions": [{"start": 0, "end": 5, "type": "LOCATION"}]}).encode()
    saved = salvage_line(line, repair=True)
    assert (saved.repairs, saved.invalid) == ((), {("mentions", 0)})


def test_an_entity_with_a_place_belongs_under_mentions() -> None:
    said = fixes(entities=[{"start": 0, "end": 5, "type": "GPE"}])
    assert {path: fix and '"mentions"' in fix for path, fix in said.items()} == {
        "entities[0].start": True,
        "entities[0].end": True,
        "entities[0].id": None,
    }
    assert fixes(entities=[{"id": "e1", "naem": "Zenda"}]) == {"entities[0].naem": 'did you mean "name"?'}


def read(*lines: bytes) -> list[Finding]:
    rows = iterate_predictions(lines, {"d1": DOCUMENT}, file="p.jsonl")
    return [item for row in rows for item in row.findings]


def test_a_line_a_layer_is_told_to_become_one_line() -> None:
    lines = [json.dumps({"doc_id": "d1", key: []}).encode() for key in ("mentions", "stances", "numeric_facts")]
    found = read(*lines)
    assert [(item.code, item.fix) for item in found] == [("E306", "put all layers of a document into one line")] * 2


@pytest.mark.parametrize(
    ("broken", "lines", "told"),
    [(3, 3, True), (9, 10, True), (10, 10, True), (8, 10, False), (2, 2, False), (0, 0, False), (0, 5, False)],
)
def test_a_file_is_no_json_lines_file_where_nine_lines_in_ten_are_no_objects(
    broken: int, lines: int, told: bool
) -> None:
    bad = [finding("E102", found="x", expected="JSON", line=number + 1) for number in range(broken)]
    found = tell_no_lines(bad, lines, file="p.jsonl")
    assert [(item.code, item.where.file, item.where.line) for item in found] == [("E102", "p.jsonl", None)] * told


def test_wrong_records_are_json_lines_all_the_same() -> None:
    found = read(*[b'{"doc_id": "d1", "mentions": [{"start": "0", "end": 5}]}'] * 5)
    assert found
    assert tell_no_lines(found, 5, file="p.jsonl") == []
    assert tell_no_lines(read(*[b"[1]"] * 5), 5, file="p.jsonl") != []
