"""A build writes all or nothing, and nothing that it did not make."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.errors import InvalidDataError
from goldassay.generate.files import PLACES, write_generated
from goldassay.generate.staging import write_staged
from release_tree import build_tree

FORM = """doc: d1
entities:
  - {id: e1, type: PERSON, name: Dol, mentions: [{spans: Dol, level: NAM}]}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return build_tree(tmp_path / "tree")


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def build(root: Path, *files: Path) -> Result:
    result = CliRunner().invoke(cli, ["build", "--root", str(root), *map(str, files)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def remove_readme(root: Path) -> None:
    (root / "README.md").unlink()


def break_citation(root: Path) -> None:
    (root / "CITATION.cff").write_text("title: T\n", encoding="utf-8")


def break_layer(root: Path) -> None:
    path = root / "annotations/entities/validation.jsonl"
    path.write_bytes(path.read_bytes() + b'{"doc_id":"d9","entities":[],"mentions":[]}\n')


@pytest.mark.parametrize(
    ("harm", "code", "said"),
    [
        (remove_readme, 2, "README.md is missing"),
        (break_citation, 3, "CITATION.cff"),
        (break_layer, 3, "annotations/entities/validation.jsonl"),
    ],
)
def test_a_build_that_fails_has_written_nothing(tree: Path, harm: object, code: int, said: str) -> None:
    path = tree / "corpus/documents/validation.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"language":"en"', b'"language":"fr"'))
    harm(tree)  # type: ignore[operator]
    before = contents(tree)
    result = build(tree)
    assert (result.exit_code, contents(tree)) == (code, before)
    assert said in result.output
    assert "goldassay-" not in result.output, "the place of the copy"


def test_nor_has_it_written_the_rows_of_authoring_files(tree: Path, tmp_path: Path) -> None:
    form = tmp_path / "d1.yaml"
    form.write_text(FORM, encoding="utf-8")
    readme = (tree / "README.md").read_bytes()
    remove_readme(tree)
    before = contents(tree)
    result = build(tree, form)
    assert (result.exit_code, contents(tree)) == (2, before), result.output
    (tree / "README.md").write_bytes(readme)
    result = build(tree, form)
    assert result.exit_code == 0, result.output
    assert "annotations/entities/validation.jsonl" in result.stdout
    assert b'"name":"Zenda"' not in (tree / "annotations/entities/validation.jsonl").read_bytes().splitlines()[0]


def test_what_others_change_meanwhile_stays(tree: Path) -> None:
    notes, gone = tree / "annotations/notes.md", tree / "annotations/gone.md"
    gone.write_text("old", encoding="utf-8")

    def change(stage: Path) -> None:
        notes.write_text("theirs", encoding="utf-8")
        gone.write_text("theirs, too", encoding="utf-8")
        (stage / "corpus/new.txt").write_text("ours", encoding="utf-8")

    assert write_staged(tree, PLACES, {}, change) == [Path("corpus/new.txt")]
    assert [path.read_text(encoding="utf-8") for path in (notes, gone)] == ["theirs", "theirs, too"]


def test_files_of_views_that_are_gone_are_removed_and_a_second_build_writes_nothing(tree: Path) -> None:
    stale = tree / "corpus/full/old.jsonl"
    stale.write_bytes(b"{}\n")
    write_generated(tree)
    assert not stale.exists()
    times = {path: path.stat().st_mtime_ns for path in contents(tree)}
    write_generated(tree)
    assert {path: path.stat().st_mtime_ns for path in contents(tree)} == times


def test_findings_stand_at_the_places_of_the_checkout(tree: Path) -> None:
    (tree / "corpus/seeds").mkdir()
    (tree / "corpus/seeds/metadata.yaml").write_text("texts: [{doc_id: d1, file: nowhere.txt}]\n", encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        write_generated(tree)
    folders = {str(Path(item.where.file or "").parent) for item in caught.value.findings}
    assert folders <= {"corpus/seeds", str(tree / "corpus/seeds")}
