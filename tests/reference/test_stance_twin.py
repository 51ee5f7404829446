"""The alignment of stances, its rungs and its ordinal credit agree with their slow, readable twin."""

import random
import sys
from pathlib import Path

from goldassay.match.stance import (
    GoldStance,
    PredictedStance,
    align_stances,
    match_weight,
    ordinal_quarters,
    rungs,
)

sys.path.insert(0, str(Path(__file__).parent))

import stance_twin as twin

BATCHES = 3_000
HOLDERS = ("e1", "e2")
TARGETS = ("e2", "P:p1")
CHAINS = (("AUTHOR", "e1"), ("AUTHOR", "e2", "e1"))
DIMENSIONS = ("evaluation", "position")
ACTS = ("state", "deny")


def random_gold(source: random.Random) -> GoldStance:
    return GoldStance(
        unit=source.randrange(2),
        holder=source.choice(HOLDERS),
        target=source.choice(TARGETS),
        dimension=source.choice(DIMENSIONS),
        grades=tuple(source.randint(-2, 2) for _ in range(source.choice((1, 1, 2, 3)))),
        act=source.choice(ACTS),
        chain=source.choice(CHAINS),
        core=source.random() < 0.7,
    )


def random_predicted(source: random.Random) -> PredictedStance:
    return PredictedStance(
        unit=source.randrange(2),
        holder=source.choice((*HOLDERS, None)),
        target=source.choice((*TARGETS, None)),
        sign=source.choice((-1, 0, 1, None)),
        dimension=source.choice((*DIMENSIONS, None)),
        grade=source.choice((-2, -1, 0, 1, 2, None)),
        act=source.choice((*ACTS, None)),
        chain=source.choice((*CHAINS, ("AUTHOR", None, "e1"), None)),
    )


def test_alignment_rungs_and_credit_are_those_of_the_twin() -> None:
    source = random.Random(29)
    longest = set()
    for _ in range(BATCHES):
        gold = [random_gold(source) for _ in range(source.randint(0, 5))]
        said = [random_predicted(source) for _ in range(source.randint(0, 5))]
        row, column = align_stances(gold, said)
        found = list(zip(row.tolist(), column.tolist(), strict=True))
        assert found == twin.align(gold, said), (gold, said)
        for own in gold:
            for one in (one for one in said if one.unit == own.unit):
                reached = [name for name, right in rungs(own, one).items() if right]
                assert reached == twin.ladder(own, one)
                assert ordinal_quarters(own, one) / 4 == twin.ordinal(own, one)
                assert match_weight(own, one) == twin.weight(own, one)
                longest.add(len(reached))
    assert longest == set(range(7))
