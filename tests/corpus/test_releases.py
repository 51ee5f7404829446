"""Releases: what number a change asks for, old releases rebuilt byte for byte, and everything that is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import goldassay
from goldassay.checking import check_corpus, check_files
from goldassay.checks.texts import find_texts
from goldassay.corpus.corpus import load_corpus
from goldassay.corpus.manifest import read_manifest
from goldassay.corpus.release_files import read_diff
from goldassay.corpus.releases import check_releases, load_release
from goldassay.errors import InvalidDataError, UsageError
from goldassay.generate.files import write_generated
from goldassay.gold import load_gold
from goldassay.model.finding import Finding
from goldassay.model.views import CANARY
from goldassay.releasing import prepare_release, write_release
from release_tree import (
    Row,
    add_mora,
    build_tree,
    document_row,
    edit_entities,
    entities_row,
    remove_dol,
    reorder,
    retype_dol,
    row_files,
    write_rows,
)

ROOT = Path(__file__).parents[2]
RELEASES = "annotations/releases"


def cut(root: Path, version: str, **said: str) -> list[str]:
    return write_release(root, prepare_release(root, version, **said))


def refusal(root: Path, version: str) -> tuple[Finding, ...]:
    with pytest.raises(InvalidDataError) as caught:
        prepare_release(root, version)
    return caught.value.findings


def errors(root: Path) -> list[tuple[str, str | None]]:
    return [(item.code, item.where.file) for item in check_corpus(root) if item.severity == "error"]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Released as 1.0.0; copied by those who change it."""
    root = build_tree(tmp_path_factory.mktemp("released"))
    cut(root, "1.0.0", date="2024-07-15", notes="The first.")
    return root


@pytest.fixture
def tree(released: Path, tmp_path: Path) -> Path:
    return shutil.copytree(released, tmp_path / "tree")


@pytest.fixture(scope="module")
def chain(released: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, bytes]]]:
    """Three releases (1.0.0, then 1.1.0 with Mora in d1, then 2.0.0 with an edit and a removal) and their files."""
    root = shutil.copytree(released, tmp_path_factory.mktemp("chain") / "tree")
    files = {"1.0.0": row_files(root)}
    edit_entities(root, add_mora)
    cut(root, "1.1.0")
    files["1.1.0"] = row_files(root)
    edit_entities(root, lambda rows: (retype_dol(rows), remove_dol(rows)))
    cut(root, "2.0.0")
    return root, files | {"2.0.0": row_files(root)}


def test_the_first_release_states_what_it_holds(released: Path) -> None:
    manifest = json.loads((released / RELEASES / "1.0.0.json").read_text(encoding="utf-8"))
    assert (manifest["version"], manifest["date"], manifest["notes"]) == ("1.0.0", "2024-07-15", "The first.")
    assert (manifest["tool"], manifest["previous"]) == (goldassay.__version__, None)
    counts = {entry["layer"]: (entry["rows"], entry["counts"]) for entry in manifest["layers"]}
    assert counts == {"documents": (2, {"sentences": 2}), "entities": (2, {"entities": 5, "mentions": 5})}
    assert read_manifest(released).version == "1.0.0"
    assert [entry["sha256"] for entry in manifest["files"]] == [one.sha256 for one in read_manifest(released).files]
    assert errors(released) == []


def test_no_clock_is_read(tmp_path: Path) -> None:
    """Two releases of the same gold are the same bytes, and without a date there is none."""
    for name in ("one", "two"):
        cut(build_tree(tmp_path / name), "1.0.0")
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name / RELEASES).iterdir()} for name in ("one", "two"))
    assert one == two
    assert json.loads(one["1.0.0.json"])["date"] is None


