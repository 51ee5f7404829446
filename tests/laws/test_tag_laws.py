"""What is written as tags is read back, in every scheme and both ways of reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldassay.formats.tags import (
    SCHEMES,
    TagError,
    TypedSpan,
    decode_lenient,
    decode_strict,
    encode_tags,
    parse_tag,
)


@st.composite
def sentences(draw: st.DrawFn) -> tuple[list[TypedSpan], int]:
    """Spans that do not overlap, in order, and the number of tokens."""
    spans: list[TypedSpan] = []
    place = 0
    for gap, size, name in draw(
        st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from(["A", "B", "MISC-X"])), max_size=6)
    ):
        spans.append((name, place + gap, place + gap + size))
        place += gap + size
    return spans, place + draw(st.integers(0, 2))


@given(sentences(), st.sampled_from(sorted(SCHEMES)))
def test_valid_tags_are_read_back_strictly_and_leniently(sentence: tuple[list[TypedSpan], int], scheme: str) -> None:
    spans, length = sentence
    tags = [parse_tag(tag) for tag in encode_tags(spans, length, scheme)]
    assert decode_strict(tags, SCHEMES[scheme]) == spans
    assert decode_lenient(tags) == spans


@given(sentences(), st.sampled_from(sorted(SCHEMES)))
def test_tags_with_the_letter_at_the_end_are_read_back(sentence: tuple[list[TypedSpan], int], scheme: str) -> None:
    spans, length = sentence
    turned = [tag if tag == "O" else f"{tag[2:]}-{tag[0]}" for tag in encode_tags(spans, length, scheme)]
    assert decode_strict([parse_tag(tag, suffix=True) for tag in turned], SCHEMES[scheme]) == spans


@given(st.lists(st.sampled_from(["O", "B-A", "I-A", "E-A", "S-A", "I-B", "L-B", "U-A"]), max_size=8))
def test_lenient_spans_never_overlap_and_cover_every_tag_that_is_not_outside(tags: list[str]) -> None:
    spans = decode_lenient([parse_tag(tag) for tag in tags])
    covered = [token for _, start, end in spans for token in range(start, end)]
    assert sorted(covered) == covered
    assert covered == [token for token, tag in enumerate(tags) if tag != "O"]


@given(st.lists(st.sampled_from(["O", "B-A", "I-A", "I-B", "B-B"]), max_size=8))
def test_strict_spans_are_written_back_as_they_were(tags: list[str]) -> None:
    spans = decode_strict([parse_tag(tag) for tag in tags], SCHEMES["IOB2"])
    written = encode_tags(spans, len(tags))
    assert all(mine in ("O", theirs) for mine, theirs in zip(written, tags, strict=True))


def test_what_cannot_be_read_or_written_is_named() -> None:
    with pytest.raises(TagError, match="empty tag"):
        parse_tag("")
    with pytest.raises(TagError, match="letter 'S', expected one of B, I, O"):
        decode_strict([parse_tag("S-A")], SCHEMES["IOB2"])
    with pytest.raises(TagError, match="overlaps another"):
        encode_tags([("A", 0, 2), ("B", 1, 3)], 4)
    with pytest.raises(TagError, match="leaves the 1 tokens"):
        encode_tags([("A", 0, 2)], 1)
