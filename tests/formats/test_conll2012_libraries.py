"""CoNLL-2012 through Udapi, which has a reader of the format of its own; it splits lines at tabs alone."""

import io
import logging
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from exchange_lines import gold_lines
from hypothesis import given, settings
from library_lines import Chain, Places, chains, hard_line, joined, several_lines, without_space

from goldassay.exchange.convert import write_file
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Entity, Mention

documents = pytest.importorskip("udapi.core.document", reason="Udapi is not installed (the extra libraries)")
reader = pytest.importorskip("udapi.block.read.conll2012", reason="Udapi is not installed (the extra libraries)")

COLUMNS = "docname,_,ord,form,_,_,_,_,_,_,xpos,coref"
"""Twelve columns; that of names is read into an attribute that the reader leaves as it is."""


class OfUdapi:
    """The documents of a file by their names: sentences, and clusters as places in the text without white space."""

    def __init__(self, path: Path) -> None:
        source = io.StringIO(path.read_text(encoding="utf-8"))
        options = {"attributes": COLUMNS, "emptyval": "-", "strict": True}
        document = documents.Document()
        reader.Conll2012(filehandle=source, **options).apply_on_document(document)
        self.trees: dict[str, list[Any]] = {}
        for bundle in document:
            (tree,) = bundle.trees
            if tree.newdoc:
                self.trees[unquote(tree.newdoc)] = []
            self.trees[list(self.trees)[-1]].append(tree)
        self.entities = document.coref_entities

    def words(self, doc_id: str) -> list[list[str]]:
        return [[node.form for node in tree.descendants] for tree in self.trees[doc_id]]

    def names(self, doc_id: str) -> list[str]:
        """The column of names where it says something."""
        cells = [(node.form, node.xpos) for tree in self.trees[doc_id] for node in tree.descendants]
        return [f"{form} {cell}" for form, cell in cells if cell != "*"]

    def clusters(self, doc_id: str) -> Counter[Chain]:
        nodes = [node for tree in self.trees[doc_id] for node in tree.descendants]
        starts = joined([node.form for node in nodes])
        place = {node: number for number, node in enumerate(nodes)}
        found: list[Chain] = []
        for entity in self.entities:
            if entity.mentions[0].words[0] in place:
                ends = [(place[one.words[0]], place[one.words[-1]]) for one in entity.mentions]
                assert [len(one.words) for one in entity.mentions] == [last - first + 1 for first, last in ends]
                found.append(frozenset(((starts[first], starts[last + 1]),) for first, last in ends))
        return Counter(found)


def members(listed: Counter[Chain]) -> Counter[Places]:
    return Counter(place for chain in listed.elements() for place in chain)


def test_udapi_reads_words_and_clusters(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path, lines = tmp_path / "out.conll", several_lines()
    lost = write_file(lines, path, "conll2012")
    with caplog.at_level(logging.WARNING):
        read = OfUdapi(path)
    assert caplog.messages == []  # such as a name of a document or a number of a word that does not fit
    with_words = [one for one in lines if one.text.strip()]
    assert list(read.trees) == [one.doc_id for one in with_words]
    for line in with_words:
        sentences = read.words(line.doc_id)
        assert "".join(word for words in sentences for word in words) == without_space(line.text)
        if line.sentences:
            written = [without_space(line.text[start:end]) for start, end in line.sentences]
            assert ["".join(words) for words in sentences] == written
        assert read.clusters(line.doc_id) == chains(line, gaps=False)
    gaps = sum(len(one.spans) > 1 for line in lines for one in line.mentions or ())
    assert lost["discontinuous mentions"] == gaps > 0


def test_udapi_reads_the_hard_document(tmp_path: Path) -> None:
    path = tmp_path / "out.conll"
    lost = write_file([hard_line()], path, "conll2012")
    read = OfUdapi(path)
    found = [[[word.form for word in one.words] for one in entity.mentions] for entity in read.entities]
    assert sorted(found) == [
        [["Duke", "_of_Zenda"], ["Duke"]],
        [["Ruritania"]],
        [["South", "Borduria"]],
        [["Strelsau", "&", "🚀"]],
        [["the", "Bank", "of", "Ruritania"], ["the", "bank"]],
        [["Łódź", "|", "Strelsau"]],
        [["北京"]],
    ]
    # One level of names: of those that overlap the longest, so that the crossing one gives way, and with it the rocket
    # is a name of its own.
    assert read.names("news/1 50%") == [
        "Duke (PERSON*",
        "_of_Zenda *)",
        "Łódź (LOC*",
        "Strelsau *)",
        "🚀 (PRODUCT)",
        "South (GPE*",
        "Borduria *)",
        "北京 (GPE)",
        "50 (LAW*",
        "% *)",
        "the (ORG*",
        "Ruritania *)",
    ]
    # North … Borduria has a gap; of no entity are the rocket and 50%, which are names.
    assert (lost["discontinuous mentions"], lost["mentions without an entity"]) == (1, 0)


def test_a_mention_that_is_left_out_is_no_name_either(tmp_path: Path) -> None:
    """Two mentions of one entity cross; the one without brackets would come back as a name of nobody."""
    text = "North Zenda Strelsau"
    spans = {"m1": (0, 11), "m2": (6, 20)}
    mentions = tuple(
        Mention(id=id_, entity="e1", spans=[span], text=text[slice(*span)], level="NAM") for id_, span in spans.items()
    )
    line = GoldLine(doc_id="d", text=text, entities=(Entity(id="e1", type="GPE", name="Zenda"),), mentions=mentions)
    lost = write_file([line], tmp_path / "out.conll", "conll2012")
    read = OfUdapi(tmp_path / "out.conll")
    assert lost["crossing mentions of one entity"] == 1
    assert read.clusters("d") == {frozenset({((0, 10),)}): 1}
    assert read.names("d") == []


@given(line=gold_lines())
@settings(max_examples=40, deadline=None)
def test_udapi_reads_every_mention_that_is_not_counted_as_lost(line: GoldLine) -> None:
    homed = tuple(one for one in line.mentions or () if one.entity is not None)
    line = GoldLine(doc_id=line.doc_id, text=line.text, entities=line.entities, mentions=homed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.conll"
        lost = write_file([line], path, "conll2012")
        read = OfUdapi(path)
    assert list(read.trees) == [line.doc_id]
    found, wanted = read.clusters(line.doc_id), chains(line, gaps=False)
    assert members(found) <= members(chains(line))
    across = "mentions across sentences, or with white space at an end"
    if not lost["crossing mentions of one entity"] and not lost[across]:
        assert found == wanted
