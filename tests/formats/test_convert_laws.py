"""Laws of all formats: the text comes back as it was, and every mention comes back as it was or is counted."""

import tempfile
from pathlib import Path

import pytest
from exchange_lines import gold_lines, there_and_back, typed
from hypothesis import given, settings

from goldassay.formats.gold import GoldLine

# What a format loses of mentions, by the words of its counts.
LOST_MENTIONS = {
    "spans": {"discontinuous mentions"},
    "conll2003": {
        "discontinuous mentions",
        "mentions across sentences, or with white space at an end",
        "nested or crossing mentions",
    },
}
LOST_MENTIONS["brat"] = set()
LOST_MENTIONS["label-studio"] = set()
LOST_MENTIONS["corefud"] = {
    "mentions across sentences, or with white space at an end",
    "crossing mentions of one entity",
}
LOST_MENTIONS["iob2"] = LOST_MENTIONS["bilou"] = LOST_MENTIONS["conll2003"]


@pytest.mark.parametrize("name", sorted(LOST_MENTIONS))
@given(line=gold_lines())
@settings(max_examples=60, deadline=None)
def test_every_mention_comes_back_or_is_counted(name: str, line: GoldLine) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read, lost = there_and_back([line], name, Path(folder))
    assert read.findings == ()
    assert read.lost == {}
    (back,) = read.lines
    assert isinstance(back, GoldLine)
    assert (back.doc_id, back.text) == (line.doc_id, line.text)
    assert typed(back) <= typed(line)
    missing = (typed(line) - typed(back)).total()
    assert missing == sum(lost[what] for what in LOST_MENTIONS[name])
