"""Which holder-target pairs of a document are asked, and which answers of a prediction belong to them.

A pair is asked if a core stance of view `opinion`, no repetition, has this holder and target, and if the signs that
its stances accept are not all three.
"""

from dataclasses import dataclass
from urllib.parse import quote

from goldassay.layers.base import GoldDocument
from goldassay.layers.stance_records import accepted_grades, counts_once
from goldassay.model.predictions import PredictedPair, Prediction
from goldassay.model.stances import Stance, Target, sign

SIGNS = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class StancePair:
    """One holder and one target of a document, with the core stances that the holder takes on it, as listed."""

    id: str
    holder: str
    target: Target
    stances: tuple[Stance, ...]

    @property
    def grade(self) -> int:
        """The grade that is farthest from 0; of equal ones the first listed."""
        return max((stance.grade for stance in self.stances), key=abs)

    @property
    def accepted(self) -> frozenset[int]:
        """Every grade that one of the stances accepts."""
        return frozenset(grade for stance in self.stances for grade in accepted_grades(stance))


def name_pair(holder: str, target: Target) -> str:
    """The id of a pair in its document, the same for everyone who asks.

    >>> name_pair("e1", Target(kind="proposition", id="p2"))
    'e1>proposition:p2'
    """
    return f"{quote(holder, safe='')}>{target.kind}:{quote(target.id, safe='')}"


def list_pairs(gold: GoldDocument) -> tuple[StancePair, ...]:
    """The pairs of a document that are asked, in the order in which they are first listed."""
    found: dict[str, list[Stance]] = {}
    for stance in gold.stances.stances if gold.stances is not None else ():
        if counts_once(stance) and stance.dimension != "belief":
            found.setdefault(name_pair(stance.holder, stance.target), []).append(stance)
    pairs = (StancePair(id_, own[0].holder, own[0].target, tuple(own)) for id_, own in found.items())
    return tuple(pair for pair in pairs if {sign(grade) for grade in pair.accepted} != set(SIGNS))


def sort_answers(
    asked: dict[str, StancePair], prediction: Prediction
) -> tuple[dict[str, PredictedPair], list[PredictedPair]]:
    """The first answer to each pair that was asked, and all other answers."""
    answers: dict[str, PredictedPair] = {}
    strays = []
    for said in prediction.stance_pairs or ():
        if said.id is not None and said.id in asked and said.id not in answers:
            answers[said.id] = said
        else:
            strays.append(said)
    return answers, strays
