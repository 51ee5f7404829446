"""`goldassay release` and `goldassay diff`, and releases named with `--gold`."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.measures.totals import ALL
from release_tree import NAMES, Row, add_mora, build_tree, edit_entities, entities_row, retype_dol


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1.0.0, then 2.0.0 with Mora added to d1 and Dol of d1 made an organisation."""
    root = build_tree(tmp_path_factory.mktemp("two"))
    assert call("release", "1.0.0", "--root", root).exit_code == 0
    edit_entities(root, lambda rows: (add_mora(rows), retype_dol(rows)))
    assert call("release", "2.0.0", "--root", root, "--notes", "Dol is a firm.").exit_code == 0
    return root


@pytest.fixture
def tree(two: Path, tmp_path: Path) -> Path:
    return shutil.copytree(two, tmp_path / "tree")


def test_a_dry_run_writes_nothing(tree: Path) -> None:
    before = files(tree)
    result = call("release", "2.0.1", "--root", tree, "--dry-run")
    assert (result.exit_code, files(tree)) == (0, before)
    assert result.output.startswith("## Corpus 2.0.1\n")
    assert "- Since 2.0.0: No record changed; a patch release." in result.output
    assert result.output.endswith("Nothing was written.\n")


def test_refusals_write_nothing_and_exit_with_their_codes(tree: Path) -> None:
    edit_entities(tree, lambda rows: rows.update(d2=entities_row("d2", ["Zenda"])))
    before = files(tree)
    small = call("release", "2.1.0", "--root", tree)
    assert small.exit_code == 3
    assert "E605" in small.output
    assert '"3.0.0" or higher: records were removed' in small.output
    assert "Nothing was released." in small.output
    taken = call("release", "2.0.0", "--root", tree)
    assert (taken.exit_code, "which is released" in taken.output) == (3, True)
    assert call("release", "two", "--root", tree).exit_code == 2
    assert call("release", "3.0.0", "--root", tree, "--date", "today").exit_code == 2
    assert files(tree) == before


def test_a_release_broken_off_before_its_manifest_can_be_cut_again(tree: Path) -> None:
    """The rows of the release before go last."""
    edit_entities(tree, add_mora)
    (tree / "annotations/releases/2.0.0..3.0.0.jsonl").write_text("half", encoding="utf-8")
    (tree / "annotations/releases/3.0.0.rows.jsonl").write_text("half", encoding="utf-8")
    assert call("release", "3.0.0", "--root", tree).exit_code == 0
    assert call("diff", "1.0.0", "3.0.0", "--root", tree).exit_code == 0


def test_a_diff_shows_each_record_with_its_fields(two: Path) -> None:
    """Mora: an entity and a mention. Dol: the type of an entity, with the mention as it was."""
    result = call("diff", "1.0.0", "2.0.0", "--root", two)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[:2] == [
        "1.0.0 → 2.0.0",
        '1 record edited: entities of validation, "d1", entities, "e1"; a major release.',
    ]
    assert [line.split() for line in lines[3:6]] == [
        ["layer", "records", "added", "removed", "edited", "moved"],
        ["entities", "entities", "1", "0", "1", "0"],
        ["entities", "mentions", "1", "0", "0", "0"],
    ]
    assert lines[7:] == [
        'edited entities of validation, "d1", entities, "e1"',
        '    type "PERSON" → "ORG"',
        'added entities of validation, "d1", entities, "e2"',
        '    "Mora"',
        'added entities of validation, "d1", mentions, "m2"',
        '    "Mora"',
    ]


def test_a_diff_as_json_and_markdown(two: Path) -> None:
    found = json.loads(call("diff", "1.0.0", "2.0.0", "--root", two, "--format", "json").output)
    assert (found["older"], found["newer"], found["part"]) == ("1.0.0", "2.0.0", "major")
    assert [(one["change"], one["id"], one["before"]) for one in found["changes"]] == [
        ("edited", "e1", {"type": "PERSON"}),
        ("added", "e2", None),
        ("added", "m2", None),
    ]
    backwards = json.loads(call("diff", "2.0.0", "1.0.0", "--root", two, "--format", "json").output)
    assert [one["change"] for one in backwards["changes"]] == ["edited", "removed", "removed"]
    assert (
        '- **edited** entities of validation, "d1", entities, "e1": type "PERSON" → "ORG"'
        in call("diff", "1.0.0", "2.0.0", "--root", two, "--format", "markdown").output
    )


def test_a_diff_with_the_files_as_they_are(tree: Path) -> None:
    assert "No record changed; a patch release." in call("diff", "2.0.0", "--root", tree).output

    def rename(rows: dict[str, Row]) -> None:
        rows["d2"]["entities"][0]["name"] = "\x1b[31m<b>Zenda</b>"

    edit_entities(tree, rename)
    text = call("diff", "2.0.0", "--root", tree).output
    assert '    name "Zenda" → "\\x1b[31m<b>Zenda</b>"' in text
    assert "\x1b" not in text
    assert "<b>" not in call("diff", "2.0.0", "--root", tree, "--format", "markdown").output
    unknown = call("diff", "7.0.0", "--root", tree)
    assert (unknown.exit_code, "there is 1.0.0, 2.0.0" in unknown.output) == (2, True)


def test_scores_are_taken_on_the_release_that_is_named(
    two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dol is a person in 1.0.0 alone; 5 names there, 6 in 2.0.0."""
    monkeypatch.chdir(two)
    lines = [
        {
            "doc_id": doc_id,
            "mentions": [{"start": start, "end": end, "type": kind} for start, end, kind in NAMES.values()],
        }
        for doc_id in ("d1", "d2")
    ]
    said = tmp_path / "said.jsonl"
    said.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    f1 = {}
    for gold in ("corpus@1.0.0", "corpus@2.0.0", f"{two}@1.0.0", "corpus"):
        result = call("score", said, "--gold", gold, "--format", "json")
        assert result.exit_code == 0, result.output
        file = json.loads(result.output)
        (score,) = (
            one
            for one in file["scores"]
            if one["measure"] == "entities.f1(match=strict,view=names,avg=micro)" and one["group"] == ALL
        )
        f1[gold] = round(score["value"], 10)
        assert f"|data:{gold.partition('@')[2] or '2.0.0'}|" in file["signature"]
    # On 1.0.0: 5 right of 6 said and 5 there. On 2.0.0: 5 right (Dol of d1 is none) of 6 and 6.
    assert f1["corpus@1.0.0"] == f1[f"{two}@1.0.0"] == round(10 / 11, 10)
    assert f1["corpus@2.0.0"] == f1["corpus"] == round(10 / 12, 10)
    missing = call("score", said, "--gold", "corpus@9.0.0")
    assert (missing.exit_code, 'no release "9.0.0"' in missing.output) == (2, True)
