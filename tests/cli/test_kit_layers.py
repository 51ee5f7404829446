"""`goldassay kit` for stances and numeric facts: the gold comes back, and layers are added to a pass one by one."""

import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from goldassay.checking import check_files
from goldassay.checks.texts import find_texts
from goldassay.cli.main import cli
from goldassay.corpus.corpus import load_corpus
from goldassay.passes.load import load_pass

ROOT = Path(__file__).parents[2]
FORMATS = ("brat", "label-studio")
READ = {
    "stances": "read: 2 documents, 19 propositions, 42 attributions, 47 stances; not read: no findings",
    "numeric_facts": "read: 2 documents, 5 numeric_facts, 8 times; not read: no findings",
}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    shutil.copytree(ROOT / "annotations", tmp_path / "annotations")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(cli, ["kit", *(str(item) for item in arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def write(layer: str, form: str, *arguments: object) -> Result:
    shutil.rmtree("sent", ignore_errors=True)
    return run("--layer", layer, "--format", form, "--out", "sent", *arguments)


def read(layer: str, form: str, *, name: str = "anna", date: str = "2026-01-31") -> Result:
    who = ("--name", name, "--annotator-kind", "human", "--date", date)
    return run("--layer", layer, "--format", form, "--read", "sent", *who)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("layer", READ)
def test_the_gold_comes_back_as_the_same_rows(checkout: Path, layer: str, form: str) -> None:
    sent = write(layer, form, "--from", "gold")
    assert (sent.exit_code, "not carried over from gold: nothing" in sent.stdout) == (0, True)
    result = read(layer, form)
    assert (result.exit_code, result.stderr) == (0, "")
    assert READ[layer] in result.stdout
    authored, findings = load_pass(checkout, "anna")
    assert findings == []
    corpus = load_corpus(checkout)
    rows = corpus.stances if layer == "stances" else corpus.numeric_facts
    assert len(rows) == 2
    for row in rows:
        one = authored[row.doc_id]
        back = one.stances if layer == "stances" else one.numeric_facts
        # Records come back in text order, whatever order the gold has them in.
        assert by_id(back) == by_id(row)
        assert one.layers == (layer,)
        assert one.provenance is not None
        assert one.provenance.seen == ["text", "guidelines", form, "pass gold"]


def by_id(row: object) -> dict[str, object]:
    lists = msgspec.to_builtins(row)
    assert lists.pop("doc_id")
    return {name: sorted(value, key=lambda one: one["id"]) for name, value in lists.items()}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("layer", READ)
def test_an_empty_kit_comes_back_as_not_begun(checkout: Path, layer: str, form: str) -> None:
    assert write(layer, form, "--entities", "gold", "seed-002").exit_code == 0
    files = {path.relative_to("sent").as_posix() for path in Path("sent").rglob("*") if path.is_file()}
    common = {"README.md", "guideline.md", "kit.json", "texts/seed-002.txt", "references/seed-002.txt"}
    brat = {"brat/annotation.conf", "brat/visual.conf", "brat/seed-002.ann", "brat/seed-002.txt"}
    assert files == common | (brat if form == "brat" else {"label-studio/configuration.xml", "label-studio/tasks.json"})
    result = read(layer, form)
    assert (result.exit_code, "E305" in result.stderr, "read: 0 documents" in result.stdout) == (0, True, True)
    assert not (checkout / "annotations" / "passes" / "anna").exists()


@pytest.mark.parametrize("form", FORMATS)
def test_layers_are_added_to_a_pass_one_by_one(checkout: Path, form: str) -> None:
    """What is sent here is pass b layer by layer, so at the end anna's pass says what b says."""
    for layer, day in (("entities", "2026-01-31"), ("stances", "2026-02-01"), ("numeric_facts", "2026-01-30")):
        assert write(layer, form, "--from", "b").exit_code == 0
        result = read(layer, form, date=day)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        assert read(layer, form).exit_code == 2  # never over what is there
    pass_of_b, _ = load_pass(checkout, "b")
    authored, findings = load_pass(checkout, "anna")
    assert (findings, authored.keys()) == ([], pass_of_b.keys())
    for doc_id, one in authored.items():
        assert one.layers == ("entities", "stances", "numeric_facts")
        assert by_id(one.stances) == by_id(pass_of_b[doc_id].stances)
        assert by_id(one.numeric_facts) == by_id(pass_of_b[doc_id].numeric_facts)
        assert one.provenance is not None
        assert one.provenance.date == "2026-02-01"


def test_entities_of_another_pass_are_listed_and_their_ids_checked(checkout: Path) -> None:
    assert write("stances", "brat", "--entities", "b", "seed-002").exit_code == 0
    listed = Path("sent/references/seed-002.txt").read_text(encoding="utf-8")
    entities = load_pass(checkout, "b")[0]["seed-002"].entities.entities
    assert all(f"{one.id}  {one.type} " in listed for one in entities)
    text = Path("sent/texts/seed-002.txt").read_text(encoding="utf-8")
    source = f"T1\tStance 0 5\t{text[:5]}\nE1\tStance:T1\nA1\tDimension E1 intent\nA2\tGrade E1 1\nA3\tAct E1 plan\n"
    note = '#1\tAnnotatorNotes E1\tholder: "nobody", target: e1, sources: [AUTHOR]\n'
    Path("sent/brat/seed-002.ann").write_text(source + note, encoding="utf-8")
    result = read("stances", "brat")
    assert (result.exit_code, "2  E302  seed-002 E1 stances[0].holder" in result.stderr) == (3, True)
    Path("sent/brat/seed-002.ann").write_text(source + note.replace("nobody", "e1"), encoding="utf-8")
    assert read("stances", "brat").exit_code == 0
    authored = load_pass(checkout, "anna")[0]["seed-002"]
    assert authored.provenance is not None
    assert authored.provenance.seen == ["text", "guidelines", "brat", "entities of b"]
    assert [(one.id, one.holder, one.expression_spans) for one in authored.stances.stances] == [("s1", "e1", [(0, 5)])]
    assert check_files([checkout / "annotations" / "passes" / "anna"], texts=find_texts(checkout)) == []


def test_a_layer_is_not_added_where_something_would_be_lost(checkout: Path) -> None:
    write("stances", "brat", "--from", "gold", "seed-002")
    assert read("stances", "brat").exit_code == 0
    path = checkout / "annotations" / "passes" / "anna" / "seed-002.yaml"
    kept = path.read_text(encoding="utf-8")
    write("numeric_facts", "brat", "--from", "gold", "seed-002")
    for old, new, why in (
        ("doc:", "# mine\ndoc:", "comments and layout"),
        ('kind: "human"', 'kind: "model"', "another annotator"),
        ('guidelines: "', 'guidelines: "x', "other guidelines"),
        ("doc:", "dok:", "cannot be read"),
    ):
        path.write_text(kept.replace(old, new, 1), encoding="utf-8")
        result = read("numeric_facts", "brat")
        assert (result.exit_code, why in result.stderr) == (2, True), result.stderr
        assert path.read_text(encoding="utf-8") == kept.replace(old, new, 1)
    path.write_text(kept, encoding="utf-8")
    write("entities", "brat", "--from", "gold", "seed-002")
    assert read("entities", "brat").exit_code == 2  # the stances name entities of other ids
    assert path.read_text(encoding="utf-8") == kept


def test_ids_of_two_passes_are_never_mixed(checkout: Path) -> None:
    """The first pass has other entities than the gold, so an id of the one means nothing in the other."""
    assert write("entities", "brat", "--from", "first", "seed-002").exit_code == 0
    assert read("entities", "brat").exit_code == 0
    assert write("stances", "brat", "--from", "gold", "seed-002").exit_code == 0
    result = read("stances", "brat")
    assert (result.exit_code, "anna has other entities" in result.stderr) == (2, True)
    result = write("stances", "brat", "--from", "gold", "--entities", "anna", "seed-002")
    assert (result.exit_code, "other entities in seed-002" in result.stderr) == (2, True)
    assert write("stances", "brat", "--entities", "anna", "seed-002").exit_code == 0


def test_entities_are_not_named_where_they_make_no_sense(checkout: Path) -> None:
    assert write("entities", "brat", "--entities", "gold").exit_code == 2
    assert write("stances", "brat", "--entities", "nobody").exit_code == 2
    assert write("stances", "brat").exit_code == 0
    who = ("--name", "anna", "--annotator-kind", "human")
    assert run("--layer", "stances", "--format", "brat", "--read", "sent", "--entities", "gold", *who).exit_code == 2


def test_a_file_with_an_error_is_not_read_at_all(checkout: Path) -> None:
    write("numeric_facts", "brat", "--from", "gold")
    path = Path("sent/brat/seed-002.ann")
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("value: {lo:", "value: {lo: x, low:", 1), encoding="utf-8")
    result = read("numeric_facts", "brat")
    assert (result.exit_code, "nothing was written" in result.stderr) == (3, True)
    assert not (checkout / "annotations" / "passes" / "anna").exists()
