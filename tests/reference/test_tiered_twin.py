"""The array kernel of the default alignment agrees with its slow, readable twin."""

import random
import sys
from pathlib import Path

from goldassay.match.columns import span_columns
from goldassay.match.tiered import match_tiered

sys.path.insert(0, str(Path(__file__).parent))

from tiered_twin import Span, align

TYPES = ("GPE", "ORG", "PERSON")
DOCUMENTS = 10_000


def random_spans(source: random.Random, prefix: str) -> list[Span]:
    spans = []
    for number in range(source.choice((0, 1, 2, 3, 4, 5))):
        cuts = sorted(source.sample(range(14), 4 if source.random() < 0.2 else 2))
        fragments = tuple(zip(cuts[::2], cuts[1::2], strict=True))
        spans.append(Span(fragments, source.choice(TYPES), f"{prefix}{number}"))
        if source.random() < 0.1:
            spans.append(Span(fragments, source.choice(TYPES), f"{prefix}{number}b"))
    return spans[:6]


def test_kernel_and_twin_agree_on_random_documents() -> None:
    source = random.Random(13)
    gold = [random_spans(source, "g") for _ in range(DOCUMENTS)]
    predicted = [random_spans(source, "p") for _ in range(DOCUMENTS)]
    left, right = span_columns(gold_items(gold), gold_items(predicted), TYPES)
    pairs = match_tiered(left, right)
    found: list[set[tuple[str, str, int]]] = [set() for _ in range(DOCUMENTS)]
    for g, p, tier in zip(pairs.gold, pairs.predicted, pairs.tier, strict=True):
        document = int(left.document[g])
        found[document].add((gold[document][left.position[g]].id, predicted[document][right.position[p]].id, int(tier)))
    seen_tiers = set()
    for document in range(DOCUMENTS):
        expected = {(g.id, p.id, tier) for g, p, tier in align(gold[document], predicted[document])}
        seen_tiers |= {tier for _, _, tier in expected}
        assert found[document] == expected, (gold[document], predicted[document])
    assert seen_tiers == {1, 2, 3, 4}


def gold_items(documents: list[list[Span]]) -> list[list[tuple[tuple[tuple[int, int], ...], str, str]]]:
    return [[(span.fragments, span.type, span.id) for span in spans] for spans in documents]
