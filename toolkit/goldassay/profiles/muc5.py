"""Counts and rates of the four MUC-5 / SemEval-2013 task 9.1 schemas, as nervaluate prints them.

Sources: Chinchor and Sundheim (1993), MUC-5 evaluation metrics; Segura-Bedmar et al. (2013), SemEval-2013 task 9.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from goldassay.profiles.base import CaseDocument, NoAnswer, Options, harmonic_mean
from goldassay.profiles.spans import TokenizedDocument, TokenSpan, tokenize

SCHEMAS = ("strict", "exact", "partial", "ent_type")
VERDICTS = ("correct", "incorrect", "partial", "missed", "spurious")
HALF_CREDIT = frozenset({"partial", "ent_type"})


def summarize(counts: Counter[str], *, half: bool) -> dict[str, Any]:
    """Counts with possible, actual, precision, recall and F1; with `half`, a partial match earns one half.

    >>> summarize(Counter(correct=2, partial=2, spurious=1), half=True)["precision"]  # (2 + 2/2) / 5
    0.6
    """
    matched = counts["correct"] + counts["incorrect"] + counts["partial"]
    actual, possible = matched + counts["spurious"], matched + counts["missed"]
    credit = counts["correct"] + (0.5 * counts["partial"] if half else 0.0)
    precision = credit / actual if actual else 0.0
    recall = credit / possible if possible else 0.0
    return {
        **{verdict: counts[verdict] for verdict in VERDICTS},
        "possible": possible,
        "actual": actual,
        "precision": precision,
        "recall": recall,
        "f1": harmonic_mean(precision, recall),
    }


def read_documents(
    documents: Sequence[CaseDocument], options: Options
) -> tuple[list[TokenizedDocument], list[str]] | NoAnswer:
    """Documents in tokens without the types that are not evaluated, and the list of types that are.

    The list is `types` of the options, else every type that occurs, sorted.
    """
    tokenized: list[TokenizedDocument] = []
    for document in documents:
        item = tokenize(document)
        if isinstance(item, NoAnswer):
            return item
        tokenized.append(item)
    used = {span.type for item in tokenized for span in (*item.gold, *item.predicted)}
    listed = options.get("types")
    types = sorted(used) if listed is None else list(listed)

    def keep(spans: Iterable[TokenSpan]) -> list[TokenSpan]:
        return [span for span in spans if span.type in types]

    return [TokenizedDocument(item.length, keep(item.gold), keep(item.predicted)) for item in tokenized], types
