"""The stances layer: holder-target pairs and their sign, on one alignment by identity (matcher `identity.v1`).

Views: `opinion` (evaluation, position, intent) is the one to quote, `belief` stands on its own line: who accuses does
not favor. Two items can meet only if holder and target are the same; among those the total weight
64 + 128 core + 32 sign + 16 dimension + 8 grade + 4 act is largest, ties to the lowest positions.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from goldassay.layers.base import GoldDocument, Layer, Options, Pair, plain
from goldassay.layers.identity import Identities, resolve, resolve_document
from goldassay.match.alignment import Alignment, Side
from goldassay.match.assignment import match_heaviest
from goldassay.match.columns import IntArray
from goldassay.measures.measure import Match
from goldassay.model.labels import DIMENSIONS
from goldassay.model.predictions import PredictedStance, Prediction
from goldassay.model.stances import Stance, sign

Item = tuple[int, int]
"""Index of the document in the batch, position in its list."""


def accepted_grades(stance: Stance) -> frozenset[int]:
    """The grade and its defensible alternatives."""
    return frozenset((stance.grade, *stance.grade_alt))


def counts_once(stance: Stance) -> bool:
    """Core, and not the repetition of another stance (`same_as`): a cluster of repetitions counts once."""
    return stance.tier == "core" and stance.same_as is None


def sign_is_open(stance: Stance) -> bool:
    """Whether the acceptable grades cover all three signs, so that no sign can be wrong."""
    return {sign(grade) for grade in accepted_grades(stance)} == {-1, 0, 1}


def match_weight(gold: Stance, predicted: PredictedStance) -> int:
    """How well two stances of the same holder on the same target agree; 64 to 252."""
    grades = accepted_grades(gold)
    return (
        64
        + 128 * counts_once(gold)
        + 32 * (predicted.sign in {sign(grade) for grade in grades})
        + 16 * (predicted.dimension == gold.dimension)
        + 8 * (predicted.grade is not None and predicted.grade in grades)
        + 4 * (predicted.act == gold.act)
    )


def align_stances(pairs: Sequence[Pair], options: Options) -> tuple[Alignment, ...]:
    """Align the stances of a batch, once for each view."""
    known = [
        resolve_document(pair.gold, pair.predicted, gold_ids=options.gold_ids, threshold=options.proposition_f1)
        for pair in pairs
    ]
    return tuple(_align_view(view, pairs, known) for view in ("opinion", "belief"))


def _align_view(view: str, pairs: Sequence[Pair], known: Sequence[Identities]) -> Alignment:
    gold: list[tuple[Item, Stance]] = []
    predicted: list[tuple[Item, PredictedStance]] = []
    for unit, pair in enumerate(pairs):
        gold += [((unit, n), stance) for n, stance in enumerate(_gold(pair.gold)) if _in_gold(stance, view)]
        said = pair.predicted.stances or ()
        predicted += [((unit, n), stance) for n, stance in enumerate(said) if stance.belief == (view == "belief")]
    row, column = _candidates(gold, predicted, known)
    weights = [match_weight(gold[i][1], predicted[j][1]) for i, j in zip(row, column, strict=True)]
    chosen = match_heaviest(row, column, np.array(weights, dtype=np.int64))
    row, column = row[chosen], column[chosen]
    return _alignment(view, pairs, gold, predicted, row, column)


def _gold(gold: GoldDocument) -> Sequence[Stance]:
    return gold.stances.stances if gold.stances is not None else ()


def _in_gold(stance: Stance, view: str) -> bool:
    return (stance.dimension == "belief") == (view == "belief")


def _candidates(
    gold: Sequence[tuple[Item, Stance]],
    predicted: Sequence[tuple[Item, PredictedStance]],
    known: Sequence[Identities],
) -> tuple[IntArray, IntArray]:
    """Rows of both sides with the same document, holder and target."""
    at: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for row, ((unit, _), stance) in enumerate(gold):
        prefix = "P:" if stance.target.kind == "proposition" else ""
        at[(unit, stance.holder, prefix + stance.target.id)].append(row)
    edges = []
    for column, ((unit, _), said) in enumerate(predicted):
        holder, target = resolve(said.holder, known[unit]), resolve(said.target, known[unit])
        if holder is not None and target is not None:
            edges += [(row, column) for row in at.get((unit, holder, target), ())]
    table = np.array(edges, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _alignment(
    view: str,
    pairs: Sequence[Pair],
    gold: Sequence[tuple[Item, Stance]],
    predicted: Sequence[tuple[Item, PredictedStance]],
    row: IntArray,
    column: IntArray,
) -> Alignment:
    core = np.array([counts_once(stance) for _, stance in gold], dtype=np.bool_)
    closed = core & np.array([not sign_is_open(stance) for _, stance in gold], dtype=np.bool_)
    counted, counted_sign = (np.ones(len(predicted), dtype=np.bool_) for _ in range(2))
    counted[column] = core[row]  # a prediction aligned to optional gold leaves the predicted count with it
    counted_sign[column] = closed[row]
    right = np.array(
        [
            predicted[j][1].sign in {sign(g) for g in accepted_grades(gold[i][1])}
            for i, j in zip(row, column, strict=True)
        ],
        dtype=np.bool_,
    )
    signed = np.array(
        [
            not gold[i][1].grade_alt and sign(gold[i][1].grade) * predicted[j][1].sign != 0
            for i, j in zip(row, column, strict=True)
        ],
        dtype=np.bool_,
    )
    verdicts = {
        "pair": core[row],
        "sign": closed[row] & right,
        "signed": core[row] & signed,
        "flipped": core[row] & signed & ~right,
    }
    groups = {name: code for code, name in enumerate(DIMENSIONS)}
    return Alignment(
        layer="stances",
        view=view,
        units=[pair.gold.document.doc_id for pair in pairs],
        gold_side=_side(
            [item for item, _ in gold],
            [groups[stance.dimension] for _, stance in gold],
            {"gold": core, "gold_sign": closed, "gold_optional": ~core},
        ),
        predicted_side=_side(
            [item for item, _ in predicted],
            [groups.get(said.dimension or "", -1) for _, said in predicted],
            {"predicted": counted, "predicted_sign": counted_sign, "predicted_optional": ~counted},
        ),
        gold=row,
        predicted=column,
        verdicts={name: verdict.astype(np.int64) for name, verdict in verdicts.items()},
    )


def _side(
    items: Sequence[Item], groups: Sequence[int], sizes: dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]
) -> Side:
    table = np.array(items, dtype=np.int64).reshape(-1, 2)
    return Side(table[:, 0], table[:, 1], np.array(groups, dtype=np.int64), sizes)


def _annotated(gold: GoldDocument) -> bool:
    return gold.stances is not None


def _answered(prediction: Prediction) -> bool:
    return prediction.stances is not None


def _matches(view: str) -> tuple[Match, ...]:
    own = "own definition (docs/design/stances.md)"
    return (
        Match(
            "sign",
            view,
            "same holder, target and sign",
            *plain("sign"),
            gold="gold_sign",
            predicted="predicted_sign",
            headline=view == "opinion",
            symmetric=False,
            note=own,
        ),
        Match("pair", view, "same holder and target", *plain("pair"), symmetric=False, note=own),
        Match(
            "flip",
            view,
            "opposite sign, of the pairs in which both sides take one",
            {"flipped.gold": 1.0},
            {"flipped.predicted": 1.0},
            gold="signed.gold",
            predicted="signed.predicted",
            statistics=("rate",),
            symmetric=False,
            best=0.0,
            note=own,
        ),
    )


LAYER = Layer(
    name="stances",
    items="stances",
    groups=DIMENSIONS,
    align=align_stances,
    matches=_matches("opinion") + _matches("belief"),
    annotated=_annotated,
    answered=_answered,
)
