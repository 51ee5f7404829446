"""From a tally's totals to scores: the only floor on which anything is divided."""

from collections.abc import Mapping, Sequence
from math import fsum
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from goldassay.measures.formulas import f1, harmonic_mean, macro, precision, ratio, recall, weighted
from goldassay.measures.measure import Match, Measure, Statistic
from goldassay.model.scorefile import Interval, Score
from goldassay.tally.tally import POOLED, CountArray, Tally

FloatArray = npt.NDArray[np.float64]
Totals = Mapping[str, CountArray]

ALL = "all"
"""The group that holds every item."""

LEFT = ("gold_left", "predicted_left")
"""Columns of what a view leaves out of its two sizes; a score shows them where its view has them."""


def score_view(tally: Tally, matches: Sequence[Match]) -> list[Score]:
    """All scores of the matches of one view."""
    table = {match.name: match for match in matches}
    return [score for match in matches for score in score_match(tally, match, table)]


def score_match(tally: Tally, match: Match, table: Mapping[str, Match]) -> list[Score]:
    """All scores of one match: each statistic by every average, and group by group.

    The averages come first, in the order micro, macro, weighted, document. A group in which there is neither gold nor
    prediction is left out of the list; where a group's or a document's value is undefined, it does not enter a mean. A
    tally of one group has no means over groups, one of all documents at once none over documents, a rate only its micro
    value. `table` holds the view's matches by name,
    for those that are means of others.
    """
    totals, scores = tally.total(), []
    pooled = {name: column.sum(keepdims=True) for name, column in totals.items()}
    for statistic in match.statistics:
        values = statistic_values(totals, match, statistic, table)
        averages = {"micro": float(statistic_values(pooled, match, statistic, table)[0])}
        if len(tally.groups) > 1 and statistic != "rate":
            averages |= {"macro": macro(values), "weighted": weighted(values, totals[match.gold])}
        if statistic != "rate" and tally.units != (POOLED,):
            averages["document"], n_defined = document_mean(tally, match, statistic, table)
        for average, value in averages.items():
            more = {"documents": n_defined} if average == "document" else {}
            scores.append(_score(tally, match, statistic, average, ALL, value, pooled, 0, more))
        if "macro" not in averages:
            continue
        for index, group in enumerate(tally.groups):
            if totals[match.gold][index] or totals[match.predicted][index]:
                scores.append(_score(tally, match, statistic, "micro", group, float(values[index]), totals, index))
    return scores


def document_mean(tally: Tally, match: Match, statistic: Statistic, table: Mapping[str, Match]) -> tuple[float, int]:
    """Mean over the documents in which the value is defined, and their number; NaN and 0 where there is none."""
    units = {name: column.sum(axis=1) for name, column in tally.counts.items()}
    values = statistic_values(units, match, statistic, table)
    defined = values[~np.isnan(values)]
    return (fsum(defined) / len(defined) if len(defined) else float("nan")), len(defined)


def statistic_values(totals: Totals, match: Match, statistic: Statistic, table: Mapping[str, Match]) -> FloatArray:
    """The statistic of each entry of the totals, shape (..., G)."""
    if match.mean_of:
        return _mean(totals, match, statistic, table)
    credit_gold, credit_predicted = credit(totals, match.credit_gold), credit(totals, match.credit_predicted)
    gold, predicted = totals[match.gold], totals[match.predicted]
    match statistic:
        case "precision":
            return precision(credit_predicted, predicted)
        case "recall":
            return recall(credit_gold, gold)
        case "f1":
            if match.harmonic:
                return harmonic_mean(credit_gold, credit_predicted, gold, predicted)
            return f1(credit_gold, credit_predicted, gold, predicted)
        case "rate":
            return ratio(credit_gold, gold)


def _mean(totals: Totals, match: Match, statistic: Statistic, table: Mapping[str, Match]) -> FloatArray:
    """Mean of the parts; undefined if a part that enters it is.

    Where parts without gold are left out, an undefined precision or recall inside the mean counts as 0, as BLANC has
    it; with no part left the mean is undefined.
    """
    parts = np.stack([statistic_values(totals, table[name], statistic, table) for name in match.mean_of])
    if not match.mean_skips_no_gold:
        mean: FloatArray = parts.mean(axis=0)
        return mean
    enters = np.stack([np.asarray(totals[table[name].gold]) > 0 for name in match.mean_of])
    return ratio(np.where(enters, np.nan_to_num(parts), 0.0).sum(axis=0), enters.sum(axis=0))


def credit(totals: Totals, weights: Mapping[str, float]) -> FloatArray:
    """Weighted sum of verdict columns; exact for the halves that are paid."""
    parts = np.stack([points * totals[column].astype(np.float64) for column, points in weights.items()])
    total: FloatArray = parts.sum(axis=0)
    return total


def _score(
    tally: Tally,
    match: Match,
    statistic: str,
    average: str,
    group: str,
    value: float,
    totals: Totals,
    index: int,
    more: Mapping[str, int] = MappingProxyType({}),
) -> Score:
    columns: dict[str, CountArray] = {"gold": totals[match.gold], "predicted": totals[match.predicted]}
    columns |= {name: totals[name] for name in LEFT if name in totals}
    if not match.mean_of:
        columns["credit_gold"] = credit(totals, match.credit_gold)
        columns["credit_predicted"] = credit(totals, match.credit_predicted)
    counts: dict[str, int | float] = {name: _whole(float(column[index])) for name, column in columns.items()}
    return Score(
        layer=tally.layer,
        measure=str(Measure(tally.layer, statistic, match.name, match.view, average)),
        group=group,
        value=None if np.isnan(value) else value,
        counts=counts | dict(more),
        interval=Interval(),
        n_documents=len(tally.units),
        support=int(counts["gold"]),
    )


def _whole(number: float) -> float:
    """A count as an integer where it is one, so that files show 57 and not 57.0."""
    return int(number) if number.is_integer() else number
