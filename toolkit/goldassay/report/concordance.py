"""Keyword in context as text or JSON: a line a hit. Texts and names are foreign, so what does not print is escaped."""

import json
from collections.abc import Sequence

import msgspec

from goldassay.concordance import Hit
from goldassay.model.entities import Entity, Mention
from goldassay.model.numeric_facts import NumericFact, Time
from goldassay.model.printable import printable
from goldassay.model.stances import Attribution, Proposition, Stance

_ALL = 10**9


def render_hits(hits: Sequence[Hit], *, width: int = 40) -> str:
    """The hits with `width` characters of context on either side, the hit itself in brackets, and what it is."""
    rows = [_row(hit, width) for hit in hits]
    sizes = [max((len(row[column]) for row in rows), default=0) for column in range(5)]
    lines = []
    for doc_id, record, left, hit, right, words in rows:
        head = f"{doc_id:<{sizes[0]}}  {record:<{sizes[1]}}  {left:>{sizes[2]}}[{hit}]"
        lines.append(f"{head}{right:<{sizes[4]}}  {words}".rstrip())
    return "".join(f"{line}\n" for line in lines)


def encode_hits(hits: Sequence[Hit], *, width: int = 40) -> str:
    """The hits as a JSON list; the strings are those of the data, all but ASCII escaped."""
    items = []
    for hit in hits:
        left, words, right = hit.context(width)
        items.append(
            {
                "doc_id": hit.document.doc_id,
                "layer": hit.layer,
                "kind": hit.kind,
                "id": hit.record.id,
                "spans": [list(span) for span in hit.spans],
                "left": left,
                "hit": words,
                "right": right,
                "description": describe(hit.record),
                "record": msgspec.to_builtins(hit.record),
            }
        )
    return json.dumps(items, indent=1) + "\n"


def _row(hit: Hit, width: int) -> tuple[str, ...]:
    # Line ends inside the context would only show as escapes; one line a hit reads better with spaces.
    left, words, right = (printable(part.replace("\n", " "), _ALL) for part in hit.context(width))
    said = printable(describe(hit.record))
    return printable(hit.document.doc_id), printable(hit.record.id), left, words, right, f"{hit.kind} {said}".strip()


def describe(record: msgspec.Struct) -> str:
    """A record in a few words.

    >>> describe(Entity(id="e1", type="GPE", name="Ruritania", kb_id="NIL"))
    'GPE Ruritania NIL'
    """
    if isinstance(record, Mention):
        parts = [record.level, record.entity or record.type, "metonym" if record.metonym else None]
    elif isinstance(record, Entity):
        parts = [record.type, record.name, record.kb_id]
    elif isinstance(record, Proposition):
        parts = [record.gloss]
    elif isinstance(record, Attribution):
        parts = [record.source, record.quote, f"in {record.parent}" if record.parent else None]
    elif isinstance(record, Stance):
        chain = " > ".join([*record.sources, record.holder])
        grade = f"{record.grade:+d}" if record.grade else "0"
        parts = [chain, f"{record.dimension}({grade}, {record.act})", record.target.id]
    elif isinstance(record, NumericFact):
        parts = _fact_parts(record)
    elif isinstance(record, Time):
        parts = [record.type, record.value_text_only, record.value_resolved]
    else:
        parts = []
    return " ".join(part for part in parts if part)


def _fact_parts(fact: NumericFact) -> list[str | None]:
    value = fact.value
    span = None if value is None else value.lo if value.lo == value.hi else f"{value.lo or '−∞'}–{value.hi or '∞'}"
    counted = f"× {fact.counted.lemma}" if fact.counted else None
    about = f"of {fact.subject}" if fact.subject else None
    return [fact.kind, span, fact.unit, counted, about, fact.property, fact.status]
