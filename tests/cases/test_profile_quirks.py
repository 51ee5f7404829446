"""The smallest case of each profile's quirk, worked by hand."""

from typing import Any

import pytest

from goldassay.profiles import PROFILES, NoAnswer, UnknownProfileError, get_profile
from goldassay.profiles.base import Options

WORDS = "w0 w1 w2 w3 w4 w5"


def item(first: int, last: int, name: str = "A", **more: Any) -> dict[str, Any]:
    """A span over the words `first` to `last`, both included; word n stands at 3n to 3n + 2."""
    return {"start": 3 * first, "end": 3 * last + 2, "type": name, **more}


def document(gold: list[Any] | None, predicted: list[Any] | None, doc_id: str = "d0") -> dict[str, Any]:
    return {"doc_id": doc_id, "text": WORDS, "gold": gold, "predicted": predicted}


def chain(*clusters: list[tuple[int, int]]) -> list[dict[str, Any]]:
    return [
        item(first, last, cluster=f"c{number}") for number, cluster in enumerate(clusters) for first, last in cluster
    ]


def numbers(name: str, documents: list[dict[str, Any]], kind: Any = None, **options: Any) -> dict[str, Any]:
    scores = get_profile(name, kind).score(documents, options)
    assert isinstance(scores, dict)
    return scores


def refusal(name: str, documents: list[dict[str, Any]], kind: Any = None, options: Options | None = None) -> str:
    scores = get_profile(name, kind).score(documents, options or {})
    assert isinstance(scores, NoAnswer)
    return scores.reason


def test_nervaluate_0_3_lets_one_prediction_use_two_gold_spans() -> None:
    two_for_one = [document([item(0, 0), item(1, 1)], [item(0, 1)])]
    partial = numbers("nervaluate-0.3", two_for_one)["partial"]
    # 2 partial pairs from 1 prediction: actual = 2, P = R = (2 x 1/2) / 2
    assert (partial["partial"], partial["actual"], partial["possible"]) == (2, 2, 2)
    assert (partial["precision"], partial["recall"]) == (0.5, 0.5)
    # 1.1: 1 partial pair and 1 miss: P = 1/2 / 1, R = 1/2 / 2
    newer = numbers("nervaluate-1.1", two_for_one)["partial"]
    assert (newer["partial"], newer["missed"], newer["precision"], newer["recall"]) == (1, 1, 0.5, 0.25)


def test_nervaluate_0_3_counts_a_repeated_prediction_as_right_twice() -> None:
    twice = [document([item(0, 0)], [item(0, 0), item(0, 0)])]
    assert numbers("nervaluate-0.3", twice)["strict"]["correct"] == 2
    newer = numbers("nervaluate-1.2", twice)["strict"]
    assert (newer["correct"], newer["spurious"]) == (1, 1)


def test_nervaluate_0_3_prints_listed_types_that_do_not_occur() -> None:
    nothing = [document([item(0, 0)], [])]
    assert "strict/B" in numbers("nervaluate-0.3", nothing, types=["A", "B"])
    assert "strict/B" not in numbers("nervaluate-1.2", nothing, types=["A", "B"])


def test_nervaluate_1_1_takes_the_first_overlap_and_loses_the_equal_span() -> None:
    nested = [document([item(0, 3), item(1, 1)], [item(1, 1)])]
    assert numbers("nervaluate-1.1", nested)["strict"]["correct"] == 0
    assert numbers("nervaluate-1.2", nested)["strict"]["correct"] == 1


def test_nervaluate_1_2_still_lets_an_earlier_prediction_take_the_span_that_a_later_one_equals() -> None:
    gold = [item(0, 2, "A"), item(3, 5, "B")]
    steal = [document(gold, [item(2, 3, "B"), item(0, 2, "A")])]
    # the first prediction settles for gold A, so the second, equal to it, has only B left, which it does not touch
    strict = numbers("nervaluate-1.2", steal)["strict"]
    assert (strict["correct"], strict["incorrect"], strict["spurious"], strict["missed"]) == (0, 1, 1, 1)


def test_nervaluate_1_1_forgets_half_credits_from_two_documents_on() -> None:
    one = document([item(0, 1)], [item(0, 0)])
    assert numbers("nervaluate-1.1", [one])["partial"]["f1"] == 0.5
    assert numbers("nervaluate-1.1", [one, one])["partial"]["f1"] == 0.0
    assert numbers("nervaluate-1.2", [one, one])["partial"]["f1"] == 0.5


