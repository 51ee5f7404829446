"""`goldassay selftest --vectors`: what it prints and how it exits."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from goldassay.cli.selftest import selftest

FOLDER = Path(__file__).parents[1] / "parity" / "entities"
SPAN = {"start": 0, "end": 2, "type": "A"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(selftest, [str(item) for item in arguments])


def write_case(path: Path, expected: Any, case: str = "c1") -> Path:
    docs = [{"doc_id": "d", "text": "w0", "gold": [SPAN], "pred": [SPAN]}]
    path.write_text(json.dumps({"case": case, "docs": docs, "expected": expected}))
    return path


def test_shipped_vectors_agree() -> None:
    result = run("--vectors", FOLDER / "span_edge.jsonl", FOLDER / "cluster_edge.jsonl")
    assert result.output.splitlines()[0] == "9412 numbers compared, 0 differ, 524 excepted"
    assert "excepted 524 [eval4ner]: eval4ner compares the first occurrences" in result.output
    assert result.exit_code == 0


def test_a_differing_number_is_shown_with_its_place(tmp_path: Path) -> None:
    file = write_case(tmp_path / "v.jsonl", {"spacy@3.8.18": {"score_spans": {"f1": 0.5, "precision": 1.0}}})
    result = run("--vectors", file)
    assert result.output.splitlines() == [
        "2 numbers compared, 1 differ, 0 excepted",
        f"  differs {file}:1 c1 spacy@3.8.18 score_spans f1: ours 1.0, theirs 0.5",
    ]
    assert result.exit_code == 1


def test_an_unanswered_scorer_fails_unless_excepted(tmp_path: Path) -> None:
    file = write_case(tmp_path / "v.jsonl", {"other@2": {"f1": 0.5}})
    result = run(file)
    assert "1 unanswered" in result.output
    assert "no profile answers 'other@2'" in result.output
    assert result.exit_code == 1
    listed = tmp_path / "list.toml"
    listed.write_text('[[exception]]\nid = "other"\nscorer = "other@*"\nmetric = "*"\nreason = "no such thing"\n')
    assert run("--vectors", file, "--exceptions", listed).exit_code == 0


def test_unreadable_vectors_exit_with_3(tmp_path: Path) -> None:
    file = tmp_path / "v.jsonl"
    file.write_text("{")
    result = run("--vectors", file, tmp_path / "none.jsonl")
    assert f"{file}:1: E102 not JSON" in result.output
    assert "none.jsonl: E407" in result.output
    assert result.exit_code == 3


def test_no_file_is_wrong_usage() -> None:
    assert run().exit_code == 2


def test_json_output_holds_every_difference(tmp_path: Path) -> None:
    file = write_case(tmp_path / "v.jsonl", {"spacy@3.8.18": {"score_spans": {"f1": 0.5, "precision": 0.5}}})
    data = json.loads(run("--vectors", file, "--json", "--show", 0).output)
    assert (data["schema"], data["cases"], data["compared"], data["differ"]) == (1, 1, 2, 2)
    assert data["differences"][0] == {
        "file": str(file),
        "line": 1,
        "case": "c1",
        "scorer": "spacy@3.8.18",
        "path": ["score_spans", "f1"],
        "ours": "1.0",
        "theirs": "0.5",
    }


def test_differences_beyond_the_first_are_counted(tmp_path: Path) -> None:
    file = write_case(tmp_path / "v.jsonl", {"spacy@3.8.18": {"score_spans": {"f1": 0.5, "precision": 0.5}}})
    assert run("--vectors", file, "--show", 1).output.splitlines()[-1] == "  and 1 more"
