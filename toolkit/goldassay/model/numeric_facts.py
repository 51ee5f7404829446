"""The numeric facts layer: which numbers are stated about what, in which status, and the times of the text."""

from typing import Annotated

import msgspec

from goldassay.model.labels import (
    Approx,
    Bound,
    Commitment,
    Direction,
    FactStatus,
    FactTier,
    LinkType,
    NumericKind,
    Property,
    ResolvedBy,
    Role,
    TimeType,
)
from goldassay.model.record import Id, Record, Span

Decimal = Annotated[str, msgspec.Meta(pattern=r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$")]
"""A number as a plain decimal string, so that no digit is lost to floating point."""


class Value(Record, frozen=True, kw_only=True):
    """An interval; a point has `lo == hi`, an open side is null."""

    lo: Decimal | None
    hi: Decimal | None
    lo_inc: bool = True
    hi_inc: bool = True


class Extent(Record, frozen=True, kw_only=True):
    """A stretch of text with its surface."""

    spans: list[Span]
    text: str


class NumericMention(Record, frozen=True, kw_only=True):
    """One place where a fact is stated: `number` lies in `span` lies in `full` ("12,000", "around 12,000", …)."""

    number: Extent
    span: Extent
    full: Extent


class Counted(Record, frozen=True, kw_only=True):
    """The thing counted, by its head noun's lemma."""

    lemma: str
    entity: str | None = None
    spans: list[Span] = []


class EventRole(Record, frozen=True, kw_only=True):
    """One participant of an event (agent, recipient, place …)."""

    role: str
    entity: str


class Event(Record, frozen=True, kw_only=True):
    """The event that governs a number."""

    trigger_spans: list[Span]
    roles: list[EventRole] = []


class Link(Record, frozen=True, kw_only=True):
    """A relation from this fact to another fact of the document; `inferred` where the text does not say it in words."""

    type: LinkType
    to: str
    inferred: bool = False


class Alternative(Record, frozen=True, kw_only=True):
    """Another defensible reading of one field, as text."""

    field: str
    value: str


class NumericFact(Record, frozen=True, kw_only=True):
    """One fact with all its mentions.

    `status` is as of the innermost source; `sources` are attributed speakers, AUTHOR first; `commitment` has one entry
    a source. `magnitude` is the power of ten of a vague number ("dozens": 1).
    """

    id: Id
    mentions: list[NumericMention]
    kind: NumericKind
    value: Value | None = None
    magnitude: int | None = None
    approx: Approx = "none"
    bound: Bound = "none"
    unit: str | None = None
    counted: Counted | None = None
    subject: str | None = None
    property: Property
    members: list[str] = []
    event: Event | None = None
    base: Counted | None = None
    role: Role = "level"
    direction: Direction | None = None
    time: str | None = None
    status: FactStatus
    negated: bool = False
    sources: list[str] = []
    commitment: list[Commitment] = []
    links: list[Link] = []
    alternatives: list[Alternative] = []
    tier: FactTier = "core"
    note: str | None = None


class Time(Record, frozen=True, kw_only=True):
    """One time expression; `value_text_only` is what the text alone licenses, with X for what it leaves open."""

    id: Id
    spans: list[Span]
    text: str
    type: TimeType
    grain: str | None = None
    mod: str | None = None
    expr: str | None = None
    anchor: str | None = None
    value_text_only: str
    value_resolved: str | None = None
    resolved_by: ResolvedBy | None = None
    premises: list[str] = []
    begin: str | None = None
    end: str | None = None
    note: str | None = None


class NumericFactsRow(Record, frozen=True, kw_only=True):
    """All numeric facts and times of one document."""

    doc_id: Id
    numeric_facts: list[NumericFact]
    times: list[Time]
