"""CorefUD through other libraries: `conllu` reads words and texts, Udapi sentences, mentions and clusters."""

import logging
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from exchange_lines import clusters, gold_lines, typed
from hypothesis import given, settings
from library_lines import HARD_SENTENCES, corpus_lines, hard_line, several_lines

from goldassay.exchange.assembly import type_of
from goldassay.exchange.convert import read_file, write_file
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Entity, Mention
from goldassay.model.record import Span

conllu = pytest.importorskip("conllu", reason="conllu is not installed (the extra libraries)")
udapi = pytest.importorskip("udapi.core.document", reason="Udapi is not installed (the extra libraries)")

SPACES = {"s": " ", "t": "\t", "r": "\r", "n": "\n", "p": "|", "\\": "\\"}
"""The marks of white space, as UDPipe's documentation lists them."""

CROSSING = "crossing mentions of one entity"
ACROSS = "mentions across sentences, or with white space at an end"

Found = tuple[tuple[Span, ...], str, str, bool, str | None]
"""A mention: its spans, type, level, metonymy and link."""


def unescape(said: str) -> str:
    def space(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else SPACES[match[2]]

    return re.sub(r"\\(?:u([0-9A-F]{4})|(.))", space, said)


def laid_out(words: list[tuple[str, Any]]) -> tuple[str, list[Span]]:
    """The text of words, each with what its last column says, and where they stand in it."""
    text, places = "", []
    for form, misc in words:
        text += unescape(misc.get("SpacesBefore") or "")
        places.append((len(text), len(text) + len(form)))
        text += form
        after = misc.get("SpacesAfter")
        text += unescape(after) if after is not None else "" if misc.get("SpaceAfter") == "No" else " "
    return text, places


def documents_of_conllu(path: Path) -> dict[str, list[Any]]:
    """The sentences of each document by its id, as conllu reads them."""
    found: dict[str, list[Any]] = {}
    for sentence in conllu.parse(path.read_text(encoding="utf-8")):
        if "newdoc id" in sentence.metadata:
            found[unquote(sentence.metadata["newdoc id"])] = []
        found[list(found)[-1]].append(sentence)
    return found


def load(path: Path) -> Any:
    # From a string, because Udapi leaves files open.
    document = udapi.Document()
    document.from_conllu_string(path.read_text(encoding="utf-8"))
    return document


class OfUdapi:
    """The documents of a file as Udapi reads it, which takes them for one."""

    def __init__(self, path: Path) -> None:
        self.document = load(path)
        self.trees: dict[str, list[Any]] = {}
        for bundle in self.document:
            (tree,) = bundle.trees
            if tree.newdoc:
                self.trees[unquote(tree.newdoc)] = []
            self.trees[list(self.trees)[-1]].append(tree)
        self.texts: dict[str, str] = {}
        self.places: dict[Any, tuple[str, Span]] = {}
        for doc_id, trees in self.trees.items():
            nodes = [node for tree in trees for node in tree.descendants]
            self.texts[doc_id], places = laid_out([(node.form, dict(node.misc)) for node in nodes])
            self.places |= {node: (doc_id, place) for node, place in zip(nodes, places, strict=True)}

    def mention(self, one: Any) -> tuple[str, Found]:
        """A mention and its document; words that follow each other in their sentence make one span."""
        assert one.head is one.words[0]
        runs: list[list[Any]] = []
        for word in one.words:
            if runs and runs[-1][-1].ord + 1 == word.ord:
                runs[-1].append(word)
            else:
                runs.append([word])
        spans = tuple((self.places[words[0]][1][0], self.places[words[-1]][1][1]) for words in runs)
        (doc_id,) = {self.places[word][0] for word in one.words}
        kb_id = unquote(one.other["kb"]) if "kb" in one.other else None
        type_ = one.other.get("orig_etype") or one.entity.etype
        return doc_id, (spans, type_, one.other["level"], one.other.get("metonym") == "yes", kb_id)

    def mentions(self, doc_id: str) -> Counter[Found]:
        listed = [self.mention(one) for entity in self.document.coref_entities for one in entity.mentions]
        return Counter(found for place, found in listed if place == doc_id)

    def clusters(self, doc_id: str) -> Counter[frozenset[tuple[Span, ...]]]:
        listed = [[self.mention(one) for one in entity.mentions] for entity in self.document.coref_entities]
        return Counter(frozenset(found[0] for _, found in ones) for ones in listed if ones[0][0] == doc_id)


def stretches(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans as a reader of words sees them: two with nothing but white space between them are one."""
    found: list[Span] = []
    for start, end in spans:
        if found and not text[found[-1][1] : start].strip():
            start = found.pop()[0]
        found.append((start, end))
    return tuple(found)


def in_gold(line: GoldLine) -> Counter[Found]:
    entities = {one.id: one for one in line.entities or ()}
    links = {one.id: one.kb_id for one in line.entities or ()}
    return Counter(
        (
            stretches(line.text, one.spans),
            type_of(one, entities),
            one.level,
            one.metonym,
            one.kb_id or links.get(one.entity or ""),
        )
        for one in line.mentions or ()
    )


def chains(line: GoldLine) -> Counter[frozenset[tuple[Span, ...]]]:
    """The clusters of a line; a mention of no entity is one of its own, which the conversion says in a count."""
    found: dict[str, set[tuple[Span, ...]]] = {}
    for one in line.mentions or ():
        found.setdefault(one.entity or f"\0{one.id}", set()).add(stretches(line.text, one.spans))
    return Counter(frozenset(one) for one in found.values())


def test_conllu_reads_words_sentences_and_the_whole_text(tmp_path: Path) -> None:
    path, lines = tmp_path / "out.conllu", several_lines()
    lost = write_file(lines, path, "corefud")
    found = documents_of_conllu(path)
    with_words = [one for one in lines if one.text.strip()]
    assert list(found) == [one.doc_id for one in with_words]
    assert lost["documents without a word"] == len(lines) - len(with_words) == 2
    for line in with_words:
        sentences = found[line.doc_id]
        words = [(token["form"], token["misc"] or {}) for sentence in sentences for token in sentence]
        assert laid_out(words)[0] == line.text
        for sentence in sentences:
            # One root, and every other word depends on it: a tree can be made.
            assert [child.token["id"] for child in sentence.to_tree().children] == list(range(2, len(sentence) + 1))
            assert [token["id"] for token in sentence] == list(range(1, len(sentence) + 1))
        said = [sentence.metadata["text"] for sentence in sentences]
        if line.sentences:
            assert said == [" ".join(line.text[start:end].split()) for start, end in line.sentences]
    assert [one.metadata["text"] for one in found["again"]] == [" ".join(one.split()) for one in HARD_SENTENCES]


def test_conllu_writes_the_same_file_from_what_it_read(tmp_path: Path) -> None:
    path = tmp_path / "out.conllu"
    write_file(several_lines(), path, "corefud")
    source = path.read_text(encoding="utf-8")
    assert "".join(one.serialize() for one in conllu.parse(source)) == source


def test_udapi_reads_mentions_heads_and_clusters(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path, lines = tmp_path / "out.conllu", several_lines()
    lost = write_file(lines, path, "corefud")
    with caplog.at_level(logging.WARNING):
        read = OfUdapi(path)
    assert caplog.messages == []
    assert (lost[CROSSING], lost[ACROSS]) == (0, 0)
    for line in lines:
        if line.text.strip():
            assert read.texts[line.doc_id] == line.text
            assert read.mentions(line.doc_id) == in_gold(line)
            assert read.clusters(line.doc_id) == chains(line)
    for trees in read.trees.values():
        assert [tree.text for tree in trees] == [tree.compute_text() for tree in trees]


def test_udapi_reads_the_hard_document(tmp_path: Path) -> None:
    """What the test above compares by rule, here by hand."""
    path = tmp_path / "out.conllu"
    write_file([hard_line()], path, "corefud")
    found = [
        (entity.etype, [[word.form for word in one.words] for one in entity.mentions])
        for entity in load(path).coref_entities
    ]
    assert sorted(found) == [
        ("FAC", [["Strelsau", "&", "🚀"]]),
        ("GPE", [["North", "Borduria"]]),
        ("GPE", [["Ruritania"]]),
        ("GPE", [["South", "Borduria"]]),
        ("GPE", [["北京"]]),
        ("LAW", [["50", "%"]]),
        ("LOC", [["Łódź", "|", "Strelsau"]]),
        ("ORG", [["the", "Bank", "of", "Ruritania"], ["the", "bank"]]),
        ("PERSON", [["Duke", "_of_Zenda"], ["Duke"]]),
        ("PRODUCT", [["🚀"]]),
    ]


def test_udapi_keeps_the_type_of_a_mention_that_is_not_its_entity_s(tmp_path: Path) -> None:
    entity = Entity(id="e1", type="GPE", name="Zenda")
    own = Mention(id="m2", entity="e1", spans=[(6, 11)], text="Zenda", level="NAM", type="ORG")
    mentions = (Mention(id="m1", entity="e1", spans=[(0, 5)], text="Zenda", level="NAM"), own)
    line = GoldLine(doc_id="d", text="Zenda Zenda", entities=(entity,), mentions=mentions)
    write_file([line], tmp_path / "out.conllu", "corefud")
    assert OfUdapi(tmp_path / "out.conllu").mentions("d") == {
        (((0, 5),), "GPE", "NAM", False, None): 1,
        (((6, 11),), "ORG", "NAM", False, None): 1,
    }


@given(line=gold_lines())
@settings(max_examples=40, deadline=None)
def test_udapi_reads_every_mention_that_is_not_counted_as_lost(line: GoldLine) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.conllu"
        lost = write_file([line], path, "corefud")
        read = OfUdapi(path)
    assert read.texts == {line.doc_id: line.text}
    found = read.mentions(line.doc_id)
    assert found <= in_gold(line)
    assert (in_gold(line) - found).total() == lost[CROSSING] + lost[ACROSS]
    if found == in_gold(line):
        assert read.clusters(line.doc_id) == chains(line)


def test_what_udapi_writes_again_is_read(tmp_path: Path) -> None:
    lines = [*corpus_lines(), hard_line()]
    write_file(lines, tmp_path / "out.conllu", "corefud")
    # Its writer makes the brackets anew from the mentions that it read.
    theirs = load(tmp_path / "out.conllu").to_conllu_string()
    (tmp_path / "theirs.conllu").write_text(theirs, encoding="utf-8")
    result = read_file(tmp_path / "theirs.conllu")
    assert (result.findings, result.lost) == ((), {})
    assert [one.doc_id for one in result.lines] == [one.doc_id for one in lines]
    for line, back in zip(lines, result.lines, strict=True):
        assert isinstance(back, GoldLine)
        assert back.text == line.text
        assert in_gold(back) == in_gold(line)
        assert clusters(back) == chains(line)


def test_a_document_made_in_udapi(tmp_path: Path) -> None:
    document = udapi.Document()
    tree = document.create_bundle().create_tree()
    tree.newdoc, tree.sent_id = "theirs", "s1"
    words = [tree.create_child(form=form) for form in ("North", "and", "South", "Borduria", "fell")]
    words[4].misc["SpaceAfter"] = "No"
    words.append(tree.create_child(form="."))
    north, south = (document.create_coref_entity(etype="place") for _ in range(2))
    north.create_mention(words=[words[0], words[3]], head=words[3])
    south.create_mention(words=words[2:4], head=words[3])
    south.create_mention(words=words[0:4], head=words[3])
    tree.text = tree.compute_text()
    (tmp_path / "theirs.conllu").write_text(document.to_conllu_string(), encoding="utf-8")
    result = read_file(tmp_path / "theirs.conllu")
    (line,) = result.lines
    assert isinstance(line, GoldLine)
    assert (line.doc_id, line.text) == ("theirs", "North and South Borduria fell.")
    # "North and South " has 16 characters, "North and " 10.
    assert typed(line) == {(((0, 5), (16, 24)), "place"): 1, (((10, 24),), "place"): 1, (((0, 24),), "place"): 1}
    assert clusters(line) == {frozenset({((0, 5), (16, 24))}): 1, frozenset({((10, 24),), ((0, 24),)}): 1}


def test_sentences_made_with_conllu(tmp_path: Path) -> None:
    def token(number: int, form: str, **misc: str) -> Any:
        rest = dict.fromkeys(("lemma", "upos", "xpos", "feats", "deps"))
        relation = {"head": 0, "deprel": "root"} if number == 1 else {"head": 1, "deprel": "dep"}
        return conllu.Token({"id": number, "form": form, **rest, **relation, "misc": misc or None})

    words = [token(1, "_", Entity="(e1-place-1-)", SpacesAfter=r"\t"), token(2, "won", SpaceAfter="No"), token(3, "!")]
    fields = ["id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc"]
    head = conllu.Metadata({"newdoc id": "theirs", "global.Entity": "eid-etype-head-other", "text": "_ won!"})
    path = tmp_path / "theirs.conllu"
    path.write_text(conllu.TokenList(words, head, default_fields=fields).serialize(), encoding="utf-8")
    (line,) = read_file(path, "corefud").lines
    assert isinstance(line, GoldLine)
    assert (line.text, typed(line)) == ("_\twon!", {(((0, 1),), "place"): 1})
