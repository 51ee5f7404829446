"""`goldassay find` on the corpus: which records it finds, how it shows them, and what it refuses."""

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.concordance import find_records
from goldassay.corpus.corpus import Corpus, load_corpus
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.record_query import parse_query
from goldassay.report.concordance import render_hits

ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(cli, ["find", *(str(item) for item in arguments), "--root", str(ROOT)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def found(query: str, *arguments: object) -> set[tuple[str, str, str]]:
    result = run(query, "--format", "json", *arguments)
    assert result.exit_code == 0, result.stderr
    return {(one["doc_id"], one["kind"], one["id"]) for one in json.loads(result.stdout)}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(ROOT)


def test_a_mention_has_its_entity_s_fields(corpus: Corpus) -> None:
    expected = set()
    for row in corpus.entities:
        places = {entity.id for entity in row.entities if entity.type == "GPE"}
        expected |= {(row.doc_id, "mention", one.id) for one in row.mentions if one.metonym and one.entity in places}
    assert expected
    assert found("type=GPE metonym=true") == expected
    named = found("kind=mention kb_id=Q884")
    assert named == {
        (row.doc_id, "mention", one.id)
        for row in corpus.entities
        for entity in row.entities
        if entity.kb_id == "Q884"
        for one in row.mentions
        if one.entity == entity.id
    }


def test_conditions_on_stances_and_facts(corpus: Corpus) -> None:
    stances = [(row.doc_id, one) for row in corpus.stances for one in row.stances]
    assert found("act=deny") == {(doc_id, "stance", one.id) for doc_id, one in stances if one.act == "deny"}
    assert found("grade=-2 target.kind=proposition") == {
        (doc_id, "stance", one.id) for doc_id, one in stances if one.grade == -2 and one.target.kind == "proposition"
    }
    assert found("kind=stance act!=deny doc=seed-000") == {
        (doc_id, "stance", one.id) for doc_id, one in stances if one.act != "deny" and doc_id == "seed-000"
    }
    facts = [(row.doc_id, one) for row in corpus.numeric_facts for one in row.numeric_facts]
    assert found("value=null") == {(doc_id, "numeric_fact", one.id) for doc_id, one in facts if one.value is None}
    assert found('status=planned text~"TROOPS"') == {
        (doc_id, "numeric_fact", one.id)
        for doc_id, one in facts
        if one.status == "planned" and any("troops" in mention.full.text for mention in one.mentions)
    }


def test_a_list_fits_by_one_of_its_items_and_negation_by_none(corpus: Corpus) -> None:
    group = found("kind=entity members=e4 doc=seed-002")
    assert ("seed-002", "entity", "e7") in group
    others = found("kind=entity members!=e4 doc=seed-002")
    assert not group & others
    assert group | others == found("kind=entity doc=seed-002")


def test_layer_narrows_and_every_kind_is_found(corpus: Corpus) -> None:
    records = {
        "mention": sum(len(row.mentions) for row in corpus.entities),
        "entity": sum(len(row.entities) for row in corpus.entities),
        "attribution": sum(len(row.attributions) for row in corpus.stances),
        "proposition": sum(len(row.propositions) for row in corpus.stances),
        "stance": sum(len(row.stances) for row in corpus.stances),
        "numeric_fact": sum(len(row.numeric_facts) for row in corpus.numeric_facts),
        "time": sum(len(row.times) for row in corpus.numeric_facts),
    }
    assert {kind: len(found(f"kind={kind}")) for kind in records} == records
    assert {kind for _, kind, _ in found('text~"north korea"', "--layer", "entities")} <= {"mention", "entity"}


def test_a_hit_is_a_line_with_its_context() -> None:
    result = run("doc=seed-002 kind=numeric_fact value.lo=12000", "--width", "14")
    assert result.stdout == (
        "seed-002  n2  o send around [12,000] troops to sup  "
        "numeric_fact cardinal 12000 × troop of e8 number_of planned\n"
    )
    assert result.stderr == "1 hit\n"


def test_json_gives_the_place_and_the_whole_record(corpus: Corpus) -> None:
    (hit,) = json.loads(run("id=m20 kind=mention doc=seed-000", "--format", "json", "--width", "5").stdout)
    (mention,) = (one for one in corpus.entities[0].mentions if one.id == "m20")
    assert hit["record"] == json.loads(msgspec.json.encode(mention))
    assert (hit["spans"], hit["hit"]) == ([[389, 394], [405, 410]], "North … Korea")
    assert hit["left"] == corpus.documents[0].text[384:389]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("typ=GPE", "did you mean 'type'?"),
        ("type=GPF", "did you mean 'GPE'?"),
        ("kind=stanc", "did you mean 'stance'?"),
        ("metonym=yes", "known: false, true"),
        ("grade=3", "no value of grade"),
        ("act=deny metonym=true", "no kind of record has all of these fields"),
        ("act deny", "no condition at"),
        ("  ", "an empty query"),
        ("holder=e3x=", "0 hits"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_suggestion(query: str, said: str) -> None:
    result = run(query)
    assert (result.exit_code, said in result.stderr) == (0 if said == "0 hits" else 2, True)
    assert result.stdout == ""


def test_a_field_of_another_layer_is_unknown() -> None:
    assert run("act=deny", "--layer", "entities").exit_code == 2
    assert run("act=deny", "--split", "test").exit_code == 2


def test_foreign_text_is_escaped_and_stays_on_its_line() -> None:
    text = "A \x1b[31mred\u202e\nBorduria\x07 here."
    start = text.index("Borduria")
    document = Document(
        doc_id="d\x1b1",
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
    entity = Entity(id="e1", type="GPE", name="Bord\x1b[0muria")
    mention = Mention(id="m1", entity="e1", spans=[(start, start + 9)], text="Borduria\x07", level="NAM")
    row = EntitiesRow(doc_id="d\x1b1", entities=[entity], mentions=[mention])
    corpus = Corpus("c", "1", "s", ROOT, (document,), (row,), (), ())
    shown = render_hits(find_records(corpus, parse_query("type=GPE")))
    assert shown.count("\n") == 2
    assert all(line.isprintable() for line in shown.splitlines())
    assert r"[Borduria\x07]" in shown
