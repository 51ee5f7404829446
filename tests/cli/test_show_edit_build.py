"""`goldassay show`, `edit` and `build` on a copy of the corpus: what they print, write, refuse and leave alone."""

import io
import json
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.cli.show import print_rendered
from goldassay.corpus.corpus import load_document
from goldassay.corpus.layout import VIEWS
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Mention
from goldassay.report.show import render_document

ROOT = Path(__file__).parents[2]
LAYERS = ("entities", "stances", "numeric_facts")
README = "---\nlicense: other\n---\n# A title\n\nA text.\n"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    for layer in LAYERS:
        shutil.copytree(ROOT / "annotations" / layer, tmp_path / "annotations" / layer)
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(cli, [str(item) for item in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def hashes(root: Path, pattern: str = "**/*.jsonl") -> dict[str, str]:
    return {str(path.relative_to(root)): sha256(path.read_bytes()).hexdigest() for path in sorted(root.glob(pattern))}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_edit_writes_builds_back_to_the_same_bytes(checkout: Path) -> None:
    before = hashes(checkout)
    for doc_id in ("seed-000", "seed-002"):
        assert run("edit", doc_id, "-o", f"{doc_id}.yaml").exit_code == 0
    for layer in LAYERS:
        path = checkout / "annotations" / layer / "validation.jsonl"
        path.write_bytes(b"")
    result = run("build", "seed-002.yaml", "seed-000.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert hashes(checkout) == before
    assert len(before) == 4 + len(VIEWS)
    for doc_id in ("seed-000", "seed-002"):
        assert run("edit", doc_id).output == Path(f"{doc_id}.yaml").read_text(encoding="utf-8")


def test_an_edit_reaches_the_rows_the_manifest_and_nothing_else(checkout: Path) -> None:
    run("build")
    before, manifest = hashes(checkout), (checkout / "corpus" / "manifest.json").read_bytes()
    run("edit", "seed-002", "-o", "d.yaml")
    replace(Path("d.yaml"), 'name: "Mark Rutte"', 'name: "Mark R"')
    assert run("build", "--check", "d.yaml").exit_code == 3
    assert hashes(checkout) == before
    result = run("build", "d.yaml")
    assert result.exit_code == 0
    after = hashes(checkout)
    changed = [name for name in after if after[name] != before[name]]
    assert changed == ["annotations/entities/validation.jsonl", "corpus/full/validation.jsonl"]
    assert (checkout / "corpus" / "manifest.json").read_bytes() != manifest
    assert {entity.name for entity in load_document("seed-002", checkout).entities.entities} >= {"Mark R"}
    assert run("build", "--check", "d.yaml").exit_code == 0
    assert run("build", "--check").exit_code == 0


def test_a_file_with_errors_changes_nothing_and_lists_all_of_them(checkout: Path) -> None:
    before = hashes(checkout)
    run("edit", "seed-000", "-o", "good.yaml")
    run("edit", "seed-002", "-o", "bad.yaml")
    replace(Path("good.yaml"), 'name: "NATO"', 'name: "Nato"')
    replace(Path("bad.yaml"), 'spans: "Yoon Suk Yeol"', 'spans: "Yoon Suk Yeul"')
    replace(Path("bad.yaml"), 'level: "NOM"', 'level: "NON"')
    replace(Path("bad.yaml"), 'rollup: "e2"', 'rollup: "e99"')
    result = run("build", "good.yaml", "bad.yaml")
    assert result.exit_code == 3
    assert [word for word in result.stderr.split() if word[0] == "E" and word[1:].isdigit()] == ["E106", "E501"]
    replace(Path("bad.yaml"), "Yeul", "Yeol")
    replace(Path("bad.yaml"), '"NON"', '"NOM"')
    result = run("build", "good.yaml", "bad.yaml")  # the form is well now; what it says is not
    assert (result.exit_code, "E302" in result.stderr, "bad.yaml" in result.stderr) == (3, True, True)
    assert hashes(checkout) == before


def test_a_layer_that_a_file_leaves_out_is_left_alone(checkout: Path) -> None:
    before = hashes(checkout)
    run("edit", "seed-002", "-o", "d.yaml")
    head, times = Path("d.yaml").read_text(encoding="utf-8").split("\nentities:")[0], "times: []\nnumeric_facts: []\n"
    Path("d.yaml").write_text(f"{head}\n{times}", encoding="utf-8")
    result = run("build", "d.yaml")
    # The stances refer to times that are no longer there; without that the rows would have been written.
    assert (result.exit_code, "E302" in result.stderr) == (3, True)
    assert hashes(checkout) == before
    Path("d.yaml").write_text(f"{head}\npropositions: []\nattributions: []\nstances: []\n", encoding="utf-8")
    assert run("build", "d.yaml").exit_code == 0
    after = hashes(checkout)
    changed = [name for name in after if after[name] != before[name]]
    assert changed == ["annotations/stances/validation.jsonl", "corpus/full/validation.jsonl"]
    assert load_document("seed-002", checkout).stances.stances == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'doc: "seed-000', "E102"),
        (b'doc: "seed-001"\n', "E304"),
        (b"times: []\n", "E304"),
        (b'doc: "caf\xe9"\n', "E101"),
        (b'doc: "seed-000"\nnumbers: []\n', "E103"),
    ],
)
def test_files_that_cannot_be_read_are_findings(checkout: Path, content: bytes, code: str) -> None:
    before = hashes(checkout)
    Path("d.yaml").write_bytes(content)
    result = run("build", "d.yaml")
    assert (result.exit_code, code in result.stderr) == (3, True)
    assert hashes(checkout) == before


