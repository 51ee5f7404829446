"""The stances layer: who takes which side on what, according to whom."""

from typing import Annotated

import msgspec

from goldassay.model.labels import Act, Dimension, Quote, StanceStatus, StanceTier, TargetKind
from goldassay.model.record import Id, Record, Span

Grade = Annotated[int, msgspec.Meta(ge=-2, le=2)]
Sign = Annotated[int, msgspec.Meta(ge=-1, le=1)]


class Proposition(Record, frozen=True, kw_only=True):
    """An action or state of affairs that stances are about, with an id like an entity's."""

    id: Id
    gloss: str
    about: list[str] = []


class Attribution(Record, frozen=True, kw_only=True):
    """One reported content: its source, cue and content, nested through `parent`."""

    id: Id
    parent: str | None = None
    source: str
    source_spans: list[Span] = []
    cue_spans: list[Span] = []
    content_spans: list[Span] = []
    antecedent: str | None = None
    quote: Quote
    verbatim_spans: list[Span] = []
    unbalanced_quote: bool = False
    addressee: str | None = None
    time: str | None = None
    hedge_spans: list[Span] = []
    self_report: bool = False


class Target(Record, frozen=True, kw_only=True):
    """What a stance is about: an entity or a proposition of the same document."""

    kind: TargetKind
    id: str


class Stance(Record, frozen=True, kw_only=True):
    """One holder's stance on one target.

    `grade` runs from -2 to 2 with the meaning of its dimension; `grade_alt` lists further grades that careful
    annotators could defend. `sources` are the reporting links, AUTHOR first, outermost first, the holder left out.
    """

    id: Id
    holder: str
    holder_spans: list[Span] = []
    target: Target
    target_spans: list[Span] = []
    toward: str | None = None
    toward_sign: Sign | None = None
    dimension: Dimension
    grade: Grade
    grade_alt: list[Grade] = []
    mixed: bool = False
    act: Act
    expression_spans: list[Span] = []
    sources: list[str] = []
    attribution: str | None = None
    status: StanceStatus = "actual"
    negated_report: bool = False
    hedge_spans: list[Span] = []
    condition_spans: list[Span] = []
    inferred: bool = False
    headline: bool = False
    grounds_of: str | None = None
    same_as: str | None = None
    tier: StanceTier = "core"
    note: str | None = None


class StancesRow(Record, frozen=True, kw_only=True):
    """All propositions, attributions and stances of one document."""

    doc_id: Id
    propositions: list[Proposition]
    attributions: list[Attribution]
    stances: list[Stance]


def sign(grade: int) -> int:
    """-1, 0 or 1.

    >>> [sign(grade) for grade in (-2, 0, 1)]
    [-1, 0, 1]
    """
    return (grade > 0) - (grade < 0)


def polarity(stance: Stance) -> str | None:
    """favor, neutral or against for evaluation, position and intent; null for belief."""
    return None if stance.dimension == "belief" else ("against", "neutral", "favor")[sign(stance.grade) + 1]


def veracity(stance: Stance) -> str | None:
    """affirmed, uncommitted or denied for belief; null for the other dimensions."""
    return ("denied", "uncommitted", "affirmed")[sign(stance.grade) + 1] if stance.dimension == "belief" else None
