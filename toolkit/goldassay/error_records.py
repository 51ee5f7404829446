"""L4: everything that is not right, as records: each wrong gold item and each wrong predicted item once a view.

Mentions: view `names`, and of view `all` the records in which at least one item is none that `names` counts. An item
is right if it is right in the headline match of its layer: `strict`, `sign`, `relation`, `core`, `whole`. What
leaves both counts there (optional and implicit gold, and what is aligned to it) is no error. A stance whose accepted
grades cover all signs can be missed, but its sign cannot be wrong. Stances that met nothing are told by their class of
error (`match/stance_chains.py`): the classes with both sides in one record.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from goldassay.corpus.sentences import split_sentences
from goldassay.evaluate import Evaluation, Observer, evaluate
from goldassay.layers.base import GoldDocument, Options, Pair
from goldassay.layers.cluster_errors import count_cluster_errors, tell_cluster_errors
from goldassay.layers.item_text import DESCRIBE, Item
from goldassay.layers.item_verdicts import FURTHER, JUDGES, overlap_of
from goldassay.layers.mentions import entity_groups
from goldassay.layers.unresolved import NAMES, explain_error, identify_pair
from goldassay.match.alignment import Alignment
from goldassay.match.columns import IntArray
from goldassay.measures.coreference_errors import Kind
from goldassay.model.document import Document
from goldassay.model.error_record import MISSED, SPURIOUS, ErrorRecord
from goldassay.model.labels import ENTITY_TYPES
from goldassay.model.predictions import Prediction
from goldassay.model.record import Span
from goldassay.tally.confusion import count_confusion, unmet
from goldassay.tally.positions import count_tenths

Row = tuple[int | None, int | None, str]
"""Gold row, predicted row, verdict."""

Held = tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]
"""Gold and predicted items of a batch, as (document, position)."""

NOTHING: Held = (frozenset(), frozenset())
VIEWS = {
    "entities": ("names", "all"),
    "stances": ("opinion", "belief"),
    "attributions": ("relations",),
    "numeric_facts": ("facts",),
    "times": ("expressions",),
}
"""The views with error records. Further views of a layer look at the same items again."""


@dataclass(frozen=True, slots=True)
class ErrorLog:
    """What evaluating leaves behind beside scores.

    types        the labels of mentions, in the order of the confusion's rows
    records      everything that is not right, in the order in which it was met; `sorted_records` orders it
    confusion    {view of the entities layer: counts of `count_confusion`}
    coreference  {document: {view of the coreference layer: {class of error: count}}}
    """

    types: tuple[str, ...] = ENTITY_TYPES
    records: list[ErrorRecord] = field(default_factory=list)
    confusion: dict[str, IntArray] = field(default_factory=dict)
    coreference: dict[str, dict[str, dict[Kind, int]]] = field(default_factory=dict)


def evaluate_with_errors(
    gold: Sequence[GoldDocument],
    predictions: Mapping[str, Prediction],
    *,
    layers: Sequence[str] | None,
    options: Options,
    errors: bool = True,
    positions: bool = True,
) -> tuple[Evaluation, ErrorLog | None, dict[str, IntArray]]:
    """`evaluate`, with what is not right and with recall by place as far as they are asked for (errors ask for both).

    The third value is `{view: count_tenths of gold mentions}`.
    """
    log, counts = ErrorLog(types=entity_groups(options)), dict[str, IntArray]()
    observers = [observe_errors(log, options)] if errors else []
    observers += [observe_positions(counts)] if errors or positions else []

    def observe(alignment: Alignment, pairs: Sequence[Pair]) -> None:
        for observer in observers:
            observer(alignment, pairs)

    evaluation = evaluate(gold, predictions, layers=layers, options=options, observe=observe)
    if errors and any(tally.layer == "coreference" for tally in evaluation.tallies):
        add_coreference_errors(log, gold, predictions)
    return evaluation, log if errors else None, counts


def observe_errors(log: ErrorLog, options: Options) -> Observer:
    """An observer for `evaluate` that fills the log from each alignment of the views in `VIEWS`."""
    named: dict[str, Held] = {}

    def observe(alignment: Alignment, pairs: Sequence[Pair]) -> None:
        layer, view = alignment.layer, alignment.view
        if view not in VIEWS.get(layer, ()):
            return
        if layer == "entities":
            counts = count_confusion(alignment, len(log.types))
            log.confusion[view] = log.confusion.get(view, np.zeros_like(counts)) + counts
        # The views of a batch come one after the other, `names` before `all`.
        log.records.extend(find_errors(alignment, pairs, options, held=named.get(layer, NOTHING)))
        if (layer, view) == ("entities", "names"):
            named[layer] = counted_items(alignment)
        elif view == "all":
            named.pop(layer, None)

    return observe


def observe_positions(counts: dict[str, IntArray]) -> Observer:
    """An observer that counts gold mentions and those found (strict) by tenth of the text, for each view."""

    def observe(alignment: Alignment, pairs: Sequence[Pair]) -> None:
        if alignment.layer != "entities" or alignment.view not in VIEWS["entities"]:
            return
        side = alignment.gold_side
        rows = np.flatnonzero(side.sizes["gold"])
        right = np.zeros(len(side.unit), dtype=np.bool_)
        right[alignment.gold] = alignment.verdicts["strict"] == 1
        length = np.array([len(pair.gold.document.text) for pair in pairs], dtype=np.int64)
        start = [
            _start(pairs[unit].gold, place) for unit, place in zip(side.unit[rows], side.position[rows], strict=True)
        ]
        tenths = count_tenths(np.array(start, dtype=np.int64), length[side.unit[rows]], right[rows])
        counts[alignment.view] = counts.get(alignment.view, np.zeros_like(tenths)) + tenths

    return observe


def _start(gold: GoldDocument, position: int) -> int:
    return gold.entities.mentions[position].spans[0][0] if gold.entities is not None else 0


def add_coreference_errors(log: ErrorLog, gold: Iterable[GoldDocument], predictions: Mapping[str, Prediction]) -> None:
    """Fill the log with the coreference errors of every document annotated with entities."""
    for document in gold:
        if document.entities is None:
            continue
        doc_id = document.document.doc_id
        pair = Pair(document, predictions.get(doc_id) or Prediction(doc_id=doc_id))
        log.coreference[doc_id] = count_cluster_errors(pair)
        sentences = sentences_of(document.document)
        log.records.extend(
            build_record("coreference", "all", document.document, sentences, kind, own, said, None)
            for kind, own, said in tell_cluster_errors(pair)
        )


def counted_items(alignment: Alignment) -> Held:
    """The items that a view counts on each side."""
    gold, predicted = alignment.gold_side, alignment.predicted_side
    rows, columns = np.flatnonzero(gold.sizes["gold"]), np.flatnonzero(predicted.sizes["predicted"])
    return (
        frozenset(zip(gold.unit[rows].tolist(), gold.position[rows].tolist(), strict=True)),
        frozenset(zip(predicted.unit[columns].tolist(), predicted.position[columns].tolist(), strict=True)),
    )


def find_errors(
    alignment: Alignment, pairs: Sequence[Pair], options: Options, *, held: Held = NOTHING
) -> Iterator[ErrorRecord]:
    """The records of one alignment, except those all of whose items are `held` by another view."""
    describe_gold, describe_predicted = DESCRIBE[alignment.layer]
    gold, predicted = alignment.gold_side, alignment.predicted_side
    sentences = [sentences_of(pair.gold.document) for pair in pairs]
    known = [identify_pair(pair, options) if alignment.layer in NAMES else None for pair in pairs]
    for i, j, verdict in wrong_rows(alignment, pairs, options):
        own = None if i is None else (int(gold.unit[i]), int(gold.position[i]))
        said = None if j is None else (int(predicted.unit[j]), int(predicted.position[j]))
        if (own is None or own in held[0]) and (said is None or said in held[1]):
            continue
        unit = own[0] if own is not None else said[0] if said is not None else 0
        overlap = overlap_of(alignment.layer, pairs[unit], own[1], said[1]) if own and said else None
        reason = None
        if said is not None:
            reason = explain_error(alignment.layer, pairs[unit], said[1], verdict, known[unit], options)
        yield build_record(
            alignment.layer,
            alignment.view,
            pairs[unit].gold.document,
            sentences[unit],
            verdict,
            None if own is None else describe_gold(pairs[unit], own[1]),
            None if said is None else describe_predicted(pairs[unit], said[1]),
            overlap,
            reason,
        )


def wrong_rows(alignment: Alignment, pairs: Sequence[Pair], options: Options) -> Iterator[Row]:
    """Rows of the sides that are not right, pairs first; each counted row occurs once at most."""
    counted, counted_predicted = alignment.gold_side.sizes["gold"], alignment.predicted_side.sizes["predicted"]
    verdicts = JUDGES[alignment.layer](alignment, pairs, options)
    for i, j, verdict in zip(alignment.gold.tolist(), alignment.predicted.tolist(), verdicts, strict=True):
        if verdict is not None and counted[i]:
            yield i, j, verdict
    if alignment.layer in FURTHER:
        yield from FURTHER[alignment.layer](alignment, pairs, options)
        return
    for i in np.flatnonzero(unmet(counted, alignment.gold)).tolist():
        yield i, None, MISSED
    for j in np.flatnonzero(unmet(counted_predicted, alignment.predicted)).tolist():
        yield None, j, SPURIOUS


def sentences_of(document: Document) -> Sequence[Span]:
    """The document's sentences, split here where it brings none."""
    return document.sentences or split_sentences(document.text)


