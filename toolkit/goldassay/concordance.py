"""L4: keyword in context over annotations: the records of a corpus that meet conditions, with the text around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goldassay.corpus.corpus import Corpus, by_doc_id
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.labels import LAYERS
from goldassay.model.numeric_facts import NumericFact, NumericFactsRow, Time
from goldassay.model.record import Span, spans_text
from goldassay.model.stances import Attribution, Proposition, Stance, StancesRow
from goldassay.record_query import KINDS, Condition, Values, holds, kinds_asked, listed_values

AnyRecord = Mention | Entity | Attribution | Proposition | Stance | NumericFact | Time


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that meets a query; `spans` are where it stands, empty for a record without a place in the text."""

    document: Document
    layer: str
    kind: str
    record: AnyRecord
    spans: tuple[Span, ...]

    def context(self, width: int) -> tuple[str, str, str]:
        """What stands left of the hit, the hit, and what stands right of it, at most `width` characters each side."""
        if not self.spans:
            return "", "", ""
        text, start, end = self.document.text, self.spans[0][0], self.spans[-1][1]
        hit = " … ".join(text[first:last] for first, last in self.spans)
        return text[max(start - width, 0) : start], hit, text[end : end + width]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The annotations of one document; a layer that it lacks is empty."""

    document: Document
    entities: EntitiesRow
    stances: StancesRow
    facts: NumericFactsRow


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A record with its place and all text that it stands for."""

    kind: str
    record: AnyRecord
    spans: Sequence[Span]
    texts: tuple[str, ...]
    entity: Entity | None = None


def find_records(corpus: Corpus, conditions: Sequence[Condition], *, layers: Sequence[str] = LAYERS) -> tuple[Hit, ...]:
    """The records that meet all conditions, by document, then place in the text; those without a place come last.

    Args:
        corpus: One split.
        conditions: As `parse_query` gives them.
        layers: The layers to search.

    Raises:
        UsageError: A field, a label or a kind is unknown in these layers.
    """
    kinds = kinds_asked(conditions, layers)
    hits = [
        Hit(rows.document, KINDS[one.kind].layer, one.kind, one.record, tuple(one.spans))
        for rows in _documents(corpus)
        for one in _candidates(rows)
        if one.kind in kinds and all(holds(condition, _values(rows, one, condition)) for condition in conditions)
    ]
    return tuple(sorted(hits, key=_order))


def _order(hit: Hit) -> tuple[object, ...]:
    place = (hit.spans[0][0], hit.spans[-1][1]) if hit.spans else (len(hit.document.text) + 1, 0)
    return hit.document.doc_id, *place, list(KINDS).index(hit.kind), hit.record.id


def _documents(corpus: Corpus) -> Iterator[_Rows]:
    entities, stances = by_doc_id(corpus.entities), by_doc_id(corpus.stances)
    facts = by_doc_id(corpus.numeric_facts)
    for document in corpus.documents:
        doc_id = document.doc_id
        yield _Rows(
            document,
            entities.get(doc_id) or EntitiesRow(doc_id=doc_id, entities=[], mentions=[]),
            stances.get(doc_id) or StancesRow(doc_id=doc_id, propositions=[], attributions=[], stances=[]),
            facts.get(doc_id) or NumericFactsRow(doc_id=doc_id, numeric_facts=[], times=[]),
        )


def _candidates(rows: _Rows) -> Iterator[_Candidate]:
    text = rows.document.text
    known = {entity.id: entity for entity in rows.entities.entities}
    for mention in rows.entities.mentions:
        entity = known.get(mention.entity or "")
        yield _Candidate("mention", mention, mention.spans, (spans_text(text, mention.spans),), entity)
    for entity in rows.entities.entities:
        places = [one.spans for one in rows.entities.mentions if one.entity == entity.id]
        yield _Candidate("entity", entity, min(places, default=()), tuple(spans_text(text, one) for one in places))
    for attribution in rows.stances.attributions:
        said = (attribution.cue_spans, attribution.content_spans)
        yield _Candidate("attribution", attribution, _first(*said, attribution.source_spans), _texts(text, *said))
    for proposition in rows.stances.propositions:
        targets = [one.target_spans for one in rows.stances.stances if one.target.id == proposition.id]
        yield _Candidate("proposition", proposition, _first(*targets), (proposition.gloss,))
    for stance in rows.stances.stances:
        held = (stance.expression_spans, stance.target_spans)
        yield _Candidate("stance", stance, _first(*held, stance.holder_spans), _texts(text, *held))
    for fact in rows.facts.numeric_facts:
        full = [one.full.spans for one in fact.mentions]
        yield _Candidate(
            "numeric_fact", fact, _first(*(one.number.spans for one in fact.mentions)), _texts(text, *full)
        )
    for time in rows.facts.times:
        yield _Candidate("time", time, time.spans, (spans_text(text, time.spans),))


def _first(*places: Sequence[Span]) -> Sequence[Span]:
    return next((spans for spans in places if spans), ())


def _texts(text: str, *places: Sequence[Span]) -> tuple[str, ...]:
    return tuple(spans_text(text, spans) for spans in places if spans)


def _values(rows: _Rows, one: _Candidate, condition: Condition) -> Values:
    """What a record says of a field; a mention says what its entity says where it says nothing of its own."""
    if condition.field == "kind":
        return (one.kind,)
    if condition.field == "doc":
        return (rows.document.doc_id,)
    if condition.field == "text":
        return one.texts
    path, text = condition.field.split("."), rows.document.text
    own = listed_values(one.record, path, text)
    if one.entity is not None and path[0] != "id" and (own is None or own == (None,)):
        return listed_values(one.entity, path, text)
    return own
