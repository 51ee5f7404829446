"""Everything in the texts that looks like a number is a fact, a time or a listed hard negative."""

import re
from pathlib import Path

import pytest

from goldassay.checking import check_corpus
from goldassay.corpus.corpus import load_document
from goldassay.corpus.hard_negatives import read_hard_negatives
from goldassay.errors import InvalidDataError
from goldassay.formats.numbers import find_numbers

ROOT = Path(__file__).parents[2]
WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundreds? thousands? millions? billions? "
    "trillions? dozens? half halves quarters? both once twice thrice pair couple trio twins? "
    "first second third fourth fifth sixth seventh eighth ninth tenth"
)
LOOKS_LIKE_A_NUMBER = re.compile(
    rf"\d[\d.,]*(?:st|nd|rd|th)?|(?<!\w)(?:{'|'.join(WORDS.split())})(?!\w)", re.IGNORECASE
)
LISTED = read_hard_negatives(ROOT)


@pytest.mark.parametrize("doc_id", sorted(LISTED))
def test_the_list_is_complete(doc_id: str) -> None:
    annotated = load_document(doc_id, ROOT)
    text, numeric = annotated.document.text, annotated.numeric_facts
    assert numeric is not None
    known = [span for fact in numeric.numeric_facts for mention in fact.mentions for span in mention.number.spans]
    listed = [span for item in LISTED[doc_id].items for span in item.spans]
    looking = [found.span() for found in LOOKS_LIKE_A_NUMBER.finditer(text)]
    # A time's own days are listed as parts of dates; "last" and "soon" do not look like numbers.
    loose = [text[a:b] for a, b in looking if not any(c < b and a < d for c, d in known + listed)]
    assert loose == []
    assert [text[a:b] for a, b in listed if not any(c < b and a < d for c, d in looking)] == []


@pytest.mark.parametrize("doc_id", sorted(LISTED))
def test_our_own_grammar_reads_no_hard_negative_but_marked_parts_of_dates(doc_id: str) -> None:
    text = load_document(doc_id, ROOT).document.text
    read = [number for number in find_numbers(text) if number.time_hint is None]
    assert [item.text for item in LISTED[doc_id].items for number in read if item.overlaps([number.span])] == []


def test_every_document_has_its_line_in_text_order() -> None:
    assert sorted(LISTED) == ["seed-000", "seed-002"]
    for row in LISTED.values():
        assert row.items == sorted(row.items, key=lambda item: item.spans)


def test_the_check_of_the_corpus_reads_the_list() -> None:
    assert [item for item in check_corpus(ROOT) if "hard_negatives" in (item.where.file or "")] == []


def test_a_corpus_may_have_no_list_and_a_broken_one_is_told(tmp_path: Path) -> None:
    assert read_hard_negatives(tmp_path) == {}
    (tmp_path / "annotations" / "hard_negatives").mkdir(parents=True)
    (tmp_path / "annotations" / "hard_negatives" / "validation.jsonl").write_text('{"doc_id": "d1"}\n', "utf-8")
    with pytest.raises(InvalidDataError) as caught:
        read_hard_negatives(tmp_path)
    assert [item.code for item in caught.value.findings] == ["E104"]
