"""Predictions: a superset of the gold records in which everything not scored may be missing.

A *prediction line* (`formats.prediction_line`) is what a system writes; a `Prediction` is what the scorer works on:
spans resolved to code points, strings kept as strings. An item whose place in the text could not be found stays in the
predicted count and aligns with nothing.
"""

import msgspec

from goldassay.model.labels import (
    Commitment,
    Dimension,
    Direction,
    EntityType,
    Level,
    Polarity,
    Quote,
    Role,
    StanceStatus,
    TimeType,
    Veracity,
)
from goldassay.model.numeric_facts import Link
from goldassay.model.record import Span


class PredictedMention(msgspec.Struct, frozen=True, kw_only=True):
    """One predicted mention; `spans` is empty where it could not be grounded, `group` is the predicted entity's id."""

    spans: tuple[Span, ...]
    type: EntityType | None
    level: Level | None = None
    group: str | None = None
    kb_id: str | None = None
    metonym: bool | None = None
    id: str | None = None
    text: str | None = None
    score: float | None = None


class PredictedEntity(msgspec.Struct, frozen=True, kw_only=True):
    """An entity of a prediction line; its mentions name it in `group`."""

    id: str
    type: EntityType | None = None
    name: str | None = None


class PredictedProposition(msgspec.Struct, frozen=True, kw_only=True):
    """A proposition of a prediction line, known to the scorer by its gloss."""

    id: str
    gloss: str
    about: tuple[str, ...] = ()


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A holder, target, source or subject as predicted: surface text, or the id of an entity or proposition.

    `entity` is an id of the line's own entities (with `--ids gold`: of the gold's), or AUTHOR or IMPLICIT.
    """

    text: str | None = None
    entity: str | None = None
    proposition: str | None = None
    spans: tuple[Span, ...] = ()


class PredictedAttribution(msgspec.Struct, frozen=True, kw_only=True):
    """One reported content with its source and cue."""

    source: Reference
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    quote: Quote | None = None
    parent: str | None = None
    id: str | None = None
    score: float | None = None


class PredictedStance(msgspec.Struct, frozen=True, kw_only=True):
    """One predicted stance; `sign` comes from grade, polarity or veracity.

    `sources` are null where the system said nothing of them; `attribution` is an id of the line's own attributions.
    """

    holder: Reference
    target: Reference
    sign: int
    belief: bool
    dimension: Dimension | None = None
    grade: int | None = None
    act: str | None = None
    toward: Reference | None = None
    toward_sign: int | None = None
    sources: tuple[Reference, ...] | None = None
    attribution: str | None = None
    status: StanceStatus | None = None
    negated_report: bool | None = None
    mixed: bool | None = None
    expression: tuple[Span, ...] = ()
    id: str | None = None
    score: float | None = None


class PredictedPair(msgspec.Struct, frozen=True, kw_only=True):
    """The side answered for one holder and target that `goldassay tasks stance-pairs` gives.

    `id` is null where the answer says a pair again or cannot be read, `sign` where it says no side.
    """

    id: str | None
    sign: int | None
    grade: int | None = None


class PredictedFact(msgspec.Struct, frozen=True, kw_only=True):
    """One predicted numeric fact.

    `lo`/`hi` are decimal strings; `parsed` is false where no value was given or none could be read. `extents` are all
    places in the text that the line gives for the fact, whether number, span or full.
    """

    parsed: bool
    lo: str | None = None
    hi: str | None = None
    lo_inc: bool = True
    hi_inc: bool = True
    approx: str | None = None
    bound: str | None = None
    unit: str | None = None
    counted: Reference | None = None
    subject: Reference | None = None
    base: Reference | None = None
    property: str | None = None
    kind: str | None = None
    magnitude: int | None = None
    status: str | None = None
    negated: bool | None = None
    role: Role | None = None
    direction: Direction | None = None
    time: str | None = None
    sources: tuple[Reference, ...] | None = None
    commitment: tuple[Commitment, ...] = ()
    links: tuple[Link, ...] = ()
    extents: tuple[tuple[Span, ...], ...] = ()
    id: str | None = None
    score: float | None = None
    text: str | None = None


class PredictedTime(msgspec.Struct, frozen=True, kw_only=True):
    """One predicted time expression; the values are strings as in the gold, null where the system gave none."""

    spans: tuple[Span, ...]
    type: TimeType | None
    value_text_only: str | None = None
    value_resolved: str | None = None
    grain: str | None = None
    mod: str | None = None
    begin: str | None = None
    end: str | None = None
    id: str | None = None
    score: float | None = None
    text: str | None = None


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """All that one system said of one document. A layer that the line does not carry is null, not empty."""

    doc_id: str
    run: str | None = None
    entities: tuple[PredictedEntity, ...] = ()
    propositions: tuple[PredictedProposition, ...] = ()
    mentions: tuple[PredictedMention, ...] | None = None
    stances: tuple[PredictedStance, ...] | None = None
    stance_pairs: tuple[PredictedPair, ...] | None = None
    attributions: tuple[PredictedAttribution, ...] | None = None
    numeric_facts: tuple[PredictedFact, ...] | None = None
    times: tuple[PredictedTime, ...] | None = None
    line: int | None = None


POLARITY_SIGN: dict[Polarity, int] = {"favor": 1, "neutral": 0, "against": -1}
VERACITY_SIGN: dict[Veracity, int] = {"affirmed": 1, "uncommitted": 0, "denied": -1}