def test_nervaluate_1_1_files_a_type_error_as_a_miss_and_a_spurious_span() -> None:
    wrong_type = [document([item(0, 0, "A")], [item(0, 0, "B")])]
    newer = numbers("nervaluate-1.1", wrong_type)
    assert (newer["exact"]["correct"], newer["exact/A"]["missed"], newer["exact/B"]["spurious"]) == (1, 1, 1)
    older = numbers("nervaluate-0.3", wrong_type)
    assert (older["exact/A"]["correct"], older["exact/B"]["actual"]) == (1, 0)


def test_nervaluate_thresholds() -> None:
    third = [document([item(0, 2)], [item(2, 3)])]  # 1 of 3 gold tokens: 33.3 %
    assert numbers("nervaluate-1.2", third, min_overlap_percentage=33.0)["partial"]["partial"] == 1
    assert numbers("nervaluate-1.2", third, min_overlap_percentage=34.0)["partial"]["partial"] == 0
    assert "ValueError" in refusal("nervaluate-1.2", third, options={"min_overlap_percentage": 0.5})
    assert "TypeError" in refusal("nervaluate-0.3", third, options={"min_overlap_percentage": 50.0})


def test_seqeval_reads_an_inside_tag_as_a_beginning_and_strict_mode_drops_it() -> None:
    tags = [document(["I-A", "O"], ["B-A", "O"])]
    assert numbers("seqeval", tags, "tags")["default/micro"]["f1"] == 1.0
    strict = numbers("seqeval-strict", tags, "tags", scheme="IOB2")
    # no gold entity, one predicted: P = 0/1, R = 0/0 printed as 0
    assert strict["strict/entities_gold"]["token_spans_end_exclusive"] == [[]]
    assert strict["strict/micro"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 0}


def test_seqeval_misreads_bilou() -> None:
    found = numbers("seqeval", [document(["B-A", "I-A", "L-A", "U-A"], [])], "tags")
    # L and U are unknown letters: the chunk begun by B runs to the end, where the type changes
    assert found["default/entities_gold"]["token_spans_end_exclusive"] == [[["A", 0, 4]]]
    strict = numbers("seqeval-strict", [document(["B-A", "I-A", "L-A", "U-A"], [])], "tags", scheme="BILOU")
    assert strict["strict/entities_gold"]["token_spans_end_exclusive"] == [[["A", 0, 3], ["A", 3, 4]]]


def test_seqeval_loses_the_first_entity_of_ioe1() -> None:
    strict = numbers("seqeval-strict", [document(["E-A", "I-A"], [])], "tags", scheme="IOE1")
    assert strict["strict/entities_gold"]["token_spans_end_exclusive"] == [[["A", 1, 2]]]


def test_seqeval_averages() -> None:
    found = numbers("seqeval", [document([item(0, 0, "A"), item(1, 1, "A")], [item(0, 0, "A"), item(3, 3, "B")])])
    # A: P 1/1, R 1/2, F 2/3; B (only predicted): 0. macro F = (2/3 + 0)/2; weighted by gold support = 2/3
    assert found["default/macro"]["f1"] == pytest.approx(1 / 3)
    assert found["default/weighted"]["f1"] == pytest.approx(2 / 3)
    # token accuracy: of 6 tokens the second (missed) and the fourth (spurious) differ
    assert found["token/accuracy"]["accuracy"] == pytest.approx(4 / 6)
    nothing = numbers("seqeval", [document([], [])])
    assert nothing["default/micro"]["f1"] == 0.0
    assert nothing["default/macro"]["f1"] is None


def test_seqeval_cannot_write_overlapping_spans_and_strict_mode_refuses_foreign_letters() -> None:
    assert "overlap" in refusal("seqeval", [document([item(0, 1), item(1, 2)], [])])
    assert "scheme" in refusal("seqeval-strict", [document(["B-A"], [])], "tags")
    strict = numbers("seqeval-strict", [document(["S-A"], ["B-A"])], "tags", scheme="IOB2")
    assert isinstance(strict["strict/micro"], NoAnswer)
    assert strict["strict/entities_pred"]["token_spans_end_exclusive"] == [[["A", 0, 1]]]


def test_conlleval_is_the_default_mode_of_seqeval() -> None:
    tags = [document(["I-A", "B-A", "O"], ["I-A", "I-A", "O"])]
    assert numbers("conlleval", tags, "tags") == numbers("seqeval", tags, "tags")


