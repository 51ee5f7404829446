"""Every finding about a prediction line."""

import io
from typing import Any

import pytest
from prediction_reading import GPE, TEXT, codes, document, lines, read

from goldassay.formats.predictions import read_predictions


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"doc_id": "d1", "mentions": [GPE | {"start": 6, "end": 6}]}, ("E201", "mentions[0]")),
        ({"doc_id": "d1", "mentions": [GPE | {"start": 6, "end": 2}]}, ("E201", "mentions[0]")),
        ({"doc_id": "d1", "mentions": [GPE | {"start": 70, "end": 99}]}, ("E202", "mentions[0]")),
        ({"doc_id": "d1", "mentions": [GPE | {"start": 2, "end": 6, "text": "Bern"}]}, ("E203", "mentions[0]")),
        ({"doc_id": "d1", "mentions": [GPE | {"start": 3, "end": 7, "text": "Kyiv"}]}, ("E204", None)),
        ({"doc_id": "d1", "mentions": [GPE | {"spans": [[7, 11], [2, 6]]}]}, ("E205", "mentions[0]")),
        ({"doc_id": "d1", "mentions": [GPE | {"spans": [[2, 6], [4, 11]]}]}, ("E205", "mentions[0]")),
        ({"doc_id": "d1", "mentions": [GPE]}, ("E407", "mentions[0]")),
        ({"doc_id": "d1", "mentions": [GPE | {"text": " "}]}, ("E407", "mentions[0]")),
        ({"doc_id": "d1", "mentions": [GPE | {"start": 2}]}, ("E104", "mentions[0]")),
        ({"doc_id": "d1", "mentions": [{"start": 2, "end": 6, "type": "Gpe"}]}, ("E106", "mentions[0].type")),
        ({"doc_id": "d1", "mentions": [{"start": 2, "end": 6, "label": "GPE"}]}, ("E103", "mentions[0].label")),
        ({"doc_id": "d1", "mentions": [{"start": "2", "end": 6}]}, ("E105", "mentions[0].start")),
        ({"doc_id": "d1", "mentoins": []}, ("E103", "mentoins")),
        (
            {"doc_id": "d1", "entities": [], "mentions": [{"text": "Kyiv", "entity": "e9"}]},
            ("E302", "mentions[0].entity"),
        ),
        ({"doc_id": "d1", "entities": [{"id": "e1"}, {"id": "e1"}]}, ("E301", "entities")),
        ({"doc_id": "d2"}, ("E304", None)),
        (b"{'doc_id': 'd1'}\n", ("E102", None)),
        ({"doc_id": "d1", "stances": [{"holder": "Kyiv", "target": "Oslo"}]}, ("E104", "stances[0]")),
        ({"doc_id": "d1", "stances": [{"target": "Oslo", "grade": 1}]}, ("E104", "stances[0]")),
        ({"doc_id": "d1", "stances": [{"holder": "Kyiv", "grade": 1}]}, ("E104", "stances[0].target")),
        ({"doc_id": "d1", "stances": [{"holder": "", "target": "Oslo", "grade": 1}]}, ("E407", "stances[0].holder")),
        ({"doc_id": "d1", "stances": [{"holder": {}, "target": "Oslo", "grade": 1}]}, ("E407", "stances[0].holder")),
        (
            {"doc_id": "d1", "stances": [{"holder": {"entity": "e9"}, "target": "Oslo", "grade": 1}]},
            ("E302", "stances[0].holder"),
        ),
        (
            {"doc_id": "d1", "stances": [{"holder": "Kyiv", "target": "Oslo", "grade": 1, "polarity": "against"}]},
            ("E406", "stances[0]"),
        ),
        (
            {"doc_id": "d1", "stances": [{"holder": "K", "target": "O", "dimension": "belief", "polarity": "favor"}]},
            ("E406", "stances[0]"),
        ),
        (
            {"doc_id": "d1", "stances": [{"holder": "K", "chain": ["AUTHOR", "N"], "target": "O", "grade": 1}]},
            ("E405", "stances[0].chain"),
        ),
        (
            {"doc_id": "d1", "stances": [{"holder": "K", "target": "O", "grade": 1, "expression_spans": [[9, 7]]}]},
            ("E201", "stances[0].expression"),
        ),
        ({"doc_id": "d1", "numeric_facts": [{"value": "many"}]}, ("E401", "numeric_facts[0].value")),
        ({"doc_id": "d1", "numeric_facts": [{"value": True}]}, ("E401", "numeric_facts[0].value")),
        ({"doc_id": "d1", "numeric_facts": [{"value": "1,00"}]}, ("E401", "numeric_facts[0].value")),
        ({"doc_id": "d1", "numeric_facts": [{"value": {"lo": "5", "hi": "4"}}]}, ("E402", "numeric_facts[0].value")),
        ({"doc_id": "d1", "numeric_facts": [{"value": 1, "mentions": [{}]}]}, ("E407", "numeric_facts[0].mentions[0]")),
        ({"doc_id": "d1", "times": [{"type": "DATE"}]}, ("E407", "times[0]")),
        ({"doc_id": "d1", "attributions": [{"source": {}, "cue": "said"}]}, ("E407", "attributions[0].source")),
    ],
)
def test_an_invalid_line(line: dict[str, Any] | bytes, expected: tuple[str, str | None]) -> None:
    code, field = expected
    file = read(line)
    first = file.findings[0]
    assert (first.code, first.severity, first.where.field) == (code, "error", field)
    assert (first.where.file, first.where.line) == ("p.jsonl", 1)
    assert file.predictions == ()
    # Under the other policies nothing stops the scoring, and nothing is silent.
    for policy in ("drop", "repair"):
        found = read(line, on_invalid=policy).findings
        assert all(item.severity != "error" for item in found)
        assert found[0].code == code


