"""The generated views: what a row holds, what tags lose, and that stale or orphaned files are found."""

import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from goldassay.checking import check_files
from goldassay.corpus.corpus import load_corpus
from goldassay.corpus.layout import VIEWS, view_file
from goldassay.corpus.views import count_token_losses, sum_losses, token_rows
from goldassay.formats.tags import SCHEMES, decode_strict, parse_tag
from goldassay.generate.views import check_views, write_views
from goldassay.gold import load_gold
from goldassay.hub.card import describe_losses, split_card
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Mention
from goldassay.model.record import Span, spans_text
from goldassay.model.views import CANARY, TAGS

ROOT = Path(__file__).parents[2]


def document(text: str, sentences: list[Span]) -> Document:
    return Document(
        doc_id="d1",
        title=None,
        text=text,
        language="en",
        dct=None,
        dct_evidence=None,
        source="",
        rights="",
        origin="composed",
        sha256="",
        sentences=sentences,
    )


def names(text: str, *items: tuple[str, str], level: str = "NAM") -> EntitiesRow:
    """Names by surface; `A … B` is one of two fragments."""
    mentions = []
    for number, (surface, type_) in enumerate(items):
        parts = surface.split(" … ")
        spans = [(text.index(part), text.index(part) + len(part)) for part in parts]
        fields = {"id": f"m{number}", "entity": None, "type": type_, "level": level}
        mentions.append(Mention(spans=spans, text=spans_text(text, spans), **fields))  # type: ignore[arg-type]
    return EntitiesRow(doc_id="d1", entities=[], mentions=mentions)


def test_a_sentence_is_a_row_with_tags_of_names_and_offsets_of_the_document() -> None:
    text = "Zenda fell.\n\nBank of Ruritania’s Rupert said so."
    row = names(text, ("Zenda", "GPE"), ("Bank of Ruritania", "ORG"), ("Ruritania", "GPE"), ("Rupert", "PERSON"))
    first, second = token_rows(document(text, [(0, 11), (13, 48)]), row)
    assert (first.sentence, first.tokens, first.ner_tags) == (0, ["Zenda", "fell", "."], ["B-GPE", "O", "O"])
    assert second.tokens == ["Bank", "of", "Ruritania", "’", "s", "Rupert", "said", "so", "."]
    assert second.ner_tags == ["B-ORG", "I-ORG", "I-ORG", "O", "O", "B-PERSON", "O", "O", "O"]
    assert [text[start:end] for start, end in second.offsets] == second.tokens
    assert first.canary == CANARY
    # 4 names; Ruritania lies inside the bank.
    counts = count_token_losses(document(text, [(0, 11), (13, 48)]), row)
    assert counts == {"names": 4, "kept": 3, "overlapped": 1}


def test_each_loss_is_counted_once() -> None:
    text = "North and South Borduria met Ruritanians. Lord\nHentzau of Strelsau left."
    row = names(
        text,
        ("North … Borduria", "GPE"),  # two fragments of 13 characters, left out
        ("South Borduria", "GPE"),  # 14 characters, one of its words in common with the first
        ("Ruritania", "GPE"),  # inside a word
        ("Lord\nHentzau", "PERSON"),  # over the end of a sentence
        ("Hentzau of Strelsau", "PERSON"),  # crosses the one before and is longer
        ("Strelsau", "GPE"),
    )
    counts = count_token_losses(document(text, [(0, 41), (42, 46), (47, 72)]), row)
    lost = {"discontinuous": 1, "within_word": 1, "across_sentences": 1, "overlapped": 1}
    assert counts == {"names": 6, "kept": 2} | lost
    assert sum(counts.values()) == 2 * counts["names"]
    assert sum_losses([counts, counts])["overlapped"] == 2


def test_only_names_are_tagged_and_untyped_ones_are_counted() -> None:
    text = "Zenda fell."
    plain = document(text, [])
    assert token_rows(plain, names(text, ("Zenda", "GPE"), level="NOM"))[0].ner_tags == ["O", "O", "O"]
    bare = EntitiesRow(
        doc_id="d1",
        entities=[],
        mentions=[Mention(id="m1", entity=None, spans=[(0, 5)], text="Zenda", level="NAM")],
    )
    assert count_token_losses(plain, bare) == {"names": 1, "kept": 0, "untyped": 1}
    assert token_rows(document("", []), EntitiesRow(doc_id="d1", entities=[], mentions=[])) == []