@pytest.mark.parametrize(
    ("change", "too_small", "enough", "reason"),
    [
        (add_mora, "1.0.1", "1.1.0", 'records were added (entities of validation, "d1", entities, "e2")'),
        (retype_dol, "1.1.0", "2.0.0", 'records were edited (entities of validation, "d1", entities, "e1")'),
        (remove_dol, "1.9.9", "2.0.0", 'records were removed (entities of validation, "d2", entities, "e1")'),
        (reorder, "1.0.0", "1.0.1", "a number of its own"),
        (lambda rows: None, "0.9.0", "1.0.1", "no record was touched"),
    ],
    ids=["add", "edit", "remove", "reorder", "nothing"],
)
def test_the_change_says_which_number_is_the_least(
    tree: Path, change: Callable[[dict[str, Row]], Any], too_small: str, enough: str, reason: str
) -> None:
    edit_entities(tree, change)
    (item,) = refusal(tree, too_small)
    assert item.code == "E605"
    assert reason in item.expected
    cut(tree, enough)
    assert errors(tree) == []
    assert load_gold(tree).version == enough


def test_a_new_document_is_minor_and_one_that_goes_is_major(tree: Path) -> None:
    path = tree / "corpus/documents/validation.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    write_rows(path, [*rows, document_row("d3", "Dol left Mora early.")])
    edit_entities(tree, lambda found: found.update(d3=entities_row("d3", []) | {"entities": []}))
    assert prepare_release(tree, "1.1.0").diff.part == "minor"
    write_rows(path, rows[:1])
    edit_entities(tree, lambda found: [found.pop("d2"), found.pop("d3")])
    (item,) = refusal(tree, "1.1.0")
    assert '"d2"' in item.expected


def test_three_chained_releases_are_rebuilt_byte_for_byte(
    chain: tuple[Path, dict[str, dict[str, bytes]]],
) -> None:
    root, files = chain
    assert len({str(sorted(one.items())) for one in files.values()}) == 3
    for version, expected in files.items():
        assert load_release(root, version).files == expected
    assert sorted(path.name for path in (root / RELEASES).iterdir()) == [
        "1.0.0..1.1.0.jsonl",
        "1.0.0.json",
        "1.1.0..2.0.0.jsonl",
        "1.1.0.json",
        "2.0.0.json",
        "2.0.0.rows.jsonl",
    ]
    assert errors(root) == []


def test_old_releases_load_while_the_files_are_being_edited(
    chain: tuple[Path, dict[str, dict[str, bytes]]], tmp_path: Path
) -> None:
    """No git, no network: everything comes from the checkout, also from one that is broken otherwise."""
    root = shutil.copytree(chain[0], tmp_path / "tree")
    (root / "annotations/entities/validation.jsonl").write_text("not JSON\n", encoding="utf-8")
    for version, expected in chain[1].items():
        assert load_release(root, version).files == expected
    corpus = load_corpus(root, version="1.0.0")
    assert [len(row.mentions) for row in corpus.entities] == [2, 3]


def test_the_corpus_of_a_version(chain: tuple[Path, dict[str, dict[str, bytes]]], monkeypatch: Any) -> None:
    root = chain[0]
    mentions = {
        version: [len(row.mentions) for row in load_corpus(root, version=version).entities] for version in chain[1]
    }
    assert mentions == {"1.0.0": [2, 3], "1.1.0": [3, 3], "2.0.0": [3, 2]}
    monkeypatch.chdir(root)
    assert goldassay.load_corpus("1.0.0") == goldassay.load_corpus(version="1.0.0")
    assert goldassay.load_gold("corpus@1.0.0") == goldassay.load_gold(f"{root}@1.0.0")
    assert goldassay.load_gold("corpus").version == "2.0.0"
    assert goldassay.load_gold("corpus@2.0.0") == goldassay.load_gold()
    with pytest.raises(UsageError, match=r'no release "3.0.0".*1.0.0, 1.1.0, 2.0.0'):
        goldassay.load_corpus("3.0.0")
    with pytest.raises(UsageError, match=r"no split 'dev' in release 1\.0\.0"):
        goldassay.load_corpus("1.0.0", split="dev")


