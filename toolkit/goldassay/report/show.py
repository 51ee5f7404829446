"""One document with its annotations as text, sentence by sentence, for a person to check by eye.

Everything that a record says is shown: its most important fields in words, the rest that is not at its default by name.
Texts and names come from data that nobody vouches for, so whatever does not print is escaped.
"""

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence

from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.labels import LAYERS
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.printable import printable
from goldassay.model.record import Span
from goldassay.model.stances import StancesRow
from goldassay.report.show_records import Line, Names, collect_names, fact_lines, mention_words, stance_lines

_ALL = 10**9
_NUMBER = 5
_KIND = 13


def render_document(
    document: Document,
    entities: EntitiesRow | None = None,
    stances: StancesRow | None = None,
    numeric_facts: NumericFactsRow | None = None,
    *,
    layers: Sequence[str] = LAYERS,
    width: int = 100,
) -> str:
    """The document for a terminal. Names are taken from the entities whatever layers are shown.

    Args:
        document: The text; without sentences it is shown line by line.
        entities: Its entities, or null where they are not annotated.
        stances: Its stances, or null.
        numeric_facts: Its numeric facts and times, or null.
        layers: The layers to show.
        width: Columns of the terminal.

    >>> text = "Ruritania denied it."
    >>> document = Document(doc_id="d1", title=None, text=text, language="en", dct=None, dct_evidence=None,
    ...     source="invented", rights="none", origin="composed", sha256="", sentences=[(0, 20)])
    >>> mention = Mention(id="m1", entity=None, spans=[(0, 9)], text="Ruritania", level="NAM", type="GPE")
    >>> print(render_document(document, EntitiesRow(doc_id="d1", entities=[], mentions=[mention])), end="")
    d1  en, composed, written: unknown
    source: invented
    <BLANKLINE>
      1  [Ruritania|GPE] denied it.
         mentions     m1 NAM GPE «Ruritania»
    """
    names = collect_names(document, entities, stances)
    shown = entities if "entities" in layers else None
    mentions = shown.mentions if shown else []
    sentences = _sentences(document)
    under: dict[int, list[Line]] = defaultdict(list)
    for line in _lines(mentions, stances, numeric_facts, names, layers):
        under[_sentence_of(line.spans, sentences)].append(line)
    parts = [_head(document, width)]
    for number, sentence in enumerate(sentences):
        marked = mark_mentions(document.text, sentence, mentions, names)
        parts.append([*_wrap(f"{number + 1:>3}  ", marked, width), *_show(under[number], width)])
    if under[-1]:
        parts.append(["without a place in a sentence", *_show(under[-1], width)])
    if shown and shown.entities:
        parts.append(["entities", *_chains(shown, sentences, width)])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def mark_mentions(text: str, sentence: Span, mentions: Sequence[Mention], names: Names) -> str:
    """A sentence with its mentions in brackets, nested as they are: `[[Ruritania|GPE e1]n court|ORG e2]`.

    A fragment of a discontinuous mention carries its number: `[North|GPE e3 1/2] and South [Borduria|GPE e3 2/2]`.
    """
    opening: dict[int, list[Span]] = defaultdict(list)
    closing: dict[int, list[tuple[Span, str]]] = defaultdict(list)
    for mention in mentions:
        for place, (start, end) in enumerate(mention.spans):
            start, end = max(start, sentence[0]), min(end, sentence[1])
            if start < end:
                part = f" {place + 1}/{len(mention.spans)}" if len(mention.spans) > 1 else ""
                opening[start].append((start, end))
                closing[end].append(((start, end), f"|{_label(mention, names)}{part}]"))
    edges = sorted({*sentence, *opening, *closing})
    marked = []
    for start, end in zip(edges, [*edges[1:], edges[-1]], strict=True):
        # What closes here closes from the inside out, by where it was opened.
        marked += [label for _, label in sorted(closing[start], key=lambda one: -one[0][0])]
        marked.append("[" * len(opening[start]))
        marked.append(text[start:end])
    return "".join(marked)


def _label(mention: Mention, names: Names) -> str:
    type_ = mention.type or names.types.get(mention.entity or "") or "?"
    return f"{type_} {mention.entity}" if mention.entity else type_


def _lines(
    mentions: Sequence[Mention],
    stances: StancesRow | None,
    numeric_facts: NumericFactsRow | None,
    names: Names,
    layers: Sequence[str],
) -> Iterator[Line]:
    for mention in mentions:
        yield Line("mentions", mention_words(mention, names), mention.spans)
    yield from stance_lines(stances if "stances" in layers else None, names)
    yield from fact_lines(numeric_facts if "numeric_facts" in layers else None, names)


def _sentences(document: Document) -> list[Span]:
    if document.sentences:
        return list(document.sentences)
    lines, start = [], 0
    for line in document.text.split("\n"):
        lines += [(start, start + len(line))] if line.strip() else []
        start += len(line) + 1
    return lines


def _sentence_of(spans: Sequence[Span], sentences: Sequence[Span]) -> int:
    """The number of the sentence a span begins in, -1 if there is none."""
    begin = spans[0][0] if spans else -1
    return next((i for i, (start, end) in enumerate(sentences) if start <= begin < end), -1)


def _head(document: Document, width: int) -> list[str]:
    written = document.dct or "unknown"
    head = [f"{document.doc_id}  {document.language}, {document.origin}, written: {written}"]
    head += [f"dates in the text: {document.dct_evidence}"] if document.dct_evidence else []
    head += [f"source: {document.source}"] if document.source else []
    return [line for words in head for line in _wrap("", words, width)]


def _show(lines: Sequence[Line], width: int) -> Iterator[str]:
    """Lines under a sentence; those of one kind share a column, and mentions share a paragraph."""
    mentions = [line.words for line in lines if line.kind == "mentions"]
    paragraphs = [("mentions", " · ".join(mentions))] if mentions else []
    paragraphs += [(line.kind, line.words) for line in lines if line.kind != "mentions"]
    for kind, words in paragraphs:
        yield from _wrap(f"{'':{_NUMBER}}{kind:<{_KIND}}", words, width)


def _chains(row: EntitiesRow, sentences: Sequence[Span], width: int) -> Iterator[str]:
    """Each entity with its mentions in text order and the numbers of their sentences."""
    mentions: dict[str | None, list[str]] = defaultdict(list)
    for mention in row.mentions:
        number = _sentence_of(mention.spans, sentences) + 1
        mentions[mention.entity].append(f"{mention.text}{' (metonym)' if mention.metonym else ''} [{number or '?'}]")
    for entity in row.entities:
        words = f"{entity.type} {entity.name}{_links(entity)}: {', '.join(mentions[entity.id]) or 'no mention'}"
        yield from _wrap(f"{entity.id:>{_NUMBER}}  ", words, width)


def _links(entity: Entity) -> str:
    links = [f"kb {entity.kb_id}"] if entity.kb_id else []
    links += [f"rolls up to {entity.rollup}"] if entity.rollup else []
    links += [f"members {', '.join(entity.members)}"] if entity.members else []
    return f" ({'; '.join(links)})" if links else ""


def _wrap(lead: str, words: str, width: int) -> list[str]:
    """Escaped words in lines of at most `width` columns, the first after `lead`, the others indented like it."""
    lead = printable(lead, _ALL)
    room = max(width - len(lead), 20)
    lines = textwrap.wrap(printable(words, _ALL), room, break_long_words=False, break_on_hyphens=False) or [""]
    return [(lead if i == 0 else " " * len(lead)) + line for i, line in enumerate(lines)]