def test_one_document_in_two_files_is_an_error(checkout: Path) -> None:
    run("edit", "seed-000", "-o", "a.yaml")
    shutil.copy("a.yaml", "b.yaml")
    result = run("build", "a.yaml", "b.yaml")
    assert (result.exit_code, "E306" in result.stderr) == (3, True)


def test_unreadable_rows_are_never_written_over(checkout: Path) -> None:
    run("edit", "seed-000", "-o", "a.yaml")
    with (checkout / "annotations" / "entities" / "validation.jsonl").open("ab") as file:
        file.write(b'{"doc_id": "seed-009"\n')
    before = hashes(checkout)
    assert run("build", "a.yaml").exit_code == 3
    assert hashes(checkout) == before


def test_generated_files_are_made_from_the_seeds_and_found_when_stale(checkout: Path) -> None:
    before = hashes(checkout)
    for folder in ("documents", *VIEWS):
        shutil.rmtree(checkout / "corpus" / folder)
    (checkout / "corpus" / "manifest.json").unlink()
    assert run("build", "--check").exit_code == 3
    result = run("build")
    assert (result.exit_code, result.stderr) == (0, "")
    assert hashes(checkout) == before
    assert (
        json.loads((checkout / "annotations" / "schema" / "stances.schema.json").read_bytes())["title"] == "StancesRow"
    )
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("---\n")
    assert readme.endswith("\n# A title\n\nA text.\n")
    assert "config_name: stances" in readme
    assert run("build", "--check").exit_code == 0
    for path, old, new in (
        ("corpus/documents/validation.jsonl", b"Moscow", b"Muscow"),
        ("corpus/manifest.json", b'"rows": 2', b'"rows": 3'),
        ("annotations/schema/stances.schema.json", b"grade", b"grace"),
        ("README.md", b"stances", b"stunces"),
        (".huggingface.yaml", b"stances", b"stunces"),
        ("corpus/full/validation.jsonl", b"Moscow", b"Muscow"),
        ("corpus/tokens/validation.jsonl", b"B-GPE", b"B-LOC"),
        ("croissant.json", b"sha256", b"sha512"),
    ):
        content = (checkout / path).read_bytes()
        (checkout / path).write_bytes(content.replace(old, new))
        result = run("build", "--check")
        assert (path, result.exit_code, path in result.stderr) == (path, 3, True)
        (checkout / path).write_bytes(content)
    assert run("build", "--check").exit_code == 0


def test_build_needs_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOLDASSAY_ROOT", str(ROOT))  # read by others, never written to
    result = run("build", "--check")
    assert (result.exit_code, "no checkout" in result.stderr) == (2, True)


@pytest.mark.parametrize("command", ["show", "edit"])
def test_unknown_documents_and_places_are_usage_errors(checkout: Path, command: str) -> None:
    result = run(command, "seed-001")
    assert (result.exit_code, "seed-000, seed-002" in result.stderr) == (2, True)
    assert run(command, "seed-000", "--gold", checkout / "corpus").exit_code == 2
    assert run(command, "seed-000", "--gold", checkout).exit_code == 0


@pytest.mark.parametrize("command", ["show", "edit"])
def test_bad_gold_is_listed_and_not_shown(checkout: Path, command: str) -> None:
    path = checkout / "annotations" / "stances" / "validation.jsonl"
    replace(path, '"dimension":"belief"', '"dimension":"opinion"')
    result = run(command, "seed-002")
    assert (result.exit_code, result.stdout, "E106" in result.stderr) == (3, "", True)


