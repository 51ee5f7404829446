"""L4: gold and predictions in, tallies and scores out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import structs

from goldassay.layers import get_layers, order_layers
from goldassay.layers.base import GoldDocument, Layer, Options, Pair
from goldassay.layers.mention_maps import map_mentions
from goldassay.layers.mentions import entity_groups
from goldassay.match.alignment import Alignment
from goldassay.measures.measure import Match
from goldassay.measures.totals import score_view
from goldassay.model.predictions import Prediction
from goldassay.model.scorefile import Score
from goldassay.tally.count import count_alignment
from goldassay.tally.tally import POOLED, Tally, unit_order

BLOCK = 512
"""Documents aligned at a time: bounds memory; results do not depend on it."""

Observer = Callable[[Alignment, Sequence[Pair]], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores with the tallies they were divided from, and the layers that the predictions do not cover."""

    tallies: tuple[Tally, ...]
    scores: tuple[Score, ...]
    not_covered: tuple[str, ...]


def evaluate(
    gold: Sequence[GoldDocument],
    predictions: Mapping[str, Prediction],
    *,
    layers: Sequence[str] | None = None,
    options: Options | None = None,
    observe: Observer | None = None,
) -> Evaluation:
    """Score one system's predictions on annotated documents.

    A document without a prediction counts as answered with nothing. A layer is scored if it is asked for in `layers`
    or, with `layers` null, if any prediction carries it. Documents that are not annotated in a layer do not enter it.

    Args:
        gold: The annotated documents, in any order: the result does not depend on it.
        predictions: By document id; ids that the gold does not have are ignored here (the reader reports them).
        layers: Names of layers, or null for all that the predictions carry.
        options: Choices that can move a number.
        observe: Called with each alignment and its documents, for error reports.
    """
    chosen, not_covered = _choose(gold, predictions, layers)
    tallies: list[Tally] = []
    scores: list[Score] = []
    for layer in chosen:
        counted = count_layer(layer, gold, predictions, options or Options(), observe)
        pooled = pool_layer(layer, gold, predictions, options or Options())
        for tally in (*counted, *pooled):
            tallies.append(tally)
            matches = [match for match in layer.matches if match.view == tally.view]
            scores += _score_tally(tally, matches, sum(map(layer.annotated, gold)))
    return Evaluation(tuple(tallies), tuple(scores), not_covered)


def count_layer(
    layer: Layer,
    gold: Sequence[GoldDocument],
    predictions: Mapping[str, Prediction],
    options: Options,
    observe: Observer | None = None,
) -> Sequence[Tally]:
    """One tally for each view of a layer, over the documents annotated in it."""
    annotated = [document for document in gold if layer.annotated(document)]
    order = unit_order([document.document.doc_id for document in annotated])
    totals: Sequence[Tally] = []
    for block in _blocks([annotated[i] for i in order]):
        pairs = [Pair(document, _prediction(document, predictions)) for document in block]
        if layer.mapped:
            pairs = [map_mentions(pair, options) for pair in pairs]
        tallies = _count_block(layer, pairs, options, observe)
        totals = [a + b for a, b in zip(totals, tallies, strict=True)] if totals else tallies
    return totals


def pool_layer(
    layer: Layer, gold: Sequence[GoldDocument], predictions: Mapping[str, Prediction], options: Options
) -> Sequence[Tally]:
    """The tallies of a layer that count all annotated documents at once, one row each; empty if it has none."""
    annotated = [document for document in gold if layer.annotated(document)]
    if layer.pool is None or not annotated:
        return ()
    order = unit_order([document.document.doc_id for document in annotated])
    return layer.pool([Pair(annotated[i], _prediction(annotated[i], predictions)) for i in order], options)


def _score_tally(tally: Tally, matches: Sequence[Match], n_documents: int) -> list[Score]:
    """The scores of a view; one row of all documents is not one document."""
    scores = score_view(tally, matches)
    if tally.units != (POOLED,):
        return scores
    return [structs.replace(score, n_documents=n_documents) for score in scores]


def _count_block(layer: Layer, pairs: Sequence[Pair], options: Options, observe: Observer | None) -> Sequence[Tally]:
    alignments = layer.align(pairs, options) if layer.align is not None else ()
    if observe is not None:
        for alignment in alignments:
            observe(alignment, pairs)
    counted = layer.count(pairs, options) if layer.count is not None else ()
    derived = layer.derive(alignments, pairs, options) if layer.derive is not None else ()
    groups = entity_groups(options) if layer.mapped else layer.groups
    return [*(count_alignment(alignment, groups) for alignment in alignments), *counted, *derived]


def _choose(
    gold: Sequence[GoldDocument], predictions: Mapping[str, Prediction], layers: Sequence[str] | None
) -> tuple[list[Layer], tuple[str, ...]]:
    known = {doc.document.doc_id for doc in gold}
    said = [prediction for doc_id, prediction in predictions.items() if doc_id in known]
    table = get_layers()
    wanted = [table[name] for name in (order_layers(layers) if layers is not None else table)]
    gold_has = [layer for layer in wanted if any(layer.annotated(document) for document in gold)]
    chosen = [layer for layer in gold_has if layers is not None or any(layer.answered(item) for item in said)]
    return chosen, tuple(layer.name for layer in gold_has if layer not in chosen)


def _blocks(documents: Sequence[GoldDocument]) -> Iterator[Sequence[GoldDocument]]:
    for start in range(0, len(documents), BLOCK):
        yield documents[start : start + BLOCK]


def _prediction(document: GoldDocument, predictions: Mapping[str, Prediction]) -> Prediction:
    doc_id = document.document.doc_id
    return predictions.get(doc_id) or Prediction(doc_id=doc_id)
