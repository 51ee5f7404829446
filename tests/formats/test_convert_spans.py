"""Files as Prodigy, doccano, spaCy and their like write them, made by hand, and what is wrong with bad ones."""

import json
from pathlib import Path
from typing import Any

import pytest
from exchange_lines import typed

from goldassay.exchange.convert import read_file, write_file
from goldassay.exchange.reading import OffsetUnit, Read, ReadOptions, WriteOptions
from goldassay.formats.gold import GoldLine

TEXT = "🚀 Zenda and Łódź fell."
# In code points Zenda stands at 2-7 and Łódź at 12-16; a rocket is one more unit of UTF-16 and three more bytes.
BOTH = {(((2, 7),), "GPE"): 1, (((12, 16),), "ORG"): 1}


def read(tmp_path: Path, *rows: Any, offsets: OffsetUnit = "codepoints") -> Read:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return read_file(path, "spans", ReadOptions(offsets=offsets))


def only(result: Read) -> GoldLine:
    assert result.findings == ()
    (line,) = result.lines
    assert isinstance(line, GoldLine)
    return line


@pytest.mark.parametrize(
    "row",
    [
        # Prodigy
        {
            "text": TEXT,
            "_input_hash": -5,
            "_task_hash": 7,
            "tokens": [{"text": "🚀", "start": 0, "end": 1, "id": 0}],
            "spans": [
                {"start": 2, "end": 7, "label": "GPE", "token_start": 1, "token_end": 1},
                {"start": 12, "end": 16, "label": "ORG", "token_start": 3, "token_end": 3},
            ],
            "answer": "accept",
        },
        {"id": 3, "text": TEXT, "label": [[2, 7, "GPE"], [12, 16, "ORG"]]},  # doccano, sequence labelling
        {"id": 3, "data": TEXT, "labels": [[2, 7, "GPE"], [12, 16, "ORG"]]},  # doccano, older
        # doccano with relations
        {
            "id": 3,
            "text": TEXT,
            "entities": [
                {"id": 1, "label": "GPE", "start_offset": 2, "end_offset": 7},
                {"id": 2, "label": "ORG", "start_offset": 12, "end_offset": 16},
            ],
            "relations": [],
            "Comments": [],
        },
        [TEXT, {"entities": [[2, 7, "GPE"], [12, 16, "ORG"]]}],  # spaCy 2 training data
        # Label Studio's JSON-MIN
        {
            "text": TEXT,
            "label": [
                {"start": 2, "end": 7, "text": "Zenda", "labels": ["GPE"]},
                {"start": 12, "end": 16, "text": "Łódź", "labels": ["ORG"]},
            ],
        },
        {
            "text": TEXT,
            "entities": [{"start": 2, "end": 7, "type": "GPE"}, {"start": 12, "end": 16, "entity_group": "ORG"}],
        },
    ],
)
def test_rows_of_real_tools(row: Any, tmp_path: Path) -> None:
    result = read(tmp_path, row)
    assert typed(only(result)) == BOTH
    assert result.lost == {}
    assert result.assumed == {"mentions without a level, taken for NAM": 2}


def test_a_list_of_rows_and_no_ids(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([{"text": "a", "spans": []}, {"text": "b"}]), encoding="utf-8")
    assert [line.doc_id for line in read_file(path, "spans").lines] == ["rows-1", "rows-2"]


def test_what_has_no_place_is_counted(tmp_path: Path) -> None:
    rows = (
        {"text": "a", "answer": "reject"},
        {"text": "b", "answer": "ignore"},
        {"text": "Zenda", "meta": {"source": "x"}, "spans": [{"start": 0, "end": 5, "label": "GPE", "score": 0.5}]},
        {"text": "c", "relations": [{"from_id": 1, "to_id": 2}], "label": ["sports"]},
    )
    result = read(tmp_path, *rows)
    assert [line.doc_id for line in result.lines] == ["rows-3", "rows-4"]
    assert result.lost == {
        "rows with the answer reject": 1,
        "rows with the answer ignore": 1,
        'keys "meta"': 1,
        'keys "score" of spans': 1,
        'keys "relations"': 1,
        'keys "label"': 1,
    }


