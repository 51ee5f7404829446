"""The measures of a tally under many weightings of its documents at once: the same divisions, one axis more."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from goldassay.measures.formulas import macro, ratio, weighted
from goldassay.measures.measure import RATIOS, Match, Statistic
from goldassay.measures.totals import ALL, FloatArray, Totals, statistic_values
from goldassay.tally.tally import Tally

Key = tuple[str, str, str, str]
"""Match, statistic, average, group: which score of a view."""

Weigh = Callable[[Mapping[str, FloatArray]], Mapping[str, FloatArray]]
"""Columns (U, G) to their totals under B weightings (B, G)."""


def document_values(tally: Tally, matches: Sequence[Match]) -> dict[str, FloatArray]:
    """Columns of the averages over documents: each document's value (0 where undefined) and whether it is defined.

    Column names are `match.statistic.value` and `match.statistic.defined`, shape (U, 1); both add over documents.
    """
    table = {match.name: match for match in matches}
    units = {name: column.sum(axis=1, keepdims=True) for name, column in tally.counts.items()}
    columns: dict[str, FloatArray] = {}
    for match in matches:
        for statistic in match.statistics:
            if statistic in RATIOS:
                continue
            values = statistic_values(units, match, statistic, table)
            columns[f"{match.name}.{statistic}.value"] = np.nan_to_num(values)
            columns[f"{match.name}.{statistic}.defined"] = (~np.isnan(values)).astype(np.float64)
    return columns


def resampled_values(
    totals: Totals, by_document: Totals, groups: Sequence[str], matches: Sequence[Match]
) -> dict[Key, FloatArray]:
    """The value of every score of a view under each weighting, shape (B,); NaN where it is undefined.

    Args:
        totals: Weighted totals of the tally's columns, each (B, G).
        by_document: Weighted totals of `document_values`, each (B, 1).
        groups: The tally's groups.
        matches: The matches of its view.
    """
    table = {match.name: match for match in matches}
    pooled = {name: column.sum(axis=-1, keepdims=True) for name, column in totals.items()}
    found: dict[Key, FloatArray] = {}
    for match in matches:
        for statistic in match.statistics:
            found |= _values_of(match, statistic, totals, pooled, by_document, groups, table)
    return found


def _values_of(
    match: Match,
    statistic: Statistic,
    totals: Totals,
    pooled: Totals,
    by_document: Totals,
    groups: Sequence[str],
    table: Mapping[str, Match],
) -> dict[Key, FloatArray]:
    key = (match.name, statistic)
    found: dict[Key, FloatArray] = {
        (*key, "micro", ALL): statistic_values(pooled, match, statistic, table)[..., 0],
    }
    if statistic in RATIOS:
        return found
    start = f"{match.name}.{statistic}"
    found[*key, "document", ALL] = ratio(by_document[f"{start}.value"], by_document[f"{start}.defined"])[..., 0]
    if len(groups) > 1:
        values = statistic_values(totals, match, statistic, table)
        found[*key, "macro", ALL] = macro(values)
        found[*key, "weighted", ALL] = weighted(values, totals[match.gold])
        found |= {(*key, "micro", group): values[..., index] for index, group in enumerate(groups)}
    return found
