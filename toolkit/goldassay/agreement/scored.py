"""Agreement by the scorer: one annotation as gold, the other as a system's predictions, under the same measures."""

from collections import Counter
from collections.abc import Sequence

from goldassay.agreement.figures import Figure
from goldassay.agreement.sides import Pair
from goldassay.evaluate import evaluate
from goldassay.formats.authoring import AuthoredDocument
from goldassay.layers import get_layers
from goldassay.layers.base import Options
from goldassay.layers.base import Pair as ScoredPair
from goldassay.layers.identity import Identities, resolve, resolve_document
from goldassay.layers.stances import accepted_grades, sign_is_open
from goldassay.match.alignment import Alignment
from goldassay.measures.measure import Measure, parse_measure
from goldassay.measures.totals import ALL
from goldassay.model.document import Document
from goldassay.model.predictions import PredictedStance
from goldassay.model.scorefile import Score
from goldassay.model.stances import Stance, sign
from goldassay.passes.load import as_gold
from goldassay.passes.prediction import as_prediction

SCORED_LAYERS = {
    "entities": ("entities", "coreference"),
    "stances": ("stances",),
    "numeric_facts": ("numeric_facts",),
}
"""The scorer's layers that an annotated layer feeds."""

RUNGS = ("+dimension", "+grade", "+act", "+chain")
"""What the ladder of stances asks for above the sign; each rung asks for all below it as well."""


def score_pairs(pairs: Sequence[Pair], layers: Sequence[str]) -> list[Figure]:
    """F1 and rates of every measure of the scorer, and the rungs of the stance ladder, in both directions."""
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
    ladder: dict[str, Counter[str]] = {"opinion": Counter(), "belief": Counter()}

    def observe(alignment: Alignment, scored: Sequence[ScoredPair]) -> None:
        if alignment.layer == "stances":
            ladder[alignment.view] += count_rungs(alignment, scored)

    gold = [as_gold(document, one) for document, one, _ in triples]
    predictions = {other.doc_id: as_prediction(other) for _, _, other in triples}
    names = [name for layer in layers for name in SCORED_LAYERS[layer]]
    evaluation = evaluate(gold, predictions, layers=names, observe=observe)
    values: Values = {}
    titles: dict[str, str] = {}
    for score in evaluation.scores:
        measure = parse_measure(score.measure)
        row = get_layers()[measure.layer].match(measure.match, measure.view)
        wanted = measure.statistic in ("f1", "rate") and not row.detail
        if score.group == ALL and measure.average == "micro" and wanted:
            values[score.measure] = (score.value, _counts(score))
            titles[score.measure] = title_of(measure)
    for view, counts in ladder.items():
        for rung in RUNGS if "stances" in layers else ():
            measure = Measure("stances", "f1", rung, view)
            sizes = {"a": counts["gold"], "b": counts["predicted"], "right": counts[rung]}
            total = sizes["a"] + sizes["b"]
            values[str(measure)] = (
                2 * sizes["right"] / total if total else None,
                {k: float(n) for k, n in sizes.items()},
            )
            titles[str(measure)] = title_of(measure)
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


def count_rungs(alignment: Alignment, pairs: Sequence[ScoredPair]) -> Counter[str]:
    """Sizes of both sides and pairs right at each rung, on the scorer's own alignment of one view.

    A gold stance whose acceptable grades cover all three signs leaves both counts with its prediction, as at the sign.
    """
    counts: Counter[str] = Counter(
        gold=int(alignment.gold_side.sizes["gold_sign"].sum()),
        predicted=int(alignment.predicted_side.sizes["predicted_sign"].sum()),
    )
    known = [_identities(pair) for pair in pairs]
    core = alignment.gold_side.sizes["gold_sign"]
    for row, column in zip(alignment.gold.tolist(), alignment.predicted.tolist(), strict=True):
        unit = int(alignment.gold_side.unit[row])
        stance, said = _pair_at(alignment, pairs[unit], row, column)
        if not core[row] or sign_is_open(stance) or said.sign not in {sign(g) for g in accepted_grades(stance)}:
            continue
        for rung in RUNGS:
            if not _is_right(rung, stance, said, known[unit]):
                break
            counts[rung] += 1
    return counts


def _identities(pair: ScoredPair) -> Identities:
    return resolve_document(pair.gold, pair.predicted, gold_ids=False, threshold=Options().proposition_f1)


def _pair_at(alignment: Alignment, pair: ScoredPair, row: int, column: int) -> tuple[Stance, PredictedStance]:
    stances = pair.gold.stances.stances if pair.gold.stances is not None else []
    said = pair.predicted.stances or ()
    return (
        stances[int(alignment.gold_side.position[row])],
        said[int(alignment.predicted_side.position[column])],
    )


def _is_right(rung: str, stance: Stance, said: PredictedStance, known: Identities) -> bool:
    match rung:
        case "+dimension":
            return said.dimension == stance.dimension
        case "+grade":
            return said.grade in accepted_grades(stance)
        case "+act":
            return said.act == stance.act
        case _:
            return [resolve(source, known) for source in said.sources or ()] == stance.sources


def annotated_layers(pairs: Sequence[Pair], layers: Sequence[str]) -> list[str]:
    """The layers that some document has in both annotations."""
    return [layer for layer in layers if any(layer in pair.a.layers for pair in pairs)]
