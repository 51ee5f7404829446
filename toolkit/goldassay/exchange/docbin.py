"""spaCy's DocBin: documents with entities, span groups and the clusters of its coreference component.

All mentions stand in the span group `mentions`, those that do not overlap also in `doc.ents`, and each entity with
several mentions or one in a group `coref_clusters_1`, `coref_clusters_2`, … No model is used: words are ours.
"""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from goldassay.errors import UsageError
from goldassay.exchange.assembly import assemble, type_of
from goldassay.exchange.documents import Ids, begin_line
from goldassay.exchange.losses import Carried, count_outvoted, count_rest, with_entities
from goldassay.exchange.paired import Placed, pair_up
from goldassay.exchange.reading import Counts, Line, Read, Reading, WriteOptions, Written
from goldassay.exchange.tokens import flat_mentions, tokenize
from goldassay.formats.gold import GoldLine
from goldassay.model.record import Span

CARRIES: tuple[Carried, ...] = ("mentions", "clusters", "kb_ids", "sentences")

MENTIONS, CLUSTER = "mentions", "coref_clusters_"
_ATTRIBUTES = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "SENT_START")


def _spacy() -> ModuleType:
    try:
        import_module("spacy.tokens")
        return import_module("spacy")
    except ImportError as error:
        raise UsageError("DocBin needs spaCy; install goldassay[formats]") from error


def write_docbin(lines: Sequence[Line], options: WriteOptions) -> Written:
    """One DocBin with all documents.

    Raises:
        UsageError: spaCy is not installed.
    """
    spacy = _spacy()
    lost: Counts = Counter()
    vocabulary = spacy.blank("en").vocab
    binary = spacy.tokens.DocBin(attrs=list(_ATTRIBUTES), store_user_data=True)
    kept = with_entities(lines, lost)
    for line in kept:
        lost += count_rest(line, CARRIES)
        binary.add(_doc(line, spacy, vocabulary, lost))
    return Written({"": binary.to_bytes()}, lost, len(kept))


def _doc(line: GoldLine, spacy: ModuleType, vocabulary: Any, lost: Counts) -> Any:
    tokens = tokenize(line, lost)
    first = {sentence[0][0] for sentence in tokens}
    words, spaces = _words(line.text, [word for sentence in tokens for word in sentence])
    texts = [line.text[start:end] for start, end in words]
    starts = [start in first for start, _ in words]
    said = {"doc_id": line.doc_id}
    doc = spacy.tokens.Doc(vocabulary, words=texts, spaces=spaces, sent_starts=starts, user_data=said)
    begins, ends = ({span[side]: place for place, span in enumerate(words)} for side in (0, 1))
    entities = {one.id: one for one in line.entities or ()}
    spans: dict[str, Any] = {}
    for one in line.mentions or ():
        start, end = one.spans[0]
        if len(one.spans) > 1:
            lost["discontinuous mentions"] += 1
        elif start not in begins or end not in ends:
            lost["mentions with white space at an end"] += 1
        else:
            entity = entities.get(one.entity or "")
            kb_id = one.kb_id or (entity.kb_id if entity is not None else None)
            label = type_of(one, entities)
            spans[one.id] = spacy.tokens.Span(doc, begins[start], ends[end] + 1, label=label, kb_id=kb_id or "")
    doc.spans[MENTIONS] = list(spans.values())
    lost += count_outvoted(line, {id_: span.label_ for id_, span in spans.items()}, links=True)
    clusters: dict[str, list[Any]] = {}
    for one in line.mentions or ():
        if one.entity is not None and one.id in spans:
            clusters.setdefault(one.entity, []).append(spans[one.id])
    for number, cluster in enumerate(clusters.values(), start=1):
        doc.spans[f"{CLUSTER}{number}"] = cluster
    whole = [[word for sentence in tokens for word in sentence]]
    flat = flat_mentions(line, whole, Counter())[0] if whole[0] else []
    chosen = {(whole[0][begin][0], whole[0][last - 1][1], label) for label, begin, last in flat}
    by_place = {(one.start_char, one.end_char, one.label_): one for one in spans.values()}
    doc.set_ents([by_place[place] for place in sorted(chosen) if place in by_place])
    return doc


def _words(text: str, words: Sequence[Span]) -> tuple[list[Span], list[bool]]:
    """Words and the white space between them, of which spaCy keeps one space at the word before; the rest are words."""
    spans: list[Span] = []
    spaces: list[bool] = []
    edge = 0
    for start, end in [*words, (len(text), len(text))]:
        if edge < start and spans and text[edge] == " ":
            spaces[-1] = True
            edge += 1
        if edge < start:
            spans.append((edge, start))
            spaces.append(False)
        if start < end:
            spans.append((start, end))
            spaces.append(False)
        edge = end
    return spans, spaces


def read_docbin(reading: Reading) -> Read:
    """Entities, span groups and clusters of each document; what its tokens say beyond that is left aside.

    Raises:
        UsageError: spaCy is not installed.
    """
    spacy = _spacy()
    try:
        binary = spacy.tokens.DocBin(store_user_data=True).from_bytes(reading.path.read_bytes())
        docs = list(binary.get_docs(spacy.blank("en").vocab))
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError) as error:
        reading.report("E105", f"{type(error).__name__} on reading", "a DocBin as spaCy 3 writes it")
        return reading.done([])
    ids, lines = Ids(reading), []
    for number, doc in enumerate(docs, start=1):
        given = doc.user_data.get("doc_id")
        doc_id = ids.accept(f"{reading.path.stem}-{number}" if given is None else given)
        if doc_id is not None:
            lines.append(_line(doc, doc_id, reading))
    return reading.done(lines)


def _line(doc: Any, doc_id: str, reading: Reading) -> GoldLine:
    groups: Mapping[str, Any] = doc.spans
    clusters = {name: [_placed(one) for one in groups[name]] for name in groups if name.startswith(CLUSTER)}
    alone = [_placed(one) for one in groups.get(MENTIONS, doc.ents)]
    for name in sorted(set(groups) - clusters.keys() - {MENTIONS}):
        reading.lost[f"spans of the group {name}"] += len(groups[name])
    reading.lost["categories of documents"] += len(doc.cats)
    entities, mentions = assemble(doc.text, pair_up(clusters, alone), reading)
    sentences = tuple((one.start_char, one.end_char) for one in doc.sents) if doc.has_annotation("SENT_START") else ()
    return begin_line(doc_id, doc.text, sentences=_trimmed(doc.text, sentences), entities=entities, mentions=mentions)


def _placed(span: Any) -> Placed:
    return Placed((span.start_char, span.end_char), span.label_ or None, span.kb_id_ or None)


def _trimmed(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Sentences without the white space at their ends; those of white space alone are left out."""
    found = []
    for start, end in spans:
        words = text[start:end]
        start, end = end - len(words.lstrip()), start + len(words.rstrip())
        if start < end:
            found.append((start, end))
    return tuple(found)