def test_all_findings_of_a_file_are_collected() -> None:
    broken = {"start": 2, "end": 6, "tpye": "GPE"}, {"start": 70, "end": 99, "type": "GPE"}, {"start": "x", "end": 6}
    found = codes({"doc_id": "d1", "mentions": list(broken), "numeric_facts": [{"value": "many"}]}, b"{\n")
    assert [(code, field) for code, _, field in found] == [
        ("E103", "mentions[0].tpye"),
        ("E105", "mentions[2].start"),
        ("E202", "mentions[1]"),
        ("E401", "numeric_facts[0].value"),
        ("E102", None),
    ]


def test_findings_suggest_a_remedy() -> None:
    found = read({"doc_id": "d1", "mentions": [{"start": 2, "end": 6, "tpye": "GPE"}]}).findings
    assert found[0].fix == 'did you mean "type"?'
    found = read({"doc_id": "D1"}).findings
    assert found[0].fix.startswith('did you mean "d1"?')


def test_documents_twice_missing_and_runs() -> None:
    documents = {"d1": document(), "d2": document("d2")}
    rows = lines(
        {"doc_id": "d2", "run": "b"},
        {"doc_id": "d1", "run": 1},
        {"doc_id": "d2", "run": 1},
        {"doc_id": "d2", "run": 1},
        b"\n",
        {"doc_id": "d1", "run": 1},
    )
    file = read_predictions(io.BytesIO(b"".join(rows)), documents, file="p.jsonl")
    assert [(item.doc_id, item.run, item.line) for item in file.predictions] == [
        ("d1", "1", 2),
        ("d2", "1", 3),
        ("d2", "b", 1),
    ]
    assert [(item.code, item.severity, item.where.line, item.where.doc_id) for item in file.findings] == [
        ("E306", "error", 4, "d2"),
        ("E306", "error", 6, "d1"),
        ("E305", "warning", None, "d1"),
    ]
    assert file.findings[2].found == 'no line of run "b" for the document'


def test_an_empty_file_misses_every_document() -> None:
    assert codes() == [("E305", "warning", None)]


def test_duplicates_are_kept_and_said() -> None:
    mention = {"start": 2, "end": 6, "type": "GPE"}
    one = {"holder": "Kyiv", "target": "Oslo", "grade": 1}
    number = {"value": 40, "counted": "tanks"}
    line = {
        "doc_id": "d1",
        "mentions": [mention, mention | {"score": 0.1}, mention | {"type": "LOC"}],
        "stances": [one, one | {"id": "s2"}, one | {"grade": 2}],
        "numeric_facts": [number, number],
    }
    file = read(line)
    assert [(item.code, item.severity, item.where.field) for item in file.findings] == [
        ("E206", "warning", "mentions[1]"),
        ("E206", "warning", "stances[1]"),
        ("E206", "warning", "numeric_facts[1]"),
    ]
    prediction = file.predictions[0]
    assert [len(layer or ()) for layer in (prediction.mentions, prediction.stances, prediction.numeric_facts)] == [
        3,
        3,
        2,
    ]


def test_a_text_unlike_the_golds_is_said() -> None:
    assert codes({"doc_id": "d1", "text": TEXT + " "}) == [("E203", "warning", "text")]
    assert codes({"doc_id": "d1", "text": TEXT}) == []


def test_typography_in_the_surface_is_no_error() -> None:
    mention = {"start": 15, "end": 20, "text": "won't"}
    assert TEXT[15:20] == "won’t"
    assert ("E203", "warning", "mentions[0]") in codes({"doc_id": "d1", "mentions": [mention | GPE]})
