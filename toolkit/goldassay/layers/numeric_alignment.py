"""Gold and predicted facts on one alignment (matcher `facts.v2`).

One-to-one, largest total of 0.5 o + 0.3 V + 0.2 C: o the best character Jaccard of any two extents, V the soft value
score, C how far the counted thing agrees. Two facts can meet only if they overlap or, where the prediction gives no
place, if their values are near; implicit gold, which excuses what meets it, then asks for the same value. A gold fact
counts once however often it is mentioned: a prediction that meets any of its mentions has found it, and a further
prediction of it, from the same mention or another, is spurious.

Gold of the implicit tier, and a prediction aligned to it, leave both counts; an identifier is no gold fact, so that a
system that takes one for a quantity is wrong, and one that calls it an identifier says nothing.

Both views are counted from the same pairs. `facts` counts over all facts of both sides, `aligned` over the pairs alone.
In the rows of a field that the gold may leave null, a gold fact without it leaves both counts with its prediction.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from goldassay.layers.base import GoldDocument, Options, Pair
from goldassay.layers.identity import Identities, resolve_document
from goldassay.layers.numeric_columns import pair_columns, pair_diagnoses
from goldassay.layers.numeric_comparison import FactComparison, compare_fact
from goldassay.layers.numeric_fields import agreement, counted_agreement, gold_extents, jaccard
from goldassay.layers.numeric_support import find_taken, find_unsupported
from goldassay.match.alignment import Alignment, Side
from goldassay.match.assignment import match_heaviest
from goldassay.match.columns import BoolArray, IntArray
from goldassay.match.value import ValueComparison
from goldassay.model.labels import NUMERIC_KINDS
from goldassay.model.numeric_facts import NumericFact
from goldassay.model.predictions import PredictedFact, Prediction

UNIT = 2**32
"""Weights are whole numbers of 2^-32, so that sums are exact."""

NULLABLE = ("counted", "subject", "sources")
"""The scored fields that the gold may leave null."""

GoldRow = tuple[int, int, NumericFact]
PredictedRow = tuple[int, int, PredictedFact]
"""Index of the document in the batch, position in its list, the item."""


def gold_facts(gold: GoldDocument) -> list[tuple[int, NumericFact]]:
    """All annotated records with their positions, identifiers among them."""
    facts = gold.numeric_facts.numeric_facts if gold.numeric_facts is not None else ()
    return list(enumerate(facts))


def predicted_facts(prediction: Prediction) -> list[tuple[int, PredictedFact]]:
    """The predicted facts with their positions; what is predicted to be an identifier claims no quantity."""
    facts = prediction.numeric_facts or ()
    return [(position, said) for position, said in enumerate(facts) if said.kind != "identifier"]


def align_facts(pairs: Sequence[Pair], options: Options) -> tuple[Alignment, ...]:
    """Align the facts of a batch; one alignment a view."""
    gold: list[GoldRow] = []
    predicted: list[PredictedRow] = []
    edges: list[tuple[int, int, int]] = []
    known = [
        resolve_document(pair.gold, pair.predicted, gold_ids=options.gold_ids, threshold=options.proposition_f1)
        for pair in pairs
    ]
    for unit, pair in enumerate(pairs):
        edges += _meetings(pair, known[unit], len(gold), len(predicted))
        gold += [(unit, n, fact) for n, fact in gold_facts(pair.gold)]
        predicted += [(unit, n, said) for n, said in predicted_facts(pair.predicted)]
    table = np.array(edges, dtype=np.int64).reshape(-1, 3)
    chosen = match_heaviest(table[:, 0], table[:, 1], table[:, 2])
    row, column = table[chosen, 0], table[chosen, 1]
    compared = [
        compare_fact(
            gold[i][2], predicted[j][2], known[gold[i][0]], pairs[gold[i][0]].gold.document.text, _line(pairs, gold[i])
        )
        for i, j in zip(row, column, strict=True)
    ]
    return _count(pairs, gold, predicted, row, column, compared)


def _line(pairs: Sequence[Pair], row: GoldRow) -> Prediction:
    return pairs[row[0]].predicted


def _meetings(pair: Pair, known: Identities, first_gold: int, first_predicted: int) -> Iterator[tuple[int, int, int]]:
    """Gold row, predicted row and weight of every possible pair of a document."""
    text = pair.gold.document.text
    for i, fact in gold_facts(pair.gold):
        if fact.kind == "identifier":
            continue
        extents = gold_extents(fact)
        for j, (_, said) in enumerate(predicted_facts(pair.predicted)):
            overlap = jaccard(extents, said.extents)
            if overlap == 0 and said.extents:
                continue
            _, value = agreement(fact, said)
            counted = counted_agreement(fact, said, known, text)
            if overlap == 0 and not _is_near(fact, said, value, counted):
                continue
            weight = round((0.5 * overlap + 0.3 * value.soft + 0.2 * counted) * UNIT)
            yield first_gold + i, first_predicted + j, weight


def _is_near(fact: NumericFact, said: PredictedFact, value: ValueComparison, counted: float) -> bool:
    """Whether a prediction without a place can mean a fact.

    What meets implicit gold leaves the counts. So it takes the same value there, and no other counted thing: any wrong
    number would be excused else.
    """
    if fact.tier == "core":
        return value.soft > 0
    return value.exact and (said.counted is None or counted > 0)


def _count(
    pairs: Sequence[Pair],
    gold: Sequence[GoldRow],
    predicted: Sequence[PredictedRow],
    row: IntArray,
    column: IntArray,
    compared: Sequence[FactComparison],
) -> tuple[Alignment, ...]:
    identifier = np.array([fact.kind == "identifier" for *_, fact in gold], dtype=np.bool_)
    core = np.array([fact.tier == "core" for *_, fact in gold], dtype=np.bool_) & ~identifier
    counts = np.ones(len(predicted), dtype=np.bool_)
    counts[column] = core[row]
    has = {"": core} | {f"_{name}": core & _has(gold, name) for name in NULLABLE}
    asked = {name: _carried(held, counts, row, column) for name, held in has.items()}
    says_value = counts & np.array([said.parsed for *_, said in predicted], dtype=np.bool_)
    unsupported, taken = counts & _unsupported(pairs), _taken(pairs, gold, predicted, column)
    kinds = {name: code for code, name in enumerate(NUMERIC_KINDS)}
    gold_groups = [kinds[fact.kind] for *_, fact in gold]
    predicted_groups = [kinds.get(said.kind or "", -1) for *_, said in predicted]
    gold_sizes: dict[str, dict[str, BoolArray]] = {
        "facts": {f"gold{name}": held for name, held in has.items()}
        | {"gold_implicit": ~core & ~identifier, "identifiers": identifier, "identifiers_taken": taken},
        "aligned": {f"gold{name}": held & _among(row, len(gold)) for name, held in has.items()},
    }
    predicted_sizes: dict[str, dict[str, BoolArray]] = {
        "facts": {f"predicted{name}": held for name, held in asked.items()}
        | {"predicted_implicit": ~counts, "predicted_value": says_value, "ungrounded": unsupported},
        "aligned": {f"predicted{name}": held & _among(column, len(predicted)) for name, held in asked.items()},
    }
    verdicts = {name: points * core[row] for name, points in pair_columns(compared).items()}
    facts = [(gold[i][2], predicted[j][2]) for i, j in zip(row, column, strict=True)]
    more = {name: points * core[row] for name, points in pair_diagnoses(facts, compared).items()}
    return tuple(
        Alignment(
            layer="numeric_facts",
            view=view,
            units=[pair.gold.document.doc_id for pair in pairs],
            gold_side=_side(gold, gold_groups, gold_sizes[view]),
            predicted_side=_side(predicted, predicted_groups, predicted_sizes[view]),
            gold=row,
            predicted=column,
            verdicts=verdicts | (more if view == "aligned" else {}),
        )
        for view in ("facts", "aligned")
    )


def _has(gold: Sequence[GoldRow], field: str) -> BoolArray:
    return np.array([bool(getattr(fact, field)) for *_, fact in gold], dtype=np.bool_)


def _carried(held: BoolArray, counts: BoolArray, row: IntArray, column: IntArray) -> BoolArray:
    """The predictions that count where these gold facts do: theirs, and those that met nothing."""
    carried = counts.copy()
    carried[column] = held[row]
    return carried


def _among(rows: IntArray, size: int) -> BoolArray:
    found = np.zeros(size, dtype=np.bool_)
    found[rows] = True
    return found


def _unsupported(pairs: Sequence[Pair]) -> BoolArray:
    found: list[bool] = []
    for pair in pairs:
        found += find_unsupported(pair.gold, [said for _, said in predicted_facts(pair.predicted)])
    return np.array(found, dtype=np.bool_)


def _taken(
    pairs: Sequence[Pair], gold: Sequence[GoldRow], predicted: Sequence[PredictedRow], column: IntArray
) -> BoolArray:
    """The identifiers that a prediction that met no fact takes for a quantity."""
    met = _among(column, len(predicted))
    taken = np.zeros(len(gold), dtype=np.bool_)
    for unit in range(len(pairs)):
        rows = [i for i, (own, _, fact) in enumerate(gold) if own == unit and fact.kind == "identifier"]
        free = [said for j, (own, _, said) in enumerate(predicted) if own == unit and not met[j]] if rows else []
        taken[rows] = find_taken([gold[i][2] for i in rows], free)
    return taken


def _side(
    items: Sequence[GoldRow] | Sequence[PredictedRow], groups: Sequence[int], sizes: Mapping[str, BoolArray]
) -> Side:
    table = np.array([item[:2] for item in items], dtype=np.int64).reshape(-1, 2)
    return Side(table[:, 0], table[:, 1], np.array(groups, dtype=np.int64), sizes)
