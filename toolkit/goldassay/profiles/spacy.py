"""spaCy 3.8's Scorer: entities and spans as sets per document, and links of correctly found mentions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores, rates
from goldassay.profiles.spans import TokenizedDocument, TokenSpan, has_overlap, tokenize


def drop_overlapping(spans: Iterable[TokenSpan]) -> list[TokenSpan]:
    """Spans none of whose tokens an earlier one holds.

    >>> drop_overlapping([TokenSpan(0, 2, "A"), TokenSpan(1, 3, "B"), TokenSpan(3, 4, "B")])
    [TokenSpan(start=0, end=2, type='A'), TokenSpan(start=3, end=4, type='B')]
    """
    kept: list[TokenSpan] = []
    taken: set[int] = set()
    for span in spans:
        tokens = range(span.start, span.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(span)
    return kept


def count_spans(documents: Sequence[TokenizedDocument], prefix: str) -> dict[str, Any]:
    """Numbers over all types and for each type that occurs; null over all if there is no span at all."""
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        gold, predicted = set(document.gold), set(document.predicted)
        for spans, column in ((gold, "gold"), (predicted, "predicted"), (gold & predicted, "right")):
            for span in spans:
                types[span.type][column] += 1
    total = sum(types.values(), Counter())
    overall = _rates(total) if total else dict.fromkeys(("precision", "recall", "f1"))
    return {prefix: overall, **{f"{prefix}/type/{name}": _rates(types[name]) for name in sorted(types)}}


def _rates(counts: Counter[str]) -> dict[str, float]:
    return rates(counts["right"], counts["predicted"], counts["gold"])


def score_spans(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """`get_ner_prf` and `score_spans` (without overlaps) and `score_spans_overlap` (with them)."""
    tokenized: list[TokenizedDocument] = []
    for document in documents:
        item = tokenize(document)
        if isinstance(item, NoAnswer):
            return item
        tokenized.append(item)
    flat = [item._replace(predicted=drop_overlapping(item.predicted)) for item in tokenized]
    values = count_spans(tokenized, "score_spans_overlap") | count_spans(flat, "score_spans")
    if any(has_overlap(item.gold) or has_overlap(item.predicted) for item in tokenized):
        return values | {"get_ner_prf": NoAnswer("entities overlap; the original raises when they are set")}
    return values | count_spans(tokenized, "get_ner_prf")


def score_links(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """`score_links`: micro, macro and for each gold type that has a predicted mention with the same span."""
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        gold = {(item["start"], item["end"]): item for item in document["gold"] or ()}
        for item in document["predicted"] or ():
            right = gold.get((item["start"], item["end"]))
            if right is not None:
                types[right["type"]].update(_judge_link(right["kb_id"], item["kb_id"]))
    by_type = {name: _rates(types[name]) for name in sorted(types)}
    macro = {
        key: sum(values[key] for values in by_type.values()) / len(by_type) if by_type else 0.0
        for key in ("precision", "recall", "f1")
    }
    return {
        "score_links/micro": _rates(sum(types.values(), Counter())),
        "score_links/macro": macro,
        **{f"score_links/type/{name}": values for name, values in by_type.items()},
    }


def _judge_link(gold: str | None, predicted: str | None) -> dict[str, int]:
    """A wrong id is one false positive and one false negative; a link to nothing counts on neither side."""
    return {
        "gold": int(gold is not None),
        "predicted": int(predicted is not None),
        "right": int(gold is not None and gold == predicted),
    }


SPACY_SPANS = Profile(
    name="spacy",
    kind="spans",
    scorers=("spacy@3.8.18", "spacy"),
    tolerance=1e-8,
    quirks=(
        "Sets of (document, type, span): duplicates collapse, a type error is a miss and a spurious span, there is no "
        "partial credit. No span on either side gives null, not 0; any other 0/0 is 0. Entities (get_ner_prf) must "
        "not overlap: the original raises. score_spans without overlaps keeps, of overlapping predictions, the one "
        "listed first."
    ),
    score=score_spans,
)
SPACY_LINKS = Profile(
    name="spacy",
    kind="links",
    scorers=("spacy@3.8.18", "spacy"),
    tolerance=1e-8,
    quirks=(
        "Only predicted mentions whose span equals a gold span are judged; their type need not agree, and the result "
        "is filed under the gold type. Missed and spurious mentions cost nothing. NIL against NIL is ignored, a wrong "
        "id is a false positive and a false negative. The macro average runs over the types that had such a mention."
    ),
    score=score_links,
)
