"""The corpus as it stands, and what finding, loading, intake and the manifest do when something is wrong."""

import hashlib
import json
import shutil
from pathlib import Path

import msgspec
import pytest

from goldassay.corpus.corpus import load_corpus, load_document
from goldassay.corpus.intake import NEAR, check_intake, similarity, take_in
from goldassay.corpus.locate import find_root
from goldassay.corpus.manifest import build_manifest, check_manifest, fingerprint_rows, read_manifest
from goldassay.corpus.seeds import read_seeds, take_in_seeds
from goldassay.corpus.sentences import SPLITTER, split_sentences
from goldassay.errors import InvalidDataError, NoCorpusError, UsageError
from goldassay.formats.jsonl import write_rows
from goldassay.gold import load_gold
from goldassay.model.record import spans_text

ROOT = Path(__file__).parents[2]
SEEDS = {
    "seed-000": ("000_85356675e3d3518e.txt", "f3d532cc486a7d0c558d9bc32a4e90b2d23c8e559556deca22dd3af4bb3af79d", 2083),
    "seed-002": ("002_97f17974e2824d89.txt", "a19fbcafafbf01c47b2affd9c66629ff1464e2579f76612a391cc1a3d00a16b6", 2671),
}
ARTICLE = " ".join(f"Sentence {i} of a long article says that word{i} met word{i + 1}." for i in range(40))


@pytest.fixture
def checkout(tmp_path):
    """A copy of the corpus that a test may damage."""
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    for layer in ("entities", "stances", "numeric_facts"):
        shutil.copytree(ROOT / "annotations" / layer, tmp_path / "annotations" / layer)
    return tmp_path


@pytest.mark.parametrize("doc_id", SEEDS)
def test_seed_texts_are_byte_for_byte_those_that_came(doc_id):
    name, sha256, size = SEEDS[doc_id]
    raw = (ROOT / "corpus" / "seeds" / name).read_bytes()
    assert (len(raw), hashlib.sha256(raw).hexdigest()) == (size, sha256)
    document = load_document(doc_id, ROOT).document
    assert document.text.encode() == raw
    assert document.sha256 == sha256


def test_every_span_of_the_gold_has_its_surface():
    corpus = load_corpus(ROOT)
    texts = {document.doc_id: document.text for document in corpus.documents}
    seen = 0
    for row in (*corpus.entities, *corpus.stances, *corpus.numeric_facts):
        for record in walk(msgspec.to_builtins(row)):
            if "spans" in record and "text" in record:
                assert record["text"] == spans_text(texts[row.doc_id], record["spans"])
                assert record["text"].strip()
                seen += 1
    assert seen > 100


def walk(value):
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(inner)


def test_what_is_not_known_of_the_seeds_is_not_claimed():
    for document in load_corpus(ROOT).documents:
        assert document.dct is None
        assert "year" in document.dct_evidence
        assert document.source.startswith("unknown")
        assert "does not cover" in document.rights


def test_the_title_is_the_headline_and_a_dateline_is_none():
    first, second = load_corpus(ROOT).documents
    assert first.title == (0, 63)
    assert first.text[63:65] == "\n\n"
    assert second.title is None


