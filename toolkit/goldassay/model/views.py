"""Rows that are made of the gold and hold nothing of their own: a document with everything, a sentence with tags."""

from typing import Annotated

import msgspec

from goldassay.model.entities import Entity, Mention
from goldassay.model.labels import ENTITY_TYPES, Origin
from goldassay.model.numeric_facts import NumericFact, Time
from goldassay.model.record import Id, Offset, Record, Span
from goldassay.model.stances import Attribution, Proposition, Stance

CANARY = "goldassay-news canary 3f6d1c52-8a0e-4b7b-9a41-5e2f7c90d816"
"""Stands beside the gold where build, dehydrate and release write it with its texts or as a whole, and in no text.

Whoever gathers texts for training can leave out what holds it; a model that knows it has seen the annotations."""

CLASS_LABEL = "class_label"
TAGS: tuple[str, ...] = ("O", *(f"{letter}-{type_}" for type_ in ENTITY_TYPES for letter in "BI"))
"""The IOB2 tags of all entity types; an index into it is what `datasets` gives."""

Tag = Annotated[str, msgspec.Meta(extra={CLASS_LABEL: TAGS})]


class FullRow(Record, frozen=True, kw_only=True):
    """A document with all its layers; it is also a gold line (`--gold`).

    The lists of a layer are null where the document has no row in that layer: not annotated is not the same as empty.
    """

    doc_id: Id
    title: Span | None
    text: str
    language: str
    dct: str | None
    dct_evidence: str | None
    source: str
    rights: str
    origin: Origin
    sha256: str
    sentences: list[Span]
    derived_from: str | None = None
    edit: str | None = None
    entities: list[Entity] | None = None
    mentions: list[Mention] | None = None
    propositions: list[Proposition] | None = None
    attributions: list[Attribution] | None = None
    stances: list[Stance] | None = None
    numeric_facts: list[NumericFact] | None = None
    times: list[Time] | None = None
    canary: str = CANARY


class TokensRow(Record, frozen=True, kw_only=True):
    """A sentence: its number in the document from 0, its words, their offsets in the document, one IOB2 tag a word."""

    doc_id: Id
    sentence: Offset
    tokens: list[str]
    offsets: list[Span]
    ner_tags: list[Tag]
    canary: str = CANARY


class FlatMention(Mention, frozen=True, kw_only=True):
    """A mention in a row of its own, with what its entity says: `entity_name`, and `type` and `kb_id` where they hold.

    A mention's own `type` and `kb_id` win over its entity's.
    """

    entity_name: str | None = None
