"""The generated views of the gold: one row a document with all layers, one row a sentence with tags of names."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from goldassay.formats.tags import decode_lenient, encode_tags, parse_tag
from goldassay.formats.words import Marked, flat_chunks, split_words
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.stances import StancesRow
from goldassay.model.views import FlatMention, FullRow, TokensRow

NAME = "NAM"


def full_row(
    document: Document, entities: EntitiesRow | None, stances: StancesRow | None, numeric: NumericFactsRow | None
) -> FullRow:
    """A document and its rows in one."""
    merged = {
        field: getattr(row, field)
        for row in (document, entities, stances, numeric)
        if row is not None
        for field in row.__struct_fields__
    }
    return FullRow(**merged)


def token_rows(document: Document, entities: EntitiesRow) -> list[TokensRow]:
    """The words of each sentence with the IOB2 tags of the names (level NAM).

    Of names inside or across each other the longest stays. A name that runs over the end of a sentence is tagged in
    each of the two. A document without sentences is one sentence, a sentence without words gives no row.

    >>> from goldassay.model.entities import Mention
    >>> text = "The Bank of Ruritania lent. Zenda paid."
    >>> bank = Mention(id="m1", entity=None, type="ORG", spans=[(4, 21)], text="Bank of Ruritania", level="NAM")
    >>> land = Mention(id="m2", entity=None, type="GPE", spans=[(12, 21)], text="Ruritania", level="NAM")
    >>> row = Document(doc_id="d", title=None, text=text, language="en", dct=None, dct_evidence=None, source="",
    ...     rights="", origin="composed", sha256="", sentences=[(0, 27), (28, 39)])
    >>> rows = token_rows(row, EntitiesRow(doc_id="d", entities=[], mentions=[bank, land]))
    >>> rows[0].ner_tags, rows[1].tokens
    (['O', 'B-ORG', 'I-ORG', 'I-ORG', 'O', 'O'], ['Zenda', 'paid', '.'])
    """
    words = split_words(document.text)
    chunks = flat_chunks(words, [item for item in _names(entities).values() if item[1] is not None])
    rows = []
    for number, (first, last) in enumerate(_word_ranges(document, words)):
        inside = [(kind, max(start, first) - first, min(end, last) - first) for kind, start, end in chunks]
        own = words[first:last]
        row = TokensRow(
            doc_id=document.doc_id,
            sentence=number,
            tokens=[document.text[start:end] for start, end in own],
            offsets=own,
            ner_tags=encode_tags([chunk for chunk in inside if chunk[1] < chunk[2]], len(own)),
        )
        rows += [row] if own else []
    return rows


def flat_mentions(row: EntitiesRow | FullRow) -> list[FlatMention]:
    """The mentions of a document, each with the name, the type and the link of its entity; empty if not annotated.

    >>> land = Entity(id="e1", type="GPE", name="Ruritania", kb_id="NIL")
    >>> said = Mention(id="m1", entity="e1", spans=[(0, 4)], text="here", level="PRO")
    >>> (flat,) = flat_mentions(EntitiesRow(doc_id="d", entities=[land], mentions=[said]))
    >>> flat.type, flat.kb_id, flat.entity_name
    ('GPE', 'NIL', 'Ruritania')
    """
    entities = {entity.id: entity for entity in row.entities or ()}
    return [_flat(mention, entities.get(mention.entity or "")) for mention in row.mentions or ()]


def _flat(mention: Mention, entity: Entity | None) -> FlatMention:
    own = {name: getattr(mention, name) for name in mention.__struct_fields__}
    if entity is None:
        return FlatMention(**own)
    joined = {"type": mention.type or entity.type, "kb_id": mention.kb_id or entity.kb_id}
    return FlatMention(**own | joined, entity_name=entity.name)


def count_token_losses(document: Document, entities: EntitiesRow) -> dict[str, int]:
    """How many names there are (`names`), how many the tags give back (`kept`), and why the others are not.

    `discontinuous` ones are chunks of their own or left out, `within_word` ones are widened to whole words,
    `across_sentences` ones are cut, `untyped` ones are left out, and so are `overlapped` ones: inside, across or at the
    same place as a name that was laid down first.
    """
    rows = token_rows(document, entities)
    tagged = {span for row in rows for span in _tagged(row)}
    counts = Counter({"names": 0, "kept": 0})
    edges = {edge for row in rows for span in row.offsets for edge in span}
    breaks = [row.offsets[0][0] for row in rows[1:]]
    for spans, type_, _ in _names(entities).values():
        counts["names"] += 1
        start, end = spans[0][0], spans[-1][1]
        if len(spans) == 1 and (start, end, type_) in tagged:
            counts["kept"] += 1
        elif type_ is None:
            counts["untyped"] += 1
        elif len(spans) > 1:
            counts["discontinuous"] += 1
        elif not {start, end} <= edges:
            counts["within_word"] += 1
        elif any(start < place < end for place in breaks):
            counts["across_sentences"] += 1
        else:
            counts["overlapped"] += 1
    return dict(counts)


def sum_losses(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """The losses of several documents together.

    >>> sum_losses([{"names": 3, "kept": 2, "overlapped": 1}, {"names": 1, "kept": 1}])
    {'names': 4, 'kept': 3, 'overlapped': 1}
    """
    total: Counter[str] = Counter({"names": 0, "kept": 0})
    for one in counts:
        total.update(one)
    return dict(total)


def _names(entities: EntitiesRow) -> dict[str, Marked]:
    types: dict[str, str] = {entity.id: entity.type for entity in entities.entities}
    return {one.id: (one.spans, _type(one, types), one.id) for one in entities.mentions if one.level == NAME}


def _type(mention: Mention, types: Mapping[str, str]) -> str | None:
    return mention.type or (None if mention.entity is None else types.get(mention.entity))


def _word_ranges(document: Document, words: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The first word of each sentence and the word after its last; a word is of the sentence that starts before it."""
    starts = [start for start, _ in words]
    firsts = [bisect_right(starts, start - 1) for start, _ in document.sentences[1:]]
    return pairwise([0, *firsts, len(words)])


def _tagged(row: TokensRow) -> Iterator[tuple[int, int, str]]:
    for kind, first, last in decode_lenient([parse_tag(tag) for tag in row.ner_tags]):
        yield row.offsets[first][0], row.offsets[last - 1][1], kind


__all__ = ["count_token_losses", "flat_mentions", "full_row", "sum_losses", "token_rows"]
