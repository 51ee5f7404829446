"""Strings without offsets: hand-worked places, and the laws that hold of every place."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldassay.formats.folding import fold, fold_text
from goldassay.formats.grounding import GroundingCounts, Quote, count_groundings, ground_strings

ARTICLE = "🚀 Kyiv said: “We won’t.” Kyiv’s cafés, and KYIV."
# Kyiv 2–6, said 7–11, the quotation 13–24, Kyiv 25–29, KYIV 43–47 in code points


def spans(text: str, *quotes: Quote) -> list[tuple[int, int] | None]:
    return [grounding.span for grounding in ground_strings(text, quotes)]


def kinds(text: str, *quotes: Quote) -> list[str]:
    return [grounding.how for grounding in ground_strings(text, quotes)]


def test_offsets_are_code_points_after_an_astral_character() -> None:
    assert spans(ARTICLE, Quote("said")) == [(7, 11)]
    assert kinds(ARTICLE, Quote("said")) == ["exact"]


def test_predictions_take_occurrences_in_text_order() -> None:
    assert spans(ARTICLE, Quote("Kyiv"), Quote("said"), Quote("Kyiv")) == [(2, 6), (7, 11), (25, 29)]
    assert kinds(ARTICLE, Quote("Kyiv"), Quote("Kyiv")) == ["exact", "exact"]


def test_fewer_predictions_than_occurrences_take_the_first_and_are_ambiguous() -> None:
    assert spans(ARTICLE, Quote("Kyiv")) == [(2, 6)]
    assert kinds(ARTICLE, Quote("Kyiv")) == ["ambiguous"]


def test_more_predictions_than_occurrences_stay_without_a_place() -> None:
    assert spans(ARTICLE, Quote("Kyiv"), Quote("Kyiv"), Quote("Kyiv")) == [(2, 6), (25, 29), None]


def test_shared_stretches_reuse_the_last_occurrence() -> None:
    found = ground_strings("Kyiv said so.", [Quote("said"), Quote("said")], reuse=True)
    assert [grounding.span for grounding in found] == [(5, 9), (5, 9)]
    assert ground_strings("Kyiv said so.", [Quote("told")], reuse=True)[0].span is None


def test_nth_names_its_occurrence_and_others_pass_over_it() -> None:
    assert spans(ARTICLE, Quote("Kyiv", nth=2), Quote("Kyiv")) == [(25, 29), (2, 6)]
    assert spans(ARTICLE, Quote("Kyiv"), Quote("Kyiv", nth=1)) == [(25, 29), (2, 6)]
    assert kinds(ARTICLE, Quote("Kyiv", nth=2), Quote("Kyiv")) == ["nth", "exact"]
    assert spans(ARTICLE, Quote("Kyiv", nth=3)) == [None]


def test_straight_quotes_find_curly_ones() -> None:
    assert spans(ARTICLE, Quote('"We won\'t."')) == [(13, 24)]
    assert ARTICLE[13:24] == "“We won’t.”"
    assert kinds(ARTICLE, Quote("Kyiv's")) == ["folded"]


def test_case_is_folded_only_where_nothing_else_is_found() -> None:
    assert spans("US aid. He told us.", Quote("US"), Quote("US")) == [(0, 2), None]
    assert spans("He told us.", Quote("US")) == [(8, 10)]


def test_white_space_is_collapsed_with_a_way_back() -> None:
    text = "in New\n  York\u00a0City today"
    assert spans(text, Quote(" New York City ")) == [(3, 18)]
    assert text[3:18] == "New\n  York\u00a0City"


def test_decomposed_characters() -> None:
    decomposed = unicodedata.normalize("NFD", "le café est")  # 12 code points: c 3, e 6, accent 7
    assert spans(decomposed, Quote("café")) == [(3, 8)]
    assert spans(decomposed, Quote("cafe")) == [None]  # half a letter is none
    assert spans("le café est", Quote(unicodedata.normalize("NFD", "café"))) == [(3, 7)]


def test_half_a_ligature_is_no_match() -> None:
    assert spans("a ﬁne day", Quote("fine")) == [(2, 5)]
    assert spans("a ﬁ ne", Quote("i ne")) == [None]


def test_only_whole_words() -> None:
    assert spans("with it", Quote("it")) == [(5, 7)]
    assert spans("Ukraine", Quote("Ukrain")) == [None]
    assert spans("F-16s", Quote("F-16")) == [None]
    assert spans("(Kyiv),", Quote("Kyiv")) == [(1, 5)]


def test_scripts_without_spaces_have_boundaries_everywhere() -> None:
    assert spans("北京表示", Quote("北京")) == [(0, 2)]
    assert spans("ที่กรุงเทพ", Quote("กรุงเทพ")) == [(3, 10)]
    assert spans("Москвауехал", Quote("Москва")) == [None]


def test_a_discontinuous_surface_is_not_put_together() -> None:
    assert spans("North and South Korea", Quote("North Korea")) == [None]


@pytest.mark.parametrize("empty", ["", "  ", "\n"])
def test_nothing_is_nowhere(empty: str) -> None:
    assert kinds(ARTICLE, Quote(empty)) == ["ungrounded"]


def test_only_inside_a_stretch() -> None:
    assert ground_strings(ARTICLE, [Quote("Kyiv")], inside=(10, 40))[0].span == (25, 29)


def test_counts_add_up() -> None:
    quotes = [Quote("Kyiv"), Quote("said"), Quote("Bern"), Quote("Kyiv's"), Quote("Kyiv", nth=2)]
    counts = count_groundings(ground_strings(ARTICLE, quotes))
    assert counts == GroundingCounts(exact=2, folded=1, nth=1, ungrounded=1)
    assert counts.total == 5
    assert (counts + counts).total == 10


TEXTS = st.text(
    st.one_of(
        st.sampled_from("aA éßﬁΣσς ‘’“”\"'`´¨\u0301\u00a0\n.-½²🚀한ᄒ\u1161ｶ\uff9e"), st.characters(codec="utf-8")
    ),
    max_size=60,
)


@given(text=TEXTS, quotes=st.lists(st.builds(Quote, TEXTS, st.none() | st.integers(1, 4)), max_size=5))
def test_grounding_never_raises(text: str, quotes: list[Quote]) -> None:
    found = ground_strings(text, quotes)
    assert len(found) == len(quotes)
    assert count_groundings(found).total == len(quotes)


@given(text=TEXTS, data=st.data())
def test_a_grounded_span_folds_to_the_folded_string(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    quote = data.draw(
        st.sampled_from([text[slice(*edges)], fold(text[slice(*edges)]), fold(text[slice(*edges)], case=True)])
    )
    span = ground_strings(text, [Quote(quote)])[0].span
    if span is not None:
        assert fold(text[slice(*span)], case=True) == fold(quote, case=True)


@given(text=TEXTS)
def test_folding_knows_its_way_back(text: str) -> None:
    folded = fold_text(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


@given(text=TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(word=st.sampled_from(["Kyiv", "café", "Łódź"]), before=st.integers(0, 5), after=st.integers(0, 5))
def test_each_of_n_predictions_finds_its_own_occurrence(word: str, before: int, after: int) -> None:
    count = before + after + 1
    found = ground_strings(" and ".join([word] * count), [Quote(word)] * count)
    assert [grounding.span for grounding in found] == [
        (i * (len(word) + 5), i * (len(word) + 5) + len(word)) for i in range(count)
    ]
