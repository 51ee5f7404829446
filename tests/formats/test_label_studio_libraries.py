"""Label Studio through its own SDK, which checks projects and tasks, and makes its exports of them."""

import copy
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from exchange_lines import gold_lines, typed
from hypothesis import given, settings
from library_lines import corpus_lines, hard_line, several_lines

from goldassay.exchange.assembly import type_of
from goldassay.exchange.convert import read_file, write_file
from goldassay.formats.gold import GoldLine
from goldassay.model.labels import LAYERS
from goldassay.model.record import Span

sdk = pytest.importorskip("label_studio_sdk.label_interface", reason="its SDK is not installed (the extra libraries)")
objects = pytest.importorskip("label_studio_sdk.label_interface.objects", reason="its SDK is not installed")
converter = pytest.importorskip("label_studio_sdk.converter", reason="its SDK is not installed (the extra libraries)")

# The SDK calls a method by a name that pydantic has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:The `dict` method is deprecated:DeprecationWarning")

PROJECT = """<View>
  <Labels name="label" toName="words"><Label value="GPE"/><Label value="PERSON"/></Labels>
  <Text name="words" value="$content"/>
</View>"""


def project(folder: Path, layer: str) -> Any:
    return sdk.LabelInterface((folder / f"{layer}.xml").read_text(encoding="utf-8"))


def tasks(folder: Path, layer: str) -> list[Any]:
    listed: list[Any] = json.loads((folder / f"{layer}.json").read_bytes())
    return listed


def exported(configuration: str, listed: Sequence[Any], folder: Path) -> tuple[Any, Path]:
    """The SDK's converter of a project, and its tasks as exported: Label Studio numbers them as they are imported."""
    path = folder / "export.json"
    path.write_text(json.dumps([{**task, "id": number} for number, task in enumerate(listed, start=1)]))
    return converter.Converter(configuration, project_dir=None, download_resources=False), path


def outputs(folder: Path, layer: str) -> list[Any]:
    """What the SDK's converter takes from each task: the values of each control."""
    made, path = exported((folder / f"{layer}.xml").read_text(encoding="utf-8"), tasks(folder, layer), folder)
    return list(made.iter_from_json_file(str(path)))


def regions(output: Any, control: str) -> Counter[tuple[Span, str]]:
    return Counter(((one["start"], one["end"]), one["labels"][0]) for one in output["output"].get(control, ()))


def fragments(line: GoldLine) -> Counter[tuple[Span, str]]:
    """The stretches of all mentions with their types; a region of Label Studio is one stretch."""
    entities = {one.id: one for one in line.entities or ()}
    return Counter((span, type_of(one, entities)) for one in line.mentions or () for span in one.spans)


def check_entities(output: Any, line: GoldLine) -> None:
    """The regions of a task are the mentions, and each one's first says its level and its entity."""
    assert output["input"] == {"doc_id": line.doc_id, "text": line.text}
    assert regions(output, "type") == fragments(line)
    for one in output["output"].get("type", ()):
        assert one["text"] == line.text[one["start"] : one["end"]]
    said = {
        name: Counter((one["start"], one["end"], *one[key]) for one in output["output"].get(name, ()))
        for name, key in (("level", "choices"), ("entity", "text"), ("metonym", "choices"))
    }
    mentions = [(one, one.spans[0]) for one in line.mentions or ()]
    assert said["level"] == Counter((*span, one.level) for one, span in mentions)
    assert said["metonym"] == Counter((*span, "metonym") for one, span in mentions if one.metonym)
    assert said["entity"] == Counter((*span, one.entity or f"_{one.id}") for one, span in mentions)


def test_the_sdk_takes_every_project_and_task(tmp_path: Path) -> None:
    lines = several_lines()
    write_file(lines, tmp_path / "out", "label-studio")
    for layer in LAYERS:
        interface = project(tmp_path / "out", layer)
        interface.validate()
        listed = tasks(tmp_path / "out", layer)
        assert len(listed) == (len(lines) if layer == "entities" else len(corpus_lines()))
        for task in listed:
            assert interface.validate_task({"data": task["data"]})
            (annotation,) = task["annotations"]
            assert interface.validate_annotation(annotation)
        # The SDK compares the ends of relations, not their labels.
        results = [one for task in listed for one in task["annotations"][0]["result"] if one["type"] == "relation"]
        offered = {one.get("value") for one in ElementTree.parse(tmp_path / "out" / f"{layer}.xml").iter("Relation")}
        assert results
        assert {label for one in results for label in one["labels"]} <= offered