def test_edits_sign_as_dirty_and_never_as_the_release(tree: Path) -> None:
    path = tree / "annotations/entities/validation.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"type":"PERSON"', '"type":"ORG"'), encoding="utf-8")
    unbuilt = load_gold(tree)
    assert unbuilt.version == f"1.0.0+dirty.{unbuilt.fingerprint[:8]}"
    write_generated(tree)
    assert load_gold(tree) == unbuilt
    assert read_manifest(tree).version == "1.0.0+dirty"
    assert errors(tree) == []
    path.write_text(path.read_text(encoding="utf-8").replace('"type":"ORG"', '"type":"PERSON"'), encoding="utf-8")
    write_generated(tree)
    assert load_gold(tree).version == read_manifest(tree).version == "1.0.0"


@pytest.mark.parametrize("claimed", ["1.0.0", "1.2.0"])
def test_a_number_that_is_not_the_golds_own_is_a_finding(tree: Path, claimed: str) -> None:
    edit_entities(tree, retype_dol)
    path = tree / "corpus/manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"1.0.0+dirty"', f'"{claimed}"'), encoding="utf-8")
    assert errors(tree) == [("E611", "corpus/manifest.json")]
    gold = load_gold(tree)
    assert gold.version == f"1.0.0+dirty.{gold.fingerprint[:8]}"


def test_a_release_is_refused_where_generated_files_are_stale(tree: Path) -> None:
    readme = tree / "README.md"
    readme.write_text(
        readme.read_text(encoding="utf-8").replace("content sha256:", "content sha256:0"), encoding="utf-8"
    )
    assert {item.code for item in refusal(tree, "1.0.1")} == {"E608"}


def test_a_release_is_refused_where_the_gold_has_errors(tree: Path) -> None:
    edit_entities(tree, lambda rows: rows["d1"]["mentions"][0].update(text="Strelsau"))
    assert "E203" in {item.code for item in refusal(tree, "2.0.0")}


def test_a_release_is_refused_where_rows_could_not_be_rebuilt(tree: Path) -> None:
    path = tree / "annotations/entities/validation.jsonl"
    path.write_text("\n".join(reversed(path.read_text(encoding="utf-8").splitlines())) + "\n", encoding="utf-8")
    write_generated(tree)
    (item,) = refusal(tree, "1.0.1")
    assert (item.code, item.where.file) == ("E608", "annotations/entities/validation.jsonl")
    assert "canonical rows" in item.expected


def test_the_first_number_may_not_fall_behind_the_corpus(tmp_path: Path) -> None:
    (item,) = refusal(build_tree(tmp_path), "0.0.9")
    assert (item.code, item.expected) == ("E605", '"0.1.0" or higher')


