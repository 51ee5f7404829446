"""Who says so: chains of sources compared, and what kind of error a stance is that met nothing.

A chain runs from AUTHOR over the reporters, outermost first, to the holder. An id that was not found is null and equals
nothing; a system that gives no sources has no chain, and no link of it is right.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from goldassay.match.stance import GoldStance, PredictedStance
from goldassay.model.labels import AUTHOR

Chain = Sequence[str | None]
Edge = tuple[str | None, str | None]
ErrorClass = Literal[
    "swapped",
    "promoted to fact",
    "collapsed to reporter",
    "over-nested",
    "wrong holder",
    "wrong target",
    "missed",
    "spurious",
]


def same_chain(gold: Chain, predicted: Chain | None) -> bool:
    """Whether every link is the same.

    >>> same_chain(("AUTHOR", "bureau", "duke"), ("AUTHOR", "duke"))
    False
    """
    return predicted is not None and list(gold) == list(predicted)


def chain_edges(chain: Chain | None) -> frozenset[Edge]:
    """Who reports whom: each link with the next.

    >>> sorted(chain_edges(("AUTHOR", "bureau", "duke")))
    [('AUTHOR', 'bureau'), ('bureau', 'duke')]
    """
    return frozenset(pairwise(chain)) if chain is not None else frozenset()


def chain_likeness(gold: Chain, predicted: Chain | None) -> float:
    """Twice the longest common subsequence over the lengths of both chains; range 0 to 1, best 1, 0 without a chain.

    >>> chain_likeness(("AUTHOR", "bureau", "duke"), ("AUTHOR", "duke"))  # 2 * 2 / (3 + 2)
    0.8
    """
    if predicted is None:
        return 0.0
    longest = [0] * (len(predicted) + 1)  # of the gold links read so far with each beginning of the prediction
    for own in gold:
        before = list(longest)
        for j, other in enumerate(predicted):
            longest[j + 1] = before[j] + 1 if own == other else max(before[j + 1], longest[j])
    return 2 * longest[-1] / (len(gold) + len(predicted))


def same_outermost(gold: Chain, predicted: Chain | None) -> bool:
    """Whether the first link behind the author is the same: whom the text itself quotes.

    >>> same_outermost(("AUTHOR", "bureau", "duke"), ("AUTHOR", "bureau"))
    True
    """
    return predicted is not None and list(gold[1:2]) == list(predicted[1:2])


def depth_difference(gold: Chain, predicted: Chain) -> int:
    """By how many links the lengths differ; 0 is best.

    >>> depth_difference(("AUTHOR", "bureau", "duke"), ("AUTHOR", "duke"))
    1
    """
    return abs(len(gold) - len(predicted))


def _reporters(chain: Chain | None) -> Chain:
    return chain[1:-1] if chain is not None else ()


def _same_holder(gold: GoldStance, said: PredictedStance) -> bool:
    return gold.holder == said.holder


def _same_target(gold: GoldStance, said: PredictedStance) -> bool:
    return gold.target == said.target


def _swapped(gold: GoldStance, said: PredictedStance) -> bool:
    return gold.holder == said.target and gold.target == said.holder


def _promoted(gold: GoldStance, said: PredictedStance) -> bool:
    return _same_target(gold, said) and said.holder == AUTHOR


def _collapsed(gold: GoldStance, said: PredictedStance) -> bool:
    return _same_target(gold, said) and said.holder in _reporters(gold.chain)


def _over_nested(gold: GoldStance, said: PredictedStance) -> bool:
    return _same_target(gold, said) and gold.holder in _reporters(said.chain)


Rule = Callable[[GoldStance, PredictedStance], bool]
RULES: tuple[tuple[ErrorClass, Rule], ...] = (
    ("swapped", _swapped),
    ("promoted to fact", _promoted),
    ("collapsed to reporter", _collapsed),
    ("over-nested", _over_nested),
    ("wrong holder", _same_target),
    ("wrong target", _same_holder),
)
"""The classes of errors that have both sides, in the order in which they claim what met nothing."""

ERROR_CLASSES: tuple[ErrorClass, ...] = (*(name for name, _ in RULES), "missed", "spurious")


class StanceError(NamedTuple):
    """One error: index of the gold stance, of the predicted stance (null where there is none), and its class."""

    gold: int | None
    predicted: int | None
    kind: ErrorClass


def classify_errors(gold: Sequence[GoldStance], predicted: Sequence[PredictedStance]) -> Iterator[StanceError]:
    """What each stance of one document that met nothing is an instance of (own definition, docs/design/stances.md).

    Class by class in the order of `RULES`; within a class gold in its order takes the first prediction that is left.
    Each stance is used once; what no class claims is missed or spurious. One order of both lists always gives the same
    classes.

    Args:
        gold: Stances that count and were aligned to nothing, in the order of the document's list.
        predicted: Predicted stances that count and were aligned to nothing, likewise.

    >>> own = GoldStance(0, "duke", "P:war", "intent", (1,), "plan", ("AUTHOR", "bureau", "duke"))
    >>> said = PredictedStance(0, "bureau", "P:war", 1)
    >>> list(classify_errors([own], [said]))
    [StanceError(gold=0, predicted=0, kind='collapsed to reporter')]
    """
    free_gold, free_predicted = list(range(len(gold))), list(range(len(predicted)))
    for kind, holds in RULES:
        for i in list(free_gold):
            j = next((j for j in free_predicted if holds(gold[i], predicted[j])), None)
            if j is not None:
                free_gold.remove(i)
                free_predicted.remove(j)
                yield StanceError(i, j, kind)
    yield from (StanceError(i, None, "missed") for i in free_gold)
    yield from (StanceError(None, j, "spurious") for j in free_predicted)
