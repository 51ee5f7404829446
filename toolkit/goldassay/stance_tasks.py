"""L4: stance classification as a task for anyone: the pairs of holder and target that are asked, without an answer."""

from collections.abc import Iterable, Iterator, Sequence

from goldassay.layers.base import GoldDocument
from goldassay.layers.given_pairs import StancePair, list_pairs
from goldassay.model.record import Id, Record, spans_text


class StancePairTask(Record, frozen=True, kw_only=True):
    """One question: which side does the holder take on the target in this text?

    `sentences` are those in which the gold names holder or target, in text order; empty where it names neither.
    """

    id: str
    doc_id: Id
    holder: str
    target: str
    sentences: tuple[str, ...]
    text: str


def list_tasks(documents: Iterable[GoldDocument]) -> Iterator[StancePairTask]:
    """A task for each pair, by document and then as the gold lists them."""
    for gold in documents:
        for pair in list_pairs(gold):
            yield StancePairTask(
                id=pair.id,
                doc_id=gold.document.doc_id,
                holder=_name(gold, "entity", pair.holder, [stance.holder_spans for stance in pair.stances]),
                target=_name(gold, pair.target.kind, pair.target.id, [stance.target_spans for stance in pair.stances]),
                sentences=tuple(_sentences(gold, pair)),
                text=gold.document.text,
            )


def _name(gold: GoldDocument, kind: str, id_: str, places: Sequence[Sequence[tuple[int, int]]]) -> str:
    """The name of an entity or the gloss of a proposition; without such a record its words, else its id."""
    names = {("entity", entity.id): entity.name for entity in gold.entities.entities} if gold.entities else {}
    if gold.stances is not None:
        names |= {("proposition", item.id): item.gloss for item in gold.stances.propositions}
    words = (spans_text(gold.document.text, spans) for spans in places if spans)
    return names.get((kind, id_)) or next(words, id_)


def _sentences(gold: GoldDocument, pair: StancePair) -> Iterator[str]:
    """What names the holder or the target decides, never the expression, which is half of the answer."""
    places = [span for stance in pair.stances for span in (*stance.holder_spans, *stance.target_spans)]
    for start, end in gold.document.sentences:
        if any(first < end and start < last for first, last in places):
            yield gold.document.text[start:end]