@given(data=st.data())
def test_rows_cover_all_words_and_tags_are_valid(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab .\n’é", max_size=40))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)) | {0, len(text)})
    sentences = [(start, end) for start, end in pairwise(cuts) if start < end]
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda span: span[0] < span[1])
    drawn = data.draw(st.lists(spans, max_size=6)) if text else []
    mentions = [
        Mention(id=f"m{i}", entity=None, type=kind, spans=[span], text=text[slice(*span)], level="NAM")
        for i, span in enumerate(drawn)
        for kind in [data.draw(st.sampled_from(["GPE", "ORG"]))]
    ]
    row = EntitiesRow(doc_id="d1", entities=[], mentions=mentions)
    rows = token_rows(document(text, sentences), row)
    assert [text[start:end] for one in rows for start, end in one.offsets] == [
        word for one in rows for word in one.tokens
    ]
    assert Counter("".join(word for one in rows for word in one.tokens)) == Counter("".join(text.split()))
    for one in rows:
        assert set(one.ner_tags) <= set(TAGS)
        tags = [parse_tag(tag) for tag in one.ner_tags]
        chunks = decode_strict(tags, SCHEMES["IOB2"])
        assert sum(end - first for _, first, end in chunks) == sum(tag != "O" for tag in one.ner_tags)
    counts = count_token_losses(document(text, sentences), row)
    assert counts["names"] == len(drawn)
    assert sum(counts.values()) == 2 * len(drawn)


def test_the_view_of_everything_is_gold_of_its_own() -> None:
    gold, lines = load_gold(ROOT), load_gold(ROOT / view_file("full", "validation"))
    assert lines.documents == gold.documents
    assert lines.fingerprint == gold.fingerprint


def test_the_canary_stands_in_no_text_and_in_every_row_that_joins_texts_and_gold() -> None:
    assert [one for one in load_corpus(ROOT).documents if CANARY in one.text or CANARY.split()[-1] in one.text] == []
    for name in VIEWS:
        lines = (ROOT / view_file(name, "validation")).read_text(encoding="utf-8").splitlines()
        assert all(CANARY in line for line in lines)
    for path in ("corpus/DATASHEET.md", "docs/data.md", "croissant.json"):
        assert CANARY in (ROOT / path).read_text(encoding="utf-8")


def test_the_card_counts_what_tags_lose() -> None:
    corpus = load_corpus(ROOT)
    number = sum(one.level == "NAM" for row in corpus.entities for one in row.mentions)
    shown = describe_losses(ROOT)
    assert f" of {number} names; not given back: " in shown
    head, _ = split_card((ROOT / "README.md").read_text(encoding="utf-8"))
    (config,) = [one for one in yaml.safe_load(head.strip("-\n"))["configs"] if one["config_name"] == "tokens"]
    assert config["description"].endswith(f"; {shown}")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("corpus", "annotations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    write_views(tmp_path)
    return tmp_path


def test_stale_missing_and_orphaned_views_are_found_and_mended(checkout: Path) -> None:
    assert check_views(checkout) == []
    full, tokens = (checkout / view_file(name, "validation") for name in VIEWS)
    full.write_bytes(full.read_bytes().replace(b'"level":"NOM"', b'"level":"PRO"', 1))
    tokens.unlink()
    (checkout / view_file("tokens", "gone")).write_bytes(b"{}\n")
    found = check_views(checkout)
    assert [(item.code, item.where.file) for item in found] == [
        ("E608", "corpus/full/validation.jsonl"),
        ("E608", "corpus/tokens/gone.jsonl"),
        ("E608", "corpus/tokens/validation.jsonl"),
    ]
    write_views(checkout)
    assert check_views(checkout) == []
    assert not (checkout / view_file("tokens", "gone")).exists()


def test_a_corpus_without_entities_has_no_tokens(checkout: Path) -> None:
    shutil.rmtree(checkout / "annotations" / "entities")
    write_views(checkout)
    assert not (checkout / view_file("tokens", "validation")).exists()
    assert b'"mentions":null' in (checkout / view_file("full", "validation")).read_bytes()


def test_a_folder_is_checked_without_its_views(checkout: Path) -> None:
    shutil.rmtree(checkout / "corpus" / "seeds")  # texts for intake, which the corpus has already
    assert check_files([checkout / "corpus"]) == []
    assert check_files([checkout / view_file("full", "validation")]) == []
