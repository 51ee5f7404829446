"""Laws of all formats: the text comes back as it was, and every mention comes back as it was or is counted."""

import tempfile
from pathlib import Path

import pytest
from exchange_lines import gold_lines, linked_lines, said, there_and_back, typed
from hypothesis import given, settings
from library_lines import surfaces

from goldassay.formats.gold import GoldLine

LIBRARIES = {"docbin": "spacy", "cas-xmi": "cassis", "cas-json": "cassis"}
LINKS_AT_ONE_PLACE = "links of mentions at one place with one type, which may change places"

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


# What a format says where the link or type of a mention comes back as another; where it has no links, none is gained.
CHANGED = {
    "spans": set(),
    "corefud": set(),
    "docbin": set(),
    "cas-xmi": {LINKS_AT_ONE_PLACE},
    "cas-json": {LINKS_AT_ONE_PLACE},
    "brat": {"links of single mentions (their entity's are written)"},
    "label-studio": {"links of single mentions (their entity's are written)"},
}


@pytest.mark.parametrize("name", sorted(CHANGED))
@given(line=linked_lines())
@settings(max_examples=60, deadline=None)
def test_no_mention_gains_a_type_or_a_link(name: str, line: GoldLine) -> None:
    if name in LIBRARIES:
        pytest.importorskip(LIBRARIES[name], reason="not installed (the extra formats)")
    with tempfile.TemporaryDirectory() as folder:
        read, lost = there_and_back([line], name, Path(folder))
    (back,) = read.lines
    assert isinstance(back, GoldLine)
    assert (said(back) - said(line)).total() <= sum(lost[what] for what in CHANGED[name])


@given(line=linked_lines())
@settings(max_examples=100, deadline=None)
def test_no_mention_gains_a_type_or_a_link_through_conll2012(line: GoldLine) -> None:
    """Its text has other white space, so places are those of the characters between."""
    with tempfile.TemporaryDirectory() as folder:
        read, lost = there_and_back([line], "conll2012", Path(folder))
    (back,) = read.lines
    assert isinstance(back, GoldLine)
    assert (surfaces(back) - surfaces(line)).total() <= lost["types of mentions"]
    assert {link for _, _, link in said(back)} <= {None}