def test_sentences_cover_all_but_white_space():
    for document in load_corpus(ROOT).documents:
        edges = [0, *(edge for span in document.sentences for edge in span), len(document.text)]
        assert edges == sorted(edges)
        gaps = [document.text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
        assert [gap for gap in gaps if gap.strip()] == []
        assert document.sentences == split_sentences(document.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three! Four… Five", ["One.", "Two?", "Three!", "Four…", "Five"]),
        ("“Stop.” He left. (Later.) Then", ["“Stop.”", "He left.", "(Later.)", "Then"]),
        ("Dr. Zenda met Gen. Hentzau.", ["Dr. Zenda met Gen. Hentzau."]),
        ("J. R. Hentzau of the U.S. Army", ["J. R. Hentzau of the U.S. Army"]),
        ("He left the U.S. The army stayed.", ["He left the U.S.", "The army stayed."]),
        ("At 5 p.m. Zenda time. At 6 p.m. He", ["At 5 p.m. Zenda time.", "At 6 p.m.", "He"]),
        ("No. 5 came. He said no. Then", ["No. 5 came.", "He said no.", "Then"]),
        ("It cost 3.5 million, said example.com.", ["It cost 3.5 million, said example.com."]),
        ("the end of it.STRELSAU fell", ["the end of it.", "STRELSAU fell"]),
        ("“Yes!” he said. he", ["“Yes!” he said. he"]),
        ("  A title\n\nA text.  \n", ["A title", "A text."]),
        (" \n\t\n", []),
    ],
)
def test_sentences(text, expected):
    assert [text[start:end] for start, end in split_sentences(text)] == expected


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        (ARTICLE.encode(), []),
        ("Zenda’s “court” — 12 %\tof\nit".encode(), []),
        (b"caf\xe9 and more text", ["E101"]),  # Latin-1
        (b"", ["E407"]),
        (b" \n", ["E407"]),
        (ARTICLE.encode("utf-16"), ["E603"]),
        (ARTICLE.encode("utf-16-le"), ["E603"]),
        (ARTICLE.encode("utf-8-sig"), ["E603"]),
        (ARTICLE.encode().hex().encode(), ["E603"]),
        (ARTICLE.encode().hex(" ").encode(), ["E603"]),
        ("".join(f"\\x{byte:02x}" for byte in ARTICLE.encode()).encode(), ["E603"]),
        (
            "".join(
                f"{i:08x}: {ARTICLE[i : i + 16].encode().hex(' ', 2)}  {ARTICLE[i : i + 16]}\n"
                for i in range(0, len(ARTICLE), 16)
            ).encode(),
            ["E603"],
        ),
        ("Zenda’s court".encode().decode("cp1252").encode(), ["E603"]),  # UTF-8 read as Windows-1252
        (" ".join(str(year) for year in range(1900, 2000)).encode(), []),  # a table of numbers is no hex dump
        ("Zenda\ufffds court".encode(), ["E603"]),
        (b"One.\r\nTwo.", ["E604"]),
        (b"One.\x00Two.", ["E604"]),
        (b"One.\x1b[31mTwo.", ["E604"]),
        ("One.\x85Two.".encode(), ["E604"]),
        ("One \ud83d.".encode("utf-8", "surrogatepass"), ["E604"]),
    ],
)
def test_intake_refuses(raw, codes):
    findings = check_intake(raw, doc_id="new", known={})
    assert [item.code for item in findings] == codes
    assert all(item.where.doc_id == "new" for item in findings)


def test_intake_refuses_duplicates_and_near_duplicates():
    # 100 different words give 96 sequences of five. A changed word in the middle spoils five of them and makes five new
    # ones: 91 / 101 with one, 86 / 106 with two, 81 / 111 with three of them. The first half has 46 of the 96.
    words = [f"word{i}" for i in range(100)]
    texts = [
        " ".join("other" if i in changed else word for i, word in enumerate(words))
        for changed in ((), (20,), (20, 50), (20, 50, 80))
    ]
    text, half = texts[0], " ".join(words[:50])
    expected = [1, 91 / 101, 86 / 106, 81 / 111, 46 / 96]
    assert [similarity(text, other) for other in (*texts, half)] == pytest.approx(expected)
    assert 81 / 111 < NEAR < 86 / 106
    for other, codes in zip((*texts, half), (["E602"], ["E602"], ["E602"], [], []), strict=True):
        assert [item.code for item in check_intake(other.encode(), doc_id="new", known={"old": text})] == codes
    assert [item.code for item in check_intake(text.upper().encode(), doc_id="new", known={"old": text})] == ["E602"]
    assert check_intake(text.encode(), doc_id="old", known={"old": text}) == []


