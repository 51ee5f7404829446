"""Agreement by the scorer: one annotation as gold, the other as a system's predictions, under the same measures."""

from collections.abc import Sequence

from goldassay.agreement.figures import Figure
from goldassay.agreement.sides import Pair
from goldassay.evaluate import evaluate
from goldassay.formats.authoring import AuthoredDocument
from goldassay.layers import get_layers
from goldassay.measures.measure import RATIOS, Measure, parse_measure
from goldassay.measures.totals import ALL
from goldassay.model.document import Document
from goldassay.model.scorefile import Score
from goldassay.passes.load import as_gold
from goldassay.passes.prediction import as_prediction

SCORED_LAYERS = {
    "entities": ("entities", "coreference"),
    "stances": ("stances",),
    "numeric_facts": ("numeric_facts",),
}
"""The scorer's layers that an annotated layer feeds."""


def score_pairs(pairs: Sequence[Pair], layers: Sequence[str]) -> list[Figure]:
    """F1 and rates of every usual measure of the scorer, in both directions."""
    there, titles = _score([(pair.document, pair.a, pair.b) for pair in pairs], layers)
    back, _ = _score([(pair.document, pair.b, pair.a) for pair in pairs], layers)
    return [
        Figure(
            layer=parse_measure(token).layer,
            measure=token,
            title=titles[token],
            value=value,
            swapped=back[token][0] if token in back else None,
            counts=counts,
        )
        for token, (value, counts) in there.items()
    ]


Values = dict[str, tuple[float | None, dict[str, float]]]
"""Value and counts by measure token."""


def _score(
    triples: Sequence[tuple[Document, AuthoredDocument, AuthoredDocument]], layers: Sequence[str]
) -> tuple[Values, dict[str, str]]:
    gold = [as_gold(document, one) for document, one, _ in triples]
    predictions = {other.doc_id: as_prediction(other) for _, _, other in triples}
    names = [name for layer in layers for name in SCORED_LAYERS[layer]]
    evaluation = evaluate(gold, predictions, layers=names)
    values: Values = {}
    titles: dict[str, str] = {}
    for score in evaluation.scores:
        measure = parse_measure(score.measure)
        row = get_layers()[measure.layer].match(measure.match, measure.view)
        wanted = measure.statistic in ("f1", *RATIOS) and not row.detail
        if score.group == ALL and measure.average == "micro" and wanted:
            values[score.measure] = (score.value, _counts(score))
            titles[score.measure] = title_of(measure)
    return values, titles


def title_of(measure: Measure) -> str:
    """A measure of the scorer in short words.

    >>> title_of(parse_measure("stances.f1(match=+act,view=opinion,avg=micro)"))
    'F1 +act, opinion'
    """
    return f"{'F1' if measure.statistic == 'f1' else measure.statistic} {measure.match}, {measure.view}"


def _counts(score: Score) -> dict[str, float]:
    """Sizes of both sides, and what is right of the first; a mean of other measures has none of its own."""
    names = {"gold": "a", "predicted": "b", "credit_gold": "right"}
    return {own: score.counts[name] for name, own in names.items() if name in score.counts}


def annotated_layers(pairs: Sequence[Pair], layers: Sequence[str]) -> list[str]:
    """The layers that some document has in both annotations."""
    return [layer for layer in layers if any(layer in pair.a.layers for pair in pairs)]
