"""`goldassay diff` on golds of any origin: how they are named, what is printed, how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from release_tree import build_tree, edit_entities, retype_dol


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def last(result: Result) -> str:
    return result.stdout.splitlines()[-1]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with release 1.0.0, in which Dol of d1 has become an organisation since."""
    root = build_tree(tmp_path / "tree")
    assert call("release", "1.0.0", "--root", root).exit_code == 0
    edit_entities(root, retype_dol)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def file(tree: Path, tmp_path: Path) -> Path:
    """The checkout as it is, as gold lines."""
    path = tmp_path / "gold.jsonl"
    assert call("convert", "corpus", path).exit_code == 0
    return path


SAME = "0 differences in annotations (5 entities, 5 mentions); 0 differences in the fields of 2 documents"
RETYPED = "1 difference in annotations: 1 entity changed; 0 differences in the fields of 2 documents"


def test_golds_go_by_all_the_names_that_other_commands_know(tree: Path, file: Path) -> None:
    for name in ("corpus", str(tree), str(file)):
        assert last(call("diff", name, "corpus")) == SAME
        assert last(call("diff", "corpus@1.0.0", name)) == RETYPED
        assert last(call("diff", name, "1.0.0")) == RETYPED
        assert last(call("diff", name, f"{tree}@1.0.0")) == RETYPED
    # Without a second name it is the files as they are.
    assert last(call("diff", file)) == SAME


def test_two_versions_are_compared_as_releases_unless_one_asks_otherwise(tree: Path) -> None:
    assert call("diff", "1.0.0").stdout.startswith("1.0.0 → the working tree\n1 record edited: ")
    assert call("diff", "1.0.0", "1.0.0").stdout.endswith("No record changed; a patch release.\n")
    assert last(call("diff", "1.0.0", "--by", "content")) == RETYPED


def test_the_whole_output(tree: Path, file: Path) -> None:
    assert call("diff", "corpus@1.0.0", "corpus").stdout.splitlines() == [
        "A: corpus@1.0.0",
        "B: corpus",
        "",
        "layer     items     A  B  added  removed  changed  renamed",
        "entities  entities  5  5  0      0        1        0",
        "entities  mentions  5  5  0      0        0        0",
        "",
        'changed entities of "d1", "e1"',
        '    type "PERSON" → "ORG"',
        "",
        RETYPED,
    ]


def test_the_exit_code_is_asked_for(tree: Path, file: Path) -> None:
    for names in (("corpus@1.0.0", "corpus"), ("1.0.0",), ("corpus", "1.0.0")):
        assert call("diff", *names).exit_code == 0
        assert call("diff", *names, "--exit-code").exit_code == 1
    assert call("diff", file, "corpus", "--exit-code").exit_code == 0


def test_fields_of_documents_do_not_count_for_the_exit_code(file: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows[0] |= {"title": [0, 5], "rights": "\x1b[31m<b>"}
    other = tmp_path / "other.jsonl"
    other.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    result = call("diff", file, other, "--exit-code")
    assert result.exit_code == 0
    assert last(result) == "0 differences in annotations (5 entities, 5 mentions); 1 document: rights, title differ"
    assert "\x1b" not in result.stdout
    assert "<b>" not in call("diff", file, other, "--format", "markdown").stdout


def test_json_has_counts_changes_and_the_sentence(tree: Path) -> None:
    found: dict[str, Any] = json.loads(call("diff", "corpus@1.0.0", "corpus", "--format", "json").stdout)
    assert (found["a"], found["b"], found["by"], found["differences"]) == ("corpus@1.0.0", "corpus", "content", 1)
    assert found["summary"] == RETYPED
    assert found["counts"][0] == {
        "layer": "entities",
        "kind": "entities",
        "before": 5,
        "after": 5,
        "added": 0,
        "removed": 0,
        "changed": 1,
        "renamed": 0,
    }
    (change,) = found["changes"]
    assert (change["id"], change["before"], change["after"]) == ("e1", {"type": "PERSON"}, {"type": "ORG"})
    assert (found["documents"], found["layers"]) == ([], [])


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("nowhere.jsonl", "corpus"), "no gold at nowhere.jsonl"),
        (("corpus@9.0.0", "corpus"), 'no release "9.0.0"'),
        (("corpus", "annotations"), "goldassay convert annotations gold.jsonl"),
        (("1.0.0", "--split", "test"), "--split"),
        (("corpus", "corpus", "--split", "test"), "test"),
    ],
)
def test_wrong_usage(names: tuple[str, ...], said: str, tree: Path) -> None:
    result = call("diff", *names)
    assert result.exit_code == 2
    assert said in result.stderr


def test_gold_with_errors_is_not_compared(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"doc_id": "d1", "text": "Zenda", "mentions": [{"id": "m1"}]}\n')
    result = call("diff", tmp_path / "bad.jsonl", "corpus")
    assert result.exit_code == 3
    assert "Nothing was compared." in result.stderr
