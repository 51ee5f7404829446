"""The public functions take paths, streams and lists of dicts alike; anything else is refused in a sentence."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import goldassay
from goldassay.errors import InvalidDataError, UsageError
from goldassay.model.scorefile import ScoreFile, SystemProvenance
from planted_gold import gold_lines, system_lines, write_lines

ACCEPTED = "expected a path, a stream opened in binary mode, or a list of dicts, one a line of JSONL"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "gold.jsonl", gold_lines(6))


@pytest.fixture
def lines() -> list[dict[str, object]]:
    return system_lines(gold_lines(6), {"ORG": 0.5}, seed=2)


def test_a_list_a_path_and_a_stream_have_one_score(tmp_path: Path, gold: Path, lines: list[dict[str, object]]) -> None:
    path = write_lines(tmp_path / "predictions.jsonl", lines)
    expected = goldassay.score(path, gold)
    (f1,) = [
        item.value
        for item in expected.scores
        if (item.measure, item.group) == ("entities.f1(match=strict,view=names,avg=micro)", "all")
    ]
    assert f1 is not None
    assert 0 < f1 < 1
    assert goldassay.score(str(path), str(gold)) == expected
    for given in (lines, tuple(lines), iter(lines), io.BytesIO(path.read_bytes())):
        assert nameless(goldassay.score(given, str(gold))) == nameless(expected)
    with path.open("rb") as stream:
        assert nameless(goldassay.score(stream, goldassay.load_gold(gold))) == nameless(expected)


def nameless(file: ScoreFile) -> ScoreFile:
    """A list and a stream have no file that their system could be called after."""
    return replace(file, provenance=replace(file.provenance, system=SystemProvenance()))


def test_findings_about_lines_name_their_place(gold: Path, lines: list[dict[str, Any]]) -> None:
    lines[3]["mentions"] = [{"start": 5, "end": 2, "type": "ORG"}]
    with pytest.raises(InvalidDataError) as refused:
        goldassay.score(lines, gold)
    (found,) = refused.value.findings
    assert (found.code, found.where.file, found.where.line, found.where.doc_id) == ("E201", "<lines>", 4, "doc-003")
    assert str(refused.value).startswith("1 error in the data; the first: <lines>:4: doc-003 mentions[0] E201 ")


def test_lines_are_checked_as_files_are(tmp_path: Path, gold: Path, lines: list[dict[str, Any]]) -> None:
    lines[1]["mentions"].append({"start": 2, "end": 2, "type": "ORG"})
    lines[2] = {"doc_id": "doc-002", "mentions": [{"text": "Zenda", "type": "CITY"}]}
    path = write_lines(tmp_path / "p.jsonl", lines)
    expected = [(item.code, item.where.line, item.where.field) for item in goldassay.check(path, gold=gold)]
    assert {code for code, _, _ in expected} >= {"E106", "E201"}
    for given in (lines, io.BytesIO(path.read_bytes())):
        found = goldassay.check(given, gold=gold)
        assert [(item.code, item.where.line, item.where.field) for item in found] == expected
        assert {item.where.file for item in found} == {"<lines 1>"}
    both = goldassay.check(gold_lines(6), lines)
    assert {item.where.file for item in both} == {"<lines 2>"}
    assert [(item.code, item.where.line, item.where.field) for item in both] == expected


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"doc_id": "d1"}, "a dict"),
        (None, "None"),
        (5, "an int"),
        (b"{}", "a bytes"),
        (io.StringIO("{}"), "a stream opened in text mode"),
    ],
)
def test_another_type_is_wrong_usage(given: Any, found: str) -> None:
    for function in (goldassay.score, goldassay.check):
        with pytest.raises(UsageError) as refused:
            function(given)
        assert str(refused.value) == f"found {found}, {ACCEPTED}"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([{"doc_id": "d1"}, ["d2"]], "line 2: found a list, expected a dict"),
        ([{"doc_id": "d1", "mentions": [object()]}], "line 1: not to be written as JSON"),
        ([json.dumps({"doc_id": "d1"})], "line 1: found a str, expected a dict"),
    ],
)
def test_a_line_that_is_none_is_named(given: Any, words: str) -> None:
    for function in (goldassay.score, goldassay.check):
        with pytest.raises(UsageError, match=words):
            function(given)


def test_what_is_not_there_and_wrong_gold_are_wrong_usage(tmp_path: Path, lines: list[dict[str, object]]) -> None:
    with pytest.raises(UsageError, match=r"cannot read .*nowhere\.jsonl: No such file"):
        goldassay.check(tmp_path / "nowhere.jsonl")
    with pytest.raises(UsageError, match="gold: found a list, expected a path, the name of a release"):
        goldassay.score(lines, gold_lines(6))  # type: ignore[arg-type]
