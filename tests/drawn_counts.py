"""Counts of right, predicted and gold items drawn at random, as the evaluation of a system in one view."""

import numpy as np
import numpy.typing as npt

from goldassay.evaluate import Evaluation
from goldassay.layers import get_layers
from goldassay.layers.base import GoldDocument
from goldassay.measures.totals import score_view
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.scorefile import Score
from goldassay.tally.tally import Tally, unit_order

VIEW = "names-characters"
(MATCH,) = (match for match in get_layers()["entities"].matches if match.view == VIEW)
"""The view with the fewest measures: these laws are about the gate, whatever is counted."""

Counts = npt.NDArray[np.int64]
"""Rows of (right, predicted, gold), one a document."""


def gold_of(n: int) -> list[GoldDocument]:
    return [
        GoldDocument(
            Document(
                doc_id=f"d{index}",
                title=None,
                text="x",
                language="en",
                dct=None,
                dct_evidence=None,
                source="made up",
                rights="free",
                origin="composed",
                sha256="",
                sentences=[(0, 1)],
            ),
            entities=EntitiesRow(doc_id=f"d{index}", entities=[], mentions=[]),
        )
        for index in range(n)
    ]


def evaluation_of(counts: Counts) -> Evaluation:
    order = unit_order([f"d{index}" for index in range(len(counts))])
    right, predicted, gold = (counts[order, column : column + 1] for column in range(3))
    columns = {MATCH.gold: gold, MATCH.predicted: predicted}
    columns |= dict.fromkeys(MATCH.credit_gold, right) | dict.fromkeys(MATCH.credit_predicted, right)
    tally = Tally("entities", VIEW, tuple(f"d{index}" for index in order), ("all",), columns)
    return Evaluation((tally,), tuple(score_view(tally, [MATCH])), ())


def wanted(evaluation: Evaluation) -> list[Score]:
    return [one for one in evaluation.scores if ".f1(" in one.measure and "avg=micro" in one.measure]


def f1(counts: Counts) -> float:
    right, predicted, gold = counts.sum(axis=0)
    return float(2 * right / (predicted + gold))


def random_side(random: np.random.Generator, gold: Counts, share: float) -> Counts:
    right = random.binomial(gold, share)
    return np.stack([right, right + random.poisson(2, len(gold)), gold], axis=1)


def random_pair(seed: int, n: int, shares: tuple[float, float] = (0.6, 0.6)) -> tuple[Counts, Counts]:
    random = np.random.default_rng(seed)
    gold = random.integers(3, 12, n)
    return random_side(random, gold, shares[0]), random_side(random, gold, shares[1])