@pytest.mark.parametrize("change", ["label", "control", "text", "place", "relation"])
def test_the_sdk_refuses_what_does_not_fit_the_project(change: str, tmp_path: Path) -> None:
    """So that the test above can fail."""
    write_file([hard_line()], tmp_path / "out", "label-studio")
    (task,) = tasks(tmp_path / "out", "entities")
    annotation = copy.deepcopy(task["annotations"][0])
    region = annotation["result"][0]
    if change == "label":
        region["value"]["labels"] = ["KINGDOM"]
    elif change == "control":
        region["from_name"] = "level"
    elif change == "text":
        region["type"] = "textarea"
    elif change == "place":
        del region["value"]["start"]
    else:
        next(one for one in annotation["result"] if one["type"] == "relation")["to_id"] = "nobody"
    assert not project(tmp_path / "out", "entities").validate_annotation(annotation)


def test_the_sdk_reads_mentions_and_clusters(tmp_path: Path) -> None:
    lines = several_lines()
    write_file(lines, tmp_path / "out", "label-studio")
    read = outputs(tmp_path / "out", "entities")
    assert len(read) == len(lines)
    for output, line in zip(read, lines, strict=True):
        check_entities(output, line)


def test_the_sdk_reads_the_expressions_of_stances_and_the_cues_of_attributions(tmp_path: Path) -> None:
    lines = corpus_lines()
    write_file(lines, tmp_path / "out", "label-studio")
    for output, line in zip(outputs(tmp_path / "out", "stances"), lines, strict=True):
        found = regions(output, "marked")
        for label, listed in (
            ("Stance", [one.expression_spans for one in line.stances or ()]),
            ("Attribution", [one.cue_spans for one in line.attributions or ()]),
        ):
            gold = Counter((span, label) for spans in listed for span in spans)
            assert gold
            assert Counter({one: count for one, count in found.items() if one[1] == label}) == gold


@given(line=gold_lines())
@settings(max_examples=25, deadline=None)
def test_the_sdk_reads_every_mention(line: GoldLine) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_file([line], Path(folder) / "out", "label-studio")
        (task,) = tasks(Path(folder) / "out", "entities")
        assert project(Path(folder) / "out", "entities").validate_annotation(task["annotations"][0])
        (output,) = outputs(Path(folder) / "out", "entities")
    check_entities(output, line)


TEXT = "🚀 Black Michael left Zenda, and Michael wept_in Łódź."


def made_with_the_sdk() -> list[Any]:
    """A task of another project, its regions made by the SDK."""
    interface = sdk.LabelInterface(PROJECT)
    control = interface.get_control("label")
    made = []
    for words, label in (("Black Michael", "PERSON"), ("Zenda", "GPE"), ("Łódź", "GPE")):
        start = TEXT.index(words)
        made.append(control.label(label=[label], start=start, end=start + len(words), text=words))
    annotation = objects.AnnotationValue(completed_by=1, result=made).model_dump()
    assert interface.validate_annotation(annotation)
    return [{"data": {"content": TEXT}, "annotations": [annotation]}]


MADE = {(((2, 15),), "PERSON"): 1, (((21, 26),), "GPE"): 1, (((48, 52),), "GPE"): 1}


def test_an_annotation_made_with_the_sdk_is_read(tmp_path: Path) -> None:
    _, path = exported(PROJECT, made_with_the_sdk(), tmp_path)
    result = read_file(path)
    (line,) = result.lines
    assert isinstance(line, GoldLine)
    assert (result.findings, line.doc_id, line.text, typed(line)) == ((), "1", TEXT, MADE)


def test_the_smaller_export_of_the_sdk_is_read_as_plain_spans(tmp_path: Path) -> None:
    made, path = exported(PROJECT, made_with_the_sdk(), tmp_path)
    made.convert_to_json_min(str(path), str(tmp_path / "min"), is_dir=False)
    result = read_file(tmp_path / "min" / "result.json", "spans")
    (line,) = result.lines
    assert isinstance(line, GoldLine)
    assert (result.findings, line.text, typed(line)) == ((), TEXT, MADE)


def test_the_columns_that_the_sdk_exports_are_read(tmp_path: Path) -> None:
    made, path = exported(PROJECT, made_with_the_sdk(), tmp_path)
    made.convert_to_conll2003(str(path), str(tmp_path / "columns"), is_dir=False)
    result = read_file(tmp_path / "columns" / "result.conll", "conll2003")
    (line,) = result.lines
    assert isinstance(line, GoldLine)
    found = [(one.text, one.type) for one in line.mentions or ()]
    assert (result.findings, found) == ((), [("Black Michael", "PERSON"), ("Zenda", "GPE"), ("Łódź", "GPE")])
