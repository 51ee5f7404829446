"""From a tally's totals to scores: the only floor on which anything is divided."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from goldassay.measures.formulas import f1, macro, precision, ratio, recall
from goldassay.measures.measure import Match, Measure, Statistic
from goldassay.model.scorefile import Interval, Score
from goldassay.tally.tally import Tally

FloatArray = npt.NDArray[np.float64]
Totals = Mapping[str, npt.NDArray[np.int64]]

ALL = "all"
"""The group that holds every item."""


def score_match(tally: Tally, match: Match) -> list[Score]:
    """All scores of one match: each statistic, micro and macro over the groups, and group by group.

    A group in which there is neither gold nor prediction is left out of the list; in the macro mean a group whose value
    is undefined does not count.
    """
    totals, scores = tally.total(), []
    pooled = {name: column.sum(keepdims=True) for name, column in totals.items()}
    for statistic in match.statistics:
        values = statistic_values(totals, match, statistic)
        micro = float(statistic_values(pooled, match, statistic)[0])
        scores.append(_score(tally, match, statistic, "micro", ALL, micro, pooled, 0))
        if statistic != "rate":
            scores.append(_score(tally, match, statistic, "macro", ALL, macro(values), pooled, 0))
        for index, group in enumerate(tally.groups):
            if totals[match.gold][index] or totals[match.predicted][index]:
                scores.append(_score(tally, match, statistic, "micro", group, float(values[index]), totals, index))
    return scores


def statistic_values(totals: Totals, match: Match, statistic: Statistic) -> FloatArray:
    """The statistic of each entry of the totals, shape (..., G)."""
    credit_gold, credit_predicted = credit(totals, match.credit_gold), credit(totals, match.credit_predicted)
    gold, predicted = totals[match.gold], totals[match.predicted]
    match statistic:
        case "precision":
            return precision(credit_predicted, predicted)
        case "recall":
            return recall(credit_gold, gold)
        case "f1":
            return f1(credit_gold, credit_predicted, gold, predicted)
        case "rate":
            return ratio(credit_gold, gold)


def credit(totals: Totals, weights: Mapping[str, float]) -> FloatArray:
    """Weighted sum of verdict columns; exact for the halves that are paid."""
    parts = np.stack([points * totals[column].astype(np.float64) for column, points in weights.items()])
    total: FloatArray = parts.sum(axis=0)
    return total


def _score(
    tally: Tally, match: Match, statistic: str, average: str, group: str, value: float, totals: Totals, index: int
) -> Score:
    columns = {
        "gold": totals[match.gold],
        "predicted": totals[match.predicted],
        "credit_gold": credit(totals, match.credit_gold),
        "credit_predicted": credit(totals, match.credit_predicted),
    }
    counts = {name: _whole(float(column[index])) for name, column in columns.items()}
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
