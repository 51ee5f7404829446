"""What a system may write: one line a document, a superset of the gold rows with everything optional but `doc_id`.

These types say which keys and labels there are; `predictions` gives them their meaning. Unknown keys are errors, as
everywhere. Where gold and predictions differ, the forms beside the gold's are:

- a mention's place: `spans`, or `start` and `end` for one span, or `text` alone (with `nth`, its occurrence from 1);
- a person, thing or proposition: a string (surface text), or an object that names one of its own line;
- a stance's side: `polarity` or `veracity` for `grade`, `chain` (sources and holder) for `sources`;
- a value: whatever `numbers.parse_value` reads.
"""

from typing import Annotated, Any

import msgspec

from goldassay.model.labels import (
    Act,
    Approx,
    Bound,
    Commitment,
    Dimension,
    Direction,
    EntityType,
    FactStatus,
    FactTier,
    Level,
    NumericKind,
    Polarity,
    Property,
    Quote,
    ResolvedBy,
    Role,
    StanceStatus,
    StanceTier,
    TargetKind,
    TimeType,
    Veracity,
)
from goldassay.model.numeric_facts import Alternative, Event, Link
from goldassay.model.record import Id, Offset, Record, Span
from goldassay.model.stances import Grade, Sign

Nth = Annotated[int, msgspec.Meta(ge=1)]


class EntityItem(Record, frozen=True, kw_only=True):
    """An entity of the line; mentions and references name it by its id."""

    id: Id
    type: EntityType | None = None
    name: str | None = None
    kb_id: str | None = None
    rollup: str | None = None
    members: tuple[str, ...] = ()
    score: float | None = None


class MentionItem(Record, frozen=True, kw_only=True):
    """A mention. `entity` is an id of the line's own entities, `cluster` any name of the group it belongs to."""

    spans: tuple[Span, ...] | None = None
    start: Offset | None = None
    end: Offset | None = None
    text: str | None = None
    nth: Nth | None = None
    type: EntityType | None = None
    kb_id: str | None = None
    entity: str | None = None
    cluster: str | int | None = None
    level: Level | None = None
    metonym: bool | None = None
    id: str | None = None
    score: float | None = None


class PropositionItem(Record, frozen=True, kw_only=True):
    """A proposition of the line."""

    id: Id
    gloss: str
    about: tuple[str, ...] = ()
    score: float | None = None


class ReferenceItem(Record, frozen=True, kw_only=True):
    """Who or what is meant, in one of these ways.

    `entity` or `proposition` (an id of the line), `kind` with `id` (the same, as gold targets have it), `author`
    (true), `text` or `lemma` (surface), or `spans` (`start`, `end`) alone. A surface may stand beside an id.
    """

    text: str | None = None
    lemma: str | None = None
    entity: str | None = None
    proposition: str | None = None
    kind: TargetKind | None = None
    id: str | None = None
    author: bool | None = None
    spans: tuple[Span, ...] | None = None
    start: Offset | None = None
    end: Offset | None = None


Named = str | ReferenceItem


class AttributionItem(Record, frozen=True, kw_only=True):
    """A reported content; `cue` and `content` give as text what `cue_spans` and `content_spans` give as offsets."""

    id: str | None = None
    parent: str | None = None
    source: Named | None = None
    source_spans: tuple[Span, ...] = ()
    cue: str | None = None
    cue_spans: tuple[Span, ...] = ()
    content: str | None = None
    content_spans: tuple[Span, ...] = ()
    antecedent: str | None = None
    quote: Quote | None = None
    verbatim_spans: tuple[Span, ...] = ()
    unbalanced_quote: bool | None = None
    addressee: str | None = None
    time: str | None = None
    hedge_spans: tuple[Span, ...] = ()
    self_report: bool | None = None
    score: float | None = None


class StanceItem(Record, frozen=True, kw_only=True):
    """A stance. Its side is one of `grade`, `polarity`, `veracity`; its sources are `sources` or `chain`."""

    holder: Named | None = None
    holder_spans: tuple[Span, ...] = ()
    target: Named
    target_spans: tuple[Span, ...] = ()
    toward: Named | None = None
    toward_sign: Sign | None = None
    dimension: Dimension | None = None
    grade: Grade | None = None
    polarity: Polarity | None = None
    veracity: Veracity | None = None
    grade_alt: tuple[Grade, ...] = ()
    mixed: bool | None = None
    act: Act | None = None
    expression: str | None = None
    expression_spans: tuple[Span, ...] = ()
    sources: tuple[Named, ...] | None = None
    chain: tuple[Named, ...] | None = None
    attribution: str | None = None
    status: StanceStatus | None = None
    negated_report: bool | None = None
    hedge_spans: tuple[Span, ...] = ()
    condition_spans: tuple[Span, ...] = ()
    inferred: bool | None = None
    headline: bool | None = None
    grounds_of: str | None = None
    same_as: str | None = None
    tier: StanceTier | None = None
    note: str | None = None
    id: str | None = None
    score: float | None = None


