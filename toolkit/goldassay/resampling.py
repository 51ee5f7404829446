"""L4: the values of every score under resampled documents, and the intervals they give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

import numpy as np
from msgspec import structs

from goldassay.errors import UsageError
from goldassay.evaluate import Evaluation
from goldassay.layers import get_layers
from goldassay.layers.base import GoldDocument
from goldassay.measures.measure import Match, parse_measure
from goldassay.measures.resampled import Key, document_values, resampled_values
from goldassay.measures.totals import Totals
from goldassay.model.scorefile import Interval, Score
from goldassay.stats.interval import FEW_UNITS, percentile_interval, whole_range
from goldassay.stats.weights import FloatArray, bootstrap_weights, leave_one_out, weigh
from goldassay.tally.tally import POOLED, CountArray, Tally, unit_order

Unit = Literal["document", "source"]


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals are estimated; all of it is part of the signature.

    resamples   draws of the bootstrap
    seed        where its random numbers start
    unit        what is drawn: `document`, or `source` for all documents of one source together
    level       share of resamples inside an interval
    """

    resamples: int = 2000
    seed: int = 13
    unit: Unit = "document"
    level: float = 0.95

    def token(self) -> str:
        """How a signature names it.

        >>> Resampling().token()
        'seed13.draws2000.document.0.95'
        """
        return f"seed{self.seed}.draws{self.resamples}.{self.unit}.{self.level:g}"


def unit_names(gold: Sequence[GoldDocument], unit: Unit) -> dict[str, str]:
    """Document id to the unit that is resampled with it.

    Source: Field and Welsh (2007), Bootstrapping clustered data, for drawing whole clusters.

    Raises:
        UsageError: Sources are to be drawn and a document names none.
    """
    bare = [item.document.doc_id for item in gold if not item.document.source] if unit == "source" else []
    if bare:
        raise UsageError(f"--unit source: document {bare[0]!r} names no source ({len(bare)} of {len(gold)} documents)")
    return {item.document.doc_id: item.document.source if unit == "source" else item.document.doc_id for item in gold}


def unit_axis(names: Mapping[str, str]) -> tuple[str, ...]:
    """The units in canonical order, so that neither file order nor the layer at hand moves a weight."""
    units = list(dict.fromkeys(names.values()))
    return tuple(units[index] for index in unit_order(units))


def lay_out(
    columns: Mapping[str, CountArray], documents: Sequence[str], names: Mapping[str, str], axis: Sequence[str]
) -> dict[str, CountArray]:
    """Columns of counts by document summed by unit on the common axis, shape (U, G).

    Units that have none of these documents get zeros, so that layers annotated in some documents only share weights.

    >>> lay_out({"gold": np.array([[1], [2]])}, ["a", "b"], {"a": "x", "b": "x"}, ["w", "x"])["gold"].tolist()
    [[0], [3]]
    """
    place = {unit: index for index, unit in enumerate(axis)}
    rows = np.array([place[names[doc_id]] for doc_id in documents], dtype=np.int64)
    laid: dict[str, CountArray] = {}
    for name, column in columns.items():
        summed = cast(CountArray, np.zeros_like(column, shape=(len(axis), column.shape[1])))
        np.add.at(summed, rows, column)
        laid[name] = summed
    return laid


