"""Exports of Label Studio read: our projects, one a layer, or anybody's with labels on stretches of text."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from goldassay.exchange.assembly import FoundEntity, FoundMention, assemble
from goldassay.exchange.documents import Ids, begin_line
from goldassay.exchange.gold_lines import rows_of
from goldassay.exchange.label_studio import ALONE
from goldassay.exchange.reading import OFFSET_UNITS, WITHOUT_WORDS, Read, Reading
from goldassay.formats.gold import GoldLine
from goldassay.formats.label_studio import CONTROLS, Task, parse_label_studio
from goldassay.formats.offsets import convert_offsets
from goldassay.formats.strict_json import parse_json
from goldassay.kit.items import Kinds
from goldassay.kit.label_studio_entities import ENTITY, markup_of_task
from goldassay.kit.label_studio_items import MARKED
from goldassay.kit.tools import KINDS, read_from_label_studio

_DOC_ID = "doc_id"


def read_label_studio(reading: Reading) -> Read:
    """A JSON export, or a folder of such, whose tasks on the same document are put together."""
    paths = sorted(reading.path.glob("*.json")) if reading.path.is_dir() else [reading.path]
    lines: dict[str, GoldLine] = {}
    for path in paths:
        ids = Ids(reading)
        for number, task in enumerate(_tasks(path, reading), start=1):
            doc_id = ids.accept(task.data.get(_DOC_ID) or f"{path.stem}-{number}")
            if doc_id is None or not ids.accept_text(task.data["text"], doc_id):
                continue
            line = lines.get(doc_id) or begin_line(doc_id, task.data["text"])
            if line.text != task.data["text"]:
                reading.report("E601", "another text in another project", "one text", doc_id=doc_id)
                continue
            lines[doc_id] = _read_task(task, line, path, reading)
    return reading.done(list(lines.values()))


def _tasks(path: Path, reading: Reading) -> list[Task]:
    """The tasks of an export, without what no stretch of text has."""
    raw = path.read_bytes()
    value, problem = parse_json(raw)
    if problem is None and isinstance(value, list):
        raw = json.dumps([_prepared(item, reading) for item in value], ensure_ascii=False).encode(errors="replace")
    tasks, findings = parse_label_studio(raw, file=str(path))
    reading.findings += findings
    return tasks


def _prepared(task: object, reading: Reading) -> object:
    """A task with its text under `text`, its id among the data, and results on stretches of text alone."""
    data = task.get("data") if isinstance(task, Mapping) else None
    if not isinstance(task, Mapping) or not isinstance(data, Mapping):
        return task
    texts = [name for name, one in data.items() if isinstance(one, str) and name != _DOC_ID]
    renamed = {**data, "text": data[texts[0]]} if "text" not in data and len(texts) == 1 else dict(data)
    if _DOC_ID not in renamed and isinstance(task.get("id"), int):
        renamed[_DOC_ID] = str(task["id"])
    for name in sorted(renamed.keys() - {"text", _DOC_ID, *texts[: len(texts) == 1]}):
        reading.lost[f"data {name} of tasks"] += 1
    annotations = task.get("annotations")
    listed = annotations if isinstance(annotations, list) else []
    kept = [_prepare_results(one, renamed.get("text"), reading) for one in listed]
    predictions = task.get("predictions")
    reading.lost["predictions of models in tasks"] += len(predictions) if isinstance(predictions, list) else 0
    return {"data": renamed, "annotations": kept}


def _prepare_results(annotation: object, text: object, reading: Reading) -> object:
    """An annotation with its results on stretches of text alone, offsets in code points; the rest is counted."""
    results = annotation.get("result") if isinstance(annotation, Mapping) else None
    if not isinstance(annotation, Mapping) or not isinstance(results, list):
        return annotation
    if annotation.get("was_cancelled") is True:
        reading.lost["results of cancelled annotations"] += len(results)
        return annotation
    kept: list[object] = []
    for one in results:
        if isinstance(one, Mapping) and not _is_stretch(one):
            reading.lost[f"results of type {one.get('type')}"] += 1
        else:
            kept.append(one)
    regions = [one for one in kept if isinstance(one, Mapping) and one.get("type") != "relation"]
    for what, key in (("notes of regions (meta)", "meta"), ("scores of regions", "score")):
        reading.lost[what] += len({str(one.get("id")) for one in regions if one.get(key) not in (None, {}, [], "")})
    if reading.options.offsets is None:
        reading.assumed[WITHOUT_WORDS] += len(_without_words(regions))
    elif reading.options.offsets != "codepoints" and isinstance(text, str):
        kept = [_in_code_points(one, text, reading) for one in kept]
    return {**annotation, "result": kept}


def _without_words(regions: Sequence[Mapping[str, Any]]) -> set[str]:
    """The regions none of whose results has the words; of what was typed, `text` holds the value."""
    worded = {str(one.get("id")) for one in regions if one["type"] != "textarea" and "text" in one["value"]}
    return {str(one.get("id")) for one in regions} - worded


def _in_code_points(result: object, text: str, reading: Reading) -> object:
    """A result whose offsets count what the options say, with those of code points."""
    value = result.get("value") if isinstance(result, Mapping) else None
    if not isinstance(result, Mapping) or not isinstance(value, Mapping) or result.get("type") == "relation":
        return result
    start, end, unit = value.get("start"), value.get("end"), OFFSET_UNITS[reading.options.unit]
    if type(start) is not int or type(end) is not int:
        return result
    spans = convert_offsets(text, [(start, end)], unit)
    if spans is None:
        expected = f"offsets between characters of the text, in {unit}"
        reading.report("E202", f"{start} to {end}", expected, field=str(result.get("id")))
        return result
    return {**result, "value": {**value, "start": spans[0][0], "end": spans[0][1]}}


def _is_stretch(result: Mapping[str, Any]) -> bool:
    value = result.get("value")
    placed = isinstance(value, Mapping) and "start" in value and "end" in value
    return result.get("type") == "relation" or (result.get("type") in list(CONTROLS) and placed)


def _read_task(task: Task, line: GoldLine, path: Path, reading: Reading) -> GoldLine:
    if not task.annotated:
        reading.assumed["tasks without an annotation, taken for not annotated"] += 1
        return line
    file, controls = str(path), {name for region in task.regions for name in region.values}
    if MARKED in controls or (not controls and path.stem in KINDS):
        return _add_items(task, line, path.stem, file, reading)
    if ENTITY in controls:
        return _add_entities(task, line, file, reading)
    return _add_labels(task, line, reading)


def _add_items(task: Task, line: GoldLine, stem: str, file: str, reading: Reading) -> GoldLine:
    """The layer that the labels are of; a task without any is of the layer that the file is called after."""
    marked = {value for region in task.regions for value in region.values.get(MARKED, ())}
    layer = max(KINDS, key=lambda name: (len(marked & _names(KINDS[name])), name == stem))
    got = read_from_label_studio(layer, task, rows_of(line)[0], file)
    reading.findings += got.findings
    lists = {name: tuple(getattr(got.row, name)) for name in got.row.__struct_fields__ if name != "doc_id"}
    return msgspec.structs.replace(line, **lists)


def _names(kinds: Kinds) -> set[str]:
    return {kind.name for kind in kinds}


def _add_entities(task: Task, line: GoldLine, file: str, reading: Reading) -> GoldLine:
    markup, findings = markup_of_task(task, file)
    reading.findings += findings
    clusters = {one.id: one.chain for one in markup.marks if one.chain is not None and one.chain != f"{ALONE}{one.id}"}
    entities: dict[str, FoundEntity] = {}
    for mark in markup.marks:
        name = clusters.get(mark.id)
        if name is not None:
            known = entities.get(name, FoundEntity())
            entities[name] = FoundEntity(
                name=mark.name if known.name is None else known.name,
                kb_id=mark.kb_id if known.kb_id is None else known.kb_id,
                rollup=next((clusters.get(end) for start, end in markup.rollups if start == mark.id), known.rollup),
                members=(*known.members, *_members(mark.id, markup.members, clusters)),
            )
    mentions = [
        FoundMention(
            one.spans,
            one.type or None,
            cluster=clusters.get(one.id),
            level=one.level,
            metonym=one.metonym,
            kb_id=None if one.id in clusters else one.kb_id,
            id=one.id,
        )
        for one in markup.marks
    ]
    built, listed = assemble(line.text, mentions, reading, entities=entities, keep_ids=True)
    return msgspec.structs.replace(line, entities=built, mentions=listed)


def _members(mark: str, links: tuple[tuple[str, str], ...], clusters: Mapping[str, str]) -> Iterator[str]:
    for start, end in links:
        if start == mark and end in clusters:
            yield clusters[end]


def _add_labels(task: Task, line: GoldLine, reading: Reading) -> GoldLine:
    """Labels of whatever project as mentions; what else is said of a region, and links between them, is counted."""
    found = []
    for region in task.regions:
        labels = [value for name, kind in region.kinds.items() if kind == "labels" for value in region.values[name]]
        found += [FoundMention((region.span,), label) for label in labels]
        for name in sorted(name for name, kind in region.kinds.items() if kind != "labels"):
            reading.lost[f"{name} of regions"] += 1
        reading.lost["regions without a label"] += not labels
    reading.lost["relations"] += len(task.links)
    entities, mentions = assemble(line.text, found, reading)
    return msgspec.structs.replace(line, entities=entities, mentions=mentions)
