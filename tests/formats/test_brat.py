"""brat's standoff: what is written is read back the same, and nothing unreadable passes in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldassay.formats.brat import (
    Attribute,
    Equivalence,
    Item,
    Normalization,
    Note,
    Relation,
    TextBound,
    format_brat,
    parse_brat,
)

TEXT = "🇺🇦 𝔘𝔫𝔦 North and\nSouth Borduria\u2028deny it.\tNo."
ids = st.integers(1, 10**6)
words = st.text(
    st.characters(exclude_categories=["Z", "Cc", "Cs", "Cn"], exclude_characters=":"), min_size=1, max_size=5
)


@st.composite
def annotations(draw: st.DrawFn) -> list[Item]:
    numbers = draw(st.lists(ids, min_size=1, max_size=5, unique=True))
    items: list[Item] = []
    for number in numbers:
        cuts = sorted(draw(st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=6, unique=True)))
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        items.append(TextBound(id=f"T{number}", type=draw(words), spans=tuple(pairs)))
    marks = st.sampled_from([f"T{number}" for number in numbers])
    notes = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=9)
    items.append(Relation(id="R1", type=draw(words), arguments=(("Arg1", draw(marks)), ("Arg2", draw(marks)))))
    items.append(Relation(id="E1", type=draw(words), arguments=(("Agent", draw(marks)),), trigger=draw(marks)))
    items.append(Equivalence(type="Equiv", members=(draw(marks), draw(marks))))
    items.append(Attribute(id="A1", type=draw(words), target=draw(marks), value=draw(st.none() | words)))
    items.append(Note(id="#1", type="AnnotatorNotes", target=draw(marks), text=draw(notes)))
    items.append(Normalization(id="N1", target=draw(marks), database="Wikidata", entry=draw(words), text=draw(notes)))
    return items


@given(annotations())
def test_what_is_written_is_read_back(items: list[Item]) -> None:
    assert parse_brat(format_brat(items, TEXT), TEXT, file="d.ann") == (items, [])


def test_fragments_and_line_ends_are_written_as_brat_does() -> None:
    mark = TextBound(id="T1", type="GPE", spans=((7, 12), (23, 31)))
    broken = TextBound(id="T2", type="LOC", spans=((13, 22),))
    assert format_brat([mark, broken], TEXT) == "T1\tGPE 7 12;23 31\tNorth Borduria\nT2\tLOC 13 22\tand South\n"


def test_offsets_of_another_unit_are_converted_with_a_warning() -> None:
    # Five characters beyond the Basic Multilingual Plane stand before "North": in UTF-16 it begins at 12, not at 7.
    items, findings = parse_brat("T1\tGPE 12 17\tNorth\nT2\tGPE 7 12\tNorth\n", TEXT, file="d.ann")
    assert [item.spans for item in items if isinstance(item, TextBound)] == [((7, 12),), ((7, 12),)]
    assert [(one.code, one.severity, one.where.line) for one in findings] == [("E204", "warning", 1)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("T1\tGPE 7 13\tNorth", "E203"),
        ("T1\tGPE 7 7\t", "E203"),
        ("T1\tGPE 7 999\tNorth", "E203"),
        ("T1\tGPE seven 12\tNorth", "E105"),
        ("T1 GPE 7 12 North", "E105"),
        ("Q1\tGPE T9", "E105"),
        ("R1\tCoref T9 T9", "E105"),
        ("R1\tCoref Arg1:T9", "E105"),
        ("R1\tCoref Arg1:T9 Arg2:T8", "E302"),
        ("A1\tLevel T8 NAM", "E302"),
        ("A1\tLevel T9 NAM PRO", "E105"),
        ("#1\tAnnotatorNotes T8\ta note", "E302"),
        ("N1\tReference T9 Q1\tx", "E105"),
        ("E1\tSay:T8", "E302"),
        ("*\tEquiv T9", "E105"),
        ("T9\tGPE 7 12\tNorth", "E301"),
    ],
)
def test_each_line_that_cannot_be_read_is_a_finding(line: str, code: str) -> None:
    _, findings = parse_brat(f"T9\tGPE 7 12\tNorth\r\n\n{line}\n", TEXT, file="d.ann")
    assert [one.code for one in findings] == [code]


@given(st.text("TRAE#N*1 \t:;9GPENorth", max_size=40))
def test_no_line_breaks_the_reader_or_vanishes(line: str) -> None:
    items, findings = parse_brat(line, TEXT, file="d.ann")
    assert bool(line.strip()) == bool(items or findings)


def test_what_brat_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="brat cannot hold"):
        format_brat([Note(id="#1", type="AnnotatorNotes", target="T1", text="two\nlines")], TEXT)
    with pytest.raises(ValueError, match="brat cannot hold"):
        format_brat([Attribute(id="A1", type="Level", target="T1", value="a b")], TEXT)