def test_edit_refuses_to_write_over_a_file_or_gold_that_the_form_cannot_carry(checkout: Path) -> None:
    Path("d.yaml").write_text("mine", encoding="utf-8")
    assert run("edit", "seed-000", "-o", "d.yaml").exit_code == 2
    assert Path("d.yaml").read_text(encoding="utf-8") == "mine"
    assert run("edit", "seed-000", "-o", "d.yaml", "--force").exit_code == 0
    path = checkout / "annotations" / "entities" / "validation.jsonl"
    row = json.loads(path.read_bytes().splitlines()[0])
    row["mentions"].reverse()
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    result = run("edit", "seed-000")
    assert (result.exit_code, result.stdout) == (3, "")
    row["mentions"][0]["spans"] = [[5, 5]]
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    result = run("edit", "seed-000")
    assert (result.exit_code, "E201" in result.stderr) == (3, True)


def test_show_prints_every_annotation_of_a_document(checkout: Path) -> None:
    found = load_document("seed-002", checkout)
    result = run("show", "seed-002", "--width", "10000")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    for attribution in found.stances.attributions:
        assert [line for line in lines if line.split()[:2] == ["attribution", attribution.id]]
    for stance in found.stances.stances:
        (line,) = [line for line in lines if line.split()[:2] == ["stance", stance.id]]
        assert f"({stance.grade:+d}, {stance.act})".replace("+0", "0") in line
    for fact in found.numeric_facts.numeric_facts:
        assert [line for line in lines if line.split()[:2] == ["number", fact.id]]
    for time in found.numeric_facts.times:
        assert [line for line in lines if line.split()[:2] == ["time", time.id]]
    mentions = [word for line in lines if line.startswith("     mentions") for word in line.split()]
    assert sum(mention.id in mentions for mention in found.entities.mentions) == len(found.entities.mentions)
    for entity in found.entities.entities:
        assert [line for line in lines if line.split()[:3][:2] == [entity.id, entity.type]]
    numbered = [line for line in lines if line[:3].strip().isdigit() and line[3:5] == "  "]
    assert len(numbered) == len(found.document.sentences)


def test_show_reads_as_documented(checkout: Path) -> None:
    shown = run("show", "seed-002", "--width", "10000").stdout
    assert (
        "AUTHOR > National Intelligence Service > North Korea  intends(+1, plan)  "
        "p1 ‘North Korea sends troops to Russia’  «plans»"
    ) in shown
    assert "[[NATO|ORG e5]’s Secretary General|PERSON e6] [Mark Rutte|PERSON e6]" in shown
    assert "number       n2  cardinal 12000 approx × troop" in shown
    only = run("show", "seed-002", "--layer", "numeric_facts", "--width", "80").stdout
    assert ("stance " in only, "[NATO" in only, "number" in only) == (False, False, True)
    assert max(len(line) for line in only.splitlines()) <= 80


def test_discontinuous_nested_and_crossing_mentions_stay_readable() -> None:
    text = "North and South Borduria denied it."
    mentions = [
        Mention(id="m1", entity=None, spans=[(0, 5), (16, 24)], text="North Borduria", level="NAM", type="GPE"),
        Mention(id="m2", entity=None, spans=[(10, 24)], text="South Borduria", level="NAM", type="LOC"),
        Mention(id="m3", entity=None, spans=[(6, 15)], text="and South", level="NOM", type="ORG"),
    ]
    shown = render_document(plain(text), EntitiesRow(doc_id="d", entities=[], mentions=mentions))
    assert "[North|GPE 1/2] [and [South|ORG] [Borduria|GPE 2/2]|LOC] denied it." in shown


def test_no_control_character_of_a_text_or_a_name_reaches_the_terminal() -> None:
    text = "A \x1b[31mred\u202e text.\nAnother\x07 one."
    mention = Mention(id="m\x1b", entity="e\x07", spans=[(2, 11)], text="\x1b[31mred", level="NAM")
    shown = render_document(plain(text), EntitiesRow(doc_id="d", entities=[], mentions=[mention]))
    assert "\\x1b[31mred" in shown
    assert [char for char in shown if not char.isprintable() and char != "\n"] == []


def plain(text: str) -> Document:
    return Document(
        doc_id="d",
        title=None,
        text=text,
        language="en",
        dct=None,
        dct_evidence=None,
        source="invented",
        rights="none",
        origin="composed",
        sha256="",
        sentences=[],
    )


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_the_same_words_in_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ruritania denied it [again]."
    mention = Mention(id="m1", entity="e1", spans=[(0, 9)], text="Ruritania", level="NAM")
    shown = render_document(plain(text), EntitiesRow(doc_id="d", entities=[], mentions=[mention]))
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    print_rendered(shown)
    assert "\x1b[36m" in terminal.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue()) == shown
