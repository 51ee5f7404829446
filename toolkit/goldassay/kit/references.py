"""What a kit lists for its annotator to refer to: records of other layers by id, with their words."""

from collections.abc import Iterator

from goldassay.layers.base import GoldDocument
from goldassay.model.printable import printable
from goldassay.model.record import spans_text

_LONGEST = 60


def format_references(annotated: GoldDocument, layer: str) -> str:
    """The records of the other layers that those of a layer may name, as plain text for people."""
    lines = [f"What to refer to in {annotated.document.doc_id}", "", "Entities", "", *_entities(annotated)]
    if layer == "stances" and annotated.numeric_facts is not None:
        lines += ["", "Times", ""]
        lines += [f"{one.id}  {_words(one.text)}" for one in annotated.numeric_facts.times]
    if layer == "numeric_facts" and annotated.stances is not None:
        lines += ["", "Attributions", ""]
        text = annotated.document.text
        for attribution in annotated.stances.attributions:
            cue, content = (_words(spans_text(text, one)) for one in (attribution.cue_spans, attribution.content_spans))
            lines.append(f"{attribution.id}  {attribution.source} {cue}: {content}")
    return "\n".join(lines) + "\n"


def _entities(annotated: GoldDocument) -> Iterator[str]:
    row = annotated.entities
    for entity in row.entities if row is not None else ():
        called = dict.fromkeys(one.text for one in row.mentions if one.entity == entity.id) if row is not None else {}
        words = ", ".join(_words(one) for one in called)
        yield f"{entity.id}  {entity.type} {printable(entity.name, _LONGEST)}{': ' if words else ''}{words}"


def _words(text: str) -> str:
    return f"“{printable(text.replace(chr(10), ' '), _LONGEST)}”"
