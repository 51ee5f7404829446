"""The text-free form: it holds no text, gives the corpus back byte for byte, and is never nearly right."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldassay.corpus.corpus import Corpus, load_corpus
from goldassay.corpus.layout import LAYERS
from goldassay.corpus.manifest import fingerprint_rows
from goldassay.corpus.release_manifest import read_releases
from goldassay.corpus.sentences import split_sentences
from goldassay.errors import InvalidDataError, UsageError
from goldassay.formats.folding import fold
from goldassay.generate.files import write_generated
from goldassay.gold import load_gold
from goldassay.model.document import Document
from goldassay.model.views import CANARY
from goldassay.textfree.dehydrate import dehydrate, dehydrate_corpus, dehydrate_document
from goldassay.textfree.elision import RUN, TextWords, restore_words, strip_words
from goldassay.textfree.outline import is_well_formed, outline_text, restore_text
from goldassay.textfree.rehydrate import Rehydrated, TextFree, read_text_free, rehydrate
from goldassay.textfree.texts import Texts, read_texts

ROOT = Path(__file__).parents[2]
FILES = ["corpus/documents", "annotations/entities", "annotations/stances", "annotations/numeric_facts"]
WORD = re.compile(r"\w+")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(ROOT)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> TextFree:
    path = tmp_path_factory.mktemp("textfree") / "corpus.jsonl"
    path.write_bytes(dehydrate_corpus(ROOT))
    return read_text_free(path)


def texts_of(corpus: Corpus) -> dict[str, str]:
    return {document.doc_id: document.text for document in corpus.documents}


def rehydrated(source: TextFree, texts: dict[str, str]) -> Rehydrated:
    return rehydrate(source, Texts({f"{doc_id}.txt": text for doc_id, text in texts.items()}), read_releases(ROOT))


def restored(found: Rehydrated) -> dict[str, str]:
    rows = found.tables.get(("documents", "validation"), {})
    return {doc_id: row.text for doc_id, row in rows.items() if isinstance(row, Document)}


def test_it_gives_back_every_file_byte_for_byte(source: TextFree, corpus: Corpus) -> None:
    found = rehydrated(source, texts_of(corpus))
    assert found.findings == ()
    names = [f"{folder}/validation.jsonl" for folder in FILES] + ["corpus/manifest.json"]
    assert {path.as_posix() for path in found.files} == set(names)
    for name in names:
        assert found.files[Path(name)] == (ROOT / name).read_bytes(), name


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in [key, *strings(inner)]]
    return (
        [text for inner in value for text in strings(inner)]
        if isinstance(value, list)
        else [value] * isinstance(value, str)
    )


def runs(text: str, size: int) -> set[tuple[str, ...]]:
    words = [word.casefold() for word in WORD.findall(text)]
    return {tuple(words[place : place + size]) for place in range(len(words) - size + 1)}


def test_no_five_words_of_a_text_stand_in_it(corpus: Corpus) -> None:
    lines = [json.loads(line) for line in dehydrate_corpus(ROOT).splitlines()]
    assert [line["doc_id"] for line in lines[1:]] == [document.doc_id for document in corpus.documents]
    assert lines[0]["canary"] == CANARY
    own = set().union(*(runs(document.text, RUN) for document in corpus.documents))
    assert [text for line in lines for text in strings(line) if runs(text, RUN) & own] == []
    surfaces = [one for line in lines[1:] for one in records(line) if "spans" in one and "text" in one]
    assert len(surfaces) > 100
    assert {one["text"] for one in surfaces} == {None}
    # What typography is kept is single marks and white space, no words.
    assert {edit[2] for line in lines[1:] for edit in line["outline"]["edits"] if WORD.search(edit[2])} == set()


def records(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(one for inner in value.values() for one in records(inner))]
    return [one for inner in value for one in records(inner)] if isinstance(value, list) else []


def test_every_hash_is_of_eight_words_or_of_a_whole_text(source: TextFree, corpus: Corpus) -> None:
    for line, document in zip(source.documents, corpus.documents, strict=True):
        folded = fold(document.text)
        pieces = [folded[piece.start : piece.end] for piece in line.outline.pieces]
        assert " ".join(pieces) == folded
        assert min(len(piece.split()) for piece in pieces) >= 8
        assert len(pieces) > len(document.sentences) / 2


CHANGES = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "no last line end": lambda text: text.rstrip("\n"),
    "more line ends": lambda text: "\n\n" + text + "\n\n\n",
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "straight quotes": lambda text: text.translate(str.maketrans("‘’“”", "''\"\"")),
    "one line": lambda text: " ".join(text.split()),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "a line before": lambda text: "By our reporter\n" + text,
    "a line after": lambda text: text + "\nSubscribe now\n",
    "an advertisement between paragraphs": lambda text: text.replace("\n\n", "\n\nADVERTISEMENT\n\n"),
    "paragraphs in another order": lambda text: "\n\n".join(reversed(text.split("\n\n"))),
}


INVENTED = (
    "Café owners of Strelsau strike over the price of Borduria’s coffee\n\n"
    "“We have had enough,” said Zoë Hentzau, who speaks for the owners of forty cafés.\n"
    "The strike began on Monday and may go on until the ministry’s answer has come.\n\n"
    "Borduria denies that its traders raised the price by a fifth “without a word” last week.\n"
)


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_copy_that_was_reformatted_gives_the_very_text(source: TextFree, corpus: Corpus, change: str) -> None:
    outline = outline_text(INVENTED, [start for start, _ in split_sentences(INVENTED)], "d1")
    copy = CHANGES[change](INVENTED)
    assert copy != INVENTED
    assert len(outline.pieces) == 4
    assert restore_text(outline, fold(copy), "d1").text == INVENTED
    found = rehydrated(source, {doc_id: CHANGES[change](text) for doc_id, text in texts_of(corpus).items()})
    assert found.findings == ()
    assert restored(found) == texts_of(corpus)


@pytest.mark.parametrize("doc_id", ["seed-000", "seed-002"])
def test_a_changed_word_is_refused_and_its_place_is_named(source: TextFree, corpus: Corpus, doc_id: str) -> None:
    texts = texts_of(corpus)
    place = texts[doc_id].index("Russia")
    other = ({*texts} - {doc_id}).pop()
    found = rehydrated(source, texts | {doc_id: texts[doc_id].replace("Russia", "Ruritania", 1)})
    assert restored(found) == {other: texts[other]}
    (item,) = found.findings
    assert (item.code, item.where.doc_id, item.where.file) == ("E601", doc_id, f"{doc_id}.txt")
    first, last = (int(number) for number in re.findall(r"\d+", item.found))
    assert first - 3 <= place < last + 3


@given(data=st.data())
def test_one_edit_anywhere_gives_the_very_text_or_a_finding(data: st.DataObject) -> None:
    corpus = load_corpus(ROOT)
    document = data.draw(st.sampled_from(corpus.documents))
    rows = {layer: {row.doc_id: row for row in getattr(corpus, layer)}[document.doc_id] for layer in LAYERS}
    line = dehydrate_document(document, rows, corpus.split)
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, min(start + 30, len(document.text))))
    new = data.draw(st.sampled_from(["", "\r\n", " ", "x", "Ruritania", "\nA line more.\n", "’", "\u0301", "\ufb01"]))
    copy = document.text[:start] + new + document.text[end:]
    manifest = read_head()
    found = rehydrated(TextFree(manifest, (line,)), {document.doc_id: copy})
    texts = restored(found)
    if texts:
        assert texts == {document.doc_id: document.text}
        assert {name: table[document.doc_id] for (name, _), table in found.tables.items()} == {
            "documents": document,
            **rows,
        }
    else:
        assert [item.code for item in found.findings if item.where.doc_id == document.doc_id]


def read_head() -> Any:
    from goldassay.corpus.manifest import read_manifest

    return msgspec.structs.replace(read_manifest(ROOT), layers=[])


TYPOGRAPHY = st.text(
    st.one_of(st.sampled_from(" \n\t\u00a0’“”'\"ﬁé…½´\u0301\u2028½abcABC.,"), st.characters(exclude_categories=["Cs"])),
    max_size=80,
)


@given(text=TYPOGRAPHY)
def test_an_outline_restores_its_text_from_any_copy_that_folds_alike(text: str) -> None:
    outline = outline_text(text, [start for start, _ in split_sentences(text)], "d1")
    assert is_well_formed(outline)
    assert (outline.length, outline.folded) == (len(text), len(fold(text)))
    copies = {text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text), text.replace("\n", "\r\n")}
    for copy in copies:
        found = restore_text(outline, fold(copy), "d1")
        # Folding a decomposed text may give another text; then it is refused.
        assert found.text == text or (fold(copy) != fold(text) and found.text is None)
    again = msgspec.json.decode(msgspec.json.encode(outline), type=type(outline))
    assert restore_text(again, fold(text), "d1").text == text


WORDS = st.lists(st.sampled_from(["Zenda", "zenda", "bridge", "fell", "and", ",", "\n"]), max_size=24).map(" ".join)


@given(text=WORDS, string=WORDS)
def test_quotations_go_and_come_back(text: str, string: str) -> None:
    words = TextWords(text)
    stripped = json.loads(json.dumps(strip_words({"note": string, "list": [string]}, words)))
    assert restore_words(stripped, text) == {"note": string, "list": [string]}
    assert [left for left in strings(stripped) if runs(left, RUN) & runs(text, RUN)] == []


def test_a_surface_that_is_not_its_spans_is_refused(corpus: Corpus) -> None:
    import dataclasses

    row = corpus.entities[0]
    damaged = msgspec.structs.replace(row, mentions=[msgspec.structs.replace(row.mentions[0], text="Zenda")])
    with pytest.raises(InvalidDataError) as raised:
        dehydrate(dataclasses.replace(corpus, entities=(damaged,)))
    assert [(item.code, item.where.doc_id) for item in raised.value.findings] == [("E203", "seed-000")]


def test_files_are_found_by_hash_by_name_and_at_last_by_looking(
    source: TextFree, corpus: Corpus, tmp_path: Path
) -> None:
    first, second = corpus.documents
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.html").write_bytes(first.text.encode())
    (tmp_path / "deep" / "b.txt").write_bytes(second.text.replace("\n", "\r\n").encode("utf-16"))
    (tmp_path / "latin.txt").write_bytes("Zénda".encode("latin-1"))
    (tmp_path / ".hidden").write_bytes(b"\xff")
    found = rehydrate(source, read_texts(tmp_path))
    assert restored(found) == texts_of(corpus)
    assert [(item.code, item.severity, item.where.file) for item in found.findings] == [
        ("E101", "warning", "latin.txt")
    ]
    with pytest.raises(UsageError, match="no texts"):
        read_texts(tmp_path / "nowhere")


def test_a_text_that_is_not_there_is_named(source: TextFree, corpus: Corpus) -> None:
    texts = texts_of(corpus)
    found = rehydrated(source, {"seed-002": texts["seed-002"]})
    assert [(item.code, item.where.doc_id) for item in found.findings] == [("E601", "seed-000")]
    assert "no copy" in found.findings[0].found


@pytest.mark.parametrize(
    ("field", "old", "new", "code"),
    [
        ("entities", '"type":"GPE"', '"type":"COUNTRY"', "E105"),
        ("entities", '"type":"GPE"', '"type":"ORG"', "E601"),
        ("stances", '"grade":1', '"grade":2', "E601"),
        ("entities", "[[0,11]]", "[[0,99999]]", "E202"),
        ("document", '"doc_id":"seed-000"', '"doc_id":"seed-001"', "E304"),
        ("document", '"language":"en"', '"language":{"parts":[[0,99999]]}', "E105"),
    ],
)
def test_annotations_that_were_changed_are_refused(
    source: TextFree, corpus: Corpus, field: str, old: str, new: str, code: str
) -> None:
    line = source.documents[0]
    plain = msgspec.json.encode(getattr(line, field)).decode()
    assert old in plain
    damaged = msgspec.structs.replace(line, **{field: json.loads(plain.replace(old, new, 1))})
    found = rehydrated(TextFree(source.manifest, (damaged, *source.documents[1:])), texts_of(corpus))
    assert code in {item.code for item in found.findings}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('{"textfree":1', '{"textfree":2', "E106"),
        ('"split":"validation"', '"split":"../x"', "E606"),
        ('"pieces":[[0,', '"pieces":[[5,', "E105"),
        ('"doc_id":"seed-002"', '"doc_id":"seed-000"', "E306"),
        ('"outline":{', '"outlines":{', "E103"),
    ],
)
def test_a_damaged_file_is_a_finding(tmp_path: Path, old: str, new: str, code: str) -> None:
    content = dehydrate_corpus(ROOT).decode()
    assert old in content
    path = tmp_path / "corpus.jsonl"
    head, body = content.split("\n", 1)
    changed = head.replace(old, new) + "\n" + body.replace(old, new, 1) if old in head and "textfree" in old else None
    path.write_text(changed or f"{head}\n{body.replace(old, new, 1)}", encoding="utf-8")
    with pytest.raises(InvalidDataError) as raised:
        read_text_free(path)
    assert code in {item.code for item in raised.value.findings}
    path.write_bytes(b"")
    with pytest.raises(InvalidDataError):
        read_text_free(path)


def test_what_comes_back_is_a_corpus(source: TextFree, corpus: Corpus, tmp_path: Path) -> None:
    for path, content in rehydrated(source, texts_of(corpus)).files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    own, gold = load_gold(ROOT), load_gold(tmp_path)
    assert (gold.version, gold.fingerprint) == (own.version, own.fingerprint)
    # Part of it signs as another gold.
    path = tmp_path / "corpus/documents/validation.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    for layer in LAYERS:
        path = tmp_path / "annotations" / layer / "validation.jsonl"
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert "dirty" in load_gold(tmp_path).version


def named(source: TextFree, version: str) -> TextFree:
    return TextFree(msgspec.structs.replace(source.manifest, version=version), source.documents)


@pytest.mark.parametrize(
    ("version", "known", "expected"),
    [
        ("1.0.0", True, "1.0.0"),
        ("1.0.0", False, "1.0.0+unverified"),
        ("9.0.0", True, "9.0.0+unverified"),
        ("1.0.0+dirty", True, "1.0.0+dirty"),
        ("9.0.0+unverified", True, "9.0.0+unverified"),
    ],
)
def test_a_version_is_taken_over_only_from_a_release(
    source: TextFree, corpus: Corpus, tmp_path: Path, version: str, known: bool, expected: str
) -> None:
    texts = Texts({f"{doc_id}.txt": text for doc_id, text in texts_of(corpus).items()})
    found = rehydrate(named(source, version), texts, read_releases(ROOT) if known else ())
    assert found.findings == ()
    for path, content in found.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    gold = load_gold(tmp_path)
    shown, dirty, digits = gold.version.partition("+dirty.")
    assert shown + ("+dirty" if dirty else "") == expected
    assert digits == (gold.fingerprint[:8] if dirty else "")


def test_other_gold_under_the_number_of_a_release_is_refused(source: TextFree, corpus: Corpus) -> None:
    """Rows and fingerprints that were changed together fit each other, but not the release."""
    line = source.documents[0]
    plain = msgspec.json.encode(line.entities).decode()
    changed = msgspec.structs.replace(line, entities=json.loads(plain.replace('"type":"GPE"', '"type":"ORG"', 1)))
    forged = TextFree(source.manifest, (changed, *source.documents[1:]))
    fingerprint = fingerprint_rows(rehydrated(forged, texts_of(corpus)).tables["entities", "validation"].values())
    layers = [
        msgspec.structs.replace(one, fingerprint=fingerprint) if one.layer == "entities" else one
        for one in source.manifest.layers
    ]
    found = rehydrated(
        TextFree(msgspec.structs.replace(source.manifest, layers=layers), forged.documents), texts_of(corpus)
    )
    (item,) = found.findings
    assert (item.code, item.where.file) == ("E601", "annotations/entities/validation.jsonl")
    assert 'in release "1.0.0"' in item.expected
    assert found.manifest.version == "1.0.0+unverified"


def test_edits_of_a_corpus_without_releases_never_get_a_clean_number(
    source: TextFree, corpus: Corpus, tmp_path: Path
) -> None:
    for path, content in rehydrated(source, texts_of(corpus)).files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    path = tmp_path / "annotations/entities/validation.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"type":"GPE"', '"type":"ORG"', 1), encoding="utf-8")
    edited = load_gold(tmp_path)
    assert edited.version == f"1.0.0+dirty.{edited.fingerprint[:8]}"
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    with pytest.raises(UsageError, match=r"README\.md is missing"):
        write_generated(tmp_path)
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before
    (tmp_path / "README.md").write_text("# A corpus\n", encoding="utf-8")
    write_generated(tmp_path)
    assert load_gold(tmp_path) == edited
    write_generated(tmp_path)
    assert load_gold(tmp_path) == edited, "a second build does not wash it clean either"
