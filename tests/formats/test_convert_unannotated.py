"""What nobody annotated is not written as if it were empty; documents written are counted as they are; sentences."""

import itertools
import json
import tempfile
from pathlib import Path

import msgspec
import pytest
from exchange_lines import TEXT, gold_lines, there_and_back
from hypothesis import given, settings
from hypothesis import strategies as st
from merged_gold import spans

from goldassay.errors import UsageError
from goldassay.exchange.convert import convert, write_file
from goldassay.exchange.reading import WriteOptions
from goldassay.exchange.table import FORMATS
from goldassay.exchange.tokens import SENTENCES_MADE, SENTENCES_MOVED
from goldassay.formats.gold import GoldLine
from goldassay.model.record import Span

LIBRARIES = {"docbin": "spacy", "cas-xmi": "cassis", "cas-json": "cassis"}
MENTIONS_ALONE = ["spans", "conll2003", "iob2", "bilou", "conll2012", "corefud", *LIBRARIES]
WITH_SENTENCES = ["conll2003", "iob2", "bilou", "corefud", *LIBRARIES]


def need(name: str) -> None:
    if name in LIBRARIES:
        pytest.importorskip(LIBRARIES[name], reason="not installed (the extra formats)")


@pytest.mark.parametrize("name", MENTIONS_ALONE)
def test_documents_without_annotated_entities_are_left_out(name: str, tmp_path: Path) -> None:
    """The second has stances and no entities, the third was looked through and has none."""
    need(name)
    lines = [
        GoldLine(doc_id="a", text="Zenda fell."),
        GoldLine(doc_id="b", text="Zenda fell.", stances=()),
        GoldLine(doc_id="c", text="Nobody fell.", mentions=()),
    ]
    read, lost = there_and_back(lines, name, tmp_path)
    assert [line.doc_id for line in read.lines] == ["c"]
    assert lost["documents whose entities are not annotated, left out"] == 2
    assert FORMATS[name].write(lines, WriteOptions()).documents == 1


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_conversion_without_a_document_writes_nothing(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", {"doc_id": "a", "text": "Zenda fell.", "stances": []})
    with pytest.raises(UsageError, match="1 documents whose entities are not annotated"):
        convert(source, tmp_path / "out.jsonl", target_format="spans")
    source = write(tmp_path / "p.jsonl", {"doc_id": "a", "stances": []}, {"doc_id": "b", "stances": []})
    with pytest.raises(UsageError, match="2 documents without a text"):
        convert(source, tmp_path / "out.jsonl", source_format="predictions", target_format="semeval2022")
    assert not (tmp_path / "out.jsonl").exists()


def test_documents_are_counted_as_written(tmp_path: Path) -> None:
    stance = {"target": "Zenda", "polarity": "favor"}
    more = {"act": "support", "dimension": "evaluation", "sources": ["AUTHOR"], "status": "actual", "id": "s1"}
    rows = (
        {"doc_id": "a", "stances": [stance]},
        {"doc_id": "b", "text": "Zenda", "stances": [stance, {**stance, **more}]},
        {"doc_id": "c", "text": "Zenda", "mentions": []},
    )
    source = write(tmp_path / "p.jsonl", *rows)
    done = convert(source, tmp_path / "out.json", source_format="predictions", target_format="semeval2022")
    assert done.documents == len(json.loads((tmp_path / "out.json").read_text())) == 1
    assert done.not_written == {
        "documents without a text, left out": 1,
        "documents without stances, left out": 1,
        "targets without a place": 2,
        "holders without a place": 2,
        "acts, dimensions, sources and all else of stances": 1,
    }


@pytest.mark.parametrize("name", WITH_SENTENCES)
def test_sentences_that_move_or_are_made_are_counted(name: str, tmp_path: Path) -> None:
    """The first sentence ends behind a space; of the other document nobody said where sentences end."""
    need(name)
    moved = GoldLine(doc_id="a", text="Zenda fell. Why?", mentions=(), sentences=((0, 12), (12, 16)))
    bare = GoldLine(doc_id="b", text="Zenda fell. Why?", mentions=())
    read, lost = there_and_back([moved, bare], name, tmp_path)
    kept = name.startswith("cas")
    assert [getattr(line, "sentences", ()) for line in read.lines] == [
        ((0, 12 if kept else 11), (12, 16)),
        ((0, 11), (12, 16)),
    ]
    assert (lost[SENTENCES_MOVED], lost[SENTENCES_MADE]) == (0 if kept else 1, 2)


@pytest.mark.parametrize("name", WITH_SENTENCES)
@given(line=gold_lines(), ends=st.lists(st.integers(1, len(TEXT) - 1), max_size=5, unique=True), gap=spans())
@settings(max_examples=40, deadline=None)
def test_no_sentence_is_gained_uncounted(name: str, line: GoldLine, ends: list[int], gap: list[Span]) -> None:
    """Sentences cut anywhere, with stretches between them that are in none."""
    need(name)
    edges = [0, *sorted(ends), len(TEXT)]
    out = {place for start, end in gap for place in range(start, end)}
    sentences = tuple(one for one in itertools.pairwise(edges) if not out & set(range(*one)))
    with tempfile.TemporaryDirectory() as folder:
        given_line = msgspec.structs.replace(line, sentences=sentences)
        read, lost = there_and_back([given_line], name, Path(folder))
    found = set(getattr(read.lines[0], "sentences", ()))
    assert len(found - set(sentences)) <= lost[SENTENCES_MOVED] + lost[SENTENCES_MADE]
    assert len(set(sentences) - found) <= lost[SENTENCES_MOVED]


def test_label_studio_leaves_out_what_has_no_layer(tmp_path: Path) -> None:
    lines = [GoldLine(doc_id="a", text="Zenda"), GoldLine(doc_id="b", text="Zenda", mentions=())]
    assert write_file(lines, tmp_path / "out", "label-studio")["documents without a layer annotated"] == 1
    assert FORMATS["label-studio"].write(lines, WriteOptions()).documents == 1
