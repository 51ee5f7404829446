"""From a tally's totals to scores: the only floor on which anything is divided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
import numpy.typing as npt

from goldassay.measures.formulas import f1, harmonic_mean, macro, precision, ratio, recall, weighted
from goldassay.measures.measure import RATIOS, Match, Measure, Statistic
from goldassay.model.scorefile import Interval, Score
from goldassay.tally.tally import POOLED, CountArray, Tally

FloatArray = npt.NDArray[np.float64]
Totals = Mapping[str, CountArray]

ALL = "all"
"""The group that holds every item."""

LEFT = ("gold_left", "predicted_left")
"""Columns of what a view leaves out of its two sizes; a score shows them where its view has them."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The totals that a view's scores are divided from: by group, over all groups, and by document."""

    groups: Totals
    pooled: Totals
    documents: Totals


def sum_tally(tally: Tally) -> Sums:
    """All sums of a tally's columns."""
    totals = tally.total()
    return Sums(
        groups=totals,
        pooled={name: column.sum(keepdims=True) for name, column in totals.items()},
        documents={name: column.sum(axis=1) for name, column in tally.counts.items()},
    )


def score_view(tally: Tally, matches: Sequence[Match]) -> list[Score]:
    """All scores of the matches of one view."""
    table, sums = {match.name: match for match in matches}, sum_tally(tally)
    return [score for match in matches for score in score_match(tally, sums, match, table)]


def score_match(tally: Tally, sums: Sums, match: Match, table: Mapping[str, Match]) -> list[Score]:
    """All scores of one match: each statistic by every average, and group by group.

    The averages come first, in the order micro, macro, weighted, document. A group in which there is neither gold nor
    prediction is left out of the list; where a group's or a document's value is undefined, it does not enter a mean. A
    tally of one group has no means over groups, one of all documents at once none over documents, a statistic of one
    number (`RATIOS`) only its micro value. `table` holds the view's matches by name, for those that are means of
    others.
    """
    totals, scores = sums.groups, []
    counts, pooled_counts = _counts(totals, match), _counts(sums.pooled, match)
    for statistic in match.statistics:
        averages = {"micro": float(statistic_values(sums.pooled, match, statistic, table)[0])}
        whole = tally.units == (POOLED,) or statistic in RATIOS
        by_group = len(tally.groups) > 1 and statistic not in RATIOS
        if by_group:
            values = statistic_values(totals, match, statistic, table)
            averages |= {"macro": float(macro(values)), "weighted": float(weighted(values, totals[match.gold]))}
        if not whole:
            averages["document"], n_defined = document_mean(sums.documents, match, statistic, table)
        for average, value in averages.items():
            own = {name: column[0] for name, column in pooled_counts.items()}
            own |= {"documents": n_defined} if average == "document" else {}
            scores.append(_score(tally, match, statistic, average, ALL, value, own))
        if not by_group:
            continue
        for index, group in enumerate(tally.groups):
            if totals[match.gold][index] or totals[match.predicted][index]:
                own = {name: column[index] for name, column in counts.items()}
                scores.append(_score(tally, match, statistic, "micro", group, float(values[index]), own))
    return scores


def document_mean(
    documents: Totals, match: Match, statistic: Statistic, table: Mapping[str, Match]
) -> tuple[float, int]:
    """Mean over the documents in which the value is defined, and their number; NaN and 0 where there is none."""
    values = statistic_values(documents, match, statistic, table)
    defined = values[~np.isnan(values)]
    return (fsum(defined) / len(defined) if len(defined) else float("nan")), len(defined)


def statistic_values(totals: Totals, match: Match, statistic: Statistic, table: Mapping[str, Match]) -> FloatArray:
    """The statistic of each entry of the totals, shape (..., G)."""
    if match.mean_of:
        return _mean(totals, match, statistic, table)
    if match.formula is not None:
        return match.formula(totals)
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
        case "rate" | "mean":
            return ratio(credit_gold, gold)
        case "value":
            raise ValueError(f"match {match.name!r} has a value but no formula")


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


def _counts(totals: Totals, match: Match) -> dict[str, list[int | float]]:
    """What stands beside a value: both sizes, what the view leaves out, and the credits that were divided."""
    columns: dict[str, CountArray] = {"gold": totals[match.gold], "predicted": totals[match.predicted]}
    columns |= {name: totals[name] for name in LEFT if name in totals}
    if not match.mean_of and match.formula is None:
        columns["credit_gold"] = credit(totals, match.credit_gold)
        columns["credit_predicted"] = credit(totals, match.credit_predicted)
    return {name: [_whole(float(count)) for count in column] for name, column in columns.items()}


def _score(
    tally: Tally,
    match: Match,
    statistic: str,
    average: str,
    group: str,
    value: float,
    counts: dict[str, int | float],
) -> Score:
    return Score(
        layer=tally.layer,
        measure=str(Measure(tally.layer, statistic, match.name, match.view, average)),
        group=group,
        value=None if np.isnan(value) else value,
        counts=counts,
        interval=Interval(),
        n_documents=len(tally.units),
        support=int(counts["gold"]),
    )


def _whole(number: float) -> float:
    """A count as an integer where it is one, so that files show 57 and not 57.0."""
    return int(number) if number.is_integer() else number