def build_record(
    layer: str,
    view: str,
    document: Document,
    sentences: Sequence[Span],
    verdict: str,
    gold: Item | None,
    predicted: Item | None,
    overlap: float | None,
    reason: str | None = None,
) -> ErrorRecord:
    """The record of one error; an item whose id is empty is described, but is none of the data."""
    place = next((item.spans for item in (gold, predicted) if item is not None and item.spans), ())
    sentence = find_sentence(sentences, place[0][0]) if place else None
    return ErrorRecord(
        layer=layer,
        view=view,
        doc_id=document.doc_id,
        gold=str(gold.id) if gold is not None and gold.id != "" else None,
        predicted=predicted.id if predicted is not None and predicted.id != "" else None,
        verdict=verdict,
        gold_text=None if gold is None else gold.text,
        predicted_text=None if predicted is None else predicted.text,
        gold_label=None if gold is None else gold.label,
        predicted_label=None if predicted is None else predicted.label,
        gold_spans=() if gold is None else gold.spans,
        predicted_spans=() if predicted is None else predicted.spans,
        overlap=overlap,
        sentence=sentence,
        sentence_text=None if sentence is None else document.text[sentence[0] : sentence[1]],
        reason=reason,
    )


def find_sentence(sentences: Sequence[Span], place: int) -> Span | None:
    """The sentence that holds this character: the last that starts at it or before; null where there is none.

    >>> find_sentence([(0, 5), (6, 9)], 5), find_sentence([(2, 5)], 1)
    ((0, 5), None)
    """
    index = bisect_right(sentences, place, key=lambda sentence: sentence[0])
    return (sentences[index - 1][0], sentences[index - 1][1]) if index else None


def sort_key(record: ErrorRecord) -> tuple[object, ...]:
    """Document, first place in the text (none at all last), then layer, view, verdict and ids."""
    place = record.gold_spans or record.predicted_spans
    first = (0, place[0][0], place[-1][1]) if place else (1, 0, 0)
    ids = (record.gold or "", isinstance(record.predicted, int), str(record.predicted).zfill(9))
    return (record.doc_id, first, record.layer, record.view, record.verdict, *ids)


def sorted_records(log: ErrorLog) -> list[ErrorRecord]:
    """The records in the order of the text, whatever the order in which documents were read."""
    return sorted(log.records, key=sort_key)