def test_seeds_are_taken_in_without_a_finding_and_bad_ones_with_all_of_theirs(checkout):
    documents, findings = take_in_seeds(checkout)
    assert (findings, documents) == ([], list(load_corpus(checkout).documents))
    name = SEEDS["seed-002"][0]
    shutil.copy(checkout / "corpus" / "seeds" / SEEDS["seed-000"][0], checkout / "corpus" / "seeds" / name)
    documents, findings = take_in_seeds(checkout)
    assert [(item.code, item.where.doc_id, item.where.file) for item in findings] == [
        ("E602", "seed-002", f"corpus/seeds/{name}")
    ]
    assert [document.doc_id for document in documents] == ["seed-000"]
    metadata = checkout / "corpus" / "seeds" / "metadata.yaml"
    metadata.write_text(metadata.read_text(encoding="utf-8").replace("Leader to Discuss", "Leader to Discus"), "utf-8")
    assert [item.code for item in take_in_seeds(checkout)[1]] == ["E501"]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ('doc_id: "seed-002"', 'doc_id: "seed-000"', ["E306"]),
        ("language:", "langauge:", ["E103", "E103"]),
        ('origin: "news"', 'origin: "paper"', ["E106", "E106"]),
        ('file: "002', 'file: "../002', ["E105"]),
        ('file: "002', 'file: "003', ["E601"]),
    ],
)
def test_metadata_of_seeds_is_read_strictly(checkout, old, new, codes):
    path = checkout / "corpus" / "seeds" / "metadata.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert sorted(item.code for item in take_in_seeds(checkout)[1]) == codes


def test_a_text_that_cannot_be_taken_in_is_an_error_with_its_finding():
    (metadata, _), _ = read_seeds(ROOT)
    with pytest.raises(InvalidDataError) as caught:
        take_in(b"caf\xe9", doc_id="new", metadata=metadata)
    assert [item.code for item in caught.value.findings] == ["E101"]
    with pytest.raises(InvalidDataError) as caught:
        take_in(b"Another text.", doc_id="new", metadata=metadata)
    assert [item.code for item in caught.value.findings] == ["E501"]


def test_the_manifest_is_that_of_the_files():
    manifest = read_manifest(ROOT)
    assert check_manifest(ROOT) == []
    assert manifest == build_manifest(ROOT)
    assert (manifest.name, manifest.splitter) == ("goldassay-news", SPLITTER)
    assert {seed.doc_id: (seed.sha256, seed.bytes) for seed in manifest.seeds} == {
        doc_id: (sha256, size) for doc_id, (_, sha256, size) in SEEDS.items()
    }
    assert [(entry.layer, entry.split, entry.rows) for entry in manifest.layers] == [
        (layer, "validation", 2) for layer in ("documents", "entities", "stances", "numeric_facts")
    ]


def test_a_fingerprint_knows_content_and_not_order():
    rows = load_corpus(ROOT).entities
    assert fingerprint_rows(rows) == fingerprint_rows(rows[::-1])
    renamed = msgspec.structs.replace(rows[0].entities[0], name="another name")
    edited = msgspec.structs.replace(rows[0], entities=[renamed, *rows[0].entities[1:]])
    assert fingerprint_rows([edited, *rows[1:]]) != fingerprint_rows(rows)


@pytest.mark.parametrize(
    ("damage", "codes"),
    [
        (lambda root: (root / "corpus" / "seeds" / SEEDS["seed-000"][0]).write_bytes(b"other"), ["E601"]),
        (lambda root: (root / "annotations" / "stances" / "validation.jsonl").write_bytes(b""), ["E601"]),
        (lambda root: (root / "annotations" / "stances" / "validation.jsonl").unlink(), ["E601"]),
        (
            lambda root: shutil.copy(
                *([root / "corpus" / "documents" / f"{n}.jsonl" for n in ("validation", "contrast")])
            ),
            ["E608", "E608"],
        ),
        (lambda root: edit_manifest(root, lambda data: data["layers"][1]["counts"].update(mentions=1)), ["E608"]),
        (lambda root: edit_manifest(root, lambda data: data["layers"][1].update(fingerprint="0" * 64)), ["E608"]),
        (lambda root: edit_manifest(root, lambda data: data.update(splitter="other-1")), ["E608"]),
        (lambda root: edit_manifest(root, lambda data: data.update(extra=1)), ["E103"]),
        (lambda root: (root / "corpus" / "manifest.json").write_text("{"), ["E102"]),
        (lambda root: (root / "corpus" / "manifest.json").unlink(), ["E601"]),
    ],
)
def test_a_corpus_that_is_not_its_manifests_is_found_out(checkout, damage, codes):
    damage(checkout)
    assert [item.code for item in check_manifest(checkout)] == codes


