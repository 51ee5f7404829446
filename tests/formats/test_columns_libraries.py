"""CoNLL-2003, IOB2 and BILOU through spaCy: its converter reads the columns, its own functions make and read tags."""

import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from exchange_lines import gold_lines, typed
from hypothesis import given, settings
from library_lines import (
    HARD_SENTENCES,
    Places,
    corpus_lines,
    hard_line,
    joined,
    several_lines,
    surfaces,
    without_space,
)

from goldassay.exchange.convert import read_file, write_file
from goldassay.exchange.reading import WriteOptions
from goldassay.formats.gold import GoldLine

spacy = pytest.importorskip("spacy", reason="spaCy is not installed (the extra formats)")
training = pytest.importorskip("spacy.training", reason="spaCy is not installed (the extra formats)")
converters = pytest.importorskip("spacy.training.converters", reason="spaCy is not installed (the extra formats)")

LOST = (
    "discontinuous mentions",
    "mentions across sentences, or with white space at an end",
    "nested or crossing mentions",
)

Seen = Counter[tuple[Places, str]]


def without_comments(path: Path) -> str:
    """What `grep -v '^# [a-z_]* = '` leaves, as the page on formats says for readers that know no comments.

    Lines end as `str.splitlines` has it, which is at more characters than grep's, and at those of Unicode too.
    """
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not re.match(r"# [a-z_]* = ", line))


def convert(path: Path) -> list[Any]:
    """The documents of a file, as spaCy's command `convert` makes them of columns of words and tags."""
    return list(converters.conll_ner_to_docs(without_comments(path), n_sents=0, no_print=True))


def plain(lines: list[GoldLine], path: Path, name: str) -> list[Any]:
    """The documents that spaCy makes of the file itself, written without comments."""
    write_file(lines, path, name, WriteOptions(comments=False))
    return list(converters.conll_ner_to_docs(path.read_text(encoding="utf-8"), n_sents=0, no_print=True))


def entities(doc: Any) -> Seen:
    starts = joined([token.text for token in doc])
    return Counter((((starts[one.start], starts[one.end]),), one.label_) for one in doc.ents)


def sentences(doc: Any) -> list[str]:
    return ["".join(token.text for token in one) for one in doc.sents]


def test_spacy_reads_documents_sentences_and_names(tmp_path: Path) -> None:
    path, lines = tmp_path / "out.conll", several_lines()
    lost = write_file(lines, path, "conll2003")
    with_words = [one for one in lines if one.text.strip()]
    docs = convert(path)
    assert len(docs) == len(with_words) == len(lines) - 2
    missing = 0
    for doc, line in zip(docs, with_words, strict=True):
        assert "".join(token.text for token in doc) == without_space(line.text)
        if line.sentences:
            assert sentences(doc) == [without_space(line.text[start:end]) for start, end in line.sentences]
        found = entities(doc)
        assert found <= surfaces(line)
        missing += (surfaces(line) - found).total()
    assert missing == sum(lost[what] for what in LOST)


def test_spacy_reads_the_hard_document(tmp_path: Path) -> None:
    for name in ("conll2003", "iob2", "bilou"):
        lost = write_file([hard_line()], tmp_path / "out", name)
        (doc,) = convert(tmp_path / "out")
        assert sentences(doc) == [without_space(one) for one in HARD_SENTENCES]
        assert [([token.text for token in one], one.label_) for one in doc.ents] == [
            (["Duke", "_of_Zenda"], "PERSON"),
            (["Łódź", "|", "Strelsau"], "LOC"),
            (["🚀"], "PRODUCT"),
            (["South", "Borduria"], "GPE"),
            (["北京"], "GPE"),
            (["50", "%"], "LAW"),
            (["the", "Bank", "of", "Ruritania"], "ORG"),
            (["the", "bank"], "ORG"),
        ]
        # Duke and Ruritania stand inside others, one mention crosses another, and one has a gap.
        assert [lost[what] for what in LOST] == [1, 0, 3]


