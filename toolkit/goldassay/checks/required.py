"""Fields that the types let stay empty and the schemes do not (E407)."""

from collections.abc import Iterator

from goldassay.checks.references import referenced_entities
from goldassay.checks.walk import Rows
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding, finding
from goldassay.model.numeric_facts import NumericFact, NumericFactsRow, Time
from goldassay.model.stances import Stance, StancesRow

VALUED_KINDS = ("cardinal", "ordinal", "rank", "money", "percent", "measure", "duration", "age")
"""Kinds whose facts need a value or, if vague, a magnitude: scores, ratios and identifiers may have no decimal form."""

Gap = tuple[str, str, str]
"""Field, what was found there, what was expected."""


def check_required(rows: Rows) -> Iterator[Finding]:
    """E407 for all required fields of a document's rows that are empty."""
    for field, found, expected in _iterate_gaps(rows):
        yield finding("E407", found=found, expected=expected, doc_id=rows.doc_id, field=field)


def check_document(document: Document) -> Iterator[Finding]:
    """E407 for what the corpus must know of a document and other people's gold lines need not."""
    for field, found, expected in _document_gaps(document):
        yield finding("E407", found=found, expected=expected, doc_id=document.doc_id, field=field)


def _iterate_gaps(rows: Rows) -> Iterator[Gap]:
    if rows.entities is not None:
        yield from _entity_gaps(rows.entities, rows)
        yield from _mention_gaps(rows.entities)
    if rows.stances is not None:
        yield from _stance_row_gaps(rows.stances)
    if rows.numeric_facts is not None:
        yield from _numeric_row_gaps(rows.numeric_facts, rows.document)


def _document_gaps(document: Document) -> Iterator[Gap]:
    for name in ("text", "language", "source", "rights"):
        if not getattr(document, name).strip():
            yield name, "an empty string", f"the {name} of the document"
    if document.origin == "derived":
        for name in ("derived_from", "edit"):
            if not getattr(document, name):
                yield name, "nothing", "what a derived document was made from, and how"


def _entity_gaps(row: EntitiesRow, rows: Rows) -> Iterator[Gap]:
    mentioned = {mention.entity for mention in row.mentions}
    # Without the other layers nobody knows whether an entity is the holder or subject of something there.
    complete = rows.stances is not None and rows.numeric_facts is not None
    needed = referenced_entities(rows) if complete else {entity.id for entity in row.entities}
    for index, entity in enumerate(row.entities):
        if not entity.name.strip():
            yield f"entities[{index}].name", "an empty string", "the fullest name the document gives"
        if entity.id not in mentioned and entity.id not in needed:
            yield f"entities[{index}]", "an entity without mentions to which nothing refers", "a mention of it"


def _mention_gaps(row: EntitiesRow) -> Iterator[Gap]:
    for index, mention in enumerate(row.mentions):
        if not mention.spans:
            yield f"mentions[{index}].spans", "no span", "the span of the mention"
        if mention.entity is None and mention.type is None:
            yield f"mentions[{index}].type", "neither entity nor type", "an entity, or a type of its own"


def _stance_row_gaps(row: StancesRow) -> Iterator[Gap]:
    for index, proposition in enumerate(row.propositions):
        if not proposition.gloss.strip():
            yield f"propositions[{index}].gloss", "an empty string", "the proposition in words"
    for index, stance in enumerate(row.stances):
        yield from _stance_gaps(f"stances[{index}]", stance)


def _stance_gaps(path: str, stance: Stance) -> Iterator[Gap]:
    if stance.tier == "core" and not stance.inferred and not stance.expression_spans:
        yield f"{path}.expression_spans", "no span in a core stance", "the words that carry the stance"
    if (stance.toward is None) != (stance.toward_sign is None):
        empty, given = ("toward", "toward_sign") if stance.toward is None else ("toward_sign", "toward")
        yield f"{path}.{empty}", f"{given} without {empty}", "both or neither"


def _numeric_row_gaps(row: NumericFactsRow, document: Document | None) -> Iterator[Gap]:
    for index, fact in enumerate(row.numeric_facts):
        yield from _fact_gaps(f"numeric_facts[{index}]", fact)
    for index, time in enumerate(row.times):
        yield from _time_gaps(f"times[{index}]", time, document)


def _fact_gaps(path: str, fact: NumericFact) -> Iterator[Gap]:
    if not fact.mentions and fact.tier != "implicit":
        yield f"{path}.mentions", "no mention", "at least one mention of a fact that is not implicit"
    for index, mention in enumerate(fact.mentions):
        for name in ("number", "span", "full"):
            if not getattr(mention, name).spans:
                yield f"{path}.mentions[{index}].{name}.spans", "no span", "the span of the extent"
    unbounded = fact.value is None or (fact.value.lo is None and fact.value.hi is None)
    if unbounded and fact.magnitude is None and fact.kind in VALUED_KINDS:
        yield f"{path}.value", "neither a bound nor a magnitude", "lo, hi or both; a magnitude for a vague number"
    for name in ("counted", "base"):
        counted = getattr(fact, name)
        if counted is not None and not counted.lemma.strip():
            yield f"{path}.{name}.lemma", "an empty string", "the lemma of the head noun"
    yield from _source_gaps(path, fact)


def _source_gaps(path: str, fact: NumericFact) -> Iterator[Gap]:
    if fact.kind == "identifier":
        return
    if not fact.sources:
        yield f"{path}.sources", "no source", "AUTHOR, then the attributed speakers"
    elif len(fact.commitment) != len(fact.sources):
        found = f"{len(fact.commitment)} for {len(fact.sources)} sources"
        yield f"{path}.commitment", found, "one entry for each source"


def _time_gaps(path: str, time: Time, document: Document | None) -> Iterator[Gap]:
    if not time.spans:
        yield f"{path}.spans", "no span", "the span of the expression"
    if (time.value_resolved is None) != (time.resolved_by is None):
        empty = "value_resolved" if time.value_resolved is None else "resolved_by"
        yield f"{path}.{empty}", "only one of value_resolved and resolved_by", "both or neither"
    if time.resolved_by == "inferred" and not time.premises:
        yield f"{path}.premises", "an inferred value without premises", "the ids it was inferred from"
    if time.resolved_by == "metadata" and document is not None and document.dct is None:
        yield f"{path}.resolved_by", "metadata, where the document has no dct", "a dct, or another reason"