@pytest.mark.parametrize(
    ("version", "said", "words"),
    [("1.0", {}, "no version"), ("../1.0.0", {}, "no version"), ("1.0.1", {"date": "15.7.2024"}, "no date")],
)
def test_nonsense_is_refused(tree: Path, version: str, said: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        prepare_release(tree, version, **said)


def damage(name: str, old: str, new: str) -> Callable[[Path], object]:
    def apply(root: Path) -> None:
        path = root / RELEASES / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return apply


@pytest.mark.parametrize(
    ("tamper", "place"),
    [
        (damage("1.0.0..1.1.0.jsonl", "Mora", "Dola"), "1.0.0..1.1.0.jsonl"),
        (damage("1.1.0..2.0.0.jsonl", "PERSON", "NORP"), "1.1.0..2.0.0.jsonl"),
        (damage("1.0.0.json", "The first.", "The last."), "1.0.0.json"),
        (damage("1.0.0.json", '"rows": 2', '"rows": 3'), "1.0.0.json"),
        (damage("2.0.0.json", '"version": "2.0.0"', '"version": "2.0.1"'), "2.0.0.json"),
        (damage("2.0.0.json", '"path": "', '"path": "../'), "2.0.0.json"),
        (damage("2.0.0.json", '"fingerprint": "', '"fingerprint": "00'), "2.0.0.json"),
        (damage("2.0.0.json", '"mentions": 5', '"mentions": 6'), "2.0.0.json"),
        (damage("2.0.0.json", '"rows": 2', '"rows": 3'), "2.0.0.json"),
        (damage("2.0.0.json", '"layer": "entities"', '"layer": "stances"'), "2.0.0.json"),
        (lambda root: (root / RELEASES / "1.0.0..1.1.0.jsonl").unlink(), "1.0.0..1.1.0.jsonl"),
        (lambda root: (root / RELEASES / "1.1.0.json").unlink(), "2.0.0.json"),
        (lambda root: (root / RELEASES / "2.0.0.json").write_text("[", encoding="utf-8"), "2.0.0.json"),
    ],
    ids=[
        *("diff", "other diff", "notes", "count", "version", "path", "newest fingerprint", "newest count"),
        *("newest rows", "newest layer", "no diff", "no manifest", "no JSON"),
    ],
)
def test_tampering_is_found_and_nothing_is_released_over_it(
    chain: tuple[Path, dict[str, dict[str, bytes]]],
    tmp_path: Path,
    tamper: Callable[[Path], object],
    place: str,
) -> None:
    root = shutil.copytree(chain[0], tmp_path / "tree")
    tamper(root)
    findings = check_releases(root)
    assert f"{RELEASES}/{place}" in {item.where.file for item in findings}
    assert all(item.severity == "error" for item in findings)
    with pytest.raises(InvalidDataError):
        load_release(root, "1.0.0")
    with pytest.raises(InvalidDataError):
        prepare_release(root, "3.0.0")


@pytest.mark.parametrize("old", ['"fingerprint": "', '"mentions": "'])
def test_a_changed_manifest_of_the_newest_release_is_blamed_alone_and_nothing_is_built(tree: Path, old: str) -> None:
    change = {'"fingerprint": "': '"fingerprint": "00', '"mentions": "': '"mentions": 6'}[old]
    damage("1.0.0.json", old if "finger" in old else '"mentions": 5', change)(tree)
    (item,) = [item for item in check_corpus(tree) if item.severity == "error"]
    assert (item.code, item.where.file) == ("E601", f"{RELEASES}/1.0.0.json")
    before = (tree / "corpus/manifest.json").read_bytes()
    with pytest.raises(InvalidDataError):
        write_generated(tree)
    assert (tree / "corpus/manifest.json").read_bytes() == before


def test_rows_and_diffs_begin_with_the_canary_and_are_read_without_it(
    chain: tuple[Path, dict[str, dict[str, bytes]]], tmp_path: Path
) -> None:
    """Release 1.0.0 of the corpus was cut before there was such a line, and stays as it is."""
    root = shutil.copytree(chain[0], tmp_path / "tree")
    names = ["1.0.0..1.1.0.jsonl", "1.1.0..2.0.0.jsonl", "2.0.0.rows.jsonl"]
    for name in names:
        head, _ = (root / RELEASES / name).read_text(encoding="utf-8").split("\n", 1)
        assert json.loads(head) == {"canary": CANARY}
    path = root / RELEASES / names[-1]
    path.write_bytes(path.read_bytes().split(b"\n", 1)[1])
    edit_entities(root, retype_dol)
    assert load_release(root, "2.0.0").files == chain[1]["2.0.0"]
    assert CANARY not in (ROOT / RELEASES / "1.0.0.rows.jsonl").read_text(encoding="utf-8")


def test_another_head_is_a_finding_and_lines_keep_their_numbers(
    chain: tuple[Path, dict[str, dict[str, bytes]]], tmp_path: Path
) -> None:
    root = shutil.copytree(chain[0], tmp_path / "tree")
    damage("2.0.0.rows.jsonl", "goldassay-news canary", "canary")(root)
    assert {(item.code, item.where.line) for item in check_releases(root)} == {("E103", 1), ("E104", 1)}
    shutil.copy(chain[0] / RELEASES / "2.0.0.rows.jsonl", root / RELEASES)
    damage("1.1.0..2.0.0.jsonl", '"after":{', '"after":1,"x":{')(root)
    with pytest.raises(InvalidDataError) as caught:
        read_diff(root, "1.1.0", "2.0.0")
    assert [(item.code, item.where.line) for item in caught.value.findings] == [("E103", 2)]


def test_the_oldest_releases_may_be_withdrawn(chain: tuple[Path, dict[str, dict[str, bytes]]], tmp_path: Path) -> None:
    root = shutil.copytree(chain[0], tmp_path / "tree")
    for name in ("1.0.0.json", "1.0.0..1.1.0.jsonl"):
        (root / RELEASES / name).unlink()
    assert [(item.severity, item.found) for item in check_releases(root)] == [("warning", 'no release "1.0.0"')]
    assert load_release(root, "1.1.0").files == chain[1]["1.1.0"]
    cut(root, "2.0.1")


@pytest.mark.parametrize("edited", [False, True])
def test_the_kept_rows_are_verified_before_they_are_needed(tree: Path, edited: bool) -> None:
    if edited:
        edit_entities(tree, add_mora)
    damage("1.0.0.rows.jsonl", "PERSON", "NORP")(tree)
    (item,) = check_releases(tree)
    assert (item.code, item.where.file) == ("E601", f"{RELEASES}/1.0.0.rows.jsonl")
    (tree / RELEASES / "1.0.0.rows.jsonl").unlink()
    assert [item.where.file for item in check_releases(tree)] == [f"{RELEASES}/1.0.0.rows.jsonl"]


def test_released_rows_are_not_checked_as_rows_of_the_corpus(tree: Path) -> None:
    assert [
        item
        for item in check_files([tree / "annotations"], texts=find_texts(tree))
        if item.where.file and "releases" in item.where.file
    ] == []


def test_the_changelog_has_a_section_a_release(chain: tuple[Path, dict[str, dict[str, bytes]]]) -> None:
    text = (chain[0] / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == ["# Changelog", "## Corpus 2.0.0", "## Corpus 1.1.0", "## Corpus 1.0.0 (2024-07-15)"]
    assert "- entities of validation: 2 documents, 5 entities, 5 mentions." in text
    # 1.1.0 added an entity and its mention; 2.0.0 edited one entity and removed an entity and its mention.
    assert [line for line in text.splitlines() if line.startswith("| entities |")] == [
        "| entities | entities | 0 | 1 | 1 | 0 |",
        "| entities | mentions | 0 | 1 | 0 | 0 |",
        "| entities | entities | 1 | 0 | 0 | 0 |",
        "| entities | mentions | 1 | 0 | 0 | 0 |",
    ]


def test_notes_are_escaped_in_the_changelog(tree: Path) -> None:
    edit_entities(tree, add_mora)
    cut(tree, "1.1.0", notes="<script>\n## Corpus 9.9.9\n|x|")
    text = (tree / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "\n## Corpus 9.9.9" not in text


def test_the_gold_of_the_seeds_can_be_released_and_rebuilt(tmp_path: Path) -> None:
    """The rows alone: their passes and decisions are checked elsewhere, and not while they are being worked on."""
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    for layer in ("entities", "stances", "numeric_facts", "guidelines"):
        shutil.copytree(ROOT / "annotations" / layer, tmp_path / "annotations" / layer)
    (tmp_path / "README.md").write_text("# A corpus\n", encoding="utf-8")
    write_generated(tmp_path)
    cut(tmp_path, "1.0.0")
    files = {entry.path: (tmp_path / entry.path).read_bytes() for entry in read_manifest(tmp_path).files}
    shutil.rmtree(tmp_path / "annotations" / "stances")
    assert load_release(tmp_path, "1.0.0").files == files
    assert set(json.loads((tmp_path / RELEASES / "1.0.0.json").read_text())["guidelines"]) == {
        "entities",
        "numeric_facts",
        "stances",
    }