class StancePairItem(Record, frozen=True, kw_only=True):
    """The answer to one line of `goldassay tasks stance-pairs`: the id of the pair, and a label, a grade or both."""

    id: str
    label: Polarity | None = None
    grade: Grade | None = None


class ExtentItem(Record, frozen=True, kw_only=True):
    """A stretch of text by `spans`, by `start` and `end`, or by `text` alone."""

    spans: tuple[Span, ...] | None = None
    start: Offset | None = None
    end: Offset | None = None
    text: str | None = None
    nth: Nth | None = None


class FactMentionItem(Record, frozen=True, kw_only=True):
    """A place where a fact is stated: extents as in the gold, or one stretch that does not say which extent it is."""

    number: ExtentItem | str | None = None
    span: ExtentItem | str | None = None
    full: ExtentItem | str | None = None
    spans: tuple[Span, ...] | None = None
    start: Offset | None = None
    end: Offset | None = None
    text: str | None = None
    nth: Nth | None = None


class FactItem(Record, frozen=True, kw_only=True):
    """A numeric fact. `spans`, `start` and `end`, or `text` on the fact itself stand for a single mention."""

    value: Any = None
    mentions: tuple[FactMentionItem | str, ...] | None = None
    spans: tuple[Span, ...] | None = None
    start: Offset | None = None
    end: Offset | None = None
    text: str | None = None
    nth: Nth | None = None
    kind: NumericKind | None = None
    magnitude: int | None = None
    approx: Approx | None = None
    bound: Bound | None = None
    unit: str | None = None
    counted: Named | None = None
    subject: Named | None = None
    property: Property | None = None
    members: tuple[str, ...] = ()
    event: Event | None = None
    base: Named | None = None
    role: Role | None = None
    direction: Direction | None = None
    time: str | None = None
    status: FactStatus | None = None
    negated: bool | None = None
    sources: tuple[Named, ...] | None = None
    commitment: tuple[Commitment, ...] = ()
    links: tuple[Link, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    tier: FactTier | None = None
    note: str | None = None
    id: str | None = None
    score: float | None = None


class TimeItem(Record, frozen=True, kw_only=True):
    """A time expression; `begin` and `end` are instants as in the gold, so a place needs `spans` or `text`."""

    spans: tuple[Span, ...] | None = None
    text: str | None = None
    nth: Nth | None = None
    type: TimeType | None = None
    grain: str | None = None
    mod: str | None = None
    expr: str | None = None
    anchor: str | None = None
    value_text_only: str | None = None
    value_resolved: str | None = None
    resolved_by: ResolvedBy | None = None
    premises: tuple[str, ...] = ()
    begin: str | None = None
    end: str | None = None
    note: str | None = None
    id: str | None = None
    score: float | None = None


class PredictionLine(Record, frozen=True, kw_only=True):
    """One line of a prediction file: what one run of a system says of one document.

    A layer whose key is absent or null was not predicted; an empty list says that there is nothing. The keys of a
    document are accepted so that a merged gold line reads as a prediction: `text` is compared with the gold's, the
    others say nothing to the scorer.
    """

    doc_id: Id
    run: str | int | None = None
    entities: tuple[EntityItem, ...] | None = None
    mentions: tuple[MentionItem, ...] | None = None
    propositions: tuple[PropositionItem, ...] | None = None
    attributions: tuple[AttributionItem, ...] | None = None
    stances: tuple[StanceItem, ...] | None = None
    stance_pairs: tuple[StancePairItem, ...] | None = None
    numeric_facts: tuple[FactItem, ...] | None = None
    times: tuple[TimeItem, ...] | None = None
    text: str | None = None
    title: Any = None
    language: Any = None
    dct: Any = None
    dct_evidence: Any = None
    source: Any = None
    rights: Any = None
    origin: Any = None
    sha256: Any = None
    sentences: Any = None
    derived_from: Any = None
    edit: Any = None
