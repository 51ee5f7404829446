"""Whatever happens to a line, it is read as a valid record or it has findings; nothing is raised, nothing is lost."""

import io

import msgspec
from damage import LINES, RECORDS, VALID, damaged_bytes, damaged_values, kinds, repeated_keys
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldassay.checking import check_document_rows
from goldassay.formats.jsonl import encode_row, iterate_rows, read_rows
from goldassay.formats.predictions import iterate_predictions
from goldassay.model.document import Document
from goldassay.model.finding import CODES, Finding
from goldassay.report.findings import render_findings

DOCUMENT = next(iter(read_rows(VALID / "documents.jsonl", Document))).value
KEYWORDS = {
    "documents": "document",
    "entities": "entities",
    "stances": "stances",
    "numeric_facts": "numeric_facts",
}
assert DOCUMENT is not None
quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def assert_well_told(findings: list[Finding]) -> None:
    for item in findings:
        assert item.code in CODES
        assert item.found
        assert item.expected
        assert item.fix
    for form in ("text", "json", "github"):
        shown = render_findings(findings, format=form)  # type: ignore[arg-type]
        assert shown.replace("\n", "").isprintable()


def assert_read_or_told(kind: str, data: bytes) -> None:
    rows = list(iterate_rows(io.BytesIO(data), RECORDS[kind], file=f"{kind}.jsonl"))
    assert len(rows) == sum(bool(line.strip()) for line in io.BytesIO(data))
    for row in rows:
        assert (row.value is None) == bool(row.findings)
        assert_well_told(list(row.findings))
        if row.value is None:
            continue
        again = list(iterate_rows([encode_row(row.value)], RECORDS[kind], file=kind))
        assert again[0].value == row.value
        if kind in KEYWORDS:
            given_rows = {"document": DOCUMENT, KEYWORDS[kind]: row.value}
            assert_well_told(check_document_rows(**given_rows))
    if kind == "predictions":
        for read in iterate_predictions(io.BytesIO(data), {DOCUMENT.doc_id: DOCUMENT}, file="p.jsonl"):
            assert read.line is None or read.prediction is not None or read.findings
            assert_well_told(list(read.findings))


def test_the_lines_are_valid_before_they_are_damaged() -> None:
    for kind, line in LINES.items():
        (row,) = iterate_rows([line], RECORDS[kind], file=kind)
        assert row.findings == ()
        assert isinstance(row.value, msgspec.Struct)
    rows = {name: next(iterate_rows([LINES[kind]], RECORDS[kind], file=kind)).value for kind, name in KEYWORDS.items()}
    assert check_document_rows(**rows) == []


@given(st.data())
@settings(max_examples=2500, suppress_health_check=quiet)
def test_damaged_bytes(data: st.DataObject) -> None:
    kind = data.draw(kinds)
    assert_read_or_told(kind, data.draw(damaged_bytes(LINES[kind])))


@given(st.data())
@settings(max_examples=2000, suppress_health_check=quiet)
def test_damaged_values(data: st.DataObject) -> None:
    kind = data.draw(kinds)
    assert_read_or_told(kind, data.draw(damaged_values(LINES[kind])))


@given(st.data())
@settings(max_examples=500, suppress_health_check=quiet)
def test_a_repeated_key_is_never_passed_over(data: st.DataObject) -> None:
    kind = data.draw(kinds)
    (row,) = iterate_rows([data.draw(repeated_keys(LINES[kind]))], RECORDS[kind], file=kind)
    assert [item.code for item in row.findings] == ["E107"]
