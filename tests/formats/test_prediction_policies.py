"""What becomes of invalid items under each policy."""

from pathlib import Path
from typing import Any

import pytest
from prediction_reading import DOCUMENTS, GPE, lines, predict, read

from goldassay.formats.predictions import PredictionRow, iterate_predictions, read_predictions
from goldassay.model.predictions import PredictedMention, Prediction


def test_dropped_items_keep_their_turn_and_stand_nowhere() -> None:
    line = {
        "doc_id": "d1",
        "mentions": [
            {"start": 2, "end": 6, "type": "GPE"},
            {"start": "2", "end": 6, "type": "GPE", "level": "NAM", "id": "m2"},
            {"start": 90, "end": 99, "type": "GPE"},
            "Oslo",
        ],
        "stances": [
            {"holder": "Kyiv", "target": "Oslo", "polarity": "contra"},
            {"holder": "Kyiv", "target": "Oslo", "polarity": "against", "veracity": "denied"},
            {"holder": "Kyiv", "target": "Oslo", "polarity": "against"},
            {"holder": "Kyiv", "dimension": "belief", "grade": 1},
        ],
        "numeric_facts": [{"value": "many", "kind": "cardinal"}, {"value": 40, "start": 99, "end": 102}, {"value": 40}],
        "times": [{"text": "Monday", "type": "DAY"}],
    }
    file = read(line, on_invalid="drop")
    assert {item.severity for item in file.findings} == {"warning"}
    prediction = file.predictions[0]
    assert prediction.mentions == (
        PredictedMention(spans=((2, 6),), type="GPE"),
        PredictedMention(spans=(), type=None, level="NAM", id="m2"),
        PredictedMention(spans=(), type=None),
        PredictedMention(spans=(), type=None),
    )
    assert prediction.stances is not None
    assert [said.holder.text for said in prediction.stances] == [None, None, "Kyiv", None]
    assert [said.target.text for said in prediction.stances] == [None, None, "Oslo", None]
    assert [said.belief for said in prediction.stances] == [False, True, False, True]
    assert prediction.numeric_facts is not None
    assert [(said.parsed, said.kind, said.extents) for said in prediction.numeric_facts] == [
        (False, "cardinal", ()),
        (False, None, ()),
        (True, None, ()),
    ]
    assert prediction.times is not None
    assert (prediction.times[0].spans, prediction.times[0].type) == ((), None)
    assert (file.dropped, file.repaired) == (9, 0)


def test_a_dropped_entity_leaves_its_references_dangling() -> None:
    line = {
        "doc_id": "d1",
        "entities": [{"id": "e1", "type": "CITY"}, {"id": "e2", "type": "GPE"}],
        "stances": [{"holder": {"entity": name}, "target": "tanks", "grade": 1} for name in ("e1", "e2")],
    }
    file = read(line, on_invalid="drop")
    assert [(item.code, item.where.field) for item in file.findings] == [
        ("E106", "entities[0].type"),
        ("E302", "stances[0].holder"),
    ]
    assert [said.holder.entity for said in file.predictions[0].stances or ()] == [None, "e2"]


@pytest.mark.parametrize(
    ("mentions", "unit"),
    [
        ([("Kyiv", 3, 7), ("Oslo", 44, 48)], "utf-16"),
        ([("Kyiv", 5, 9), ("Oslo", 48, 52)], "bytes"),  # 3 more for the rocket, 2 more for the apostrophe
        ([("Kyiv", 2, 5), ("Oslo", 43, 46)], "inclusive end"),
        ([("Kyiv", 12, 16), ("Oslo", 53, 57)], "shifted by +10"),
    ],
)
def test_wrong_units_are_named_and_repaired(mentions: list[tuple[str, int, int]], unit: str) -> None:
    items = [GPE | {"text": text, "start": start, "end": end} for text, start, end in mentions]
    line = {"doc_id": "d1", "mentions": items}
    refused = read(line)
    assert [(item.code, item.where.field) for item in refused.findings] == [("E204", None)]
    assert refused.findings[0].found.endswith(f"read as {unit}")
    dropped = read(line, on_invalid="drop")
    assert [mention.spans for mention in dropped.predictions[0].mentions or ()] == [(), ()]
    repaired = read(line, on_invalid="repair")
    assert [mention.spans for mention in repaired.predictions[0].mentions or ()] == [((2, 6),), ((43, 47),)]
    assert [(item.code, item.severity, item.found) for item in repaired.findings] == [
        ("E204", "info", f"2 spans counted in {unit}")
    ]
    assert (repaired.repaired, repaired.dropped) == (2, 0)


