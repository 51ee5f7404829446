"""One gold fact and one predicted fact, compared in every field that a row of the numeric facts layer counts."""

from dataclasses import dataclass

from goldassay.layers.identity import Identities
from goldassay.layers.numeric_fields import (
    accepted,
    agreement,
    bound_side,
    convert_said,
    counted_agreement,
    gold_extents,
    jaccard,
    printed_ends,
    said_approx,
    said_bound_side,
    said_interval,
    same_sources,
    subject_agreement,
)
from goldassay.match.slip import name_slip
from goldassay.match.unit import UnitComparison
from goldassay.match.value import ValueComparison, parse_interval
from goldassay.model.numeric_facts import Extent, NumericFact
from goldassay.model.predictions import PredictedFact, Prediction


@dataclass(frozen=True, slots=True)
class FactComparison:
    """How far a prediction agrees with a gold fact.

    overlap    best character Jaccard of any two extents, 0 to 1
    number, span, extent   whether a place of the prediction is exactly a `number`, a `span`, any of the three extents
    value      the values compared in the gold's unit
    near       whether the gold is approximate and the prediction inside its rounding interval
    printed    whether the numbers as printed are equal, open sides set aside ("300" for "at least 300")
    unit       the units compared
    approx     same approximator
    bound      same open side, and the ends that both have are included alike
    counted, subject       0 to 1; null where the gold names none
    label, status          same property, same status
    sources    same chain, from outside in; null where the gold has none
    slip       a label of `match.slip.SLIPS`, null where the value is right or nothing explains it
    """

    overlap: float
    number: bool
    span: bool
    extent: bool
    value: ValueComparison
    near: bool
    printed: bool
    unit: UnitComparison
    approx: bool
    bound: bool
    counted: float | None
    subject: float | None
    label: bool
    status: bool
    sources: bool | None
    slip: str | None

    @property
    def right_value(self) -> bool:
        """Exactly, or inside the rounding interval of an approximate gold value."""
        return self.value.exact or self.near

    @property
    def converts(self) -> bool:
        """Whether the units are the same or convert into each other."""
        return self.unit.conversion is not None

    @property
    def core(self) -> bool:
        """Value, unit and what is counted."""
        return self.right_value and self.converts and self.counted in (None, 1.0)

    @property
    def strict(self) -> bool:
        """As `core`, and approximator, bound, subject and status."""
        return self.core and self.approx and self.bound and self.subject in (None, 1.0) and self.status

    @property
    def soft(self) -> float:
        """0.35 value + 0.10 unit + 0.10 modifiers + 0.15 counted + 0.15 subject + 0.10 status + 0.05 sources.

        Half of the modifiers is the approximator, half the bound. Summed in twentieths, so that all right is exactly 1.
        """
        counted, subject = (1.0 if found is None else found for found in (self.counted, self.subject))
        labels = 2 * self.converts + self.approx + self.bound + 2 * self.status + (self.sources is not False)
        return (7 * self.value.soft + 3 * counted + 3 * subject + labels) / 20


def compare_fact(
    fact: NumericFact, said: PredictedFact, known: Identities, text: str, predicted: Prediction
) -> FactComparison:
    """Compare all fields; `text` is the document's, `predicted` the line that the prediction stands in."""
    unit, value = agreement(fact, said)
    gold_value, said_value = parse_interval(fact.value), said_interval(said)
    converted = convert_said(said_value, unit, fact)
    extents = {tuple(map(tuple, spans)) for spans in said.extents}
    numbers, spans = ({tuple(map(tuple, e.spans)) for e in group} for group in _numbers_and_spans(fact))
    places = {tuple(map(tuple, spans)) for spans in gold_extents(fact)}
    near = fact.approx != "none" and value.within_rounding is True
    slip = name_slip(
        gold_value,
        said_value,
        unit,
        gold_unit=fact.unit,
        predicted_unit=said.unit,
        difference=fact.role == "change",
    )
    return FactComparison(
        overlap=jaccard(gold_extents(fact), said.extents),
        number=bool(numbers & extents),
        span=bool(spans & extents),
        extent=bool(places & extents),
        value=value,
        near=near,
        printed=value.exact
        or (said.parsed and fact.value is not None and printed_ends(gold_value) == printed_ends(converted)),
        unit=unit,
        approx=said_approx(said) == fact.approx,
        bound=value.inclusive and bound_side(fact.bound, gold_value) == said_bound_side(said, said_value),
        counted=counted_agreement(fact, said, known, text) if fact.counted is not None else None,
        subject=subject_agreement(fact, said, known, predicted),
        label=said.property in accepted(fact, "property", fact.property),
        status=said.status in accepted(fact, "status", fact.status),
        sources=same_sources(fact, said, known),
        slip=slip if not near else None,
    )


def _numbers_and_spans(fact: NumericFact) -> tuple[list[Extent], list[Extent]]:
    return [mention.number for mention in fact.mentions], [mention.span for mention in fact.mentions]
