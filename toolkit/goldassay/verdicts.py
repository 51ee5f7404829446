"""L4: what a gate allows and what it says of a run: records, lost items, limits on values.

Both sides are predictions, scored on today's gold by today's tool, so that neither can move between two runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from goldassay.differences import Difference
from goldassay.evaluate import Evaluation
from goldassay.item_outcomes import ItemKey, Outcomes, share_right
from goldassay.measures.totals import ALL

Verdict = Literal["pass", "fail", "inconclusive"]
Outcome = Literal["pass", "fail", "inconclusive", "unanswered"]

UNANSWERED = 4
"""Exit code of a run that leaves a document, in all layers or in one that is gated, without an answer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a gate allows.

    max_drop    a drop up to this is no failure, 0 to 1
    alpha       chance of failing a run that is no worse, over all gated measures together
    fail_under  {measure token: smallest value}
    items       judge gold items one by one as well
    """

    max_drop: float = 0.005
    alpha: float = 0.01
    fail_under: Mapping[str, float] = field(default_factory=dict)
    items: bool = False


@dataclass(frozen=True, slots=True)
class GroupDrop:
    """What one group (type, dimension, kind) of a measure lost: a diagnosis, never a failure.

    support     gold items of the group
    """

    group: str
    baseline: float
    run: float
    support: int


@dataclass(frozen=True, slots=True)
class GatedMeasure:
    """One gated measure. `drop` is positive where the run is worse, whatever the measure's best value.

    n_units     documents (or sources) in which the layer is annotated
    p           chance of a drop this far beyond the allowance if there were none, corrected over the gate (Holm); null
                under `FEW_UNITS` units
    detectable  smallest drop that this gate would have found in four of five cases; null under `FEW_UNITS` units, or
                where neither side varies
    at_most     whether `detectable` is an upper bound: the sides differ in too few units to estimate it
    groups      the groups that got worse, those first that cost most
    """

    measure: str
    group: str
    baseline: float | None
    run: float | None
    drop: float | None
    n_units: int
    difference: Difference
    p: float | None
    detectable: float | None
    at_most: bool
    verdict: Verdict
    groups: Sequence[GroupDrop]


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate says of a run, with its reasons.

    lost_items     gold items that most baseline runs have right and most of this system's runs have wrong
    under          measures below their `fail_under`: (token, value, limit); the value is null where it is undefined
    unanswered     documents without any answer: they are never a drop of a score
    uncovered      gated layers without an answer in any document
    unanswered_in  {layer: further documents without an answer in it}; they are no drop either
    """

    measures: Sequence[GatedMeasure]
    lost_items: Sequence[ItemKey]
    under: Sequence[tuple[str, float | None, float]]
    unanswered: Sequence[str]
    uncovered: Sequence[str]
    limits: Limits
    unanswered_in: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def verdict(self) -> Outcome:
        """Unanswered if an answer is missing; else fail if anything fails.

        Else inconclusive if a gated measure could not be judged, unless items are judged; else pass. That a group of it
        could not (most often because it is empty) decides nothing.
        """
        verdicts = {one.verdict for one in self.measures}
        whole = {one.verdict for one in self.measures if one.group == ALL}
        if self.unanswered or self.uncovered or self.unanswered_in:
            return "unanswered"
        if self.under or "fail" in verdicts or (self.limits.items and self.lost_items):
            return "fail"
        if not self.limits.items and "inconclusive" in whole:
            return "inconclusive"
        return "pass"

    @property
    def exit_code(self) -> int:
        """4 for missing answers, 1 for fail, else 0."""
        return {"unanswered": UNANSWERED, "fail": 1}.get(self.verdict, 0)


def lost_items(baseline: Sequence[Outcomes], run: Sequence[Outcomes]) -> list[ItemKey]:
    """Gold items that most of the baseline's runs have right and most of the new runs have wrong.

    >>> key = ItemKey("entities", "d", "m1")
    >>> [lost.item for lost in lost_items([Outcomes({key: True}, {})], [Outcomes({key: False}, {})])]
    ['m1']
    """
    before, now = share_right(baseline), share_right(run)
    return sorted(key for key, share in before.items() if share > 0.5 and now.get(key, 0.0) < 0.5)


def below(run: Sequence[Evaluation], limits: Mapping[str, float]) -> list[tuple[str, float | None, float]]:
    """The measures whose mean over the runs is under its limit, or undefined.

    A measure that no run scores is under its limit too: a gate must not pass because a layer is missing.
    """
    found = []
    for token, limit in limits.items():
        values = [score.value for one in run for score in one.scores if score.measure == token and score.group == ALL]
        known = [value for value in values if value is not None]
        mean = sum(known) / len(known) if known and len(known) == len(run) else None
        if mean is None or mean < limit:
            found.append((token, mean, limit))
    return found