@pytest.mark.parametrize("name", ["conll2003", "iob2", "bilou"])
def test_a_file_without_comments_is_read_as_it_is(name: str, tmp_path: Path) -> None:
    """As written, without a line taken out: the entities are exactly those of the file with comments."""
    for line in several_lines():
        if not line.text.strip():
            continue
        write_file([line], tmp_path / "with", name)
        (doc,) = plain([line], tmp_path / "without", name)
        assert "".join(token.text for token in doc) == without_space(line.text)
        assert entities(doc) == entities(convert(tmp_path / "with")[0])


def test_the_corpus_without_comments_has_the_entities_of_the_gold(tmp_path: Path) -> None:
    lines = corpus_lines()
    docs = plain(lines, tmp_path / "out.conll", "conll2003")
    lost = write_file(lines, tmp_path / "again.conll", "conll2003", WriteOptions(comments=False))
    assert len(docs) == len(lines)
    missing = sum(((surfaces(line) - entities(doc)).total() for doc, line in zip(docs, lines, strict=True)), 0)
    assert all(entities(doc) <= surfaces(line) for doc, line in zip(docs, lines, strict=True))
    assert missing == sum(lost[what] for what in LOST)
    assert lost["texts of documents, of which the words are left"] == lost["ids of documents"] == len(lines)


@pytest.mark.parametrize("name", ["conll2003", "iob2", "bilou"])
@given(line=gold_lines())
@settings(max_examples=25, deadline=None)
def test_spacy_reads_every_mention_that_is_not_counted_as_lost(name: str, line: GoldLine) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out"
        lost = write_file([line], path, name)
        (doc,) = convert(path)
    assert "".join(token.text for token in doc) == without_space(line.text)
    assert entities(doc) <= surfaces(line)
    assert (surfaces(line) - entities(doc)).total() == sum(lost[what] for what in LOST)


def columns(path: Path) -> tuple[list[str], list[str]]:
    rows = [line.split("\t") for line in without_comments(path).split("\n") if line]
    assert {len(row) for row in rows} == {2}
    return [row[0] for row in rows], [row[1] for row in rows]


def test_the_tags_are_those_that_spacy_makes(tmp_path: Path) -> None:
    """spaCy makes tags of spans by itself; its BILUO is what others call BILOU."""
    for line in several_lines():
        if not line.text.strip():
            continue
        write_file([line], tmp_path / "out.iob2", "iob2")
        write_file([line], tmp_path / "out.bilou", "bilou")
        words, bilou = columns(tmp_path / "out.bilou")
        doc = spacy.tokens.Doc(spacy.blank("xx").vocab, words=words, spaces=[False] * len(words))
        doc.ents = training.biluo_tags_to_spans(doc, bilou)
        assert entities(doc) <= surfaces(line)
        assert training.offsets_to_biluo_tags(
            doc, [(one.start_char, one.end_char, one.label_) for one in doc.ents]
        ) == (bilou)
        assert columns(tmp_path / "out.iob2") == (words, training.biluo_to_iob(bilou))


def test_columns_made_with_spacy_are_read(tmp_path: Path) -> None:
    doc = spacy.blank("en")("Black Michael left _ Zenda 🚀.")
    spans = [(0, 13, "PERSON"), (19, 20, "WORK"), (21, 26, "GPE")]
    bilou = training.offsets_to_biluo_tags(doc, spans)
    for name, tags in (("bilou", bilou), ("iob2", training.biluo_to_iob(bilou))):
        path = tmp_path / f"theirs.{name}"
        rows = [f"{token.text}\t{tag}\n" for token, tag in zip(doc, tags, strict=True)]
        path.write_text("".join(rows), encoding="utf-8")
        result = read_file(path, name)
        (line,) = result.lines
        assert isinstance(line, GoldLine)
        assert (result.findings, line.text) == ((), "Black Michael left _ Zenda 🚀 .")
        assert typed(line) == Counter((((start, end),), label) for start, end, label in spans)
