"""Which numbers the page shows first, and so which errors these numbers count."""

from goldassay.measures.measure import Measure
from goldassay.report.table import HEADLINES

FURTHER: tuple[tuple[Measure, str], ...] = (
    (Measure("coreference", "f1", "conll", "all"), "coreference: CoNLL F1"),
    (Measure("attributions", "f1", "relation", "relations"), "attributions: F1 of relations"),
    (Measure("times", "f1", "whole", "expressions"), "times: F1 of span, type and value"),
)
"""Shown beside the numbers to quote, if any system has them."""

_VIEWS = frozenset((measure.layer, measure.view) for measure, _ in (*HEADLINES, *FURTHER))


def is_quoted(layer: str, view: str) -> bool:
    """Whether the number that the score table shows of a layer counts the items of this view.

    >>> is_quoted("entities", "names"), is_quoted("entities", "all")
    (True, False)
    """
    return (layer, view) in _VIEWS