def test_spacy_prints_null_for_no_span_and_sets_collapse_repetitions() -> None:
    assert numbers("spacy", [document([], [])])["get_ner_prf"]["f1"] is None
    twice = numbers("spacy", [document([item(0, 0)], [item(0, 0), item(0, 0)])])
    assert twice["score_spans_overlap"]["precision"] == 1.0
    assert isinstance(twice["get_ner_prf"], NoAnswer)  # the same span twice overlaps itself


def test_spacy_judges_links_of_found_mentions_only() -> None:
    gold = [item(0, 0, "A", kb_id="Q1"), item(1, 1, "A", kb_id="Q2"), item(2, 2, "B", kb_id=None)]
    predicted = [item(0, 0, "B", kb_id="Q9"), item(2, 2, "B", kb_id=None), item(4, 4, "A", kb_id="Q5")]
    scores = numbers("spacy", [document(gold, predicted)], "links")
    # Q1 against Q9: 1 FP, 1 FN, filed under gold type A; NIL-NIL: nothing, but B is a type of the macro average
    assert scores["score_links/micro"]["f1"] == 0.0
    assert set(scores) == {f"score_links/{name}" for name in ("micro", "macro", "type/A", "type/B")}


def test_neleval_pools_cluster_ids_over_documents() -> None:
    gold = [item(0, 0, "A", cluster="Q1", kb_id="Q1")]
    first, second = document(gold, gold, "d0"), document(gold, gold, "d1")
    pooled = numbers("neleval", [first, second], "links")
    # one cluster of 2 mentions: 1 link; document by document there would be none
    assert (pooled["muc"]["ptp"], pooled["muc"]["f1"]) == (1, 1.0)
    separate = numbers("neleval", [first, second], "clusters")
    assert (separate["muc"]["p_den"], separate["muc"]["f1"]) == (0, 0.0)


def test_neleval_takes_all_nil_for_one_id_and_counts_extra_documents() -> None:
    nil = [item(0, 0, "A", cluster="NIL1", kb_id=None)]
    other = [item(0, 0, "A", cluster="NIL2", kb_id=None)]
    scores = numbers("neleval", [document(nil, other), document(None, nil, "d1")], "links")
    assert (scores["strong_all_match"]["ptp"], scores["strong_all_match"]["fp"]) == (1, 1)
    assert scores["overlap-maxmax::span"]["precision"] == 0.5


def test_neleval_does_not_find_the_gold_perfect_where_a_mention_stands_in_two_clusters() -> None:
    twice = chain([(0, 0)], [(0, 0), (1, 1)])
    # predicted similarities: 1 + 1 + 2 x (2x1/3) = 10/3. The gold row of the second cluster loses w0: {w1}, so the
    # gold ones are 1 + 1 = 2; best matching 1 + 2/3 = 5/3. P = (5/3)/(10/3) = 1/2, R = 5/6, F = 5/8
    ceafe = numbers("neleval", [document(twice, twice)], "clusters")["ceafe"]
    assert (ceafe["precision"], ceafe["f1"]) == (pytest.approx(0.5), pytest.approx(0.625))


def test_coval_divides_ceafm_by_clusters() -> None:
    pair = chain([(0, 0), (1, 1)])
    ceafm = numbers("coval", [document(pair, pair)])["ceafm"]
    # 2 shared mentions over 1 cluster on each side
    assert (ceafm["precision"], ceafm["f1"]) == (2.0, 2.0)
    assert numbers("corefud", [document(pair, pair)])["ceafm"]["f1"] == 1.0


def test_coval_and_corefud_keep_repetitions_and_need_every_document() -> None:
    pair = chain([(0, 0), (1, 1)])
    repeated = chain([(0, 0), (0, 0), (1, 1)])
    # phi4 = 2 x 2 / (2 + 3) = 4/5
    for name in ("coval", "corefud"):
        assert numbers(name, [document(pair, repeated)])["ceafe"]["f1"] == pytest.approx(0.8)
        assert "KeyError" in refusal(name, [document(pair, None)])
        assert numbers(name, [document(None, pair)])["bcub"]["p_den"] == 0
    assert numbers("conll-8.01", [document(pair, repeated)])["ceafe"]["f1"] == 1.0
    assert numbers("conll-8.01", [document(pair, None)])["bcub"]["r_den"] == 2


def test_corefud_crashes_where_a_repetition_makes_links_that_are_not_there() -> None:
    repeated = chain([(0, 0), (0, 0)])
    single = chain([(0, 0)])
    scores = numbers("corefud", [document(repeated, single)])
    # the key's link w0-w0 is found in the response, which has no link: 1/0
    assert isinstance(scores["blanc_coref"]["precision"], NoAnswer)
    assert isinstance(scores["blanc"], NoAnswer)
    assert scores["blanc_coref"]["f1"] == 0.0


