"""Predictions: a superset of the gold records in which everything not scored may be missing.

A *prediction line* is what a system writes (lenient, `Raw*` below); a `Prediction` is what the scorer works on: spans
resolved to code points, strings kept as strings. An item whose place in the text could not be found keeps its line in
the predicted count and aligns with nothing.
"""

from typing import Any

import msgspec

from goldassay.model.labels import Dimension, EntityType, Level, Polarity, StanceStatus, Veracity
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


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A holder, target, source or subject as predicted: surface text, or the id of an entity or proposition.

    `entity` is an id of the line's own entities (with `--ids gold`: of the gold's), or AUTHOR or IMPLICIT.
    """

    text: str | None = None
    entity: str | None = None
    proposition: str | None = None
    spans: tuple[Span, ...] = ()


class PredictedStance(msgspec.Struct, frozen=True, kw_only=True):
    """One predicted stance; `sign` comes from grade, polarity or veracity."""

    holder: Reference
    target: Reference
    sign: int
    belief: bool
    dimension: Dimension | None = None
    grade: int | None = None
    act: str | None = None
    toward: Reference | None = None
    sources: tuple[Reference, ...] | None = None
    status: StanceStatus | None = None
    expression: tuple[Span, ...] = ()
    id: str | None = None
    score: float | None = None


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
    property: str | None = None
    kind: str | None = None
    status: str | None = None
    sources: tuple[Reference, ...] | None = None
    extents: tuple[tuple[Span, ...], ...] = ()
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
    numeric_facts: tuple[PredictedFact, ...] | None = None
    line: int | None = None


PredictionLine = dict[str, Any]
"""One decoded line of a prediction file, before it is read into a `Prediction`."""

POLARITY_SIGN: dict[Polarity, int] = {"favor": 1, "neutral": 0, "against": -1}
VERACITY_SIGN: dict[Veracity, int] = {"affirmed": 1, "uncommitted": 0, "denied": -1}
