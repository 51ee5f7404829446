"""Laws of the coreference metrics, against definitions spelt out mention by mention and link by link."""

from collections.abc import Hashable, Sequence
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldassay.measures.coreference import METRICS, Counts, count_coreference, divide

Clusters = list[list[Hashable]]


@st.composite
def clusterings(draw: st.DrawFn, mentions: str = "abcdefgh") -> Clusters:
    """Some of the mentions, each in one cluster."""
    clusters: dict[int, list[Hashable]] = {}
    for mention in mentions:
        place = draw(st.integers(0, 4))
        if place:
            clusters.setdefault(place, []).append(mention)
    return list(clusters.values())


def cluster_of(mention: Hashable, side: Clusters) -> set[Hashable]:
    return next((set(cluster) for cluster in side if mention in cluster), set())


def links(side: Clusters) -> set[frozenset[Hashable]]:
    return {frozenset(pair) for cluster in side for pair in combinations(cluster, 2)}


def all_pairs(side: Clusters) -> set[frozenset[Hashable]]:
    return {frozenset(pair) for pair in combinations([mention for cluster in side for mention in cluster], 2)}


def best_matching(key: Clusters, response: Clusters, entity: bool) -> float:
    def similarity(left: Sequence[Hashable], right: Sequence[Hashable]) -> float:
        shared = len(set(left) & set(right))
        return 2 * shared / (len(left) + len(right)) if entity else shared

    small, large = sorted((key, response), key=len)
    return max(
        (sum(map(similarity, small, chosen)) for chosen in permutations(large, len(small))),
        default=0.0,
    )


@given(clusterings(), clusterings())
def test_b_cubed_mention_by_mention(key: Clusters, response: Clusters) -> None:
    mentions = [mention for cluster in key for mention in cluster]
    shares = [
        len(cluster_of(mention, key) & cluster_of(mention, response)) / len(cluster_of(mention, key))
        for mention in mentions
    ]
    counts = count_coreference(key, response)["b_cubed"]
    assert (counts.r_num, counts.r_den) == (pytest.approx(sum(shares)), len(mentions))


@given(clusterings(), clusterings())
def test_muc_as_the_fewest_links_to_add(key: Clusters, response: Clusters) -> None:
    kept = wanted = 0
    for cluster in key:
        parts = {frozenset(cluster_of(mention, response) or {("alone", mention)}) for mention in cluster}
        kept += len(cluster) - len(parts)
        wanted += len(cluster) - 1
    counts = count_coreference(key, response)["muc"]
    assert (counts.r_num, counts.r_den) == (kept, wanted)


@given(clusterings(), clusterings())
def test_blanc_link_by_link(key: Clusters, response: Clusters) -> None:
    counts = count_coreference(key, response)
    shared = links(key) & links(response)
    assert counts["blanc_coreference"] == Counts(len(shared), len(links(response)), len(shared), len(links(key)))
    apart = (all_pairs(key) - links(key)) & (all_pairs(response) - links(response))
    assert counts["blanc_non_coreference"] == Counts(
        len(apart),
        len(all_pairs(response)) - len(links(response)),
        len(apart),
        len(all_pairs(key)) - len(links(key)),
    )


@given(clusterings(), clusterings())
def test_lea_link_by_link(key: Clusters, response: Clusters) -> None:
    total = 0.0
    for cluster in key:
        if len(cluster) == 1:
            total += cluster in response
            continue
        own = links([cluster])
        total += len(cluster) * len(own & links(response)) / len(own)
    counts = count_coreference(key, response)["lea"]
    assert (counts.r_num, counts.r_den) == (pytest.approx(total), sum(map(len, key)))


@given(clusterings(), clusterings())
def test_ceaf_against_all_matchings(key: Clusters, response: Clusters) -> None:
    counts = count_coreference(key, response)
    assert counts["ceaf_mention"].p_num == best_matching(key, response, entity=False)
    assert counts["ceaf_entity"].r_num == pytest.approx(best_matching(key, response, entity=True))


@given(clusterings(), clusterings())
def test_swapping_the_sides_swaps_precision_and_recall(key: Clusters, response: Clusters) -> None:
    there, back = count_coreference(key, response), count_coreference(response, key)
    for name in METRICS:
        assert divide(there[name]).precision == pytest.approx(divide(back[name]).recall)
        assert divide(there[name]).f1 == pytest.approx(divide(back[name]).f1)


@given(clusterings(), clusterings(), st.randoms(use_true_random=False))
def test_order_of_clusters_and_mentions_never_matters(key: Clusters, response: Clusters, source: object) -> None:
    shuffled = [[list(cluster) for cluster in side] for side in (key, response)]
    for side in shuffled:
        source.shuffle(side)  # type: ignore[attr-defined]
        for cluster in side:
            source.shuffle(cluster)  # type: ignore[attr-defined]
    assert count_coreference(*shuffled) == count_coreference(key, response)


@given(clusterings())
def test_identity_is_perfect_or_undefined(key: Clusters) -> None:
    for name, counts in count_coreference(key, key).items():
        assert divide(counts).f1 in (None, pytest.approx(1.0)), name


@given(clusterings("abcd"), clusterings("abcd"), clusterings("wxyz"), clusterings("wxyz"))
def test_documents_add_up(key: Clusters, response: Clusters, other_key: Clusters, other_response: Clusters) -> None:
    first, second = count_coreference(key, response), count_coreference(other_key, other_response)
    together = count_coreference(key + other_key, response + other_response)
    for name in METRICS:
        if name != "blanc_non_coreference":  # its pairs stay inside a document
            both = first[name] + second[name]
            assert both.p_num == pytest.approx(together[name].p_num)
            assert (both.p_den, both.r_den) == (together[name].p_den, together[name].r_den)


def test_a_large_component_is_solved_too() -> None:
    # key cluster i = {2i, 2i + 1}, response cluster i = {2i + 1, 2i + 2}: a ring, each cell shares one mention
    size = 60
    key: Clusters = [[2 * i, 2 * i + 1] for i in range(size)]
    response: Clusters = [[2 * i + 1, (2 * i + 2) % (2 * size)] for i in range(size)]
    counts = count_coreference(key, response)
    assert counts["ceaf_mention"].p_num == size
    assert counts["ceaf_entity"].p_num == pytest.approx(size / 2)
