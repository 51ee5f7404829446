"""DocBin and CAS through their own libraries, the extra `formats`; run by `make test-libraries`, else skipped."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from exchange_lines import TEXT, clusters, gold_lines, there_and_back, typed
from hypothesis import given, settings
from library_lines import several_lines

from goldassay.exchange.convert import read_file, write_file
from goldassay.exchange.documents import file_name
from goldassay.exchange.sniff import sniff_format
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Entity, Mention
from goldassay.model.record import Span

spacy = pytest.importorskip("spacy", reason="spaCy is not installed (the extra formats)")
cassis = pytest.importorskip("cassis", reason="dkpro-cassis is not installed (the extra formats)")

# dkpro-cassis opens its own file with a function that the standard library has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:open_binary is deprecated:DeprecationWarning")

LOST_MENTIONS = {
    "docbin": {"discontinuous mentions", "mentions with white space at an end"},
    "cas-xmi": {"discontinuous mentions"},
    "cas-json": {"discontinuous mentions"},
}


@pytest.mark.parametrize("name", sorted(LOST_MENTIONS))
@given(line=gold_lines())
@settings(max_examples=25, deadline=None)
def test_every_mention_comes_back_or_is_counted(name: str, line: GoldLine) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read, lost = there_and_back([line], name, Path(folder))
    assert (read.findings, read.lost) == ((), {})
    (back,) = read.lines
    assert isinstance(back, GoldLine)
    assert (back.doc_id, back.text) == (line.doc_id, line.text)
    assert typed(back) <= typed(line)
    assert (typed(line) - typed(back)).total() == sum(lost[what] for what in LOST_MENTIONS[name])
    if typed(back) == typed(line):
        assert clusters(back) == clusters(line)


def example() -> GoldLine:
    place = TEXT.index("Zenda")
    mentions = (
        Mention(id="m1", entity="e1", spans=[(place, place + 5)], text="Zenda", level="NAM"),
        Mention(id="m2", entity="e1", spans=[(place, place + 7)], text="Zenda’s", level="NAM"),
        Mention(id="m3", entity=None, spans=[(20, 28)], text=TEXT[20:28], level="NAM", type="LOC"),
    )
    return GoldLine(
        doc_id="d", text=TEXT, entities=(Entity(id="e1", type="GPE", name="Zenda", kb_id="Q1"),), mentions=mentions
    )


def test_spacy_reads_what_was_written(tmp_path: Path) -> None:
    write_file([example()], tmp_path / "out.spacy", "docbin")
    assert sniff_format(tmp_path / "out.spacy") == "docbin"
    (doc,) = spacy.tokens.DocBin().from_disk(tmp_path / "out.spacy").get_docs(spacy.blank("en").vocab)
    assert doc.text == TEXT
    # Of the two nested mentions the longer one is an entity of the document.
    assert [(one.text, one.label_, one.kb_id_) for one in doc.ents] == [
        ("Zenda’s", "GPE", "Q1"),
        (TEXT[20:28], "LOC", ""),
    ]
    assert [one.text for one in doc.spans["mentions"]] == ["Zenda", "Zenda’s", TEXT[20:28]]
    assert [one.text for one in doc.spans["coref_clusters_1"]] == ["Zenda", "Zenda’s"]


def test_a_docbin_of_somebody_else(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("Black Michael left Zenda.")
    doc.set_ents([doc.char_span(0, 13, label="PERSON"), doc.char_span(19, 24, label="GPE", kb_id="Q1")])
    doc.spans["sc"] = [doc.char_span(0, 5, label="COLOUR")]
    spacy.tokens.DocBin(docs=[doc]).to_disk(tmp_path / "theirs.spacy")
    result = read_file(tmp_path / "theirs.spacy")
    (line,) = result.lines
    assert isinstance(line, GoldLine)
    assert (line.doc_id, line.text) == ("theirs-1", doc.text)
    assert typed(line) == {(((0, 13),), "PERSON"): 1, (((19, 24),), "GPE"): 1}
    assert [one.kb_id for one in line.mentions or ()] == [None, "Q1"]
    assert result.lost == {"spans of the group sc": 1}
    (tmp_path / "bad.spacy").write_bytes(b"no DocBin")
    assert [one.code for one in read_file(tmp_path / "bad.spacy").findings] == ["E105"]


def kept(line: GoldLine) -> tuple[Counter[tuple[Span, str]], Counter[frozenset[Span]]]:
    """The mentions of one stretch with their types, and the clusters of them."""
    single = {one.id for one in line.mentions or () if len(one.spans) == 1}
    left = msgspec.structs.replace(line, mentions=tuple(one for one in line.mentions or () if one.id in single))
    seen = Counter({(spans[0], type_): count for (spans, type_), count in typed(left).items()})
    return seen, Counter(frozenset(spans[0] for spans in chain) for chain in clusters(left).elements())


def test_spacy_reads_the_corpus(tmp_path: Path) -> None:
    lines = several_lines()
    lost = write_file(lines, tmp_path / "out.spacy", "docbin")
    docs = list(spacy.tokens.DocBin(store_user_data=True).from_disk(tmp_path / "out.spacy").get_docs(spacy.Vocab()))
    assert [doc.text for doc in docs] == [one.text for one in lines]
    for doc, line in zip(docs, lines, strict=True):
        mentions = Counter(((one.start_char, one.end_char), one.label_) for one in doc.spans["mentions"])
        groups = [doc.spans[name] for name in doc.spans if name.startswith("coref_clusters_")]
        chains = Counter(frozenset((one.start_char, one.end_char) for one in group) for group in groups)
        assert (mentions, chains) == kept(line)
        if line.sentences:
            assert [one.start_char for one in doc.sents if one.text.strip()] == [start for start, _ in line.sentences]
    assert lost["discontinuous mentions"] == sum(len(m.spans) > 1 for one in lines for m in one.mentions or ())


def load_cas(folder: Path, doc_id: str, name: str) -> Any:
    if name == "cas-json":
        with (folder / f"{file_name(doc_id)}.json").open("rb") as file:
            return cassis.load_cas_from_json(file)
    with (folder / f"{file_name(doc_id)}.xmi").open("rb") as file, (folder / "TypeSystem.xml").open("rb") as types:
        return cassis.load_cas_from_xmi(file, typesystem=cassis.load_typesystem(types))


@pytest.mark.parametrize("name", ["cas-xmi", "cas-json"])
def test_cassis_reads_the_corpus(name: str, tmp_path: Path) -> None:
    lines = several_lines()
    lost = write_file(lines, tmp_path / "out", name)
    for line in lines:
        cas = load_cas(tmp_path / "out", line.doc_id, name)
        assert cas.sofa_string == line.text
        named = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
        mentions = Counter(((one.begin, one.end), one.value) for one in named)
        chains: list[frozenset[Span]] = []
        for chain in cas.select("de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceChain"):
            places, link = [], chain.first
            while link is not None:
                places.append((link.begin, link.end))
                link = link.next
            chains.append(frozenset(places))
        assert (mentions, Counter(chains)) == kept(line)
        if line.sentences:
            sentences = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence")
            assert [(one.begin, one.end) for one in sentences] == list(line.sentences)
    assert lost["discontinuous mentions"] == sum(len(m.spans) > 1 for one in lines for m in one.mentions or ())


def test_offsets_of_xmi_are_utf_16(tmp_path: Path) -> None:
    write_file([example()], tmp_path / "out", "cas-xmi")
    assert sniff_format(tmp_path / "out") == "cas-xmi"
    written = (tmp_path / "out" / "d.xmi").read_text()
    # The rocket before it is one code point and two units of UTF-16.
    place = TEXT.index("Zenda") + 1
    assert f'begin="{place}" end="{place + 5}"' in written
    with (tmp_path / "out" / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    with (tmp_path / "out" / "d.xmi").open("rb") as file:
        cas = cassis.load_cas_from_xmi(file, typesystem=types)
    named = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
    assert [(one.get_covered_text(), one.value, one.identifier) for one in cas.select(named)] == [
        ("Zenda", "GPE", "Q1"),
        ("Zenda’s", "GPE", "Q1"),
        (TEXT[20:28], "LOC", None),
    ]


def test_xml_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    write_file([example()], tmp_path / "out", "cas-xmi")
    path = tmp_path / "out" / "d.xmi"
    harm = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    path.write_text(harm + path.read_text().split("?>", 1)[1])
    result = read_file(tmp_path / "out", "cas-xmi")
    assert (result.lines, [one.code for one in result.findings]) == ((), ["E105"])
    path.write_text("<no xmi")
    assert [one.code for one in read_file(tmp_path / "out", "cas-xmi").findings] == ["E105"]


def test_a_cas_of_somebody_else(tmp_path: Path) -> None:
    types = cassis.load_dkpro_core_typesystem()
    mine = types.create_type("custom.Span", "uima.tcas.Annotation")
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = "Zenda fell.", "text/plain"
    cas.add(mine(begin=0, end=5))
    named = types.get_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    cas.add(named(begin=0, end=5, value="LOC"))
    cas.to_json(tmp_path / "theirs.json")
    result = read_file(tmp_path / "theirs.json")
    (line,) = result.lines
    assert isinstance(line, GoldLine)
    assert typed(line) == {(((0, 5),), "LOC"): 1}
    assert result.lost == {"annotations of type Span": 1}
