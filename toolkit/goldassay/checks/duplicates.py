"""The same thing annotated twice in one document (E206)."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

import msgspec

from goldassay.checks.walk import Rows
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import printable


def check_duplicates(rows: Rows) -> Iterator[Finding]:
    """E206 for records that repeat another one of their list; ids and notes do not make a difference.

    Two mentions on the same words are an error if they say the same of them, and a warning if they differ in entity
    or type: one span is one mention.
    """
    if rows.entities is not None:
        yield from _check_entities(rows.entities)
    if rows.stances is not None:
        row = rows.stances
        yield from _repeated(row.doc_id, "propositions", row.propositions, _content)
        yield from _repeated(row.doc_id, "attributions", row.attributions, _content)
        yield from _repeated(row.doc_id, "stances", row.stances, _content)
    if rows.numeric_facts is not None:
        numeric = rows.numeric_facts
        yield from _repeated(numeric.doc_id, "numeric_facts", numeric.numeric_facts, _content)
        yield from _repeated(numeric.doc_id, "times", numeric.times, lambda time: tuple(time.spans) or None)


def _check_entities(row: EntitiesRow) -> Iterator[Finding]:
    types = {entity.id: entity.type for entity in row.entities}
    known = [entity if (entity.kb_id or "").startswith("Q") else None for entity in row.entities]
    yield from _repeated(row.doc_id, "entities", known, lambda entity: (entity.kb_id, entity.type))
    first: dict[Hashable, int] = {}
    for index, mention in enumerate(row.mentions):
        words = tuple(mention.spans)
        earlier = first.setdefault(words, index)
        if not words or earlier == index:
            continue
        other = row.mentions[earlier]
        same_type = types.get(other.entity or "", other.type) == types.get(mention.entity or "", mention.type)
        same = (other.entity == mention.entity) if mention.entity and other.entity else same_type
        yield finding(
            "E206",
            severity="error" if same else "warning",
            found=f"the words of mentions[{earlier}] again" + ("" if same else ", for another entity or type"),
            expected="one mention on the same words",
            doc_id=row.doc_id,
            field=f"mentions[{index}]",
        )


def _content(record: msgspec.Struct) -> Hashable:
    fields = msgspec.structs.asdict(record)
    return msgspec.json.encode({name: value for name, value in fields.items() if name not in ("id", "note")})


def _repeated(
    doc_id: str, collection: str, records: Sequence[Any], key: Callable[[Any], Hashable]
) -> Iterator[Finding]:
    first: dict[Hashable, int] = {}
    for index, record in enumerate(records):
        content = None if record is None else key(record)
        if content is None:
            continue
        earlier = first.setdefault(content, index)
        if earlier != index:
            found = f"the same as {collection}[{earlier}] (id {printable(records[earlier].id, 40)})"
            place = f"{collection}[{index}]"
            yield finding("E206", found=found, expected="each annotation once", doc_id=doc_id, field=place)