@pytest.mark.parametrize(
    ("row", "lost"),
    [
        ({"id": 7, "meta": {"doc_id": "own"}}, {'keys "id"': 1}),
        ({"id": "own", "meta": {"doc_id": "own"}}, {}),
        ({"meta": {"doc_id": "own"}}, {}),
        ({"meta": {"doc_id": "own", "section": "news"}}, {'keys "meta"': 1}),
        ({"doc_id": "own", "meta": {"section": "news"}}, {'keys "meta"': 1}),
    ],
)
def test_keys_that_give_the_id_are_used_and_others_counted(
    row: dict[str, Any], lost: dict[str, int], tmp_path: Path
) -> None:
    result = read(tmp_path, {"text": "Zenda", "spans": [], **row})
    assert (only(result).doc_id, result.lost) == ("own", lost)


UTF16 = {"text": TEXT, "spans": [{"start": 3, "end": 8, "label": "GPE", "text": "Zenda"}]}
UTF16["spans"] += [{"start": 13, "end": 17, "label": "ORG", "text": "Łódź"}]  # type: ignore[operator]


def test_a_declared_unit_is_converted_and_checked(tmp_path: Path) -> None:
    assert typed(only(read(tmp_path, UTF16, offsets="utf16"))) == BOTH
    # Bytes: the rocket has four, so Zenda begins at 5; Ł, ó and ź have two each, so Łódź at 15 has seven.
    bytes_row = {"text": TEXT, "spans": [[5, 10, "GPE"], [15, 22, "ORG"]]}
    assert typed(only(read(tmp_path, bytes_row, offsets="bytes"))) == BOTH


def test_a_wrong_unit_is_called_by_its_name(tmp_path: Path) -> None:
    result = read(tmp_path, UTF16)
    (found,) = result.findings
    assert (found.code, found.where.line, found.fix) == ("E204", 1, "say --offsets utf16")
    assert "2 of 2 spans" in found.found
    assert "utf-16" in found.found
    inclusive = {"text": TEXT, "spans": [{"start": 2, "end": 6, "label": "GPE", "text": "Zenda"}]}
    (found,) = read(tmp_path, inclusive).findings
    assert found.found.endswith("inclusive end")
    assert "ends exclusive" in found.fix


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"spans": []}, "E104"),
        ("words", "E105"),
        ({"text": "Zenda", "spans": [{"start": "0", "end": 5, "label": "GPE"}]}, "E105"),
        ({"text": "Zenda", "spans": [{"start": True, "end": 5, "label": "GPE"}]}, "E105"),
        ({"text": "Zenda", "spans": [[0, 5, {"a": 1}]]}, "E105"),
        ({"text": "Zenda", "spans": [[0]]}, "E105"),
        ({"text": "Zenda", "spans": [[3, 3, "GPE"]]}, "E201"),
        ({"text": "Zenda", "spans": [[4, 2, "GPE"]]}, "E201"),
        ({"text": "Zenda", "spans": [[-3, 2, "GPE"]]}, "E202"),
        ({"text": "Zenda", "spans": [[0, 6, "GPE"]]}, "E202"),
        ({"text": "Zenda", "spans": [{"start": 0, "end": 5, "label": "GPE", "text": "Borduria"}]}, "E203"),
        ({"text": "Zenda", "id": "x" * 200}, "E105"),
        ({"text": "half \ud83d", "spans": []}, "E101"),
    ],
)
def test_bad_rows_are_findings_with_their_line(row: Any, code: str, tmp_path: Path) -> None:
    result = read(tmp_path, {"text": "fine"}, row)
    assert [(found.code, found.where.line) for found in result.findings] == [(code, 2)]


def test_lines_that_are_no_json_and_ids_that_stand_twice(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"id": 1, "text": "a"}\n{"id": 1, "text": "b"}\n{"text": \n\xff\n')
    result = read_file(path, "spans")
    assert [(found.code, found.where.line) for found in result.findings] == [
        ("E102", 3),
        ("E101", 4),
        ("E306", 2),
    ]


@pytest.mark.parametrize("unit", ["codepoints", "utf16", "bytes"])
def test_written_offsets_are_read_in_the_same_unit(unit: OffsetUnit, tmp_path: Path) -> None:
    line = only(read(tmp_path, UTF16, offsets="utf16"))
    write_file([line], tmp_path / "out.jsonl", "spans", WriteOptions(offsets=unit))
    back = only(read_file(tmp_path / "out.jsonl", "spans", ReadOptions(offsets=unit)))
    assert back == line
