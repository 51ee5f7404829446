"""`goldassay rescore`: the parts of a change of scores, by hand.

1.0.0 has 5 names: Zenda and Dol in d1; Zenda, Dol and Mora in d2. 2.0.0 adds Mora to d1 and makes Dol of d1 an
organisation: 6 names. `plain` says Zenda (place) and Dol (person) in both documents: 4 names. `full` says all 6 names
as 2.0.0 has them.

    plain on 1.0.0   4 right, F1 2 * 4 / (5 + 4) = 8/9
    plain on 2.0.0   3 right (Dol of d1 is none), F1 2 * 3 / (6 + 4) = 3/5
    full on 2.0.0    6 right, F1 1
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.releasing import prepare_release, write_release
from release_tree import (
    NAMES,
    add_mora,
    build_tree,
    document_row,
    edit_entities,
    entities_row,
    retype_dol,
    write_rows,
)


def said(doc_id: str, names: dict[str, str], run: int | None = None) -> dict[str, Any]:
    mentions = [{"start": NAMES[name][0], "end": NAMES[name][1], "type": kind} for name, kind in names.items()]
    return {"doc_id": doc_id, "mentions": mentions} | ({} if run is None else {"run": run})


PLAIN = {"Zenda": "GPE", "Dol": "PERSON"}
FULL = {"Zenda": "GPE", "Dol": "PERSON", "Mora": "GPE"}


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = build_tree(tmp_path_factory.mktemp("two"))
    write_release(root, prepare_release(root, "1.0.0"))
    edit_entities(root, lambda rows: (add_mora(rows), retype_dol(rows)))
    write_release(root, prepare_release(root, "2.0.0"))
    write_lines(root / "plain.jsonl", [said("d1", PLAIN), said("d2", PLAIN)])
    write_lines(root / "full.jsonl", [said("d1", FULL | {"Dol": "ORG"}), said("d2", FULL)])
    return root


def rescore(root: Path, *words: str, predictions: str = "plain.jsonl") -> Result:
    return CliRunner().invoke(cli, ["rescore", str(root / predictions), "--root", str(root), *words])


def rescored(root: Path, *words: str, predictions: str = "plain.jsonl") -> dict[str, Any]:
    result = rescore(root, *words, "--format", "json", predictions=predictions)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def test_what_the_gold_changed(two: Path) -> None:
    found = rescored(two, "--from", "1.0.0", "--to", "2.0.0")
    (row,) = found["measures"]
    assert row["measure"] == "entities.f1(match=strict,view=names,avg=micro)"
    assert row["first_on_older"] == pytest.approx(8 / 9)
    assert row["first_on_newer"] == pytest.approx(3 / 5)
    assert row["gold_changed"] == pytest.approx(3 / 5 - 8 / 9)
    assert (row["second_on_newer"], row["system_changed"], row["total"]) == (None, None, None)
    assert [(side["version"], side["documents"]) for side in (found["older"], found["newer"])] == [
        ("1.0.0", 2),
        ("2.0.0", 2),
    ]
    assert "|data:1.0.0|" in found["older"]["signature"]
    assert "|data:2.0.0|" in found["newer"]["signature"]


def test_the_items_behind_it_name_the_change_of_the_gold(two: Path) -> None:
    """The mention of Dol is as it was: the type stands in its entity."""
    found = rescored(two, "--from", "1.0.0", "--to", "2.0.0")
    assert [
        (item["doc_id"], item["item"], item["text"], item["before"], item["after"], item["gold_changes"])
        for item in found["items_gold_changed"]
    ] == [
        ("d1", "m1", "Dol", 1.0, 0.0, ['entities "e1" edited: type "PERSON" → "ORG"']),
        ("d1", "m2", "Mora", None, 0.0, ['mentions "m2" added: "Mora"']),
    ]
    assert found["items_system_changed"] == []


def test_a_second_system_splits_the_whole_change(two: Path) -> None:
    found = rescored(two, "--from", "1.0.0", "--to", "2.0.0", "--against", str(two / "full.jsonl"))
    (row,) = found["measures"]
    assert row["second_on_newer"] == 1.0
    assert row["gold_changed"] == pytest.approx(3 / 5 - 8 / 9)
    assert row["system_changed"] == pytest.approx(2 / 5)
    assert row["total"] == pytest.approx(1 / 9)
    assert row["total"] == pytest.approx(row["gold_changed"] + row["system_changed"])
    assert [
        (item["doc_id"], item["item"], item["before"], item["after"]) for item in found["items_system_changed"]
    ] == [
        ("d1", "m1", 0.0, 1.0),
        ("d1", "m2", 0.0, 1.0),
        ("d2", "m2", 0.0, 1.0),
    ]


def test_the_same_gold_changes_nothing(two: Path) -> None:
    found = rescored(two, "--from", "2.0.0", "--to", "2.0.0", "--against", str(two / "full.jsonl"))
    (row,) = found["measures"]
    assert row["gold_changed"] == 0.0
    assert row["total"] == row["system_changed"] == pytest.approx(2 / 5)
    assert found["items_gold_changed"] == []


def test_the_files_as_they_are_and_documents_that_one_side_lacks(two: Path, tmp_path: Path) -> None:
    """d3 is new and not released; lines for it are left out on 1.0.0 and right on the files as they are."""
    root = shutil.copytree(two, tmp_path / "tree")
    path = root / "corpus/documents/validation.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    write_rows(path, [*rows, document_row("d3")])
    edit_entities(root, lambda found: found.update(d3=entities_row("d3", ["Zenda", "Dol"])))
    write_lines(root / "three.jsonl", [said("d1", PLAIN), said("d2", PLAIN), said("d3", PLAIN)])
    found = rescored(root, "--from", "1.0.0", predictions="three.jsonl")
    (row,) = found["measures"]
    assert row["first_on_older"] == pytest.approx(8 / 9)
    assert row["first_on_newer"] == pytest.approx(2 * 5 / (8 + 6))
    assert found["newer"]["version"].startswith("2.0.0+dirty.")
    assert (found["newer"]["documents"], found["older"]["documents"]) == (3, 2)
    write_lines(root / "four.jsonl", [said("d1", PLAIN), said("d9", PLAIN)])
    unknown = rescore(root, "--from", "1.0.0", predictions="four.jsonl")
    assert (unknown.exit_code, "E304" in unknown.output) == (3, True)


def test_several_runs_are_averaged(two: Path, tmp_path: Path) -> None:
    """One run as `full`, one as `plain`: (1 + 3/5) / 2; Mora of d2 is right in half of the runs."""
    root = shutil.copytree(two, tmp_path / "tree")
    lines = [said("d1", FULL | {"Dol": "ORG"}, 1), said("d2", FULL, 1), said("d1", PLAIN, 2), said("d2", PLAIN, 2)]
    write_lines(root / "runs.jsonl", lines)
    found = rescored(root, "--from", "1.0.0", "--to", "2.0.0", "--against", str(root / "runs.jsonl"))
    assert found["measures"][0]["second_on_newer"] == pytest.approx(0.8)
    assert [(item["doc_id"], item["item"], item["after"]) for item in found["items_system_changed"]] == [
        ("d1", "m1", 0.5),
        ("d1", "m2", 0.5),
        ("d2", "m2", 0.5),
    ]


def test_the_tables_for_people(two: Path) -> None:
    words = ("--from", "1.0.0", "--to", "2.0.0", "--against", str(two / "full.jsonl"))
    text = rescore(two, *words)
    assert text.exit_code == 0, text.output
    for part in ("gold changed", "system changed", "-0.289", "+0.400", "+0.111", "yes → no", "not gold → no"):
        assert part in text.output
    markdown = rescore(two, *words, "--format", "markdown").output
    assert "gold changed | full.jsonl on 2.0.0 | system changed | total |" in markdown
    assert "| 0.889 | 0.600 | \\-0.289 | 1.000 |" in markdown


def test_a_layer_that_is_not_predicted_is_nothing_to_score(two: Path) -> None:
    result = rescore(two, "--from", "1.0.0", "--to", "2.0.0", "--measure", "stances")
    assert (result.exit_code, "nothing to score" in result.output) == (2, True)
    unknown = rescore(two, "--from", "1.0.0", "--to", "5.0.0")
    assert (unknown.exit_code, 'no release "5.0.0"' in unknown.output) == (2, True)
