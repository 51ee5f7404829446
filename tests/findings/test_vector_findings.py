"""Vector files that are not what they should be: findings with file and line, never a traceback."""

import json
from pathlib import Path
from typing import Any

import pytest

from goldassay.profiles.exceptions import read_exceptions
from goldassay.profiles.vectors import run_vectors

SPAN = {"start": 0, "end": 2, "type": "A"}
SPACY = {"spacy@3.8.18": {"score_spans_overlap": {"precision": 1.0, "recall": 1.0, "f1": 1.0}}}
GOOD = {"case": "good", "docs": [{"doc_id": "d", "text": "w0", "gold": [SPAN], "pred": [SPAN]}], "expected": SPACY}


def changed(**parts: Any) -> str:
    return json.dumps({**GOOD, **parts})


def with_document(**parts: Any) -> str:
    return changed(docs=[{**GOOD["docs"][0], **parts}])  # type: ignore[dict-item,index]


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (b'{"case": "cut of', "E102", None),
        (b'{"case": "\xff"}', "E101", None),
        (b"[]", "E105", None),
        (b'{"case": "twice", "case": "twice"}', "E107", None),
        ('{"docs": [], "expected": {}}', "E104", "case"),
        (changed(case=7), "E105", "case"),
        ('{"case": "x", "docs": []}', "E104", "expected"),
        (changed(expected=[]), "E105", "expected"),
        ('{"case": "x", "expected": {}}', "E104", "docs"),
        (changed(docs={}), "E105", "docs"),
        (changed(docs=[1]), "E105", "docs[0]"),
        (changed(options=[1]), "E105", "options"),
        (changed(options={"min_overlap_percentage": "half"}, expected={"nervaluate@1.2.1": {}}), "E105", None),
        (with_document(doc_id=None), "E104", "docs[0].doc_id"),
        (with_document(text=3), "E105", "docs[0].text"),
        (with_document(gold="A"), "E105", "docs[0].gold"),
        (changed(docs=[{"doc_id": "d", "text": "", "gold": []}]), "E104", "docs[0].pred"),
        (with_document(gold=[None]), "E105", "docs[0].gold[0]"),
        (with_document(pred=[{"start": 0, "end": 2}]), "E104", "docs[0].pred[0].type"),
        (with_document(pred=[{**SPAN, "end": "2"}]), "E105", "docs[0].pred[0].end"),
        (with_document(pred=[{**SPAN, "end": True}]), "E105", "docs[0].pred[0].end"),
        (
            changed(docs=[{"doc_id": "d", "text": "", "tags_gold": [1], "tags_pred": []}]),
            "E105",
            "docs[0].tags_gold[0]",
        ),
    ],
)
def test_a_malformed_line_is_a_finding_and_the_others_are_compared(
    tmp_path: Path, line: str | bytes, code: str, field: str | None
) -> None:
    file = tmp_path / "vectors.jsonl"
    raw = line if isinstance(line, bytes) else line.encode()
    file.write_bytes(json.dumps(GOOD).encode() + b"\n\n" + raw + b"\n" + json.dumps(GOOD).encode())
    report = run_vectors([file])
    assert [(item.code, item.where.file, item.where.line) for item in report.findings] == [(code, str(file), 3)]
    if field:
        assert report.findings[0].where.field == field
    assert report.compared == 6
    assert report.exit_code() == 3


def test_files_that_are_missing_or_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"\n")
    report = run_vectors([tmp_path / "none.jsonl", tmp_path / "empty.jsonl"])
    assert [item.code for item in report.findings] == ["E407", "E407"]
    assert "No such file" in report.findings[0].found


def test_cases_without_a_number_are_no_success(tmp_path: Path) -> None:
    file = tmp_path / "bare.jsonl"
    file.write_text(changed(expected={"spacy@3.8.18": {}}))
    assert run_vectors([file]).exit_code() == 3


def test_windows_line_ends_and_json_nan_are_read(tmp_path: Path) -> None:
    file = tmp_path / "dos.jsonl"
    nothing = [{"doc_id": "d", "text": "", "gold": [], "pred": []}]
    numbers = '{"spacy@3.8.18": {"score_spans": {"precision": NaN, "recall": null, "f1": "nan"}}}'
    line = changed(docs=nothing).replace(json.dumps(SPACY), numbers)
    file.write_bytes(line.encode() + b"\r\n")
    report = run_vectors([file])
    assert (report.compared, report.differences, report.exit_code()) == (3, [], 0)


def test_a_span_far_outside_the_text_is_scored_without_building_a_text_of_that_length(tmp_path: Path) -> None:
    file = tmp_path / "far.jsonl"
    far = {"start": 10**12, "end": 10**12 + 5, "type": "A"}
    file.write_text(with_document(gold=[SPAN, far], pred=[SPAN, far]))
    assert run_vectors([file]).exit_code() == 0


@pytest.mark.parametrize(
    ("expected", "code"),
    [
        ({"unheard@1": {"f1": 1.0}}, 1),
        ({"coval@87071a6": {"muc": {"f1": 1.0}}}, 1),  # coval reads clusters, not spans
        ({"spacy@3.8.18": {"error": "ValueError: no"}}, 1),  # ours has numbers where the original refused
        ({"spacy@3.8.18": None}, 1),
        ({"spacy@3.8.18": {"score_spans_overlap": {"f2": 1.0}}}, 1),
        ({"spacy@3.8.18": {"score_spans_overlap": {"f1": {"official_crash": "boom"}}}}, 1),
    ],
)
def test_what_we_do_not_answer_as_the_original_does_fails_the_run(tmp_path: Path, expected: Any, code: int) -> None:
    file = tmp_path / "vectors.jsonl"
    file.write_text(changed(expected=expected))
    report = run_vectors([file])
    assert report.exit_code() == code
    assert report.compared + report.unanswered.total() == 1


def test_a_refusal_of_the_original_is_answered_by_null(tmp_path: Path) -> None:
    file = tmp_path / "vectors.jsonl"
    two = [SPAN, {**SPAN, "type": "B"}]
    docs = [{"doc_id": "d", "text": "w0", "gold": two, "pred": []}]
    refusals = [
        {"not_expressible": {"error": "overlap"}},
        {"error": "overlap"},
        {"default/micro": {"official_crash": "overlap"}},
        {"default/micro": {"f1": None}},
    ]
    file.write_text("\n".join(changed(docs=docs, expected={"seqeval@1.2.2": item}) for item in refusals))
    report = run_vectors([file])
    assert (report.compared, report.differences) == (4, [])


def test_the_list_of_exceptions_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "list.toml"
    file.write_text('[[exception]]\nid = "x"\nscorer = "*"\nmetric = "*"\n')
    entries, findings = read_exceptions(file)
    assert entries == ()
    assert [(item.code, item.where.field) for item in findings] == [("E104", "exception[0]")]
    file.write_text("[[exception]")
    assert read_exceptions(file)[1][0].code == "E407"


def test_tags_may_lack_a_side(tmp_path: Path) -> None:
    file = tmp_path / "tags.jsonl"
    docs = [{"doc_id": "d", "tags_gold": ["B-A"]}]
    spans = {"strict/entities_gold": {"token_spans_end_exclusive": [[["A", 0, 1]]]}}
    file.write_text(changed(docs=docs, scheme="IOB2", expected={"seqeval@1.2.2": spans}))
    report = run_vectors([file])
    assert (report.compared, report.exit_code()) == (1, 0)
