"""The stances of a batch as records of ids: what the gold has and what a system said, resolved to the gold's ids."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress

from goldassay.layers.base import Options, Pair
from goldassay.layers.identity import Identities, resolve, resolve_document
from goldassay.match import stance as match
from goldassay.model.labels import AUTHOR
from goldassay.model.predictions import PredictedStance
from goldassay.model.stances import Stance, sign

BELIEF = "belief"
VIEWS = ("opinion", BELIEF)


def accepted_grades(stance: Stance) -> frozenset[int]:
    """The grade and its defensible alternatives."""
    return frozenset((stance.grade, *stance.grade_alt))


def counts_once(stance: Stance) -> bool:
    """Core, and not the repetition of another stance (`same_as`): a cluster of repetitions counts once."""
    return stance.tier == "core" and stance.same_as is None


def sign_is_open(stance: Stance) -> bool:
    """Whether the acceptable grades cover all three signs, so that no sign can be wrong."""
    return {sign(grade) for grade in accepted_grades(stance)} == {-1, 0, 1}


@dataclass(frozen=True, slots=True)
class Stances:
    """The stances of both sides of a batch of documents.

    units                               document ids
    gold, predicted                     the records; `unit` is an index of `units`
    gold_position, predicted_position   index of each in its document's own list
    """

    units: tuple[str, ...]
    gold: tuple[match.GoldStance, ...]
    predicted: tuple[match.PredictedStance, ...]
    gold_position: tuple[int, ...]
    predicted_position: tuple[int, ...]

    def keep(self, gold: Sequence[bool], predicted: Sequence[bool]) -> "Stances":
        """The same batch with only some stances of each side."""
        return replace(
            self,
            gold=tuple(compress(self.gold, gold)),
            predicted=tuple(compress(self.predicted, predicted)),
            gold_position=tuple(compress(self.gold_position, gold)),
            predicted_position=tuple(compress(self.predicted_position, predicted)),
        )


def identify(pairs: Sequence[Pair], options: Options) -> list[Identities]:
    """What the names of each document's prediction mean."""
    return [
        resolve_document(pair.gold, pair.predicted, gold_ids=options.gold_ids, threshold=options.proposition_f1)
        for pair in pairs
    ]


def read_stances(pairs: Sequence[Pair], known: Sequence[Identities]) -> Stances:
    """All stances of a batch, opinion and belief, in the order of documents and of their lists."""
    gold = [
        (n, gold_record(unit, stance))
        for unit, pair in enumerate(pairs)
        for n, stance in enumerate(pair.gold.stances.stances if pair.gold.stances is not None else ())
    ]
    predicted = [
        (n, predicted_record(unit, said, known[unit]))
        for unit, pair in enumerate(pairs)
        for n, said in enumerate(pair.predicted.stances or ())
    ]
    return Stances(
        units=tuple(pair.gold.document.doc_id for pair in pairs),
        gold=tuple(stance for _, stance in gold),
        predicted=tuple(said for _, said in predicted),
        gold_position=tuple(n for n, _ in gold),
        predicted_position=tuple(n for n, _ in predicted),
    )


def gold_record(unit: int, stance: Stance) -> match.GoldStance:
    """A gold stance of document `unit`."""
    return match.GoldStance(
        unit=unit,
        holder=stance.holder,
        target=f"P:{stance.target.id}" if stance.target.kind == "proposition" else stance.target.id,
        dimension=stance.dimension,
        grades=(stance.grade, *stance.grade_alt),
        act=stance.act,
        chain=(*stance.sources, stance.holder),
        core=counts_once(stance),
    )


def predicted_record(unit: int, said: PredictedStance, known: Identities) -> match.PredictedStance:
    """A predicted stance of document `unit`; whoever gives a veracity says that it is a belief."""
    holder = resolve(said.holder, known)
    sources = None if said.sources is None else tuple(resolve(source, known) for source in said.sources)
    return match.PredictedStance(
        unit=unit,
        holder=holder,
        target=resolve(said.target, known),
        sign=said.sign,
        dimension=BELIEF if said.belief else said.dimension,
        grade=said.grade,
        act=said.act,
        chain=None if sources is None else (*sources, holder),
    )


def of_view(stances: Stances, view: str) -> Stances:
    """The stances of `opinion` (evaluation, position, intent) or of `belief`."""
    wanted = view == BELIEF
    return stances.keep(
        [(own.dimension == BELIEF) == wanted for own in stances.gold],
        [(said.dimension == BELIEF) == wanted for said in stances.predicted],
    )


def depth(chain: Sequence[str | None]) -> int:
    """How many sources stand between the author and the holder.

    >>> depth(("AUTHOR",)), depth(("AUTHOR", "e1")), depth(("AUTHOR", "e2", "e1"))
    (0, 0, 1)
    """
    return sum(source != AUTHOR for source in chain[:-1])
