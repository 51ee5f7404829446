"""brat standoff through `bioc`, whose module `bioc.brat` reads and writes texts with their annotations."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from exchange_lines import clusters, gold_lines, typed
from hypothesis import given, settings
from library_lines import HARD, corpus_lines, hard_line, several_lines

from goldassay.exchange.convert import read_file, write_file
from goldassay.exchange.documents import file_name
from goldassay.formats.gold import GoldLine
from goldassay.model.record import Span

brat = pytest.importorskip("bioc.brat", reason="bioc is not installed (the extra libraries)")
validator = pytest.importorskip("bioc.brat.validator", reason="bioc is not installed (the extra libraries)")

EVENTS = {
    "Proposition": "propositions",
    "Attribution": "attributions",
    "Stance": "stances",
    "Fact": "numeric_facts",
    "Time": "times",
}


def load(folder: Path, doc_id: str) -> Any:
    texts = [(folder / f"{file_name(doc_id)}{suffix}").read_bytes().decode() for suffix in (".txt", ".ann")]
    return brat.loads(*texts, docid=doc_id)


def spans(one: Any) -> tuple[Span, ...]:
    return tuple(sorted((place.begin, place.end) for place in one.locations))


def levels(doc: Any) -> dict[str, str]:
    """The level of each mention; other marks have none."""
    return {one.refid: level for one in doc.attributes if one.type == "Level" for level in one.attributes}


def mentions(doc: Any) -> Counter[tuple[tuple[Span, ...], str]]:
    return Counter((spans(one), one.type) for one in doc.entities if one.id in levels(doc))


def chains(doc: Any) -> Counter[frozenset[tuple[Span, ...]]]:
    """The clusters: marks of one `EntityId`, or linked to such a mark by `Coref`."""
    entity = {one.refid: one.text for one in doc.notes if one.type == "EntityId"}
    for one in doc.relations:
        if one.type == "Coref":
            # Each links to the mention before it, and they are read in the order of the file.
            entity[one.arguments["Arg2"]] = entity[one.arguments["Arg1"]]
    places: dict[str, set[tuple[Span, ...]]] = {}
    for one in doc.entities:
        if one.id in entity:
            places.setdefault(entity[one.id], set()).add(spans(one))
    return Counter(frozenset(found) for found in places.values())


def check_surfaces(doc: Any) -> None:
    """Every mark gives the words at its place: its fragments parted by a space, a line end shown as one."""
    for one in doc.entities:
        words = " ".join(doc.text[start:end] for start, end in spans(one))
        assert one.text == words.replace("\n", " ").rstrip()


def check_links(doc: Any) -> None:
    """No annotation speaks of another that is not there, by bioc's own validator.

    Its complaints about words are left aside: it joins fragments without a space, and shows line ends as they are.
    """
    found: list[str] = []
    validator.validate(doc, found.append)
    assert [one for one in found if "Annotation text is incorrect" not in one] == []


def test_bioc_reads_texts_mentions_and_clusters(tmp_path: Path) -> None:
    lines = several_lines()
    write_file(lines, tmp_path / "out", "brat")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {name for name in names if name.endswith((".txt", ".ann"))} == {
        f"{file_name(one.doc_id)}{suffix}" for one in lines for suffix in (".txt", ".ann")
    }
    for line in lines:
        doc = load(tmp_path / "out", line.doc_id)
        check_surfaces(doc)
        check_links(doc)
        assert doc.text == line.text
        assert mentions(doc) == typed(line)
        assert chains(doc) == clusters(line)
        assert Counter(levels(doc).values()) == Counter(one.level for one in line.mentions or ())


def test_bioc_reads_the_events_of_the_corpus(tmp_path: Path) -> None:
    lines = corpus_lines()
    write_file(lines, tmp_path / "out", "brat")
    for line in lines:
        doc = load(tmp_path / "out", line.doc_id)
        gold = {event: len(getattr(line, layer)) for event, layer in EVENTS.items()}
        assert Counter(one.type for one in doc.events) == gold
        marks = {one.id: one for one in doc.entities}
        triggers = [spans(marks[one.trigger_id]) for one in doc.events if one.type == "Stance"]
        given = [tuple(one.expression_spans) for one in line.stances or ()]
        assert not Counter(triggers) - Counter(given)
        assert sorted(triggers) == sorted(one for one in given if one)


def test_bioc_reads_the_hard_document(tmp_path: Path) -> None:
    write_file([hard_line()], tmp_path / "out", "brat")
    doc = load(tmp_path / "out", "news/1 50%")
    assert doc.text == HARD
    assert [(one.text, one.type, len(spans(one))) for one in doc.entities] == [
        ("Duke_of_Zenda", "PERSON", 1),
        ("Duke", "PERSON", 1),
        ("Łódź|Strelsau", "LOC", 1),
        ("Strelsau & 🚀", "FAC", 1),
        ("🚀", "PRODUCT", 1),
        ("North Borduria", "GPE", 2),
        ("South Borduria", "GPE", 1),
        ("the Bank of Ruritania", "ORG", 1),
        ("Ruritania", "GPE", 1),
        ("the bank", "ORG", 1),
        ("北京", "GPE", 1),
        ("50%", "LAW", 1),
    ]
    assert [(one.type, one.refid) for one in doc.attributes if not one.attributes] == [("Metonym", "T9")]


@given(line=gold_lines())
@settings(max_examples=40, deadline=None)
def test_bioc_reads_every_mention(line: GoldLine) -> None:
    # In the words at the end of a line brat itself takes tabs and white space alone; bioc splits at every tab.
    kept = tuple(one for one in line.mentions or () if one.text.strip() and "\t" not in one.text)
    line = GoldLine(doc_id=line.doc_id, text=line.text, entities=line.entities, mentions=kept)
    with tempfile.TemporaryDirectory() as folder:
        write_file([line], Path(folder) / "out", "brat")
        doc = load(Path(folder) / "out", line.doc_id)
    check_surfaces(doc)
    check_links(doc)
    assert (doc.text, mentions(doc), chains(doc)) == (line.text, typed(line), clusters(line))


def test_what_bioc_writes_again_is_read(tmp_path: Path) -> None:
    lines = [*corpus_lines(), hard_line()]
    write_file(lines, tmp_path / "out", "brat")
    (tmp_path / "theirs").mkdir()
    for line in lines:
        doc = load(tmp_path / "out", line.doc_id)
        path = tmp_path / "theirs" / f"{file_name(line.doc_id)}.ann"
        path.write_bytes(brat.dumps_ann(doc).encode())
        path.with_suffix(".txt").write_bytes(doc.text.encode())
    result = read_file(tmp_path / "theirs", "brat")
    assert result.findings == ()
    back = {one.doc_id: one for one in result.lines}
    assert back.keys() == {one.doc_id for one in lines}
    for line in lines:
        one = back[line.doc_id]
        assert isinstance(one, GoldLine)
        assert (one.text, typed(one), clusters(one)) == (line.text, typed(line), clusters(line))
        assert [len(getattr(one, layer) or ()) for layer in EVENTS.values()] == [
            len(getattr(line, layer) or ()) for layer in EVENTS.values()
        ]


def test_a_document_made_in_bioc(tmp_path: Path) -> None:
    doc = brat.BratDocument()
    doc.text = "🚀 North and South Borduria\nfell."
    # "🚀 North and South " has 18 characters, of which the rocket is one.
    for id_, type_, places, words in (
        ("T1", "place", [(2, 7), (18, 26)], "North Borduria"),
        ("T2", "place", [(12, 26)], "South Borduria"),
        ("T3", "place", [(2, 26)], "North and South Borduria"),
    ):
        mark = brat.BratEntity()
        mark.id, mark.type, mark.text = id_, type_, words
        for start, end in places:
            mark.add_span(start, end)
        doc.add_annotation(mark)
    same = brat.BratEquivRelation()
    same.argids = {"T1", "T2"}
    doc.add_annotation(same)
    with (tmp_path / "theirs.txt").open("w") as text, (tmp_path / "theirs.ann").open("w") as ann:
        brat.dump(doc, text, ann)
    result = read_file(tmp_path, "brat")
    (line,) = result.lines
    assert isinstance(line, GoldLine)
    assert (result.findings, line.text) == ((), doc.text)
    assert typed(line) == {
        (((2, 7), (18, 26)), "place"): 1,
        (((12, 26),), "place"): 1,
        (((2, 26),), "place"): 1,
    }
    assert clusters(line) == {frozenset({((2, 7), (18, 26)), ((12, 26),)}): 1}
