"""Label Studio's JSON: tasks are read back as written, and whatever an export has wrong is a finding."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldassay.formats.label_studio import Region, RegionLink, Task, format_label_studio, parse_label_studio

TEXT = "🇺🇦 𝔘𝔫𝔦 North and\nSouth Borduria\u2028deny it.\tNo."
KINDS = {"type": "labels", "level": "choices", "name": "textarea"}
said = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    regions = []
    for number in range(draw(st.integers(1, 4))):
        start, end = sorted(draw(st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=2, unique=True)))
        values = draw(st.dictionaries(st.sampled_from(sorted(KINDS)), st.tuples(said), min_size=1))
        kinds = {name: KINDS[name] for name in values}
        regions.append(Region(id=f"r{number}", span=(start, end), values=values, kinds=kinds))
    ends = st.sampled_from([region.id for region in regions])
    link = st.builds(RegionLink, start=ends, end=ends, labels=st.tuples(said))
    links = tuple(draw(st.lists(link, max_size=3)))
    return Task(data={"doc_id": "d", "text": TEXT}, regions=tuple(regions), links=links)


@given(st.lists(tasks(), max_size=3))
def test_what_is_written_is_read_back(written: list[Task]) -> None:
    written = [*written, Task(data={"doc_id": "e", "text": "No."}, annotated=False)]
    assert parse_label_studio(format_label_studio(written).encode(), file="x.json") == (written, [])


def labels(start: Any, end: Any, text: str | None = "North", **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "labels": ["GPE"]} | ({} if text is None else {"text": text})
    return {"id": "r1", "from_name": "type", "to_name": "text", "type": "labels", "value": value} | more


def export(*results: Any, **more: Any) -> bytes:
    return json.dumps([{"data": {"text": TEXT}, "annotations": [{"result": list(results)}]} | more]).encode()


def test_older_exports_that_count_utf_16_are_converted_with_a_warning() -> None:
    (task,), findings = parse_label_studio(export(labels(12, 17)), file="x.json")
    assert task.regions[0].span == (7, 12)
    assert [(one.code, one.severity) for one in findings] == [("E204", "warning")]


@pytest.mark.parametrize("words", ["and\nSouth", "and\\nSouth", None])
def test_line_ends_may_be_escaped_and_words_left_out(words: str | None) -> None:
    (task,), findings = parse_label_studio(export(labels(13, 22, words)), file="x.json")
    assert (task.regions[0].span, findings) == ((13, 22), [])


def test_a_link_drawn_to_the_left_is_turned() -> None:
    link = {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "left", "labels": ["Rollup"]}
    (task,), _ = parse_label_studio(export(labels(7, 12), labels(7, 12, id="r2"), link), file="x.json")
    assert task.links == (RegionLink(start="r2", end="r1", labels=("Rollup",)),)


def test_a_cancelled_annotation_does_not_count() -> None:
    annotations = [{"was_cancelled": True, "result": []}, {"result": [labels(7, 12)]}]
    (task,), findings = parse_label_studio(export(annotations=annotations), file="x.json")
    assert (len(task.regions), findings) == (1, [])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"[", "E102"),
        (b"\xff", "E101"),
        (b"{}", "E105"),
        (b'[{"text": "as in JSON-MIN"}]', "E105"),
        (export(labels(7, 13)), "E203"),
        (export(labels(12, 7)), "E203"),
        (export(labels(7, 999, None)), "E203"),
        (export(labels("7", 12)), "E105"),
        (export(labels(True, 12)), "E105"),
        (export(labels(7, 12, type="rectangle")), "E105"),
        (export(labels(7, 12), labels(7, 31, "North", from_name="level")), "E105"),
        (export("no object"), "E105"),
        (export({"type": "relation", "from_id": "r1"}), "E105"),
        (export(annotations=[{"result": []}, {"result": []}]), "E306"),
    ],
)
def test_each_thing_that_cannot_be_read_is_a_finding(raw: bytes, code: str) -> None:
    _, findings = parse_label_studio(raw, file="x.json")
    assert [one.code for one in findings] == [code]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 50) | st.sampled_from(["r1", "labels", "relation", "North"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "text", "annotations", "result", "id", "type", "value", "start", "end", "labels"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(json_values, st.booleans())
def test_no_export_breaks_the_reader(value: Any, wrapped: bool) -> None:
    raw = export(value) if wrapped else json.dumps(value).encode()
    read, findings = parse_label_studio(raw, file="x.json")
    assert findings or wrapped or len(read) == len(value)