def edit_manifest(root, change):
    path = root / "corpus" / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def test_roots_are_found_in_the_documented_order(checkout, tmp_path_factory, monkeypatch):
    elsewhere, installed, home = (tmp_path_factory.mktemp(name) for name in ("elsewhere", "installed", "home"))
    monkeypatch.setattr("goldassay.corpus.locate.INSTALLED", installed)
    monkeypatch.setattr("goldassay.corpus.locate.HOME", home)
    deep = checkout / "a" / "b"
    deep.mkdir(parents=True)
    named = {"GOLDASSAY_ROOT": str(ROOT)}
    assert find_root(ROOT, start=deep, environment={}) == ROOT.resolve()
    assert find_root(start=deep, environment=named) == checkout.resolve()
    assert find_root(start=elsewhere, environment=named) == ROOT.resolve()
    for place in (home, installed):  # from the last resort upwards: the next one comes before what is there already
        (place / "corpus").mkdir()
        (place / "corpus" / "manifest.json").write_text("{}", encoding="utf-8")
        assert find_root(start=elsewhere, environment={}) == place
        assert find_root(start=elsewhere, environment=named) == ROOT.resolve()
        assert find_root(start=deep, environment={}) == checkout.resolve()


def test_an_editable_install_finds_the_checkout_it_lies_in(tmp_path):
    assert find_root(start=tmp_path, environment={}) == ROOT.resolve()


def test_a_root_that_is_none_is_named_with_the_option_that_named_it(checkout, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for option in ("--gold", "--root"):
        with pytest.raises(UsageError, match=f"^{option} .*no corpus there"):
            find_root(elsewhere, start=checkout, environment={}, option=option)
    with pytest.raises(UsageError, match=r"^(?!--)"):
        find_root(elsewhere, start=checkout, environment={})
    with pytest.raises(UsageError, match="GOLDASSAY_ROOT"):
        find_root(start=elsewhere, environment={"GOLDASSAY_ROOT": str(elsewhere)})


def test_without_any_corpus_only_remedies_are_named_that_there_are(tmp_path, monkeypatch):
    monkeypatch.setattr("goldassay.corpus.locate.INSTALLED", tmp_path)
    monkeypatch.setattr("goldassay.corpus.locate.HOME", tmp_path)
    with pytest.raises(NoCorpusError, match="no corpus") as caught:
        find_root(start=tmp_path, environment={})
    assert "set GOLDASSAY_ROOT" in str(caught.value)
    assert "--" not in str(caught.value)
    with pytest.raises(NoCorpusError, match=r"name one with --root$"):
        find_root(start=tmp_path, environment={}, option="--root")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOLDASSAY_ROOT", raising=False)
    with pytest.raises(NoCorpusError, match=r"name one with --gold$"):
        load_gold()


def test_a_corpus_loads_in_order_of_ids_whatever_the_order_of_lines(checkout):
    corpus = load_corpus(checkout)
    for name in ("corpus/documents", "annotations/entities"):
        path = checkout / name / "validation.jsonl"
        path.write_bytes(b"".join(reversed(path.read_bytes().splitlines(keepends=True))))
    assert load_corpus(checkout) == corpus
    assert [document.doc_id for document in corpus.documents] == ["seed-000", "seed-002"]


def test_a_bad_row_a_double_one_and_a_stray_one_are_errors(checkout):
    path = checkout / "annotations" / "entities" / "validation.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for extra, code in (
        (b"{}\n", "E104"),
        (lines[0], "E306"),
        (lines[0].replace(b"seed-000", b"seed-999"), "E304"),
    ):
        path.write_bytes(b"".join([*lines, extra]))
        with pytest.raises(InvalidDataError) as caught:
            load_corpus(checkout)
        assert {item.code for item in caught.value.findings} == {code}
        assert {item.where.line for item in caught.value.findings} == {3}


def test_a_layer_may_lack_documents(checkout):
    entities = load_corpus(checkout).entities
    write_rows(checkout / "annotations" / "entities" / "validation.jsonl", entities[:1])
    (checkout / "annotations" / "stances" / "validation.jsonl").unlink()
    corpus = load_corpus(checkout)
    assert (corpus.entities, corpus.stances) == (entities[:1], ())
    assert load_document("seed-002", checkout).entities is None


def test_names_that_are_not_there_are_usage_errors(checkout):
    with pytest.raises(UsageError, match="validation"):
        load_corpus(checkout, split="test")
    with pytest.raises(UsageError, match="seed-002"):
        load_document("seed-001", checkout)
