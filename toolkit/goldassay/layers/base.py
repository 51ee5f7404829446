"""What the toolkit must know of a layer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from goldassay.match.alignment import Alignment
from goldassay.measures.measure import Match
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.predictions import Prediction
from goldassay.model.stances import StancesRow
from goldassay.tally.tally import Tally


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its gold; a layer that is not annotated there is null."""

    document: Document
    entities: EntitiesRow | None = None
    stances: StancesRow | None = None
    numeric_facts: NumericFactsRow | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold document and what a system said of it; a document the system left out is an empty prediction."""

    gold: GoldDocument
    predicted: Prediction


@dataclass(frozen=True, slots=True)
class LabelMap:
    """Other labels for entity types, the same for gold and predictions.

    name      how the signature names it
    targets   the labels it maps to, which are the groups of the scores
    table     {label: target}; null takes the mention out of both counts. Every target maps to itself
    """

    name: str
    targets: tuple[str, ...]
    table: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Options:
    """Everything a caller may choose that can move a number; each one is part of the signature.

    gold_ids        ids in predictions are the gold's own (`--ids gold`)
    proposition_f1  token F1 from which a predicted string is taken for a gold proposition
    trim            what is cut off the ends of mentions on both sides before they meet, in the order of `extents.toml`
    labels          the labels that entity types are mapped to on both sides; null for the types themselves
    """

    gold_ids: bool = False
    proposition_f1: float = 0.5
    trim: tuple[str, ...] = ()
    labels: LabelMap | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: its groups and views come from the schema; its measures are a table.

    A layer whose items are aligned gives `align`, and `derive` for further views counted from these alignments; one
    whose counts do not come from pairs (clusters) gives `count`. In a `mapped` layer the options `trim` and `labels`
    apply to mentions, and the labels they are mapped to are its groups.
    What only all documents together give (clusters that cross documents) comes from `pool`: tallies of one row, which
    add up over no documents. `key` is the key of a prediction line that carries the layer; empty for its own name.
    """

    name: str
    items: str
    groups: tuple[str, ...]
    matches: tuple[Match, ...]
    annotated: Callable[[GoldDocument], bool]
    answered: Callable[[Prediction], bool]
    align: Callable[[Sequence[Pair], Options], tuple[Alignment, ...]] | None = None
    count: Callable[[Sequence[Pair], Options], tuple[Tally, ...]] | None = None
    derive: Callable[[Sequence[Alignment], Sequence[Pair], Options], tuple[Tally, ...]] | None = None
    mapped: bool = False
    pool: Callable[[Sequence[Pair], Options], tuple[Tally, ...]] | None = None
    key: str = ""

    def looked(self, prediction: Prediction) -> bool:
        """Whether a line has the key of this layer: `[]` is an answer that found nothing, no key is no answer.

        `answered` asks more of coreference and linking, which share their key with other layers: that there are any.
        """
        return getattr(prediction, self.key or self.name) is not None

    def match(self, name: str, view: str) -> Match:
        """The row of the table with this name and view.

        Raises:
            KeyError: There is none.
        """
        for row in self.matches:
            if (row.name, row.view) == (name, view):
                return row
        raise KeyError(f"layer {self.name!r} has no match {name!r} in view {view!r}")


def plain(column: str, points: float = 1.0) -> tuple[dict[str, float], dict[str, float]]:
    """Both credits of a match that pays `points` for each pair of one verdict column.

    >>> plain("strict")
    ({'strict.gold': 1.0}, {'strict.predicted': 1.0})
    """
    return {f"{column}.gold": points}, {f"{column}.predicted": points}