def test_blanc_drops_a_kind_of_link_by_the_key_or_by_both_sides() -> None:
    documents = [document(chain([(0, 0), (1, 1), (2, 2)]), chain([(0, 0), (1, 1)], [(2, 2)]))]
    # coreference links: key 3, response 1, shared 1: P 1, R 1/3, F 1/2; the key has no link across clusters
    assert numbers("conll-8.01", documents)["blanc"]["f1"] == 0.5
    assert numbers("corefud", documents)["blanc"]["f1"] == 0.25


def test_the_reference_scorer_depends_on_the_order_of_repetitions() -> None:
    gold = chain([(0, 0), (2, 2)], [(3, 3)])
    right_first = [item(0, 0, cluster="x"), item(0, 0, cluster="y"), item(2, 2, cluster="x"), item(3, 3, cluster="y")]
    wrong_first = [right_first[1], right_first[0], *right_first[2:]]
    assert numbers("conll-8.01", [document(gold, right_first)])["bcub"]["f1"] == 1.0
    # response {w0 w3} {w2}: every mention shares 1 of 2, 1 of 2, 1 of 1: P = 2/3; R = 1/2 + 1/2 + 1 over 3
    assert numbers("conll-8.01", [document(gold, wrong_first)])["bcub"]["f1"] == pytest.approx(2 / 3)


def test_the_reference_scorer_does_not_find_a_key_with_repetitions_perfect() -> None:
    twice = chain([(0, 0)], [(0, 0), (1, 1)])
    # response: w0 stays in the first chain; key index: w0 and w1 in the second. P = 2/2, R = (1/2 + 1/2) / 3
    bcub = numbers("conll-8.01", [document(twice, twice)])["bcub"]
    assert (bcub["precision"], bcub["recall"], bcub["f1"]) == (1.0, pytest.approx(1 / 3), pytest.approx(0.5))


def test_the_reference_scorer_refuses_after_ten_repetitions() -> None:
    gold = chain([(0, 0), (1, 1)])
    assert numbers("conll-8.01", [document(gold, chain([(0, 0)] * 11))])["bcub"]["p_den"] == 1
    assert "refuses" in refusal("conll-8.01", [document(gold, chain([(0, 0)] * 12))])


def test_the_reference_scorer_cuts_percentages_off_and_only_9_has_lea() -> None:
    documents = [document(chain([(0, 0), (1, 1), (2, 2)]), chain([(0, 0), (1, 1)], [(2, 2)]))]
    older, newer = (numbers(name, documents) for name in ("conll-8.01", "conll-9.0-alpha"))
    assert older["blanc"]["printed_f1_percent"] == 50.0
    # recall 3 x (1/3) / 3, precision (2 x 1 + 0) / 3: F = 2 x (1/3) x (2/3) / 1
    assert newer["lea"]["f1"] == pytest.approx(4 / 9)
    assert "lea" not in older


@pytest.mark.parametrize("name", ["coval", "corefud", "conll-8.01"])
def test_crossing_mentions_come_back_nested_from_a_bracket_column(name: str) -> None:
    crossing = [item(0, 2, cluster="c"), item(2, 4, cluster="c")]
    nested = [item(0, 4, cluster="c"), item(2, 2, cluster="c")]
    assert numbers(name, [document(crossing, nested)])["bcub"]["f1"] == 1.0
    assert numbers("neleval", [document(crossing, nested)], "clusters")["bcub"]["f1"] == 0.0


def test_every_profile_is_in_the_table_under_its_own_name_and_kind() -> None:
    for name, kind, _, _ in PROFILES:
        profile = get_profile(name, kind)  # type: ignore[arg-type]
        assert (profile.name, profile.kind) == (name, kind)
        assert len(profile.quirks) > 100


def test_a_profile_of_another_kind_is_refused_with_the_kinds_it_has() -> None:
    with pytest.raises(UnknownProfileError, match="reads spans, tags, not clusters"):
        get_profile("seqeval", "clusters")


@pytest.mark.parametrize(
    ("name", "kind"), sorted({row[:2] for row in PROFILES if row[1] in ("spans", "tags", "clusters", "links")})
)
def test_no_document_and_empty_documents_never_raise(name: str, kind: Any) -> None:
    profile = get_profile(name, kind)
    for documents in ([], [document([], [])], [document(None, [])], [document([], None)]):
        assert isinstance(profile.score(documents, {"scheme": "IOB2"}), dict | NoAnswer)
