"""The alignment of stances written as it is explained: every one-to-one matching is tried, agreement by agreement.

Slow on purpose. `goldassay.match.stance` has to give the same pairs and the same rungs.
"""

from collections.abc import Iterator

from goldassay.match.stance import GoldStance, PredictedStance


def agreements(gold: GoldStance, said: PredictedStance) -> list[bool]:
    """Core, sign, dimension, grade, act, chain: what counts for a pair, from the heaviest to the lightest."""
    signs = [0 if grade == 0 else grade // abs(grade) for grade in gold.grades]
    return [
        gold.core,
        said.sign is not None and said.sign in signs,
        said.dimension is not None and said.dimension == gold.dimension,
        said.grade is not None and said.grade in gold.grades,
        said.act is not None and said.act == gold.act,
        said.chain is not None and list(said.chain) == list(gold.chain),
    ]


def weight(gold: GoldStance, said: PredictedStance) -> int:
    """A pair is worth 64, its agreements 128, 32, 16, 8, 4, 2."""
    return 64 + sum(
        points for points, agree in zip((128, 32, 16, 8, 4, 2), agreements(gold, said), strict=True) if agree
    )


def may_meet(gold: GoldStance, said: PredictedStance) -> bool:
    same_document = gold.unit == said.unit
    return same_document and said.holder == gold.holder and said.target == gold.target


def matchings(row: int, free: list[int], options: list[list[int]]) -> Iterator[list[tuple[int, int]]]:
    """All matchings from this gold row on, those first in which it has its first option."""
    if row == len(options):
        yield []
        return
    for column in options[row]:
        if column in free:
            for rest in matchings(row + 1, [one for one in free if one != column], options):
                yield [(row, column), *rest]
    yield from matchings(row + 1, free, options)


def align(gold: list[GoldStance], said: list[PredictedStance]) -> list[tuple[int, int]]:
    """The first of the heaviest matchings."""
    options = [[j for j, one in enumerate(said) if may_meet(own, one)] for own in gold]
    every = matchings(0, list(range(len(said))), options)
    return max(every, key=lambda pairs: sum(weight(gold[i], said[j]) for i, j in pairs))


def ladder(gold: GoldStance, said: PredictedStance) -> list[str]:
    """The rungs that two stances reach, from the lowest on; the first that fails ends the climb."""
    names = ["sign", "dimension", "grade", "act", "chain"]
    if not may_meet(gold, said):
        return []
    reached = ["pair"]
    for name, agree in zip(names, agreements(gold, said)[1:], strict=True):
        if not agree:
            break
        reached.append(name)
    return reached


def ordinal(gold: GoldStance, said: PredictedStance) -> float:
    """1 for an acceptable grade, a quarter less for each grade that the nearest of them is off."""
    if said.grade is None:
        return 0.0
    return max(1 - abs(said.grade - grade) / 4 for grade in gold.grades)
