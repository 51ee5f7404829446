"""Each wrong unit of counting is named and converted back."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goldassay.formats.offsets import convert_offsets, diagnose_offsets
from goldassay.model.record import spans_text

# One astral character (2 UTF-16 units, 4 bytes), one of 3 bytes, one of 2 bytes, one line end.
TEXT = "🚀 Kyiv’s café\nand Oslo"
KYIV, OSLO = (2, 6), (18, 22)


def test_the_text_is_counted_right() -> None:
    assert TEXT[slice(*KYIV)] == "Kyiv"
    assert TEXT[slice(*OSLO)] == "Oslo"


@pytest.mark.parametrize(
    ("unit", "kyiv", "oslo"),
    [
        ("utf-16", (3, 7), (19, 23)),  # the rocket counts twice
        ("bytes", (5, 9), (24, 28)),  # 3 more for the rocket, then 2 for the apostrophe and 1 for the é
        ("crlf", (2, 6), (19, 23)),  # only what follows the line end moves
        ("inclusive end", (2, 5), (18, 21)),
        ("shifted by +1", (3, 7), (19, 23)),
        ("shifted by -2", (0, 4), (16, 20)),
        ("utf-16, inclusive end", (3, 6), (19, 22)),
        ("inclusive end, shifted by +1", (3, 6), (19, 22)),  # counted from 1, last character included
        ("bytes, shifted by +10", (15, 19), (34, 38)),
    ],
)
def test_a_unit_is_converted(unit: str, kyiv: tuple[int, int], oslo: tuple[int, int]) -> None:
    assert convert_offsets(TEXT, [kyiv, oslo], unit) == (KYIV, OSLO)


@pytest.mark.parametrize(
    ("unit", "kyiv", "oslo"),
    [
        ("utf-16", (3, 7), (19, 23)),  # fits `shifted by +1` as well: the unit without a shift is the simpler one
        ("bytes", (5, 9), (24, 28)),
        ("inclusive end", (2, 5), (18, 21)),
        ("shifted by -2", (0, 4), (16, 20)),
        ("shifted by +7", (9, 13), (25, 29)),
        ("utf-16, inclusive end", (3, 6), (19, 22)),
        ("bytes, shifted by +10", (15, 19), (34, 38)),
    ],
)
def test_a_unit_is_diagnosed(unit: str, kyiv: tuple[int, int], oslo: tuple[int, int]) -> None:
    assert diagnose_offsets(TEXT, [([kyiv], "Kyiv"), ([oslo], "Oslo")]) == unit
    assert diagnose_offsets(TEXT, [([oslo], "Oslo"), ([kyiv], "Kyiv")]) == unit


def test_crlf_is_diagnosed_from_what_follows_the_line_end() -> None:
    assert diagnose_offsets("Kyiv\n\n\nOslo", [([(0, 4)], "Kyiv"), ([(10, 14)], "Oslo")]) == "crlf"


def test_discontinuous_spans_are_diagnosed() -> None:
    text = "🚀 North and South Korea"  # North 2–7, Korea 18–23 in code points
    assert diagnose_offsets(text, [([(3, 8), (19, 24)], "North Korea")]) == "utf-16"


def test_nothing_wrong_is_no_diagnosis() -> None:
    assert diagnose_offsets(TEXT, [([KYIV], "Kyiv")]) is None
    assert diagnose_offsets(TEXT, []) is None


def test_one_surface_that_no_unit_explains_spoils_the_diagnosis() -> None:
    assert diagnose_offsets(TEXT, [([(3, 7)], "Kyiv"), ([(19, 23)], "Bern")]) is None


def test_a_large_shift_is_not_believed_from_one_place() -> None:
    text = "Kyiv said on Monday that Oslo agreed."  # Oslo 25–29
    assert diagnose_offsets(text, [([(5, 9)], "Oslo")]) is None
    assert diagnose_offsets(text, [([(26, 30)], "Oslo")]) == "shifted by +1"


@pytest.mark.parametrize(
    ("spans", "unit"),
    [
        ([(1, 3)], "utf-16"),  # begins inside the rocket
        ([(0, 99)], "bytes"),  # beyond the text
        ([(4, 3)], "inclusive end"),  # empty
        ([(0, 1)], "shifted by +1"),  # before the text
    ],
)
def test_what_cannot_be_converted_is_null(spans: list[tuple[int, int]], unit: str) -> None:
    assert convert_offsets(TEXT, spans, unit) is None


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="no offset unit 'graphemes'"):
        convert_offsets(TEXT, [(0, 1)], "graphemes")


WORDS = st.lists(
    st.sampled_from(["Kyiv", "café", "Zelenskyy", "tanks", "Ωmega", "𝔘nion", "Oslo", "日本"]), min_size=3, unique=True
)


def _count(text: str, place: int, unit: str) -> int:
    """The offset of a code point by encoding what stands before it, not by adding up widths as the code does."""
    before = text[:place]
    if unit.startswith("utf-16"):
        return len(before.encode("utf-16-le")) // 2
    if unit.startswith("bytes"):
        return len(before.encode())
    return len(before.replace("\n", "\r\n")) if unit.startswith("crlf") else place


@given(
    words=WORDS,
    gap=st.sampled_from([" ", "\n", " 🚀 "]),
    base=st.sampled_from(["utf-16", "bytes", "crlf", ""]),
    inclusive=st.booleans(),
    shift=st.integers(-1, 20),
    data=st.data(),
)
def test_repair_restores_the_spans(
    words: list[str], gap: str, base: str, inclusive: bool, shift: int, data: st.DataObject
) -> None:
    text = "x" + gap + gap.join(words)
    starts = [1 + len(gap) + sum(len(word) + len(gap) for word in words[:i]) for i in range(len(words))]
    gold = [(start, start + len(word)) for start, word in zip(starts, words, strict=True)]
    chosen = data.draw(st.lists(st.sampled_from(gold), min_size=2, max_size=6, unique=True))
    given_ = [(_count(text, start, base) + shift, _count(text, end, base) + shift - inclusive) for start, end in chosen]
    assume(all(start >= 0 for start, _ in given_))
    named = ", ".join(
        part for part in (base, "inclusive end" * inclusive, f"shifted by {shift:+d}" * (shift != 0)) if part
    )
    if named:
        assert convert_offsets(text, given_, named) == tuple(chosen)
    items = [([span], text[slice(*true)]) for span, true in zip(given_, chosen, strict=True)]
    found = diagnose_offsets(text, items)
    if found is None:  # nothing was wrong
        assert all(spans_text(text, spans) == surface for spans, surface in items)
        return
    wrong = [(spans, surface) for spans, surface in items if spans_text(text, spans) != surface]
    for spans, surface in wrong:
        converted = convert_offsets(text, spans, found)
        assert converted is not None
        assert spans_text(text, converted) == surface