@dataclass(frozen=True, slots=True)
class Laid:
    """One view on the common axis: its columns, those of its means over documents, and how many units have it."""

    tally: Tally
    matches: tuple[Match, ...]
    columns: Mapping[str, CountArray]
    by_document: Mapping[str, CountArray]
    n_units: int

    def values(self, weights: FloatArray | None) -> dict[Key, FloatArray]:
        """The value of every score of the view under each row of weights; with each unit left out for null."""
        if weights is None:
            totals, means = leave_one_out(self.columns), leave_one_out(self.by_document)
        else:
            totals, means = weigh(weights, self.columns), weigh(weights, self.by_document)
        return resampled_values(totals, means, self.tally.groups, self.matches)

    def values_of(self, key: Key, weights: FloatArray) -> FloatArray:
        """The value of one score under each row of weights, shape (B,)."""
        return self._one(key, weigh(weights, self.columns), weigh(weights, self.by_document))

    def alone(self, key: Key) -> FloatArray:
        """The value of one score in each unit by itself, shape (U,)."""
        return self._one(key, self.columns, self.by_document)

    def left_out(self, key: Key) -> FloatArray:
        """The value of one score with each unit left out, shape (U,)."""
        return self._one(key, leave_one_out(self.columns), leave_one_out(self.by_document))

    def mixed(self, other: "Laid", key: Key, swaps: FloatArray) -> FloatArray:
        """The value of one score where the units marked in each row of `swaps` come from the other system."""
        stay = 1 - swaps
        columns = _add(weigh(stay, self.columns), weigh(swaps, other.columns))
        return self._one(key, columns, _add(weigh(stay, self.by_document), weigh(swaps, other.by_document)))

    def _one(self, key: Key, totals: Totals, means: Totals) -> FloatArray:
        named = {match.name: match for match in self.matches}
        needed = [key[0]]
        for name in needed:
            needed += [part for part in named[name].mean_of if part not in needed]
        return resampled_values(totals, means, self.tally.groups, [named[name] for name in needed])[key]


def _add(one: Mapping[str, FloatArray], other: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    return {name: column + other[name] for name, column in one.items()}


def lay_out_tally(tally: Tally, names: Mapping[str, str], axis: Sequence[str]) -> Laid:
    """A tally with the matches of its view, laid out on the common axis."""
    matches = tuple(match for match in get_layers()[tally.layer].matches if match.view == tally.view)
    means = document_values(tally, matches)
    return Laid(
        tally=tally,
        matches=matches,
        columns=lay_out(tally.counts, tally.units, names, axis),
        by_document=lay_out(means, tally.units, names, axis),
        n_units=len({names[doc_id] for doc_id in tally.units}),
    )


def score_key(score: Score) -> Key:
    """Which value of its view a score is."""
    measure = parse_measure(score.measure)
    return measure.match, measure.statistic, measure.average, score.group


def estimate_intervals(evaluation: Evaluation, gold: Sequence[GoldDocument], resampling: Resampling) -> Evaluation:
    """The evaluation with an interval for every score.

    From `FEW_UNITS` documents annotated in the layer on it is a percentile interval of a bootstrap of documents; below
    that the range of values with one document left out, which is no interval: so few documents say nothing about
    others. Views that count all documents at once have none.
    """
    names = unit_names(gold, resampling.unit)
    axis = unit_axis(names)
    views = {
        (tally.layer, tally.view): lay_out_tally(tally, names, axis)
        for tally in evaluation.tallies
        if tally.units != (POOLED,)
    }
    many = {view for view, laid in views.items() if laid.n_units >= FEW_UNITS}
    found: dict[tuple[str, str], list[dict[Key, FloatArray]]] = {view: [] for view in views}
    for weights in bootstrap_weights(len(axis), resampling.resamples if many else 0, resampling.seed):
        for view in many:
            found[view].append(views[view].values(weights))
    for view, laid in views.items():
        if view not in many and laid.n_units > 1:
            found[view].append(laid.values(None))
    scores = []
    for score in evaluation.scores:
        view = (score.layer, parse_measure(score.measure).view)
        blocks = found.get(view, [])
        values = np.concatenate([block[score_key(score)] for block in blocks]) if blocks else np.empty(0)
        scores.append(structs.replace(score, interval=_interval(values, resampling, many=view in many)))
    return replace(evaluation, scores=tuple(scores))


def _interval(values: FloatArray, resampling: Resampling, *, many: bool) -> Interval:
    if not len(values):
        return Interval()
    spread = percentile_interval(values, resampling.level) if many else whole_range(values)
    if np.isnan(spread.low):
        return Interval()
    return Interval(
        kind="bootstrap" if many else "leave_one_out",
        low=spread.low,
        high=spread.high,
        level=resampling.level if many else None,
        resamples=len(values),
        undefined_share=spread.undefined_share,
    )
