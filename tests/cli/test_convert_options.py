"""Options of `goldassay convert` are heeded or refused, and what it says of offsets."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.exchange.table import FORMATS

TEXT = "🚀🚀 Zenda met Rudolf."
# In code points Zenda stands at 3-8; each rocket is one more unit of UTF-16 and three more bytes.
PLACES = {"codepoints": (3, 8), "utf16": (5, 10), "bytes": (9, 14)}


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, ["convert", *map(str, args)])


def spans(path: Path, unit: str) -> Path:
    start, end = PLACES[unit]
    path.write_text(json.dumps({"text": TEXT, "spans": [{"start": start, "end": end, "label": "GPE"}]}) + "\n")
    return path


def label_studio(path: Path, unit: str) -> Path:
    start, end = PLACES[unit]
    value = {"start": start, "end": end, "labels": ["GPE"]}
    result = {"id": "r1", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    path.write_text(json.dumps([{"id": 1, "data": {"text": TEXT}, "annotations": [{"result": [result]}]}]))
    return path


@pytest.mark.parametrize("unit", list(PLACES))
@pytest.mark.parametrize("make", [spans, label_studio])
def test_a_declared_unit_is_read(make: Any, unit: str, tmp_path: Path) -> None:
    done = run(make(tmp_path / "in.json", unit), tmp_path / "out.jsonl", "--offsets", unit)
    assert done.exit_code == 0, done.output
    (mention,) = json.loads((tmp_path / "out.jsonl").read_text())["mentions"]
    assert (mention["spans"], mention["text"]) == ([[3, 8]], "Zenda")
    assert "without words" not in done.stderr


@pytest.mark.parametrize("make", [spans, label_studio])
def test_a_unit_that_nobody_said_is_taken_for_granted(make: Any, tmp_path: Path) -> None:
    done = run(make(tmp_path / "in.json", "codepoints"), tmp_path / "out.jsonl")
    assert "1  offsets of mentions without words, as code points" in done.stderr


def test_offsets_inside_a_character_are_an_error(tmp_path: Path) -> None:
    label_studio(tmp_path / "in.json", "codepoints")  # 3 is the middle of the second rocket in UTF-16
    done = run(tmp_path / "in.json", tmp_path / "out.jsonl", "--offsets", "utf16")
    assert (done.exit_code, "E202" in done.stderr) == (3, True)


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if "read" not in one.offsets])
def test_a_unit_of_a_format_that_has_its_own_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").write_text("")
    done = run(tmp_path / "in", tmp_path / "out.jsonl", "--from", name, "--offsets", "utf16")
    assert (done.exit_code, f"--offsets utf16: {name} has offsets" in done.stderr) == (2, True)


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if "written" not in one.offsets])
def test_a_unit_to_write_is_refused_where_the_format_has_its_own(name: str, tmp_path: Path) -> None:
    done = run("corpus", tmp_path / "out", "--to", name, "--out-offsets", "bytes")
    assert (done.exit_code, f"--out-offsets bytes: {name} has offsets" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("unit", ["utf16", "bytes"])
def test_the_unit_written_is_said_with_the_option_that_reads_it(unit: str, tmp_path: Path) -> None:
    done = run("corpus", tmp_path / "out.jsonl", "--to", "spans", "--out-offsets", unit)
    assert f"read it with --offsets {unit}" in done.stderr
    back = run(tmp_path / "out.jsonl", tmp_path / "back.jsonl", "--offsets", unit)
    assert back.exit_code == 0, back.output


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if not one.comments])
def test_no_comments_is_refused_where_there_are_none(name: str, tmp_path: Path) -> None:
    done = run("corpus", tmp_path / "out", "--to", name, "--no-comments")
    assert (done.exit_code, "--no-comments" in done.stderr) == (2, True)


@pytest.mark.parametrize("name", ["conll2003", "iob2", "bilou"])
def test_columns_without_comments(name: str, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    mention = {"id": "m1", "entity": None, "type": "GPE", "spans": [[0, 5]], "text": "Zenda", "level": "NAM"}
    rows = [{"doc_id": id_, "text": "Zenda  fell.", "mentions": [mention]} for id_ in ("a", "b")]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = run(source, tmp_path / "out", "--to", name, "--no-comments")
    assert done.exit_code == 0, done.output
    assert "#" not in (tmp_path / "out").read_text()
    assert "2  texts of documents, of which the words are left" in done.stderr
    assert ("1  ends of documents, which become one" in done.stderr) == (name != "conll2003")
    run(tmp_path / "out", tmp_path / "back.jsonl", "--from", name)
    back = [json.loads(line)["text"] for line in (tmp_path / "back.jsonl").read_text().splitlines()]
    assert back == (["Zenda fell .", "Zenda fell ."] if name == "conll2003" else ["Zenda fell .\nZenda fell ."])
