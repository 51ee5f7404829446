"""Label Studio: our projects, one a layer, by law; exports of other projects, made by hand."""

import json
import tempfile
from pathlib import Path
from typing import Any

import msgspec
from exchange_lines import clusters, there_and_back, typed
from hypothesis import given, settings
from merged_gold import Merged, merged

from goldassay.exchange.convert import read_file
from goldassay.exchange.reading import Read
from goldassay.formats.gold import GoldLine

LAYERS = ("entities", "mentions", "propositions", "attributions", "stances", "numeric_facts", "times")


def by_id(line: Any) -> dict[str, Any]:
    lists = msgspec.to_builtins(line)
    return {name: sorted(lists[name], key=lambda one: one["id"]) for name in LAYERS}


@given(drawn=merged())
@settings(max_examples=50, deadline=None)
def test_all_layers_come_back_or_are_counted(drawn: Merged) -> None:
    line = msgspec.convert(msgspec.to_builtins(drawn), GoldLine)
    with tempfile.TemporaryDirectory() as folder:
        read, lost = there_and_back([line], "label-studio", Path(folder))
    assert not [found for found in read.findings if found.severity == "error"]
    assert (read.lost, read.assumed) == ({}, {})
    (back,) = read.lines
    assert isinstance(back, GoldLine)
    assert typed(back) == typed(line)
    assert clusters(back) == clusters(line)
    assert [one.id for one in back.stances or ()] == [one["id"] for one in by_id(line)["stances"]] or lost
    if lost.keys() == {"origins of documents"}:
        assert by_id(back) == by_id(line)


TEXT = "🚀 Zenda and Łódź fell."


def result(id_: str, start: int, end: int, labels: list[str], text: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": text, "labels": labels}
    return {"id": id_, "from_name": "ner", "to_name": "txt", "type": "labels", "value": value}


def read(tmp_path: Path, *tasks: Any) -> Read:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks))
    return read_file(path)


def test_the_export_of_another_project(tmp_path: Path) -> None:
    results = [
        result("a", 2, 7, ["GPE"], "Zenda"),
        result("b", 12, 16, ["GPE", "ORG"], "Łódź"),
        {"id": "c", "from_name": "mood", "to_name": "txt", "type": "choices", "value": {"choices": ["sad"]}},
        {"id": "d", "from_name": "box", "to_name": "img", "type": "rectanglelabels", "value": {"x": 1}},
        {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right", "labels": ["near"]},
    ]
    task = {
        "id": 17,
        "data": {"content": TEXT},
        "annotations": [{"id": 1, "result": results, "was_cancelled": False}],
        "predictions": [{"result": []}],
    }
    result_ = read(tmp_path, task, {"id": 18, "data": {"text": "nothing yet"}})
    assert result_.findings == ()
    one, other = (line for line in result_.lines if isinstance(line, GoldLine))
    assert (one.doc_id, one.text) == ("17", TEXT)
    assert typed(one) == {(((2, 7),), "GPE"): 1, (((12, 16),), "GPE"): 1, (((12, 16),), "ORG"): 1}
    assert other.mentions is None
    assert result_.lost == {
        "results of type choices": 1,
        "results of type rectanglelabels": 1,
        "relations": 1,
        "predictions of models in tasks": 1,
    }


def test_what_is_said_beside_labels_is_counted(tmp_path: Path) -> None:
    """A region of two results has one note; a cancelled annotation has two results."""
    noted = {**result("a", 2, 7, ["GPE"], "Zenda"), "meta": {"text": ["unsure"]}, "score": 0.5}
    mood = {**noted, "from_name": "mood", "type": "choices", "score": None}
    mood["value"] = {"start": 2, "end": 7, "text": "Zenda", "choices": ["sad"]}
    other = {**result("b", 12, 16, ["ORG"], "Łódź"), "meta": {}}
    cancelled = {"result": [other, other], "was_cancelled": True}
    read_ = read(
        tmp_path, {"id": 1, "data": {"text": TEXT}, "annotations": [{"result": [noted, mood, other]}, cancelled]}
    )
    assert read_.findings == ()
    assert read_.lost == {
        "notes of regions (meta)": 1,
        "scores of regions": 1,
        "mood of regions": 1,
        "results of cancelled annotations": 2,
    }


def test_offsets_of_older_exports_are_told(tmp_path: Path) -> None:
    results = [result("a", 3, 8, ["GPE"], "Zenda"), result("b", 13, 17, ["ORG"], "Łódź")]
    read_ = read(tmp_path, {"id": 1, "data": {"text": TEXT}, "annotations": [{"result": results}]})
    assert {(one.code, one.severity) for one in read_.findings} == {("E204", "warning")}
    assert typed(read_.lines[0]) == {(((2, 7),), "GPE"): 1, (((12, 16),), "ORG"): 1}  # type: ignore[arg-type]
    results = [result("a", 0, 5, ["GPE"], "Borduria")]
    read_ = read(tmp_path, {"id": 1, "data": {"text": TEXT}, "annotations": [{"result": results}]})
    assert [(one.code, one.severity) for one in read_.findings] == [("E203", "error")]


def test_bad_exports_are_findings(tmp_path: Path) -> None:
    assert [one.code for one in read(tmp_path, {"id": 1, "data": {}}).findings] == ["E105"]
    odd = {"id": 1, "data": {"text": "x"}, "predictions": 5, "annotations": [{"result": [{"type": ["labels"]}]}]}
    assert read(tmp_path, odd).findings == ()
    two = {"id": 1, "data": {"text": "x"}, "annotations": [{"result": []}, {"result": []}]}
    assert [one.code for one in read(tmp_path, two).findings] == ["E306"]
