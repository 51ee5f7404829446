"""Coreference metrics worked by hand on one example and at the edges."""

import pytest

from goldassay.measures.coreference import (
    Counts,
    average_blanc,
    average_conll,
    count_coreference,
    divide,
    drop_singletons,
)

KEY = [["a", "b", "c"], ["d", "e", "f", "g"]]
RESPONSE = [["a", "b"], ["c", "d"], ["f", "g", "h", "i"]]


def test_one_example_of_every_metric() -> None:
    counts = count_coreference(KEY, RESPONSE)
    # both sides: a b c d f g; key 7, response 8
    assert counts["mentions"] == Counts(6, 8, 6, 7)
    # key parts: {ab c} 1 link of 2; {d e fg}: 4 - 3 = 1 of 3. response: ab 1 of 1, c|d 0 of 1, fg h i 1 of 3
    assert counts["muc"] == Counts(2, 5, 2, 5)
    # recall: (4 + 1)/3 + (1 + 4)/4; precision: 4/2 + (1 + 1)/2 + 4/4
    assert counts["b_cubed"].r_num == pytest.approx(5 / 3 + 5 / 4)
    assert (counts["b_cubed"].p_num, counts["b_cubed"].p_den, counts["b_cubed"].r_den) == (4.0, 8, 7)
    # best matching: abc-ab 2, defg-fghi 2
    assert counts["ceaf_mention"] == Counts(4, 8, 4, 7)
    # 2 x 2/5 + 2 x 2/8
    assert counts["ceaf_entity"].p_num == pytest.approx(0.8 + 0.5)
    assert (counts["ceaf_entity"].p_den, counts["ceaf_entity"].r_den) == (3, 2)
    # links ab and fg of 3 + 6 in the key, 1 + 1 + 6 in the response
    assert counts["blanc_coreference"] == Counts(2, 8, 2, 9)
    # pairs of the six common mentions: 15; together in the key: ab ac bc df dg fg, in the response: ab cd fg;
    # in either: ab ac bc df dg fg cd = 7, so 8 are apart in both. Pairs of 7: 21 - 9; of 8: 28 - 8
    assert counts["blanc_non_coreference"] == Counts(8, 20, 8, 12)
    # recall: 3 x 1/3 + 4 x 1/6; precision: 2 x 1/1 + 2 x 0 + 4 x 1/6
    assert counts["lea"].r_num == pytest.approx(1 + 4 / 6)
    assert counts["lea"].p_num == pytest.approx(2 + 4 / 6)
    assert (counts["lea"].p_den, counts["lea"].r_den) == (8, 7)


def test_the_averages_of_the_example() -> None:
    counts = count_coreference(KEY, RESPONSE)
    # F of the links: 2 x 1/4 x 2/9 / (1/4 + 2/9) = 4/17; of the non-links 2 x 8 / (20 + 12) = 1/2
    assert average_blanc(counts["blanc_coreference"], counts["blanc_non_coreference"]).f1 == pytest.approx(
        (4 / 17 + 1 / 2) / 2
    )
    b_cubed = 2 * 0.5 * (35 / 12 / 7) / (0.5 + 35 / 12 / 7)
    ceaf = 2 * (1.3 / 3) * (1.3 / 2) / (1.3 / 3 + 1.3 / 2)
    conll = average_conll(counts["muc"], counts["b_cubed"], counts["ceaf_entity"])
    assert conll == pytest.approx((0.4 + b_cubed + ceaf) / 3)


def test_identical_singletons_have_no_muc_and_so_no_conll_score() -> None:
    counts = count_coreference([["a"], ["b"]], [["b"], ["a"]])
    assert divide(counts["muc"]) == (None, None, None)
    assert all(divide(counts[name]).f1 == 1.0 for name in ("mentions", "b_cubed", "ceaf_entity", "lea"))
    assert average_conll(counts["muc"], counts["b_cubed"], counts["ceaf_entity"]) is None


def test_an_empty_document_counts_nothing() -> None:
    assert set(count_coreference([], []).values()) == {Counts()}


def test_one_empty_side_is_zero_not_null() -> None:
    missed = count_coreference([["a", "b"]], [])
    assert divide(missed["b_cubed"]) == (None, 0.0, 0.0)
    spurious = count_coreference([], [["a", "b"]])
    assert divide(spurious["b_cubed"]) == (0.0, None, 0.0)


def test_a_single_shared_mention_has_no_link_of_either_kind() -> None:
    counts = count_coreference([["a"]], [["a"]])
    halves = counts["blanc_coreference"], counts["blanc_non_coreference"]
    assert average_blanc(*halves) == (None, None, None)
    assert average_blanc(*halves, drop="both") == (None, None, None)


def test_without_singletons() -> None:
    key, response = drop_singletons([["a", "b"], ["c"]]), drop_singletons([["a"], ["b"], ["c"]])
    assert (key, response) == ([["a", "b"]], [])
    assert divide(count_coreference(key, response)["mentions"]).recall == 0.0


def test_counts_of_documents_add_up_before_the_division() -> None:
    first, second = count_coreference([["a", "b"]], [["a", "b"]]), count_coreference([["a", "b"]], [["a"], ["b"]])
    # B-cubed recall: (2 + 1) / (2 + 2); the mean of 1 and 1/2 would be the same only by chance of equal sizes
    assert divide(first["b_cubed"] + second["b_cubed"]).recall == 0.75