def test_spans_without_a_surface_follow_the_unit_of_the_others() -> None:
    mentions = [GPE | {"text": "Kyiv", "start": 3, "end": 7}, GPE | {"start": 44, "end": 48}]
    mentions.append(GPE | {"text": "Oslo", "start": 50, "end": 54})
    stances = [{"holder": "Oslo", "target": "it", "grade": -1, "expression_spans": [[55, 61]]}]
    prediction = predict("repair", mentions=mentions, stances=stances)
    assert [mention.spans for mention in prediction.mentions or ()] == [((2, 6),), ((43, 47),), ((49, 53),)]
    assert [said.expression for said in prediction.stances or ()] == [((54, 60),)]


@pytest.mark.parametrize(
    ("mention", "spans"),
    [
        ({"start": 1, "end": 7, "text": "Kyiv"}, ((2, 6),)),  # white space around it
        ({"start": 10, "end": 14, "text": "Kyiv"}, ((2, 6),)),  # the only Kyiv there is
        ({"start": 90, "end": 94, "text": "Kyiv"}, ((2, 6),)),
        ({"spans": [[7, 11], [2, 6]]}, ((2, 6), (7, 11))),
        ({"start": 10, "end": 14, "text": "Oslo"}, ()),  # which one cannot be told
        ({"start": 6, "end": 2}, ()),
    ],
)
def test_places_are_repaired_where_they_can_be(mention: dict[str, Any], spans: tuple[tuple[int, int], ...]) -> None:
    file = read({"doc_id": "d1", "mentions": [mention | GPE]}, on_invalid="repair")
    assert [found.spans for found in file.predictions[0].mentions or ()] == [spans]
    assert (file.repaired, file.dropped) == ((1, 0) if spans else (0, 1))
    assert [item.severity for item in file.findings] == (["info"] if spans else ["warning"])


def test_labels_and_keys_are_repaired() -> None:
    mentions = [
        {"start": 2, "end": 6, "label": "GPE"},
        {"start": 43, "end": 47, "type": "gpe", "why": "a capital"},
        {"start": 49, "end": 53, "type": "city"},
    ]
    file = read({"doc_id": "d1", "mentions": mentions}, on_invalid="repair")
    assert [(found.spans, found.type) for found in file.predictions[0].mentions or ()] == [
        (((2, 6),), "GPE"),
        (((43, 47),), "GPE"),
        ((), None),
    ]
    assert [(item.code, item.severity, item.fix) for item in file.findings[:3]] == [
        ("E103", "info", 'repaired: read as "type"'),
        ("E106", "info", 'repaired: read as "GPE"'),
        ("E103", "info", "repaired: left out"),
    ]
    assert (file.findings[3].code, file.findings[3].severity) == ("E106", "warning")
    assert (file.repaired, file.dropped) == (3, 1)


def test_lines_that_cannot_be_saved_are_left_out_and_said() -> None:
    file = read(b"[1]\n", b"{\n", {"doc_id": ""}, {"doc_id": "d9"}, on_invalid="drop")
    assert file.predictions == ()
    assert [(item.code, item.severity, item.where.line) for item in file.findings] == [
        ("E105", "warning", 1),
        ("E102", "warning", 2),
        ("E407", "warning", 3),
        ("E304", "warning", 4),
        ("E305", "warning", None),
    ]


def test_a_repeated_key_spoils_its_item_alone() -> None:
    line = (
        b'{"doc_id": "d1", "mentions": [{"start": 2, "end": 6, "end": 7}, {"start": 43, "end": 47, "type": "GPE"}]}\n'
    )
    file = read(line, on_invalid="drop")
    assert [found.spans for found in file.predictions[0].mentions or ()] == [(), ((43, 47),)]
    assert file.findings[0].code == "E107"


def test_reading_is_lazy_and_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(b"".join(lines({"doc_id": "d1", "mentions": [GPE | {"text": "Bern"}]})))
    file = read_predictions(path, DOCUMENTS)
    assert file.findings[0].where.file == str(path)
    assert file.grounding.ungrounded == 1
    rows = iterate_predictions(iter(lines({"doc_id": "d1"}, {"doc_id": "d1"})), DOCUMENTS, file="p.jsonl")
    first = next(rows)
    assert isinstance(first, PredictionRow)
    assert first.prediction == Prediction(doc_id="d1", line=1)
    assert [row.line for row in rows] == [2, None]


def test_one_surface_in_a_wrong_unit_says_nothing_of_the_others() -> None:
    mentions = [GPE | {"text": "Kyiv", "start": 3, "end": 7}, GPE | {"start": 43, "end": 47}]
    prediction = predict("repair", mentions=mentions)
    assert [mention.spans for mention in prediction.mentions or ()] == [((2, 6),), ((43, 47),)]


@pytest.mark.parametrize(
    "key", ["mentions[0]", "mentions[7]", "mentions[0].type", "times[3]", "doc_id.x", "\x1b[31m", ""]
)
def test_a_key_that_looks_like_a_path_is_a_key(key: str) -> None:
    for policy in ("drop", "repair"):
        file = read({"doc_id": "d1", key: 1, "stances": []}, on_invalid=policy)
        assert file.findings[0].code == "E103"
        assert [prediction.stances for prediction in file.predictions] == [()]
