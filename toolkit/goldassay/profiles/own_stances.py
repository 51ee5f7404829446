"""Our own definitions for stances on records of ids, so that other implementations can be checked against the numbers.

No other scorer defines them. Records are `{holder, target, dimension, grade, act, chain}`, with `tier` and `grade_alt`
where they differ from `core` and none; ids are compared as they are.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum
from typing import Any

from goldassay.match.stance import (
    QUARTERS,
    RUNGS,
    GoldStance,
    PredictedStance,
    align_stances,
    is_flip_comparable,
    ordinal_quarters,
    rungs,
)
from goldassay.match.stance_chains import (
    ERROR_CLASSES,
    chain_edges,
    chain_likeness,
    classify_errors,
    same_outermost,
)
from goldassay.model.stances import sign
from goldassay.profiles.base import CaseDocument, Options, Profile, Scores


def _read_gold(records: Sequence[Mapping[str, Any]]) -> list[GoldStance]:
    return [
        GoldStance(
            unit=0,
            holder=record["holder"],
            target=record["target"],
            dimension=record["dimension"],
            grades=(record["grade"], *record.get("grade_alt", ())),
            act=record["act"],
            chain=tuple(record["chain"]),
            core=record.get("tier", "core") == "core",
        )
        for record in records
    ]


def _read_predicted(records: Sequence[Mapping[str, Any]]) -> list[PredictedStance]:
    return [
        PredictedStance(
            unit=0,
            holder=record["holder"],
            target=record["target"],
            sign=sign(record["grade"]),
            dimension=record["dimension"],
            grade=record["grade"],
            act=record["act"],
            chain=tuple(record["chain"]),
        )
        for record in records
    ]


class _Counts:
    """What adds up over documents."""

    def __init__(self) -> None:
        self.n: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.likeness: list[float] = []

    def add(self, gold: Sequence[GoldStance], predicted: Sequence[PredictedStance]) -> None:
        row, column = align_stances(gold, predicted)
        pairs = list(zip(row.tolist(), column.tolist(), strict=True))
        left = {j for i, j in pairs if not gold[i].core}  # predictions that leave with their optional gold
        self.n.update(gold=sum(own.core for own in gold), pred=len(predicted) - len(left))
        for i, j in pairs:
            if gold[i].core:
                self._add_pair(gold[i], predicted[j])
        met, taken = {i for i, _ in pairs}, {j for _, j in pairs}
        free_gold = [own for i, own in enumerate(gold) if own.core and i not in met]
        free_predicted = [said for j, said in enumerate(predicted) if j not in taken]
        self.errors.update(error.kind for error in classify_errors(free_gold, free_predicted))

    def _add_pair(self, own: GoldStance, said: PredictedStance) -> None:
        comparable = is_flip_comparable(own, said)
        edges, other = chain_edges(own.chain), chain_edges(said.chain)
        self.n.update({f"rung {name}": reached for name, reached in rungs(own, said).items()})
        self.n.update(
            signed=comparable,
            flipped=comparable and said.sign not in own.signs,
            quarters=ordinal_quarters(own, said),
            edges=len(edges & other),
            gold_edges=len(edges),
            pred_edges=len(other),
            outermost=same_outermost(own.chain, said.chain),
        )
        self.likeness.append(chain_likeness(own.chain, said.chain))


def score_stances(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """The ladder, flips, ordinal credit, chains and classes of errors; 0/0 is null. There are no options.

    >>> own = {"holder": "e1", "target": "e2", "dimension": "belief", "grade": 2, "act": "state"}
    >>> own["chain"] = ["AUTHOR", "e1"]
    >>> scores = score_stances([{"doc_id": "d", "text": "", "gold": [own], "predicted": [own | {"grade": 1}]}], {})
    >>> [scores[rung]["f1"] for rung in ("pair", "sign", "dimension", "grade")]
    [1.0, 1.0, 1.0, 0.0]
    """
    counts = _Counts()
    for document in documents:
        counts.add(_read_gold(document["gold"] or ()), _read_predicted(document["predicted"] or ()))
    n = counts.n
    pairs = n[f"rung {RUNGS[0]}"]
    return {
        **{name: _rates(n[f"rung {name}"], n["pred"], n["gold"]) for name in RUNGS},
        "flip_rate": _ratio(n["flipped"], n["signed"]),
        "ordinal": _rates(n["quarters"] / QUARTERS, n["pred"], n["gold"]),
        "chain_lcs": _ratio(fsum(counts.likeness), pairs),
        "chain_edges": _rates(n["edges"], n["pred_edges"], n["gold_edges"]),
        "outermost_source_accuracy": _ratio(n["outermost"], pairs),
        "errors": {kind.replace(" ", "_").replace("-", "_"): counts.errors[kind] for kind in ERROR_CLASSES},
    }


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _rates(right: float, predicted: int, gold: int) -> dict[str, float | None]:
    return {
        "tp": right,
        "pred": predicted,
        "gold": gold,
        "p": _ratio(right, predicted),
        "r": _ratio(right, gold),
        "f1": _ratio(2 * right, predicted + gold),
    }


OWN_STANCES = Profile(
    name="own-stances",
    kind="stances",
    scorers=("own_stance_ladder",),
    tolerance=1e-9,
    quirks=(
        "Our own definitions on ids as they are, opinion and belief in one alignment. A stance whose grades cover all "
        "three signs stays in the counts of the sign, and what repeats another stance counts again. 0/0 is null."
    ),
    score=score_stances,
)
