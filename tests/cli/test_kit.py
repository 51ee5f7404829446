"""`goldassay kit`: an annotation written as a kit and read back is the same, and nothing is lost in silence."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from goldassay.cli.main import cli
from goldassay.corpus.corpus import load_corpus
from goldassay.formats.label_studio import format_label_studio, parse_label_studio
from goldassay.kit.brat_entities import format_brat_entities, parse_brat_entities
from goldassay.kit.label_studio_entities import markup_of_task, task_of_entities
from goldassay.kit.markup import Markup, assemble_entities, mark_entities
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.finding import Finding
from goldassay.model.labels import ENTITY_TYPES, LEVELS
from goldassay.model.record import spans_text
from goldassay.passes.load import load_pass

ROOT = Path(__file__).parents[2]
FORMATS = ("brat", "label-studio")
TEXT = "🇺🇦 𝔘𝔫𝔦 North and\nSouth Borduria deny it.\tNo, said 北京市 and Cafe\u0301."


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


def write(form: str, *arguments: object) -> Result:
    return run("--layer", "entities", "--format", form, "--out", "sent", *arguments)


def read(form: str, *arguments: object, name: str = "anna") -> Result:
    who = ("--name", name, "--annotator-kind", "human", "--date", "2026-01-31")
    return run("--layer", "entities", "--format", form, "--read", "sent", *who, *arguments)


def bare(row: EntitiesRow) -> tuple[set[object], dict[str, object]]:
    """A row without its ids: mentions by place, level and entity, entities by their first mention."""
    places: dict[str, list[tuple[tuple[int, int], ...]]] = {}
    for mention in row.mentions:
        places.setdefault(mention.entity or "", []).append(tuple(mention.spans))
    first = {entity: min(spans) for entity, spans in places.items()}
    keys = {entity: (first[entity], sorted(places[entity])) for entity in first}
    mentions = {
        (tuple(one.spans), one.text, one.level, one.metonym, str(keys[one.entity or ""])) for one in row.mentions
    }
    entities: dict[str, object] = {}
    for one in row.entities:
        rollup = None if one.rollup is None else str(keys[one.rollup])
        members = [str(keys[member]) for member in one.members]
        entities[str(keys[one.id])] = (one.type, one.name, one.kb_id, rollup, members)
    assert (len(mentions), len(entities)) == (len(row.mentions), len(row.entities))
    return mentions, entities


@pytest.mark.parametrize("form", FORMATS)
def test_the_gold_comes_back_as_the_same_rows(checkout: Path, form: str) -> None:
    sent = write(form, "--from", "gold")
    assert (sent.exit_code, "not carried over from gold: nothing" in sent.stdout) == (0, True)
    result = read(form)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "read: 2 documents, 48 entities, 160 mentions; not read: no findings" in result.stdout
    authored, findings = load_pass(checkout, "anna")
    assert findings == []
    corpus = load_corpus(checkout)
    assert len(corpus.entities) == 2
    for row in corpus.entities:
        one = authored[row.doc_id]
        assert bare(one.entities) == bare(row)
        assert one.layers == ("entities",)
        assert one.provenance is not None
        assert (one.provenance.annotator.name, one.provenance.annotator.kind) == ("anna", "human")
        assert (one.provenance.guidelines, one.provenance.date) == ("0.3.0", "2026-01-31")
        assert one.provenance.seen == ["text", "guidelines", form, "pass gold"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_kit_has_all_that_it_takes_and_comes_back_as_not_begun(checkout: Path, form: str) -> None:
    assert write(form, "seed-002").exit_code == 0
    files = {path.relative_to("sent").as_posix() for path in Path("sent").rglob("*") if path.is_file()}
    common = {"README.md", "guideline.md", "kit.json", "texts/seed-002.txt"}
    brat = {"brat/annotation.conf", "brat/visual.conf", "brat/tools.conf", "brat/seed-002.ann", "brat/seed-002.txt"}
    assert files == common | (brat if form == "brat" else {"label-studio/configuration.xml", "label-studio/tasks.json"})
    text = {one.doc_id: one.text for one in load_corpus(checkout).documents}["seed-002"]
    assert Path("sent/texts/seed-002.txt").read_bytes().decode() == text
    result = read(form)
    assert (result.exit_code, "E305" in result.stderr, "read: 0 documents" in result.stdout) == (0, True, True)
    assert not (checkout / "annotations" / "passes" / "anna").exists()


def document(text: str) -> Document:
    return Document(
        doc_id="d",
        title=None,
        text=text,
        language="en",
        dct=None,
        dct_evidence=None,
        source="",
        rights="",
        origin="composed",
        sha256="",
        sentences=[],
    )


@st.composite
def rows(draw: st.DrawFn) -> EntitiesRow:
    """Entities with at least a mention each, as the tools can carry them; fragments anywhere, also inside clusters."""
    names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), min_size=1, max_size=5)
    ids = [f"x{number}" for number in range(draw(st.integers(1, 4)))]
    entities = [
        Entity(
            id=one,
            type=draw(st.sampled_from(ENTITY_TYPES)),  # type: ignore[arg-type]
            name=draw(names),
            kb_id=draw(st.sampled_from([None, "NIL", "Q1"])),
            rollup=draw(st.none() | st.sampled_from(ids)),
            members=draw(st.lists(st.sampled_from(ids), unique=True, max_size=2)),
        )
        for one in ids
    ]
    cuts = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=6, unique=True).map(sorted)
    places = cuts.map(lambda found: tuple(zip(found[::2], found[1::2], strict=False)))
    spans = draw(st.lists(places, min_size=len(ids), max_size=9, unique=True))
    mentions = [
        Mention(
            id=f"m{number}",
            entity=ids[number] if number < len(ids) else draw(st.sampled_from(ids)),
            spans=list(place),
            text=spans_text(TEXT, place),
            level=draw(st.sampled_from(LEVELS)),  # type: ignore[arg-type]
            metonym=draw(st.booleans()),
        )
        for number, place in enumerate(spans)
    ]
    return EntitiesRow(doc_id="d", entities=entities, mentions=mentions)


def through_brat(markup: Markup) -> tuple[Markup, list[Finding]]:
    content, lost = format_brat_entities(markup, TEXT)
    assert not lost
    return parse_brat_entities(content, TEXT, file="d.ann")


def through_label_studio(markup: Markup) -> tuple[Markup, list[Finding]]:
    tasks, findings = parse_label_studio(format_label_studio([task_of_entities("d", TEXT, markup)]).encode(), file="t")
    assert findings == []
    return markup_of_task(tasks[0], "t")


@pytest.mark.parametrize("through", [through_brat, through_label_studio])
@given(row=rows())
def test_any_row_comes_back_from_either_tool(
    through: Callable[[Markup], tuple[Markup, list[Finding]]], row: EntitiesRow
) -> None:
    markup, lost = mark_entities(row)
    back, findings = through(markup)
    read_back, more = assemble_entities(back, document(TEXT), "d")
    assert (lost, findings, more) == ({}, [], [])
    assert bare(read_back) == bare(row)


def test_what_cannot_be_carried_is_counted() -> None:
    entities = [
        Entity(id="e1", type="GPE", name="", rollup="e3", members=["e2", "e3"]),
        Entity(id="e2", type="GPE", name="two\nlines", kb_id="a b"),
        Entity(id="e3", type="ORG", name="unmentioned"),
    ]
    mentions = [
        Mention(id="m1", entity="e1", spans=[(7, 12)], text="North", level="NAM", type="LOC"),
        Mention(id="m2", entity="e2", spans=[(17, 22)], text="South", level="NAM"),
        Mention(id="m3", entity=None, spans=[(23, 31)], text="Borduria", level="NAM", type="GPE", kb_id="Q1"),
    ]
    markup, lost = mark_entities(EntitiesRow(doc_id="d", entities=entities, mentions=mentions))
    assert lost == {
        "empty names": 1,
        "entities without a mention": 1,
        "links to entities without a mention": 2,
        "mentions without an entity (they come back as entities of their own)": 1,
        "types and links of single mentions (their entity's are written)": 1,
    }
    _, more = format_brat_entities(markup, TEXT)
    assert more == {"names longer than a line": 1, "database entries with white space": 1}


def test_a_pass_that_lacks_a_document_is_counted(checkout: Path) -> None:
    (checkout / "annotations" / "passes" / "a" / "seed-002.yaml").unlink()
    assert "not carried over from a: 1 documents that it does not annotate" in write("brat", "--from", "a").stdout


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("T1\tGPE 0 5", "T1\tGPE 0 6", "E203"),
        ("T1\tGPE", "T1\tPLACE", "E106"),
        ("A1\tLevel T1 NAM\n", "", "E407"),
        ("A1\tLevel T1 NAM", "A1\tLevel T1 NAME", "E106"),
        ("A1\tLevel T1 NAM", "A1\tLevel T1 NAM\nA900\tLevel T1 PRO", "E107"),
        ("A1\tLevel T1 NAM", "A1\tLevel T1 NAM\nA900\tDoubt T1", "E106"),
        ("A1\tLevel T1 NAM", "A1\tLevel T1 NAM\nE1\tSay:T1 Agent:T2", "E106"),
        ("A1\tLevel T1 NAM", "A1\tLevel T1 NAM\nR900\tCauses Arg1:T1 Arg2:T2", "E106"),
        ("A1\tLevel T1 NAM", "A1\tLevel T1 NAM\nR900\tCoref Arg1:T1 Arg2:T3", "E107"),
        ("A1\tLevel", "nothing that brat writes", "E105"),
    ],
)
def test_a_brat_file_with_an_error_is_not_read_at_all(checkout: Path, old: str, new: str, code: str) -> None:
    write("brat", "--from", "gold")
    path = Path("sent/brat/seed-002.ann")
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    result = read("brat")
    assert (result.exit_code, code in result.stderr, "nothing was written" in result.stderr) == (3, True, True)
    assert not (checkout / "annotations" / "passes" / "anna").exists()


def test_brat_s_own_sets_of_the_same_thing_and_missing_names_are_read(checkout: Path) -> None:
    write("brat", "seed-002")
    marks = "T1\tGPE 7 18\tSouth Korea\nT2\tGPE 0 5\tSEOUL\nA1\tLevel T1 NAM\nA2\tLevel T2 NAM\n*\tEquiv T1 T2\n"
    Path("sent/brat/seed-002.ann").write_text(marks, encoding="utf-8")
    assert read("brat").exit_code == 0
    authored, _ = load_pass(checkout, "anna")
    (entity,) = authored["seed-002"].entities.entities
    assert (entity.name, len(authored["seed-002"].entities.mentions)) == ("SEOUL", 2)


def change_export(change: Callable[[list[dict[str, object]]], object]) -> None:
    tasks = json.loads(Path("sent/label-studio/tasks.json").read_bytes())
    change(tasks[1]["annotations"][0]["result"])
    Path("sent/label-studio/export.json").write_text(json.dumps(tasks), encoding="utf-8")


def link(start: str, end: str, label: str) -> dict[str, object]:
    return {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": [label]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda results: results.append(link("T1", "T2", "Causes")), "E106"),
        (lambda results: results.append(link("T1", "T999", "Rollup")), "E302"),
        (lambda results: results.extend([link("T1", "T2", "Fragment"), link("T2", "T1", "Fragment")]), "E303"),
        (lambda results: results.extend([link("T1", "T2", "Fragment"), link("T1", "T3", "Fragment")]), "E107"),
        (lambda results: results.remove(next(one for one in results if one.get("from_name") == "level")), "E407"),
        (lambda results: results.remove(next(one for one in results if one.get("from_name") == "entity")), "E407"),
        (lambda results: results.append({**results[0], "from_name": "doubt"}), "E106"),
    ],
)
def test_an_export_with_an_error_is_not_read_at_all(
    checkout: Path, change: Callable[[list[dict[str, object]]], object], code: str
) -> None:
    write("label-studio", "--from", "gold")
    change_export(change)
    result = read("label-studio")
    assert (result.exit_code, code in result.stderr) == (3, True)
    assert not (checkout / "annotations" / "passes" / "anna").exists()


def test_a_changed_text_or_a_foreign_document_is_found(checkout: Path) -> None:
    write("brat", "--from", "gold")
    path = Path("sent/brat/seed-002.txt")
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    Path("sent/brat/other.ann").write_text("", encoding="utf-8")
    result = read("brat")
    assert (result.exit_code, "E601" in result.stderr, "E304" in result.stderr) == (3, True, True)


def test_calls_that_make_no_sense_are_refused(checkout: Path) -> None:
    assert run("--layer", "entities", "--format", "brat").exit_code == 2
    assert write("brat", "seed-001").exit_code == 2
    assert write("brat", "--from", "nobody").exit_code == 2
    assert write("brat", "--name", "anna").exit_code == 2
    assert read("brat").exit_code == 2  # no kit there
    assert write("brat", "--from", "gold").exit_code == 0
    assert write("brat").exit_code == 2  # never over another kit
    assert read("label-studio").exit_code == 2
    for name in ("gold", "../x", "", "a b"):
        assert read("brat", name=name).exit_code == 2
    assert read("brat", name="a").exit_code == 2  # never over another pass
    assert read("brat", "--from", "gold").exit_code == 2
    assert read("brat").exit_code == 0


def test_the_head_of_a_kit_names_what_it_was_made_from(checkout: Path) -> None:
    write("brat", "--from", "b", "seed-000")
    head = msgspec.json.decode(Path("sent/kit.json").read_bytes())
    text = load_corpus(checkout).documents[0]
    assert head == {
        "layer": "entities",
        "format": "brat",
        "guidelines": "0.3.0",
        "prefilled": "b",
        "documents": {"seed-000": text.sha256},
    }
