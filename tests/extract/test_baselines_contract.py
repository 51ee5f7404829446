"""What every shipped baseline owes: valid lines, only its layers, the same bytes twice, and no word of the corpus."""

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import goldassay.extract
from goldassay.corpus.corpus import load_corpus
from goldassay.extract.base import ALL_LAYERS, empty_answer
from goldassay.extract.gazetteer import load_gazetteer, word_lists
from goldassay.extract.registry import SHIPPED, load_extractor
from goldassay.formats.predictions import read_predictions
from goldassay.model.document import Document
from goldassay.running import run_extractor

MakeDocument = Callable[..., Document]
TEXTS = (
    """Harbour Tax Divides Selmouth
REYKJAVIK (Heron News) — Marta Quill, mayor of Selmouth, accused Iceland’s Ministry of Trade of selling 250 tonnes of
rotten fish for $2.7bn. Borduria plans to send around 40 small boats and twenty ships by 10 July.""",
    """“The treaty is terrible,” said Prime Minister Anna Vale. She praised the U.N. and urged Denmark to withdraw
between 10 and 20 ships within 3 days. Denmark denied that 12% of voters opposed the tax.""",
    "No name.",
    "  \n\n",
    "Ünïcode 🇺🇦 Sofía’s “Łódź” … 12 000 т; −5 °C 1e9999 ½ ＡＢＣ ﷺ\u200b x" + "́" * 50,
    "A" * 300 + " . ’s 's - – ( of the and " + "Quill of " * 40,
)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_lines_are_valid_carry_their_layers_and_come_twice_the_same(
    name: str, make_document: MakeDocument, tmp_path: Path
) -> None:
    documents = [make_document(text, f"d{place}") for place, text in enumerate(TEXTS)]
    documents[0] = make_document(TEXTS[0], "d0", title=(0, 28))
    written = []
    for run in ("a", "b"):
        record = run_extractor(load_extractor(name), documents, tmp_path / run)
        assert [item.status for item in record.documents] == ["ok"] * len(documents)
        written.append((tmp_path / run / "predictions.jsonl").read_bytes())
    assert written[0] == written[1]
    read = read_predictions(io.BytesIO(written[0]), {document.doc_id: document for document in documents})
    assert [item for item in read.findings if item.severity == "error"] == []
    expected = {"doc_id"}.union(empty_answer(SHIPPED[name].layers))
    for line in written[0].splitlines():
        assert set(json.loads(line)) in (expected, expected - {"entities"})


def test_empty_finds_nothing_and_the_others_something(make_document: MakeDocument) -> None:
    document = make_document(TEXTS[0])
    for name, row in SHIPPED.items():
        answer = load_extractor(name).extract(document)
        keys = [key for key in ("mentions", "stances", "numeric_facts", "times") if key in answer]
        assert len(keys) == (len(ALL_LAYERS) if name == "empty" else len(row.layers))
        assert all(bool(answer[key]) is (name != "empty") for key in keys)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(length)), strict=False)


def _own_files() -> list[Path]:
    folder = Path(goldassay.extract.__file__).parent
    return sorted(path for path in folder.iterdir() if path.suffix in {".py", ".toml"})


def test_no_five_words_of_an_article_stand_in_the_baselines() -> None:
    files = {path: set(_runs(_words(path.read_text("utf-8")), 5)) for path in _own_files()}
    assert len(files) > 20
    for document in load_corpus().documents:
        of_text = set(_runs(_words(document.text), 5))
        assert len(of_text) > 50
        for path, of_file in files.items():
            assert not of_text & of_file, path.name


def test_no_person_of_an_article_stands_in_the_baselines() -> None:
    """Pairs of capitalised words are in no file, save names that packages have and titles such as any text has."""
    names = {" ".join(name).casefold() for name in load_gazetteer().names}
    titles = {word for title in word_lists().titles for word in title} | {"Secretary", "General"}
    own = [f" {' '.join(_words(path.read_text('utf-8')))} " for path in _own_files()]
    pairs = set()
    for document in load_corpus().documents:
        pairs |= set(re.findall(r"(?<![\w.-])(?=([A-Z][a-zà-ÿ]+[ -][A-Z][a-zà-ÿ]+)(?!\w))", document.text))
    checked = [pair for pair in pairs if pair.casefold() not in names and not titles.issuperset(re.split("[ -]", pair))]
    assert len(checked) > 5
    assert [pair for pair in checked if any(f" {' '.join(_words(pair))} " in text for text in own)] == []
